"""The noun as a Django app."""

from django.apps import AppConfig


class LogbookConfig(AppConfig):
    """Label `logbook`."""

    name = "craftpath.domain.logbook"
    label = "logbook"
