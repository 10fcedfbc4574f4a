from django.urls import URLPattern, URLResolver, include, path

from agenda.council import views

talk_urls: list[URLPattern | URLResolver] = [
    path("", views.council_talk_manage, name="council_talk_manage"),
    path("gegevens/", views.council_talk_edit, name="council_talk_edit"),
    path("verwijderen/", views.council_talk_delete, name="council_talk_delete"),
    path("punt/", views.council_talk_point_add, name="council_talk_point_add"),
    path("punt/<int:point>/", views.council_talk_point_edit, name="council_talk_point_edit"),
    path(
        "punt/<int:point>/weghalen/",
        views.council_talk_point_delete,
        name="council_talk_point_delete",
    ),
    path("geschiedenis/", views.council_talk_history, name="council_talk_history"),
]
desk_urls: list[URLPattern | URLResolver] = [
    path("", views.council_talk_manage_list, name="council_talk_manage_list"),
    path("nieuw/", views.council_talk_add, name="council_talk_add"),
    path("<int:pk>/", include(talk_urls)),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("beheer/raadsgesprekken/", include(desk_urls)),
    path("agenda/<slug:slug>/raad/", views.council_talk_list, name="council_talk_list"),
]
