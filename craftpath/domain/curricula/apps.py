"""The noun as a Django app."""

from django.apps import AppConfig


class CurriculaConfig(AppConfig):
    """Label `curricula`."""

    name = "craftpath.domain.curricula"
    label = "curricula"

    def ready(self) -> None:
        """Say which outcomes serve a task of an occupation."""
        from craftpath.domain.curricula import serving  # noqa: F401, PLC0415  (needs the models)
