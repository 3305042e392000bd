"""The noun as a Django app."""

from django.apps import AppConfig


class AppraisalsConfig(AppConfig):
    """Label `appraisals`."""

    name = "craftpath.domain.appraisals"
    label = "appraisals"
