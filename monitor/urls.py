from django.urls import include, path, register_converter

from monitor import (
    dashboard_views,
    norm_views,
    search_views,
    steering_views,
    styleguide,
    views,
    work_views,
)
from monitor import document_views as document
from monitor import edition_views as edition
from monitor import history_views as histories
from monitor import information_views as information
from monitor import judge_views as judging
from monitor import lineage_views as lineage
from monitor import list_views as lists
from monitor import manage_views as manage
from monitor import step_views as steps
from monitor.constants import DocumentVariant, MonitorKind
from monitor.editions import EditionConverter
from monitor.framework import views as framework_views

register_converter(EditionConverter, "edition")

edition_urls = [
    path("", edition.monitor_edition, name="monitor_edition"),
    path("thema/<slug:slug>/", edition.monitor_theme, name="monitor_theme"),
    path("thema/<slug:slug>/metingen.csv", edition.monitor_theme_csv, name="monitor_theme_csv"),
    path("doel/<slug:slug>/", edition.monitor_goal, name="monitor_goal"),
    path("partners/", edition.monitor_partners, name="monitor_partners"),
    path("partners/<slug:slug>/", edition.monitor_partner, name="monitor_partner"),
    path("geld/", edition.monitor_money, name="monitor_money"),
    path("geld.csv", edition.monitor_money_csv, name="monitor_money_csv"),
    path("clientervaring/", edition.monitor_experience, name="monitor_experience"),
    path("clientervaring.csv", edition.monitor_experience_csv, name="monitor_experience_csv"),
    path("oordelen.csv", edition.monitor_judgements_csv, name="monitor_judgements_csv"),
    path("monitor.json", edition.monitor_json, name="monitor_json"),
]

document_urls = [
    path("", document.document_status, name="document_status"),
    path("beheer/", document.document_manage, name="document_manage"),
    path("<slug:variant>/stand/", document.document_job, name="document_job"),
    path("<slug:variant>/opnieuw/", document.document_rebuild, name="document_rebuild"),
    path("<slug:variant>/stoppen/", document.document_cancel, name="document_cancel"),
]

HALF_YEAR = {"kind": MonitorKind.HALF_YEAR.value}
LEAN = {"variant": DocumentVariant.LEAN.value}
PDF = "monitor-sociaal-domein-<int:year2>"
pdf_urls = [
    path(f"<int:year>/{PDF}.pdf", document.monitor_pdf, name="monitor_pdf"),
    path(
        f"<int:year>/{PDF}-zuinig-omslag.pdf", document.monitor_pdf, LEAN, name="monitor_pdf_lean"
    ),
    path(
        f"<int:year>/halfjaar/{PDF}-halfjaar.pdf",
        document.monitor_pdf,
        HALF_YEAR,
        name="monitor_pdf_half_year",
    ),
    path(
        f"<int:year>/halfjaar/{PDF}-halfjaar-zuinig-omslag.pdf",
        document.monitor_pdf,
        {**HALF_YEAR, **LEAN},
        name="monitor_pdf_half_year_lean",
    ),
]

manage_urls = [
    path("", manage.monitor_manage, name="monitor_manage"),
    path("verwijderen/", manage.monitor_delete, name="monitor_delete"),
    path("geschiedenis/", histories.monitor_history, name="monitor_history"),
    path("doel/<slug:slug>/", judging.monitor_judge, name="monitor_judge"),
    path("buiten-de-doelen/", judging.monitor_notes, name="monitor_notes"),
    path("knelpunt/", judging.bottleneck_add, name="bottleneck_add"),
    path("knelpunt/<int:pk>/", judging.bottleneck_edit, name="bottleneck_edit"),
    path("knelpunt/<int:pk>/weg/", judging.bottleneck_delete, name="bottleneck_delete"),
    path("knelpunt/<int:pk>/<slug:state>/", judging.bottleneck_state, name="bottleneck_state"),
    path("beoordeeld/", steps.monitor_mark_judged, name="monitor_mark_judged"),
    path("terug/", steps.monitor_reopen, name="monitor_reopen"),
    path("vaststellen/", steps.monitor_adopt, name="monitor_adopt"),
    path("aanbieden/", steps.monitor_publish, name="monitor_publish"),
]

steering_urls = [
    path("", steering_views.steering_manage, name="steering_manage"),
    path("nieuw/", steering_views.steering_add, name="steering_add"),
    path("<int:pk>/", steering_views.steering_edit, name="steering_edit"),
    path("<int:pk>/einde/", steering_views.steering_end, name="steering_end"),
    path("<int:pk>/geschiedenis/", steering_views.steering_history, name="steering_history"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("werk/", work_views.work_home, name="work_home"),
    path("beheer/accounts/<int:pk>/werk/", work_views.work_of, name="work_of"),
    path("beheer/monitor/", manage.monitor_manage_list, name="monitor_manage_list"),
    path("beheer/monitor/nieuw/", manage.monitor_open, name="monitor_open"),
    path("beheer/monitor/<edition:edition>/", include(manage_urls)),
    path("monitor/", edition.monitor_list, name="monitor_list"),
    path("monitor/", include(pdf_urls)),
    path("monitor/<edition:edition>/document/", include(document_urls)),
    path("monitor/<edition:edition>/", include(edition_urls)),
    path("zoeken/", search_views.search_page, name="search"),
    path("sturing/", steering_views.steering, name="steering"),
    path("beheer/sturing/", include(steering_urls)),
    path("", include("monitor.inquiries.urls")),
    path("", include("monitor.information.urls")),
    path("beheer/dashboard/", dashboard_views.dashboard, name="dashboard"),
    path("", include("monitor.planning.urls")),
    path("", include("monitor.recommendations.urls")),
    path("beheer/normen/", norm_views.norm_list, name="norm_list"),
    path("beheer/normen/kader/", framework_views.norm_framework, name="norm_framework"),
    path("beheer/normen/kader/<int:number>/", framework_views.norm_judge, name="norm_judge"),
    path(
        "beheer/overeenkomsten/<slug:slug>/normen/",
        norm_views.contract_norms,
        name="contract_norms",
    ),
    path("knelpunten/", lists.bottleneck_list, name="bottleneck_list"),
    path("knelpunten.csv", lists.bottleneck_csv, name="bottleneck_csv"),
    path("bronnen/", lists.source_list, name="source_list"),
    path("begrippen/", lists.glossary, name="glossary"),
    path("agenda/opvolging/", lineage.agenda_lineage, name="agenda_lineage"),
    path("doelen/<slug:slug>/oordelen/", lists.goal_verdicts, name="goal_verdicts"),
    path("toegankelijkheid/", information.accessibility, name="accessibility"),
    path("privacy/", information.privacy, name="privacy"),
    path("oordelen/", information.verdict_rules, name="verdict_rules"),
    path("open-data/", information.open_data, name="open_data"),
    path("correcties/", information.corrections, name="corrections"),
    path("stijlgids/", styleguide.styleguide, name="styleguide"),
]
