"""The noun as a Django app."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Label `reviews`; its reactions start listening when the app is ready."""

    name = "craftpath.domain.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Register the reactions."""
        from craftpath.domain.reviews import reactions  # noqa: F401, PLC0415  (needs the models)
