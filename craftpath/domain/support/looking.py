"""Keeping looks and signs current: of a few when a fact about them was told, of everybody at night.

What is looked at changes nothing but these rows. The number of queries does not grow with the people.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import Q

from craftpath.domain.apprenticeships.noticed import Among, portions
from craftpath.domain.support import rules
from craftpath.domain.support.correcting import lapse_corrections
from craftpath.domain.support.gathering import Floats, Gathered, gather
from craftpath.domain.support.models import Fitted, Look, Sign
from craftpath.domain.support.ruling import NEXT, RULES, VERSION, pattern
from craftpath.domain.support.using import Used, models_in_use
from craftpath.domain.support.weighing import hold_looks, order
from craftpath.engines.forewarning import judge
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.rows import insert_rows, upsert_rows
from craftpath.values.verdict import require

A_PORTION = 20_000  # enrolments that are looked at in one transaction
Holding = dict[tuple[int, str], tuple[int, int]]
"""(enrolment id, rule) → (value, points)"""


def look_at_everybody(*, by: Actor, at: datetime) -> int:
    """Portion by portion, each a transaction of its own; returns at how many people. May run twice."""
    return sum(look_again(among, by=by, at=at) for among in portions(A_PORTION))


@action
def look_again(among: Among | Iterable[int], *, by: Actor, at: datetime) -> int:
    """Look at some anew: the signs that begin or end, and how each stands; returns at how many."""
    require(rules.may_keep(by))
    among = among if isinstance(among, Among) else Among.of(among)
    looked = hold_looks(among.where("pk"))
    found = gather(among, at)
    used = models_in_use({one.path for one in found.people})
    shares, models, parts = _shares(found, used)
    holding = _holding(found, shares, models)
    standing = _turn_signs(among, holding, found, models, by=by, at=at)
    _keep(found, holding, standing, shares, models, parts, at)
    gone = set(looked) - {one.pk for one in found.people}
    for some in _some(sorted(gone)):
        Look._base_manager.filter(pk__in=some).delete()
    return len(found.people)


def _shares(found: Gathered, used: dict[str, Used]) -> tuple[Floats, list[Fitted | None], list[Any]]:
    """Per mille for each whose college uses a model, with the model and the parts (thousandths of log odds)."""
    n = len(found.people)
    shares = np.full(n, np.nan)
    models: list[Fitted | None] = [None] * n
    parts: list[Any] = [[]] * n
    if not used:
        return shares, models, parts
    table = found.table
    paths = [one.path for one in found.people]
    for one in {use.row.pk: use for use in used.values()}.values():
        mine = np.array([path in used and used[path].row.pk == one.row.pk for path in paths])
        shares[mine] = np.round(one.model.share(table[mine]) * 1000)
        told = np.round(one.model.parts(table[mine]) * 1000).astype(int).tolist()
        for at, part in zip(np.flatnonzero(mine).tolist(), told, strict=True):
            models[at], parts[at] = one.row, part
    return shares, models, parts


def _holding(found: Gathered, shares: Floats, models: list[Fitted | None]) -> Holding:
    """What holds for whom."""
    over = np.full(len(shares), np.nan)
    for n, model in enumerate(models):
        if model is not None and shares[n] >= model.definition["threshold"] * 1000:
            over[n] = shares[n]
    told = judge([*RULES, pattern(0)], found.columns | {"share": over}, len(found.people))
    rows, rule_numbers = np.nonzero(told.points)
    values = told.values[rows, rule_numbers].astype(int).tolist()
    points = told.points[rows, rule_numbers].tolist()
    return {
        (found.people[row].pk, told.codes[rule]): (value, point)
        for row, rule, value, point in zip(rows.tolist(), rule_numbers.tolist(), values, points, strict=True)
    }


def _turn_signs(
    among: Among,
    holding: Holding,
    found: Gathered,
    models: list[Fitted | None],
    *,
    by: Actor,
    at: datetime,
) -> dict[tuple[int, str], str]:
    """End the signs whose facts are otherwise now, give those that are new; (enrolment, rule) → the state it is in."""
    rows = Sign._base_manager.filter(among.where("enrolment"), ended_at__isnull=True).order_by()
    known = {
        (who, rule): (pk, state)
        for pk, who, rule, state in rows.values_list("pk", "enrolment_id", "rule", "state")
    }
    over = [pk for key, (pk, _state) in known.items() if key not in holding]
    if over:
        lapse_signs(over, by=by, at=at)
    where = {one.pk: n for n, one in enumerate(found.people)}
    new = [key for key in holding if key not in known]
    insert_rows(
        Sign,
        ("public_id", "enrolment", "rule", "value", "points", "figures", "model"),
        [_sign(key, holding[key], found, where[key[0]], models) for key in new],
        {"state": "given", "rules": VERSION, "given_at": at, "ended_at": None},
    )
    return {key: known[key][1] if key in known else "given" for key in holding}


def _sign(
    key: tuple[int, str], held: tuple[int, int], found: Gathered, n: int, models: list[Fitted | None]
) -> tuple[Any, ...]:
    model = models[n] if key[1] == "pattern" else None
    return (new_public_id(), *key, *held, figures_of(found, n), model.pk if model else None)


def figures_of(found: Gathered, n: int) -> dict[str, int | None]:
    """What was counted of one person; None where nothing is known."""
    return {name: None if np.isnan(column[n]) else int(column[n]) for name, column in found.columns.items()}


@action
def lapse_signs(signs: Iterable[int], *, by: Actor, at: datetime) -> None:
    """Their facts are otherwise now: those that spoke end, and corrected ones may speak again another time."""
    require(rules.may_keep(by))
    for some in _some(list(signs)):
        rows = Sign._base_manager.filter(pk__in=some, ended_at__isnull=True)
        rows.filter(state="corrected").update(ended_at=at)
        rows.filter(Q(state="given") | Q(state="acted")).update(state="lapsed", ended_at=at)
    lapse_corrections(signs, by=by, at=at)


def _keep(
    found: Gathered,
    holding: Holding,
    standing: dict[tuple[int, str], str],
    shares: Floats,
    models: list[Fitted | None],
    parts: list[Any],
    at: datetime,
) -> None:
    """A row for each: what was corrected is left out, what somebody acts on already weighs nothing."""
    reasons: dict[int, list[tuple[str, int, int]]] = {}
    for (who, rule), (value, points) in holding.items():
        state = standing[who, rule]
        if state != "corrected":
            reasons.setdefault(who, []).append((rule, value, points if state == "given" else 0))
    figures = _figures(found)
    known = np.where(np.isnan(shares), -1, shares).astype(int).tolist()
    rows = []
    for n, one in enumerate(found.people):
        mine = sorted(reasons.get(one.pk, ()), key=order)
        weight = sum(reason[2] for reason in mine)
        model = models[n]
        rows.append(
            (
                one.pk,
                one.college,
                weight,
                json.dumps(mine) if mine else "[]",
                figures[n],
                NEXT[mine[0][0]] if weight else "",
                known[n] if model else None,
                json.dumps(parts[n]) if model else "[]",
                model.pk if model else None,
            )
        )
    names = ("enrolment", "college", "weight", "reasons", "figures", "next_act", "share", "parts", "model")
    upsert_rows(Look, names, rows, {"looked_at": at}, unique=["enrolment"])


def _figures(found: Gathered) -> list[str]:
    """The figures of each as JSON text, written column by column."""
    columns = {
        name: ["null" if value != value else str(int(value)) for value in column.tolist()]
        for name, column in found.columns.items()
    }
    made = [[f'"{name}": {value}' for value in values] for name, values in columns.items()]
    return ["{" + ", ".join(row) + "}" for row in zip(*made, strict=True)]


def _some(ids: list[int]) -> list[list[int]]:
    return [ids[first : first + 500] for first in range(0, len(ids), 500)]
