"""A signed paper as PDF: Chinese and English side by side, who signed when and how, and the hash of the text."""

from __future__ import annotations

import hashlib
import logging
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from django.conf import settings

from craftpath.delivery.exchange import printing
from craftpath.delivery.exchange.fonts import font_file, missing, single_face
from craftpath.values.paper import Paper
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now

_log = logging.getLogger(__name__)
SECONDS = 90
_STYLE = """
@page { size: A4; margin: 20mm 16mm 18mm;
  @bottom-left { content: "%(mark)s"; font: 7.5pt Paper; color: #5c564d }
  @bottom-right { content: counter(page) " / " counter(pages); font: 7.5pt Paper; color: #5c564d } }
* { font-family: Paper; font-weight: normal; font-style: normal }
body { margin: 0; font-size: 9.5pt; line-height: 1.55; color: #1f1d1a }
h1 { font-size: 16pt; line-height: 1.3; margin: 0 }
h2 { font-size: 10.5pt; line-height: 1.4; margin: 0; color: #1f4e79 }
p { margin: 0 0 1.5mm }
table { width: 100%%; border-collapse: collapse; table-layout: fixed }
td { width: 50%%; vertical-align: top; padding: 0 0 0 4mm }
td:first-child { padding: 0 4mm 0 0; border-right: .4pt solid #e2ddd2 }
.head td { padding-bottom: 6mm }
.title td { padding-top: 4mm; break-after: avoid }
.signed { margin-top: 8mm; break-inside: avoid }
.signed td { width: auto; border: 0; border-top: .4pt solid #8b8479; padding: 2mm 3mm 2mm 0 }
.note { margin-top: 5mm; font-size: 7.5pt; color: #5c564d; overflow-wrap: anywhere }
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
    lacking = missing("".join(words))
    if lacking:
        one = lacking[0]
        raise Refused(not_now("exchange.glyph_missing", character=one, code=f"U+{ord(one):04X}"))
    page = _page(paper, signed, mark, note)
    return _printed(page)


def _printed(page: str) -> bytes:
    command = [sys.executable, "-m", printing.__name__, str(_font())]
    try:
        done = subprocess.run(  # noqa: S603  (our own module, our own font)
            command, input=page.encode(), capture_output=True, timeout=SECONDS, cwd=settings.ROOT, check=False
        )
    except subprocess.TimeoutExpired as fault:
        raise Refused(not_now("exchange.paper_too_slow")) from fault
    if done.returncode == printing.NO_LIBRARY:
        _log.error("papers cannot be printed: %s", done.stderr.decode(errors="replace")[-500:])
        raise Refused(not_now("exchange.pdf_missing"))
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        _log.error("a paper was not printed: %s", done.stderr.decode(errors="replace")[-2000:])
        raise Refused(not_now("exchange.paper_not_printed"))
    return done.stdout


def _font() -> Path:
    """The face as a file of its own, made once; a font that was exchanged is another file."""
    path, face = font_file()
    about = path.stat()
    name = hashlib.sha256(f"{path}#{face}#{about.st_size}#{about.st_mtime_ns}".encode()).hexdigest()[:16]
    kept = Path(settings.VAR) / "fonts" / f"{name}.otf"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(".new")
        fresh.write_bytes(single_face(path, face))
        fresh.replace(kept)
    return kept


def _page(paper: Paper, signed: Sequence[Signed], mark: str, note: Text) -> str:
    rows = [_row("h1", paper.title, "head")]
    for number, section in enumerate(paper.sections, start=1):
        heading = Text(f"{number}. {section.heading.say('zh')}", f"{number}. {section.heading.say('en')}")
        rows.append(_row("h2", heading, "title"))
        rows += [_row("p", paragraph) for paragraph in section.paragraphs]
    style = _STYLE % {"mark": mark.replace("\\", "").replace('"', "")}
    return (
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{escape(paper.title.both())}</title>'
        f"<style>{style}</style></head><body><table>{''.join(rows)}</table>"
        f'<table class="signed">{"".join(_signed(signed))}</table>'
        f'<p class="note">{escape(note.zh)} {escape(note.en)}</p></body></html>'
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
