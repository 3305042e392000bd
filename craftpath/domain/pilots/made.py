"""Rows that a form has made already: sent twice it is one row, and a name that stands elsewhere makes none."""

from __future__ import annotations

import uuid
from typing import TypeVar

from django.db.models import Model, QuerySet

from craftpath.values.verdict import Refused, not_now

Row = TypeVar("Row", bound=Model)


def made_before(rows: QuerySet[Row], made_id: uuid.UUID, **here: Model) -> Row | None:
    """The row of this name, if its columns are as `here`; refused where it is one of another place."""
    row = rows.filter(made_id=made_id).first()
    if row is not None and any(getattr(row, f"{name}_id") != one.pk for name, one in here.items()):
        raise Refused(not_now("pilots.form_used"))
    return row
