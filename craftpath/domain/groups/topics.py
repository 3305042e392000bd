"""What somebody can show others and wants to learn: said at once, for both."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.queries import hold
from craftpath.domain.groups import rules
from craftpath.domain.groups.facts import TopicsSaid
from craftpath.domain.groups.models import LONGEST_TOPIC, Topic
from craftpath.domain.questions.wording import clean
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

Said = tuple[str, str, str]
"""(offers or wants, key of a skill or nothing, words of one's own)"""


def print_of(skill: str, words: str) -> str:
    """What two must share to be about the same thing: the skill, else the words without space, width and capitals."""
    if skill:
        return f"skill:{skill}"
    return "".join(unicodedata.normalize("NFKC", words).casefold().split())


@action
def say_topics(enrolment: Enrolment, said: Iterable[Said], *, by: Actor, at: datetime) -> list[Topic]:
    """Say what one can show and wants to learn, instead of what was said before. The same changes nothing."""
    require(rules.may_study(by))
    if by.person is None or enrolment.person_id != by.person.pk or enrolment.state == "ended":
        raise Refused(may_not("groups.learns_nowhere"))
    hold([enrolment.pk])
    wanted: dict[tuple[str, str], Topic] = {}
    for kind, skill, words in said:
        words = " ".join(clean(words).split())
        if not skill and not words:
            continue
        if kind not in ("offers", "wants"):
            raise Refused(not_now("groups.choice_unknown"))
        if len(words) > LONGEST_TOPIC:
            raise Refused(not_now("groups.too_long", most=LONGEST_TOPIC))
        about = print_of(skill, words)
        wanted[kind, about] = Topic(
            enrolment=enrolment, person=by.person, kind=kind, skill=skill, words="" if skill else words,
            print=about, said_at=at,
        )  # fmt: skip
    count = {kind: sum(one == kind for one, _key in wanted) for kind in ("offers", "wants")}
    if max(count.values()) > rules.MOST_TOPICS:
        raise Refused(not_now("groups.too_many_topics", most=rules.MOST_TOPICS))
    known = {(row.kind, row.print): row for row in Topic._base_manager.filter(enrolment=enrolment)}
    if known.keys() == wanted.keys():
        return list(known.values())
    for gone in known.keys() - wanted.keys():
        known[gone].delete()
    Topic._base_manager.bulk_create(row for key, row in wanted.items() if key not in known)
    ref = Ref("apprenticeships", "enrolment", enrolment.public_id)
    tell(TopicsSaid(**count), by=by, at=at, organisation=enrolment.cohort.organisation, subject=ref)
    return list(Topic._base_manager.filter(enrolment=enrolment))
