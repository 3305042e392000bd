"""What the tables themselves say of their rows: whose they are, and what may stand once."""

from __future__ import annotations

from typing import Any

from django.db import models

from craftpath.kernel.files import KeptFile
from craftpath.kernel.people import Person

ENROLMENT = "apprenticeships.Enrolment"
Unique = tuple[tuple[str, ...], models.Q | None]
"""columns, and the condition under which rows must differ in them"""


def about(model: type[models.Model], seen: tuple[type[models.Model], ...] = ()) -> list[str]:
    """Ways from a row to the person whom it is about, as look-ups; empty for a table that is about nobody.

    A table that other rows tell of says the way itself, in `whose`.
    """
    if model is Person:
        return ["pk"]
    if told := getattr(model, "whose", ()):
        return list(told)
    found = []
    for field in model._meta.concrete_fields:
        related = field.related_model
        if not isinstance(field, models.ForeignKey) or not isinstance(related, type):
            continue
        if related is Person:
            found += [field.name] if field.name == "person" else []
        elif field.null:
            continue
        elif related._meta.label == ENROLMENT:
            found.append(f"{field.name}__person")
        elif related not in (*seen, model) and related is not KeptFile:
            found += [f"{field.name}__{way}" for way in about(related, (*seen, model))]
    return found


def uniques(model: type[models.Model]) -> tuple[Unique, ...]:
    """Columns in which two rows of a table may not agree; its key is not among them."""
    meta: Any = model._meta
    alone = [
        ((field.attname,), None) for field in meta.concrete_fields if field.unique and not field.primary_key
    ]
    together: list[Unique] = [
        (tuple(meta.get_field(name).attname for name in names), None) for names in meta.unique_together
    ]
    named = [
        (tuple(meta.get_field(name).attname for name in constraint.fields), constraint.condition)
        for constraint in meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields
    ]
    return (*alone, *together, *named)
