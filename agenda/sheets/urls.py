from django.urls import URLPattern, URLResolver, path

from agenda.sheets import views

# Under beheer/agenda/<slug>/<number>/.
version_urls: list[URLPattern | URLResolver] = [
    path("sjabloon.xlsx", views.agenda_template, name="agenda_template"),
    path("inlezen/", views.agenda_import, name="agenda_import"),
    path("inlezen/<int:pk>/", views.agenda_import_preview, name="agenda_import_preview"),
]
# Under beheer/indicatoren/, before the indicators: none can be named inlezen.
indicator_urls: list[URLPattern | URLResolver] = [
    path("meetwaarden-sjabloon.xlsx", views.values_template, name="values_template"),
    path("inlezen/", views.values_import, name="values_import"),
    path("inlezen/<int:pk>/", views.values_preview, name="values_preview"),
    path("<slug:slug>/meetwaarden.xlsx", views.indicator_template, name="indicator_template"),
    path("<slug:slug>/inlezen/", views.indicator_import, name="indicator_import"),
]
