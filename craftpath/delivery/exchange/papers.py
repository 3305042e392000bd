"""A signed paper as PDF: Chinese and English side by side, who signed when and how, and the hash of the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from craftpath.delivery.exchange.pages import page, require_drawable
from craftpath.delivery.exchange.press import print_page
from craftpath.values.paper import Paper
from craftpath.values.text import Text

_STYLE = """
td { width: 50%; vertical-align: top; padding: 0 0 0 4mm }
td:first-child { padding: 0 4mm 0 0; border-right: .4pt solid #e2ddd2 }
.head td { padding-bottom: 6mm }
.title td { padding-top: 4mm; break-after: avoid }
.signed { margin-top: 8mm; break-inside: avoid }
.signed td { width: auto; border: 0; border-top: .4pt solid #8b8479; padding: 2mm 3mm 2mm 0 }
"""


@dataclass(frozen=True, slots=True)
class Signed:
    """One line under the text: as what, who, and how and when, or that it is still to come."""

    role: Text
    name: str
    when: Text


def paper_pdf(paper: Paper, signed: Sequence[Signed], *, mark: str, note: Text) -> bytes:
    """The PDF; `mark` stands at the foot of each page. Refused with the character if the font lacks one."""
    words = [*paper.plain().values(), mark, note.zh, note.en]
    words += [part for row in signed for part in (row.role.both(), row.name, row.when.both())]
    require_drawable("".join(words))
    return print_page(page(paper.title.both(), _STYLE, _body(paper, signed, note), mark=mark))


def _body(paper: Paper, signed: Sequence[Signed], note: Text) -> str:
    rows = [_row("h1", paper.title, "head")]
    for number, section in enumerate(paper.sections, start=1):
        heading = Text(f"{number}. {section.heading.say('zh')}", f"{number}. {section.heading.say('en')}")
        rows.append(_row("h2", heading, "title"))
        rows += [_row("p", paragraph) for paragraph in section.paragraphs]
    return (
        f"<table>{''.join(rows)}</table>"
        f'<table class="signed">{"".join(_signed(signed))}</table>'
        f'<p class="note">{escape(note.zh)} {escape(note.en)}</p>'
    )


def _row(tag: str, text: Text, look: str = "") -> str:
    cells = "".join(
        f'<td lang="{language}"><{tag}>{escape(text.say(language))}</{tag}></td>' for language in ("zh", "en")
    )
    return f'<tr class="{look}">{cells}</tr>'


def _signed(rows: Iterable[Signed]) -> Iterable[str]:
    for row in rows:
        cells = (row.role.both(), row.name, row.when.both())
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
