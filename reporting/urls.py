from django.urls import path

from reporting import views

urlpatterns = [
    path("partners/", views.partner_list, name="partner_list"),
    path("partners/<slug:slug>/", views.partner_detail, name="partner_detail"),
    path("partners/<slug:slug>/cijfers.csv", views.partner_figures_csv, name="partner_figures_csv"),
]
