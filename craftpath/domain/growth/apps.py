"""The noun as a Django app."""

from django.apps import AppConfig


class GrowthConfig(AppConfig):
    """Label `growth`."""

    name = "craftpath.domain.growth"
    label = "growth"
