"""The noun as a Django app."""

from django.apps import AppConfig


class LogbookConfig(AppConfig):
    """Label `logbook`."""

    name = "craftpath.domain.logbook"
    label = "logbook"

    def ready(self) -> None:
        """Count where skills are used."""
        from craftpath.domain.logbook import skill_uses  # noqa: F401, PLC0415  (needs the models)
