"""Mail about an edition, each occasion and receiver once."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.constants import Role
from accounts.models import RoleAssignment
from agenda.constants import Origin
from core.outbox import queue_mail
from monitor.editions import EditionKey, pdf_url
from monitor.models import Monitor

PUBLISHED = """\
Goedendag,

{title} van de gemeente {municipality} is aangeboden aan de raad.

Lees de monitor: {page}
Raadsdocument (pdf): {pdf}

Het raadsdocument is er kort na dit bericht.
"""


def tell_the_council(monitor: Monitor) -> None:
    """Queue a mail to every council member and clerk that ``monitor`` was offered.

    Nothing is sent about history from a source document. One query and two for each receiver.
    """
    if monitor.origin != Origin.SYSTEM:
        return
    key = EditionKey.of(monitor)
    text = PUBLISHED.format(
        title=monitor.title,
        municipality=settings.MUNICIPALITY_NAME,
        page=settings.BASE_URL + reverse("monitor_edition", args=[key]),
        pdf=settings.BASE_URL + pdf_url(key),
    )
    receivers = (
        RoleAssignment.objects.valid_on(timezone.localdate())
        .filter(role__in=(Role.COUNCIL_MEMBER, Role.COUNCIL_CLERK), user__is_active=True)
        .values_list("user__pk", "user__email")
    )
    for user, email in dict(receivers).items():
        queue_mail(
            to=email,
            subject=f"{monitor.title} is aangeboden aan de raad",
            text=text,
            key=f"monitor_published:{monitor.pk}:{user}",
        )
