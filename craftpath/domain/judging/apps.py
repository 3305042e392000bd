"""The noun as a Django app."""

from django.apps import AppConfig


class JudgingConfig(AppConfig):
    """Label `judging`."""

    name = "craftpath.domain.judging"
    label = "judging"
