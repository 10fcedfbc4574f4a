"""Pages of the second step that say or refuse more than those of allauth do."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.webauthn.internal.flows import remove_authenticator
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from fido2.utils import websafe_encode

from accounts.second_step import ONWARD
from core.filters import whole_number


class AddKeyView(AddWebAuthnView):  # type: ignore[misc] # allauth ships no types
    """Add a key; ``?vervangt=`` names the one that goes when the new one is there.

    A browser refuses a key that is known already, so the one that goes is not told to it: the same
    telephone may come in its place. The last second step is replaced like this as well.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.replaced = _replaced_or_404(request)
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_initial()
        if self.replaced is None:
            return initial
        return {**initial, "name": str(self.replaced), "passwordless": True}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if self.replaced is not None:
            known = websafe_encode(
                self.replaced.wrap().authenticator_data.credential_data.credential_id
            )
            options = context["js_data"]["creation_options"]["publicKey"]
            options["excludeCredentials"] = [
                one for one in options.get("excludeCredentials") or () if one["id"] != known
            ]
        return {**context, "replaced": self.replaced}

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            answer: HttpResponse = super().form_valid(form)
            if self.replaced is not None:
                remove_authenticator(self.request, self.replaced)
        return answer


def _replaced_or_404(request: HttpRequest) -> Authenticator | None:
    """The key of this user that the address names to be replaced. Raises ``Http404``."""
    word = request.GET.get("vervangt")
    if word is None or not request.user.is_authenticated:
        return None
    number = whole_number(word)
    keys = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN)
    found = keys.filter(pk=number).first() if number is not None else None
    if found is None:
        raise Http404("Deze sleutel is er niet, of u verving hem al. Kijk bij uw sleutels.")
    return found


class RemoveKeyView(RemoveWebAuthnView):  # type: ignore[misc] # allauth ships no types
    """Take a key away, unless it is the only second step that is left."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.warning(request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_list_webauthn")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer


class RecoveryCodesView(ViewRecoveryCodesView):  # type: ignore[misc]
    """The codes; who just enrolled goes on from here to where it began."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "onward": self.request.session.pop(ONWARD, "")}


class RecoveryCodesFileView(DownloadRecoveryCodesView):  # type: ignore[misc]
    """The codes as a text file with a Dutch name."""

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().render_to_response(context, **kwargs)
        response["Content-Disposition"] = 'attachment; filename="herstelcodes.txt"'
        return response


add_key = AddKeyView.as_view()
remove_key = RemoveKeyView.as_view()
recovery_codes = RecoveryCodesView.as_view()
recovery_codes_file = RecoveryCodesFileView.as_view()
