"""The noun as a Django app."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Label `groups`."""

    name = "craftpath.domain.groups"
    label = "groups"
