"""The noun as a Django app."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Label `reviews`."""

    name = "craftpath.domain.reviews"
    label = "reviews"
