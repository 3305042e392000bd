"""Parallel papers of the demo: the turners' final in three forms, other forms to look at, and a wish too many."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from decimal import Decimal

from craftpath.domain.exams import actions
from craftpath.domain.exams.wishes import Row, Wish
from craftpath.domain.programmes.queries import outcomes
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation

NAMESPACE = uuid.UUID("6a6f9d0d-1f6c-4b0c-9a53-21f5d4f0c3aa")
TOO_MUCH = Wish(
    rows=(Row(4, 4, kind="single", difficulty="easy"), Row(5, 5, kind="numeric", difficulty="hard")),
    questions=(12, 12),
    minutes=45,
    forms=4,
)


def _final() -> Wish:
    """Codes and cutting data, drawings, measuring: twelve questions of 24 points in three forms that share two."""
    known = [row.pk for row in outcomes()]
    drawing, measuring, machine = known[1], known[2], known[6]
    return Wish(
        rows=(
            Row(5, 5, outcome=machine, kind="single", difficulty="easy"),
            Row(2, 2, outcome=machine, kind="numeric", difficulty="medium"),
            Row(2, 2, outcome=machine, kind="numeric", difficulty="hard"),
            Row(1, 1, outcome=drawing, kind="numeric", difficulty="medium"),
            Row(1, 1, outcome=drawing, kind="numeric", difficulty="hard"),
            Row(1, 1, outcome=measuring, kind="single"),
        ),
        questions=(12, 12),
        points=(Decimal(24), Decimal(24)),
        minutes=30,
        forms=3,
        shared=2,
    )


def parallel_papers(college: Organisation, *, by: Actor, at: datetime) -> None:
    """Put together six days ago and taken; yesterday once more with other questions; and one that cannot be."""
    final = actions.make_blueprint(
        _final(),
        organisation=college,
        made_id=uuid.uuid5(NAMESPACE, "final"),
        title="数控车工结业理论考试",
        by=by,
        at=at - timedelta(days=7),
    )
    for seed, ago in ((0, 6), (1, 1)):
        when = at - timedelta(days=ago)
        made_id = uuid.uuid5(NAMESPACE, f"final {seed}")
        forms = actions.ask_forms(final, made_id=made_id, seed=seed, by=by, at=when)
        actions.carry_out(forms, by=by, at=when)
        if seed == 0:
            for paper in actions.take_forms(forms, by=by, at=when)[:2]:
                actions.fix_paper(paper, by=by, at=when + timedelta(hours=1))
    four = actions.make_blueprint(
        TOO_MUCH,
        organisation=college,
        made_id=uuid.uuid5(NAMESPACE, "four"),
        title="数控车工补考四套卷",
        by=by,
        at=at - timedelta(days=2),
    )
    asked = actions.ask_forms(four, made_id=uuid.uuid5(NAMESPACE, "four"), by=by, at=at - timedelta(days=2))
    actions.carry_out(asked, by=by, at=at - timedelta(days=2))
