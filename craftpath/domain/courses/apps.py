"""The noun as a Django app."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """Label `courses`."""

    name = "craftpath.domain.courses"
    label = "courses"

    def ready(self) -> None:
        """Register the reactions, and count where skills are trained."""
        from craftpath.domain.courses import reactions, skill_uses  # noqa: F401, PLC0415  (needs the models)
