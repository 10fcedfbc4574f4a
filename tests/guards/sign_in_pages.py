"""Signing in and the account of one's own, which allauth gives: rows of who may ask what."""

from __future__ import annotations

from tests.guards import account_pages
from tests.guards.rows import (
    MISSING,
    NOT_ALLOWED,
    OK,
    REDIRECT,
    Row,
    everyone,
    signed_in,
)

SIGN_IN: dict[str, Row] = {
    # allauth: signing in and the account of one's own
    "account_login": Row(
        get=signed_in(REDIRECT, stranger=OK), post=signed_in(REDIRECT, stranger=OK)
    ),
    "account_logout": Row(get=signed_in(OK, stranger=REDIRECT), post=everyone(REDIRECT)),
    "account_signup": Row(
        get=signed_in(REDIRECT, stranger=OK), post=signed_in(REDIRECT, stranger=OK)
    ),
    "account_inactive": Row(get=everyone(OK), post=everyone(NOT_ALLOWED)),
    "account_reauthenticate": Row(get=signed_in(OK), post=signed_in(OK)),
    "account_email": Row(get=signed_in(OK), post=signed_in(REDIRECT)),
    "account_email_verification_sent": Row(get=everyone(OK), post=everyone(NOT_ALLOWED)),
    "account_confirm_email": Row(
        get=everyone(OK), post=everyone(MISSING), kwargs={"key": "bestaat-niet"}
    ),
    "account_change_password": Row(get=signed_in(OK), post=signed_in(OK)),
    "account_set_password": Row(get=signed_in(REDIRECT), post=signed_in(REDIRECT)),
    "account_reset_password": Row(get=everyone(OK), post=everyone(OK)),
    "account_reset_password_done": Row(get=everyone(OK), post=everyone(NOT_ALLOWED)),
    "account_reset_password_from_key": Row(
        get=everyone(OK), post=everyone(OK), kwargs={"uidb36": "1", "key": "bestaat-niet"}
    ),
    "account_reset_password_from_key_done": Row(get=everyone(OK), post=everyone(NOT_ALLOWED)),
    "account_confirm_login_code": Row(get=everyone(REDIRECT), post=everyone(REDIRECT)),
    # Without a provider in the settings there is no single sign-on.
    "oidc_start": Row(get=everyone(MISSING), post=everyone(MISSING)),
    "oidc_callback": Row(get=everyone(MISSING), post=everyone(MISSING)),
    # allauth: the second step, of one's own account. What changes it asks who it is first.
    "session_state": Row(get=signed_in(OK), post=signed_in(REDIRECT)),
    "mfa_index": Row(get=signed_in(OK), post=signed_in(NOT_ALLOWED)),
    "mfa_authenticate": Row(get=everyone(REDIRECT), post=everyone(REDIRECT)),
    "mfa_reauthenticate": Row(get=signed_in(OK), post=signed_in(OK)),
    "mfa_reauthenticate_webauthn": Row(get=signed_in(REDIRECT), post=signed_in(REDIRECT)),
    **dict.fromkeys(
        (
            *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn"),
            "mfa_generate_recovery_codes",
        ),
        Row(get=signed_in(REDIRECT), post=signed_in(REDIRECT)),
    ),
    "mfa_download_recovery_codes": Row(get=signed_in(MISSING), post=signed_in(MISSING)),
    "mfa_view_recovery_codes": Row(get=signed_in(MISSING), post=signed_in(NOT_ALLOWED)),
    "mfa_list_webauthn": Row(get=signed_in(OK), post=signed_in(NOT_ALLOWED)),
    "mfa_remove_webauthn": Row(
        get=signed_in(MISSING), post=signed_in(MISSING), kwargs=account_pages.a_key_of_somebody
    ),
    "mfa_edit_webauthn": Row(
        get=signed_in(REDIRECT), post=signed_in(REDIRECT), kwargs=account_pages.a_key_of_somebody
    ),
    "mfa_login_webauthn": Row(get=everyone(REDIRECT), post=everyone(REDIRECT)),
}
