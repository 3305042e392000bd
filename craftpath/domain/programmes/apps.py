"""The noun as a Django app."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Label `programmes`."""

    name = "craftpath.domain.programmes"
    label = "programmes"
