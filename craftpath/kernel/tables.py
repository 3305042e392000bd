"""A migration that makes many tables makes them in one step."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

Step = CreateModel | AddField | AddConstraint | AddIndex


class Tables(Operation):
    """New tables, and what is added to them in the same migration: the database gets them as they are in the end.

    After each step of its own Django works out anew all models that hang together, which here are nearly all: the
    steps of a noun with a dozen tables would take half a minute, and an older backup minutes to come forward.
    ValueError where a step is about a table that is not made here.
    """

    serialization_expand_args: ClassVar[list[str]] = ["steps"]

    def __init__(self, steps: list[Step]) -> None:
        self.steps = steps
        self.made = [step.name for step in steps if isinstance(step, CreateModel)]
        known = {name.lower() for name in self.made}
        for step in steps:
            about: str = step.name if isinstance(step, CreateModel) else step.model_name  # type: ignore[union-attr]
            if about.lower() not in known:
                raise ValueError(f"{about} is not made here")

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The tables as they are in the end."""
        # Without models that are worked out already, nothing is worked out anew; who asks next gets them all at once.
        state.__dict__.pop("apps", None)
        for step in self.steps:
            step.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Make them in the order in which they are named."""
        for name in self.made:
            model = to_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Take them away again, the last one first."""
        for name in reversed(self.made):
            model = from_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def describe(self) -> str:
        """What the plan of a migration says."""
        return f"Make {', '.join(self.made)}"
