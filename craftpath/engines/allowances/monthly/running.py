"""A month's run: each rule over all pairs, rounded once, then the caps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np

from craftpath.engines.allowances.faults import RunFaulty
from craftpath.engines.allowances.monthly.answers import Lines, Parts, Run, Unpaid, Why
from craftpath.engines.allowances.monthly.capping import cut
from craftpath.engines.allowances.monthly.checking import check
from craftpath.engines.allowances.monthly.coding import Coded, Ints, Month, Table, Worked, tabled, worked
from craftpath.engines.allowances.monthly.matching import counted, paid_days
from craftpath.engines.allowances.monthly.pieces import Pieces, pieces
from craftpath.engines.allowances.monthly.sharing import rounded
from craftpath.engines.allowances.monthly.types import Cap, Earlier, Hours, Pairs, Payer, Rule, Scope
from craftpath.engines.allowances.monthly.weighing import Effort, Weighed, weighed, whole


def run(
    month: date,
    rules: Sequence[Rule],
    pairs: Pairs,
    hours: Hours | None = None,
    caps: Sequence[Cap] = (),
    earlier: Earlier | None = None,
) -> Run:
    """The lines of the month in which the day `month` lies; RunFaulty, with every fault, if something makes no sense.

    Lines come by pair, rule and version whatever the order of the rows. A line that a condition brings to nothing is
    there with 0 and its reasons; a pair that no rule meets is in `unpaid`.
    """
    hours, earlier = hours or Hours(), earlier or Earlier()
    faults = check(month, rules, pairs, hours, caps, earlier)
    if faults:
        raise RunFaulty(faults)
    rules = sorted(rules, key=lambda rule: (rule.key, rule.version))
    caps = sorted(caps, key=lambda cap: (list(Scope).index(cap.scope), cap.key))
    frame = Month.of(month)
    table = tabled(frame, pairs)
    entries, outside = worked(table, hours)
    drafts = _drafts(table, rules, entries)
    lines, parts = _lined(table, rules, drafts)
    lines, parts, unpaid = _payable(rules, lines, parts)
    lines, cuts = cut(lines, rules, caps, earlier)
    unpaid += [*_without(frame, pairs, lines, unpaid), *_outside(hours, outside)]
    return Run(frame.period.start, frame.days, tuple(rules), tuple(caps), lines, parts, cuts, _sorted(unpaid))


@dataclass(frozen=True, slots=True)
class _Draft:
    """One rule's pieces with their weights."""

    pieces: Pieces
    weighed: Weighed


def _drafts(table: Table, rules: Sequence[Rule], entries: Worked) -> list[_Draft]:
    effort, known = Effort.of(table, entries), dict[Any, Ints]()
    found = []
    for rule, paid in zip(rules, paid_days(table, rules), strict=True):
        counts = None
        if rule.ratio or rule.over_capacity is not None:
            key = (frozenset(rule.kinds), frozenset(rule.roles))
            known.setdefault(key, counted(table, rule))
            counts = known[key]
        parts = pieces(table, rule, paid, counts, entries)
        found.append(_Draft(parts, weighed(table, rule, parts, effort.reaches(rule))))
    return found


def _lined(table: Table, rules: Sequence[Rule], drafts: Sequence[_Draft]) -> tuple[Lines, Parts]:
    """Pieces of all rules, put together to lines by pair and rule."""
    rule_at = np.repeat(np.arange(len(rules)), [len(draft.pieces.row) for draft in drafts])
    joined = {field.name: _all(field.name, [draft.pieces for draft in drafts]) for field in fields(Pieces)}
    joined |= {field.name: _all(field.name, [draft.weighed for draft in drafts]) for field in fields(Weighed)}
    key = table.pair.codes[joined["row"]] * max(len(rules), 1) + rule_at
    order = np.argsort(key, kind="stable")  # the pieces of a rule come by row and day already
    joined = {name: column[order] for name, column in joined.items()}
    keys, first, line = np.unique(key[order], return_index=True, return_inverse=True)
    weight = np.zeros(len(keys), np.int64)
    np.add.at(weight, line, joined["weight"])
    row, of_rule = joined["row"][first], keys % max(len(rules), 1)
    pay = _rounded(table, rules, row, of_rule, weight)
    lines = Lines(
        pair=table.pair.taken(row),
        apprentice=table.apprentice.taken(row),
        payee=table.trainer.taken(row),
        payer=_payers(table, rules, row, of_rule),
        rule=of_rule,
        rounded=pay,
        amount=pay,
    )
    parts = Parts(
        line=line,
        found=table.result[joined["row"]],
        **{
            name: joined[name]
            for name in (
                "day",
                "days",
                "minutes",
                "share",
                "apprentices",
                "over",
                "ratio",
                "result",
                "reached",
            )
        },
    )
    return lines, parts


