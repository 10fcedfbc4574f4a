from django.urls import path

from monitor import styleguide, views

urlpatterns = [
    path("", views.home, name="home"),
    path("stijlgids/", styleguide.styleguide, name="styleguide"),
]
