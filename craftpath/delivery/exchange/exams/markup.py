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

import nh3
from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

LONGEST_FORMULA = 600
MOST_DEPTH = 40
_MATHML = frozenset(
    [
        "math",
        "semantics",
        "annotation",
        "mrow",
        "mi",
        "mo",
        "mn",
        "ms",
        "mtext",
        "mspace",
        "mfrac",
        "msqrt",
        "mroot",
        "msub",
        "msup",
        "msubsup",
        "munder",
        "mover",
        "munderover",
        "mmultiscripts",
        "mprescripts",
        "mtable",
        "mtr",
        "mtd",
        "mstyle",
        "mpadded",
        "mphantom",
        "menclose",
    ]
)
_HTML = frozenset(
    [
        "p",
        "br",
        "strong",
        "em",
        "s",
        "sub",
        "sup",
        "code",
        "pre",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "blockquote",
        "hr",
        "img",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    ]
)
_ATTRIBUTES = {
    "math": {"display", "xmlns"},
    "annotation": {"encoding"},
    "mo": {"stretchy", "fence", "separator", "form", "accent"},
    "mi": {"mathvariant"},
    "mfrac": {"linethickness"},
    "mtd": {"columnalign"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "menclose": {"notation"},
    "img": {"src", "alt"},
    "ol": {"start"},
}
_PICTURE = re.compile(r"picture:([A-Za-z0-9]{1,32})\Z")
_GAP = re.compile(r"_{2,}")
_MARK = re.compile("\ue000(\\d{1,3})\ue001")
_PRIVATE = re.compile("[\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")

Address = Callable[[str], str]
"""Public id of a picture → its address; "" if there is none."""


def _formula(source: str, display: bool) -> str:
    """MathML of a TeX formula with its source beside it; what cannot be read is shown as it was typed."""
    plain = source.strip()
    if len(plain) > LONGEST_FORMULA or plain.count("{") > MOST_DEPTH:
        return f"<code>{escape(plain)}</code>"
    try:
        made = convert(plain, display="block" if display else "inline")
    except Exception:  # noqa: BLE001  (the library raises whatever it stumbles over)
        return f"<code>{escape(plain)}</code>"
    inner = made[made.index(">") + 1 : made.rindex("</math>")]
    kind = "block" if display else "inline"
    note = f'<annotation encoding="application/x-tex">{escape(plain)}</annotation>'
    head = f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="{kind}">'
    return f"{head}<semantics>{inner}{note}</semantics></math>"


def _is_picture(url: str) -> bool:
    return bool(_PICTURE.match(url))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False, "maxNesting": 20})
    parser.enable(["table", "strikethrough"])
    parser.disable(["link", "autolink", "reference", "html_block", "html_inline"])
    parser.use(sub_plugin).use(superscript_plugin)
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=True, double_inline=True)
    parser.add_render_rule("math_inline", lambda _self, tokens, n, _o, _e: _formula(tokens[n].content, False))
    parser.add_render_rule(
        "math_inline_double", lambda _self, tokens, n, _o, _e: _formula(tokens[n].content, True)
    )
    parser.add_render_rule(
        "math_block", lambda _self, tokens, n, _o, _e: f"<p>{_formula(tokens[n].content, True)}</p>"
    )
    parser.validateLink = _is_picture  # type: ignore[method-assign]
    return parser


def _cleaned(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(_HTML | _MATHML),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes={"picture", "data"},
        link_rel=None,
    )


@lru_cache(maxsize=4096)
def _rendered(text: str, inline: bool) -> str:
    """Safe HTML with pictures still by their ids and blanks still as marks."""
    text = _PRIVATE.sub("", text).replace("\r\n", "\n")
    number = 0

    def mark(_found: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f"\ue000{number}\ue001"

    text = _GAP.sub(mark, text)
    made: Any = _parser().renderInline(text) if inline else _parser().render(text)
    return _cleaned(str(made))


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


def without_marks(text: str) -> str:
    """A text without signs that no text of ours may hold."""
    return _PRIVATE.sub("", text)


@lru_cache(maxsize=4096)
def is_plain(text: str) -> bool:
    """Whether a text is shown just as it is written: no sign of it is read as markup, but blanks stay blanks."""
    kept = _GAP.sub("", text)
    return str(_parser().renderInline(kept)) == escape(kept, quote=False).replace('"', "&quot;")
