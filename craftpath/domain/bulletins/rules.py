"""Who makes, reviews and answers, and what a bulletin needs before it is published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from craftpath.domain.bulletins.measuring import Over, too_long
from craftpath.domain.bulletins.models import LONGEST_NAME, LONGEST_REASON, PURPOSE, Bulletin, Voice
from craftpath.domain.bulletins.places import (
    BY_KEY,
    DATES,
    IMPRINT,
    MASTHEAD,
    MOST_VOICES,
    PICTURE,
    PLACES,
    SAID,
    VOICE_ABOUT,
    VOICE_WORDS,
    WORDS,
    shape_of,
    spoken_in,
)
from craftpath.domain.bulletins.states import LANGUAGES, THEMES
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.pilots.models import Pilot

__all__ = ["LONGEST_NAME", "LONGEST_REASON", "PURPOSE"]

MOST_LETTERS = 4000
"""Letters that a field keeps at all: more than fits, so that nothing that was pasted is lost, and no more."""
MOST_DAYS = 400
MOST_NUMBER = 99_999


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing at a place, as a key of `texts.LACKS`, and in which language."""

    place: str
    what: str
    spoken: str = ""


def may_make(actor: Actor, organisation: Organisation) -> Verdict:
    """The office."""
    return actor.may_at(Permission.MAKE_BULLETINS, organisation)


def may_publish(actor: Actor, bulletin: Bulletin) -> Verdict:
    """Somebody of the office besides whoever handed it in."""
    verdict = may_make(actor, bulletin.organisation)
    if verdict and (actor.person is None or bulletin.handed_by_id == actor.person.pk):
        return may_not("bulletins.second_person")
    return verdict


def can_write(bulletin: Bulletin) -> Verdict:
    """Only a draft changes."""
    return YES if bulletin.state == "draft" else not_now("bulletins.not_a_draft")


def can_begin(number: int, since: date, until: date, pilot: Pilot | None, place: Organisation) -> Verdict:
    """A number, some days, and a pilot that the office looks after."""
    if not 1 <= number <= MOST_NUMBER:
        return not_now("bulletins.number_unclear", most=MOST_NUMBER)
    if pilot is not None and pilot.organisation_id != place.pk:
        return not_now("bulletins.pilot_of_another")
    return can_tell_of(since, until)


def can_tell_of(since: date, until: date) -> Verdict:
    """A period of some days and at most a year."""
    if until < since or (until - since).days > MOST_DAYS:
        return not_now("bulletins.period_unclear", days=MOST_DAYS)
    return YES


def can_look(language: str, theme: str) -> Verdict:
    """Languages and colours that there are."""
    return YES if language in LANGUAGES and theme in THEMES else not_now("bulletins.look_unknown")


def can_reason(words: str) -> Verdict:
    """A reason in some words."""
    size = len(words.strip())
    return YES if 0 < size <= LONGEST_REASON else not_now("bulletins.reason_missing", most=LONGEST_REASON)


def can_name(name: str) -> Verdict:
    """A name."""
    size = len(name.strip())
    return YES if 0 < size <= LONGEST_NAME else not_now("bulletins.name_missing", most=LONGEST_NAME)


def can_keep(texts: Iterable[str]) -> Verdict:
    """Nothing that no sheet could ever hold."""
    longest = max(map(len, texts), default=0)
    return YES if longest <= MOST_LETTERS else not_now("bulletins.far_too_long", most=MOST_LETTERS)


def can_quote(words: Mapping[str, str]) -> Verdict:
    """Some words, as many as the place holds in one language alone."""
    if not any(words.get(one, "").strip() for one in SAID):
        return not_now("bulletins.voice_without_words")
    for spoken in SAID:
        over = too_long("voices", VOICE_WORDS, words.get(spoken, ""), spoken)
        if over is not None:
            return not_now("bulletins.voice_too_long", letters=over.letters)
    return YES


