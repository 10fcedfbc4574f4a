"""The settings, all of them from the environment; ``docs/instellingen.md`` lists the variables.

Without any variable the project runs in demonstration mode: embedded database, file-system broker,
and it answers to this machine only. ``MODE=production`` asks for everything an installation needs
and refuses to start on anything missing or wrong.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
from celery.schedules import crontab

from config.environment import Environment
from config.parts import *  # noqa: F403 - settings too, of what does not differ

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION = "0.1.0"

env = Environment()

# --- Mode -----------------------------------------------------------------------------------------
MODE = env.text("MODE", "demo")
if MODE not in {"demo", "production"}:
    env.problems.append(f"MODE={MODE!r}: gebruik demo of production.")
PRODUCTION = MODE == "production"
DEMO = not PRODUCTION
DEBUG = env.flag("DEBUG") and DEMO
if PRODUCTION and env.flag("DEBUG"):
    env.problems.append("DEBUG mag niet aan staan als MODE=production.")

DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "var")


def _demo_secret() -> str:
    """A key of this installation's own, made at the first start and kept in the data folder."""
    path = DATA_DIR / "secret-key"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # Web, worker and beat may start at the same moment: the key appears whole, once, and a
        # second one is thrown away (linking fails where a name is taken).
        handle, new = tempfile.mkstemp(dir=path.parent, prefix=".secret-key-")
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):
            os.link(new, path)
        os.unlink(new)
    return path.read_text().strip()


SECRET_KEY = env.text("SECRET_KEY", "")
if PRODUCTION and len(SECRET_KEY) < 50:
    env.problems.append("SECRET_KEY: geef een geheime sleutel van ten minste 50 tekens.")
    SECRET_KEY = "x" * 50
if not SECRET_KEY:
    SECRET_KEY = _demo_secret()

# --- Addresses ------------------------------------------------------------------------------------
BASE_URL = env.address("BASE_URL", "http://localhost:8000")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", [])
if PRODUCTION:
    if not ALLOWED_HOSTS:
        env.problems.append("ALLOWED_HOSTS: noem de hostnamen waarop deze site antwoordt.")
    if urlsplit(BASE_URL).scheme != "https":
        env.problems.append("BASE_URL: een productiesite heeft een https-adres.")
else:
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
# Where a weakness is reported: a mail address or a page, told in /.well-known/security.txt.
SECURITY_CONTACT = env.text("SECURITY_CONTACT", "")
if SECURITY_CONTACT and not re.fullmatch(r"(?:mailto:|https://|tel:)[!-~]+", SECURITY_CONTACT):
    env.problems.append("SECURITY_CONTACT: begin met mailto:, https:// of tel:.")
    SECURITY_CONTACT = ""

# --- The municipality -----------------------------------------------------------------------------
MUNICIPALITY_NAME = env.text("MUNICIPALITY_NAME", "Kaag en Braassem")
# A development task without news for so long stands still (docs/regels/stilstand.md).
TASK_STANDSTILL_MONTHS = env.number("TASK_STANDSTILL_MONTHS", 6, 1, 60)

# --- Privacy --------------------------------------------------------------------------------------
# A number of people below this is not published (docs/regels/kleine-aantallen.md); 0 publishes all.
SMALL_NUMBER_THRESHOLD = env.number("SMALL_NUMBER_THRESHOLD", 5, 0, 100)

# --- Applications ---------------------------------------------------------------------------------
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Database -------------------------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'database.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A write transaction takes the lock at its start, so that two writers wait and neither fails;
    # readers never wait (write-ahead log). There is no ATOMIC_REQUESTS: a GET takes no lock.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A server that does not answer is an error after five seconds, not a page that hangs.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Background work ------------------------------------------------------------------------------
CELERY_BROKER_URL = env.broker("CELERY_BROKER_URL", "filesystem://")
if CELERY_BROKER_URL.startswith("filesystem"):
    # The transport uses folders alone, but warns at each connection when no host is named.
    CELERY_BROKER_URL = "filesystem://localhost"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_TASK_SOFT_TIME_LIMIT = 15 * 60
