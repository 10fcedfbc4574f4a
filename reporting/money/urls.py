"""The addresses of the money that was spent, beside those of the budget itself."""

from __future__ import annotations

from django.urls import path

from reporting.money import views

urlpatterns = [
    path("besteed/", views.budget_spent, name="budget_spent"),
    path("besteed/tabel.csv", views.budget_spent_csv, name="budget_spent_csv"),
    path("besteed/tabel.xlsx", views.budget_spent_xlsx, name="budget_spent_xlsx"),
    path("voorstel/", views.budget_proposal, name="budget_proposal"),
]
