"""What the engine finds is thought out without a lock, and kept only if the round is still the one it looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from craftpath.domain.matching import rules
from craftpath.domain.matching.facts import ProposalMade
from craftpath.domain.matching.gathering import Table, gather
from craftpath.domain.matching.models import MOST_PROPOSALS, Proposal, ProposedPair, Round
from craftpath.domain.matching.opening import held
from craftpath.domain.matching.solving import Outcome, solve
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, not_now, require


@dataclass(frozen=True, slots=True)
class Thought:
    """A plan for a round as it was."""

    table: Table
    digest: str
    outcome: Outcome


def think(row: Round) -> Thought:
    """Find the best plan; reads only. Refused with what cannot be, such as pins that have no room any more."""
    from craftpath.engines.pairing import ProblemFaulty  # noqa: PLC0415  (slow to import)

    table = gather(row)
    require(rules.can_solve(table))
    try:
        return Thought(table, table.digest, solve(table))
    except ProblemFaulty as wrong:
        raise Refused(not_now("matching.cannot_solve", fault=wrong.faults[0].code)) from wrong


@action
def keep_proposal(row: Round, thought: Thought, *, by: Actor, at: datetime) -> Proposal:
    """Keep a plan with its figures, unless the round has changed meanwhile; the same plan again is the one kept."""
    row = held(row)
    require(rules.may_match(by, row.organisation))
    if row.state not in ("open", "asking"):
        raise Refused(not_now("matching.over"))
    if gather(row).digest != thought.digest:
        raise Refused(not_now("matching.changed_since"))
    last = row.proposals.order_by("-number").first()
    if last is not None and last.digest == thought.digest:
        return last
    table, outcome = thought.table, thought.outcome
    kept = Proposal.objects.create(
        round=row,
        number=last.number + 1 if last is not None else 1,
        weights=row.weights,
        keep=row.keep,
        method=row.method,
        digest=thought.digest,
        total=outcome.total,
        bound=outcome.bound,
        most=table.perfect * len(outcome.arrows),
        without=len(outcome.without),
        changed=outcome.changed,
        made_at=at,
    )
    ProposedPair.objects.bulk_create(
        ProposedPair(
            proposal=kept,
            teacher=table.teachers[one.teacher],
            learner=table.learners[one.learner],
            group=one.group,
            share=one.share,
            worth=table.possible[one.teacher, one.learner].worth,
            points=list(table.possible[one.teacher, one.learner].points),
            subject=table.subjects[one.teacher, one.learner][0],
            subject_back=table.subjects[one.teacher, one.learner][1],
        )
        for one in outcome.arrows
    )
    row.proposals.filter(number__lte=kept.number - MOST_PROPOSALS).delete()
    told = ProposalMade(number=kept.number, without=kept.without)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return kept
