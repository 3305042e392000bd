"""Who keeps, sees, marks and merges resources, and what one needs before it is shared."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from craftpath.domain.resources.models import (
    LONGEST_ABSTRACT,
    LONGEST_LINE,
    LONGEST_LINK,
    LONGEST_REASON,
    LONGEST_TITLE,
    Resource,
    Version,
)
from craftpath.domain.resources.states import CRITERIA, KINDS, LANGUAGES, LICENCES, REACHES
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.link import plain_link
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.resources.sharing import Details

__all__ = ["LONGEST_ABSTRACT", "LONGEST_LINE", "LONGEST_LINK", "LONGEST_REASON", "LONGEST_TITLE"]

MOST_BYTES = 100 * 2**20
MOST_AT_ONCE = 20
MOST_SKILLS = 12
MOST_SOURCES = 20
_CALLED = ("http://", "https://")


def may_keep(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever drops files and shares them there."""
    return actor.may_at(Permission.KEEP_RESOURCES, organisation)


def may_tend(actor: Actor, organisation: Organisation) -> Verdict:
    """The office: it recommends, merges doubles and reads other catalogues."""
    return actor.may_at(Permission.TEND_RESOURCES, organisation)


def is_maker(actor: Actor, resource: Resource) -> bool:
    """Whether the actor brought it in."""
    return actor.person is not None and resource.made_by_id == actor.person.pk


def may_change(actor: Actor, resource: Resource) -> Verdict:
    """Whoever brought it in, as long as they keep resources there, and the office."""
    if is_maker(actor, resource):
        return may_keep(actor, resource.organisation)
    return may_tend(actor, resource.organisation)


def may_see(actor: Actor, resource: Resource) -> Verdict:
    """What is, or was, shared everybody whom the scope shows it; a draft and what was discarded its keepers."""
    if resource.state in ("shared", "retired", "merged"):
        return YES
    return may_change(actor, resource)


def may_review(actor: Actor, resource: Resource) -> Verdict:
    """A second person who keeps resources where the reader is."""
    if actor.organisation is None or not actor.may(Permission.KEEP_RESOURCES):
        return may_not("kernel.role_lacks", permission=Permission.KEEP_RESOURCES.value)
    return may_not("resources.own_work") if is_maker(actor, resource) else YES


def can_review(resource: Resource, holds: Collection[str], words: str) -> Verdict:
    """Criteria that there are; where one does not hold, some words why."""
    if resource.state != "shared" or resource.current is None:
        return not_now("resources.not_shared")
    if not set(holds) <= set(CRITERIA):
        return not_now("resources.criterion_unknown")
    if set(holds) != set(CRITERIA) and not words.strip():
        return not_now("resources.say_what_lacks")
    return YES if len(words) <= LONGEST_REASON else not_now("resources.too_long", most=LONGEST_REASON)


def can_star(actor: Actor, resource: Resource, stars: int) -> Verdict:
    """Somebody, from one to five, of what others brought in."""
    if actor.person is None:
        return may_not("kernel.role_lacks", permission="")
    if is_maker(actor, resource):
        return may_not("resources.own_stars")
    if resource.state != "shared":
        return not_now("resources.not_shared")
    return YES if 1 <= stars <= 5 else not_now("resources.stars_of_five")


def small_enough(size: int) -> Verdict:
    """Whether a file of so many bytes is taken."""
    return YES if size <= MOST_BYTES else not_now("resources.too_big", megabytes=MOST_BYTES // 2**20)


def can_link(link: str) -> Verdict:
    """An address of the web."""
    plain = len(link) <= LONGEST_LINK and not any(ord(one) <= 32 for one in link)
    fits = plain and link.startswith(_CALLED) and plain_link(link)
    return YES if fits else not_now("resources.link_unfit")


def can_say(details: Details) -> Verdict:
    """A title, a kind and a licence; words that fit."""
    titles = (details.title.zh, details.title.en)
    if not any(one.strip() for one in titles) or max(map(len, titles)) > LONGEST_TITLE:
        return not_now("resources.untitled", most=LONGEST_TITLE)
    if max(len(details.abstract.zh), len(details.abstract.en)) > LONGEST_ABSTRACT:
        return not_now("resources.too_long", most=LONGEST_ABSTRACT)
    lines = (details.authors, details.audience, details.keywords, details.licence_words)
    if max(map(len, lines)) > LONGEST_LINE:
        return not_now("resources.too_long", most=LONGEST_LINE)
    return (
        YES if details.kind in KINDS and details.language in LANGUAGES else not_now("resources.kind_unknown")
    )


def can_license(details: Details) -> Verdict:
    """A licence that is known; leave that is explained; nothing open to all that may not leave the house."""
    if details.licence not in LICENCES:
        return not_now("resources.licence_missing")
    if details.licence == "permitted" and not details.licence_words.strip():
        return not_now("resources.leave_unsaid")
    if details.reach not in REACHES:
        return not_now("resources.reach_unknown")
    if details.reach == "public" and not LICENCES[details.licence].pass_on:
        return not_now("resources.licence_keeps_in")
    return YES


def can_tag(skills: Collection[str], known: Collection[str]) -> Verdict:
    """A few skills that a list of the reader's knows."""
    if len(skills) > MOST_SKILLS:
        return not_now("resources.too_many_skills", most=MOST_SKILLS)
    return YES if set(skills) <= set(known) else not_now("resources.skill_unknown")


def can_share(resource: Resource, version: Version | None) -> Verdict:
    """A draft whose file was read, or a link."""
    if resource.state != "draft":
        return not_now("resources.not_a_draft")
    if version is None or version.state == "refused":
        return not_now("resources.nothing_to_share")
    return YES if version.state == "ready" else not_now("resources.still_read")


def may_pass_on(resource: Resource) -> Verdict:
    """Whether its licence lets it leave the house: in an export, in a catalogue, on a public page."""
    licence = LICENCES.get(resource.licence)
    return YES if licence is not None and licence.pass_on else not_now("resources.licence_keeps_in")
