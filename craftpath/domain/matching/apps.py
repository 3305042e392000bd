"""The noun as a Django app."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Label `matching`."""

    name = "craftpath.domain.matching"
    label = "matching"
