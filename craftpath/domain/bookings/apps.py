"""The noun as a Django app."""

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    """Label `bookings`."""

    name = "craftpath.domain.bookings"
    label = "bookings"
