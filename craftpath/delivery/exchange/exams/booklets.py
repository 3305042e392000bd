"""The questions of a form on paper, as candidates see them, without what is right."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from craftpath.delivery.exchange.exams import formulas, markup
from craftpath.delivery.exchange.pages import page, require_drawable
from craftpath.domain.exams.content import CHOICES, Content, as_shown
from craftpath.domain.exams.faults import gaps_in
from craftpath.domain.exams.keyed import letter
from craftpath.engines.scoring import Kind
from craftpath.values.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from craftpath.domain.exams.models import Picture

_TAG = re.compile(r"<[^>]*>")
_GAP = f'<span class="gap">{"&nbsp;" * 12}</span>'
_STYLE = (
    formulas.STYLE
    + """
body { font-size: %(size)s; line-height: 1.6 }
.head { border-bottom: .8pt solid #1f1d1a; padding-bottom: 3mm; margin-bottom: 5mm }
.head p { margin: 1mm 0 0; color: #5c564d; font-size: .9em }
.form { float: right; border: .8pt solid #1f1d1a; padding: 1mm 4mm; font-size: 1.5em; line-height: 1.2 }
.q { break-inside: avoid; margin-bottom: 4.5mm }
.q > tbody > tr > td { vertical-align: top; padding: 0 }
.q .number { width: 2.2em; color: #1f4e79 }
.points { color: #5c564d; font-size: .85em; white-space: nowrap }
.asked p { margin: 0 0 1.2mm }
.asked img { max-width: 100mm; max-height: 75mm; display: block; margin: 1.5mm 0 }
.choices { margin-top: 1.2mm }
.choices td { padding: .4mm 3mm .4mm 0; vertical-align: top }
.choices img { max-height: 25mm; vertical-align: middle }
.sign { color: #1f4e79; padding-right: 1.5mm }
.told { color: #5c564d; font-size: .85em; margin: 1mm 0 0 }
.shared { border-left: 1.2pt solid #8b8479; padding-left: 4mm; margin-bottom: 4mm; break-after: avoid }
.shared h2 { margin-bottom: 1mm }
.gap { border-bottom: .5pt solid #1f1d1a; padding: 0 5mm }
.asked table { width: auto } .asked th, .asked td { border: .4pt solid #8b8479; padding: .8mm 2mm }
.picture { margin-top: 1.5mm }
"""
)
_ABOUT = Text(
    "全部答案写在答题卡上，写在本卷上的不计分。",
    "Write all answers on the answer sheet; what stands here does not count.",
)
_ON_SHEET = Text("写在答题卡第 %s 题专页上。", "Write on the page for question %s of the answer sheet.")
_SEVERAL, _ONE = Text("多选", "choose all that apply"), Text("单选", "choose one")
_TRUE = Text("对的画 √，错的画 ×", "√ if true, × if false")
_PAIRS = Text("为每个数字选一个字母", "give each number a letter")
_ORDER = Text("按顺序写出字母", "write the letters in their order")
_PLACE = Text("在图上找出位置，写编号", "find the place in the picture, give its number")
_UNIT = Text("单位", "unit")
_SHARED = Text("第 %s 题共用", "For questions %s")
_NOTES = {
    Kind.SINGLE: _ONE, Kind.MULTIPLE: _SEVERAL, Kind.TRUE_FALSE: _TRUE, Kind.MATCHING: _PAIRS,
    Kind.ORDERING: _ORDER, Kind.HOTSPOT: _PLACE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it is printed: `sign` is its letter among several, empty where there is one."""

    title: str
    sign: str
    organisation: str
    minutes: int
    lines: Sequence[tuple[int, Content]]
    stimuli: Mapping[str, tuple[Text, Text]]
    """Public id → title and body of the shared texts."""
    pictures: Mapping[str, str]
    """Public id → the picture as a `data:` address."""

    def named(self, language: str) -> str:
        """The title with the letter of the form."""
        return self.title + (_form(self.sign, language) if self.sign else "")


def _form(sign: str, language: str) -> str:
    return f" · {sign} 卷" if language == "zh" else f" · Form {sign}"


def data_of(pictures: Iterable[Picture]) -> dict[str, str]:
    """Pictures as `data:` addresses: a page that is printed stands alone."""
    return {
        one.public_id: f"data:{one.media_type};base64,{b64encode(one.file.bytes()).decode()}"
        for one in pictures
    }


def booklet_page(form: Form, language: str, *, large: bool = False) -> str:
    """The whole booklet as HTML; refused with the character if the font lacks one."""
    parts, told = [_head(form, language)], ""
    for place, (order, content) in enumerate(form.lines):
        if content.stimulus and content.stimulus != told:
            parts.append(_shared(form, place, language))
        told = content.stimulus
        parts.append(_question(form, order, content, language))
    body = formulas.printable("".join(parts))
    require_drawable(f"{form.named(language)}{unescape(_TAG.sub('', body))}")
    style = _STYLE % {"size": "16pt" if large else "10.5pt"}
    named = form.named(language)
    return page(named, style, body, mark=named, language=language)


def _head(form: Form, language: str) -> str:
    total = sum((content.points for _order, content in form.lines), Decimal(0)).normalize()
    counts = Text(
        f"{len(form.lines)} 题，满分 {total:f} 分，{form.minutes} 分钟",
        f"{len(form.lines)} questions, {total:f} points, {form.minutes} minutes",
    )
    sign = f'<div class="form">{escape(form.sign)}</div>' if form.sign else ""
    return (
        f'<div class="head">{sign}<h1>{escape(form.title)}</h1><p>{escape(form.organisation)} · '
        f"{counts.say(language)}</p><p>{_ABOUT.say(language)}</p></div>"
    )


def _shared(form: Form, place: int, language: str) -> str:
    key = form.lines[place][1].stimulus
    last = place
    while last + 1 < len(form.lines) and form.lines[last + 1][1].stimulus == key:
        last += 1
    first_order, last_order = form.lines[place][0], form.lines[last][0]
    whose = _SHARED.say(language) % (first_order if last == place else f"{first_order}–{last_order}")
    title, body = form.stimuli.get(key, (Text(), Text()))
    named = escape(title.say(language))
    return f'<div class="shared"><h2>{whose}{" · " if named else ""}{named}</h2>{_block(form, body, language)}</div>'


def _block(form: Form, text: Any, language: str) -> str:
    words = Text.of(text).say(language)
    return markup.block(words, address=lambda one: form.pictures.get(one, ""), gap=lambda _number: _GAP)


def _line(form: Form, text: Any, language: str) -> str:
    return markup.line(Text.of(text).say(language), address=lambda one: form.pictures.get(one, ""))


def _question(form: Form, order: int, content: Content, language: str) -> str:
    worth = f"{content.points.normalize():f}"
    said = Text(f"{worth} 分", f"{worth} point{'' if content.points == 1 else 's'}").say(language)
    note = _NOTES[content.kind].say(language) if content.kind in _NOTES else ""
    told = f' <span class="points">({said}{"；" if note and language == "zh" else "; " if note else ""}{note})</span>'
    asked = _block(form, content.stem, language).rstrip()
    # Beside the last words, not under them.
    asked = f"{asked[:-4]}{told}</p>" if asked.endswith("</p>") else f"{asked}{told}"
    return (
        f'<table class="q"><tr><td class="number">{order}</td><td><div class="asked">'
        f"{asked}</div>{_below(form, order, content, language)}</td></tr></table>"
    )


def _below(form: Form, order: int, content: Content, language: str) -> str:
    """What there is to choose from, and where to write."""
    details, kind = content.details, content.kind
    if kind in CHOICES:
        return _choices(form, details["options"], language)
    if kind is Kind.ORDERING:
        return _choices(form, as_shown(details["entries"], details.get("order", ())), language)
    if kind is Kind.MATCHING:
        return _pairs(form, details, language)
    if kind is Kind.HOTSPOT:
        return _picture(form, details)
    if kind is Kind.NUMERIC and details.get("unit"):
        return f'<p class="told">{_UNIT.say(language)} {escape(str(details["unit"]))}</p>'
    if kind is Kind.SHORT and not gaps_in(content.stem):
        return f"<p>{_GAP}</p>" * len(details["blanks"])
    return f'<p class="told">{_ON_SHEET.say(language) % order}</p>' if kind is Kind.ESSAY else ""


def _choices(form: Form, rows: Sequence[Any], language: str) -> str:
    longest = max((_width(Text.of(row["text"]).say(language)) for row in rows), default=0)
    columns = 4 if longest <= 14 else 2 if longest <= 34 else 1
    cells = [
        f'<td><span class="sign">{letter(n)}</span>{_line(form, row["text"], language)}</td>'
        for n, row in enumerate(rows)
    ]
    cells += ["<td></td>"] * (-len(cells) % columns)
    lines = ("".join(cells[start : start + columns]) for start in range(0, len(cells), columns))
    return f'<table class="choices">{"".join(f"<tr>{one}</tr>" for one in lines)}</table>'


def _width(words: str) -> int:
    """How wide, in Latin letters; a picture takes a line of its own."""
    return 99 if "](" in words else sum(2 if ord(one) > 0x2E80 else 1 for one in words)


def _pairs(form: Form, details: Mapping[str, Any], language: str) -> str:
    left, right = details["left"], details["right_side"]
    rows = []
    for n in range(max(len(left), len(right))):
        one = (
            f'<span class="sign">{n + 1}</span>{_line(form, left[n]["text"], language)}'
            if n < len(left)
            else ""
        )
        other = (
            f'<span class="sign">{letter(n)}</span>{_line(form, right[n]["text"], language)}'
            if n < len(right)
            else ""
        )
        rows.append(f"<tr><td>{one}</td><td>{other}</td></tr>")
    return f'<table class="choices">{"".join(rows)}</table>'


def _picture(form: Form, details: Mapping[str, Any]) -> str:
    """The picture with its areas, numbered."""
    source, width, height = (
        form.pictures.get(details.get("picture", ""), ""),
        details["width"],
        details["height"],
    )
    if not source or not width or not height:
        return ""
    scale = min(120 / width, 85 / height)
    shapes = "".join(_area(n, row, width) for n, row in enumerate(details["regions"], start=1))
    return (
        f'<svg class="picture" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width * scale:.1f}mm" height="{height * scale:.1f}mm">'
        f'<image href="{escape(source)}" width="{width}" height="{height}"/>{shapes}</svg>'
    )


def _area(number: int, row: Mapping[str, Any], width: int) -> str:
    try:
        at = [float(figure) for figure in row["at"]]
        stroke = f'fill="none" stroke="#b3261e" stroke-width="{width / 250:g}"'
        if row["shape"] == "circle":
            x, y, radius = at
            drawn = f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" {stroke}/>'
        else:
            x, y = (at[0] + at[2]) / 2, (at[1] + at[3]) / 2
            drawn = f'<rect x="{at[0]:g}" y="{at[1]:g}" width="{at[2] - at[0]:g}" height="{at[3] - at[1]:g}" {stroke}/>'
    except (ValueError, IndexError, KeyError, TypeError):
        return ""
    size = width / 18
    halo = f'stroke="#ffffff" stroke-width="{size / 4:g}"'
    place = f'x="{x:g}" y="{y + size / 3:g}" font-size="{size:g}" text-anchor="middle" font-family="Paper"'
    return f'{drawn}<text {place} {halo} fill="#ffffff">{number}</text><text {place} fill="#b3261e">{number}</text>'
