"""What came of it: it runs, it is done with a result, and whoever asked says whether it was good."""

from __future__ import annotations

from datetime import datetime, timedelta

from craftpath.domain.offers import rules
from craftpath.domain.offers.asking import advance, held
from craftpath.domain.offers.clock import local_day, rule_for
from craftpath.domain.offers.facts import OutcomeJudged
from craftpath.domain.offers.models import DeskRequest
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.ref import Ref
from craftpath.values.verdict import YES, Refused, may_not, not_now, require


@action
def start_request(request: DeskRequest, *, by: Actor, at: datetime) -> DeskRequest:
    """Say that what was agreed has begun."""
    row = held(request)
    _of_a_side(by, row)
    return advance(row, "start", by=by, at=at)


@action
def finish_request(
    request: DeskRequest,
    *,
    words: str,
    trained: int | None = None,
    outcome: Ref | None = None,
    by: Actor,
    at: datetime,
) -> DeskRequest:
    """Say what came of it, for how many people; the caller has seen that its reader may see `outcome`."""
    row = held(request)
    _of_a_side(by, row)
    require(rules.can_say(words))
    if trained is not None and not 0 <= trained <= rules.MOST_PEOPLE:
        raise Refused(not_now("offers.people_unlikely", most=rules.MOST_PEOPLE))
    row.outcome_words, row.trained, row.outcome = words.strip(), trained, str(outcome or "")
    row.ask_on = local_day(row.authority, at) + timedelta(days=rule_for(row.authority).ask_after_days)
    return advance(row, "finish", by=by, at=at)


@action
def judge_outcome(
    request: DeskRequest, *, stars: int, words: str = "", guest: bool = False, by: Actor, at: datetime
) -> DeskRequest:
    """Whoever asked says whether it was good; the last word counts. A `guest` speaks for them behind a link."""
    row = held(request)
    if not (guest or rules.part_of(by, row) == "asker"):
        raise Refused(may_not("offers.not_yours"))
    require(rules.can_judge(row, stars))
    require(rules.can_say(words) if words.strip() else YES)
    row.stars, row.stars_words, row.stars_at = stars, words.strip(), at
    row.save()
    tell(OutcomeJudged(stars), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def _of_a_side(by: Actor, row: DeskRequest) -> None:
    """Both sides that agreed, and the desk."""
    partner = row.partner is not None and bool(rules.may_ask(by, row.partner))
    require(YES if partner else rules.may_lead(by, row))
