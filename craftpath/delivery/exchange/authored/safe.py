"""One sanitiser and one way to read Markdown, for items of the bank and for pages of courses.

No HTML of an author's own passes: tags are shown as they were typed. Formulas stand between dollar signs and become
MathML, which browsers draw by themselves. Whatever comes out has gone through the sanitiser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder  # noqa: S405  (builds only; parsing is defusedxml's)

import nh3
from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

MOST_PICTURES = 300
"""How many pictures one text, file or package may bring along."""
LONGEST_FORMULA = 600
MOST_DEPTH = 40
MATHML = frozenset(
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
HTML = frozenset(
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
ATTRIBUTES = {
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
_PRIVATE = re.compile("[\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_UNSEEN = frozenset(
    ["script", "style", "title", "template", "noscript", "iframe", "object", "noembed", "noframes", "xml"]
)
_VOID = frozenset({"br", "hr", "img", "source"})
Kept = Callable[[str, str, str], str | None]
"""Tag, attribute, value → the value that is kept; None for none."""


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


def parser() -> MarkdownIt:
    """Markdown as everybody here writes it: tables, raised and lowered signs, formulas, and no HTML."""
    made = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False, "maxNesting": 20})
    made.enable(["table", "strikethrough"])
    made.disable(["html_block", "html_inline"])
    made.use(sub_plugin).use(superscript_plugin)
    made.use(dollarmath_plugin, allow_space=False, allow_digits=True, double_inline=True)
    made.add_render_rule("math_inline", lambda _self, tokens, n, _o, _e: _formula(tokens[n].content, False))
    made.add_render_rule(
        "math_inline_double", lambda _self, tokens, n, _o, _e: _formula(tokens[n].content, True)
    )
    made.add_render_rule(
        "math_block", lambda _self, tokens, n, _o, _e: f"<p>{_formula(tokens[n].content, True)}</p>"
    )
    return made


def cleaned(
    html: str,
    *,
    schemes: set[str],
    more: Mapping[str, set[str]] | None = None,
    kept: Kept | None = None,
    rel: str | None = None,
) -> str:
    """HTML of which only what is listed is left, and no word of scripts, styles and what is not shown.

    `more` are further tags with their attributes, `kept` judges values, `rel` is what links say of themselves.
    """
    attributes = {tag: set(names) for tag, names in ATTRIBUTES.items()}
    for tag, names in (more or {}).items():
        attributes[tag] = attributes.get(tag, set()) | names
    return nh3.clean(
        html,
        tags=set(HTML | MATHML) | set(more or {}),
        attributes=attributes,
        attribute_filter=kept,
        url_schemes=schemes,
        clean_content_tags=set(_UNSEEN),
        link_rel=rel,
    )


def without_marks(text: str) -> str:
    """A text without signs that no text of ours may hold."""
    return _PRIVATE.sub("", text)


class _Builder(HTMLParser):
    """HTML of the sanitiser as elements; it is well-formed but for elements that have no end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tree = TreeBuilder()
        self.tree.start("root", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self.tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        self.tree.data(data)

    def done(self) -> Element:
        self.close()
        self.tree.end("root")
        return self.tree.close()


def tree_of(html: str) -> Element:
    """HTML that came out of the sanitiser as the children of an element called `root`."""
    builder = _Builder()
    builder.feed(html)
    return builder.done()
