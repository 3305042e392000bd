"""Personal data: every column that names or describes a person is in its room's `personal.py`."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps
from django.db import models

from craftpath.delivery.exchange.own_record import about
from craftpath.kernel.files import KeptFile
from craftpath.kernel.people import Person
from tests.house.rooms import LABELS

ROOMS = {
    label: ("craftpath.kernel" if label == "kernel" else f"craftpath.domain.{label}") for label in LABELS
}

# What can say something about somebody, in a table that is about people.
TELLING = (models.CharField, models.TextField, models.JSONField, models.DateField, models.FileField)
ENROLMENT = "apprenticeships.Enrolment"

# Columns of such tables that say nothing about the person, each with the reason.
NOT_PERSONAL = {
    "kernel.AuditEntry.actor_kind": "whether a person or the program acted",
    "kernel.Invitation.expires_at": "follows from the day of sending",
    "kernel.Receipt.kind": "which door a device's write came through",
    "activity.Statement.stored_at": "when the program wrote the row",
    "activity.Mention.stored_at": "when the program wrote the row",
    "evaluation.Mark.batch": "which rows were written together",
    "evaluation.Result.fingerprint": "a hash of the scheme",
    "evaluation.Result.computed_at": "when the program counted",
    "logbook.Entry.saved_at": "when the server wrote the row; `written_at` is the writer's",
    "logbook.Entry.digest": "a hash of what is exported beside it",
    "logbook.EntryFile.media_type": "the format of a file",
    "logbook.OtherVersion.saved_at": "when the server wrote the row",
    "training.HourLine.key": "keeps a posting from being written twice",
}


def _telling(model: type[models.Model]) -> set[str]:
    """Columns not to be forgotten: text, dates and files of tables about people; people and enrolments anywhere."""
    found = set()
    people = bool(about(model))
    for field in model._meta.concrete_fields:
        related = field.related_model
        points = isinstance(related, type) and (related is Person or related._meta.label == ENROLMENT)
        tells = people and (isinstance(field, TELLING) or related is KeptFile)
        if (points or tells) and field.name != "public_id":
            found.add(field.name)
    return found


@pytest.mark.parametrize("label", LABELS)
def test_no_column_that_tells_of_somebody_is_forgotten(label: str) -> None:
    listed = importlib.import_module(f"{ROOMS[label]}.personal").PERSONAL
    forgotten = {
        f"{label}.{model.__name__}.{name}"
        for model in apps.get_app_config(label).get_models()
        if model is not Person
        for name in _telling(model) - set(listed.get(model.__name__, {}))
    }
    assert forgotten - set(NOT_PERSONAL) == set()


def test_what_is_called_not_personal_exists_and_is_not_listed() -> None:
    for name in NOT_PERSONAL:
        label, table, column = name.split(".")
        listed = importlib.import_module(f"{ROOMS[label]}.personal").PERSONAL
        assert column in _telling(apps.get_model(label, table)), name
        assert column not in listed.get(table, {}), name


@pytest.mark.parametrize("label", LABELS)
def test_no_column_that_points_at_a_person_is_forgotten(label: str) -> None:
    listed = importlib.import_module(f"{ROOMS[label]}.personal").PERSONAL
    pointing = {
        (model.__name__, field.name)
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is Person
    }
    assert {pair for pair in pointing if pair[1] not in listed.get(pair[0], {})} == set()


@pytest.mark.parametrize("label", LABELS)
def test_what_is_listed_exists_and_says_what_becomes_of_it(label: str) -> None:
    listed = importlib.import_module(f"{ROOMS[label]}.personal").PERSONAL
    for table, columns in listed.items():
        model = apps.get_model(label, table)
        names = {field.name for field in model._meta.get_fields()}
        assert set(columns) <= names
        assert {erase for _, erase in columns.values()} <= {"blank", "keep", "delete"}


def test_every_column_of_a_person_is_listed() -> None:
    listed = importlib.import_module("craftpath.kernel.personal").PERSONAL["Person"]
    columns = {field.name for field in Person._meta.concrete_fields}
    assert columns - set(listed) == {"id", "public_id", "is_active"}
