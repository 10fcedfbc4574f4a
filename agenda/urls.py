from django.urls import URLPattern, URLResolver, include, path

from agenda import breakdown_views as breakdowns
from agenda import copy_views as copies
from agenda import figure_views as figures
from agenda import following_views as succession
from agenda import goal_wizard_views as wizard
from agenda import history_views as histories
from agenda import indicator_views as indicators
from agenda import library_views as library
from agenda import manage_views as manage
from agenda import measurability_views as measuring
from agenda import municipality_views as municipalities
from agenda import task_manage_views as tasks
from agenda import task_views, views
from agenda import tree_views as trees
from agenda import value_views as values
from agenda import version_views as versions
from agenda.advising import urls as advising
from agenda.council import urls as council
from agenda.sheets import urls as sheets
from agenda.surveying import urls as surveying

version_urls: list[URLPattern | URLResolver] = [
    path("", manage.agenda_manage, name="agenda_manage"),
    path("streefwaarden/", values.agenda_targets, name="agenda_targets"),
    path("gegevens/", manage.agenda_edit, name="agenda_edit"),
    path("verwijderen/", manage.agenda_delete, name="agenda_delete"),
    path("geschiedenis/", histories.agenda_history, name="agenda_history"),
    path("inspraak/", manage.agenda_consult, name="agenda_consult"),
    path("terug/", manage.agenda_take_back, name="agenda_take_back"),
    path("vaststellen/", manage.agenda_adopt, name="agenda_adopt"),
    path("kopie/", copies.agenda_copy, name="agenda_copy"),
    path("nieuwe-versie/", copies.agenda_amend, name="agenda_amend"),
    path("reden/", copies.agenda_reason, name="agenda_reason"),
    path("overgenomen/", copies.agenda_copied, name="agenda_copied"),
    path("ongedaan/", manage.agenda_undo, name="agenda_undo"),
    path("verschil/", versions.agenda_manage_difference, name="agenda_manage_difference"),
    path("document/", versions.agenda_document, name="agenda_document"),
    path("document/voortgang/", versions.agenda_document_job, name="agenda_document_job"),
    path("document/agenda.pdf", versions.agenda_manage_pdf, name="agenda_manage_pdf"),
    path("doelenboom/", trees.agenda_manage_tree, name="agenda_manage_tree"),
    path("doel/<int:pk>/bijdragen/", trees.agenda_contributions, name="agenda_contributions"),
    path("opdrachten/<int:pk>/", tasks.agenda_task, name="agenda_task"),
    path("opdrachten/<int:pk>/stand/", tasks.agenda_task_update, name="agenda_task_update"),
    path("opdrachten/<int:pk>/evaluatie/", tasks.agenda_task_evaluate, name="agenda_task_evaluate"),
    path("opdrachten/<int:pk>/stap/<int:step>/", tasks.agenda_task_step, name="agenda_task_step"),
    path(
        "meetbaarheid/", measuring.agenda_manage_measurability, name="agenda_manage_measurability"
    ),
    path("doel/<int:pk>/meetbaar/", wizard.goal_wizard, name="goal_wizard"),
    # Before the parts of an agenda: none of them has this word.
    path("opvolging/", succession.agenda_succession, name="agenda_succession"),
    path("opvolging/doel/<int:pk>/", succession.agenda_fate, name="agenda_fate"),
    path("opvolging/nieuw/<int:pk>/", succession.agenda_new_goal, name="agenda_new_goal"),
    path("opvolging/voorstellen/", succession.agenda_proposals, name="agenda_proposals"),
    # Before the parts: no part is called adviesrondes.
    path("adviesrondes/", include(advising.version_urls)),
    # Nor inlezen.
    *sheets.version_urls,
    path("<slug:word>/nieuw/", manage.agenda_part_add, name="agenda_part_add"),
    path("<slug:word>/<int:pk>/", manage.agenda_part_edit, name="agenda_part_edit"),
    path("<slug:word>/<int:pk>/verwijderen/", manage.agenda_part_delete, name="agenda_part_delete"),
    path("<slug:word>/<int:pk>/verplaatsen/", manage.agenda_part_move, name="agenda_part_move"),
]
indicator_urls = [
    path("", indicators.indicator_manage_list, name="indicator_manage_list"),
    path("nieuw/", indicators.indicator_add, name="indicator_add"),
    *sheets.indicator_urls,
    # Before the indicators: none can be named nieuw, uitsplitsingen or sets.
    path("uitsplitsingen/", breakdowns.breakdown_list, name="breakdown_list"),
    path("uitsplitsingen/nieuw/", breakdowns.breakdown_add, name="breakdown_add"),
    path("uitsplitsingen/<int:pk>/", breakdowns.breakdown_edit, name="breakdown_edit"),
    path("sets/", library.indicator_sets, name="indicator_sets"),
    path("sets/<slug:key>/", library.indicator_set, name="indicator_set"),
    path("<slug:slug>/", indicators.indicator_manage, name="indicator_manage"),
    path("<slug:slug>/gebruiken/", library.indicator_use, name="indicator_use"),
    path("<slug:slug>/geschiedenis/", histories.indicator_history, name="indicator_history"),
    path("<slug:slug>/paspoort/", indicators.indicator_edit, name="indicator_edit"),
    path("<slug:slug>/meetwaarden/", values.indicator_values, name="indicator_values"),
    path("<slug:slug>/meetwaarden/nieuw/", indicators.observation_add, name="observation_add"),
    path("<slug:slug>/meetwaarden/<int:pk>/", indicators.observation_edit, name="observation_edit"),
]

