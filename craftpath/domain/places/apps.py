"""The noun as a Django app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Label `places`."""

    name = "craftpath.domain.places"
    label = "places"
