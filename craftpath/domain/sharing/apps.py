"""The noun as a Django app."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Label `sharing`."""

    name = "craftpath.domain.sharing"
    label = "sharing"
