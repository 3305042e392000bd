"""How words are set: paragraphs that end with more than one letter on a line, thin spaces between two scripts."""

from __future__ import annotations

import re
from html import escape

from craftpath.domain.bulletins.measuring import paragraphs

_HAN = r"[\u2e80-\u303f\u3400-\u9fff\uff00-\uffef]"
_WORD = r"[A-Za-z0-9%‰°+]"
_BETWEEN = re.compile(f"(?<={_HAN}) ?(?={_WORD})|(?<={_WORD}) ?(?={_HAN})")
_NO_SPACE = re.compile(r"(?<=[\u3000-\u303f\uff00-\uffef])\u2009|\u2009(?=[\u3000-\u303f\uff00-\uffef])")
_TAIL = 3
"""So many Chinese letters at the end of a paragraph stay together: none stands alone on a line."""


def spaced(words: str) -> str:
    """A thin space between Chinese and Latin letters, whatever was typed there; none beside full-width signs."""
    return _NO_SPACE.sub("", _BETWEEN.sub("\u2009", words))


def line(words: str) -> str:
    """Words of one line as HTML."""
    return escape(spaced(words))


def body(words: str, spoken: str) -> str:
    """Paragraphs as HTML."""
    return "".join(f"<p>{_tied(one, spoken)}</p>" for one in paragraphs(words))


def _tied(words: str, spoken: str) -> str:
    said = spaced(words)
    if spoken == "zh" and len(said) > 2 * _TAIL:
        return f'{escape(said[:-_TAIL])}<span class="bl-tail">{escape(said[-_TAIL:])}</span>'
    return escape(said)


def number(value: str) -> str:
    """A figure with separators between thousands: 12,345."""
    whole, point, rest = value.partition(".")
    sign = "-" if whole.startswith("-") else ""
    digits = whole.lstrip("-")
    return f"{sign}{int(digits):,}{point}{rest}" if digits.isdigit() else value
