"""The noun as a Django app."""

from django.apps import AppConfig


class PairingConfig(AppConfig):
    """Label `pairing`."""

    name = "craftpath.domain.pairing"
    label = "pairing"
