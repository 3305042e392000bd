"""The noun as a Django app."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Label `agreements`."""

    name = "craftpath.domain.agreements"
    label = "agreements"
