"""Graduation: words of thanks, and the page that a pair in good order keeps."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.domain.mentoring import rules
from craftpath.domain.mentoring.acting import told, working
from craftpath.domain.mentoring.facts import PairGraduated
from craftpath.domain.mentoring.keeping import checks, figures, picture_of
from craftpath.domain.mentoring.models import Goal, Graduation, Thanks
from craftpath.domain.mentoring.queries import product_of
from craftpath.domain.pairing.seeing import learners_in, pair_held
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Pair


@action
def give_thanks(pair: Pair, *, words: str, by: Actor, at: datetime) -> Thanks | None:
    """Say thank you on the page to come, or change the words; none takes them back."""
    pair = working(pair)
    require(rules.may_take_part(by, pair, localdate(at)))
    if not words.strip():
        Thanks.objects.filter(pair=pair, person=by.person).delete()
        return None
    require(rules.can_say_why(words))
    row, _new = Thanks.objects.update_or_create(
        pair=pair, person=by.person, defaults={"words": words.strip(), "said_at": at}
    )
    return row


@action
def graduate_pair(pair: Pair, *, weeks: int = 0, by: Actor, at: datetime) -> Graduation:
    """Make the page to keep, as everything stands now; once more gives the page that is there.

    `weeks` of the training log that were signed are read by the caller, for the log stands above.
    """
    row = pair_held(pair.pk)
    require(rules.may_finish(by, row))
    before = Graduation._base_manager.filter(pair=row).first()
    if before is not None:
        return before
    today = localdate(at)
    require(rules.ends_in_good_order(row, today))
    goals = list(Goal._base_manager.filter(pair=row))
    lacking = rules.lacking(goals, [person.pk for person in learners_in(row)], row.kind)
    for check in checks(row, len(lacking)):
        if not check.done:
            raise Refused(not_now(f"mentoring.lacks_{check.key}"))
    kept = figures(row, weeks, today)
    made = Graduation(
        pair=row, on=today, figures=kept, picture=picture_of(product_of(row)), said_by=by.person, said_at=at
    )
    made.save()
    fact = PairGraduated(today.isoformat(), kept["meetings"], kept["minutes"], len(kept["goals"]))
    told(fact, row, by=by, at=at)
    return made
