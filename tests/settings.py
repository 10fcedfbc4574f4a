"""The settings under test: the real ones, with a data folder of their own and quick passwords."""

import os
import tempfile
from pathlib import Path

_data = os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="monitor-tests-"))
os.environ["MODE"] = "demo"
os.environ.setdefault("LOG_LEVEL", "WARNING")
os.environ["SECURITY_CONTACT"] = "mailto:beveiliging@voorbeeld.test"

from config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = Path(_data) / "static"
STATIC_ROOT.mkdir(exist_ok=True)
CELERY_BROKER_URL = os.environ.get("TEST_BROKER_URL", "memory://")
# A shared Redis keeps the keys of every run apart.
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"global_keyprefix": f"monitor-tests-{os.getpid()}:"}
    if CELERY_BROKER_URL.startswith("redis")
    else {}
)
