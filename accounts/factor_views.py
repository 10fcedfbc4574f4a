"""Pages of the second step that say or refuse more than those of allauth do."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from accounts.second_step import ONWARD


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


remove_key = RemoveKeyView.as_view()
recovery_codes = RecoveryCodesView.as_view()
recovery_codes_file = RecoveryCodesFileView.as_view()
