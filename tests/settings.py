"""The project's settings, made quick and closed for tests: jobs run at once, hashing is cheap, demo pages exist."""

import os
import tempfile
from pathlib import Path

_var = Path(tempfile.gettempdir()) / f"craftpath-test-{os.getpid()}"
os.environ.setdefault("CRAFTPATH_VAR", str(_var))
os.environ.setdefault("CRAFTPATH_SECRET_KEY", "only-for-tests")
os.environ["CRAFTPATH_DEMO"] = os.environ.get("CRAFTPATH_TEST_DEMO", "1")

from craftpath.project.settings import *  # noqa: E402, F403
from craftpath.project.settings import PACKAGE  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "tests.loud.LoudBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOCALE_PATHS = [PACKAGE / "project" / "locale"]
