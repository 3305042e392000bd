"""Steps of a file: filed, returned, registered, completed, withdrawn. Each has a person, a day, and what was there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from craftpath.domain.subsidies import queries, rules
from craftpath.domain.subsidies.facts import FileMoved, YearsFreed
from craftpath.domain.subsidies.models import OUTCOMES, ClaimedYear, FileEvent, FilePaper, SubsidyFile
from craftpath.domain.subsidies.opening import held
from craftpath.domain.subsidies.states import FILE
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, not_now, require


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of somebody's training; `months` are the full months until somebody left."""

    outcome: str
    months: int = 0


@action
def file_plan(file: SubsidyFile, *, by: Actor, at: datetime) -> SubsidyFile:
    """Hand the plan in to the authority; once more changes nothing."""
    file = held(file)
    require(rules.may_file(by, file))
    if file.state == "filed":
        return file
    if not file.people.filter(excluded="").exists():
        raise Refused(not_now("subsidies.nobody_counts"))
    return moved(file, "file", localdate(at), by=by, at=at)


@action
def return_file(file: SubsidyFile, *, because: str, by: Actor, at: datetime) -> SubsidyFile:
    """Give a plan or a claim back with the reason; the same again changes nothing."""
    file = held(file)
    _require_office(file, by)
    require(rules.can_say_why(because))
    if file.state in ("returned", "claim_returned"):
        last = file.events.order_by("-pk").first()
        if last is not None and last.words == because.strip():
            return file
    file.notice_ends_on = None
    return moved(file, "return", localdate(at), because=because, by=by, at=at)


@action
def register_file(file: SubsidyFile, *, by: Actor, at: datetime) -> SubsidyFile:
    """Register a plan that was checked; from now on its heads are fixed. Once more changes nothing."""
    file = held(file)
    _require_office(file, by)
    if file.state == "registered":
        return file
    file.heads = file.people.filter(excluded="").count()
    if not file.heads:
        raise Refused(not_now("subsidies.nobody_counts"))
    return moved(file, "register", localdate(at), figures={"heads": file.heads}, by=by, at=at)


@action
def complete_training(
    file: SubsidyFile, outcomes: Mapping[str, Outcome], *, on: date, by: Actor, at: datetime
) -> SubsidyFile:
    """Say of everybody (by public id of the file's person) what became of the training, which ended on a day."""
    file = held(file)
    require(rules.may_file(by, file))
    people = list(file.people.filter(excluded="").order_by("pk"))
    if file.state == "completed" and all(
        outcomes.get(row.public_id) == Outcome(row.outcome, row.months) for row in people
    ):
        return file
    require_day(file, on, at)
    missing = [
        row for row in people if outcomes.get(row.public_id, Outcome("training")).outcome == "training"
    ]
    if missing:
        raise Refused(not_now("subsidies.outcome_missing", count=len(missing)))
    for row in people:
        said = outcomes[row.public_id]
        if said.outcome not in OUTCOMES or not 0 <= said.months <= file.months:
            raise Refused(not_now("subsidies.outcome_unknown"))
        row.outcome, row.months = said.outcome, said.months if said.outcome == "left" else 0
    type(people[0]).objects.bulk_update(people, ["outcome", "months"])
    figures = {name: sum(row.outcome == name for row in people) for name in OUTCOMES[1:]}
    return moved(file, "complete", on, figures=figures, by=by, at=at)


@action
def withdraw_file(file: SubsidyFile, *, because: str, by: Actor, at: datetime) -> SubsidyFile:
    """Take a plan back, which ends the file, or a claim, which frees its years; the same again changes nothing."""
    file = held(file)
    require(rules.may_file(by, file))
    require(rules.can_say_why(because))
    last = file.events.order_by("-pk").first()
    if last is not None and (last.move, last.words) == ("withdraw", because.strip()):
        return file
    if file.state in ("advanced", "completed") and file.advance:
        raise Refused(not_now("subsidies.advance_paid"))
    freed = ClaimedYear._base_manager.filter(file=file, freed_at__isnull=True).update(freed_at=at)
    file.notice_ends_on = None
    file = moved(file, "withdraw", localdate(at), because=because, by=by, at=at)
    if freed:
        tell(YearsFreed(years=freed), by=by, at=at, organisation=file.organisation, subject=file.ref)
    return file


def require_day(file: SubsidyFile, on: date, at: datetime) -> None:
    """Refuse a day that has not come, or that lies before the step before."""
    if on > localdate(at):
        raise Refused(not_now("subsidies.day_in_future"))
    if on < file.since:
        raise Refused(not_now("subsidies.day_before", on=file.since))


def _require_office(file: SubsidyFile, by: Actor) -> None:
    require(rules.may_decide(by, file))
    require(rules.decides_apart(by, queries.filers(file)))


def moved(
    file: SubsidyFile,
    move: str,
    on: date,
    *,
    because: str = "",
    figures: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> SubsidyFile:
    """Take a step: the state, its day, who, why, and what was handed in by then."""
    file.state, file.since = FILE.after(file.state, move), on
    file.save()
    FileEvent.objects.create(
        file=file,
        move=move,
        person=by.person,
        on=on,
        words=because.strip(),
        figures=dict(figures or {}),
        handed=_handed(file) if move in ("file", "claim") else [],
    )
    told = FileMoved(state=file.state, because=because.strip())
    tell(told, by=by, at=at, organisation=file.organisation, subject=file.ref)
    return file


def _handed(file: SubsidyFile) -> list[dict[str, Any]]:
    rows = FilePaper._base_manager.filter(file=file, replaced_at__isnull=True).select_related(
        "member", "kept"
    )
    return [
        {
            "paper": row.paper,
            "whose": row.member.public_id if row.member else "",
            "copy": row.copy,
            "version": row.version,
            "sha256": row.kept.sha256,
        }
        for row in rows.order_by("paper", "member_id", "copy")
    ]
