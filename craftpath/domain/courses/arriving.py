"""Files that become courses: kept to be looked at, then taken in by one press."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from craftpath.domain.courses import rules
from craftpath.domain.courses.content import Content
from craftpath.domain.courses.files import add_small_file
from craftpath.domain.courses.models import Arrival, Course
from craftpath.domain.courses.writing import Details, NewActivity, NewUnit, add_units, begin_course
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.files import keep_file
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, require

_MARKED = re.compile(r"(media|page):([A-Za-z0-9][A-Za-z0-9_-]{0,63})")


@action
def keep_arrival(organisation: Organisation, place: Path, name: str, *, by: Actor, at: datetime) -> Arrival:
    """Keep a file so that its reader may look before anything is made of it."""
    require(rules.may_write(by, organisation))
    file = keep_file(place, name, organisation=organisation, by=by, at=at)
    return Arrival.objects.create(organisation=organisation, file=file, made_by=by.person, made_at=at)


@action
def take_arrival(
    row: Arrival, *, title: Text, units: Sequence[NewUnit], files: Mapping[str, tuple[str, bytes]], by: Actor,
    at: datetime,
) -> Course:  # fmt: skip
    """Make the draft of a course of what was read of a file: units, and (name, bytes) by the marks of their texts.

    A file that is not taken leaves its words in the text. Pressed twice there is one course.
    """
    one = Arrival._base_manager.select_for_update(of=("self",)).select_related("course").get(pk=row.pk)
    require(rules.may_write(by, row.organisation))
    if one.course is not None:
        return one.course
    course = begin_course(
        organisation=row.organisation, made_id=uuid.uuid4(), details=Details(title), by=by, at=at
    )
    refs = {}
    for mark, (name, content) in files.items():
        try:
            refs[f"media:{mark}"] = f"media:{add_small_file(course, content, name, by=by, at=at).public_id}"
        except Refused:  # what it was stands in the text, and the author sees the gap
            continue
    keys = {one.key: new_public_id() for unit in units for one in unit.activities if one.key}
    refs |= {f"page:{old}": f"page:{new}" for old, new in keys.items()}
    made = [
        replace(unit, activities=[_renamed(one, keys, refs) for one in unit.activities]) for unit in units
    ]
    add_units(course, made, by=by, at=at)
    one.course = course
    one.save(update_fields=["course"])
    return course


def _renamed(one: NewActivity, keys: Mapping[str, str], refs: Mapping[str, str]) -> NewActivity:
    """The activity under its own key, its text naming files and pages as they are called here."""

    def said(words: str) -> str:
        return _MARKED.sub(lambda found: refs.get(found[0], found[0]), words)

    content: Content = one.content
    text = Text(said(content.text.zh), said(content.text.en))
    file = refs.get(f"media:{content.file}", "").removeprefix("media:")
    return replace(one, key=keys.get(one.key, ""), content=replace(content, text=text, file=file))
