"""Mails that did not go out, or of which that is not known: a person decides (DESIGN, rule 18)."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import require_role
from accounts.constants import Role
from core.constants import MailState
from core.models import OutboxMail, WrongState
from core.outbox import resolve_uncertain, send_again

PER_PAGE = 50
ARRIVED, AGAIN = "aangekomen", "opnieuw"
TOLD = {
    ARRIVED: "Genoteerd: dit bericht is aangekomen.",
    AGAIN: "Dit bericht wordt opnieuw verstuurd.",
}


@require_role(Role.FUNCTIONAL_MANAGER)
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """What was refused or broken off, the newest first. Never the text: it may hold a link."""
    rows = OutboxMail.objects.stranded().defer("text").order_by("-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    waiting = OutboxMail.objects.queued().count()
    context = {"page": page, "total": page.paginator.count, "waiting": waiting}
    return render(request, "accounts/mail_list.html", context)


@require_role(Role.FUNCTIONAL_MANAGER)
@require_POST
def mail_decide(request: HttpRequest, pk: int, step: str) -> HttpResponseBase:
    """It arrived after all, or it is sent again."""
    if step not in TOLD:
        raise Http404("Deze keuze bestaat niet.")
    mail = OutboxMail.objects.defer("text").filter(pk=pk).first()
    if mail is None:
        raise Http404("Dit bericht is er niet.")
    try:
        if mail.state == MailState.UNCERTAIN:
            resolve_uncertain(mail, was_sent=step == ARRIVED)
        elif step == ARRIVED:
            raise WrongState("only an uncertain mail may have arrived")
        else:
            send_again(mail)
    except WrongState:
        messages.warning(request, "Over dit bericht is intussen beslist. Er is niets gewijzigd.")
    else:
        messages.success(request, TOLD[step])
    return redirect("mail_list")
