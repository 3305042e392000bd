"""The noun as a Django app."""

from django.apps import AppConfig


class OffersConfig(AppConfig):
    """Label `offers`."""

    name = "craftpath.domain.offers"
    label = "offers"
