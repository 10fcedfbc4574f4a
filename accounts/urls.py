from django.urls import path

from accounts import audit_views

urlpatterns = [
    path("beheer/logboek/", audit_views.audit_list, name="audit_list"),
    path("beheer/logboek.csv", audit_views.audit_csv, name="audit_csv"),
    path("beheer/logboek.jsonl", audit_views.audit_jsonl, name="audit_jsonl"),
]
