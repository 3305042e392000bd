"""The noun as a Django app."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    """Label `care`."""

    name = "craftpath.domain.care"
    label = "care"
