"""Packages of the cast's college, and what their pages send, for the tests of packages."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from craftpath.domain.packages import actions
from craftpath.domain.packages.models import Package
from tests.cast import AT, Cast
from tests.exchange.courses.made import manifest, packed, scorm

TWO = (
    '<item identifier="i0"><title>Chapter</title>'
    '<item identifier="i1" identifierref="r1"><title>One</title><adlcp:masteryscore>60</adlcp:masteryscore></item>'
    '<item identifier="i2" identifierref="r1"><title>Two</title></item></item>'
)
FILES = scorm(manifest(TWO))


def taken(cast: Cast, files: Mapping[str, bytes | str] | bytes = FILES, **more: Any) -> Package:
    """A package as the trainer uploads it; read by the time this returns."""
    content = files if isinstance(files, bytes) else packed(files)
    values: dict[str, Any] = {"made_id": uuid.uuid4(), "organisation": cast.college, "at": AT}
    row = actions.take_package(content, "turning.zip", **{**values, "by": cast.actor("trainer"), **more})
    row.refresh_from_db()
    return row


def core(status: str = "incomplete", raw: str = "", **more: Any) -> dict[str, Any]:
    """What a part of SCORM 1.2 keeps."""
    return {"cmi": {"core": {"lesson_status": status, "score": {"raw": raw}}, **more}}


def saved(**more: Any) -> actions.Saved:
    """What a page sends first."""
    values: dict[str, Any] = {
        "entry": "1", "number": 1, "launch": uuid.UUID(int=1), "base": 0, "revision": 1, "data": core(),
    }  # fmt: skip
    return actions.Saved(**{**values, **more})
