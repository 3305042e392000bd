"""The jobs as a Django app; registering happens when it is ready."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Label `jobs`."""

    name = "craftpath.delivery.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Make the bodies known to the kernel by name."""
        from craftpath.delivery.jobs import bodies  # noqa: F401, PLC0415  (needs the models)
