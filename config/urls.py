"""Every address of the site."""

from django.urls import include, path

urlpatterns = [
    path("", include("core.urls")),
    path("", include("monitor.urls")),
    path("", include("agenda.urls")),
    path("", include("contracts.urls")),
    path("", include("reporting.urls")),
    path("", include("accounts.urls")),
    path("account/", include("allauth.account.urls")),
]
