"""Pairs, and changes that are asked for."""

from __future__ import annotations

from craftpath.domain.pairing.actions import (
    Wanted,
    ask_for_change,
    form_pair,
    set_house_rule,
    set_standing,
)
from craftpath.domain.pairing.models import ChangeWish, Pair
from tests.cast import AT, TODAY, Cast


def pair_up(cast: Cast) -> dict[str, str]:
    """A pair that holds, with a change asked for, and a proposal that waits; a standing, and rules. Once."""
    row = Pair.objects.filter(kind="master_apprentice").order_by("pk").first()
    mentor, enrolment = cast.people["mentor"], cast.enrolments["26001"]
    if row is None:
        office = {"by": cast.actor("coordinator"), "at": AT}
        set_standing(mentor, organisation=cast.jinheng, capacity=6, by=cast.actor("hr", cast.jinheng), at=AT)
        set_house_rule(cast.college, capacity=8, gap_days=14, objection_days=30, **office)
        wanted = [Wanted(mentor, enrolment.person, cast.jinheng, enrolment)]
        row = form_pair("master_apprentice", wanted, organisation=cast.college, starts_on=TODAY, **office)
        other = cast.enrolments["26002"]
        asked = [Wanted(mentor, other.person, cast.jinheng, other)]
        form_pair("college_tutor", asked, organisation=cast.college, starts_on=TODAY, ask=True, **office)
    wish = ChangeWish.objects.filter(pair=row).order_by("-pk").first() or ask_for_change(
        row, wish="talk_first", words="我想谈谈。", by=cast.actor("apprentice"), at=AT
    )
    waiting = Pair.objects.get(kind="college_tutor")
    return {
        "pair": row.public_id,
        "wish": wish.public_id,
        "waiting": waiting.public_id,
        "bond": str(row.bonds.order_by("pk")[0].pk),
    }