CELERY_TASK_TIME_LIMIT = 16 * 60
if CELERY_BROKER_URL.startswith("filesystem"):
    _queue = DATA_DIR / "broker" / "queue"
    _control = DATA_DIR / "broker" / "control"
    for _folder in (_queue, _control):
        _folder.mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "data_folder_in": str(_queue),
        "data_folder_out": str(_queue),
        "control_folder": str(_control),
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
# How long a job's lease lasts without a heartbeat, in seconds; after that the sweep takes it back.
JOB_LEASE_SECONDS = env.number("JOB_LEASE_SECONDS", 60, 2, 3600)
JOB_SWEEP_SECONDS = env.number("JOB_SWEEP_SECONDS", 30, 1, 3600)
# How often the audit trail is chained and anchored outside its table, in seconds.
AUDIT_ANCHOR_SECONDS = env.number("AUDIT_ANCHOR_SECONDS", 600, 10, 86400)
CELERY_BEAT_SCHEDULE = {
    # They expire, so that beat does not fill the queue while no worker runs.
    "sweep-jobs": {
        "task": "core.sweep_jobs",
        "schedule": float(JOB_SWEEP_SECONDS),
        "options": {"expires": 10 * JOB_SWEEP_SECONDS},
    },
    "remind-due": {
        "task": "reporting.remind_due",
        "schedule": crontab(hour="7", minute="30"),
        "options": {"expires": 3600},
    },
    "anchor-audit": {
        "task": "accounts.anchor_audit",
        "schedule": float(AUDIT_ANCHOR_SECONDS),
        "options": {"expires": AUDIT_ANCHOR_SECONDS},
    },
    "sweep-files": {"task": "core.sweep_files", "schedule": 3600.0, "options": {"expires": 3600}},
    "sweep-imports": {"task": "agenda.sweep_imports", "schedule": 3600.0},
    "send-mail": {"task": "core.send_outbox", "schedule": 60.0, "options": {"expires": 600}},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")

# --- Cache: shared by all processes, because the sign-in rate limits count in it ------------------
CACHE_URL = env.text(
    "CACHE_URL", CELERY_BROKER_URL if CELERY_BROKER_URL.startswith("redis") else ""
)
if CACHE_URL and not CACHE_URL.startswith(("redis://", "rediss://")):
    env.problems.append("CACHE_URL: begin met redis:// of rediss://.")
    CACHE_URL = ""
if PRODUCTION and not CACHE_URL:
    env.problems.append(
        "CACHE_URL: noem een Redis die alle processen delen, of gebruik Redis als wachtrij "
        "(CELERY_BROKER_URL)."
    )
CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
        if CACHE_URL
        else {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(DATA_DIR / "cache"),
        }
    )
}

# --- Accounts -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.NotLikeThePerson"},
    {"NAME": "accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "accounts.passwords.Varied", "OPTIONS": {"least": 5}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "work_home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "change_password": "accounts.passwords.ChangeForm",
    "set_password": "accounts.passwords.ChooseForm",
    "reset_password_from_key": "accounts.passwords.ChooseByLinkForm",
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "accounts.link_tokens.LinkTokens"  # noqa: S105 - a class
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
# An address without an account gets no mail: the answer, its time and the post tell nothing.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
# Without it a subject starts with the host name of the request, which anybody may choose.
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Who changes how an account is entered hears of it by mail.
ACCOUNT_EMAIL_NOTIFICATIONS = True
# The second step of signing in (see accounts/second_step.py).
MFA_ADAPTER = "accounts.second_step.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# An account is given by mail, and its first password is chosen with a link in that mail: before
# anybody signs in, the address is known to be of its owner.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A clock may be a step off, and who types may be late; a code still works once (factor_forms.py).
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Monitor Sociaal Domein"
# Wide, as for a password: a whole town hall comes from one address.
MFA_RATE_LIMITS = {"webauthn_login": "200/m/ip"}
MFA_FORMS = {
    "authenticate": "accounts.factor_forms.CodeForm",
    "reauthenticate": "accounts.factor_forms.CodeAgainForm",
    "activate_totp": "accounts.factor_forms.AppForm",
    "add_webauthn": "accounts.factor_forms.AddKeyForm",
    "edit_webauthn": "accounts.factor_forms.KeyNameForm",
    "authenticate_webauthn": "accounts.factor_forms.KeyForm",
    "reauthenticate_webauthn": "accounts.factor_forms.KeyAgainForm",
    "login_webauthn": "accounts.factor_forms.KeyAloneForm",
}
# What the secrets of the second step are encrypted with: the first key writes, all of them read.
SECOND_FACTOR_KEYS = env.words("SECOND_FACTOR_KEYS", [])
if any(len(key) < 32 for key in SECOND_FACTOR_KEYS):
    env.problems.append("SECOND_FACTOR_KEYS: geef sleutels van ten minste 32 tekens.")
SECOND_FACTOR_KEYS = SECOND_FACTOR_KEYS or [SECRET_KEY]
# Single sign-on for staff (see accounts/oidc.py): all of it, or nothing of it.
OIDC_SERVER_URL = env.address("OIDC_SERVER_URL", "").removesuffix(
    "/.well-known/openid-configuration"
)
OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env.text("OIDC_CLIENT_SECRET", "")
OIDC_NAME = env.text("OIDC_NAME", "")
OIDC_ACR = env.words("OIDC_ACR", [])
env.together(
    *("OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME"), optional=["OIDC_ACR"]
)
if PRODUCTION and OIDC_SERVER_URL and urlsplit(OIDC_SERVER_URL).scheme != "https":
    env.problems.append("OIDC_SERVER_URL: een productiesite logt alleen in bij een https-adres.")
if len(OIDC_SERVER_URL) > 200:
    env.problems.append("OIDC_SERVER_URL: geef een adres van ten hoogste 200 tekens.")
# What the audit trail calls each address (see accounts/audited.py).
AUDITED = [
    "accounts.audit_words",
    "agenda.audit_words",
    "contracts.audit_words",
    "reporting.audit_words",
    "monitor.audit_words",
]
# Five wrong passwords close an account for five minutes. The limit for an address is wide: a whole
# town hall comes from one.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "100/5m/ip,5/5m/key",
    "login": "100/m/ip",
    # There and back are two.
    "single_sign_on": "200/m/ip",
}
# How many proxies in front add to X-Forwarded-For: sign-in counts tries by the visitor's address.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 1 if PRODUCTION else 0, 0, 9)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
# Minutes in which a person does nothing, after which a session ends; two before that it says so.
SESSION_MINUTES_PARTNER = env.number("SESSION_MINUTES_PARTNER", 15, 5, 60)
SESSION_MINUTES_STAFF = env.number("SESSION_MINUTES_STAFF", 60, 5, 240)
SESSION_COOKIE_NAME = "zitting"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 8

