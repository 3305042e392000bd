"""The noun as a Django app."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Label `training`."""

    name = "craftpath.domain.training"
    label = "training"
