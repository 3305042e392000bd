"""The report of a round: frozen as facts when it is issued, so that the same version reads the same for good."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any

from craftpath.domain.pilots import rules
from craftpath.domain.pilots.facts import ReportIssued
from craftpath.domain.pilots.finding import Standing, standings
from craftpath.domain.pilots.models import Deliverable, Pilot, PilotChange, PilotRound, RoundReport, StepEvent
from craftpath.domain.pilots.queries import carried_into, changes_of, steps_of
from craftpath.domain.pilots.starting import held
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import require


@action
def issue_report(row: PilotRound, *, by: Actor, at: datetime) -> RoundReport:
    """Freeze the round as it stands as the next version of its report; without a change the last one is it."""
    pilot = held(row.pilot)
    require(rules.may_run(by, pilot))
    row = PilotRound.objects.select_related("pilot__organisation", "cycle").get(pk=row.pk)
    content = content_of(row, at)
    digest = hashlib.sha256(canonical(content)).hexdigest()
    last = RoundReport.objects.filter(round=row).order_by("-version").first()
    if last is not None and last.sha256 == digest:
        return last
    report = RoundReport.objects.create(
        round=row, version=last.version + 1 if last else 1, content=content, sha256=digest,
        issued_by=by.person, issued_at=at,
    )  # fmt: skip
    told = ReportIssued(number=row.number, version=report.version, sha256=digest)
    tell(told, by=by, at=at, organisation=pilot.organisation, subject=pilot.ref)
    return report


def canonical(content: dict[str, Any]) -> bytes:
    """The one way in which a content is written, byte for byte."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def content_of(row: PilotRound, at: datetime) -> dict[str, Any]:
    """All that a report says, as texts in both languages, codes and facts; nothing in it points at a row."""
    pilot = row.pilot
    members = pilot.members.select_related("organisation").order_by("pk")
    found = standings(row, steps_of(row), at)
    return {
        "form": 1,
        "pilot": pilot.name,
        "office": pilot.organisation.name,
        "kind": pilot.kind,
        "goals": pilot.goals,
        "members": [one.organisation.name for one in members],
        "from": pilot.starts_on.isoformat(),
        "until": _day(pilot.ends_on),
        "round": row.number,
        "opened": _moment(row.opened_at, pilot),
        "closed": _moment(row.closed_at, pilot),
        "cycle": {"name": row.cycle.name, "version": row.cycle.version, "origin": row.cycle.origin},
        "steps": [_step(one, pilot) for one in found],
        "carried": [_change(one, row) for one in carried_into(row)],
        "changes": [_change(one, row) for one in changes_of(row)],
    }


def _step(one: Standing, pilot: Pilot) -> dict[str, Any]:
    step, words = one.step, one.step.words
    names = {given["key"]: given["name"] for given in words["deliverables"]}
    return {
        "key": step.key,
        "name": words["name"],
        "done_when": words["done_when"],
        "asked": names,
        "owner": step.owner.name if step.owner else "",
        "due": _day(step.due_on),
        "state": step.state,
        "closed": _moment(step.closed_at, pilot),
        "closed_by": step.closed_by.name if step.closed_by else "",
        "because": step.because,
        # What a report says of itself would change with every version, so that none would ever be the same again.
        "found": [each.as_json() for each in (*one.checks, *one.shows) if each.key != "report_issued"],
        "lacks": [lack.as_json() for lack in one.lacks if lack.key != "report_issued"],
        "given": [_given(given, names, pilot) for given in one.given],
        "cases": [kept.case.title for kept in step.cases.all() if kept.case.state == "published"],
        "history": [_event(event, pilot) for event in step.events.all()],
    }


def _given(row: Deliverable, names: dict[str, Any], pilot: Pilot) -> dict[str, Any]:
    """A thing of the record is told by what it is of, never by its name: not every reader may see it."""
    return {
        "name": names.get(row.key, {}),
        "form": row.form,
        "words": row.words,
        "file": row.kept.name if row.kept else "",
        "sha256": row.kept.sha256 if row.kept else "",
        "thing": "/".join(row.thing.split("/")[:2]),
        "by": row.given_by.name if row.given_by else "",
        "on": _moment(row.given_at, pilot),
    }


def _event(event: StepEvent, pilot: Pilot) -> dict[str, Any]:
    person = event.person.name if event.person else ""
    return {"move": event.move, "by": person, "on": _moment(event.at, pilot), "because": event.because}


def _change(change: PilotChange, row: PilotRound) -> dict[str, Any]:
    return {
        "what": change.what,
        "why": change.why,
        "from_round": change.round.number,
        "into": next((one["name"] for one in row.cycle.steps if one["key"] == change.into), {}),
        "state": change.state,
        "because": change.because,
        "decided_by": change.decided_by.name if change.decided_by else "",
        "owner": change.owner.name if change.owner else "",
        "due": _day(change.due_on),
    }


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""


def _moment(at: datetime | None, pilot: Pilot) -> str:
    return _day(pilot.day(at) if at else None)
