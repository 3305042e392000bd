"""The demo's gates: what the college asked at first, who went through, and what it asks today."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from craftpath.domain.apprenticeships import actions as apprenticeships
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.evaluation.passing import held_back
from craftpath.domain.programmes.queries import programmes, stages_of
from craftpath.domain.progression.actions import (
    give_evidence,
    open_gate,
    repeat_stage,
    save_gate,
    waive_condition,
)
from craftpath.domain.progression.conditions import preset
from craftpath.domain.progression.queries import gate_of, in_stage, reports
from craftpath.kernel.access import Actor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.programmes.models import Stage
    from craftpath.kernel.organisations import Organisation

LATER: list[dict[str, Any]] = [
    {"kind": "mentor", "by": "enterprise"},
    {"kind": "log", "share": "0.4", "by": "apprentice"},
    {"kind": "attendance", "share": "0.8", "by": "apprentice"},
    {"kind": "reviews", "by": "college"},
    {"kind": "colour", "by": "mentor"},
]
AT_FIRST: list[dict[str, Any]] = [
    {"kind": "mentor", "by": "enterprise"},
    {"kind": "result", "by": "college", "waivable": False},
]


def ask_little(college: Organisation, stages: Sequence[Stage], *, by: Actor, at: datetime) -> None:
    """In its first years the college asked for a mentor and a decided result."""
    for stage in stages:
        if gate_of(college, stage, "stage") is None:
            save_gate(college, stage, "stage", AT_FIRST, version=0, by=by, at=at)


def let_through(
    cohort: Cohort, stage: Stage, people: Sequence[Enrolment], *, by: Actor, at: datetime
) -> None:
    """Whoever is ready goes through the gate; the others were let pass on paper, as the office did then."""
    found = reports(cohort, stage, "stage", people, at.date())
    held = held_back(people, stage)
    ready = [row for row in people if row.pk not in held and found[row.pk].ready]
    seen = {row.public_id: found[row.pk].fingerprint for row in ready}
    if ready:
        open_gate(ready, stage, seen=seen, on=at.date(), by=by, at=at)
    others = [row for row in people if row not in ready]
    if others:
        apprenticeships.pass_stages(others, stage=stage, on=at.date(), by=by, at=at + timedelta(hours=1))


def ask_all(college: Organisation, *, by: Actor, at: datetime) -> None:
    """Today it asks for everything of those who began with an agreement here, and for less of those before them."""
    known = programmes().get(key="cn_334")
    for stage in stages_of(known.pk):
        full = [one.as_json() for one in preset("stage", "cn_334", stage.key)]
        rows = (
            full
            if stage.order == 1
            else [*LATER, *(one for one in full if one["kind"] in {"document", "result"})]
        )
        save_gate(college, stage, "stage", rows, version=1, by=by, at=at - timedelta(days=70))
    last = stages_of(known.pk)[-1]
    here = list(enrolments().filter(cohort__programme=known, state="active").order_by("cohort_id", "number"))
    there = [row for row in here if row.pk in in_stage(row.cohort_id, last.pk)]
    for row in there[:9]:
        give_evidence(row, last, "stage", "skill_level_form", by=by, at=at - timedelta(days=5))
    reason = "申报表已由企业统一提交，存根在人社局。"
    waive_condition(
        there[9], last, "stage", "skill_level_form", because=reason, by=by, at=at - timedelta(days=4)
    )
    until = at.date() + timedelta(days=60)
    because = "实操考核时尺寸不稳定，再练两个月后复评。"
    repeat_stage([there[10]], last, because=because, until=until, by=by, at=at - timedelta(days=3))
