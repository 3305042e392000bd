"""The commands as a Django app."""

from django.apps import AppConfig


class CommandsConfig(AppConfig):
    """Label `commands`."""

    name = "craftpath.delivery.commands"
    label = "commands"
