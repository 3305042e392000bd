"""The noun as a Django app."""

from django.apps import AppConfig


class ExamsConfig(AppConfig):
    """Label `exams`."""

    name = "craftpath.domain.exams"
    label = "exams"

    def ready(self) -> None:
        """Count where skills are used."""
        from craftpath.domain.exams import skill_uses  # noqa: F401, PLC0415  (needs the models)
