"""Reading: all lists, one of them, one skill, and two versions side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.frameworks import saying, usage
from craftpath.delivery.web.frameworks.places import (
    TONES,
    edits,
    found,
    found_node,
    tabs,
    to_framework,
    to_list,
)
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.standards import queries, rules
from craftpath.domain.standards.comparing import compare as compared
from craftpath.domain.standards.texts import (
    CHANGES,
    FIELDS,
    KINDS,
    LEVELS_BY,
    MATCHES,
    STATES,
    STRENGTHS,
    WORDINGS,
)

if TYPE_CHECKING:
    from craftpath.domain.standards.models import Framework

PER_PAGE = 60
ROWS = 250
"""Nodes on one page of a framework: a list of a company has thirty, a national one some thousand."""
CHANGE_TONES = {"new": "good", "changed": "attention", "gone": "wrong", "same": "plain"}


@require_GET
def frameworks(request: Request, organisation: str) -> HttpResponse:
    """Lists that serve everybody, and those of organisations; older versions stand with their newest one."""
    page = Paginator(queries.with_counts(_newest()), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "groups": _groups(request, page.object_list),
        "tabs": tabs(request, "frameworks:list"),
        "edits": edits(request),
    }
    return render(request, "frameworks/list.html", context)


def _newest() -> Any:
    """The published version of each list, or where there is none the newest; drafts beside it."""
    rows = queries.frameworks()
    published = rows.filter(state="published").order_by().values("key")
    return rows.exclude(state="retired", key__in=published)


def _groups(request: Request, rows: Any) -> list[tuple[str, list[Any]]]:
    shared, own, others = [], [], []
    for row in rows:
        if row.organisation is None:
            shared.append(row)
        elif row.organisation.path.startswith(request.organisation.path):
            own.append(row)
        else:
            others.append(row)
    named = (
        (pgettext("lists of skills", "For everybody"), shared),
        (_("Our own"), own),
        (_("Of others"), others),
    )
    return [
        (label, [(row, STATES[row.state], TONES[row.state]) for row in some]) for label, some in named if some
    ]


@require_GET
def framework(request: Request, organisation: str, framework: str) -> HttpResponse:
    """One list, its parts in colours; `?all` opens every skill, for reading through and for print."""
    row = found(framework)
    nodes = list(queries.nodes(row))
    rows = saying.rows_of(request, row, nodes)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = head(request, row) | {
        "page": page,
        "rows": page.object_list,
        "scale": saying.scale_of(row),
        "skills": sum(node.kind == "skill" for node in nodes),
        "parts": [one for one in rows if one.node.depth == 0 and one.heads],
        "open": "all" in request.GET,
        "both": "both" in request.GET,
        "versions": list(queries.versions(row)),
        "crumbs": to_list(request, here(text(row.name))),
    }
    return render(request, "frameworks/framework.html", context)


def head(request: Request, row: Framework) -> dict[str, Any]:
    """What every page of a framework says of it, and what its reader may do."""
    may = bool(rules.may_edit(request.actor, row))
    return {
        "framework": row,
        "title": text(row.name),
        "state": STATES[row.state],
        "tone": TONES[row.state],
        "levels_by": LEVELS_BY[row.levels_by],
        "wording": WORDINGS[row.wording],
        "may": {
            "edit": may and row.state == "draft",
            "publish": may and row.state in ("draft", "retired"),
            "retire": may and row.state == "published",
            "discard": may and row.state == "draft",
            "version": may and row.state in ("published", "retired"),
        },
        "shared_only": edits(request) and not may and row.organisation is None,
    }


@require_GET
def skill(request: Request, organisation: str, framework: str, key: str) -> HttpResponse:
    """One skill: what it means, what one sees, its levels, what it is elsewhere, and where it is used."""
    row = found(framework)
    node = found_node(row, key)
    nodes = list(queries.nodes(row))
    colours = list(dict.fromkeys(one.domain for one in nodes))
    colour = colours.index(node.domain) % saying.COLOURS + 1
    shown = saying.row_of(request, row, node, colour)
    by_id = {one.pk: one for one in nodes}
    context = head(request, row) | {
        "row": shown,
        "title": text(node.name),
        "kind": KINDS[node.kind],
        "above": _above(node, by_id),
        "below": [saying.row_of(request, row, one, colour) for one in nodes if one.parent_id == node.pk],
        "likes": _likes(key),
        "uses": usage.of(request, key) if node.kind == "skill" else [],
        "neighbours": _neighbours(nodes, node),
        "crumbs": to_framework(request, row, here(text(node.name))),
    }
    return render(request, "frameworks/skill.html", context)


def _above(node: Any, by_id: dict[int, Any]) -> list[Any]:
    way: list[Any] = []
    while node.parent_id:
        node = by_id[node.parent_id]
        way.insert(0, node)
    return way


def _neighbours(nodes: list[Any], node: Any) -> tuple[Any, Any]:
    """The skill before and the one after."""
    some = [one for one in nodes if one.kind == "skill" or one.pk == node.pk]
    at = next(n for n, one in enumerate(some) if one.pk == node.pk)
    return (some[at - 1] if at else None), (some[at + 1] if at + 1 < len(some) else None)


def _likes(key: str) -> list[dict[str, Any]]:
    likes = queries.equivalents([key]).get(key, [])
    named = queries.skills_by_key(like.key for like in likes)
    seen = queries.keys_of_lists()
    return [
        {
            "skill": named[like.key],
            "says": MATCHES[like.kind],
            "strength": STRENGTHS[like.strength],
            "kind": like.kind,
        }
        for like in likes
        if like.key in named and like.framework in seen
    ]


@require_GET
def compare(request: Request, organisation: str, framework: str, before: str) -> HttpResponse:
    """Two versions of one list: what is new, changed and gone in the later one."""
    old, new = found(before), found(framework)
    if old.key != new.key:
        raise Http404
    if old.version > new.version:
        old, new = new, old
    found_changes = compared(queries.content_of(old), queries.content_of(new))
    lines = [line for line in found_changes.lines if line.state != "same"]
    page = Paginator(lines, ROWS).get_page(request.GET.get("page"))
    context = {
        "before": old,
        "after": new,
        "page": page,
        "about": _changes(found_changes.about),
        "lines": [
            (saying.words(line.name), CHANGES[line.state], CHANGE_TONES[line.state], _changes(line.changes))
            for line in page.object_list
        ],
        "counts": counted(found_changes.counts),
        "reordered": found_changes.reordered,
        "anything": found_changes.anything,
        "crumbs": to_framework(request, new, here(_("Versions compared"))),
    }
    return render(request, "frameworks/compare.html", context)


def _changes(changes: Any) -> list[tuple[str, str, str]]:
    return [(str(FIELDS[one.field]), saying.field(one.before), saying.field(one.after)) for one in changes]


def counted(counts: Any) -> list[tuple[str, str]]:
    """How many of each, in words with their tones; nothing of what there is none."""
    said = {
        "new": ngettext("%(n)s new", "%(n)s new", counts["new"]),
        "changed": ngettext("%(n)s changed", "%(n)s changed", counts["changed"]),
        "gone": ngettext("%(n)s gone", "%(n)s gone", counts["gone"]),
        "same": ngettext("%(n)s the same", "%(n)s the same", counts["same"]),
    }
    return [
        (words % {"n": counts[state]}, CHANGE_TONES[state]) for state, words in said.items() if counts[state]
    ]
