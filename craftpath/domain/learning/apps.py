"""The noun as a Django app."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Label `learning`."""

    name = "craftpath.domain.learning"
    label = "learning"
