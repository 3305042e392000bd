"""The noun as a Django app."""

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    """Label `stories`."""

    name = "craftpath.domain.stories"
    label = "stories"

    def ready(self) -> None:
        """Register the reactions, and count where skills are told of."""
        from craftpath.domain.stories import reactions, skill_uses  # noqa: F401, PLC0415  (needs the models)
