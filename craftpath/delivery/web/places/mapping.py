"""The map that asks nobody outside for tiles: dots by kind, size and load, once for wide pages and once for phones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craftpath.delivery.web.places.demand import Load
from craftpath.delivery.web.shell.templatetags.say import kind, text
from craftpath.engines.geography import draw
from craftpath.engines.geography.types import Dot, Label, Ring
from craftpath.kernel.organisations import Kind

if TYPE_CHECKING:
    from craftpath.domain.places.models import Place

WIDE, NARROW = (760.0, 460.0), (336.0, 336.0)
LEAST, LARGEST = 5.0, 15.0
SHAPES = {Kind.ENTERPRISE: "square", Kind.SITE: "square", Kind.POINT: "diamond"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A dot with what it says and where it leads."""

    x: float
    y: float
    size: float
    shape: str
    look: str
    path: str
    name: str
    title: str
    url: str
    label: Label | None

    @property
    def square(self) -> str:
        """The outline of a square."""
        half = self.size * 0.9
        left, top = self.x - half, self.y - half
        return f"M{left:.1f} {top:.1f}h{2 * half:.1f}v{2 * half:.1f}h-{2 * half:.1f}Z"


@dataclass(frozen=True, slots=True)
class Map:
    """One drawing."""

    size: str
    width: float
    height: float
    dots: Sequence[Shown]
    paths: Sequence[str]
    bar: float
    bar_words: str

    @property
    def foot(self) -> str:
        """Where the scale bar stands."""
        return f"{self.height - 12:g}"

    @property
    def bar_at(self) -> str:
        """Where its words begin."""
        return f"{self.bar + 6:.1f}"

    @property
    def right(self) -> str:
        """Where north is shown."""
        return f"{self.width - 20:g}"


LOOKS = {
    "free": gettext_lazy("seats are free"),
    "tight": gettext_lazy("few seats are left"),
    "full": gettext_lazy("all seats are taken"),
    "unknown": gettext_lazy("no seats stated"),
}


def maps(
    places: Sequence[Place], loads: Mapping[int, Load], outline: Sequence[Ring], urls: Mapping[int, str]
) -> list[Map]:
    """Wide and narrow; nothing where no place says where it lies."""
    there = [one for one in places if one.position is not None]
    return [
        _map(name, size, there, loads, outline, urls)
        for name, size in (("wide", WIDE), ("narrow", NARROW))
        if there
    ]


def _map(
    name: str,
    size: tuple[float, float],
    places: Sequence[Place],
    loads: Mapping[int, Load],
    outline: Sequence[Ring],
    urls: Mapping[int, str],
) -> Map:
    most = max((loads.get(one.organisation_id, Load()).seats for one in places), default=0)
    by_key = {one.organisation.key: one for one in places}
    dots = [
        Dot(
            key,
            one.position,
            _size(loads.get(one.organisation_id, Load()).seats, most),
            text(one.organisation.name),
        )
        for key, one in by_key.items()
        if one.position is not None
    ]
    drawn = draw(dots, outline, *size)
    shown = []
    for dot in sorted(drawn.dots, key=lambda it: -it.size):
        place = by_key[dot.key]
        load = loads.get(place.organisation_id, Load())
        shown.append(
            Shown(
                dot.x, dot.y, dot.size, SHAPES.get(Kind(place.organisation.kind), "circle"), load.look,
                _path(dot.x, dot.y, dot.size), text(place.organisation.name), _title(place, load),
                urls.get(place.organisation_id, ""), dot.label,
            )
        )  # fmt: skip
    far = drawn.metres
    words = f"{far // 1000} km" if far >= 1000 else f"{far} m"
    return Map(name, *size, shown, drawn.paths, drawn.bar, words)


def _size(seats: int, most: int) -> float:
    """The area says how many."""
    return LEAST + (LARGEST - LEAST) * sqrt(seats / most) if most else LEAST + 2


def _path(x: float, y: float, size: float) -> str:
    """The outline of a diamond."""
    return f"M{x} {y - size:.1f}L{x + size:.1f} {y}L{x} {y + size:.1f}L{x - size:.1f} {y}Z"


def _title(place: Place, load: Load) -> str:
    name, what = text(place.organisation.name), kind(place.organisation.kind)
    if not load.seats:
        return _("%(name)s (%(kind)s)") % {"name": name, "kind": what}
    values = {"name": name, "kind": what, "taken": load.taken, "seats": load.seats}
    return _("%(name)s (%(kind)s): %(taken)s of %(seats)s seats taken") % values
