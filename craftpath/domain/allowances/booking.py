"""Engine answers as rows: a run's lines with what made them, and what stands in the books as the engine reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from craftpath.domain.allowances.gathering import books_of
from craftpath.domain.allowances.inputs import named
from craftpath.domain.allowances.models import SETTLED, Line
from craftpath.domain.pairing.queries import bonds
from craftpath.kernel.organisations import Organisation

if TYPE_CHECKING:
    from craftpath.engines.allowances import monthly


class NewLine(NamedTuple):
    """A line as it will be written, in ids; amounts in minor units."""

    about: date
    kind: str
    bond: int
    rule: int
    payee: int
    learner: int
    payer: int | None
    rounded: int
    amount: int
    detail: dict[str, Any]
    correction: int | None


@dataclass(frozen=True, slots=True)
class Ids:
    """Where the engine's words lead: (rule key, version) → rule id, organisation key → id, and back."""

    rules: Mapping[tuple[str, int], int]
    places: Mapping[str, int]

    @classmethod
    def of(cls, organisation: Organisation) -> Ids:
        """Of one organisation's rules; three queries."""
        rules = {
            (rule.key, book.row.number): rule.pk
            for book in books_of(organisation)
            for rule in book.row.rules.all()
        }
        return cls(rules, dict(Organisation.objects.values_list("key", "pk")))


def originals(run: monthly.Run, ids: Ids) -> Iterator[NewLine]:
    """Every line of a month's run, in its order; lines of 0 too, since they say why."""
    lines, details = run.lines, detailed(run)
    columns = zip(
        _words(lines.pair), _words(lines.payee), _words(lines.apprentice), _words(lines.payer),
        lines.rule.tolist(), lines.rounded.tolist(), lines.amount.tolist(), details, strict=True,
    )  # fmt: skip
    for pair, payee, learner, payer, at, rounded, amount, detail in columns:
        rule = run.rules[at]
        yield NewLine(
            run.month, "original", int(pair), ids.rules[rule.key, rule.version], int(payee), int(learner),
            ids.places.get(payer), rounded, amount, detail, None,
        )  # fmt: skip


def _words(column: Any) -> list[str]:
    return [column.words[code] for code in column.codes.tolist()]


def detailed(run: monthly.Run) -> list[dict[str, Any]]:
    """For each line `{days, parts, cuts}`.

    A part is [day of the month from 0, days, minutes, share, apprentices, over, ratio, result found, result factor,
    minimum reached]; a cut is [cap's place in the run's caps, its most, before, after].
    """
    parts, found = run.parts, list[dict[str, Any]]()
    whole = [rule.basis.value == "pair_month" and not rule.by_day for rule in run.rules]
    names = ("day", "days", "minutes", "share", "apprentices", "over", "ratio", "found", "result", "reached")
    rows = zip(*(getattr(parts, name).tolist() for name in names), strict=True)
    by_line: dict[int, list[list[Any]]] = defaultdict(list)
    for line, row in zip(parts.line.tolist(), rows, strict=True):
        by_line[line].append([int(one) for one in row])
    cuts: dict[int, list[list[Any]]] = defaultdict(list)
    told = zip(
        *(getattr(run.cuts, name).tolist() for name in ("line", "cap", "before", "after")), strict=True
    )
    for line, cap, before, after in told:
        cuts[line].append([run.caps[cap].scope.value, run.caps[cap].most, before, after])
    for line, at in enumerate(run.lines.rule.tolist()):
        mine = by_line[line]
        if whole[at]:
            mine = [[part[0], run.days, *part[2:]] for part in mine]
        found.append({"days": run.days, "parts": mine, "cuts": cuts.get(line, [])})
    return found


def in_the_books(organisation: Organisation, month: date, bond: int | None = None) -> list[monthly.Booked]:
    """All settled lines about a month, corrections included, of one pair or of all; one query."""
    from craftpath.engines.allowances import monthly  # noqa: PLC0415 - NumPy, which no start needs

    rows = Line._base_manager.filter(run__organisation=organisation, run__state__in=SETTLED, about=month)
    if bond is not None:
        rows = rows.filter(bond=bond)
    told = rows.order_by("pk").values_list(
        "bond_id", "rule__key", "rule__book__number", "payee_id", "rule__payer", "payer__key", "rule__book__currency",
        "amount", "kind",
    )  # fmt: skip
    return [
        monthly.Booked(
            monthly.Whose(month, named(pair), rule, version, named(payee), payer, place or "", money),
            amount,
            monthly.Kind(kind),
        )
        for pair, rule, version, payee, payer, place, money, amount, kind in told
    ]


def counter_lines(
    organisation: Organisation, correction: int, run: monthly.Run, ids: Ids, bond: int | None
) -> list[NewLine]:
    """What brings the books of a month to what its run says today: reversals and renewed lines."""
    from craftpath.engines.allowances import monthly  # noqa: PLC0415 - as above

    new = [one for one in monthly.booked(run) if bond is None or one.whose.pair == named(bond)]
    counter = monthly.correct(in_the_books(organisation, run.month, bond), new)
    if not counter:
        return []
    known = {(line.bond, line.rule): line for line in originals(run, ids)}
    learners = _learners(int(one.whose.pair) for one in counter)
    return [_counter_line(one, correction, known, learners, ids) for one in counter]


def _counter_line(
    one: monthly.Booked,
    correction: int,
    known: Mapping[tuple[int, int], NewLine],
    learners: Mapping[int, int],
    ids: Ids,
) -> NewLine:
    whose, pair = one.whose, int(one.whose.pair)
    rule = ids.rules[whose.rule, whose.version]
    line = known.get((pair, rule))
    fresh = one.amount > 0 and line is not None
    return NewLine(
        whose.month, "reversal" if one.amount < 0 else "renewed", pair, rule, int(whose.payee), learners[pair],
        ids.places.get(whose.payer_id), line.rounded if fresh and line else one.amount, one.amount,
        line.detail if fresh and line else {}, correction,
    )  # fmt: skip


def _learners(pairs: Iterable[int]) -> dict[int, int]:
    return dict(bonds().filter(pk__in=set(pairs)).values_list("pk", "learner_id"))


def total(lines: Sequence[NewLine]) -> int:
    """What the lines come to."""
    return sum(line.amount for line in lines)
