"""The noun as a Django app."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Label `insight`."""

    name = "craftpath.domain.insight"
    label = "insight"
