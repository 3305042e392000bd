"""The noun as a Django app."""

from django.apps import AppConfig


class ApprenticeshipsConfig(AppConfig):
    """Label `apprenticeships`."""

    name = "craftpath.domain.apprenticeships"
    label = "apprenticeships"

    def ready(self) -> None:
        """Say by what doubles are found."""
        from craftpath.domain.apprenticeships import identifying  # noqa: F401, PLC0415  (models are there only now)
