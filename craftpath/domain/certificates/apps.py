"""The noun as a Django app."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """Label `certificates`."""

    name = "craftpath.domain.certificates"
    label = "certificates"

    def ready(self) -> None:
        """Let requirements be met by the record."""
        from craftpath.domain.certificates import providing  # noqa: F401, PLC0415  (needs the models)
