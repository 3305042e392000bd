"""A layout filled by the worker: one file for each person, or one list of everybody, as a print run packs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import translation

from craftpath.delivery.exchange import layout_kinds
from craftpath.delivery.exchange.book import SheetRefused
from craftpath.delivery.exchange.layout_sources import Source, source_of
from craftpath.delivery.exchange.printouts.naming import safe
from craftpath.kernel.access import Actor
from craftpath.kernel.layouts import can_fill, layouts, serves
from craftpath.values.verdict import Refused, Verdict, not_now, require

if TYPE_CHECKING:
    from craftpath.delivery.exchange.printouts.batches import Wanted

OWN_FORM = "own_form"
EACH, LIST = "each", "list"
MOST = 2_000
"""Files in one run."""


@dataclass(frozen=True, slots=True)
class Filled:
    """One file that came of it, or why there is none: whose, its name, its bytes."""

    number: str
    person: str
    name: str
    content: bytes = b""
    fault: Verdict | None = None


@dataclass(frozen=True, slots=True)
class OwnForm:
    """An office's form on its way through a run: how many files there will be, and the files."""

    title: str
    total: int
    files: Iterator[Filled]


def own_form(wanted: Wanted, *, by: Actor, today: date) -> OwnForm:
    """Everything looked up as whoever asked sees it at this moment; refused where they see it no more."""
    language = "en" if wanted.language == "en" else "zh-hans"
    with translation.override(language):
        source = source_of("evaluation", wanted.evaluation, wanted.query, by=by, today=today)
    layout = layouts().filter(public_id=wanted.layout).exclude(state="tried").first()
    if source is None or layout is None or not serves(layout, source.organisation):
        raise Refused(not_now("kernel.print_without_role"))
    require(can_fill(layout))
    if not source.values.people:
        raise Refused(not_now("exchange.nothing_to_print"))
    if wanted.which == EACH and len(source.values.people) > MOST:
        raise Refused(not_now("exchange.too_many_to_print", most=MOST))
    content = layout.file.bytes()
    title = f"{layout.name}-{source.title}"
    kind = layout_kinds.kind_of(content)
    if wanted.which != EACH:
        return OwnForm(title, 1, _listed(content, source, f"{safe(title)}.{kind}", language))
    files = _each(content, source, f"{safe(layout.name)}.{kind}", language)
    return OwnForm(title, len(source.values.people), files)


def _listed(content: bytes, source: Source, name: str, language: str) -> Iterator[Filled]:
    with translation.override(language):
        try:
            yield Filled("", source.title, name, layout_kinds.fill(content, source.names, source.values))
        except SheetRefused as refused:
            yield Filled("", source.title, name, fault=not_now(refused.code, **refused.facts))


def _each(content: bytes, source: Source, ending: str, language: str) -> Iterator[Filled]:
    for person in source.values.people:
        number, called = str(person.get("number") or ""), str(person.get("name") or "")
        name = f"{safe(number)}_{safe(called)}_{ending}"
        with translation.override(language):
            try:
                made = layout_kinds.fill_one(content, source.names, source.values, person)
            except SheetRefused as refused:
                yield Filled(number, called, name, fault=not_now(refused.code, **refused.facts))
            else:
                yield Filled(number, called, name, made)
