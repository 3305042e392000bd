"""The noun as a Django app."""

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    """Label `participation`."""

    name = "craftpath.domain.participation"
    label = "participation"
