"""From pointers to results: only what the reader sees, by its name of today, with a page that opens for the reader.

The index may be late or too wide; here it is asked again, one query for each kind of what was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from django.urls import resolve, reverse
from django.utils.safestring import SafeString

from craftpath.delivery.web.find.groups import LOOKS
from craftpath.delivery.web.find.guarding import GUARDS
from craftpath.delivery.web.history.subjects import PAGES, subjects
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.standards.queries import skills_to_find
from craftpath.kernel.roles import Permission
from craftpath.kernel.search.finding import Found
from craftpath.kernel.search.shown import marked
from craftpath.kernel.signin import people_of
from craftpath.values.ref import Ref

LINE = 140  # characters of a text that are shown
_AT_ONCE = 60  # pointers that are looked up at one time
_PERSON, _SKILL = ("kernel", "person"), ("standards", "skill")
_PAGES = {kind: page for page, kind in PAGES.items()} | {_PERSON: "people:person"}


@dataclass(frozen=True)
class Result:
    """One line: what it is, its name and a line of its text with what was looked for marked, and its page."""

    icon: str
    kind: Any
    name: SafeString
    line: SafeString
    url: str


def open_kinds(request: Request, group: str) -> list[tuple[str, str]]:
    """The kinds of a group (all of them without one) whose pages the reader's roles open."""
    return [
        kind
        for kind, (where, _label, _icon) in LOOKS.items()
        if group in ("", where) and _opens(request, kind)
    ]


def _opens(request: Request, kind: tuple[str, str]) -> bool:
    asked = _asked(kind)
    return not asked or any(permission in request.actor.permissions for permission in asked)


@cache
def _asked(kind: tuple[str, str]) -> tuple[Permission, ...]:
    """What the page of a kind itself asks for, so that no rule stands here a second time."""
    if kind == _SKILL:
        return ()
    found: tuple[Permission, ...] = getattr(
        resolve(reverse(_PAGES[kind], args=["x", "x"])).func, "asks_for", ()
    )
    return found


def results(request: Request, found: Iterable[Found], asked: str) -> Iterator[Result]:
    """What the reader sees of what was found, in its order."""
    left = iter(found)
    while some := list(islice(left, _AT_ONCE)):
        seen = _seen(request, some)
        for one in some:
            if str(one.ref) in seen:
                name, url = seen[str(one.ref)]
                _group, label, icon = LOOKS[one.ref.noun, one.ref.kind]
                line = " · ".join(dict.fromkeys(said for part in one.line if (said := _said(part))))
                yield Result(icon, label, marked(name, asked), marked(line, asked, LINE), url)


def _said(part: Any) -> str:
    return part if isinstance(part, str) else text(part)


def _seen(request: Request, found: list[Found]) -> dict[str, tuple[str, str]]:
    """pointer → name and address of what the reader sees and can open."""
    key = request.organisation.key
    ids: dict[tuple[str, str], list[str]] = {}
    for one in found:
        ids.setdefault((one.ref.noun, one.ref.kind), []).append(one.ref.public_id)
    skills, people = ids.pop(_SKILL, []), ids.pop(_PERSON, [])
    ids |= {kind: sorted(guard(request, ids[kind])) for kind, guard in GUARDS.items() if kind in ids}
    refs = [str(Ref(*kind, public_id)) for kind, some in ids.items() for public_id in some]
    seen = {ref: told for ref, told in subjects(refs, key).items() if told[1]}
    if skills:
        for skill in skills_to_find().filter(key__in=skills):
            url = reverse("frameworks:skill", args=[key, skill.framework.public_id, skill.key])
            seen[str(Ref(*_SKILL, skill.key))] = (text(skill.name), url)
    if people:
        here = people_of(request.organisation, request.today).filter(public_id__in=people)
        for public_id, name in here.values_list("public_id", "name"):
            seen[str(Ref(*_PERSON, public_id))] = (name, reverse("people:person", args=[key, public_id]))
    return seen
