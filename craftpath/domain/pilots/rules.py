"""Who runs pilots, who works at a step, and what has to be said for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from craftpath.domain.pilots.models import KINDS, LONGEST_WORDS, MOST_STEPS, Pilot, PilotRound, RoundStep
from craftpath.domain.pilots.states import STEP
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

__all__ = ["KINDS", "LONGEST_WORDS", "MOST_STEPS"]

LONGEST_NAME = 160
MOST_MEMBERS = 60
MOST_LINES = 12
"""Inputs, or deliverables, of a step."""


def may_load(actor: Actor) -> Verdict:
    """Whoever runs the site."""
    return actor.may(Permission.RUN_ORGANISATION)


def may_start(actor: Actor, organisation: Organisation) -> Verdict:
    """The office whose pilot it is; it writes cycles and cases of its own, too."""
    return actor.may_at(Permission.RUN_PILOTS, organisation)


def may_run(actor: Actor, pilot: Pilot) -> Verdict:
    """The pilot's office."""
    return actor.may_at(Permission.RUN_PILOTS, pilot.organisation)


def may_work(actor: Actor, step: RoundStep) -> Verdict:
    """The office, whoever owns the step, and the offices of the members."""
    if owns(actor, step) or may_run(actor, step.round.pilot):
        return YES
    verdict = actor.may(Permission.RUN_PILOTS)
    if not verdict:
        return verdict
    return YES if takes_part(actor, step.round.pilot) else may_not("kernel.belongs_to_another")


def may_raise(actor: Actor, pilot: Pilot) -> Verdict:
    """The office and those of the members."""
    verdict = actor.may(Permission.RUN_PILOTS)
    if not verdict or may_run(actor, pilot):
        return verdict
    return YES if takes_part(actor, pilot) else may_not("kernel.belongs_to_another")


def may_close(actor: Actor, step: RoundStep) -> Verdict:
    """Whoever owns the step, and the office."""
    return YES if owns(actor, step) else may_run(actor, step.round.pilot)


def owns(actor: Actor, step: RoundStep) -> bool:
    """Whether a step is one's own."""
    return actor.person is not None and step.owner_id == actor.person.pk


def takes_part(actor: Actor, pilot: Pilot) -> bool:
    """Whether one's organisation, or one below it, is a member."""
    own = actor.organisation
    return own is not None and any(
        one.organisation.path.startswith(own.path) for one in pilot.members.select_related("organisation")
    )


def can_name(name: dict[str, str]) -> Verdict:
    """In one language at least, and not too long."""
    given = [one.strip() for one in name.values() if one.strip()]
    fits = given and all(len(one) <= LONGEST_NAME for one in given)
    return YES if fits else not_now("pilots.no_name", most=LONGEST_NAME)


def can_go_on(pilot: Pilot) -> Verdict:
    """Until it has ended."""
    return YES if pilot.state == "running" else not_now("pilots.ended")


def can_still_change(row: PilotRound) -> Verdict:
    """Until the next round has begun."""
    begun = PilotRound.objects.filter(pilot=row.pilot_id, number__gt=row.number).exists()
    return not_now("pilots.next_round_begun") if begun else YES


def can_last(starts_on: date, ends_on: date | None) -> Verdict:
    """Some days."""
    return YES if ends_on is None or ends_on > starts_on else not_now("pilots.no_days")


def can_have(members: Sequence[Organisation], able: Iterable[Organisation]) -> Verdict:
    """Somebody takes part, not too many, and only those whom the office may ask."""
    if not members:
        return not_now("pilots.nobody")
    if len(members) > MOST_MEMBERS:
        return not_now("pilots.too_many", most=MOST_MEMBERS)
    known = {one.pk for one in able}
    strange = next((one for one in members if one.pk not in known), None)
    return YES if strange is None else not_now("pilots.not_a_member", name=strange.title.both())


def can_say(words: str) -> Verdict:
    """Something, and not too much."""
    given = words.strip()
    return YES if given and len(given) <= LONGEST_WORDS else not_now("pilots.no_words", most=LONGEST_WORDS)


def can_reason(because: str) -> Verdict:
    """Why, and not too long."""
    given = because.strip()
    return YES if given and len(given) <= LONGEST_WORDS else not_now("pilots.no_reason", most=LONGEST_WORDS)


def can_change(step: RoundStep) -> Verdict:
    """While the step is open; what a closed one rests on stays."""
    if not can_go_on(step.round.pilot):
        return can_go_on(step.round.pilot)
    return YES if step.state == STEP.start else not_now("pilots.step_closed")


def can_make(steps: Sequence[dict[str, Any]]) -> Verdict:
    """Between one and twelve steps, each with a name, keys that are keys, and lists that end."""
    if not 1 <= len(steps) <= MOST_STEPS:
        return not_now("pilots.steps_out_of_range", most=MOST_STEPS)
    for place, step in enumerate(steps, start=1):
        if not can_name(step["name"]):
            return not_now("pilots.step_without_name", place=place)
        if not 1 <= len(step["deliverables"]) <= MOST_LINES or len(step["inputs"]) > MOST_LINES:
            return not_now("pilots.step_lists", place=place, most=MOST_LINES)
        keys = [one["key"] for one in step["deliverables"]]
        if len(set(keys)) != len(keys) or not all(map(_is_key, [step["key"], *keys])):
            return not_now("pilots.step_keys", place=place)
    keys = [step["key"] for step in steps]
    return YES if len(set(keys)) == len(keys) else not_now("pilots.step_twice")


def _is_key(text: str) -> bool:
    return re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,58}", text) is not None
