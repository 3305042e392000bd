"""The noun as a Django app."""

from django.apps import AppConfig


class CountsConfig(AppConfig):
    """Label `counts`."""

    name = "craftpath.domain.counts"
    label = "counts"
