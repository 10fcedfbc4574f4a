"""What the audit trail calls each thing done with accounts."""

CHANGES = {
    "sign_in": "Ingelogd",
    "sign_out": "Uitgelogd",
    "account_given": "Account gegeven",
    "role_given": "Rol gegeven",
    "role_ended": "Rol beëindigd",
    "account_closed": "Account gesloten",
    "account_opened": "Account heropend",
    "invitation_sent": "Uitnodiging opnieuw gestuurd",
    "name_removed": "Naam verwijderd",
    "retention_closed": "Opgeruimd na de bewaartermijn",
    "audit_cut": "Logboek ingekort na de bewaartermijn",
    "account_change_password": "Wachtwoord gewijzigd",
    "account_set_password": "Wachtwoord gekozen",
    "account_reset_password": "Nieuw wachtwoord gevraagd",
    "account_reset_password_from_key": "Wachtwoord opnieuw gekozen",
    "account_reauthenticate": "Wachtwoord nogmaals gegeven",
    "account_email": "E-mailadres gewijzigd",
    "mail_decide": "Over een bericht dat bleef liggen beslist",
}
READS = {
    "audit_list": "Logboek gelezen",
    "audit_csv": "Logboek uitgevoerd (csv)",
    "audit_jsonl": "Logboek uitgevoerd (JSON-regels)",
    "account_list": "Accounts bekeken",
    "retention": "Bewaartermijnen bekeken",
    "change_list": "Wijzigingen van teksten gelezen",
    "mail_list": "Berichten die bleven liggen bekeken",
    "account_manage": "Account bekeken",
}
# What is done there records itself, with what it changes.
QUIET = frozenset(
    {
        *("account_login", "account_logout", "account_add", "role_add", "role_end"),
        *("account_close", "account_open", "invitation_send", "name_remove"),
    }
)
