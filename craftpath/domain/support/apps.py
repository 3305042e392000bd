"""The noun as a Django app."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """Label `support`."""

    name = "craftpath.domain.support"
    label = "support"
