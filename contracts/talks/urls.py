"""The addresses of talks, beside those of contracts."""

from __future__ import annotations

from django.urls import include, path

from contracts.talks import calendar_views as calendars
from contracts.talks import desk_views as desk
from contracts.talks import follow_views as follow
from contracts.talks import portal_views as portal

meeting_urls = [
    path("", desk.meeting_manage, name="meeting_manage"),
    path("geschiedenis/", desk.meeting_history, name="meeting_history"),
    path("gegevens/", desk.meeting_edit, name="meeting_edit"),
    path("gehouden/", desk.meeting_hold, name="meeting_hold"),
    path("vervalt/", desk.meeting_cancel, name="meeting_cancel"),
    path("vaststellen/", desk.meeting_record, name="meeting_record"),
    path("deelnemers/", desk.meeting_attendance, name="meeting_attendance"),
    path("punten/nieuw/", desk.meeting_point_add, name="meeting_point_add"),
    path("punten/<int:point>/", desk.meeting_point_edit, name="meeting_point_edit"),
    path("punten/<int:point>/verwijderen/", desk.meeting_point_delete, name="meeting_point_delete"),
    path("bericht/", follow.college_note_add, name="college_note_add"),
    path("afspraak.ics", calendars.meeting_ics, name="meeting_ics"),
]

action_urls = [
    path("", follow.action_list, name="action_list"),
    path("nieuw/", follow.action_add, name="action_add"),
    path("<int:pk>/", follow.action_detail, name="action_detail"),
    path("<int:pk>/geschiedenis/", follow.action_history, name="action_history"),
    path("<int:pk>/wijzigen/", follow.action_edit, name="action_edit"),
    path("<int:pk>/klaar/", follow.action_done, name="action_done"),
    path("<int:pk>/vervalt/", follow.action_drop, name="action_drop"),
    path("<int:pk>/heropenen/", follow.action_reopen, name="action_reopen"),
]

decision_urls = [
    path("", follow.decision_list, name="decision_list"),
    path("nieuw/", follow.decision_add, name="decision_add"),
    path("<int:pk>/", follow.decision_detail, name="decision_detail"),
]

portal_urls = [
    path("overleg/", portal.portal_talks, name="portal_talks"),
    path("overleg/<int:pk>/", portal.portal_talk, name="portal_talk"),
    path("overleg/<int:pk>/punt/", portal.portal_point_add, name="portal_point_add"),
    path("actiepunten/<int:pk>/", portal.portal_action, name="portal_action"),
]

urlpatterns = [
    path("beheer/overleg/", desk.meeting_list, name="meeting_list"),
    path("beheer/overleg/nieuw/", desk.meeting_add, name="meeting_add"),
    path("beheer/overleg/berichten/", follow.college_note_list, name="college_note_list"),
    path("beheer/overleg/<int:pk>/", include(meeting_urls)),
    path("beheer/actiepunten/", include(action_urls)),
    path("beheer/besluiten/", include(decision_urls)),
    path(
        "beheer/overeenkomsten/<slug:slug>/overlegjaar/",
        follow.contract_talks,
        name="contract_talks",
    ),
    path(
        "beheer/overeenkomsten/<slug:slug>/overlegritme/",
        follow.contract_rhythm,
        name="contract_rhythm",
    ),
    path("overlegagenda/", calendars.calendar_address, name="calendar_address"),
    path("overlegagenda/<str:token>.ics", calendars.calendar_feed, name="calendar_feed"),
    path("portaal/", include(portal_urls)),
]
