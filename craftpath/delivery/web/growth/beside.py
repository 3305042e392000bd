"""What stands beside a skill in other frameworks, and how many proofs of it there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.standards.queries import equivalents, lists, skills_by_key, ties_of
from craftpath.domain.standards.texts import MATCHES

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort


@dataclass(frozen=True, slots=True)
class Beside:
    """A skill of another framework that a crosswalk ties to this one, and how many proofs of it there are."""

    key: str
    name: str
    framework: str
    says: str
    n: int
    counts: bool


def beside(skill: str, proofs: Mapping[str, int], cohort: Cohort) -> list[Beside]:
    """The skills of lists that the reader sees to which this one is tied, the closest first; three queries.

    Ties are those by which levels are reckoned, so that what is said to count does.
    """
    likes = equivalents([skill], ties_of(cohort.organisation)).get(skill, [])
    seen = {one.key for one in lists()}
    named = skills_by_key(like.key for like in likes)
    return [
        Beside(
            like.key, text(named[like.key].name), text(named[like.key].framework.name),
            str(MATCHES[like.kind]), proofs.get(like.key, 0), like.kind == "exact",
        )
        for like in likes
        if like.key in named and like.framework in seen
    ]  # fmt: skip
