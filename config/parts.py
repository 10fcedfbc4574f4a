"""What this project is made of, the same in every installation; settings.py takes it over.

The layers stand on top of each other. What a lower one needs of a higher one, it finds here by its
path, so that no import runs up.
"""

from __future__ import annotations

INSTALLED_APPS = [
    "demo",
    "monitor",
    "reporting",
    "contracts",
    "agenda",
    "accounts",
    "core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    # Before what answers by itself (a redirect to https, a static file), so that they hold there.
    "core.middleware.without_device",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.IdleEnds",
    "accounts.middleware.SignInFirst",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.audited",
    "accounts.middleware.kept_by_nobody",
    "accounts.middleware.too_often",
    "accounts.middleware.SecondStep",
    "accounts.middleware.LooksAlong",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.refusal_in_words",
    "core.middleware.without_nul",
]

# What the database refuses to change, app by app (see core/guards/frozen.py).
FROZEN_ROWS = [
    "accounts.frozen.ROWS",
    "agenda.frozen.ROWS",
    "contracts.frozen.ROWS",
    "reporting.frozen.ROWS",
    "monitor.frozen.ROWS",
]
# Rules that rows of different tables keep together (see core/guards/rules.py).
DATABASE_RULES = [
    "accounts.rules.RULES",
    "agenda.rules.RULES",
    "contracts.rules.RULES",
    "reporting.rules.RULES",
    "monitor.rules.RULES",
]
# Kind of job -> the function that does it (see core/jobs).
JOB_HANDLERS = {
    "agenda_document": "agenda.documents.render_agenda_document",
    "advice_document": "agenda.advising.documents.render_advice_document",
    "council_document": "monitor.documents.render_council_document",
    "meeting_sheet": "reporting.talks.documents.render_sheet",
}
# Where each app says what it keeps (see core/retention.py); what others refer to comes last.
RETENTION_KINDS = [
    "reporting.retention.KINDS",
    "accounts.retention.KINDS",
    "core.retention.KINDS",
]
# Who measures with an indicator, apart from the agendas (see agenda/uses.py).
INDICATOR_USERS = "contracts.indicator_users.CONTRACTS"
