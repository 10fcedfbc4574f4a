"""What every page knows about the site."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "municipality_name": settings.MUNICIPALITY_NAME,
        "is_demo": settings.DEMO,
        "release": settings.VERSION,
    }
