from django.urls import include, path, register_converter

from monitor import edition_views as edition
from monitor import styleguide, views
from monitor.editions import EditionConverter

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

urlpatterns = [
    path("", views.home, name="home"),
    path("monitor/", edition.monitor_list, name="monitor_list"),
    path("monitor/<edition:edition>/", include(edition_urls)),
    path("stijlgids/", styleguide.styleguide, name="styleguide"),
]
