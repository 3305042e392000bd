"""Cycles: the versions there are, one with its texts, and an own one written from it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.web.pilots.places import READERS, found_cycle, tabs, to_here
from craftpath.delivery.web.pilots.round_page import cycle_name
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.pilots import actions, queries, rules
from craftpath.domain.pilots.registry import PROVIDERS
from craftpath.domain.pilots.texts import CHECKS
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.pilots.models import Cycle

LONGEST = 2000
FIELDS = ("name_zh", "name_en", "purpose_zh", "purpose_en", "done_zh", "done_en")
LISTS = ("inputs_zh", "inputs_en", "deliverables_zh", "deliverables_en")


@dataclass(frozen=True, slots=True)
class StepFields:
    """What was typed for one step; a list is a text with a line for each."""

    number: int
    key: str
    order: str
    values: Mapping[str, str]
    checks: frozenset[str]


@require_GET
@needs(*READERS)
def cycles(request: Request, organisation: str) -> HttpResponse:
    """All versions, the own ones first."""
    rows = [(row, cycle_name(row), len(row.steps)) for row in queries.cycles()]
    return render(request, "pilots/cycles.html", {"rows": rows, "tabs": tabs(request, "pilots:cycles")})


@require_GET
@needs(*READERS)
def cycle(request: Request, organisation: str, cycle: str) -> HttpResponse:
    """One version with all its texts."""
    row = found_cycle(cycle)
    context = {
        "cycle": row,
        "name": cycle_name(row),
        "steps": [(one, [str(CHECKS[key]) for key in one["checks"] if key in CHECKS]) for one in row.steps],
        "writes": bool(rules.may_start(request.actor, request.organisation)),
        "crumbs": to_here(request, text(row.name)),
    }
    return render(request, "pilots/cycle.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_PILOTS)
def write(request: Request, organisation: str, cycle: str) -> HttpResponse:
    """The organisation's own version, from this one; what is refused keeps everything that was typed."""
    row = found_cycle(cycle)
    require(rules.may_start(request.actor, request.organisation))
    said, status = "", 200
    if request.method == "POST":
        typed = _typed(request.POST)
        head = {
            name: _word(request.POST, name) for name in ("title_zh", "title_en", "origin_zh", "origin_en")
        }
        try:
            made = actions.write_cycle(
                row, organisation=request.organisation, name=_pair(head, "title"), origin=_pair(head, "origin"),
                steps=_steps(typed, row), by=request.actor, at=request.at,
            )  # fmt: skip
        except Refused as refused:
            if refused.verdict.who:
                raise
            said, status = sentence(refused.verdict), 409
        else:
            messages.success(request, _("Kept as a version of your own. New rounds can begin on it."))
            return redirect("pilots:cycle", organisation, made.public_id)
    else:
        typed = [_fields(n, one) for n, one in enumerate(row.steps, start=1)]
        head = {f"title_{key}": row.name.get(key, "") for key in ("zh", "en")}
        head |= {f"origin_{key}": row.origin.get(key, "") for key in ("zh", "en")}
    context = {
        "cycle": row,
        "head": head,
        "said": said,
        "steps": _padded(typed),
        "known": [(key, str(CHECKS[key])) for key in sorted(PROVIDERS) if key in CHECKS],
        "crumbs": to_here(request, text(row.name)),
    }
    return render(request, "pilots/cycle_form.html", context, status=status)


def _fields(number: int, step: Mapping[str, Any]) -> StepFields:
    values: dict[str, str] = {}
    for language in ("zh", "en"):
        values[f"name_{language}"] = step["name"].get(language, "")
        values[f"purpose_{language}"] = step["purpose"].get(language, "")
        values[f"done_{language}"] = step["done_when"].get(language, "")
        values[f"inputs_{language}"] = "\n".join(one.get(language, "") for one in step["inputs"])
        values[f"deliverables_{language}"] = "\n".join(
            one["name"].get(language, "") for one in step["deliverables"]
        )
    values["keys"] = " ".join(one["key"] for one in step["deliverables"])
    return StepFields(number, step["key"], str(number), values, frozenset(step["checks"]))


def _padded(typed: Sequence[StepFields]) -> list[StepFields]:
    """With one empty step to fill in, while there may be more."""
    rows = list(typed)
    if len(rows) < rules.MOST_STEPS:
        number = len(rows) + 1
        rows.append(StepFields(number, "", str(number), {}, frozenset()))
    return rows


def _word(given: Any, name: str) -> str:
    return str(given.get(name, "")).replace("\0", "").strip()[:LONGEST]


def _pair(given: Mapping[str, str], name: str) -> dict[str, str]:
    found = {language: given.get(f"{name}_{language}", "") for language in ("zh", "en")}
    return {language: said for language, said in found.items() if said}


def _typed(given: Any) -> list[StepFields]:
    """The steps of a form, those without any name left out, by the order that was typed."""
    found = []
    for number in range(1, rules.MOST_STEPS + 2):
        values = {name: _word(given, f"{name}-{number}") for name in (*FIELDS, *LISTS, "keys")}
        if not (values["name_zh"] or values["name_en"]):
            continue
        key, order = _word(given, f"key-{number}"), _word(given, f"order-{number}")
        checks = frozenset(given.getlist(f"checks-{number}")) & set(PROVIDERS)
        found.append(StepFields(number, key, order, values, checks))
    return sorted(found, key=lambda one: (int(one.order) if _is_small(one.order) else 99, one.number))


def _is_small(text_: str) -> bool:
    return text_.isascii() and text_.isdigit() and len(text_) < 3


def _steps(typed: Sequence[StepFields], source: Cycle) -> list[dict[str, Any]]:
    """Rows as a cycle keeps them; keys stay with what they named, so that cases and changes find their step.

    What a step shows beside, and what it asks of a room that is not there, comes along from the version before.
    """
    taken = {one.key for one in typed if one.key}
    known = {one["key"]: one for one in source.steps}
    rows = []
    for one in typed:
        values = one.values
        key = one.key or next(f"own-{n}" for n in range(1, 99) if f"own-{n}" not in taken)
        taken.add(key)
        before = known.get(key, {"checks": [], "shows": []})
        absent = [each for each in before["checks"] if each not in PROVIDERS]
        rows.append(
            {
                "key": key,
                "name": _pair(values, "name"),
                "purpose": _pair(values, "purpose"),
                "inputs": _lines(values, "inputs"),
                "deliverables": _keyed(_lines(values, "deliverables"), values["keys"].split()),
                "done_when": _pair(values, "done"),
                "checks": [*absent, *sorted(one.checks)],
                "shows": [each for each in before.get("shows", ()) if each not in one.checks],
            }
        )
    return rows


def _lines(values: Mapping[str, str], name: str) -> list[dict[str, str]]:
    """Lines of both languages side by side, as long as the longer list."""
    zh, en = (
        [line.strip() for line in values[f"{name}_{one}"].splitlines() if line.strip()]
        for one in ("zh", "en")
    )
    count = max(len(zh), len(en))
    pairs = zip(zh + [""] * (count - len(zh)), en + [""] * (count - len(en)), strict=True)
    return [{key: said for key, said in (("zh", first), ("en", second)) if said} for first, second in pairs]


def _keyed(names: Sequence[dict[str, str]], keys: Sequence[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for n, name in enumerate(names):
        key = keys[n] if n < len(keys) and re.fullmatch(r"[a-z0-9_-]{1,58}", keys[n]) else f"own-{n + 1}"
        found.append({"key": key, "name": name})
    return found
