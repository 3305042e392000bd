"""The noun as a Django app."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """Label `needs`."""

    name = "craftpath.domain.needs"
    label = "needs"
