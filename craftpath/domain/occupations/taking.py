"""Many duties and tasks at once, as a sheet names them: added or changed, never taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from craftpath.domain.occupations import rules
from craftpath.domain.occupations.drawing import locked, said
from craftpath.domain.occupations.facts import SheetTaken
from craftpath.domain.occupations.models import Chart, Duty, Step, Task
from craftpath.domain.occupations.pad import Pad, image
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.keys import new_public_id
from craftpath.values.verdict import Refused, not_now


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet: a duty where `duty` is "", else a task under the duty with that key."""

    key: str
    words: dict[str, str]
    duty: str = ""
    skills: tuple[str, ...] = ()


@action
def take_sheet(
    chart: Chart,
    lines: Sequence[Line],
    *,
    lists: Mapping[str, Sequence[dict[str, str]]] | None = None,
    sha256: str,
    by: Actor,
    at: datetime,
) -> tuple[int, int]:
    """How many rows were added and changed; one step, whose cards are undone as one.

    Keys of rows on the board are their ids; any other key serves inside the lines only, and the row gets a new id.

    A row that stands keeps its place; a task that the sheet puts under another duty goes to its end. `lists` are
    lines to add to the lists beside. The caller has checked the lines: a key stands once, and a duty is known.
    """
    row = locked(chart, by)
    pad = Pad(row)
    lines = _with_ids(pad, lines)
    added = sum(_duty(pad, line) for line in lines if not line.duty)
    added += sum(_task(pad, line) for line in lines if line.duty)
    listed = _listed(row, lists or {})
    if not pad.before and not listed:
        return 0, 0
    if len(pad.duties) > rules.MOST_DUTIES or len(pad.tasks) > rules.MOST_TASKS:
        raise Refused(not_now("occupations.too_many", most=rules.MOST_TASKS))
    changed = len(pad.before) - added
    row.revision += 1
    row.save(update_fields=["revision", "lists"])
    Step.objects.create(
        chart=row, revision=row.revision, made_by=by.person, verb="sheet", before=pad.before, made_at=at
    )
    told = SheetTaken(added + listed, changed, sha256)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return added + listed, changed


def _with_ids(pad: Pad, lines: Sequence[Line]) -> list[Line]:
    """The same lines, each under the id that its row has or gets."""
    ids = {
        line.key: line.key if line.key in (pad.tasks if line.duty else pad.duties) else new_public_id()
        for line in lines
    }
    return [replace(line, key=ids[line.key], duty=ids.get(line.duty, line.duty)) for line in lines]


def _listed(row: Chart, lists: Mapping[str, Sequence[dict[str, str]]]) -> int:
    count = 0
    for name, lines in lists.items():
        new = [line for line in lines if line not in row.lists.get(name, [])]
        row.lists[name] = [*row.lists.get(name, []), *new]
        count += len(new)
    return count


def _duty(pad: Pad, line: Line) -> bool:
    kept, row = said(line.words), pad.duties.get(line.key)
    if row is None:
        rows = pad.rows()
        place = pad.place_in(rows, len(rows))
        pad.write(Duty(chart=pad.chart, public_id=line.key, name=kept, place=place))
        return True
    if row.name != kept:
        pad.note(row)
        row.name = kept
        pad.write(row)
    return False


def _task(pad: Pad, line: Line) -> bool:
    kept, row, duty = said(line.words), pad.tasks.get(line.key), pad.duty(line.duty)
    cards = pad.cards(duty)
    end = cards[-1].place + 1 if cards else 1.0
    if row is None:
        pad.write(Task(chart=pad.chart, duty=duty, public_id=line.key, statement=kept,
                       skills=list(line.skills), place=end))  # fmt: skip
        return True
    was = image(row)
    moved = row.duty_id != duty.pk
    if moved or row.statement != kept or row.skills != list(line.skills):
        pad.before.setdefault(row.public_id, was)
        row.statement, row.skills = kept, list(line.skills)
        if moved:
            row.duty, row.place = duty, end
        pad.write(row)
    return False
