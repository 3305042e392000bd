"""The noun as a Django app."""

from django.apps import AppConfig


class StudioConfig(AppConfig):
    """Label `studio`."""

    name = "craftpath.domain.studio"
    label = "studio"

    def ready(self) -> None:
        """Register the reactions."""
        from craftpath.domain.studio import reactions  # noqa: F401, PLC0415  (needs the models)
