"""Blocks and checks of a bulletin in words, for the editor and for what it says while one writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.exchange.bulletins.sheet import Quote, Sheet, counted
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.bulletins import queries, rules
from craftpath.domain.bulletins.places import (
    BY_KEY,
    CHART,
    DATES,
    FIGURES,
    MOST_DATES,
    MOST_FIGURES,
    PICTURE,
    PLACES,
    SAID,
    VOICES,
    Place,
    spoken_in,
)
from craftpath.domain.bulletins.texts import FIELDS, PEOPLE, SPOKEN
from craftpath.domain.bulletins.texts import PLACES as NAMES
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.bulletins.models import Block, Bulletin, Voice

TAGS = {"zh": "zh-hans", "en": "en"}
_LONG = frozenset({"body"})


def sheet_in_page(
    request: Request, row: Bulletin, content: Mapping[str, Any], spoken: Sequence[Voice]
) -> Sheet:
    """The sheets as the editor shows them: pictures by their addresses here, every voice that is placed."""

    def address(key: str) -> str:
        return reverse("bulletins:shown", args=[request.organisation.key, row.public_id, key])

    return Sheet(content, [Quote.of(one) for one in spoken if one.placed], picture=address)


def html(sheet: Sheet, place: str) -> SafeString:
    """A place as HTML, with how its figures are counted."""
    made = sheet.html(place)
    if place == "figures" and made:
        made += counted(sheet)
    return mark_safe(made)  # noqa: S308  (everything typed is escaped where it is made)


def block_of(
    request: Request, row: Bulletin, place: Place, block: Block, sheet: Sheet, offered: Mapping[str, Any] | None,
    typed: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """One place of the editor: how it looks, and its form with what stands there, or with what was typed."""
    content = typed if typed is not None else block.content
    key, ids = request.organisation.key, [request.organisation.key, row.public_id, place.key]
    return {
        "key": place.key,
        "kind": place.kind,
        "name": str(NAMES[place.key]),
        "shown": html(sheet, place.key),
        "url": reverse("bulletins:block", args=ids),
        "picture_url": reverse("bulletins:picture", args=ids) if place.kind == PICTURE else "",
        "voices_url": reverse("bulletins:voices", args=[key, row.public_id]) if place.kind == VOICES else "",
        "has_picture": block.picture_id is not None,
        "revision": block.revision,
        "inputs": _inputs(place, content, row.language),
        "selects": _selects(place, content, offered or {}),
        "days": _days(content) if place.kind == DATES else [],
        "people": _people(content) if place.kind == PICTURE and block.picture_id is not None else None,
        "edits": place.kind != VOICES and (place.kind != PICTURE or block.picture_id is not None),
    }


def _inputs(place: Place, content: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    names = [field.name for field in place.fields] if place.kind != DATES else []
    if place.kind == PICTURE:
        names = ["alt", *names]
    return [
        {
            "name": f"{name}_{spoken}",
            "label": f"{FIELDS[name]} · {SPOKEN[spoken]}",
            "value": content.get(name, {}).get(spoken, ""),
            "lang": TAGS[spoken],
            "rows": 9 if name in _LONG else 2,
        }
        for name in names
        for spoken in spoken_in(language)
    ]


def _selects(place: Place, content: Mapping[str, Any], offered: Mapping[str, Any]) -> list[dict[str, Any]]:
    if place.kind == FIGURES:
        keys = [*content.get("keys", []), *([""] * MOST_FIGURES)][:MOST_FIGURES]
        options = [(key, _figure_name(one)) for key, one in offered.items()]
        return [
            {
                "name": "keys",
                "label": _("Figure %(place)s") % {"place": place_ + 1},
                "value": key,
                "options": options,
            }
            for place_, key in enumerate(keys)
        ]
    if place.kind == CHART:
        options = [(key, _figure_name(one)) for key, one in offered.items() if len(one.bars) > 1]
        return [{"name": "key", "label": _("Bars of"), "value": content.get("key", ""), "options": options}]
    return []


def _figure_name(one: Any) -> str:
    from django.utils.translation import get_language  # noqa: PLC0415

    name = one.name.say(get_language() or "zh-hans")
    return f"{name}: {one.value}" if one.value is not None else name


def _days(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = [*content.get("lines", []), *([{}] * MOST_DATES)][:MOST_DATES]
    return [
        {
            "number": place,
            "on": row.get("on", ""),
            "what": [
                {"name": f"what_{place}_{spoken}", "value": row.get("what", {}).get(spoken, ""), "lang": TAGS[spoken],
                 "label": str(SPOKEN[spoken])}
                for spoken in SAID
            ],
        }
        for place, row in enumerate(rows)
    ]  # fmt: skip


def _people(content: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "options": [(key, str(label)) for key, label in PEOPLE.items()],
        "value": content.get("people", ""),
        "agreed": content.get("agreed", ""),
    }


def typed_in(request: Request, place: Place) -> dict[str, Any]:
    """What a form of a place says, as its block keeps it."""
    post = request.POST

    def said(name: str) -> dict[str, str]:
        return {spoken: post.get(f"{name}_{spoken}", "").replace("\0", "") for spoken in SAID}

    if place.kind == FIGURES:
        return {"keys": [key for key in post.getlist("keys") if key]}
    if place.kind == CHART:
        return {"key": post.get("key", "")}
    if place.kind == DATES:
        lines = [(post.get(f"on_{n}", ""), said(f"what_{n}")) for n in range(MOST_DATES)]
        return {"lines": [{"on": on, "what": what} for on, what in lines if on or any(what.values())]}
    found: dict[str, Any] = {field.name: said(field.name) for field in place.fields}
    if place.kind == PICTURE:
        agreed = post.get("agreed", "").replace("\0", "")
        found |= {"alt": said("alt"), "people": post.get("people", ""), "agreed": agreed}
    return found


def kept_besides(row: Bulletin, place: Place, block: Block, typed: dict[str, Any]) -> dict[str, Any]:
    """What was typed, with what stands there in a language that the form does not ask for."""
    asked = spoken_in(row.language)
    for name, value in typed.items():
        kept = block.content.get(name)
        if isinstance(value, dict) and isinstance(kept, Mapping) and place.kind != DATES:
            typed[name] = {**value, **{one: kept[one] for one in SAID if one not in asked and kept.get(one)}}
    return typed


# ---- Checks ----------------------------------------------------------------------------------------


def checks(row: Bulletin, blocks: Mapping[str, Block], spoken: Sequence[Voice]) -> list[dict[str, Any]]:
    """What is missing, too long, or not agreed to yet, each leading to its place."""
    contents = {key: block.content for key, block in blocks.items()}
    pictures = {key: block.picture_id is not None for key, block in blocks.items()}
    placed = [voice for voice in spoken if voice.placed]
    found = [
        _check(over.place, _over(over.field, over.spoken, over.lines, over.letters), "wrong")
        for over in rules.overs(row.language, contents, placed)
    ]
    found += [
        _check(
            lack.place,
            _("%(what)s is missing") % {"what": _what(lack.what, lack.spoken)},
            "attention",
        )
        for lack in rules.lacks(row.language, contents, pictures)
    ]
    agreed = {voice.pk for voice in queries.agreeing(placed)}
    found += [
        _check("voices", _("%(name)s has not agreed yet") % {"name": voice.name}, "attention")
        for voice in placed
        if voice.pk not in agreed
    ]
    return found


def _check(place: str, said: str, tone: str) -> dict[str, Any]:
    return {"place": place, "name": str(NAMES[place]), "said": said, "tone": tone}


def _what(name: str, spoken: str) -> str:
    return f"{FIELDS[name]} · {SPOKEN[spoken]}" if spoken else str(FIELDS[name])


def _over(name: str, spoken: str, lines: int, letters: int) -> str:
    said = ngettext(
        "%(what)s: %(lines)s line too long, about %(letters)s characters",
        "%(what)s: %(lines)s lines too long, about %(letters)s characters",
        lines,
    )
    return said % {"what": _what(name, spoken), "lines": lines, "letters": letters}


def over_at(row: Bulletin, place: str, content: Mapping[str, Any]) -> list[str]:
    """By how much one place is too long."""
    found = rules.overs(row.language, {place: content}, ())
    return [_over(one.field, one.spoken, one.lines, one.letters) for one in found]


def title_of(content: Mapping[str, Any], spoken: str) -> str:
    """What a published bulletin calls itself."""
    return Text.of(content.get("blocks", {}).get("masthead", {}).get("title")).say(spoken) or "—"


def every_block(
    request: Request, row: Bulletin, blocks: Mapping[str, Block], sheet: Sheet, offered: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """All places of the editor in their order."""
    return [
        block_of(request, row, BY_KEY[one.key], blocks[one.key], sheet, offered)
        for one in PLACES
        if one.key in blocks
    ]
