"""What the library holds for a reader: by words, narrowed down, counted, with the place where a word stands.

The index is asked, with or without words: it gives the latest few hundred that the reader may see. Numbers beside the
choices count what was found in this way, and the page says so where there may be more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.occupations.queries import occupations
from craftpath.domain.resources import queries
from craftpath.domain.resources.texts import KINDS, LANGUAGES, LICENCES
from craftpath.domain.standards.queries import skills_by_key
from craftpath.kernel.search.finding import MOST as AT_ONCE
from craftpath.kernel.search.finding import find, latest
from craftpath.kernel.search.marks import facet, reader
from craftpath.kernel.search.shown import marked
from craftpath.kernel.search.words import wanted

KIND = [("resources", "resource")]
FACETS = ("occupation", "skill", "kind", "licence", "language")
MOST = 600
"""As many as are looked through for one answer."""
LONGEST = 120
_MOST_CHOICES = 40
_AROUND, _LINE = 260, 150


@dataclass(slots=True)
class Answer:
    """Public ids in their order, what may be chosen further with how many there are, and whether there is more."""

    asked: str
    chosen: dict[str, str]
    ids: list[str] = field(default_factory=list)
    choices: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    more: bool = False


def answer(request: Request) -> Answer:
    """What the reader looks for."""
    asked = request.GET.get("q", "").replace("\0", "")[:LONGEST].strip()
    chosen = {name: request.GET.get(name, "").replace("\0", "")[:60] for name in FACETS}
    found = Answer(asked, {name: value for name, value in chosen.items() if value})
    ids = _ids(request, found)
    rows = _rows(ids)
    known = [row[0] for row in rows]  # the latest first
    found.ids = [one for one in ids if one in set(known)] if asked else known
    found.more = len(ids) >= AT_ONCE
    found.choices = _choices(rows, found.chosen)
    return found


def _ids(request: Request, found: Answer) -> list[str]:
    also = [queries.marks_brought(request.actor, request.today)]
    also += [[facet(name, value)] for name, value in found.chosen.items()]
    brought = reader(request.actor)
    if not found.asked:
        # What was shared here a moment ago is not in the index yet.
        own = [] if found.chosen else queries.newest_at(request.organisation)
        return list(
            dict.fromkeys([*own, *(ref.public_id for ref in latest(brought=brought, kinds=KIND, also=also))])
        )
    some = islice(find(found.asked, brought=brought, kinds=KIND, also=also), MOST)
    return [one.ref.public_id for one in some]


def _rows(ids: Sequence[str]) -> list[tuple[Any, ...]]:
    """(public id, occupation, skills, kind, licence, language) of these, as far as they are seen; one query."""
    rows = queries.shared().filter(public_id__in=ids)
    return list(
        rows.select_related(None).defer(None)
        .values_list("public_id", "occupation__public_id", "skills", "kind", "licence", "language")
    )  # fmt: skip


def _choices(rows: list[tuple[Any, ...]], chosen: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    counted = {name: Counter[str]() for name in FACETS}
    for _id, occupation, skills, kind, licence, language in rows:
        counted["occupation"].update([occupation] if occupation else [])
        counted["skill"].update(skills)
        for name, value in (("kind", kind), ("licence", licence), ("language", language)):
            counted[name][value] += 1
    for name, value in chosen.items():
        counted[name][value] += 0
    names = _names(counted)
    return {
        name: [
            (value, f"{names[name][value]} ({n})")
            for value, n in some.most_common(_MOST_CHOICES)
            if value in names[name]
        ]
        for name, some in counted.items()
    }


def _names(counted: dict[str, Counter[str]]) -> dict[str, dict[str, str]]:
    trades = occupations().filter(public_id__in=[key for key in counted["occupation"] if key.isalnum()])
    return {
        "occupation": {row.public_id: text(row.name) for row in trades},
        "skill": {key: text(row.name) for key, row in skills_by_key(_plain(counted["skill"])).items()},
        **{
            name: {key: str(label) for key, label in labels.items()}
            for name, labels in (("kind", KINDS), ("licence", LICENCES), ("language", LANGUAGES))
        },
    }


def _plain(keys: Counter[str]) -> list[str]:
    return [key for key in keys if key.isascii() and "\0" not in key]


def place_of(pages: Sequence[str], asked: str, numbered: bool) -> SafeString | str:
    """Where the first of the words stands in the text of a file, with the page where it has pages."""
    said = wanted(asked)
    patterns = [re.compile(r"[\W_]*".join(map(re.escape, one)), re.I) for one in said.phrases]
    for number, page in enumerate(pages, start=1):
        at = min((hit.start() for one in patterns if (hit := one.search(page))), default=-1)
        if at >= 0:
            words = marked(" ".join(page[max(0, at - _AROUND) : at + _AROUND].split()), asked, _LINE)
            where = _("Page %(number)s: ") % {"number": number} if numbered and len(pages) > 1 else ""
            return format_html("{}{}", where, words)
    return ""
