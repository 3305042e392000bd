"""Organisations: one tree, from ministry and city over enterprises and colleges down to campus, point and site."""

from __future__ import annotations

from typing import Any

from django.db import models
from treebeard.mp_tree import MP_Node

from craftpath.kernel.keys import new_public_id
from craftpath.values.text import Text


class Kind(models.TextChoices):
    """What an organisation is; the labels are translated in the doors."""

    MINISTRY = "ministry"
    CITY = "city"
    ENTERPRISE = "enterprise"
    COLLEGE = "college"
    INSTITUTE = "institute"  # continuing and community education
    CENTRE = "centre"  # where trades are trained for several colleges and enterprises
    CAMPUS = "campus"
    POINT = "point"
    SITE = "site"


SCHOOLS = (Kind.COLLEGE, Kind.INSTITUTE, Kind.CENTRE, Kind.CAMPUS)
"""Whatever teaches apprentices and may agree with an enterprise on it."""


LONGEST_PATH = 255  # characters, as treebeard has it


class Organisation(MP_Node):
    """A node of the tree; a subtree is a range of `path`, so scope checks are index look-ups."""

    # treebeard is untyped, so the fields say their types themselves.
    key: models.SlugField[str, str] = models.SlugField(
        max_length=60, unique=True, help_text="names the organisation in addresses"
    )
    public_id: models.CharField[str, str] = models.CharField(
        max_length=16, unique=True, default=new_public_id, editable=False
    )
    kind: models.CharField[str, str] = models.CharField(max_length=20, choices=Kind.choices)
    name = models.JSONField(default=dict)
    time_zone: models.CharField[str, str] = models.CharField(max_length=40, default="Asia/Shanghai")
    second_factor: models.BooleanField[bool, bool] = models.BooleanField(
        default=False, help_text="staff here and below sign in with a second factor"
    )

    class Meta:
        app_label = "kernel"
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="organisation_kind_known")
        ]

    def __str__(self) -> str:
        return str(self.title.both())

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)

    def below(self) -> models.QuerySet[Any]:
        """This organisation and everything under it."""
        rows: models.QuerySet[Any] = Organisation.objects.filter(path__range=span(self.path))
        return rows


def span(path: str) -> tuple[str, str]:
    """The first and last path that an organisation and what lies below it can have.

    A range is found by the index in every database; SQLite compares a beginning with every path that there is.
    """
    return path, path + Organisation.alphabet[-1] * (LONGEST_PATH - len(path))


def plant(
    *, key: str, kind: str, name: dict[str, str], parent: Organisation | None = None, time_zone: str = ""
) -> Organisation:
    """Add an organisation under `parent`, or as a root."""
    values = {"key": key, "kind": kind, "name": name}
    values["time_zone"] = time_zone or (parent.time_zone if parent else "Asia/Shanghai")
    node = Organisation(**values)
    if parent is None:
        Organisation.objects.add_root(instance=node)
    else:
        # The number of children in memory may be stale, so the parent is read anew.
        Organisation.objects.add_child(Organisation.objects.get(pk=parent.pk), instance=node)
    return node
