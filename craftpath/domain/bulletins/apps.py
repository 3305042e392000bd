"""The noun as a Django app."""

from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    """Label `bulletins`."""

    name = "craftpath.domain.bulletins"
    label = "bulletins"

    def ready(self) -> None:
        """Register what the nouns below have figures of."""
        from craftpath.domain.bulletins import counted  # noqa: F401, PLC0415  (needs the models)
