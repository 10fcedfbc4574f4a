"""Addresses that the public menu knows, and one that fails: for tests of the frame of a page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path


@login_not_required
def plain(request: HttpRequest) -> HttpResponse:
    return render(request, "monitor/home.html")


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


urlpatterns = [
    path("monitor/", plain, name="monitor_list"),
    path("monitor/2018/", plain, name="monitor_detail"),
    path("begrippen/", plain, name="glossary"),
    path("zoeken/", plain, name="search"),
    path("stuk/", broken),
    path("", include("config.urls")),
]
