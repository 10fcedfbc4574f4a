from django.urls import URLPattern, URLResolver, include, path

from agenda.advising import body_views as body
from agenda.advising import letter_views as letters
from agenda.advising import officer_views as officer
from agenda.advising import public_views as public

letter_urls: list[URLPattern | URLResolver] = [
    path("", letters.letter_manage, name="letter_manage"),
    path("gegevens/", letters.letter_edit, name="letter_edit"),
    path("verwijderen/", letters.letter_delete, name="letter_delete"),
    path("vastleggen/", letters.letter_submit, name="letter_submit"),
    path("punt/<int:point>/", letters.letter_point_edit, name="letter_point_edit"),
    path("punt/<int:point>/verwijderen/", letters.letter_point_delete, name="letter_point_delete"),
]
round_urls: list[URLPattern | URLResolver] = [
    path("", officer.round_manage, name="round_manage"),
    path("gegevens/", officer.round_edit, name="round_edit"),
    path("verwijderen/", officer.round_delete, name="round_delete"),
    path("uitnodigen/", officer.round_invite, name="round_invite"),
    path("uitnodiging/<int:invitation>/", officer.round_withdraw, name="round_withdraw"),
    path("uitzetten/", officer.round_open, name="round_open"),
    path("sluiten/", officer.round_close, name="round_close"),
    path("afronden/", officer.round_finish, name="round_finish"),
    path("document/", officer.round_document, name="round_document"),
    path("document/voortgang/", officer.round_job, name="round_job"),
    path("punt/<int:point>/", officer.answer_edit, name="answer_edit"),
    path("brief/nieuw/", letters.letter_add, name="letter_add"),
    path("brief/<int:letter>/", include(letter_urls)),
]
# Under beheer/agenda/<slug>/<number>/.
version_urls: list[URLPattern | URLResolver] = [
    path("", officer.round_list, name="round_list"),
    path("nieuw/", officer.round_add, name="round_add"),
    path("<int:pk>/", include(round_urls)),
]
seat_urls: list[URLPattern | URLResolver] = [
    path("", body.advice_round, name="advice_round"),
    path("agenda/", body.advice_draft, name="advice_draft"),
    path("punt/nieuw/", body.advice_point_add, name="advice_point_add"),
    path("punt/<int:point>/", body.advice_point_edit, name="advice_point_edit"),
    path("punt/<int:point>/verwijderen/", body.advice_point_delete, name="advice_point_delete"),
    path("indienen/", body.advice_submit, name="advice_submit"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("advies/", body.advice_list, name="advice_list"),
    path("advies/<int:invitation>/", include(seat_urls)),
    path("agenda/plannen/", public.agenda_plans, name="agenda_plans"),
    path("agenda/<slug:slug>/adviezen/", public.agenda_advice, name="agenda_advice"),
    path(
        "agenda/<slug:slug>/adviezen/<int:pk>.pdf",
        public.agenda_advice_pdf,
        name="agenda_advice_pdf",
    ),
]