municipality_urls = [
    path("", municipalities.municipality_manage_list, name="municipality_manage_list"),
    path("nieuw/", municipalities.municipality_add, name="municipality_add"),
    path("<int:pk>/", municipalities.municipality_edit, name="municipality_edit"),
    path(
        "<int:pk>/geschiedenis/", municipalities.municipality_history, name="municipality_history"
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("beheer/agenda/", manage.agenda_manage_list, name="agenda_manage_list"),
    path("beheer/agenda/nieuw/", manage.agenda_add, name="agenda_add"),
    path("beheer/agenda/<slug:slug>/<int:number>/", include(version_urls)),
    path("beheer/indicatoren/", include(indicator_urls)),
    path("beheer/gemeenten/", include(municipality_urls)),
    path("gemeenten/", municipalities.municipality_list, name="municipality_list"),
    path("gemeenten.csv", municipalities.municipality_csv, name="municipality_csv"),
    path("agenda/", views.agenda_list, name="agenda_list"),
    # Before the agendas: none can be named doelen, indicatoren, plannen or opvolging (in monitor).
    *advising.urlpatterns,
    *council.urlpatterns,
    *surveying.urlpatterns,
    path("agenda/doelen/", views.goal_list, name="goal_list"),
    path("agenda/indicatoren/", figures.indicator_list, name="indicator_list"),
    path("agenda/indicatoren/<slug:slug>/", figures.indicator_detail, name="indicator_detail"),
    path(
        "agenda/indicatoren/<slug:slug>/meetwaarden.csv",
        figures.indicator_csv,
        name="indicator_csv",
    ),
    path(
        "agenda/indicatoren/<slug:slug>/meetwaarden.xlsx",
        figures.indicator_xlsx,
        name="indicator_xlsx",
    ),
    path("agenda/<slug:slug>/", views.agenda_detail, name="agenda_detail"),
    path("agenda/<slug:slug>/versie/<int:number>/", views.agenda_version, name="agenda_version"),
    path(
        "agenda/<slug:slug>/versie/<int:number>/agenda.pdf", versions.agenda_pdf, name="agenda_pdf"
    ),
    path(
        "agenda/<slug:slug>/versie/<int:number>/besluit/",
        versions.agenda_decision,
        name="agenda_decision",
    ),
    path("agenda/<slug:slug>/verschil/", versions.agenda_difference, name="agenda_difference"),
    path("agenda/<slug:slug>/doelenboom/", trees.agenda_tree, name="agenda_tree"),
    path(
        "agenda/<slug:slug>/versie/<int:number>/doelenboom/",
        trees.agenda_version_tree,
        name="agenda_version_tree",
    ),
    path("agenda/<slug:slug>/doel/<slug:goal>/", views.agenda_goal, name="agenda_goal"),
    path(
        "agenda/<slug:slug>/doel/<slug:goal>/metingen.csv",
        views.agenda_goal_csv,
        name="agenda_goal_csv",
    ),
    path("agenda/<slug:slug>/opdrachten/", task_views.agenda_tasks, name="agenda_tasks"),
    path(
        "agenda/<slug:slug>/meetbaarheid/",
        measuring.agenda_measurability,
        name="agenda_measurability",
    ),
    path(
        "agenda/<slug:slug>/versie/<int:number>/meetbaarheid/",
        measuring.agenda_version_measurability,
        name="agenda_version_measurability",
    ),
    path(
        "agenda/<slug:slug>/versie/<int:number>/meetbaarheid.csv",
        measuring.agenda_measurability_csv,
        name="agenda_measurability_csv",
    ),
    path("agenda/<slug:slug>/voortgang/", figures.agenda_framework, name="agenda_framework"),
    path(
        "agenda/<slug:slug>/meetwaarden.xlsx", figures.agenda_values_xlsx, name="agenda_values_xlsx"
    ),
    path("agenda/<slug:slug>/meetwaarden.csv", figures.agenda_values_csv, name="agenda_values_csv"),
]
