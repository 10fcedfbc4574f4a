"""Every address of the site."""

from django.urls import include, path

handler400 = "core.views.bad_request"

urlpatterns = [
    path("", include("core.urls")),
    path("", include("monitor.urls")),
    path("", include("agenda.urls")),
    path("", include("contracts.urls")),
    path("", include("reporting.urls")),
    path("", include("accounts.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
]
