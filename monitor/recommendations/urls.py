from django.urls import include, path

from monitor.recommendations import views

one = "<slug:origin>/<int:pk>/"
desk_urls = [
    path("", views.recommendation_manage_list, name="recommendation_manage_list"),
    path(one, views.recommendation_manage, name="recommendation_manage"),
    path(f"{one}toewijzen/", views.recommendation_assign, name="recommendation_assign"),
    path(f"{one}stand/", views.recommendation_update, name="recommendation_update"),
    path(f"{one}geschiedenis/", views.recommendation_history, name="recommendation_history"),
]

urlpatterns = [
    path("aanbevelingen/", views.recommendation_list, name="recommendation_list"),
    path("aanbevelingen.csv", views.recommendation_csv, name="recommendation_csv"),
    path(f"aanbevelingen/{one}", views.recommendation_detail, name="recommendation_detail"),
    path("beheer/aanbevelingen/", include(desk_urls)),
]
