from django.urls import URLPattern, URLResolver, include, path

from contracts import amended_views as amended
from contracts import amendment_views as amendments
from contracts import division_views as division
from contracts import exchange_views as exchanges
from contracts import history_views as histories
from contracts import kpi_views as kpis
from contracts import manage_views as manage
from contracts import party_views as parties
from contracts import privacy_views as privacy
from contracts import rows_views as rows
from contracts import views
from contracts.file.views import deadline_list
from contracts.framework import views as frameworks
from contracts.purchasing_views import purchasing

amendment_urls = [
    path("nieuw/", amendments.contract_amend, name="contract_amend"),
    path("<int:number>/", amendments.contract_amendment, name="contract_amendment"),
    path(
        "<int:number>/gegevens/",
        amendments.contract_amendment_edit,
        name="contract_amendment_edit",
    ),
    path(
        "<int:number>/verwijderen/",
        amendments.contract_amendment_delete,
        name="contract_amendment_delete",
    ),
]

framework_urls = [
    path("nieuw/", frameworks.framework_start, name="framework_start"),
    path("<int:number>/", frameworks.framework_manage, name="framework_manage"),
    path("<int:number>/delen/", frameworks.framework_share, name="framework_share"),
    path("<int:number>/akkoord/", frameworks.framework_sign, name="framework_sign"),
    path("<int:number>/antwoord/<int:pk>/", frameworks.framework_reply, name="framework_reply"),
]

kpi_urls = [
    path("", kpis.contract_kpi_list, name="contract_kpi_list"),
    path("nieuw/", kpis.contract_kpi_add, name="contract_kpi_add"),
    path("<int:kpi>/", kpis.contract_kpi_edit, name="contract_kpi_edit"),
    path("<int:kpi>/weghalen/", kpis.contract_kpi_remove, name="contract_kpi_remove"),
    path("<int:kpi>/behouden/", kpis.contract_kpi_keep, name="contract_kpi_keep"),
]

privacy_urls = [
    path("", privacy.contract_privacy, name="contract_privacy"),
    path("afspraak/", privacy.data_agreement_add, name="data_agreement_add"),
    path("afspraak/<int:pk>/", privacy.data_agreement_edit, name="data_agreement_edit"),
    path("afspraak/<int:pk>/document/", privacy.data_agreement_file, name="data_agreement_file"),
]

contract_urls: list[URLPattern | URLResolver] = [
    path("", manage.contract_manage, name="contract_manage"),
    path("geschiedenis/", histories.contract_history, name="contract_history"),
    path("gegevens/", manage.contract_edit, name="contract_edit"),
    path("partijen/", rows.contract_parties, name="contract_parties"),
    path("organisatie/", rows.contract_organisation_add, name="contract_organisation_add"),
    path("data/", rows.contract_dates, name="contract_dates"),
    path("themas/", rows.contract_themes, name="contract_themes"),
    path("indicatoren/", include(kpi_urls)),
    path("streefwaarden/", kpis.contract_targets, name="contract_targets"),
    path("rapportage/", kpis.contract_reporting, name="contract_reporting"),
    path("geld/", rows.contract_money, name="contract_money"),
    path("overleg/", manage.contract_meetings, name="contract_meetings"),
    path("afspraken/", amended.contract_terms, name="contract_terms"),
    path("persoonsgegevens/", include(privacy_urls)),
    path("addendum/", include(amendment_urls)),
    path("verwijderen/", manage.contract_delete, name="contract_delete"),
    path("voorzieningen/", amended.contract_provisions, name="contract_provisions"),
    path("resultaatafspraken/", include(framework_urls)),
    path("partijen/erbij/", parties.party_join, name="party_join"),
    path("partijen/<int:pk>/weg/", parties.party_leave, name="party_leave"),
    path("", include("contracts.file.urls")),
]

organisation_urls = [
    path("", parties.organisation_manage_list, name="organisation_manage_list"),
    path("<slug:slug>/", parties.organisation_manage, name="organisation_manage"),
    path("<slug:slug>/geschiedenis/", parties.organisation_history, name="organisation_history"),
    path("<slug:slug>/samenvoegen/", parties.organisation_merge, name="organisation_merge"),
]

exchange_urls = [
    path("", exchanges.exchange_manage_list, name="exchange_manage_list"),
    path("nieuw/", exchanges.exchange_add, name="exchange_add"),
    path("<int:pk>/", exchanges.exchange_edit, name="exchange_edit"),
    path("<int:pk>/geschiedenis/", histories.exchange_history, name="exchange_history"),
]

urlpatterns = [
    path("overeenkomsten/", views.contract_list, name="contract_list"),
    path("overeenkomsten/<slug:slug>/", views.contract_detail, name="contract_detail"),
    path(
        "overeenkomsten/<slug:slug>/addendum/<int:number>/",
        views.amendment_detail,
        name="amendment_detail",
    ),
    path("taakverdeling/", division.task_division, name="task_division"),
    path("inkoopmodellen/", purchasing, name="purchasing"),
    path("uitwisseling/", exchanges.exchange_list, name="exchange_list"),
    path("uitwisseling/<int:pk>/", exchanges.exchange_detail, name="exchange_detail"),
    path("portaal/afspraken/", frameworks.framework_list, name="framework_list"),
    path("portaal/afspraken/<int:pk>/", frameworks.framework_detail, name="framework_detail"),
    path(
        "portaal/afspraken/<int:pk>/akkoord/",
        frameworks.framework_sign_off,
        name="framework_sign_off",
    ),
    path("beheer/overeenkomsten/", manage.contract_manage_list, name="contract_manage_list"),
    path("beheer/overeenkomsten/nieuw/", manage.contract_add, name="contract_add"),
    path("beheer/overeenkomsten/persoonsgegevens/", privacy.privacy_list, name="privacy_list"),
    path("beheer/overeenkomsten/termijnen/", deadline_list, name="deadline_list"),
    path("beheer/overeenkomsten/organisaties/", include(organisation_urls)),
    path("beheer/overeenkomsten/uitwisseling/", include(exchange_urls)),
    path("beheer/overeenkomsten/<slug:slug>/", include(contract_urls)),
    path("", include("contracts.projects.urls")),
    path("", include("contracts.talks.urls")),
    path("", include("contracts.budgets.urls")),
]
