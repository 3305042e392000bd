"""The noun as a Django app."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Label `groups`."""

    name = "craftpath.domain.groups"
    label = "groups"

    def ready(self) -> None:
        """Tell forums to whom those of a group belong."""
        from craftpath.domain.groups.talk import own_forums  # noqa: PLC0415  (tables are ready only now)

        own_forums()
