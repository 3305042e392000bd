"""Pictures of the demo's bulletins, drawn here: a workshop with people at a lathe, and a hall that looks at a chart.

They are drawn four times as fine as they are kept, so that edges are smooth; nobody can be recognised on them.
"""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw

_WIDE, _HIGH, _FINE = 1500, 940, 2
_Point = tuple[float, float]


class _Pen:
    """Draws in whole units of the kept picture."""

    def __init__(self, ground: str) -> None:
        self.image = Image.new("RGB", (_WIDE * _FINE, _HIGH * _FINE), ground)
        self.pen = ImageDraw.Draw(self.image)

    def box(self, x: float, y: float, wide: float, high: float, fill: str, radius: float = 0) -> None:
        self.pen.rounded_rectangle(_fine(x, y, x + wide, y + high), radius * _FINE, fill=fill)

    def ring(self, x: float, y: float, size: float, fill: str) -> None:
        self.pen.ellipse(_fine(x - size, y - size, x + size, y + size), fill=fill)

    def shape(self, fill: str, *points: _Point) -> None:
        self.pen.polygon([(x * _FINE, y * _FINE) for x, y in points], fill=fill)

    def line(self, fill: str, width: float, *points: _Point) -> None:
        self.pen.line(
            [(x * _FINE, y * _FINE) for x, y in points], fill=fill, width=round(width * _FINE), joint="curve"
        )

    def kept(self) -> bytes:
        out = io.BytesIO()
        small = self.image.resize((_WIDE, _HIGH), Image.Resampling.LANCZOS)
        small.save(out, "JPEG", quality=88, optimize=True)
        return out.getvalue()


def _fine(*values: float) -> tuple[float, ...]:
    return tuple(value * _FINE for value in values)


def _person(
    pen: _Pen, x: float, y: float, size: float, cloth: str, skin: str, cap: str = "", arm: float = 0
) -> None:
    """From the waist up, seen from the side; `arm` is how far an arm reaches to the right, or to the left."""
    pen.box(x - 0.62 * size, y, 1.24 * size, 2.6 * size, cloth, 0.5 * size)
    pen.box(x - 0.16 * size, y - 0.4 * size, 0.32 * size, 0.6 * size, skin)
    pen.ring(x, y - 0.72 * size, 0.5 * size, skin)
    if cap:
        pen.pen.pieslice(
            _fine(x - 0.54 * size, y - 1.3 * size, x + 0.54 * size, y - 0.24 * size), 180, 360, fill=cap
        )
        way = 1 if arm >= 0 else -1
        pen.box(min(x, x + way * 0.86 * size), y - 0.82 * size, 0.86 * size, 0.12 * size, cap, 0.05 * size)
    else:
        pen.pen.pieslice(
            _fine(x - 0.52 * size, y - 1.26 * size, x + 0.52 * size, y - 0.28 * size),
            170,
            370,
            fill="#2e2a26",
        )
    if arm:
        way = 1 if arm > 0 else -1
        hand = (x + arm * size, y + 0.98 * size)
        pen.line(
            cloth,
            0.34 * size,
            (x + way * 0.42 * size, y + 0.42 * size),
            (x + 0.62 * arm * size, y + 1.12 * size),
            hand,
        )
        pen.ring(*hand, 0.19 * size, skin)


