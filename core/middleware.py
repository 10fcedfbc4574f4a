"""What every answer goes through."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render

Answer = Callable[[HttpRequest], HttpResponseBase]


def refusal_in_words(get_response: Answer) -> Answer:
    """Django answers a method that an address does not take (405) with an empty page: say it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page

    return answer


# What a page of ours never asks of the device of a visitor.
DEVICE = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen"),
    *("geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb"),
    *("screen-wake-lock", "serial", "sync-xhr", "xr-spatial-tracking"),
)
PERMISSIONS = ", ".join(f"{feature}=()" for feature in DEVICE)


def without_device(get_response: Answer) -> Answer:
    """No page asks for camera, place or payment, whatever a script on it would try."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return answer


def without_nul(get_response: Answer) -> Answer:
    """An address with the character NUL asks for nothing that is: no database keeps one."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if "%00" in request.META.get("QUERY_STRING", "") or "\x00" in request.path:
            raise BadRequest("NUL in the address")
        return get_response(request)

    return answer
