"""What the audit trail calls each thing done with accounts."""

CHANGES = {
    "sign_in": "Ingelogd",
    "sign_out": "Uitgelogd",
    "session_ended": "Uitgelogd, omdat er lang niets gebeurde",
    "account_given": "Account gegeven",
    "role_given": "Rol gegeven",
    "role_ended": "Rol beëindigd",
    "account_closed": "Account gesloten",
    "account_opened": "Account heropend",
    "invitation_sent": "Uitnodiging opnieuw gestuurd",
    "name_removed": "Naam verwijderd",
    "email_domains_set": "E-mailadressen van een organisatie gewijzigd",
    "account_change_password": "Wachtwoord gewijzigd",
    "account_set_password": "Wachtwoord gekozen",
    "account_reset_password": "Nieuw wachtwoord gevraagd",
    "account_reset_password_from_key": "Wachtwoord opnieuw gekozen",
    "account_reauthenticate": "Wachtwoord nogmaals gegeven",
    "account_email": "E-mailadres gewijzigd",
    "access_reviewed": "Controle van de toegang vastgelegd",
    "factor_added": "Tweede stap toegevoegd",
    "factor_removed": "Tweede stap weggehaald",
    "recovery_codes_renewed": "Nieuwe herstelcodes gemaakt",
    "recovery_code_used": "Met een herstelcode ingelogd",
    "second_step_reset": "Tweede stap van iemand weggehaald",
    "second_step": "Tweede stap gegeven",
    "mfa_reauthenticate": "Tweede stap nogmaals gegeven",
    "mfa_reauthenticate_webauthn": "Tweede stap nogmaals gegeven met een sleutel",
    "mfa_edit_webauthn": "Sleutel hernoemd",
    "mail_decide": "Over een bericht dat bleef liggen beslist",
}
READS = {
    "audit_list": "Logboek gelezen",
    "audit_csv": "Logboek uitgevoerd (csv)",
    "audit_jsonl": "Logboek uitgevoerd (JSON-regels)",
    "account_list": "Accounts bekeken",
    "organisation_list": "Organisaties bekeken",
    "access_review": "Toegang bekeken",
    "access_csv": "Toegang uitgevoerd (csv)",
    "mail_list": "Berichten die bleven liggen bekeken",
    "account_manage": "Account bekeken",
    "mfa_view_recovery_codes": "Eigen herstelcodes bekeken",
    "mfa_download_recovery_codes": "Eigen herstelcodes opgehaald",
}
# What is done there records itself, with what it changes.
QUIET = frozenset(
    {
        *("account_login", "account_logout", "account_add", "role_add", "role_end"),
        *("access_review_add", "organisation_domains"),
        *("account_close", "account_open", "invitation_send", "name_remove"),
        *("mfa_authenticate", "mfa_login_webauthn", "mfa_activate_totp", "mfa_deactivate_totp"),
        *("mfa_add_webauthn", "mfa_remove_webauthn", "mfa_generate_recovery_codes"),
        *("second_step_reset", "session_state"),
    }
)