def draw_workshop() -> bytes:
    """A master and an apprentice at a lathe, in front of a window with a lattice."""
    pen = _Pen("#efe7d6")
    pen.box(0, 0, _WIDE, 620, "#e9dfca")
    for n, x in enumerate(range(90, 1400, 440)):
        pen.box(x, 70, 330, 360, "#cfdfe6", 4)
        pen.shape("#dfeaee", (x, 430), (x + 150 + 30 * n, 70), (x + 260, 70), (x + 60, 430))
        for step in range(1, 4):
            pen.box(x + step * 82.5 - 4, 70, 8, 360, "#8a7a5c")
            pen.box(x, 70 + step * 90 - 4, 330, 8, "#8a7a5c")
        pen.box(x - 10, 60, 350, 12, "#7a6b4e")
        pen.box(x - 10, 428, 350, 16, "#7a6b4e")
    for x in (300, 740, 1180):
        pen.line("#5c564d", 3, (x, 0), (x, 46))
        pen.shape("#24496b", (x - 60, 76), (x - 18, 40), (x + 18, 40), (x + 60, 76))
        pen.box(x - 52, 76, 104, 8, "#f6e3a8", 4)
    pen.box(0, 612, _WIDE, 10, "#b7a888")
    pen.box(0, 622, _WIDE, 318, "#d3c6ab")
    for x in range(-200, 1700, 190):
        pen.line("#c6b897", 3, (x + 110, 622), (x, 940))
    _person(pen, 560, 372, 92, "#1f4e79", "#d9a77d", "#e8b84b", arm=1.75)
    _person(pen, 1040, 356, 96, "#5f6a4a", "#c99568", "#b5341f", arm=-1.55)
    pen.box(250, 560, 1000, 60, "#6f7f86", 6)
    pen.box(250, 616, 1000, 22, "#59676d")
    pen.box(290, 636, 210, 250, "#7d8d94", 8)
    pen.box(1000, 636, 210, 250, "#7d8d94", 8)
    pen.box(320, 670, 150, 90, "#6a7980", 6)
    pen.box(262, 430, 190, 140, "#8d9ca3", 10)
    for place, fill in enumerate(("#b5341f", "#e8b84b", "#24704f")):
        pen.ring(296 + 34 * place, 462, 10, fill)
    pen.box(286, 490, 130, 54, "#2e3a40", 6)
    pen.shape(
        "#6fc7a0",
        (300, 530),
        (330, 506),
        (356, 520),
        (400, 500),
        (400, 506),
        (356, 527),
        (330, 513),
        (304, 534),
    )
    pen.box(448, 462, 44, 92, "#a9b5ba", 6)
    pen.ring(506, 508, 44, "#b8c3c7")
    pen.ring(506, 508, 18, "#8d9ca3")
    pen.box(520, 490, 380, 36, "#cfd6d9", 4)
    pen.box(520, 490, 380, 9, "#e9edee", 4)
    pen.box(640, 498, 120, 28, "#bcc5c9")
    pen.shape("#8d9ca3", (900, 508), (960, 480), (960, 536))
    pen.box(956, 446, 130, 122, "#8d9ca3", 10)
    pen.box(690, 534, 120, 34, "#8d9ca3", 4)
    pen.shape("#e8b84b", (738, 536), (726, 512), (760, 512), (752, 536))
    for n in range(7):
        pen.line("#f3d98c", 3, (732 - 4 * n, 524), (706 - 16 * n, 540 + 7 * n % 30))
    pen.box(1120, 420, 200, 148, "#f8f4ea", 4)
    pen.box(1120, 420, 200, 148, "#f8f4ea", 4)
    for n, long in enumerate((150, 120, 162, 90)):
        pen.box(1138, 446 + 28 * n, long, 8, "#b7a888", 3)
    return pen.kept()


def draw_hall() -> bytes:
    """A hall from behind: rows of people, a speaker, a chart on the wall."""
    chance = random.Random(7)  # noqa: S311  (who sits where, not secrets)
    pen = _Pen("#2b3f52")
    pen.box(0, 0, _WIDE, _HIGH, "#2b3f52")
    for strip in range(0, _WIDE, 150):
        pen.box(strip, 0, 74, 600, "#30465b")
    pen.box(330, 60, 840, 430, "#f8f4ea", 6)
    pen.box(380, 104, 360, 26, "#1f4e79", 4)
    pen.box(380, 146, 230, 14, "#b7a888", 4)
    for n, high in enumerate((80, 124, 168, 214, 250)):
        pen.box(420 + 96 * n, 450 - high, 58, high, "#1f4e79" if n < 4 else "#b5341f", 3)
    pen.line("#5c564d", 4, (392, 450), (930, 450))
    for n in range(4):
        pen.box(970, 214 + 56 * n, 150 - 20 * (n % 2), 12, "#b7a888", 4)
        pen.ring(950, 220 + 56 * n, 8, "#24704f")
    pen.box(0, 560, _WIDE, 80, "#3a2f26")
    pen.box(0, 560, _WIDE, 10, "#564637")
    _person(pen, 222, 380, 62, "#8a5a0b", "#d9a77d", arm=1.6)
    pen.box(176, 470, 130, 170, "#6b523b", 6)
    pen.box(166, 458, 150, 18, "#7d6247", 4)
    cloths = ("#1f4e79", "#24704f", "#7f3f73", "#8a5a0b", "#4d5f78", "#a8452c", "#5f6a4a", "#39464f")
    skins = ("#d9a77d", "#c99568", "#e0b58f")
    for row in range(4):
        size, y = 44 + 15 * row, 640 + 72 * row
        step = size * 1.85
        for seat in range(int(_WIDE / step) + 2):
            x = seat * step + (row % 2) * step / 2 + chance.uniform(-7, 7)
            if chance.random() < 0.07:
                continue
            cloth, skin = chance.choice(cloths), chance.choice(skins)
            pen.box(x - 0.7 * size, y + 0.3 * size, 1.4 * size, 4 * size, cloth, 0.6 * size)
            pen.box(x - 0.17 * size, y - 0.1 * size, 0.34 * size, 0.6 * size, skin)
            pen.ring(x, y - 0.36 * size, 0.48 * size, skin)
            hair = chance.choice(("#2e2a26", "#3a332c", "#231f1c", "#56504a"))
            pen.ring(x, y - 0.46 * size, 0.5 * size, hair)
        pen.box(0, y + 1.25 * size, _WIDE, 0.5 * size, "#22303d")
    return pen.kept()
