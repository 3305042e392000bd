"""The noun as a Django app."""

from django.apps import AppConfig


class CurriculaConfig(AppConfig):
    """Label `curricula`."""

    name = "craftpath.domain.curricula"
    label = "curricula"
