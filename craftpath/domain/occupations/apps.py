"""The noun as a Django app."""

from django.apps import AppConfig


class OccupationsConfig(AppConfig):
    """Label `occupations`."""

    name = "craftpath.domain.occupations"
    label = "occupations"
