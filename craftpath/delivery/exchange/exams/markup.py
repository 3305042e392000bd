"""What authors write, as safe HTML: Markdown with pictures, formulas, raised and lowered signs, and blanks.

No HTML of the author's own passes: tags are shown as they were typed. Pictures are those of the bank
(`![words](picture:ID)`), formulas stand between dollar signs and become MathML, which browsers draw by themselves.
Whatever comes out has gone through the sanitiser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt

from craftpath.delivery.exchange.authored.safe import cleaned, parser, without_marks

_PICTURE = re.compile(r"picture:([A-Za-z0-9]{1,32})\Z")
_GAP = re.compile(r"_{2,}")
_MARK = re.compile("\ue000(\\d{1,3})\ue001")

Address = Callable[[str], str]
"""Public id of a picture → its address; "" if there is none."""


def _is_picture(url: str) -> bool:
    return bool(_PICTURE.match(url))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    made = parser()
    made.disable(["link", "autolink", "reference"])
    made.validateLink = _is_picture  # type: ignore[method-assign]
    return made


@lru_cache(maxsize=4096)
def _rendered(text: str, inline: bool) -> str:
    """Safe HTML with pictures still by their ids and blanks still as marks."""
    text = without_marks(text).replace("\r\n", "\n")
    number = 0

    def mark(_found: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f"\ue000{number}\ue001"

    text = _GAP.sub(mark, text)
    made: Any = _parser().renderInline(text) if inline else _parser().render(text)
    return cleaned(str(made), schemes={"picture", "data"})


_IMG = re.compile(r'<img src="picture:([A-Za-z0-9]{1,32})"([^>]*)>')
_OTHER_IMG = re.compile(r'<img (?!src="picture:)[^>]*>')


def _finished(html: str, address: Address, gap: Callable[[int], str]) -> str:
    def shown(found: re.Match[str]) -> str:
        place = address(found[1])
        return f'<img src="{escape(place)}"{found[2]}>' if place else ""

    html = _IMG.sub(shown, _OTHER_IMG.sub("", html))
    return _MARK.sub(lambda found: gap(int(found[1])), html)


def _plain_gap(_number: int) -> str:
    return '<span class="gap">\u2003\u2003\u2003</span>'


def _nowhere(_picture: str) -> str:
    return ""


def block(text: str, *, address: Address = _nowhere, gap: Callable[[int], str] = _plain_gap) -> str:
    """A stem or an explanation; `gap` gives the HTML of its n-th blank, which must be safe."""
    return _finished(_rendered(text, False), address, gap)


def line(text: str, *, address: Address = _nowhere, gap: Callable[[int], str] = _plain_gap) -> str:
    """An option or another text without paragraphs."""
    return _finished(_rendered(text, True), address, gap)


@lru_cache(maxsize=4096)
def is_plain(text: str) -> bool:
    """Whether a text is shown just as it is written: no sign of it is read as markup, but blanks stay blanks."""
    kept = _GAP.sub("", text)
    return str(_parser().renderInline(kept)) == escape(kept, quote=False).replace('"', "&quot;")
