"""Computing a round: asked for, done by a worker with progress, taken back, refused with the reason, or kept."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from craftpath.domain.appraisals import rules
from craftpath.domain.appraisals.calculating import as_text, calculate
from craftpath.domain.appraisals.facts import RoundAsked, RoundCancelled, RoundComputed, RoundFailed
from craftpath.domain.appraisals.gathering import gather
from craftpath.domain.appraisals.inputs import digest
from craftpath.domain.appraisals.models import Appraisal, AppraisalPart, AppraisalRound, RoundInputs
from craftpath.domain.appraisals.rounds import forget, held, tell_of
from craftpath.domain.appraisals.states import ROUND
from craftpath.kernel import progress
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.jobs import enqueue
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, Verdict, not_now, require

JOB = "appraise"
_LOOK = 1.0  # seconds between two looks whether it is wanted still
AT_ONCE = 500


@action
def compute_round(row: AppraisalRound, *, by: Actor, at: datetime) -> AppraisalRound:
    """Ask a worker to compute it; while one does, asking again changes nothing."""
    row = held(row)
    require(rules.may_appraise(by, row.organisation))
    if row.state == "computing":
        return row
    require(rules.can_compute(row, localdate(at)))
    if by.person is None or by.organisation is None:
        raise TypeError("a round is computed for a person of an organisation")
    row.state = ROUND.after(row.state, "compute")
    row.computed_by, row.asked_in, row.computed_at = by.person, by.organisation, None
    row.failed, row.failed_facts = "", {}
    row.save()
    tell_of(RoundAsked(), row, by=by, at=at)
    enqueue(JOB, row.pk)
    return row


class _Cancelled(Exception):
    """Nobody wants it any more."""


@dataclass(slots=True)
class _Watch:
    """Says how far it is, and ends it once nobody wants it."""

    row: AppraisalRound
    clock: Callable[[], float]
    looked: float = 0.0

    def phase(self, phase: str) -> None:
        """Something else is read now."""
        self._tick(phase, 0, 1)

    def each(self, done: int, total: int) -> None:
        """One trainer after the other."""
        self._tick("computing", done, total)

    def _tick(self, phase: str, done: int, total: int) -> None:
        progress.step(phase, done, total)
        now = self.clock()
        if now - self.looked > _LOOK:
            self.looked = now
            if not AppraisalRound._base_manager.filter(pk=self.row.pk, state="computing").exists():
                raise _Cancelled


def carry_out(
    row: AppraisalRound, *, by: Actor, at: datetime, clock: Callable[[], float] = time.monotonic
) -> None:
    """The worker's part: nothing is written before all is there, so a killed worker leaves nothing behind."""
    if row.state != "computing":
        return
    watch = _Watch(row, clock)
    try:
        require(rules.may_appraise(by, row.organisation))
        with progress.counting(row.public_id, JOB):
            found = gather(row, watch.phase)
            if not found.appraised:
                raise Refused(not_now("appraisals.nobody_taught"))
            results = calculate(found, watch.each)
        finish_round(row, found.as_text(), results, by=by, at=at)
    except _Cancelled:
        return
    except Refused as refused:
        refuse_round(row, refused.verdict, by=by, at=at)
    except Exception:  # the page must not wait for ever; the job fails as well, where it is looked after
        refuse_round(row, not_now("appraisals.failed"), by=by, at=at)
        raise


@action
def finish_round(
    row: AppraisalRound, inputs: str, results: dict[str, Any], *, by: Actor, at: datetime
) -> AppraisalRound:
    """Keep what came of it; nothing of what was taken back or finished by another worker."""
    row = held(row)
    if row.state != "computing":
        return row
    forget(row)
    RoundInputs.objects.create(round=row, content=inputs)
    _keep(row, results["appraisals"])
    row.state = ROUND.after(row.state, "finish")
    row.computed_at, row.about = at, results["about"]
    row.inputs_digest, row.results_digest = digest(inputs), digest(as_text(results))
    row.save()
    scored = sum(one["score"] is not None for one in results["appraisals"])
    tell_of(RoundComputed(len(results["appraisals"]), scored, row.inputs_digest), row, by=by, at=at)
    return row


def _keep(row: AppraisalRound, found: list[dict[str, Any]]) -> None:
    people = Person.objects.in_bulk([one["trainer"] for one in found], field_name="public_id")
    plain = ("score", "low", "high", "result", "band", "why", "effect", "lines", "left_out")
    made = [
        Appraisal(round=row, person=people[one["trainer"]], **{name: one[name] for name in plain})
        for one in found
    ]
    Appraisal._base_manager.bulk_create(made, batch_size=AT_ONCE)
    parts = [
        AppraisalPart(appraisal=kept, order=order, **part)
        for kept, one in zip(made, found, strict=True)
        for order, part in enumerate(one["parts"])
    ]
    AppraisalPart.objects.bulk_create(parts, batch_size=AT_ONCE)


@action
def refuse_round(row: AppraisalRound, verdict: Verdict, *, by: Actor, at: datetime) -> AppraisalRound:
    """It could not be computed, and why; it is a draft again."""
    row = held(row)
    if row.state != "computing":
        return row
    row.state = ROUND.after(row.state, "refuse")
    row.failed = verdict.reason
    row.failed_facts = {
        name: value if isinstance(value, int | str) else str(value) for name, value in verdict.facts.items()
    }
    forget(row)
    row.save()
    tell_of(RoundFailed(verdict.reason), row, by=by, at=at)
    return row


@action
def cancel_round(row: AppraisalRound, *, by: Actor, at: datetime) -> AppraisalRound:
    """Take the computation back while it runs; once more changes nothing."""
    row = held(row)
    require(rules.may_appraise(by, row.organisation))
    if row.state == "draft":
        return row
    if row.state != "computing":
        raise Refused(not_now("appraisals.not_computing"))
    row.state = ROUND.after(row.state, "cancel")
    forget(row)
    row.save()
    tell_of(RoundCancelled(), row, by=by, at=at)
    return row
