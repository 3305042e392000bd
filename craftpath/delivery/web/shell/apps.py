"""The shell as a Django app, for its template filters."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Label `shell`."""

    name = "craftpath.delivery.web.shell"
    label = "shell"
