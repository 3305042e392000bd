"""The graph of pairs as a drawing: teachers left of those who learn from them, one column a layer.

Nothing here asks the database, and nothing is measured in the browser: sizes are in pixels of the drawing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import east_asian_width

WIDTH, HEIGHT, STEP, GAP, EDGE = 132, 32, 40, 64, 12
ARC = 64  # room right of the last column for those in it who teach one another
LETTERS = 8  # how many wide characters a box holds beside its load
ACROSS = 4  # boxes in a row of those without a teacher


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the drawing: the name, "3/8" or nothing, `free`, `full`, `over`, `learner` or `gap`, and a link."""

    key: int
    name: str
    load: str = ""
    tone: str = "learner"
    url: str = ""
    filled: float = 0.0
    """the load as a part of the capacity, at most 1"""
    staff: bool = True
    """no apprentice: stands left of the last column where there are apprentices"""


@dataclass(frozen=True, slots=True)
class Arrow:
    """Who teaches whom, with which share of the whole (0 to 1)."""

    teacher: int
    learner: int
    share: float = 1.0
    deputy: bool = False
    mutual: bool = False
    said: str = ""
    main: bool = True
    """the learner stands beside this teacher; of several the one with the largest share"""


@dataclass(frozen=True, slots=True)
class Node:
    """A box at its place."""

    person: Person
    x: int
    y: int
    label: str
    bar: int


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn arrow."""

    path: str
    width: str
    look: str
    both: bool
    said: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that is drawn."""

    width: int
    height: int
    nodes: Sequence[Node]
    lines: Sequence[Line]
    gaps: Sequence[Node] = ()
    gaps_from: int = 0
    gaps_height: int = 0
    titles: Sequence[tuple[int, int]] = field(default=())
    """(number of the layer from the left, where its head stands)"""


def layers(people: Mapping[int, Person], arrows: Iterable[Arrow]) -> dict[int, int]:
    """person → how many steps lie below: 0 for whoever teaches nobody, else one more than the longest way down."""
    below: dict[int, list[int]] = defaultdict(list)
    for arrow in arrows:
        if not arrow.mutual and arrow.teacher in people and arrow.learner in people:
            below[arrow.teacher].append(arrow.learner)
    ground = 1 if any(not person.staff for person in people.values()) else 0
    found: dict[int, int] = {}

    def depth(key: int, way: frozenset[int]) -> int:
        if key not in found:
            # Bonds of one day close no circle; should rows ever do, the drawing still ends.
            steps = [1 + depth(one, way | {key}) for one in below[key] if one not in way]
            found[key] = max([ground if people[key].staff else 0, *steps])
        return found[key]

    for key in people:
        depth(key, frozenset())
    return found


