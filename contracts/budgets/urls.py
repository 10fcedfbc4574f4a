"""The addresses of the municipality's budget."""

from __future__ import annotations

from django.urls import include, path

from contracts.budgets import figure_views as figures
from contracts.budgets import pass_on_views as passed
from contracts.budgets import product_edit_views as writing
from contracts.budgets import product_views as products
from contracts.budgets import subsidy_views as subsidies
from contracts.budgets import told_views as told
from contracts.budgets import views
from contracts.budgets import wmo_views as wmo
from contracts.budgets import year_views as years

year_urls = [
    path("", views.budget_year, name="budget_year"),
    path("totaal/", years.budget_year_total, name="budget_year_total"),
    path("afsluiten/", years.budget_year_close, name="budget_year_close"),
    path("heropenen/", years.budget_year_reopen, name="budget_year_reopen"),
    path("keten/", told.budget_chain, name="budget_chain"),
    path("verschil/", figures.budget_growth, name="budget_growth"),
    path("verschil/tabel.csv", figures.budget_growth_csv, name="budget_growth_csv"),
    path("verschil/tabel.xlsx", figures.budget_growth_xlsx, name="budget_growth_xlsx"),
    path("per/<slug:by>/", told.budget_by, name="budget_by"),
    path("<slug:by>.csv", told.budget_csv, name="budget_csv"),
    path("<slug:by>.xlsx", told.budget_xlsx, name="budget_xlsx"),
]

subsidy_urls = [
    path("", subsidies.subsidy_detail, name="subsidy_detail"),
    path("wijzigen/", subsidies.subsidy_edit, name="subsidy_edit"),
    path("verwijderen/", subsidies.subsidy_delete, name="subsidy_delete"),
    path("geschiedenis/", subsidies.subsidy_history, name="subsidy_history"),
    path("stap/", subsidies.subsidy_step, name="subsidy_step"),
]

pass_on_urls = [
    path("", passed.pass_on_detail, name="pass_on_detail"),
    path("kader/", passed.pass_on_frame_edit, name="pass_on_frame_edit"),
    path("kader/verwijderen/", passed.pass_on_frame_delete, name="pass_on_frame_delete"),
    path("geschiedenis/", passed.pass_on_history, name="pass_on_history"),
    path("nieuw/", passed.pass_on_add, name="pass_on_add"),
    path("<int:number>/", passed.pass_on_edit, name="pass_on_edit"),
    path("<int:number>/verwijderen/", passed.pass_on_delete, name="pass_on_delete"),
]

product_urls = [
    path("", products.product_detail, name="product_detail"),
    path("wijzigen/", writing.product_table_edit, name="product_table_edit"),
    path("verwijderen/", writing.product_table_delete, name="product_table_delete"),
    path("geschiedenis/", writing.product_history, name="product_history"),
    path("rijen/nieuw/", writing.product_row_add, name="product_row_add"),
    path("rijen/<int:number>/", writing.product_row_edit, name="product_row_edit"),
    path("rijen/<int:number>/verwijderen/", writing.product_row_delete, name="product_row_delete"),
    path("sjabloon.xlsx", writing.product_template, name="product_template"),
    path("inlezen/", writing.product_import, name="product_import"),
    path("inlezen/<int:pk>/", writing.product_preview, name="product_preview"),
]

wmo_urls = [
    path("", wmo.wmo_budget_detail, name="wmo_budget_detail"),
    path("wijzigen/", wmo.wmo_budget_edit, name="wmo_budget_edit"),
    path("verwijderen/", wmo.wmo_budget_delete, name="wmo_budget_delete"),
    path("geschiedenis/", wmo.wmo_budget_history, name="wmo_budget_history"),
    path("onderdelen/nieuw/", wmo.wmo_item_add, name="wmo_item_add"),
    path("onderdelen/<int:number>/", wmo.wmo_item_edit, name="wmo_item_edit"),
    path("onderdelen/<int:number>/verwijderen/", wmo.wmo_item_delete, name="wmo_item_delete"),
]

rate_urls = [
    path("", products.rate_list, name="rate_list"),
    path("nieuw/", writing.rate_add, name="rate_add"),
    path("sjabloon.xlsx", writing.rate_template, name="rate_template"),
    path("inlezen/", writing.rate_import, name="rate_import"),
    path("inlezen/<int:pk>/", writing.rate_preview, name="rate_preview"),
    path("<int:pk>/", writing.rate_edit, name="rate_edit"),
    path("<int:pk>/verwijderen/", writing.rate_delete, name="rate_delete"),
    path("<int:pk>/geschiedenis/", writing.rate_history, name="rate_history"),
]

urlpatterns = [
    path("beheer/geld/", views.budget_home, name="budget_home"),
    path("beheer/geld/posten/nieuw/", views.budget_line_add, name="budget_line_add"),
    path("beheer/geld/posten/<int:pk>/", views.budget_line_edit, name="budget_line_edit"),
    path(
        "beheer/geld/posten/<int:pk>/cijfers/",
        figures.budget_line_figures,
        name="budget_line_figures",
    ),
    path(
        "beheer/geld/posten/<int:pk>/verschil/",
        figures.budget_growth_edit,
        name="budget_growth_edit",
    ),
    path(
        "beheer/geld/posten/<int:pk>/verwijderen/",
        views.budget_line_delete,
        name="budget_line_delete",
    ),
    path(
        "beheer/geld/posten/<int:pk>/geschiedenis/",
        views.budget_line_history,
        name="budget_line_history",
    ),
    path("beheer/geld/overeengekomen/", told.budget_agreed, name="budget_agreed"),
    path("beheer/geld/overeengekomen.csv", told.budget_agreed_csv, name="budget_agreed_csv"),
    path("beheer/geld/overeengekomen.xlsx", told.budget_agreed_xlsx, name="budget_agreed_xlsx"),
    path("beheer/geld/<int:year>/", include(year_urls)),
    path("beheer/geld/begroting/", wmo.wmo_budget_list, name="wmo_budget_list"),
    path("beheer/geld/begroting/nieuw/", wmo.wmo_budget_add, name="wmo_budget_add"),
    path("beheer/geld/begroting/<slug:slug>/", include(wmo_urls)),
    path("beheer/geld/producten/", products.product_list, name="product_list"),
    path("beheer/geld/producten/nieuw/", writing.product_table_add, name="product_table_add"),
    path("beheer/geld/producten/<slug:slug>/", include(product_urls)),
    path("beheer/geld/producten/<slug:slug>.csv", products.product_csv, name="product_csv"),
    path("beheer/geld/producten/<slug:slug>.xlsx", products.product_xlsx, name="product_xlsx"),
    path("beheer/geld/tarieven/", include(rate_urls)),
    path("beheer/geld/tarieven.csv", products.rate_csv, name="rate_csv"),
    path("beheer/geld/tarieven.xlsx", products.rate_xlsx, name="rate_xlsx"),
    path("portaal/subsidies/", subsidies.subsidy_portal, name="subsidy_portal"),
    path("beheer/subsidies/", subsidies.subsidy_list, name="subsidy_list"),
    path("beheer/subsidies/nieuw/", subsidies.subsidy_add, name="subsidy_add"),
    path("beheer/subsidies/<int:pk>/", include(subsidy_urls)),
    path("beheer/doorgegeven/", passed.pass_on_list, name="pass_on_list"),
    path("beheer/doorgegeven/nieuw/", passed.pass_on_frame_add, name="pass_on_frame_add"),
    path("beheer/doorgegeven/<int:pk>/", include(pass_on_urls)),
]
