"""The noun as a Django app."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """Label `certificates`."""

    name = "craftpath.domain.certificates"
    label = "certificates"
