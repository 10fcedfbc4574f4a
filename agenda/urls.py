from django.urls import path

from agenda import figure_views as figures
from agenda import views

urlpatterns = [
    path("agenda/", views.agenda_list, name="agenda_list"),
    # Before the agendas: no agenda can be named doelen, indicatoren or opvolging.
    path("agenda/doelen/", views.goal_list, name="goal_list"),
    path("agenda/opvolging/", views.agenda_lineage, name="agenda_lineage"),
    path("agenda/indicatoren/", figures.indicator_list, name="indicator_list"),
    path("agenda/indicatoren/<slug:slug>/", figures.indicator_detail, name="indicator_detail"),
    path(
        "agenda/indicatoren/<slug:slug>/meetwaarden.csv",
        figures.indicator_csv,
        name="indicator_csv",
    ),
    path("agenda/<slug:slug>/", views.agenda_detail, name="agenda_detail"),
    path("agenda/<slug:slug>/versie/<int:number>/", views.agenda_version, name="agenda_version"),
    path("agenda/<slug:slug>/doel/<slug:goal>/", views.agenda_goal, name="agenda_goal"),
    path(
        "agenda/<slug:slug>/doel/<slug:goal>/metingen.csv",
        views.agenda_goal_csv,
        name="agenda_goal_csv",
    ),
    path("agenda/<slug:slug>/voortgang/", figures.agenda_framework, name="agenda_framework"),
    path(
        "agenda/<slug:slug>/meetwaarden.xlsx", figures.agenda_values_xlsx, name="agenda_values_xlsx"
    ),
    path("agenda/<slug:slug>/meetwaarden.csv", figures.agenda_values_csv, name="agenda_values_csv"),
]
