"""The noun as a Django app."""

from django.apps import AppConfig


class PassportConfig(AppConfig):
    """Label `passport`; whoever gives a section says so when the app is ready."""

    name = "craftpath.domain.passport"
    label = "passport"

    def ready(self) -> None:
        """Let each section have its provider."""
        from craftpath.domain.passport import doing, proving, training  # noqa: F401, PLC0415
