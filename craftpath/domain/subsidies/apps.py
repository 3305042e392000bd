"""The noun as a Django app."""

from django.apps import AppConfig


class SubsidiesConfig(AppConfig):
    """Label `subsidies`."""

    name = "craftpath.domain.subsidies"
    label = "subsidies"
