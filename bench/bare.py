"""The bare Django list page behind a web server: what `mixed.py` compares a living site with.

Django's default middleware, a session, one query with its relations, a plain template of fifty rows, as in `pages.py`;
the settings (database, cache, sign-in) are the site's own. `granian bare:application` serves it.
"""

from __future__ import annotations

import os

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "craftpath.project.settings")
django.setup()
settings.ROOT_URLCONF = __name__
settings.LOGIN_REQUIRED = False
settings.MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.urls import path  # noqa: E402
from pages import bare_pages  # noqa: E402

urlpatterns = [path("", bare_pages()["bare list of 50"])]
application = WSGIHandler()
