from django.urls import URLPattern, URLResolver, include, path

from contracts import amendment_views as amendments
from contracts import exchange_views as exchanges
from contracts import history_views as histories
from contracts import kpi_views as kpis
from contracts import manage_views as manage
from contracts import privacy_views as privacy
from contracts import rows_views as rows
from contracts import views

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
    path("afspraken/", rows.contract_terms, name="contract_terms"),
    path("persoonsgegevens/", include(privacy_urls)),
    path("addendum/", include(amendment_urls)),
    path("verwijderen/", manage.contract_delete, name="contract_delete"),
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
    path("uitwisseling/", exchanges.exchange_list, name="exchange_list"),
    path("uitwisseling/<int:pk>/", exchanges.exchange_detail, name="exchange_detail"),
    path("beheer/overeenkomsten/", manage.contract_manage_list, name="contract_manage_list"),
    path("beheer/overeenkomsten/nieuw/", manage.contract_add, name="contract_add"),
    path("beheer/overeenkomsten/persoonsgegevens/", privacy.privacy_list, name="privacy_list"),
    path("beheer/overeenkomsten/uitwisseling/", include(exchange_urls)),
    path("beheer/overeenkomsten/<slug:slug>/", include(contract_urls)),
]
