"""What outside evidence says of skills."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from craftpath.domain.activity.queries import voided_among
from craftpath.domain.apprenticeships.groups import Group
from craftpath.domain.outside.models import WHOLE, OutsideEvidence


@dataclass(frozen=True, slots=True)
class Measured:
    """Something that a program saw; `share` is from 0 to 1, None where it said nothing of how well."""

    enrolment: int
    skill: str
    on: date
    public_id: str
    about: dict[str, str]
    share: float | None
    program: str


def measured(group: Group) -> Iterator[Measured]:
    """Outside evidence of these apprentices, without what was voided since, whoever asks; two queries."""
    rows = OutsideEvidence._base_manager.filter(group.at("enrolment")).order_by("pk")
    told = list(
        rows.values_list(
            "statement",
            "enrolment_id",
            "mapping__skill",
            "on",
            "public_id",
            "about",
            "score",
            "mapping__client__name",
        )
    )
    voided = voided_among([row[0] for row in told])
    for statement, enrolment, skill, on, public_id, about, score, program in told:
        if enrolment in group and statement not in voided:
            share = None if score is None else score / WHOLE
            yield Measured(enrolment, skill, on, public_id, about, share, program)
