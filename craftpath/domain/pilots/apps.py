"""The noun as a Django app."""

from django.apps import AppConfig


class PilotsConfig(AppConfig):
    """Label `pilots`."""

    name = "craftpath.domain.pilots"
    label = "pilots"
