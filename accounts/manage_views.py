"""Managing accounts: who has one, with which roles, from when until when."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions, looking, oidc
from accounts.access import people, person_or_404, require_role, role_or_404, signed_in
from accounts.constants import Role
from accounts.filters import AccountFilter
from accounts.forms import AccountForm, EndRoleForm, RoleForm
from accounts.models import RoleAssignment, User
from accounts.reviewing import alone_in
from accounts.single_sign_on import unlink
from core.filters import is_chosen

MANAGER = Role.FUNCTIONAL_MANAGER
PER_PAGE = 25


@require_role(MANAGER)
@require_safe
def account_list(request: HttpRequest) -> HttpResponse:
    """Every account with its roles, to search and to choose from."""
    chosen = AccountFilter(request.GET, queryset=people(), request=request)
    paginator = Paginator(chosen.qs, PER_PAGE)
    context = {
        "filter": chosen,
        "page": paginator.get_page(request.GET.get("page")),
        "total": paginator.count,
        "chosen": is_chosen(chosen),
    }
    return render(request, "accounts/account_list.html", context)


@require_role(MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def account_add(request: HttpRequest) -> HttpResponseBase:
    """An account for somebody new, who gets a mail to choose a password."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.give_account(**form.cleaned_data, user=signed_in(request))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, f"{person.name} krijgt een mail om een wachtwoord te kiezen.")
            return redirect("account_manage", person.pk)
    return render(request, "accounts/account_add.html", {"form": form})


@require_role(MANAGER)
@require_safe
def account_manage(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its roles, and what can be done with it."""
    person = person_or_404(pk)
    return render(
        request,
        "accounts/account_manage.html",
        {
            "person": person,
            "is_self": person.pk == signed_in(request).pk,
            "signs_on": oidc.is_on(),
        },
    )


@require_role(MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def role_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One more role."""
    person = person_or_404(pk)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            given = actions.give_role(person=person, **form.cleaned_data, user=signed_in(request))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, f"De rol {given.get_role_display()} is gegeven.")
            return redirect("account_manage", pk)
    return render(request, "accounts/role_add.html", {"form": form, "person": person})


@require_role(MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def role_end(request: HttpRequest, pk: int, role: int) -> HttpResponseBase:
    """The last day of a role."""
    person = person_or_404(pk)
    held = role_or_404(person, role)
    form = EndRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_role(assignment=held, last_day=form.last_chosen(), user=signed_in(request))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, f"De rol {held.get_role_display()} is beëindigd.")
            return redirect("account_manage", pk)
    replacing = RoleAssignment.objects.replacing(held).after(timezone.localdate())
    context = {"form": form, "person": person, "held": held, "replacing": replacing}
    return render(request, "accounts/role_end.html", context)


@require_role(MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def account_close(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Close the account of a leaver, after asking."""
    person = person_or_404(pk)
    if request.method == "POST":
        return _step(request, person, actions.close_account, "Het account is gesloten.")
    context = {"person": person, "alone": alone_in(person)}
    return render(request, "accounts/account_close.html", context)


@require_role(MANAGER)
@require_POST
def account_open(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Open a closed account again."""
    return _step(request, person_or_404(pk), actions.open_account, "Het account is weer open.")


@require_role(MANAGER)
@require_POST
def invitation_send(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the mail to choose a password once more."""
    done = "Er gaat een nieuwe mail om een wachtwoord te kiezen."
    return _step(request, person_or_404(pk), actions.invite_again, done)


@require_role(MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def second_step_reset(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take the second step of somebody away who lost telephone and codes, after asking."""
    person = person_or_404(pk)
    if request.method == "POST":
        done = f"De tweede stap van {person.name} is weggehaald. Er gaat een mail over."
        return _step(request, person, actions.reset_second_step, done)
    return render(request, "accounts/second_step_reset.html", {"person": person})


@require_role(MANAGER)
@require_POST
def looking_begin(request: HttpRequest, pk: int) -> HttpResponseBase:
    """See the site as this person does, for support."""
    person = person_or_404(pk)
    page = reverse("account_manage", args=[pk])
    try:
        looking.begin(request, person=person, user=signed_in(request), page=page)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("account_manage", pk)
    return redirect("work_home")


@require_role(MANAGER)
@require_POST
def looking_stop(request: HttpRequest) -> HttpResponseBase:
    """See the site as oneself again."""
    pk = looking.stop(request, user=signed_in(request))
    return redirect("account_manage", pk) if pk else redirect("account_list")


@require_role(MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def work_account_unlink(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Let go of the account of work that somebody signs in with, after asking."""
    person = person_or_404(pk)
    if request.method == "POST":
        done = f"De koppeling met het werkaccount van {person.name} is weggehaald."
        return _step(request, person, unlink, done)
    return render(request, "accounts/work_account_unlink.html", {"person": person})


@require_role(MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def name_remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take the name of a closed account away for good, after asking."""
    person = person_or_404(pk)
    if request.method == "POST":
        return _step(request, person, actions.remove_name, "Naam en e-mailadres zijn verwijderd.")
    return render(request, "accounts/name_remove.html", {"person": person})


def _step(
    request: HttpRequest, person: User, action: Callable[..., None], done: str
) -> HttpResponseBase:
    """Do ``action`` with the account and go back to it, with ``done`` or with why it did not."""
    try:
        action(person=person, user=signed_in(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect("account_manage", person.pk)
