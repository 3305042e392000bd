"""The noun as a Django app."""

from django.apps import AppConfig


class TeachingConfig(AppConfig):
    """Label `teaching`."""

    name = "craftpath.domain.teaching"
    label = "teaching"
