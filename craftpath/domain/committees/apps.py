"""The noun as a Django app."""

from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    """Label `committees`."""

    name = "craftpath.domain.committees"
    label = "committees"
