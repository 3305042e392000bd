"""The noun as a Django app."""

from django.apps import AppConfig


class ForumsConfig(AppConfig):
    """Label `forums`."""

    name = "craftpath.domain.forums"
    label = "forums"

    def ready(self) -> None:
        """Register the reactions."""
        from craftpath.domain.forums import reactions  # noqa: F401, PLC0415  (needs the models)
