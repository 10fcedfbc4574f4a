from django.urls import include, path

from monitor.planning import views

desk_urls = [
    path("", views.plan_manage_list, name="plan_manage_list"),
    path("nieuw/", views.plan_add, name="plan_add"),
    path("<int:pk>/", views.plan_edit, name="plan_edit"),
    path("<int:pk>/begin/", views.plan_begin, name="plan_begin"),
    path("<int:pk>/geschiedenis/", views.plan_history, name="plan_history"),
]

urlpatterns = [
    path("onderzoeken/planning/", views.plan_list, name="plan_list"),
    path("beheer/onderzoeken/planning/", include(desk_urls)),
]
