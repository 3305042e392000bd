"""The kernel as a Django app."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Label `kernel`."""

    name = "craftpath.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Let a point refuse what would stay on it."""
        from craftpath.kernel.points import guarding  # noqa: F401, PLC0415  (models are there only now)
