"""Occupations themselves, new versions of charts, their frame, and the panel."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from importlib import resources
from typing import Any

from django.db.models import Max

from craftpath.domain.occupations import rules
from craftpath.domain.occupations.drawing import said
from craftpath.domain.occupations.facts import ChartMade, ChartSet, OccupationKept, PanelChanged
from craftpath.domain.occupations.models import Chart, Duty, Occupation, Panellist, Task
from craftpath.domain.occupations.states import OPEN
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, Verdict, not_now, require

_CODES = ("code_cn", "code_isco", "code_other")
_FRAME = ("facilitator", "place", "starts_on", "ends_on", "lists", "cut", "performed", "limits", "weights")


@action
def keep_occupation(
    organisation: Organisation | None,
    *,
    name: Mapping[str, str],
    codes: Mapping[str, str],
    words: Sequence[str] = (),
    occupation: Occupation | None = None,
    by: Actor,
    at: datetime,
) -> Occupation:
    """Add an occupation, or change one. The same name in the same organisation is the same occupation.

    One that is found by its name keeps what stands there wherever nothing is given.
    """
    require(rules.may_keep(by, organisation if occupation is None else occupation.organisation))
    kept = said(name)
    given = {key: " ".join(codes.get(key, "").split()) for key in _CODES}
    require(rules.can_keep_name(occupation, kept, [given["code_cn"], given["code_isco"]]))
    if organisation is not None:
        Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    row = occupation or _named(organisation, kept) or Occupation(organisation=organisation, made_at=at)
    known = dict.fromkeys(" ".join(one.split()) for one in words if one.strip())
    fresh = {"name": kept, "words": "\n".join(list(known)[:20]), **given}
    if occupation is None:
        fresh = {key: value or getattr(row, key) for key, value in fresh.items()}
    if row.pk and all(getattr(row, key) == value for key, value in fresh.items()):
        return row
    new = row.pk is None
    for key, value in fresh.items():
        setattr(row, key, value)
    row.save()
    tell(OccupationKept(new), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def _named(organisation: Organisation | None, name: Mapping[str, str]) -> Occupation | None:
    rows = Occupation._base_manager.filter(organisation=organisation)
    return next((row for row in rows if row.name == name), None)


@action
def load_occupations(*, by: Actor, at: datetime) -> None:
    """Take in the shared occupations that come with the program; what is there stays as it is."""
    require(by.may(Permission.EDIT_FRAMEWORKS))
    file = resources.files("craftpath.domain.occupations") / "presets" / "occupations.toml"
    for row in tomllib.loads(file.read_text("utf-8"))["occupation"]:
        if _named(None, row["name"]) is None:
            codes = {key: row.get(key, "") for key in _CODES}
            keep_occupation(None, name=row["name"], codes=codes, words=row["words"], by=by, at=at)


@action
def begin_chart(
    occupation: Occupation,
    organisation: Organisation,
    *,
    follows: Chart | None = None,
    by: Actor,
    at: datetime,
) -> Chart:
    """The next version: empty, or with everything of an earlier chart but its panel. One is on its way at a time."""
    require(rules.may_keep(by, organisation))
    Occupation.objects.select_for_update(of=("self",), no_key=True).get(pk=occupation.pk)
    rows = Chart._base_manager.filter(occupation=occupation, organisation=organisation)
    under_way = rows.filter(state__in=OPEN).first()
    if under_way is not None:
        raise Refused(not_now("occupations.under_way", version=under_way.version))
    number = (rows.aggregate(most=Max("version"))["most"] or 0) + 1
    chart = Chart(occupation=occupation, organisation=organisation, version=number, follows=follows,
                  made_by=by.person, made_at=at)  # fmt: skip
    if follows is not None:
        for field in ("lists", "cut", "performed", "limits", "weights"):
            setattr(chart, field, getattr(follows, field))
    chart.save()
    tasks = _copy(follows, chart) if follows is not None else 0
    tell(ChartMade(number, tasks), by=by, at=at, organisation=organisation, subject=chart.ref)
    return chart


def _copy(source: Chart, target: Chart) -> int:
    """Duties and the cards that were kept, with their ids, numbered anew."""
    duties = {}
    for at, row in enumerate(Duty.objects.filter(chart=source), start=1):
        duties[row.pk] = Duty(chart=target, public_id=row.public_id, place=float(at), name=row.name)
    Duty.objects.bulk_create(duties.values())
    rows = Task.objects.filter(chart=source, left_out=False)
    made = Task.objects.bulk_create(
        Task(chart=target, duty=duties[row.duty_id], public_id=row.public_id, place=float(at),
             statement=row.statement, skills=row.skills)
        for at, row in enumerate(rows, start=1)
    )  # fmt: skip
    return len(made)


@action
def set_chart(chart: Chart, *, was: str = "", by: Actor, at: datetime, **frame: Any) -> Chart:
    """Change facilitator, place, days, lists or what decides; what is not named stays.

    `was` is the `lists_mark` of the lists that somebody began from: refused where others have changed them since.
    """
    row = Chart.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=chart.pk)
    decides = {"cut", "performed", "limits", "weights"} & set(frame)
    only_lists = set(frame) <= {"lists"}
    require(rules.may_edit(by, row) if only_lists else rules.may_run(by, row))
    require(rules.can_set(row))
    changed = [name for name in _FRAME if name in frame and getattr(row, name) != frame[name]]
    if not changed:
        return row
    if was and was != rules.lists_mark(row):
        raise Refused(not_now("occupations.lists_changed"))
    for name in changed:
        setattr(row, name, frame[name])
    require(rules.can_span(row.starts_on, row.ends_on))
    if decides:
        require(rules.can_decide_by(row.cut, row.performed, row.limits, row.weights))
    row.revision += 1
    row.save(update_fields=[*changed, "revision"])
    tell(ChartSet(changed), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def seat_panellist(
    chart: Chart,
    *,
    name: str,
    employer: str = "",
    years: int | None = None,
    person: Person | None = None,
    told: bool,
    on: date,
    by: Actor,
    at: datetime,
) -> Panellist:
    """Put an expert worker on the panel, who was told before what is kept. Somebody who sits there stays as it is."""
    row = Chart.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=chart.pk)
    require(rules.may_run(by, row))
    require(rules.can_draw(row))
    called = " ".join((person.name if person is not None else name).split())
    if not called:
        raise Refused(not_now("occupations.nobody_named"))
    require(Verdict() if told else not_now("occupations.not_told"))
    panel = list(Panellist.objects.filter(chart=row))
    for one in panel:
        same = (
            one.person_id == person.pk
            if person is not None
            else (one.name, one.employer) == (called, employer)
        )
        if same:
            return one
    require(rules.can_seat(len(panel), years))
    seat = Panellist.objects.create(
        chart=row, person=person, name=called, employer=" ".join(employer.split()), years=years, told_on=on
    )
    tell(PanelChanged(len(panel) + 1), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return seat


@action
def unseat_panellist(chart: Chart, public_id: str, *, by: Actor, at: datetime) -> None:
    """Take somebody off the panel; who is gone already stays gone."""
    row = Chart.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=chart.pk)
    require(rules.may_run(by, row))
    require(rules.can_draw(row))
    gone, _rows = Panellist.objects.filter(chart=row, public_id=public_id).delete()
    if gone:
        told = PanelChanged(Panellist.objects.filter(chart=row).count())
        tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
