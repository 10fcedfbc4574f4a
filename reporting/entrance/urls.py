from django.urls import path

from reporting.entrance import views

urlpatterns = [
    path("waar-terecht/", views.entrance_list, name="entrance_list"),
    path("beheer/waar-terecht/", views.entrance_manage, name="entrance_manage"),
    path("beheer/waar-terecht/nieuw/", views.entrance_add, name="entrance_add"),
    path("beheer/waar-terecht/<int:pk>/", views.entrance_edit, name="entrance_edit"),
    path("beheer/waar-terecht/<int:pk>/weghalen/", views.entrance_delete, name="entrance_delete"),
]
