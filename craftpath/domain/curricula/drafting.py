"""Plans are asked for, worked out by a worker, looked at beside one another, and taken into a version."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any

from django.db.models import Max

from craftpath.domain.curricula import rules
from craftpath.domain.curricula.drafting_answers import told_blame, told_plan
from craftpath.domain.curricula.drafting_problem import (
    fingerprint,
    inputs_of,
    own_units,
    placed_now,
    problem_of,
)
from craftpath.domain.curricula.drafting_wishes import DraftWish, require_sense
from craftpath.domain.curricula.editing import held_draft
from craftpath.domain.curricula.facts import DraftImpossible, DraftMade, DraftTaken
from craftpath.domain.curricula.models import CurriculumVersion, Draft, UnitCard
from craftpath.domain.curricula.planning import Choice, choose_units
from craftpath.domain.curricula.states import DRAFT
from craftpath.engines.curriculum import Effort, NothingFits, ProblemFaulty, TimeRanOut, choose
from craftpath.kernel import progress
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.jobs import enqueue
from craftpath.values.verdict import Refused, Verdict, not_now, require

JOB = "draft"
SECONDS = 30
"""For the plan itself; reasons have their own (`drafting_answers.EACH`)."""
MOST_DRAFTS = 99
_LOOK = 0.5  # seconds between two looks whether it is wanted still


@action
def ask_draft(
    version: CurriculumVersion, wish: DraftWish, *, made_id: uuid.UUID, by: Actor, at: datetime
) -> Draft:
    """Ask a worker for a plan; the same press, or one while the same wish is worked on, is the same row.

    What was asked before and is not there yet is ended: its wishes are those of yesterday.
    """
    version, wanted = held_draft(version, by=by), wish.as_json()
    known = Draft._base_manager.filter(made_id=made_id).first()
    if known is not None:
        if (known.version_id, known.wanted) != (version.pk, wanted):
            raise Refused(not_now("curricula.draft_made_otherwise"))
        return known
    if by.person is None or by.organisation is None:
        raise TypeError("a plan is drafted for a person of an organisation")
    inputs = inputs_of(version)
    keys = [unit["key"] for unit in inputs["units"]]
    require_sense(wish, stages=inputs["stages"], cards=keys)
    mark = fingerprint(inputs)
    rows = Draft._base_manager.select_for_update()  # a worker may be about to finish it
    running = rows.filter(version=version, state="asked").first()
    if running is not None:
        if (running.wanted, running.fingerprint) == (wanted, mark):
            return running
        _end(running, "cancel", at)
    last = Draft._base_manager.filter(version=version).aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_DRAFTS:
        raise Refused(not_now("curricula.draft_too_many", most=MOST_DRAFTS))
    made = Draft.objects.create(
        made_id=made_id,
        version=version,
        number=last + 1,
        wanted=wanted,
        inputs=inputs,
        fingerprint=mark,
        asked_in=by.organisation,
        asked_by=by.person,
        asked_at=at,
    )
    enqueue(JOB, made.pk)
    return made


class _NotWanted(Exception):  # noqa: N818  (it ends a search, it is no fault)
    """Somebody has taken the wish back."""


@dataclass(slots=True)
class _Watch:
    """Says how far the search is, and ends it once nobody wants the plan any more."""

    draft: Draft
    looked: float = 0.0

    def __call__(self, phase: str, done: int, total: int) -> None:
        progress.step(phase, done, total)
        if monotonic() - self.looked > _LOOK:
            self.looked = monotonic()
            if not Draft.objects.filter(pk=self.draft.pk, state="asked").exists():
                raise _NotWanted


def carry_out(draft: Draft, *, by: Actor, at: datetime) -> None:
    """The worker's part: nothing is written before the plan is there, so a killed worker leaves nothing behind."""
    if draft.state != "asked":
        return
    try:
        require(rules.may_design(by, draft.version.curriculum.organisation))
        with progress.counting(draft.public_id, JOB):
            found = _found(draft)
        finish_draft(draft, found, by=by, at=at)
    except NothingFits as nothing:
        blame_draft(draft, told_blame(nothing.blame, draft.inputs), by=by, at=at)
    except ProblemFaulty as faulty:
        refuse_draft(draft, _said(faulty), by=by, at=at)
    except TimeRanOut:
        refuse_draft(draft, not_now("curricula.draft_no_time", seconds=SECONDS), by=by, at=at)
    except Refused as refused:
        refuse_draft(draft, refused.verdict, by=by, at=at)
    except _NotWanted:
        return
    except Exception:  # the page must not wait for ever; the job fails as well, where it is looked after
        refuse_draft(draft, not_now("curricula.draft_failed"), by=by, at=at)
        raise


def _found(draft: Draft) -> dict[str, Any]:
    watch = _Watch(draft)
    watch("choosing", 0, 1)
    began = monotonic()
    plan = choose(problem_of(draft.inputs, DraftWish.of(draft.wanted)), Effort(SECONDS))
    seconds = round(monotonic() - began, 1)
    now = placed_now(draft.version, draft.inputs)
    return told_plan(plan, draft.inputs, now, watch) | {"seconds": seconds}