def draw(people: Iterable[Person], arrows: Sequence[Arrow], gaps: Sequence[Person] = ()) -> Drawing:
    """Place everybody. People stand in the order in which they are given wherever the arrows leave a choice."""
    known = {person.key: person for person in people}
    arrows = [arrow for arrow in arrows if arrow.teacher in known and arrow.learner in known]
    levels = layers(known, arrows)
    most = max(levels.values(), default=0)
    rows = _rows(known, arrows, levels)
    places = {key: (EDGE + (most - levels[key]) * (WIDTH + GAP), EDGE + row) for key, row in rows.items()}
    nodes = [_node(known[key], *places[key]) for key in known]
    bottom = max((node.y + HEIGHT for node in nodes), default=0) + EDGE
    width = 2 * EDGE + (most + 1) * WIDTH + most * GAP
    if any(levels[arrow.teacher] == levels[arrow.learner] == 0 for arrow in arrows):
        width += ARC
    lines = [*_lines(arrows, places)]
    if not gaps:
        return Drawing(width, bottom, nodes, lines)
    across = max(2, min(ACROSS, (width - EDGE) // (WIDTH + EDGE)))
    width = max(width, 2 * EDGE + across * WIDTH + (across - 1) * EDGE)
    first = bottom + STEP
    boxes = [
        _node(person, EDGE + (n % across) * (WIDTH + EDGE), first + (n // across) * STEP)
        for n, person in enumerate(gaps)
    ]
    end = boxes[-1].y + HEIGHT + EDGE
    return Drawing(width, end, nodes, lines, boxes, bottom, end - bottom)


def _rows(people: Mapping[int, Person], arrows: Sequence[Arrow], levels: Mapping[int, int]) -> dict[int, int]:
    """person → distance from the top: who teaches nobody gets the next row, a teacher the middle of the own rows."""
    below: dict[int, list[int]] = defaultdict(list)
    beside: dict[int, list[int]] = defaultdict(list)
    taught: set[int] = set()
    for arrow in sorted(arrows, key=lambda one: (one.deputy, not one.main, -one.share)):
        if arrow.mutual:
            beside[arrow.teacher].append(arrow.learner)
        elif arrow.learner not in taught:
            below[arrow.teacher].append(arrow.learner)
            taught.add(arrow.learner)
    found: dict[int, int] = {}
    begun: set[int] = set()
    free = 0

    def place(key: int) -> None:
        nonlocal free
        if key in begun:
            return
        begun.add(key)
        mine = [one for one in below[key] if one not in begun]
        for one in mine:
            place(one)
        own = [found[one] for one in mine if one in found]
        if own:
            found[key] = (min(own) + max(own)) // 2
        else:
            found[key], free = free, free + STEP
        for one in beside[key]:
            place(one)

    order = list(people)
    for key in sorted(order, key=lambda one: (one in taught, -levels[one], order.index(one))):
        place(key)
    return found


def _node(person: Person, x: int, y: int) -> Node:
    bar = round(person.filled * WIDTH) if person.load else 0
    return Node(person, x, y, _short(person.name, LETTERS - (2.5 if person.load else 0)), bar)


def _short(name: str, room: float) -> str:
    """A name that fits: Chinese characters are as wide as two Latin ones."""
    used = 0.0
    for n, sign in enumerate(name):
        used += 1.0 if east_asian_width(sign) in "WF" else 0.56
        if used > room:
            return name[: max(1, n - 1)] + "…"
    return name


def _lines(arrows: Sequence[Arrow], places: Mapping[int, tuple[int, int]]) -> Iterable[Line]:
    """Double arrows for two who teach one another; the way back is not drawn a second time."""
    mutual = {(arrow.teacher, arrow.learner) for arrow in arrows if arrow.mutual}
    for arrow in arrows:
        back = (arrow.learner, arrow.teacher) in mutual
        if arrow.mutual and back and arrow.teacher > arrow.learner:
            continue
        width = f"{1 + 2.25 * arrow.share:.2f}" if not arrow.deputy else "1.5"
        look = "deputy" if arrow.deputy else "mutual" if arrow.mutual else "one-way"
        path = _path(places[arrow.teacher], places[arrow.learner])
        yield Line(path, width, look, arrow.mutual and back, arrow.said)


def _path(teacher: tuple[int, int], learner: tuple[int, int]) -> str:
    (x1, y1), (x2, y2) = teacher, learner
    y1, y2 = y1 + HEIGHT // 2, y2 + HEIGHT // 2
    if x1 + WIDTH <= x2:
        x1, x2 = x1 + WIDTH, x2 - 6
        half = (x1 + x2) // 2
        return f"M{x1} {y1}C{half} {y1} {half} {y2} {x2} {y2}"
    # In one column, or back: an arc to the right of both.
    x1, x2 = x1 + WIDTH + 6, x2 + WIDTH + 6
    out = max(x1, x2) + 22 + min(36, abs(y2 - y1) // 8)
    return f"M{x1} {y1}C{out} {y1} {out} {y2} {x2} {y2}"
