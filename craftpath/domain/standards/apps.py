"""The noun as a Django app."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    """Label `standards`."""

    name = "craftpath.domain.standards"
    label = "standards"
