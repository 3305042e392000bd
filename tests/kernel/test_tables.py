"""Tables that a migration makes in one step are those that its steps would make one after the other."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection, models
from django.db.migrations import AddConstraint, AddField, CreateModel
from django.db.migrations.state import ProjectState

from craftpath.kernel.tables import Step, Tables


def _steps() -> list[Step]:
    key: models.Field[int, int] = models.BigAutoField(primary_key=True)
    return [
        CreateModel("Shelf", [("id", key)]),
        CreateModel("Book", [("id", key), ("pages", models.IntegerField())]),
        AddField("shelf", "first", models.ForeignKey("kernel.Book", models.CASCADE, null=True)),
        AddConstraint("book", models.CheckConstraint(condition=models.Q(pages__gt=0), name="book_has_pages")),
    ]


class Editor:
    """What is made and taken away, in this order."""

    def __init__(self) -> None:
        self.connection, self.said = connection, list[tuple[str, type[models.Model]]]()

    def create_model(self, model: type[models.Model]) -> None:
        self.said.append(("made", model))

    def delete_model(self, model: type[models.Model]) -> None:
        self.said.append(("gone", model))


def test_the_database_gets_tables_as_they_are_in_the_end_and_loses_them_again() -> None:
    before, after = ProjectState(), ProjectState()
    made, editor = Tables(_steps()), Editor()
    # Worked out before, so that a step has something to work out anew.
    assert list(after.apps.get_models()) == []
    made.state_forwards("kernel", after)
    made.database_forwards("kernel", editor, before, after)  # type: ignore[arg-type]
    made.database_backwards("kernel", editor, after, before)  # type: ignore[arg-type]
    assert [(word, model.__name__) for word, model in editor.said] == [
        ("made", "Shelf"), ("made", "Book"), ("gone", "Book"), ("gone", "Shelf"),
    ]  # fmt: skip
    shelf, book = (model._meta for _, model in editor.said[:2])
    assert shelf.get_field("first").related_model is editor.said[1][1]
    assert [one.name for one in book.constraints] == ["book_has_pages"]


def test_a_step_about_a_table_that_is_not_made_here_is_refused() -> None:
    with pytest.raises(ValueError, match="person is not made here"):
        Tables([*_steps(), AddField("person", "nickname", models.TextField())])


def test_a_migration_can_be_written_with_it() -> None:
    from django.db.migrations.writer import OperationWriter

    said, imports = OperationWriter(Tables(_steps()), indentation=0).serialize()
    assert said.startswith("craftpath.kernel.tables.Tables(")
    assert said.count("migrations.CreateModel(") == 2
    assert import_module("craftpath.kernel.tables").Tables is Tables
    assert "import craftpath.kernel.tables" in imports
