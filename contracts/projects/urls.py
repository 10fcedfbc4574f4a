"""The addresses of projects, beside those of contracts."""

from __future__ import annotations

from django.urls import include, path

from contracts.projects import desk_views as desk
from contracts.projects import public_views as public
from contracts.projects import running_views as running

desk_urls = [
    path("", desk.project_manage, name="project_manage"),
    path("geschiedenis/", desk.project_history, name="project_history"),
    path("gegevens/", desk.project_edit, name="project_edit"),
    path("plan/", desk.project_plan, name="project_plan"),
    path("plan/wijzigen/", desk.project_plan_change, name="project_plan_change"),
    path("starten/", desk.project_start, name="project_start"),
    path("verwijderen/", desk.project_delete, name="project_delete"),
    path("stappen/nieuw/", running.project_step_add, name="project_step_add"),
    path("stappen/<int:pk>/", running.project_step_edit, name="project_step_edit"),
    path("stappen/<int:pk>/verwijderen/", running.project_step_delete, name="project_step_delete"),
    path("bestedingen/nieuw/", running.project_spending_add, name="project_spending_add"),
    path("bestedingen/<int:pk>/", running.project_spending_edit, name="project_spending_edit"),
    path(
        "bestedingen/<int:pk>/verwijderen/",
        running.project_spending_delete,
        name="project_spending_delete",
    ),
    path("stand-van-zaken/", running.project_update, name="project_update"),
    path("besluit/", running.project_decide, name="project_decide"),
]

urlpatterns = [
    path("projecten/", public.project_list, name="project_list"),
    path("projecten/<slug:slug>/", public.project_detail, name="project_detail"),
    path("projecten/bij-doel/<slug:slug>/<slug:goal>/", public.goal_projects, name="goal_projects"),
    path("beheer/projecten/", desk.project_manage_list, name="project_manage_list"),
    path("beheer/projecten/nieuw/", desk.project_add, name="project_add"),
    path("beheer/projecten/<slug:slug>/", include(desk_urls)),
]
