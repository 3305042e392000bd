"""The noun as a Django app."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    """Label `protection`."""

    name = "craftpath.domain.protection"
    label = "protection"
