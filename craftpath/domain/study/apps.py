"""The noun as a Django app."""

from django.apps import AppConfig


class StudyConfig(AppConfig):
    """Label `study`."""

    name = "craftpath.domain.study"
    label = "study"
