"""The addresses of the file of a contract, under those of the contract."""

from __future__ import annotations

from django.urls import path

from contracts.file import views

urlpatterns = [
    path("deelopdrachten/nieuw/", views.sub_assignment_add, name="sub_assignment_add"),
    path("deelopdrachten/<int:pk>/", views.sub_assignment_edit, name="sub_assignment_edit"),
    path(
        "deelopdrachten/<int:pk>/weghalen/",
        views.sub_assignment_remove,
        name="sub_assignment_remove",
    ),
    path("afspraken/<int:pk>/nagaan/", views.term_check, name="term_check"),
    path("aanbesteding/nieuw/", views.tender_notice_add, name="tender_notice_add"),
    path("document/<int:pk>/", views.contract_document, name="contract_document"),
    path("dossier/<slug:part>/nieuw/", views.file_row_add, name="file_row_add"),
    path("dossier/<slug:part>/<int:pk>/", views.file_row_edit, name="file_row_edit"),
    path("dossier/<slug:part>/<int:pk>/weghalen/", views.file_row_remove, name="file_row_remove"),
]
