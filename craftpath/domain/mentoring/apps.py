"""The noun as a Django app."""

from django.apps import AppConfig


class MentoringConfig(AppConfig):
    """Label `mentoring`."""

    name = "craftpath.domain.mentoring"
    label = "mentoring"

    def ready(self) -> None:
        """Listen to what happens to pairs."""
        from craftpath.domain.mentoring import reactions  # noqa: F401, PLC0415