# --- How long what is kept (docs/regels/bewaren.md) -----------------------------------------------
RETAIN_SESSIONS_DAYS = env.number("RETAIN_SESSIONS_DAYS", 7, 1, 365)
RETAIN_MAILS_MONTHS = env.number("RETAIN_MAILS_MONTHS", 12, 1, 240)
RETAIN_JOBS_MONTHS = env.number("RETAIN_JOBS_MONTHS", 12, 1, 240)
RETAIN_CLOSED_ACCOUNTS_MONTHS = env.number("RETAIN_CLOSED_ACCOUNTS_MONTHS", 12, 1, 240)
RETAIN_AUDIT_MONTHS = env.number("RETAIN_AUDIT_MONTHS", 84, 6, 600)
RETAIN_DRAFTS_MONTHS = env.number("RETAIN_DRAFTS_MONTHS", 12, 1, 240)
RETAIN_CONTRACTS_MONTHS = env.number("RETAIN_CONTRACTS_MONTHS", 84, 12, 1200)

# --- Mail -----------------------------------------------------------------------------------------
_mail = env.mail("EMAIL_URL", "smtp://localhost:25" if PRODUCTION else "filemail:///")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = bool(_mail.get("EMAIL_USE_TLS"))
EMAIL_USE_SSL = bool(_mail.get("EMAIL_USE_SSL"))
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "monitor@localhost")

# --- Language, time, files ------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True
# Years are numbers too: figures are written by core/values.py, which knows what they are.
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "files"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        # Django would make them readable for everybody on the machine, whatever the umask.
        "OPTIONS": {"file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if not DEBUG
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}

# --- Uploads: what may come in with a report (core/uploads) --------------------------------------
UPLOAD_MAX_MB = env.number("UPLOAD_MAX_MB", 20, 1, 100)
REPORT_MAX_FILES = env.number("REPORT_MAX_FILES", 20, 1, 200)
REPORT_MAX_MB = env.number("REPORT_MAX_MB", 100, 1, 2000)
CLAMD_URL = env.scanner("CLAMD_URL")
FILE_UPLOAD_HANDLERS = [
    "core.uploads.handler.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- Edge -----------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_NAME = "formulier"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "core.views.csrf_failure"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

# --- Logging: one line an event, to standard error -----------------------------------------------
LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "core.logs.LineFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # Robots ask for any host name; they get 400, and fill no log with stack traces.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
    },
}

env.finish()
