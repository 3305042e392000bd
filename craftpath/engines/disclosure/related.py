"""Cells that are tied by sums: a whole and its parts, in as many ways as a set of tables has. What is hidden of them.

A small cell is hidden. Then, until nothing follows: of every sum either nothing is hidden or at least two cells are,
and what is hidden of a shown whole is together no small group; then all sums at once are solved for what is hidden
(Gaussian elimination, in whole numbers modulo a prime), and where a hidden cell follows from several sums together, one
more is hidden. At the end cells hidden for the sake of others are shown again where nothing follows from it.

Where only one part of a sum has anybody the whole is that part under another name: what is one figure is hidden once,
and shown again at all its places together.

Parts of a sum over time are often the same people: of such a sum (`same`) the largest part says how many there are at
least. A cell that nobody sees (`secret`), such as a remainder, hides with the others.

Compare `deducing`: there atoms are known and few, here only cells and many. What follows from limits is not looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from craftpath.engines.disclosure.one_column import LEAST_SHOWN

SHOWN, SMALL, PROTECTS = 0, 1, 2
PRIME = (1 << 61) - 1
MOST_SOLVED = 20_000  # hidden cells of one connected group whose sums are solved together
MOST_TRIED = 200  # cells that are tried to be shown again
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Sum:
    """`whole` is the sum of `parts` (places of cells); `same`: the parts may be the same people."""

    whole: int
    parts: tuple[int, ...]
    same: bool = False

    @property
    def cells(self) -> tuple[int, ...]:
        """All of them, the whole first."""
        return (self.whole, *self.parts)


def hide_related(
    sizes: Sequence[int],
    sums: Iterable[Sum],
    least: int = LEAST_SHOWN,
    secret: Collection[int] = (),
    already: Collection[int] | None = None,
) -> list[int]:
    """For each cell SHOWN, SMALL or PROTECTS. A cell of nobody is shown: it says nothing of anybody.

    What is hidden `already` stays so, nothing followed from it, and nothing is shown again: where no more has to be
    hidden nothing follows still, since whoever knows less works out less.
    """
    figure, least_of, ties = _figures(sizes, [one for one in sums if one.parts])
    open_to_somebody = {figure[cell] for cell in range(len(sizes)) if cell not in set(secret)}
    unseen = frozenset(figure[cell] for cell in secret) - open_to_somebody
    decided = _Decision(least_of, ties, least, unseen)
    if already is None:
        decided.settle(range(len(ties)))
        decided.show_again()
    else:
        known = {figure[cell] for cell in already}
        decided.hidden |= known
        decided.settle(range(len(ties)), known=known)
    return [
        SHOWN
        if figure[cell] not in decided.hidden or cell in secret
        else SMALL
        if figure[cell] in decided.small
        else PROTECTS
        for cell in range(len(sizes))
    ]


def _figures(sizes: Sequence[int], sums: Sequence[Sum]) -> tuple[list[int], list[int], list[Sum]]:
    """For each cell the figure that it is, as the place of one of its cells; sizes and sums of figures, each once.

    Figures that nobody is behind stand in no sum.
    """
    figure = list(range(len(sizes)))

    def of(cell: int) -> int:
        while figure[cell] != cell:
            figure[cell] = figure[figure[cell]]
            cell = figure[cell]
        return cell

    several: list[Sum] = []
    for one in sums:
        there = tuple(cell for cell in one.parts if sizes[cell] > 0)
        if len(there) == 1 and sizes[one.whole] > 0:
            figure[of(one.whole)] = of(there[0])
        elif there:
            several.append(Sum(one.whole, there, one.same))
    figure = [of(cell) for cell in range(len(sizes))]
    smallest = list(sizes)
    for cell, size in enumerate(sizes):
        if size > 0:
            smallest[figure[cell]] = min(smallest[figure[cell]], size)
    ties = dict.fromkeys(
        Sum(figure[one.whole], tuple(sorted(figure[cell] for cell in one.parts)), one.same) for one in several
    )
    # Where a figure is a part of itself the rest is nothing, which no hiding helps.
    return figure, smallest, [one for one in ties if one.whole not in one.parts]


def what_follows(sums: Sequence[Sum], hidden: Collection[int]) -> set[int]:
    """Hidden cells whose value follows from what is shown, by any combination of the sums."""
    rows: dict[int, dict[int, int]] = {}
    where: dict[int, set[int]] = defaultdict(set)
    for one in sums:
        row: dict[int, int] = {}
        for cell in one.cells:
            if cell in hidden:
                row[cell] = (row.get(cell, 0) + (1 if cell == one.whole else PRIME - 1)) % PRIME
        row = {cell: times for cell, times in row.items() if times}
        for cell in [cell for cell in row if cell in rows]:
            _take(row, rows[cell], row[cell])
        if not row:
            continue
        pivot = min(row, key=lambda cell: (len(where[cell]), cell))
        inverse = pow(row[pivot], -1, PRIME)
        row = {cell: value * inverse % PRIME for cell, value in row.items()}
        for other in list(where[pivot]):
            before = set(rows[other])
            _take(rows[other], row, rows[other][pivot])
            for cell in before ^ rows[other].keys():
                (where[cell].add if cell in rows[other] else where[cell].discard)(other)
        rows[pivot] = row
        for cell in row:
            where[cell].add(pivot)
    return {pivot for pivot, row in rows.items() if len(row) == 1}


def _take(row: dict[int, int], other: dict[int, int], times: int) -> None:
    """Subtract a multiple of another row; what becomes nothing is left out."""
    for cell, value in other.items():
        left = (row.get(cell, 0) - times * value) % PRIME
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)


class _Decision:
    """What is hidden so far."""

    def __init__(self, sizes: Sequence[int], sums: Sequence[Sum], least: int, secret: frozenset[int]) -> None:
        self.sizes, self.sums, self.least, self.secret = sizes, sums, least, secret
        self.small = {cell for cell, size in enumerate(sizes) if 0 < size < least} - secret
        self.hidden = self.small | {cell for cell in secret if sizes[cell] > 0}
        self.of: dict[int, list[int]] = defaultdict(list)
        for place, one in enumerate(sums):
            for cell in one.cells:
                self.of[cell].append(place)

    def settle(self, places: Iterable[int], known: set[int] | None = None) -> None:
        """Hide more until nothing follows; of `known` alone nothing does."""
        self._each(places)
        if known is not None and self.hidden - self.secret <= known:
            return
        while follows := self._told():
            for cell in sorted(follows, key=lambda cell: (self.sizes[cell], cell)):
                more = self._another(cell)
                if more is not None:
                    self.hidden.add(more)
                    self._each(self.of[more])
                    break
            else:
                return

    def _each(self, places: Iterable[int]) -> None:
        waiting = list(places)[::-1]
        while waiting:
            more = self._lacks(self.sums[waiting.pop()])
            if more is not None:
                self.hidden.add(more)
                waiting.extend(self.of[more])

    def _lacks(self, one: Sum) -> int | None:
        """The cell that has to be hidden beside what is hidden of a sum; None where it is well."""
        hidden = {cell for cell in one.cells if cell in self.hidden}
        if not hidden:
            return None
        there = {cell for cell in one.parts if cell in self.hidden}
        if len(hidden) >= _PAIR and (one.whole in self.hidden or self._people(there, one.same) >= self.least):
            return None
        shown = [cell for cell in one.parts if cell not in self.hidden and self.sizes[cell] > 0]
        if not shown:
            return None if one.whole in self.hidden else one.whole
        return min(shown, key=lambda cell: (self.sizes[cell], cell))

    def _people(self, cells: Iterable[int], same: bool) -> int:
        sizes = [self.sizes[cell] for cell in cells]
        return max(sizes, default=0) if same else sum(sizes)

    def _told(self) -> set[int]:
        """Hidden cells that follow from several sums together."""
        found: set[int] = set()
        for sums, cells in self._groups():
            if len(cells) <= MOST_SOLVED:
                found |= what_follows(sums, cells)
        return found - self.secret

    def _groups(self) -> Iterable[tuple[list[Sum], set[int]]]:
        """Hidden cells that hang together by sums, with these sums."""
        left = set(self.hidden)
        while left:
            cells, places, waiting = set(), set(), [left.pop()]
            while waiting:
                cell = waiting.pop()
                cells.add(cell)
                for place in self.of[cell]:
                    if place not in places:
                        places.add(place)
                        near = {other for other in self.sums[place].cells if other in left}
                        left -= near
                        waiting.extend(near)
            yield [self.sums[place] for place in sorted(places)], cells

    def _another(self, cell: int) -> int | None:
        """The smallest shown cell in a sum of this one, else in a sum of what is hidden beside it, and so on.

        The whole of a sum only where no part is left.
        """
        seen, ring = {cell}, {cell}
        while ring:
            places = {place for one in ring for place in self.of[one]}
            parts = {other for place in places for other in self.sums[place].parts}
            for some in (parts, {self.sums[place].whole for place in places}):
                shown = [other for other in some if other not in self.hidden and self.sizes[other] > 0]
                if shown:
                    return min(shown, key=lambda other: (self.sizes[other], other))
            ring = {
                other for place in places for other in self.sums[place].cells if other in self.hidden
            } - seen
            seen |= ring
        return None

    def show_again(self) -> None:
        """Show what protects nobody any more, the largest first."""
        spare = sorted(self.hidden - self.small - self.secret, key=lambda cell: (-self.sizes[cell], cell))
        for cell in spare[:MOST_TRIED]:
            self.hidden.discard(cell)
            well = all(self._lacks(self.sums[place]) is None for place in self.of[cell])
            if not well or self._told():
                self.hidden.add(cell)
