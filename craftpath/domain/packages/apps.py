"""The noun as a Django app."""

from django.apps import AppConfig


class PackagesConfig(AppConfig):
    """Label `packages`."""

    name = "craftpath.domain.packages"
    label = "packages"

    def ready(self) -> None:
        """Register the reactions, and count where skills are trained."""
        from craftpath.domain.packages import reactions, skill_uses  # noqa: F401, PLC0415  (needs the models)
