"""The addresses of the agenda sheet, beside those of talks and reports."""

from __future__ import annotations

from django.urls import path

from reporting.talks import views

urlpatterns = [
    path("beheer/overleg/<int:pk>/agendablad/", views.meeting_sheet, name="meeting_sheet"),
    path(
        "beheer/overleg/<int:pk>/agendablad/maken/",
        views.meeting_sheet_make,
        name="meeting_sheet_make",
    ),
    path(
        "beheer/overleg/<int:pk>/agendablad/voortgang/",
        views.meeting_sheet_job,
        name="meeting_sheet_job",
    ),
    path(
        "beheer/overleg/<int:pk>/agendablad/agendablad.pdf",
        views.meeting_sheet_pdf,
        name="meeting_sheet_pdf",
    ),
    path("beheer/overleg/<int:pk>/rapportages/", views.meeting_reports, name="meeting_reports"),
    path("beheer/rapportages/<int:pk>/besluit/", views.report_decide, name="report_decide"),
]
