"""What a unit may say in a session. Every rule has a code of its own; the first that is broken is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from craftpath.engines.cmi5.launches import Launch
from craftpath.engines.cmi5.words import (
    DEFINED,
    MASTERY,
    MOVE_ON,
    PLATFORMS_VERBS,
    SESSION,
    UNITS_VERBS,
    VOIDED,
)

Json = dict[str, Any]
JUDGING = ("completed", "passed", "failed")
_UTC = re.compile(r".*(?:Z|[+]00(?::?00)?)", re.ASCII | re.DOTALL)
_IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")


@dataclass(slots=True)
class Past:
    """What is known before a statement: what was said in this session and in all of the registration."""

    session: set[str] = field(default_factory=set)
    registration: set[str] = field(default_factory=set)
    data_read: bool = False
    preferences_read: bool = False

    def note(self, verb: str) -> None:
        """The unit has said so now."""
        if verb:
            self.session.add(verb)
            self.registration.add(verb)


def verb_of(statement: Json) -> str:
    """The verb by its short name, if this is a statement as the standard defines it; otherwise ""."""
    if DEFINED not in set(_activities(statement, "category")):
        return ""
    return UNITS_VERBS.get(statement["verb"]["id"], "")


def wrong_with(statement: Json, launch: Launch, past: Past) -> str:
    """The rule that a well-formed statement breaks in this session; "" if it keeps all."""
    return next(_broken(statement, launch, past), "")


def _broken(statement: Json, launch: Launch, past: Past) -> Iterator[str]:
    context = statement.get("context", {})
    said = context.get("extensions", {})
    if "terminated" in past.session:
        yield "after_terminated"
    if statement["verb"]["id"] == VOIDED:
        yield "voids"
    if not statement.get("id"):
        yield "without_id"
    if not _UTC.fullmatch(statement.get("timestamp", "")):
        yield "not_utc"
    if not _same_agent(statement["actor"], launch.actor):
        yield "actor_other"
    if str(context.get("registration", "")).lower() != launch.registration.lower():
        yield "registration_other"
    if said.get(SESSION) != launch.session:
        yield "session_other"
    if launch.unit.publisher_id not in set(_activities(statement, "grouping")):
        yield "template_missing"
    verb = verb_of(statement)
    if verb != "initialized" and "initialized" not in past.session:
        yield "not_initialized"
    categories = set(_activities(statement, "category"))
    if (MOVE_ON in categories) != (verb in JUDGING):
        yield "move_on_category"
    if DEFINED in categories:
        yield from _defined(statement, verb, launch, past)


def _defined(statement: Json, verb: str, launch: Launch, past: Past) -> Iterator[str]:
    """A statement as the standard defines it."""
    if not verb:
        yield "platforms_verb" if statement["verb"]["id"] in PLATFORMS_VERBS else "verb_unknown"
    if statement["object"].get("objectType", "Activity") != "Activity" or (
        statement["object"]["id"] != launch.unit.activity_id
    ):
        yield "object_other"
    yield from _in_order(verb, launch, past)
    yield from _result(statement.get("result", {}), verb)
    yield from _mastery(statement, verb, launch.unit.mastery)


def _in_order(verb: str, launch: Launch, past: Past) -> Iterator[str]:
    if verb == "initialized":
        if not past.data_read:
            yield "data_unread"
        if not past.preferences_read:
            yield "preferences_unread"
    if verb in JUDGING and launch.mode != "Normal":
        yield "only_looking"
    if verb in past.session:
        yield "said_before"
    if verb in ("completed", "passed") and verb in past.registration:
        yield "said_in_registration"
    if verb == "failed" and "passed" in past.registration:
        yield "failed_after_passed"
    if verb == "passed" and "failed" in past.session:
        yield "passed_after_failed"


def _result(result: Json, verb: str) -> Iterator[str]:
    if "score" in result and verb not in ("passed", "failed"):
        yield "score_unfit"
    if result.get("completion") is not (True if verb == "completed" else None):
        yield "completion_unfit"
    if result.get("success") is not {"passed": True, "failed": False}.get(verb):
        yield "success_unfit"
    if verb in (*JUDGING, "terminated") and "duration" not in result:
        yield "duration_missing"
    score = result.get("score", {})
    if "raw" in score and not ("min" in score and "max" in score):
        yield "raw_without_bounds"


def _mastery(statement: Json, verb: str, mastery: float | None) -> Iterator[str]:
    if verb not in ("passed", "failed") or mastery is None:
        return
    scaled = statement.get("result", {}).get("score", {}).get("scaled")
    told = statement["context"].get("extensions", {}).get(MASTERY)
    if (told is None and scaled is not None) or (told is not None and told != mastery):
        yield "mastery_other"
    if scaled is not None and (scaled >= mastery) != (verb == "passed"):
        yield "mastery_score"


def _activities(statement: Json, where: str) -> Iterator[str]:
    held = statement.get("context", {}).get("contextActivities", {}).get(where, [])
    for one in held if isinstance(held, list) else [held]:
        yield one["id"]


def _same_agent(one: Json, other: Json) -> bool:
    """Whether two are the same agent, whatever they are called."""
    if one.get("objectType", "Agent") != "Agent":
        return False
    return [one.get(name) for name in _IDENTIFIERS] == [other.get(name) for name in _IDENTIFIERS]
