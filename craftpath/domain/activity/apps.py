"""The noun as a Django app."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    """Label `activity`."""

    name = "craftpath.domain.activity"
    label = "activity"
