from django.urls import path

from accounts import (
    audit_views,
    factor_views,
    history_views,
    mail_views,
    manage_views,
    organisation_views,
    retention_views,
    review_views,
    session_views,
    sign_on_views,
)

urlpatterns = [
    path("beheer/accounts/", manage_views.account_list, name="account_list"),
    path("beheer/accounts/nieuw/", manage_views.account_add, name="account_add"),
    path("beheer/accounts/<int:pk>/", manage_views.account_manage, name="account_manage"),
    path("beheer/accounts/<int:pk>/rol/", manage_views.role_add, name="role_add"),
    path("beheer/accounts/<int:pk>/rol/<int:role>/", manage_views.role_end, name="role_end"),
    path("beheer/accounts/<int:pk>/sluiten/", manage_views.account_close, name="account_close"),
    path("beheer/accounts/<int:pk>/openen/", manage_views.account_open, name="account_open"),
    path(
        "beheer/accounts/<int:pk>/uitnodiging/",
        manage_views.invitation_send,
        name="invitation_send",
    ),
    path(
        "beheer/accounts/<int:pk>/tweede-stap/",
        manage_views.second_step_reset,
        name="second_step_reset",
    ),
    path("beheer/accounts/<int:pk>/meekijken/", manage_views.looking_begin, name="looking_begin"),
    path("beheer/meekijken/stoppen/", manage_views.looking_stop, name="looking_stop"),
    path(
        "beheer/accounts/<int:pk>/werkaccount/",
        manage_views.work_account_unlink,
        name="work_account_unlink",
    ),
    path("beheer/accounts/<int:pk>/naam/", manage_views.name_remove, name="name_remove"),
    path("beheer/organisaties/", organisation_views.organisation_list, name="organisation_list"),
    path(
        "beheer/organisaties/<int:pk>/",
        organisation_views.organisation_domains,
        name="organisation_domains",
    ),
    path("beheer/toegang/", review_views.access_review, name="access_review"),
    path("beheer/toegang.csv", review_views.access_csv, name="access_csv"),
    path("beheer/toegang/controle/", review_views.access_review_add, name="access_review_add"),
    path("account/werkaccount/", sign_on_views.oidc_start, name="oidc_start"),
    path("account/werkaccount/terug/", sign_on_views.oidc_callback, name="oidc_callback"),
    path("account/zitting/", session_views.session_state, name="session_state"),
    # In place of the pages of allauth at the same addresses (config/urls.py).
    path("account/2fa/webauthn/add/", factor_views.add_key, name="mfa_add_webauthn"),
    path(
        "account/2fa/webauthn/keys/<int:pk>/remove/",
        factor_views.remove_key,
        name="mfa_remove_webauthn",
    ),
    path(
        "account/2fa/recovery-codes/", factor_views.recovery_codes, name="mfa_view_recovery_codes"
    ),
    path(
        "account/2fa/recovery-codes/download/",
        factor_views.recovery_codes_file,
        name="mfa_download_recovery_codes",
    ),
    path("beheer/wijzigingen/", history_views.change_list, name="change_list"),
    path("beheer/bewaren/", retention_views.retention, name="retention"),
    path("beheer/post/", mail_views.mail_list, name="mail_list"),
    path("beheer/post/<int:pk>/<slug:step>/", mail_views.mail_decide, name="mail_decide"),
    path("beheer/logboek/", audit_views.audit_list, name="audit_list"),
    path("beheer/logboek.csv", audit_views.audit_csv, name="audit_csv"),
    path("beheer/logboek.jsonl", audit_views.audit_jsonl, name="audit_jsonl"),
]
