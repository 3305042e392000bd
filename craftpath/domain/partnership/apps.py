"""The noun as a Django app."""

from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    """Label `partnership`."""

    name = "craftpath.domain.partnership"
    label = "partnership"
