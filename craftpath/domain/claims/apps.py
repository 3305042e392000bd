"""The noun as a Django app."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Label `claims`."""

    name = "craftpath.domain.claims"
    label = "claims"
