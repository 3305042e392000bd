"""The noun as a Django app."""

from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    """Label `workshops`."""

    name = "craftpath.domain.workshops"
    label = "workshops"
