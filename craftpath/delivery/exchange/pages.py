"""The pages of everything that is printed: paper size, margins, foot, type and one font; words are escaped here."""

from __future__ import annotations

from html import escape

from craftpath.delivery.exchange.fonts import missing
from craftpath.values.verdict import Refused, not_now

_PAGE = """
@page { size: %(size)s; margin: 18mm 16mm 17mm;
  @bottom-left { content: "%(mark)s"; font: 7.5pt Paper; color: #5c564d; width: 80%% }
  @bottom-right { content: counter(page) " / " counter(pages); font: 7.5pt Paper; color: #5c564d } }
* { font-family: Paper; font-weight: normal; font-style: normal }
body { margin: 0; font-size: 9.5pt; line-height: 1.55; color: #1f1d1a; overflow-wrap: anywhere }
h1 { font-size: 16pt; line-height: 1.3; margin: 0 }
h2 { font-size: 10.5pt; line-height: 1.4; margin: 0; color: #1f4e79; break-after: avoid }
p { margin: 0 0 1.5mm }
table { width: 100%%; border-collapse: collapse; table-layout: fixed }
.note { margin-top: 5mm; font-size: 7.5pt; color: #5c564d }
"""
_MARK = 110  # characters of the foot; a longer one would run into the number of the page


def page(title: str, style: str, body: str, *, mark: str, language: str = "zh", wide: bool = False) -> str:
    """A whole page as HTML: `body` is HTML already, `mark` stands at the foot of each sheet."""
    foot = mark if len(mark) <= _MARK else f"{mark[: _MARK - 1]}…"
    head = _PAGE % {
        "size": "A4 landscape" if wide else "A4",
        # Into a CSS string, and that into a <style>: none of these four can stand in a foot.
        "mark": "".join(" " if one in '\\"<\n\r\f\0' else one for one in foot),
    }
    spoken = "en" if language == "en" else "zh-hans"
    return (
        f'<!doctype html><html lang="{spoken}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{head}{style}</style></head><body>{body}</body></html>"
    )


def require_drawable(words: str) -> None:
    """Refuse words of which the font lacks a character, by that character: it would come out wrong."""
    lacking = missing(words)
    if lacking:
        one = lacking[0]
        raise Refused(not_now("exchange.glyph_missing", character=one, code=f"U+{ord(one):04X}"))
