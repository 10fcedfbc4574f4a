from django.urls import include, path

from monitor.inquiries import views

desk_urls = [
    path("", views.investigation_manage_list, name="investigation_manage_list"),
    path("nieuw/", views.investigation_add, name="investigation_add"),
    path("<int:pk>/", views.investigation_manage, name="investigation_manage"),
    path("<int:pk>/wijzigen/", views.investigation_edit, name="investigation_edit"),
    path("<int:pk>/verwijderen/", views.investigation_delete, name="investigation_delete"),
    path("<int:pk>/onderdeel/", views.investigation_part_add, name="investigation_part_add"),
    path(
        "<int:pk>/onderdeel/<int:part>/",
        views.investigation_part_edit,
        name="investigation_part_edit",
    ),
    path(
        "<int:pk>/onderdeel/<int:part>/weghalen/",
        views.investigation_part_delete,
        name="investigation_part_delete",
    ),
    path("<int:pk>/reactie/", views.investigation_reaction, name="investigation_reaction"),
    path("<int:pk>/stap/", views.investigation_step, name="investigation_step"),
    path("<int:pk>/geschiedenis/", views.investigation_history, name="investigation_history"),
]

urlpatterns = [
    path("onderzoeken/", views.investigation_list, name="investigation_list"),
    path("onderzoeken/<int:pk>/", views.investigation_detail, name="investigation_detail"),
    path("beheer/onderzoeken/", include(desk_urls)),
]