def _said(faulty: ProblemFaulty) -> Verdict:
    """The first fault as a reason; the library refuses rings and the like, so they are rare here."""
    fault = faulty.faults[0]
    facts: dict[str, Any] = {
        name: ", ".join(value) if isinstance(value, tuple | list) else value
        for name, value in fault.facts.items()
    }
    facts |= {name: facts[name] // 60 for name in ("least", "there") if name in facts}  # hours
    code = fault.code.removeprefix("curriculum.")
    known = ("ring", "area_unreachable", "pin_before_later")
    return not_now(f"curricula.draft_{code}" if code in known else "curricula.draft_failed", **facts)


@action
def finish_draft(draft: Draft, found: dict[str, Any], *, by: Actor, at: datetime) -> Draft:
    """Keep the plan; nothing of what was taken back or finished by another worker."""
    row = _held(draft)
    if row.state == "asked":
        row.found = found
        _end(row, "finish", at)
        _tell(DraftMade(row.number, len(found["units"])), row, by=by, at=at)
    return row


@action
def blame_draft(draft: Draft, found: dict[str, Any], *, by: Actor, at: datetime) -> Draft:
    """There is no such plan: keep what is to blame, as `finish_draft` keeps a plan."""
    row = _held(draft)
    if row.state == "asked":
        row.found = found
        _end(row, "blame", at)
        _tell(DraftImpossible(row.number), row, by=by, at=at)
    return row


@action
def refuse_draft(draft: Draft, verdict: Verdict, *, by: Actor, at: datetime) -> Draft:
    """It could not be done, and why; whoever comes back reads it."""
    row = _held(draft)
    if row.state == "asked":
        row.reason = verdict.reason
        row.facts = {
            name: value if isinstance(value, int | str) else str(value)
            for name, value in verdict.facts.items()
        }
        _end(row, "refuse", at)
    return row


@action
def cancel_draft(draft: Draft, *, by: Actor, at: datetime) -> Draft:
    """Take the wish back as long as it is worked on; once more changes nothing."""
    row = _held(draft)
    require(rules.may_design(by, row.version.curriculum.organisation))
    if row.state != "cancelled":
        _end(row, "cancel", at)
    return row


@action
def take_draft(draft: Draft, *, revision: int, by: Actor, at: datetime) -> CurriculumVersion:
    """Make the plan's units those of the version, in one step; the same once more changes nothing.

    Refused where units have changed since the plan was made: its reasons would no longer be true. Refused too where
    the version has units about which the plan could not decide: nobody has said that they shall go.
    """
    version = held_draft(draft.version, by=by)
    row = _held(draft)
    if row.state not in ("done", "taken"):
        raise Refused(not_now("curricula.draft_not_open"))
    if _stands(version, row):
        return version
    inputs = inputs_of(version)
    if fingerprint(inputs) != row.fingerprint:
        raise Refused(not_now("curricula.draft_moved", units=_moved(row.inputs, inputs)))
    if own := own_units(version, inputs):
        raise Refused(not_now("curricula.draft_own_units", units=_some([unit.title.both() for unit in own])))
    wanted = [unit["key"] for unit in row.found["units"]]
    cards = {
        card.key: card
        for card in UnitCard.objects.filter(
            organisation=version.curriculum.organisation_id, key__in=wanted
        ).prefetch_related("outcomes")
    }
    choices = [Choice(cards[unit["key"]], unit["stage"]) for unit in row.found["units"]]
    version = choose_units(version, choices, revision=revision, by=by, at=at)
    row.state, row.ended_at = DRAFT.after(row.state, "take"), at
    row.save(update_fields=["state", "ended_at"])
    _tell(DraftTaken(row.number, len(choices)), row, by=by, at=at)
    return version


def _stands(version: CurriculumVersion, row: Draft) -> bool:
    """Whether the version has these units already, in this order."""
    order = {stage: at for at, stage in enumerate(row.inputs["stages"])}
    units = sorted(version.units.all(), key=lambda unit: (order.get(unit.stage, -1), unit.order))
    found = [(unit["key"], unit["stage"]) for unit in row.found["units"]]
    return row.state == "taken" and [(unit.key, unit.stage) for unit in units] == found


def _moved(before: dict[str, Any], after: dict[str, Any]) -> str:
    """Keys of units that are new, gone or different, the first few."""
    sides = [{unit["key"]: {**unit, "name": ""} for unit in one["units"]} for one in (before, after)]
    keys = sorted(key for key in sides[0] | sides[1] if sides[0].get(key) != sides[1].get(key))
    return _some(keys)


def _some(names: list[str]) -> str:
    return ", ".join(names[:3]) + (" …" if len(names) > 3 else "")


def _held(draft: Draft) -> Draft:
    rows = Draft.objects.select_for_update(of=("self",))
    return rows.select_related("version__curriculum__organisation").get(pk=draft.pk)


def _end(row: Draft, move: str, at: datetime) -> None:
    row.state, row.ended_at = DRAFT.after(row.state, move), at
    row.save(update_fields=["state", "ended_at", "found", "reason", "facts"])


def _tell(told: Fact, row: Draft, *, by: Actor, at: datetime) -> None:
    tell(told, by=by, at=at, organisation=row.version.curriculum.organisation, subject=row.ref)
