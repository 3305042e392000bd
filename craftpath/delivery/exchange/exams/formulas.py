"""Formulas on paper: the library that lays pages out draws no MathML, so it becomes boxes that it can draw."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from defusedxml.ElementTree import fromstring

_MATH = re.compile(r"<math[ >].*?</math>", re.DOTALL)
_SPACES = dict.fromkeys((0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F), " ") | dict.fromkeys(
    (0x200B, *range(0x2060, 0x2065), 0xFEFF), ""
)
"""Spaces of all widths, which the font of papers lacks, and signs that nobody sees."""
_BINARY = frozenset("=+−-×÷±≈≠≤≥<>∈→⇒·")
STYLE = """
.frac { display: inline-block; vertical-align: middle; text-align: center; line-height: 1.15; margin: 0 .15em }
.frac > span { display: block; padding: 0 .2em }
.frac > span + span { border-top: .5pt solid #1f1d1a }
.root { border-top: .5pt solid #1f1d1a; padding: 0 .1em }
.math { white-space: nowrap }
.math sub, .math sup, sub, sup { font-size: .72em; line-height: 0 }
.matrix { display: inline-table; width: auto; vertical-align: middle }
.matrix td { padding: 0 .4em; text-align: center }
"""


def printable(html: str) -> str:
    """The same with every formula as boxes; one that cannot be read is shown as it was typed."""
    return _MATH.sub(lambda found: _formula(found[0]), html).replace("&nbsp;", " ").translate(_SPACES)


def _formula(source: str) -> str:
    try:
        tree = fromstring(source.replace("&nbsp;", "\u00a0"))
    except Exception:  # noqa: BLE001  (whatever the parser stumbles over, the formula is shown all the same)
        typed = re.search(r"<annotation[^>]*>(.*?)</annotation>", source, re.DOTALL)
        return f"<code>{typed[1] if typed else ''}</code>"
    return f'<span class="math">{_drawn(tree)}</span>'


def _drawn(node: object) -> str:
    """One element of MathML as HTML; what is not known is drawn by its parts."""
    name = str(getattr(node, "tag", "")).rpartition("}")[2]
    parts = [_drawn(one) for one in node]  # type: ignore[attr-defined]
    text = escape(str(getattr(node, "text", "") or "").strip())
    if name == "annotation":
        return ""
    if name in ("mi", "mn", "mtext", "ms"):
        return escape(str(getattr(node, "text", "") or ""))
    if name == "mo":
        return f" {text} " if getattr(node, "text", "") in _BINARY else text
    if name == "mspace":
        return " "
    return _laid_out(name, parts) or f"{text}{''.join(parts)}"


def _laid_out(name: str, parts: Sequence[str]) -> str:
    if name == "mfrac" and len(parts) == 2:
        return f'<span class="frac"><span>{parts[0]}</span><span>{parts[1]}</span></span>'
    if name in ("msup", "mover") and len(parts) == 2:
        return f"{parts[0]}<sup>{parts[1]}</sup>"
    if name in ("msub", "munder") and len(parts) == 2:
        return f"{parts[0]}<sub>{parts[1]}</sub>"
    if name in ("msubsup", "munderover") and len(parts) == 3:
        return f"{parts[0]}<sub>{parts[1]}</sub><sup>{parts[2]}</sup>"
    if name == "msqrt":
        return f'√<span class="root">{"".join(parts)}</span>'
    if name == "mroot" and len(parts) == 2:
        return f'<sup>{parts[1]}</sup>√<span class="root">{parts[0]}</span>'
    if name == "mtable":
        return f'<table class="matrix">{"".join(parts)}</table>'
    if name in ("mtr", "mtd"):
        return f"<{name[1:]}>{''.join(parts)}</{name[1:]}>"
    return ""
