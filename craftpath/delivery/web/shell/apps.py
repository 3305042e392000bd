"""The shell as a Django app, for its template filters."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Label `shell`."""

    name = "craftpath.delivery.web.shell"
    label = "shell"

    def ready(self) -> None:
        """Note each session from its beginning."""
        from craftpath.delivery.web.shell.visits import listen  # noqa: PLC0415  (tables are there only now)

        listen()
