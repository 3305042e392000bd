"""The jobs as a Django app; registering happens when it is ready."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Label `jobs`."""

    name = "craftpath.delivery.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Make the bodies known to the kernel by name, and the duties and reactions of every room."""
        autodiscover_modules("own_duties", "duties", "reactions")
        from craftpath.delivery.exchange import certificate_fonts  # noqa: F401, PLC0415  (knows the fonts of papers)
        from craftpath.delivery.jobs import (  # noqa: F401, PLC0415  (need the models)
            bodies,
            certificates,
            figures,
            quoting,
            supporting,
            thanking,
        )
