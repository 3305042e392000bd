"""Migrations: none missing, one line of history for each app, all named."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations import CreateModel
from django.db.migrations.loader import MigrationLoader

from tests.house.rooms import LABELS


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize("label", LABELS)
def test_history_is_one_line_and_named(label: str) -> None:
    loader = MigrationLoader(connection)
    assert len(loader.graph.leaf_nodes(label)) == 1
    names = [name for app, name in loader.disk_migrations if app == label]
    assert [name for name in names if re.fullmatch(r"\d{4}_auto_.*", name)] == []


@pytest.mark.django_db
def test_many_tables_are_made_in_one_step() -> None:
    """One by one, each makes Django work out all models anew: an older backup would take minutes to come forward."""
    loader = MigrationLoader(connection)
    one_by_one = {
        f"{app}.{name}": sum(isinstance(step, CreateModel) for step in row.operations)
        for (app, name), row in loader.disk_migrations.items()
        if app in LABELS
    }
    assert len(one_by_one) > 80
    assert [name for name, count in one_by_one.items() if count > 6] == []