def may_answer(actor: Actor, voice: Voice) -> Verdict:
    """Whose words they are; nobody else, whatever the office."""
    if voice.person_id is None or actor.person is None or actor.person.pk != voice.person_id:
        return may_not("bulletins.not_your_words")
    return YES


def overs(language: str, blocks: Mapping[str, Mapping[str, Any]], voices: Iterable[Voice]) -> list[Over]:
    """What does not fit on two sheets, place by place."""
    found: list[Over | None] = []
    for spoken in spoken_in(language):
        shape = shape_of(language, spoken)
        for place in PLACES:
            content = blocks.get(place.key, {})
            for field in place.fields:
                for words in _words(place.kind, content, field.name, spoken):
                    found.append(too_long(place.key, field, words, shape))
        for voice in voices:
            found.append(too_long("voices", VOICE_WORDS, voice.words.get(spoken, ""), shape))
            found.append(too_long("voices", VOICE_ABOUT, voice.about.get(spoken, ""), shape))
    return [one for one in found if one is not None]


def _words(kind: str, content: Mapping[str, Any], name: str, spoken: str) -> list[str]:
    if kind == DATES:
        return [line.get("what", {}).get(spoken, "") for line in content.get("lines", [])]
    return [content.get(name, {}).get(spoken, "")]


def lacks(language: str, blocks: Mapping[str, Mapping[str, Any]], pictures: Mapping[str, bool]) -> list[Lack]:
    """What is missing: words in a language, what a picture shows, whether the people on it agreed."""
    found = []
    for place in PLACES:
        content = blocks.get(place.key, {})
        if place.kind == PICTURE:
            if pictures.get(place.key):
                found += _lacks_of_picture(place.key, content, language)
            continue
        if place.kind not in (WORDS, MASTHEAD, IMPRINT):
            continue
        needed = _needed(place.key)
        some = place.needed or any(
            content.get(name, {}).get(spoken, "").strip() for name in needed for spoken in SAID
        )
        if not some:
            continue  # a place that stays empty is left out
        found += [
            Lack(place.key, name, spoken)
            for name in needed
            for spoken in spoken_in(language)
            if not content.get(name, {}).get(spoken, "").strip()
        ]
    return found


def _needed(place: str) -> tuple[str, ...]:
    return tuple(field.name for field in BY_KEY[place].fields if field.name != "motto")


def _lacks_of_picture(place: str, content: Mapping[str, Any], language: str) -> list[Lack]:
    found = [
        Lack(place, "alt", spoken)
        for spoken in spoken_in(language)
        if not content.get("alt", {}).get(spoken, "").strip()
    ]
    if content.get("people") not in ("nobody", "agreed"):
        found.append(Lack(place, "people"))
    elif content["people"] == "agreed" and not content.get("agreed", "").strip():
        found.append(Lack(place, "agreed"))
    return found


def can_hand_in(
    language: str,
    blocks: Mapping[str, Mapping[str, Any]],
    pictures: Mapping[str, bool],
    voices: Iterable[Voice],
) -> Verdict:
    """Nothing is missing, and everything fits."""
    if lacks(language, blocks, pictures):
        return not_now("bulletins.incomplete")
    over = overs(language, blocks, voices)
    if over:
        return not_now("bulletins.too_long", lines=over[0].lines, letters=over[0].letters)
    return YES


def can_publish(placed: Iterable[Voice], agreeing: Iterable[Voice]) -> Verdict:
    """Everybody whose words stand on it agrees now."""
    agreed = {voice.pk for voice in agreeing}
    for voice in placed:
        if voice.pk not in agreed:
            return not_now("bulletins.voice_not_agreed", name=voice.name)
    return YES


def can_place(placed: int) -> Verdict:
    """As many voices as there is room for."""
    return YES if placed < MOST_VOICES else not_now("bulletins.voices_full", most=MOST_VOICES)
