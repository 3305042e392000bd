"""The noun as a Django app."""

from django.apps import AppConfig


class VenturesConfig(AppConfig):
    """Label `ventures`."""

    name = "craftpath.domain.ventures"
    label = "ventures"