def _all(name: str, drafts: Sequence[Any]) -> Any:
    columns = [getattr(draft, name) for draft in drafts]
    return np.concatenate(columns) if columns else np.zeros(0, np.int64)


def _rounded(table: Table, rules: Sequence[Rule], row: Ints, of_rule: Ints, weight: Ints) -> Ints:
    """Lines of one rule, whatever its version, for one apprentice are rounded together: no split loses a cent."""
    families = sorted({(rule.key, rule.basis) for rule in rules})
    family = np.array([families.index((rule.key, rule.basis)) for rule in rules], np.int64)
    amount = np.array([rule.amount for rule in rules], np.int64)
    wholes = np.array([whole(rule, table.month.days) for rule in rules], np.int64)
    group = family[of_rule] * len(table.apprentice.words) + table.apprentice.codes[row]
    return rounded(amount[of_rule], weight, wholes[of_rule], group)


def _payers(table: Table, rules: Sequence[Rule], row: Ints, of_rule: Ints) -> Coded:
    """Who pays each line: words of enterprises and colleges together, so that one column holds both."""
    enterprises, colleges = table.enterprise, table.college
    words = tuple(sorted({"", *enterprises.words, *colleges.words}))
    place = {word: at for at, word in enumerate(words)}
    payers = [list(Payer).index(rule.payer) for rule in rules]
    payer = np.array(payers, np.int64)[of_rule]
    own = [
        np.array([place[word] for word in column.words], np.int64)[column.codes[row]]
        for column in (enterprises, colleges)
    ]
    return Coded(words, np.choose(payer, [*own, np.zeros(len(row), np.int64)]))


def _payable(rules: Sequence[Rule], lines: Lines, parts: Parts) -> tuple[Lines, Parts, list[Unpaid]]:
    """Without the lines that somebody has to pay and nobody is named for."""
    named = np.array([bool(word) for word in lines.payer.words])[lines.payer.codes]
    subsidy = np.array([rule.payer is Payer.SUBSIDY for rule in rules], bool)[lines.rule]
    keep = named | subsidy
    if keep.all():
        return lines, parts, []
    unpaid = [
        Unpaid(lines.pair.words[lines.pair.codes[at]], Why.NO_PAYER, rules[lines.rule[at]].key)
        for at in np.flatnonzero(~keep)
    ]
    place = np.cumsum(keep) - 1
    kept = keep[parts.line]
    parts = _taken(parts, kept)
    columns = {field.name: getattr(parts, field.name) for field in fields(Parts)}
    return _taken(lines, keep), Parts(**(columns | {"line": place[parts.line]})), unpaid


def _taken(columns: Any, rows: Any) -> Any:
    """The same columns with some of the rows."""
    found = {field.name: getattr(columns, field.name) for field in fields(columns)}
    return type(columns)(
        **{name: one.taken(rows) if isinstance(one, Coded) else one[rows] for name, one in found.items()}
    )


def _without(frame: Month, pairs: Pairs, lines: Lines, unpaid: Sequence[Unpaid]) -> list[Unpaid]:
    """Pairs without any line and without a reason yet: each with its own."""
    told = {lines.pair.words[at] for at in np.unique(lines.pair.codes)} | {one.pair for one in unpaid}
    pair = Coded.of(pairs.pair)
    first = np.datetime64(frame.period.start, "D")
    ends = np.asarray(pairs.end, "datetime64[D]")
    in_month = _any(pair, frame.bits(pairs.start, pairs.end) != 0)
    later = _any(pair, np.isnat(ends) | (ends > first))
    found = []
    for at in range(len(pair.words)):
        if pair.words[at] not in told:
            why = Why.NO_RULE if in_month[at] else Why.BEGINS_AFTER if later[at] else Why.ENDED_BEFORE
            found.append(Unpaid(pair.words[at], why))
    return found


def _any(pair: Coded, flags: Any) -> Any:
    """Which pairs have a row with the flag."""
    return np.bincount(pair.codes[flags], minlength=len(pair.words)) > 0


def _outside(hours: Hours, outside: Any) -> list[Unpaid]:
    return [Unpaid(pair, Why.OUTSIDE) for pair in {hours.pair[int(at)] for at in np.flatnonzero(outside)}]


def _sorted(unpaid: Sequence[Unpaid]) -> tuple[Unpaid, ...]:
    return tuple(sorted(set(unpaid), key=lambda one: (one.pair, one.rule, one.why)))
