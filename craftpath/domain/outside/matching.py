"""Does a statement count by a mapping, with which score, and who is it about?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from craftpath.domain.activity.queries import Line
from craftpath.domain.activity.trusting import people_named
from craftpath.domain.apprenticeships.everybody import running_of
from craftpath.domain.outside.models import WHOLE, Mapping
from craftpath.engines.xapi.finding import identity
from craftpath.engines.xapi.values import a_moment
from craftpath.kernel.people import Person


@dataclass(frozen=True, slots=True)
class Match:
    """A statement that a mapping speaks of; `enough` whether it counts, `enrolment` for whom, if for anybody.

    `who` is the name in the record of an apprentice of the organisation; of anybody else, what the statement says.
    """

    row: UUID
    on: date
    who: str
    about: dict[str, str]
    score: int | None
    enough: bool
    person: int | None
    enrolment: int | None


def matches(mapping: Mapping, lines: Iterable[Line]) -> list[Match]:
    """Those of its client's and verb's statements that are about its activity, with whom they name; three questions."""
    told = [(line.row, said) for line in lines if _about(mapping, said := json.loads(line.text))]
    people = people_named({own for _row, said in told if (own := identity(said["actor"]))})
    running = running_of(people.values(), mapping.organisation)
    names = dict(Person.objects.filter(pk__in=list(running)).values_list("pk", "name"))
    return [_match(mapping, row, said, people, running, names) for row, said in told]


def _about(mapping: Mapping, said: dict[str, Any]) -> bool:
    about = said["object"]
    if about.get("objectType", "Activity") != "Activity":
        return False
    iri = str(about["id"])
    return (
        iri.startswith(mapping.activity)
        if mapping.begins or not mapping.activity
        else iri == mapping.activity
    )


def _match(
    mapping: Mapping,
    row: UUID,
    said: dict[str, Any],
    people: dict[str, int],
    running: dict[int, int],
    names: dict[int, str],
) -> Match:
    own = identity(said["actor"]) or ""
    result = said.get("result", {})
    score = score_of(result)
    enough = (mapping.least is None or (score is not None and score >= mapping.least)) and (
        not mapping.needs_success or result.get("success") is True
    )
    person = people.get(own)
    zone = ZoneInfo(mapping.organisation.time_zone)
    return Match(
        row=row,
        on=a_moment(said["timestamp"], "timestamp").astimezone(zone).date(),
        who=names.get(person or 0) or str(said["actor"].get("name") or _without_kind(own)),
        about=_named(said["object"]),
        score=score,
        enough=enough,
        person=person,
        enrolment=running.get(person) if person is not None else None,
    )


def _without_kind(own: str) -> str:
    """An identity as one reads it: the bare mailbox, the bare account or address."""
    return own.partition(" ")[2].removeprefix("mailto:")


def score_of(result: dict[str, Any]) -> int | None:
    """The score in ten-thousandths of the whole: as it was scaled, else where it lies between least and most."""
    score = result.get("score", {})
    share = score.get("scaled")
    if share is None and "raw" in score and "max" in score:
        low = score.get("min", 0)
        share = (score["raw"] - low) / (score["max"] - low) if score["max"] > low else None
    return None if share is None else max(0, min(WHOLE, round(share * WHOLE)))


def _named(activity: dict[str, Any]) -> dict[str, str]:
    """What an activity is called, in the two languages of this site; else its identifier."""
    texts: dict[str, str] = activity.get("definition", {}).get("name", {})
    zh = next((text for tag, text in texts.items() if tag.lower().startswith("zh")), "")
    en = next((text for tag, text in texts.items() if tag.lower().startswith("en")), "")
    other = zh or en or next(iter(texts.values()), "") or str(activity["id"])
    return {"zh": (zh or other)[:200], "en": (en or other)[:200]}


def counting(found: Sequence[Match]) -> list[Match]:
    """Those that count for somebody."""
    return [one for one in found if one.enough and one.enrolment is not None]
