"""Who reads figures, who publishes them and who hands them over."""

from __future__ import annotations

import re
from datetime import datetime

from craftpath.domain.insight.models.handing import LONGEST_PURPOSE, LONGEST_RECEIVER
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, not_now

COUNTY = re.compile(r"[0-9]{6}")
LONGEST_SOURCE = 120


def may_see(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever sees figures, of the own organisation and of those below it."""
    return actor.may_at(Permission.SEE_FIGURES, organisation)


def may_publish(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever publishes figures there; the county is said by the same people."""
    return actor.may_at(Permission.PUBLISH_FIGURES, organisation)


def may_hand_over(actor: Actor, organisation: Organisation) -> Verdict:
    """An officer or administrator, of the own organisation and those below it; roll-ups are taken in by the same."""
    return actor.may_at(Permission.HAND_FIGURES_OVER, organisation)


def can_be_county(code: str) -> Verdict:
    """Six digits; which of them exist the state decides, not this program."""
    return YES if COUNTY.fullmatch(code) else not_now("insight.wrong_county")


def can_ask(receiver: str, purpose: str) -> Verdict:
    """Somebody receives it, for something."""
    if not 0 < len(receiver.strip()) <= LONGEST_RECEIVER:
        return not_now("insight.say_to_whom", most=LONGEST_RECEIVER)
    if not 0 < len(purpose.strip()) <= LONGEST_PURPOSE:
        return not_now("insight.say_what_for", most=LONGEST_PURPOSE)
    return YES


def can_take(source: str, made_at: datetime, figures: int, at: datetime) -> Verdict:
    """It has figures, says whence they are, and was made before now."""
    if not 0 < len(source.strip()) <= LONGEST_SOURCE:
        return not_now("insight.say_the_source", most=LONGEST_SOURCE)
    if made_at > at:
        return not_now("insight.from_the_future")
    return YES if figures else not_now("insight.no_figures")
