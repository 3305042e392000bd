"""Who opens and leads lists, who reads along, and what a text needs before its words may stand here."""

from __future__ import annotations

from craftpath.domain.forums.rules import can_call, may_ask
from craftpath.domain.reading.models import (
    LONGEST_BODY,
    LONGEST_LINE,
    LONGEST_LINK,
    LONGEST_NOTE,
    LONGEST_QUOTE,
    LONGEST_TITLE,
    MOST_MINUTES,
    MOST_PAGES,
    Note,
    ReadingList,
)
from craftpath.domain.reading.states import COPYABLE, LICENCES
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now

__all__ = ["LONGEST_BODY", "LONGEST_LINE", "LONGEST_LINK", "LONGEST_NOTE", "LONGEST_QUOTE", "LONGEST_TITLE",
    "MOST_MINUTES", "MOST_PAGES", "can_call", "may_ask"]  # fmt: skip


def may_open(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever hosts forums at the organisation."""
    return actor.may_at(Permission.HOST_FORUMS, organisation)


def may_lead(actor: Actor, row: ReadingList) -> Verdict:
    """Who leads it, and whoever hosts forums at its organisation."""
    if actor.person is not None and row.keeper_id == actor.person.pk:
        return YES
    return YES if may_open(actor, row.organisation) else may_not("reading.not_the_keeper")


def can_read(row: ReadingList) -> Verdict:
    """While it is open."""
    return YES if row.state == "open" else not_now("reading.closed")


def can_stand(*, body: str, link: str, source: str, licence: str, licence_words: str) -> Verdict:
    """A licence; the words only with the right to copy them; else where the text is found."""
    if licence not in LICENCES:
        return not_now("reading.licence_missing")
    if body and licence not in COPYABLE:
        return not_now("reading.may_not_be_copied")
    if licence == "permitted" and not licence_words:
        return not_now("reading.permission_unsaid")
    if not (body or link or source):
        return not_now("reading.nowhere")
    if len(body) > LONGEST_BODY:
        return not_now("questions.too_long", most=LONGEST_BODY)
    fits = max(len(source), len(licence_words)) <= LONGEST_LINE
    return YES if fits else not_now("questions.too_long", most=LONGEST_LINE)


def can_be_called(author: str, step: str) -> Verdict:
    """An author and a part that fit."""
    fits = len(author) <= LONGEST_TITLE and len(step) <= LONGEST_LINE
    return YES if fits else not_now("questions.too_long", most=LONGEST_TITLE)


def can_note(quote: str, words: str) -> Verdict:
    """A few words; a quote that is one."""
    if len(quote) > LONGEST_QUOTE:
        return not_now("reading.quote_too_long", most=LONGEST_QUOTE)
    if not words:
        return not_now("questions.empty")
    return YES if len(words) <= LONGEST_NOTE else not_now("questions.too_long", most=LONGEST_NOTE)


def can_count(pages: int, minutes: int, sentence: str) -> Verdict:
    """Figures that somebody can have read."""
    if not (0 <= pages <= MOST_PAGES and 0 <= minutes <= MOST_MINUTES):
        return not_now("reading.figures_odd", pages=MOST_PAGES, minutes=MOST_MINUTES)
    return YES if len(sentence) <= LONGEST_LINE else not_now("questions.too_long", most=LONGEST_LINE)


def may_change(actor: Actor, note: Note) -> Verdict:
    """Whoever wrote it."""
    own = actor.person is not None and note.person_id == actor.person.pk
    return YES if own else may_not("questions.not_own")
