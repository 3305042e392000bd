"""The noun as a Django app."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Label `surveys`."""

    name = "craftpath.domain.surveys"
    label = "surveys"
