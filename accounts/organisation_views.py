"""Where the e-mail addresses of an organisation end: the functional manager sets it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import organisation_or_404, require_role, signed_in
from accounts.constants import OrganisationKind, Role
from accounts.domains import in_words, write_domains
from accounts.email_rule import outside, set_domains
from accounts.filters import OrganisationFilter
from accounts.forms import DomainsForm
from accounts.models import Organisation
from core.filters import is_chosen

PER_PAGE = 25


@require_role(Role.FUNCTIONAL_MANAGER)
@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Every organisation with where its addresses end, to search and to choose from."""
    chosen = OrganisationFilter(
        request.GET, queryset=Organisation.objects.order_by("name", "pk"), request=request
    )
    paginator = Paginator(chosen.qs, PER_PAGE)
    context = {
        "filter": chosen,
        "page": paginator.get_page(request.GET.get("page")),
        "total": paginator.count,
        "chosen": is_chosen(chosen),
    }
    return render(request, "accounts/organisation_list.html", context)


@require_role(Role.FUNCTIONAL_MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_domains(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Set where the addresses end; asks first when people who have a role would fall outside."""
    organisation = organisation_or_404(pk)
    start = {"domains": organisation.email_domains}
    form = DomainsForm(request.POST or None, initial=start)
    context = {
        "form": form,
        "organisation": organisation,
        "is_municipality": organisation.kind == OrganisationKind.MUNICIPALITY,
    }
    if request.method == "POST" and form.is_valid():
        domains = form.cleaned_data["domains"]
        settled = form.cleaned_data["agreed"] or domains == organisation.domains
        left_out = [] if settled else outside(organisation, domains)
        if left_out:
            asked = {"people": left_out, "ends": in_words(domains), "text": write_domains(domains)}
            return render(request, "accounts/organisation_domains_ask.html", context | asked)
        try:
            set_domains(organisation=organisation, domains=domains, user=signed_in(request))
        except ValidationError as error:
            form.add_error("domains", error.messages)
        else:
            messages.success(request, _told(organisation, domains))
            return redirect("organisation_list")
    return render(request, "accounts/organisation_domains.html", context)


def _told(organisation: Organisation, domains: tuple[str, ...]) -> str:
    if not domains:
        return f"{organisation.name} heeft geen regel meer: elk e-mailadres mag."
    return f"Bij {organisation.name} eindigt een e-mailadres nu op {in_words(domains)}."
