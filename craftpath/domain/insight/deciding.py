"""What is hidden: decided over all cells of a table at once, whoever reads them.

A city reads its colleges' cells beside its own, and an enterprise's rows stand in the city's table by enterprise: so
that no filter, second page or other reader opens a cell, all of them are one set, and every sum that ties them counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import F

from craftpath.domain.insight.adding import ALL, SHAPES, measures
from craftpath.domain.insight.dimensions import Dims
from craftpath.domain.insight.models import Book, Cell
from craftpath.engines.disclosure import LEAST_SHOWN, Sum, hide_related
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import STEP

PERIOD, ENTERPRISE, DIMS = 4, 3, 4
NO_DIMS: tuple[str, str, str, str] = ("", "", "", "")
UNDECIDED = "*"
"""In place of a measure: nothing of the cell is shown until it is decided."""
Place = tuple[int, str, Dims]
"""Reader, side, dimensions."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What decides about a figure: the sum of these parts of a cell, and how many it must be.

    Where it is nothing and one of `also` is something, there is somebody all the same. What is hidden for the sake of
    a crowd `around` them is hidden too.
    """

    key: str
    parts: tuple[str, ...]
    floor: int
    repeats: bool
    also: tuple[str, ...] = ()
    around: tuple[tuple[str, ...], ...] = ()


_SHOWN = (
    "organisation_id",
    "side",
    "place",
    "stage",
    "occupation",
    "enterprise",
    "period",
    "parts",
    "hidden",
)


def decide(table: str, at: datetime) -> int:
    """Decide anew what is hidden of all cells of a table; how many cells are hidden in some measure."""
    cells = _all(table)
    hidden = _decided(table, cells, Ties(cells))
    _keep(cells, hidden)
    Book.objects.filter(table=table).update(decided=F("changed"), decided_at=at)
    return sum(1 for codes in hidden if codes)


def decide_more(table: str) -> None:
    """Hide more where something has become small, until nothing follows; nothing is shown again, which `decide` does.

    Of measures in which nothing more has to be hidden only the sums are looked at, each by itself.
    """
    cells = _all(table)
    hidden = _decided(table, cells, Ties(cells), more=True)
    _keep(cells, hidden)


def _all(table: str) -> list[Cell]:
    return list(Cell._base_manager.filter(table=table).order_by("pk").only("pk", *_SHOWN))


def _decided(table: str, cells: Sequence[Cell], ties: Ties, *, more: bool = False) -> list[dict[str, int]]:
    """For each cell the measures that are not shown, with the reason."""
    hidden: list[dict[str, int]] = [{} for _ in cells]
    for one in measures_of(table, cells):
        already = {place for place, cell in enumerate(cells) if one.key in cell.hidden} if more else None
        for place, code in enumerate(ties.hidden(one, already)):
            if code or (already and place in already):
                hidden[place][one.key] = code or 2
    return hidden


def _keep(cells: Sequence[Cell], hidden: Sequence[dict[str, int]]) -> None:
    changed = []
    for cell, codes in zip(cells, hidden, strict=True):
        if cell.hidden != codes:
            cell.hidden = codes
            changed.append(cell)
    Cell._base_manager.bulk_update(changed, ["hidden"], batch_size=300)


def measures_of(table: str, cells: Sequence[Cell]) -> list[Measure]:
    """What has to be decided of a table; of what is drawn, each of its parts by itself."""
    if table not in SHAPES:
        return [
            Measure(
                key,
                tuple(part.key for part in some[0].counted),
                some[0].floor,
                some[0].repeats,
                () if some[0].around else tuple(sorted({part.key for one in some for part in one.n})),
                tuple(tuple(part.key for part in crowd) for crowd in some[0].around),
            )
            for key, some in measures(table).items()
        ]
    names = sorted({name for cell in cells for name in cell.parts if people_in(table, name) == name})
    return [Measure(name, (name,), LEAST_SHOWN, False) for name in names]


def people_in(table: str, part: str) -> str:
    """The part that counts the people behind a part of what is drawn: a curve's first quarter, holders of credits."""
    kind, _, rest = part.partition("|")
    if table == "curve":
        return f"{kind}|at|01"
    if table == "path" and kind == "credit":
        return f"holders|{rest}"
    if table == "layer" and kind == "qualified":
        return f"teachers|{rest}"
    return part


