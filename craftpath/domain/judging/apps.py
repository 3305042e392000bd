"""The noun as a Django app."""

from django.apps import AppConfig


class JudgingConfig(AppConfig):
    """Label `judging`."""

    name = "craftpath.domain.judging"
    label = "judging"

    def ready(self) -> None:
        """Count where skills are used."""
        from craftpath.domain.judging import skill_uses  # noqa: F401, PLC0415  (needs the models)
