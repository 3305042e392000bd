"""Personal data: every column that names or describes a person is in its room's `personal.py`."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps
from django.db import models

from craftpath.kernel.people import Person
from tests.house.rooms import LABELS

ROOMS = {
    label: ("craftpath.kernel" if label == "kernel" else f"craftpath.domain.{label}") for label in LABELS
}


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
