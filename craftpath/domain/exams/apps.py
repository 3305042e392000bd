"""The noun as a Django app."""

from django.apps import AppConfig


class ExamsConfig(AppConfig):
    """Label `exams`."""

    name = "craftpath.domain.exams"
    label = "exams"