class Ties:
    """The sums that tie the cells of one table."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._cells = cells
        self._at: dict[Place, int] = {
            (cell.organisation_id, cell.side, _dims(cell)): place for place, cell in enumerate(cells)
        }
        self._wholes: list[tuple[int, tuple[int, ...], bool]] = []
        self._with_rest: list[tuple[int, tuple[int, ...]]] = []
        self._over_time()
        self._over_dimensions()
        self._over_organisations()

    def _over_time(self) -> None:
        parts: dict[Place, list[int]] = defaultdict(list)
        for (reader, side, dims), place in self._at.items():
            if dims[PERIOD]:
                parts[reader, side, (*dims[:PERIOD], ALL)].append(place)  # type: ignore[index]
        for key, places in parts.items():
            if key in self._at:
                self._wholes.append((self._at[key], tuple(places), True))

    def _over_dimensions(self) -> None:
        parts: dict[tuple[Place, int], list[int]] = defaultdict(list)
        for (reader, side, dims), place in self._at.items():
            named = [at for at in range(DIMS) if dims[at]]
            if len(named) == 1:
                parts[(reader, side, (*NO_DIMS, dims[PERIOD])), named[0]].append(place)
        for (key, _dimension), places in parts.items():
            if key in self._at:
                self._wholes.append((self._at[key], tuple(places), False))

    def _over_organisations(self) -> None:
        readers = {reader for reader, _side, _dims in self._at}
        told = Organisation.objects.filter(pk__in=readers).values_list("pk", "path", "public_id")
        paths = {path: pk for pk, path, _public_id in told}
        above = {pk: paths.get(path[:-STEP]) for path, pk in paths.items()}
        roots = {pk for pk, parent in above.items() if parent is None}
        hosts = {public_id: pk for pk, _path, public_id in told}
        parts: dict[Place, list[int]] = defaultdict(list)
        for (reader, side, dims), place in self._at.items():
            parent = above[reader]
            if parent is not None:
                parts[parent, side, dims].append(place)
        for key, places in parts.items():
            if key in self._at:
                self._with_rest.append((self._at[key], tuple(places)))
        for (reader, side, dims), place in self._at.items():
            host = hosts.get(dims[ENTERPRISE])
            if reader in roots and side == "owned" and host is not None and host != reader:
                same = (
                    self._at.get((host, "hosted", (*NO_DIMS, dims[PERIOD]))),
                    self._at.get((host, "owned", dims)),
                )
                self._with_rest.append((place, tuple(one for one in same if one is not None)))

    def hidden(self, one: Measure, already: Collection[int] | None = None) -> list[int]:
        """For each cell 0, 1 (too few) or 2 (others would follow); the worst of all crowds."""
        crowds = [replace(one, parts=crowd, also=()) for crowd in one.around]
        found = [self._hidden(crowd, already) for crowd in (one, *crowds)]
        return [min(filter(None, codes), default=0) for codes in zip(*found, strict=True)]

    def _hidden(self, one: Measure, already: Collection[int] | None) -> list[int]:
        sums = [sum(cell.parts.get(part, 0) for part in one.parts) for cell in self._cells]
        sizes = list(sums)
        if one.repeats:
            for whole, parts, _same in (tie for tie in self._wholes if tie[2]):
                sizes[whole] = max((sums[part] for part in parts), default=sums[whole])
        for place, cell in enumerate(self._cells):
            if not sizes[place] and any(cell.parts.get(part) for part in one.also):
                sizes[place] = 1
        if not already and not any(0 < size < one.floor for size in sizes):
            return [0] * len(sizes)
        ties = [Sum(whole, parts, same and one.repeats) for whole, parts, same in self._wholes]
        secret: list[int] = []
        for whole, parts in self._with_rest:
            rest = sums[whole] - sum(sums[part] for part in parts)
            if rest < 0:
                continue  # rows of another tree are among them: these sums do not tie
            if rest > 0:
                secret.append(len(sizes))
                sizes.append(rest)
                parts = (*parts, secret[-1])
            ties.append(Sum(whole, parts))
        return hide_related(sizes, ties, one.floor, secret, already)[: len(self._cells)]


def _dims(cell: Cell) -> Dims:
    return cell.place, cell.stage, cell.occupation, cell.enterprise, cell.period
