"""The noun as a Django app."""

from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    """Label `directives`."""

    name = "craftpath.domain.directives"
    label = "directives"
