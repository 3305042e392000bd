"""The noun as a Django app."""

from django.apps import AppConfig


class OutsideConfig(AppConfig):
    """Label `outside`."""

    name = "craftpath.domain.outside"
    label = "outside"
