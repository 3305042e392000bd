"""Everything personal that the site keeps about somebody, as one file for that person.

Which tables and columns these are, each noun says in its `personal.py`; this only follows them. A row belongs to the
person whom it is about: directly, by an enrolment, or as a part of such a row. Tables that are about nobody (a sheet
that was brought in) show what the person did there, and never what the file holds about others.
"""

from __future__ import annotations

import importlib
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from craftpath.kernel.files import KeptFile
from craftpath.kernel.people import Person
from craftpath.kernel.whose import about
from craftpath.values.verdict import Refused

READ_ME = (
    "这里是本站保存的与您有关的全部个人信息：record.json 按表列出，files/ 下是您的照片和录音。\n"
    "This is everything personal that this site keeps about you: record.json, table by table; "
    "your photos and recordings lie in files/.\n"
)
Listed = dict[str, dict[str, tuple[bool, str]]]


def write_record(stream: IO[bytes], person: Person, *, at: datetime) -> None:
    """Write a person's whole record to `stream` as a zip file."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", READ_ME)
        tables = {label: list(_rows(label, columns, person, archive)) for label, columns in exported()}
        record = {
            "about": person.name,
            "made_at": at.isoformat(),
            "tables": {label: rows for label, rows in tables.items() if rows},
        }
        archive.writestr("record.json", json.dumps(record, ensure_ascii=False, indent=1, default=str))


def exported() -> Iterator[tuple[str, list[str]]]:
    """(table, its columns that a person gets), of the kernel and every noun."""
    for app in apps.get_app_configs():
        if not app.name.startswith(("craftpath.kernel", "craftpath.domain.")):
            continue
        listed: Listed = importlib.import_module(f"{app.name}.personal").PERSONAL
        for table, columns in listed.items():
            wanted = [name for name, (export, _) in columns.items() if export]
            if wanted:
                yield f"{app.label}.{table}", wanted


def _done_by(model: type[models.Model], columns: list[str]) -> list[str]:
    """Where a table that is about nobody names who did something."""
    return [name for name in columns if model._meta.get_field(name).related_model is Person]


def _rows(
    label: str, columns: list[str], person: Person, archive: zipfile.ZipFile
) -> Iterator[dict[str, Any]]:
    model = apps.get_model(label)
    own = about(model)
    which = Q()
    for way in own or _done_by(model, columns):
        which |= Q(**{way: person.pk})
    if not which:
        return
    fields = [model._meta.get_field(name) for name in columns]
    related = [field.name for field in fields if isinstance(field, models.ForeignKey)]
    # Whose rows these are is said by the condition itself; no scope of an organisation is open here.
    rows = model._base_manager.filter(which).order_by("pk").distinct()
    for row in rows.select_related(*related) if related else rows:
        yield {name: _said(getattr(row, name), archive if own else None) for name in columns}


def _said(value: Any, archive: zipfile.ZipFile | None) -> Any:
    """A value as JSON has it: names of people and things, never an id; own files go into the archive."""
    if isinstance(value, KeptFile):
        return _kept(value, archive)
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def _kept(file: KeptFile, archive: zipfile.ZipFile | None) -> str:
    if archive is None:
        return file.name
    name = f"files/{file.public_id}-{file.name}"
    try:
        archive.writestr(zipfile.ZipInfo(name, file.kept_at.timetuple()[:6]), file.bytes())
    except Refused:
        return f"{file.name} (lost)"
    return name
