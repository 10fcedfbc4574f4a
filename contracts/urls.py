from django.urls import path

from contracts import views

urlpatterns = [
    path("overeenkomsten/", views.contract_list, name="contract_list"),
    path("overeenkomsten/<slug:slug>/", views.contract_detail, name="contract_detail"),
    path(
        "overeenkomsten/<slug:slug>/addendum/<int:number>/",
        views.amendment_detail,
        name="amendment_detail",
    ),
]
