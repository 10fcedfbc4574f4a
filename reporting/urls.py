from django.urls import include, path

from reporting import contract_views as contract
from reporting import portal_views as portal
from reporting import review_views as review
from reporting import supervision_views as supervision
from reporting import views

portal_urls = [
    path("", portal.portal_home, name="portal_home"),
    path("rapportages/<int:pk>/", portal.report_check, name="report_check"),
    path("rapportages/<int:pk>/nummers/", portal.report_bsn, name="report_bsn"),
    path("rapportages/<int:pk>/deel-klaar/", portal.report_part_ready, name="report_part_ready"),
    path("rapportages/<int:pk>/onderdeel/<slug:section>/", portal.report_edit, name="report_edit"),
    path("rapportages/<int:pk>/bewaren/", portal.report_autosave, name="report_autosave"),
    path("rapportages/<int:pk>/bijlagen/", portal.report_files, name="report_files"),
    path("rapportages/<int:pk>/bijlagen/<int:file>/", portal.report_file, name="report_file"),
    path(
        "rapportages/<int:pk>/bijlagen/<int:file>/weghalen/",
        portal.report_file_remove,
        name="report_file_remove",
    ),
    path("rapportages/<int:pk>/rondes/", portal.report_rounds, name="report_rounds"),
    path("rapportages/<int:pk>/rondes/<int:number>/", portal.report_round, name="report_round"),
    path(
        "rapportages/<int:pk>/rondes/<int:number>/ontvangen/",
        portal.report_submitted,
        name="report_submitted",
    ),
]

review_urls = [
    path("", review.report_inbox, name="report_inbox"),
    path("<int:pk>/", review.report_review, name="report_review"),
    path("<int:pk>/terugsturen/", review.report_return, name="report_return"),
    path("<int:pk>/accepteren/", review.report_accept, name="report_accept"),
    path("<int:pk>/heropenen/", review.report_reopen, name="report_reopen"),
    path("<int:pk>/uitstel/", review.report_extend, name="report_extend"),
    path("<int:pk>/bijlagen/<int:file>/", review.round_file, name="round_file"),
    path(
        "<int:pk>/vergelijk/<int:first>/<int:second>/",
        review.report_compare,
        name="report_compare",
    ),
]

supervision_urls = [
    path("", supervision.supervision_manage_list, name="supervision_manage_list"),
    path("nieuw/", supervision.supervision_add, name="supervision_add"),
    path("<int:pk>/", supervision.supervision_manage, name="supervision_manage"),
    path("<int:pk>/wijzigen/", supervision.supervision_edit, name="supervision_edit"),
    path("<int:pk>/verwijderen/", supervision.supervision_delete, name="supervision_delete"),
    path("<int:pk>/publiceren/", supervision.supervision_publish, name="supervision_publish"),
    path("<int:pk>/geschiedenis/", supervision.supervision_history, name="supervision_history"),
    path("<int:pk>/document/", supervision.supervision_file, name="supervision_file"),
    path(
        "<int:pk>/document/kiezen/", supervision.supervision_file_add, name="supervision_file_add"
    ),
    path(
        "<int:pk>/document/weghalen/",
        supervision.supervision_file_remove,
        name="supervision_file_remove",
    ),
    path(
        "<int:pk>/document/intrekken/",
        supervision.supervision_document_withdraw,
        name="supervision_document_withdraw",
    ),
    path(
        "<int:pk>/bevinding/", supervision.supervision_finding_add, name="supervision_finding_add"
    ),
    path(
        "<int:pk>/bevinding/<int:finding>/",
        supervision.supervision_finding_edit,
        name="supervision_finding_edit",
    ),
    path(
        "<int:pk>/bevinding/<int:finding>/weghalen/",
        supervision.supervision_finding_delete,
        name="supervision_finding_delete",
    ),
    path(
        "<int:pk>/bevinding/<int:finding>/antwoord/",
        supervision.supervision_answer,
        name="supervision_answer",
    ),
]

urlpatterns = [
    path("", include("reporting.talks.urls")),
    path("beheer/geld/<int:year>/", include("reporting.money.urls")),
    path("portaal/", include(portal_urls)),
    path("beheer/rapportages/", include(review_urls)),
    path("", include("reporting.entrance.urls")),
    path("beheer/toezicht/", include(supervision_urls)),
    path("toezicht/", supervision.supervision_list, name="supervision_list"),
    path("toezicht/<int:year>/", supervision.supervision_detail, name="supervision_detail"),
    path(
        "toezicht/<int:year>/document/",
        supervision.supervision_document,
        name="supervision_document",
    ),
    path(
        "beheer/overeenkomsten/<slug:slug>/activeren/",
        contract.contract_activate,
        name="contract_activate",
    ),
    path(
        "beheer/overeenkomsten/<slug:slug>/beeindigen/",
        contract.contract_end,
        name="contract_end",
    ),
    path(
        "beheer/overeenkomsten/<slug:slug>/partijen/<int:pk>/intrekken/",
        contract.party_withdraw,
        name="party_withdraw",
    ),
    path(
        "beheer/overeenkomsten/<slug:slug>/addendum/<int:number>/ondertekenen/",
        contract.contract_amendment_sign,
        name="contract_amendment_sign",
    ),
    path(
        "partners/<slug:slug>/rapportages/<int:pk>/ronde/<int:number>/",
        review.report_detail,
        name="report_detail",
    ),
    path("partners/", views.partner_list, name="partner_list"),
    path("partners/<slug:slug>/", views.partner_detail, name="partner_detail"),
    path("partners/<slug:slug>/cijfers.csv", views.partner_figures_csv, name="partner_figures_csv"),
]
