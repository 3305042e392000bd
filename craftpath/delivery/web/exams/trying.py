"""One item: as a candidate sees it, with a try-out that says what an answer is worth; its tags and its versions."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.exams.bank import TONES
from craftpath.delivery.web.exams.choosing import outcome_choices, skill_choices
from craftpath.delivery.web.exams.record import kept_lines
from craftpath.delivery.web.exams.showing import (
    addresses,
    answer_from,
    block,
    candidate,
    changes,
    judged,
    key_in_words,
    plain,
)
from craftpath.delivery.web.exams.trail import crumbs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.exams import queries, rules
from craftpath.domain.exams.content import question
from craftpath.domain.exams.texts import DIFFICULTIES, KINDS, RULES, RULES_OF_SETS, STATES
from craftpath.engines.scoring import RULES as RULES_OF_KIND
from craftpath.engines.scoring import Kind, score
from craftpath.kernel.roles import Permission


@require_GET
@needs(Permission.WRITE_ITEMS)
def item(request: Request, organisation: str, item: str) -> HttpResponse:
    """The item with its newest version; `?version=` shows an older one."""
    return _page(request, get_object_or_404(queries.items(), public_id=item))


@require_POST
@needs(Permission.WRITE_ITEMS)
def try_out(request: Request, organisation: str, item: str) -> HttpResponse:
    """Judge an answer that is tried out; nothing is kept."""
    row = get_object_or_404(queries.items(), public_id=item)
    asked = request.POST.get("version", "")
    versions = queries.versions_of(row)
    version = next((one for one in versions if str(one.number) == asked), versions[0])
    content = queries.content_of(version, row.kind)
    answer = answer_from(content, request.POST)
    tried = judged(content, score(question(content), answer))
    if request.htmx:
        explanation = block(content.explanation, addresses(request.organisation.key))
        return render(request, "exams/judged.html", {"judged": tried, "explanation": explanation})
    return _page(request, row, answer=answer, tried=tried)


def _page(
    request: Request, row: Any, *, answer: Any = None, tried: dict[str, Any] | None = None
) -> HttpResponse:
    address = addresses(request.organisation.key)
    versions = queries.versions_of(row)
    asked = request.POST.get("version", "") or request.GET.get("version", "")
    version = next((one for one in versions if str(one.number) == asked), versions[0])
    content = queries.content_of(version, row.kind)
    tags = queries.tags_of(row)
    outcomes, skills = (
        dict(outcome_choices(tags.outcomes)) if tags.outcomes else {},
        dict(skill_choices(tags.skills)) if tags.skills else {},
    )
    enemies: list[Any] = queries.items_by_id(tags.enemies) if tags.enemies else []
    may = rules.may_write(request.actor, row.organisation)
    words = RULES_OF_SETS if row.kind in ("multiple", "hotspot") else RULES
    shown = {
        "item": row,
        "title": plain(version.stem, 60),
        "crumbs": crumbs(request, plain(version.stem, 24)),
        "version": version,
        "newest": version.pk == versions[0].pk,
        "kind": KINDS[row.kind],
        "state": STATES[row.state],
        "tone": TONES[row.state],
        "shown": candidate(content, address, answer, version.stimulus),
        "key": key_in_words(content),
        "rule": words[version.rule] if len(RULES_OF_KIND[Kind(row.kind)]) > 1 else "",
        "explanation": block(content.explanation, address),
        "guide": block(content.details.get("guide"), address) if row.kind == "essay" else "",
        "judged": tried,
        "tags": tags,
        "difficulty": DIFFICULTIES.get(row.difficulty, ""),
        "time": _time(tags.seconds),
        "outcomes": [outcomes[str(pk)] for pk in tags.outcomes if str(pk) in outcomes],
        "skills": [skills[key] for key in tags.skills if key in skills],
        "kept": kept_lines(row),
        "enemies": [(enemy, plain(enemy.newest.stem, 50)) for enemy in enemies],
        "history": _history(versions, row.kind),
        "edit": may if not may else rules.can_rewrite(row),
        "release": may and rules.can_move(row, "release"),
        "may": may,
        "elsewhere": row.organisation_id != request.organisation.pk,
    }
    return render(request, "exams/item.html", shown)


def _time(seconds: int | None) -> str:
    if not seconds:
        return ""
    if seconds % 60:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    return ngettext("%(count)s minute", "%(count)s minutes", seconds // 60) % {"count": seconds // 60}


def _history(versions: list[Any], kind: str) -> list[dict[str, Any]]:
    """Each version with what it changed; the first one was written."""
    contents = [queries.content_of(version, kind) for version in versions]
    found = []
    for place, version in enumerate(versions):
        older = contents[place + 1] if place + 1 < len(versions) else None
        changed = changes(older, contents[place]) if older else [_("written")]
        found.append({"version": version, "changed": changed})
    return found
