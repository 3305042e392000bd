"""What changed against the lines before, and what an office should look at before anybody checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from craftpath.domain.allowances.booking import NewLine
from craftpath.domain.allowances.models import Line, PayReference, Rule, Run

if TYPE_CHECKING:
    from craftpath.domain.allowances.running import Computed

NAMED = 200  # rows that are kept by name; the counts are of all
Key = tuple[int, int, str, str]


def difference(run: Run, lines: Sequence[NewLine]) -> dict[str, Any]:
    """Lines that are new, gone or of another amount; empty the first time, and where nothing changed."""
    if run.calculation_id is None:
        return {}
    rows = Line._base_manager.filter(run=run).values_list("bond_id", "rule_id", "about", "kind", "amount")
    before = {(bond, rule, about.isoformat(), kind): amount for bond, rule, about, kind, amount in rows}
    after = {(one.bond, one.rule, one.about.isoformat(), one.kind): one.amount for one in lines}
    changed = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    if not changed:
        return {}
    return {
        "before": sum(before.values()),
        "after": sum(after.values()),
        "more": sum(key not in before for key in changed),
        "fewer": sum(key not in after for key in changed),
        "other": sum(key in before and key in after for key in changed),
        "rows": _rows(run, changed[:NAMED], before, after, lines),
    }


def _rows(
    run: Run,
    keys: Iterable[Key],
    before: dict[Key, int],
    after: dict[Key, int],
    lines: Sequence[NewLine],
) -> list[list[Any]]:
    """[id of the payee, of the learner, name of the rule, before or None, after or None] of each."""
    keys = list(keys)
    of = {(one.bond, one.rule): (one.payee, one.learner) for one in lines}
    gone = {key[0] for key in keys if key[:2] not in of}
    old = Line._base_manager.filter(run=run, bond__in=gone)
    of |= {
        (bond, rule): (a, b)
        for bond, rule, a, b in old.values_list("bond_id", "rule_id", "payee_id", "learner_id")
    }
    names = dict(Rule.objects.filter(pk__in={key[1] for key in keys}).values_list("pk", "name"))
    return [[*of[key[:2]], names[key[1]], before.get(key), after.get(key)] for key in keys]


def warnings_of(run: Run, found: Computed) -> dict[str, Any]:
    """How many pairs have no line and why, lines without a decided result, and people without a bank reference.

    Pairs of a kind that no rule names are meant to have none.

    `{unpaid: {why: count}, pairs: [[bond id, why], …], undecided: n, over: n, unreferenced: n, people: [person id, …]}`
    """
    meant = {kind for rule in found.run.rules for kind in rule.kinds or found.kinds.values()}
    without = [
        one for one in found.run.unpaid if one.why.value != "no_rule" or found.kinds.get(one.pair) in meant
    ]
    unpaid = Counter(one.why.value for one in without)
    asks = [bool(rule.results) for rule in found.run.rules]
    lines = found.run.lines.rule.tolist()
    open_results = {
        line for line, result in zip(found.run.parts.line.tolist(), found.run.parts.found.tolist(), strict=True)
        if result < 0 and asks[lines[line]]
    }  # fmt: skip
    paid = {line.payee for line in found.lines if line.amount}
    missing = sorted(paid - _referenced(run))
    return {
        "unpaid": dict(sorted(unpaid.items())),
        "pairs": [[int(one.pair), one.why.value] for one in without[:NAMED]],
        "undecided": len(open_results),
        "over": len(
            {
                line
                for line, over in zip(
                    found.run.parts.line.tolist(), found.run.parts.over.tolist(), strict=True
                )
                if over
            }
        ),
        "unreferenced": len(missing),
        "people": missing[:NAMED],
    }


def _referenced(run: Run) -> set[int]:
    rows = PayReference._base_manager.filter(organisation=run.organisation)
    return set(rows.values_list("person_id", flat=True))
