"""The noun as a Django app."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Label `programmes`."""

    name = "craftpath.domain.programmes"
    label = "programmes"

    def ready(self) -> None:
        """Count where skills are used."""
        from craftpath.domain.programmes import skill_uses  # noqa: F401, PLC0415  (needs the models)
