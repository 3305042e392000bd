"""An empty database gets the tables of today at once; the steps by which older sites came there are noted as taken."""

from __future__ import annotations

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from craftpath.kernel import partitions
from craftpath.kernel.search.laid import lay


def lay_tables(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Make all tables in one transaction; False, and nothing done, where there is a table already.

    Migrating step by step makes the same tables (a test compares them) and takes some sixty times as long.
    """
    connection = connections[using]
    if connection.introspection.table_names():
        return False
    steps = sorted(MigrationLoader(None).disk_migrations)
    recorder = MigrationRecorder(connection)
    models: list[type[Model]] = [recorder.Migration, *apps.get_models()]
    with connection.schema_editor() as editor:
        for model in models:
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
        lay(editor)
        partitions.part(editor)
        for app, name in steps:
            recorder.migration_qs.create(app=app, name=name)
    return True
