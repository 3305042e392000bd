"""Answer sheets: name, number, seat and code filled in, and for each question boxes that fit its kind.

The first page names the candidate; every further one, and each page of an essay, carries the code alone, so that
whoever marks an essay does not see whose it is. Lines are laid into columns by their known heights, since columns
of the library break pages where nobody wants it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape, unescape
from io import BytesIO

import qrcode
from qrcode.image.svg import SvgPathImage

from craftpath.delivery.exchange.exams.booklets import Form
from craftpath.delivery.exchange.pages import page, require_drawable
from craftpath.domain.exams.content import CHOICES, Content
from craftpath.domain.exams.keyed import blanks_of, letter, places_of
from craftpath.engines.scoring import Kind
from craftpath.values.text import Text

_TAG = re.compile(r"<[^>]*>")
_FIRST, _FURTHER = 196.0, 228.0
"""Millimetres for answers on the first page, and on each further one."""
_STYLE = """
@page { margin: 12mm 15mm 14mm }
.top td { vertical-align: top; padding: 0 }
.top .square { width: 24mm; text-align: right }
h1 { font-size: 14pt }
.sub { margin: 0; color: #5c564d; font-size: 8.5pt }
.code { font-size: 15pt; letter-spacing: .6mm; line-height: 1.2 }
.who { margin: 3mm 0 2mm }
.who td { border: .6pt solid #1f1d1a; padding: 1mm 2mm; height: 8mm; vertical-align: top }
.who span { display: block; font-size: 6.5pt; line-height: 1.3; color: #5c564d }
.who b { display: block; font-size: 11pt; line-height: 1.35 }
.how { margin: 0 0 2.5mm; font-size: 7.5pt; color: #5c564d; line-height: 1.45 }
.columns > tbody > tr > td { vertical-align: top; padding: 0 3mm 0 0 }
.columns > tbody > tr > td + td { border-left: .3pt solid #c9c3b6; padding: 0 0 0 3mm }
.row { position: relative; overflow: hidden }
.n { position: absolute; left: 0; top: .8mm; width: %(gutter)smm; text-align: right; font-size: %(font)s;
  line-height: %(box)smm }
.a { margin-left: %(indent)smm; line-height: 1 }
.b, .l, .u, .m { display: inline-block; margin-top: .8mm; vertical-align: top; line-height: %(box)smm }
.b { width: %(box)smm; height: %(box)smm; margin-right: %(gap)smm; border: .5pt solid #1f1d1a; border-radius: .6mm;
  text-align: center; font-size: %(sign)s; color: #5c564d }
.e { color: #a9a297; font-size: 5.5pt; line-height: 2.4mm; text-align: left; text-indent: .5mm }
.l { width: %(line)smm; height: %(box)smm; border-bottom: .6pt solid #1f1d1a }
.f { border: .5pt solid #1f1d1a; border-radius: .6mm }
.u { font-size: 7.5pt; padding-left: 1.5mm }
.m { width: 4mm; font-size: 7pt; color: #5c564d }
.sign { margin-top: 4mm }
.sign td { padding: 0 6mm 0 0; font-size: 7.5pt; color: #5c564d; vertical-align: bottom }
.sign div { border-bottom: .6pt solid #1f1d1a; height: 9mm }
.next { break-before: page }
.top { margin-bottom: 3mm }
.ruled div { height: 8.7mm; border-bottom: .4pt solid #8b8479 }
.stem { margin: 3mm 0 0; font-size: 9.5pt }
.given { float: right; border: .6pt solid #1f1d1a; padding: 1mm 2mm 5mm; font-size: 7pt; width: 24mm; color: #5c564d }
"""
TITLE = Text("答题卡", "Answer sheet")
_WHO = (Text("姓名", "Name"), Text("学号", "Number"), Text("座位", "Seat"), Text("试卷", "Form"))
_HOW = Text(
    "在方框内打 × 选择；改选时把错的方框涂满。数字、文字写在框内或横线上，没有答案的留空。卡面不折、不涂、不撕。",
    "Mark a box with ×; to change, fill the wrong box wholly. Write figures and words in the box or on the line; leave "
    "empty what you do not answer. Do not fold or tear the sheet.",
)
_ABSENT = Text("缺考（监考员填）", "Absent (invigilator)")
_OWN = Text("本人签名", "Signature of the candidate")
_INVIGILATOR = Text("监考员姓名、签名", "Invigilator, name and signature")
_PAGE = Text("写在专页", "on its own page")
_POINTS = Text("得分（阅卷员）", "Points (marker)")
_QUESTION = Text("第 %s 题", "Question %s")
_TRUE_FALSE = ("√", "×")


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose sheet it is; `scanned` is what its square says, `code` what people type."""

    name: str
    number: str
    seat: str
    code: str
    scanned: str
    when: str
    large: bool = False


@dataclass(frozen=True, slots=True)
class _Size:
    """Millimetres: how large boxes are, and how many columns fit."""

    columns: int
    box: float
    row: float
    a_line: int


_PLAIN = _Size(3, 5.0, 7.2, 7)
_LARGE = _Size(2, 7.0, 9.6, 8)


def sheet_page(whose: Whose, form: Form, language: str) -> str:
    """The whole sheet as HTML; refused with the character if the font lacks one."""
    size = _LARGE if whose.large else _PLAIN
    sheets = _filled(form.lines, size, language)
    body = [_first(whose, form, language), _columns(sheets[0], size), _signatures(language)]
    for sheet in sheets[1:]:
        body += ['<div class="next"></div>', _top(whose, form, language), _columns(sheet, size)]
    for order, content in form.lines:
        if content.kind is Kind.ESSAY:
            body += [
                '<div class="next"></div>',
                _top(whose, form, language),
                _essay(order, content, language),
            ]
    html = "".join(body)
    mark = f"{form.named(language)} · {whose.code}"
    require_drawable(f"{unescape(_TAG.sub('', html))}{mark}")
    title = f"{TITLE.say(language)} {whose.code}"
    return page(title, _STYLE % _figures(size), html, mark=mark, language=language)


def _figures(size: _Size) -> dict[str, str]:
    return {
        "box": f"{size.box:g}",
        "gap": f"{size.box * 0.26:.2f}",
        "gutter": "7",
        "indent": "9",
        "line": "44" if size.columns == 3 else "68",
        "font": "9pt" if size.columns == 3 else "13pt",
        "sign": "7pt" if size.columns == 3 else "10pt",
    }


def _filled(lines: Sequence[tuple[int, Content]], size: _Size, language: str) -> list[list[list[str]]]:
    """Sheets of columns of rows: a column is filled from top to bottom, then the next."""
    sheets: list[list[list[str]]] = [[[]]]
    left = _FIRST
    for order, content in lines:
        height = _height(content, size)
        if height > left and sheets[-1][-1]:
            if len(sheets[-1]) == size.columns:
                sheets.append([[]])
            else:
                sheets[-1].append([])
            left = _FIRST if len(sheets) == 1 else _FURTHER
        sheets[-1][-1].append(_row(order, content, size, height, language))
        left -= height
    return sheets


def _height(content: Content, size: _Size) -> float:
    """How high its answer is, in whole rows of boxes."""
    kind, places = content.kind, len(places_of(content))
    if kind is Kind.SHORT:
        rows = len(blanks_of(content))
    elif kind is Kind.MATCHING:
        rows = len(content.details["left"]) * -(-places // (size.a_line - 1))
    elif kind in CHOICES or kind in (Kind.HOTSPOT, Kind.ORDERING):
        rows = max(1, -(-places // size.a_line))
    else:
        rows = 1
    return rows * size.row


def _row(order: int, content: Content, size: _Size, height: float, language: str) -> str:
    inner = _answer(content, size, language)
    number = f'<span class="n">{order}</span>'
    return f'<div class="row" style="height:{height:g}mm">{number}<div class="a">{inner}</div></div>'


def _answer(content: Content, size: _Size, language: str) -> str:
    kind, places = content.kind, len(places_of(content))
    if kind is Kind.TRUE_FALSE:
        return "".join(map(_box, _TRUE_FALSE))
    if kind in CHOICES:
        return "".join(_box(letter(n)) for n in range(places))
    if kind is Kind.HOTSPOT:
        return "".join(_box(str(n + 1)) for n in range(places))
    if kind is Kind.ORDERING:
        return "".join(f'<span class="b e">{n + 1}</span>' for n in range(places))
    if kind is Kind.MATCHING:
        return _grid(len(content.details["left"]), places, size)
    if kind is Kind.SHORT:
        return '<span class="l"></span>' * len(blanks_of(content))
    if kind is Kind.NUMERIC:
        unit = escape(str(content.details.get("unit", "")))
        return f'<span class="l f" style="width:28mm"></span><span class="u">{unit}</span>'
    return f'<span class="u">{_PAGE.say(language)}</span>'


def _box(sign: str) -> str:
    return f'<span class="b">{escape(sign)}</span>'


def _grid(left: int, right: int, size: _Size) -> str:
    """For each number of the left side the letters of the right one."""
    a_line = size.a_line - 1
    rows = []
    for n in range(left):
        for start in range(0, right, a_line):
            boxes = "".join(_box(letter(one)) for one in range(start, min(start + a_line, right)))
            number = str(n + 1) if start == 0 else ""
            rows.append(f'<div style="height:{size.row:g}mm"><span class="m">{number}</span>{boxes}</div>')
    return "".join(rows)


def _columns(columns: Sequence[Sequence[str]], size: _Size) -> str:
    cells = ["".join(rows) for rows in columns] + [""] * (size.columns - len(columns))
    return f'<table class="columns"><tr>{"".join(f"<td>{one}</td>" for one in cells)}</tr></table>'


def _first(whose: Whose, form: Form, language: str) -> str:
    said = (whose.name, whose.number, whose.seat or "–", form.sign or "–")
    cells = "".join(
        f"<td{_wide(n)}><span>{label.say(language)}</span><b>{escape(value)}</b></td>"
        for n, (label, value) in enumerate(zip(_WHO, said, strict=True))
    )
    absent = f'<td style="width:32mm"><span>{_ABSENT.say(language)}</span><span class="b"></span></td>'
    return (
        f"{_top(whose, form, language)}"
        f'<table class="who"><tr>{cells}{absent}</tr></table><p class="how">{_HOW.say(language)}</p>'
    )


def _wide(place: int) -> str:
    return "" if place == 0 else f' style="width:{(0, 36, 18, 18)[place]}mm"'


def _top(whose: Whose, form: Form, language: str) -> str:
    return (
        f'<table class="top"><tr><td><h1>{TITLE.say(language)} · {escape(form.named(language))}</h1>'
        f'<p class="sub">{escape(form.organisation)} · {escape(whose.when)}</p>'
        f'<p class="code">{escape(whose.code)}</p></td><td class="square">{_square(whose.scanned)}</td></tr></table>'
    )


def _square(text: str) -> str:
    """The square code of a text, drawn inside the page."""
    drawn = BytesIO()
    qrcode.make(text, image_factory=SvgPathImage, border=0).save(drawn)
    svg = drawn.getvalue().decode()
    return re.sub(
        r'width="[^"]*" height="[^"]*"', 'width="18mm" height="18mm"', svg[svg.index("<svg") :], count=1
    )


def _signatures(language: str) -> str:
    cells = "".join(f"<td><div></div>{one.say(language)}</td>" for one in (_OWN, _INVIGILATOR))
    return f'<table class="sign"><tr>{cells}</tr></table>'


def _essay(order: int, content: Content, language: str) -> str:
    lines = min(max(int(content.details.get("lines") or 20), 12), 25)
    return (
        f'<div class="given">{_POINTS.say(language)}</div><p class="stem">{_QUESTION.say(language) % order}</p>'
        f'<div class="ruled">{"<div></div>" * lines}</div>'
    )
