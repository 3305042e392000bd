"""The kernel as a Django app."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Label `kernel`."""

    name = "craftpath.kernel"
    label = "kernel"
