"""The noun as a Django app."""

from django.apps import AppConfig


class ProgressionConfig(AppConfig):
    """Label `progression`."""

    name = "craftpath.domain.progression"
    label = "progression"
