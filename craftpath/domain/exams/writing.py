"""How the rows of new items and versions are filled: without locks, rights or facts, which are the actions' own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.exams.content import Content, has_key
from craftpath.domain.exams.faults import faults, pictures_in
from craftpath.domain.exams.models import Enemy, Item, ItemOutcome, ItemSkill, ItemVersion, Picture, Stimulus
from craftpath.domain.exams.queries import Tags
from craftpath.domain.programmes.queries import outcomes_known
from craftpath.domain.standards.queries import skills_by_key
from craftpath.values.verdict import YES, Refused, Verdict, not_now

if TYPE_CHECKING:
    from craftpath.kernel.access import Actor

_MARKUP = re.compile(r"!\[[^\]]*\]\([^)]*\)|[*`#$\\]|_{2,}")
LONGEST_WORDS = 4000


def words_of(content: Content) -> str:
    """What a search looks through: the stem in both languages, full width folded, without markup."""
    both = f"{content.stem.zh}\n{content.stem.en}" if content.stem.zh != content.stem.en else content.stem.zh
    plain = _MARKUP.sub(" ", unicodedata.normalize("NFKC", both)).casefold()
    return " ".join(plain.split())[:LONGEST_WORDS]


def can_store(content: Content) -> Verdict:
    """A yes, or the first thing that is wrong with it."""
    found = faults(content)
    return not_now(found[0].code, **found[0].facts) if found else YES


def require_pictures(contents: Iterable[Content]) -> None:
    """Every picture that a text names must be there and seen by the writer; one query."""
    wanted = frozenset().union(*(pictures_in(content) for content in contents))
    if wanted and Picture.objects.filter(public_id__in=wanted).count() < len(wanted):
        raise Refused(not_now("exams.picture_unknown"))


def stimuli_of(contents: Iterable[Content]) -> Mapping[str, Stimulus]:
    """public id → the stimuli that these refer to; refused if one is not there."""
    wanted = {content.stimulus for content in contents if content.stimulus}
    if not wanted:
        return {}
    found = {row.public_id: row for row in Stimulus.objects.filter(public_id__in=wanted)}
    if len(found) < len(wanted):
        raise Refused(not_now("exams.stimulus_unknown"))
    return found


def version_row(
    item: Item,
    number: int,
    content: Content,
    stimuli: Mapping[str, Stimulus],
    *,
    source: str = "",
    by: Actor,
    at: datetime,
) -> ItemVersion:
    """A version that is not saved yet."""
    return ItemVersion(
        item=item,
        number=number,
        stem=content.stem.as_json(),
        details=dict(content.details),
        points=content.points,
        rule=content.rule.value,
        explanation=content.explanation.as_json(),
        stimulus=stimuli.get(content.stimulus),
        fingerprint=content.fingerprint,
        source=source[:120],
        made_by=by.person,
        made_at=at,
    )


def show_newest(item: Item, version: ItemVersion | None, content: Content) -> None:
    """What the item repeats of its newest version."""
    item.newest, item.keyed, item.words = version, has_key(content), words_of(content)


def tag_rows(pairs: Sequence[tuple[Item, Tags]]) -> None:
    """Write the tags of these items anew; refused if one names what is not there. A handful of queries."""
    wanted = {pk for _, tags in pairs for pk in tags.outcomes}
    if wanted - outcomes_known(wanted):
        raise Refused(not_now("exams.outcome_unknown"))
    skills = {key for _, tags in pairs for key in tags.skills}
    if skills - set(skills_by_key(skills)):
        raise Refused(not_now("exams.skill_unknown"))
    named = {public_id for _, tags in pairs for public_id in tags.enemies}
    others = dict(Item.objects.filter(public_id__in=named).values_list("public_id", "pk")) if named else {}
    if missing := sorted(named - set(others)):
        raise Refused(not_now("exams.enemy_unknown", given=missing[0][:40]))
    ids = [item.pk for item, _ in pairs]
    ItemOutcome.objects.filter(item__in=ids).delete()
    ItemSkill.objects.filter(item__in=ids).delete()
    Enemy.objects.filter(first__in=ids).delete()
    Enemy.objects.filter(second__in=ids).delete()
    ItemOutcome.objects.bulk_create(
        ItemOutcome(item=item, outcome_id=pk) for item, tags in pairs for pk in dict.fromkeys(tags.outcomes)
    )
    ItemSkill.objects.bulk_create(
        ItemSkill(item=item, key=key) for item, tags in pairs for key in dict.fromkeys(tags.skills)
    )
    both = {
        (min(item.pk, others[one]), max(item.pk, others[one]))
        for item, tags in pairs
        for one in tags.enemies
        if others[one] != item.pk
    }
    Enemy.objects.bulk_create(Enemy(first_id=first, second_id=second) for first, second in sorted(both))


def with_tags(item: Item, tags: Tags) -> Item:
    """The columns of an item that its tags fill."""
    if tags.expected_p is not None and not 0 <= tags.expected_p <= 1:
        raise Refused(not_now("exams.expected_p_outside"))
    item.difficulty, item.expected_p = tags.difficulty, tags.expected_p
    item.seconds, item.exposure_limit = tags.seconds, tags.exposure_limit
    return item
