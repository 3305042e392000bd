"""The cast's class under a scheme that counts confirmed acts; short ways to confirm one."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta

from craftpath.domain.evaluation.actions import move_to_scheme
from craftpath.domain.evaluation.models import Evaluation
from craftpath.domain.participation.actions import Act, confirm_acts, withdraw_acts
from craftpath.domain.programmes.actions import draft_scheme
from craftpath.kernel.access import system
from craftpath.values.ref import Ref
from tests.cast import AT, Cast
from tests.domain.evaluation.sourced import FIRST, LATER

FORUM = Act("forum", Ref("forums", "meeting", "abcdef"), "安全用电论坛", FIRST + timedelta(days=10))


def confirm(cast: Cast, act: Act = FORUM, *who: str) -> list[str]:
    people = [cast.people[name].pk for name in who or ("apprentice", "trainer")]
    return confirm_acts(
        act, people, confirmed_by=cast.people["trainer"], organisation=cast.college, by=system(), at=LATER
    )


def take_back(cast: Cast) -> list[str]:
    return withdraw_acts(
        FORUM.about, because="Somebody else.", organisation=cast.college, by=system(), at=LATER
    )


def judged(cast: Cast) -> Evaluation:
    """The cast's class under a scheme that counts one activity in twenty days."""
    table, by = deepcopy(cast.scheme.definition), cast.actor("coordinator")
    table["component"][0]["item"][0]["source"] = {"kind": "activities", "every_days": 20}
    scheme = draft_scheme(cast.scheme, organisation=cast.college, definition=table, by=by, at=AT)
    moved: Evaluation = move_to_scheme(cast.evaluation, scheme, reason="Activities count.", by=by, at=AT)
    return moved
