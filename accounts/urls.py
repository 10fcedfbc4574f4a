from django.urls import path

from accounts import audit_views, history_views, mail_views, manage_views, retention_views

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
    path("beheer/accounts/<int:pk>/naam/", manage_views.name_remove, name="name_remove"),
    path("beheer/wijzigingen/", history_views.change_list, name="change_list"),
    path("beheer/bewaren/", retention_views.retention, name="retention"),
    path("beheer/post/", mail_views.mail_list, name="mail_list"),
    path("beheer/post/<int:pk>/<slug:step>/", mail_views.mail_decide, name="mail_decide"),
    path("beheer/logboek/", audit_views.audit_list, name="audit_list"),
    path("beheer/logboek.csv", audit_views.audit_csv, name="audit_csv"),
    path("beheer/logboek.jsonl", audit_views.audit_jsonl, name="audit_jsonl"),
]
