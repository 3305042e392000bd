"""The noun as a Django app."""

from django.apps import AppConfig


class CreditsConfig(AppConfig):
    """Label `credits`."""

    name = "craftpath.domain.credits"
    label = "credits"
