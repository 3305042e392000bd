"""The noun as a Django app."""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    """Label `resources`."""

    name = "craftpath.domain.resources"
    label = "resources"

    def ready(self) -> None:
        """Register the reactions, and count where skills are trained."""
        from craftpath.domain.resources import reactions, skill_uses  # noqa: F401, PLC0415  (needs the models)
