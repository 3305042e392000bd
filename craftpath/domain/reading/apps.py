"""The noun as a Django app."""

from django.apps import AppConfig


class ReadingConfig(AppConfig):
    """Label `reading`."""

    name = "craftpath.domain.reading"
    label = "reading"

    def ready(self) -> None:
        """Register the reactions, and who sees and hosts the forums of clubs."""
        from craftpath.domain.reading import clubs, reactions  # noqa: F401, PLC0415  (needs the models)
