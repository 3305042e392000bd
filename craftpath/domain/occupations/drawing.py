"""Drawing on the board: each change is one step under the lock of the chart, undone while it stands alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from craftpath.domain.occupations import rules
from craftpath.domain.occupations.models import Chart, Duty, Step, Task
from craftpath.domain.occupations.pad import Pad, id_of
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, Verdict, not_now, require

Words = Mapping[str, str]


def locked(chart: Chart, by: Actor, *, office: bool = False) -> Chart:
    """The chart under its lock, for somebody who may draw on it now."""
    row = Chart.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=chart.pk)
    require(rules.may_run(by, row) if office else rules.may_edit(by, row))
    require(rules.can_draw(row))
    return row


def drawn(chart: Chart, verb: str, change: Callable[[Pad], None], by: Actor, at: datetime) -> Chart:
    """One step: what `change` does to the rows, if it does anything."""
    row = locked(chart, by)
    pad = Pad(row)
    change(pad)
    if pad.before:
        row.revision += 1
        row.save(update_fields=["revision"])
        Step.objects.create(
            chart=row, revision=row.revision, made_by=by.person, verb=verb, before=pad.before, made_at=at
        )
    return row


def said(words: Words) -> dict[str, str]:
    """Words as they are kept: one line, without blanks at the ends; refused where nothing or too much is said."""
    given = {one: " ".join(str(words.get(one, "")).replace("\0", "").split()) for one in ("zh", "en")}
    require(rules.can_name(given))
    return Text(**given).as_json()


@action
def add_duty(chart: Chart, words: Words, *, new: str = "", by: Actor, at: datetime) -> Chart:
    """A duty at the end. `new` names the attempt: sent twice, it is added once."""
    kept, key = said(words), id_of(chart, new)

    def change(pad: Pad) -> None:
        if key in pad.duties:
            return
        require(_room(len(pad.duties), rules.MOST_DUTIES))
        rows = pad.rows()
        pad.write(Duty(chart=chart, public_id=key, name=kept,
                       place=pad.place_in(rows, len(rows))))  # fmt: skip

    return drawn(chart, "add", change, by, at)


@action
def add_task(
    chart: Chart,
    duty: str,
    words: Words,
    *,
    new: str = "",
    skills: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Chart:
    """A card at the end of a duty; `new` as above."""
    kept, key = said(words), id_of(chart, new)

    def change(pad: Pad) -> None:
        if key in pad.tasks:
            return
        require(_room(len(pad.tasks), rules.MOST_TASKS))
        row = pad.duty(duty)
        cards = pad.cards(row)
        pad.write(Task(chart=chart, duty=row, public_id=key, statement=kept,
                       skills=list(skills), place=pad.place_in(cards, len(cards))))  # fmt: skip

    return drawn(chart, "add", change, by, at)


@action
def reword(
    chart: Chart, public_id: str, words: Words, *, was: Words | None = None, by: Actor, at: datetime
) -> Chart:
    """Other words for a card or a duty. Where somebody else was quicker than `was`, both wordings are told."""
    kept = said(words)

    def change(pad: Pad) -> None:
        row = pad.duties.get(public_id) or pad.task(public_id)
        now = row.name if isinstance(row, Duty) else row.statement
        if now == kept:
            return
        if was is not None and said(was) != now:
            raise Refused(not_now("occupations.reworded", now=Text.of(now).both()))
        pad.note(row)
        setattr(row, "name" if isinstance(row, Duty) else "statement", kept)
        pad.write(row)

    return drawn(chart, "reword", change, by, at)


@action
def move_task(chart: Chart, public_id: str, *, duty: str, index: int, by: Actor, at: datetime) -> Chart:
    """A card to a place among the other cards of a duty, counted from 0."""

    def change(pad: Pad) -> None:
        row, target = pad.task(public_id), pad.duty(duty)
        now = pad.cards(row.duty)
        others = [one for one in pad.cards(target) if one.pk != row.pk]
        if row.duty_id == target.pk and now.index(row) == max(0, min(index, len(others))):
            return
        pad.note(row)
        row.place, row.duty = pad.place_in(others, index), target
        pad.write(row)

    return drawn(chart, "move", change, by, at)


@action
def move_duty(chart: Chart, public_id: str, *, index: int, by: Actor, at: datetime) -> Chart:
    """A duty to a place among the others, counted from 0."""

    def change(pad: Pad) -> None:
        row = pad.duty(public_id)
        others = [one for one in pad.rows() if one.pk != row.pk]
        if pad.rows().index(row) == max(0, min(index, len(others))):
            return
        pad.note(row)
        row.place = pad.place_in(others, index)
        pad.write(row)

    return drawn(chart, "move", change, by, at)


@action
def merge_tasks(chart: Chart, public_id: str, other: str, words: Words, *, by: Actor, at: datetime) -> Chart:
    """Two cards become one: the first stays with these words and the skills of both, the other goes."""
    kept = said(words)

    def change(pad: Pad) -> None:
        row = pad.task(public_id)
        if other == public_id or other not in pad.tasks:
            raise Refused(not_now("occupations.gone"))
        gone = pad.task(other)
        pad.note(row)
        row.statement, row.skills = kept, list(dict.fromkeys([*row.skills, *gone.skills]))
        pad.write(row)
        pad.remove(gone)

    return drawn(chart, "merge", change, by, at)


@action
def split_task(
    chart: Chart, public_id: str, first: Words, second: Words, *, new: str = "", by: Actor, at: datetime
) -> Chart:
    """One card becomes two: it keeps the first words, a new one after it gets the second, both its skills."""
    one, two, key = said(first), said(second), id_of(chart, new)

    def change(pad: Pad) -> None:
        if key in pad.tasks:
            return
        require(_room(len(pad.tasks), rules.MOST_TASKS))
        row = pad.task(public_id)
        cards = pad.cards(row.duty)
        place = pad.place_in(cards, cards.index(row) + 1)
        pad.note(row)
        row.statement = one
        pad.write(row)
        pad.write(Task(chart=chart, duty=row.duty, public_id=key, statement=two,
                       skills=list(row.skills), place=place))  # fmt: skip

    return drawn(chart, "split", change, by, at)


@action
def take_out(chart: Chart, public_id: str, *, by: Actor, at: datetime) -> Chart:
    """A card, or a duty with its cards, off the board. What is gone already stays gone."""

    def change(pad: Pad) -> None:
        row = pad.duties.get(public_id) or pad.tasks.get(public_id)
        if row is not None:
            pad.remove(row)

    return drawn(chart, "take_out", change, by, at)


@action
def link_skills(chart: Chart, public_id: str, skills: Sequence[str], *, by: Actor, at: datetime) -> Chart:
    """The skills that a card needs, by their keys; the caller knows which keys there are."""
    wanted = list(dict.fromkeys(skills))

    def change(pad: Pad) -> None:
        row = pad.task(public_id)
        if row.skills == wanted:
            return
        pad.note(row)
        row.skills = wanted
        pad.write(row)

    return drawn(chart, "skills", change, by, at)


def _room(count: int, most: int) -> Verdict:
    return Verdict() if count < most else not_now("occupations.too_many", most=most)
