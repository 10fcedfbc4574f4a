from django.urls import path

from monitor.information import views

urlpatterns = [
    path("informatie/", views.information_list, name="information_list"),
    path("informatie/<slug:role>/", views.information_role, name="information_role"),
    path("beheer/informatie/", views.information_manage, name="information_manage"),
    path("beheer/informatie/nieuw/", views.information_need_add, name="information_need_add"),
    path("beheer/informatie/<int:pk>/", views.information_need_edit, name="information_need_edit"),
    path(
        "beheer/informatie/<int:pk>/weghalen/",
        views.information_need_delete,
        name="information_need_delete",
    ),
]
