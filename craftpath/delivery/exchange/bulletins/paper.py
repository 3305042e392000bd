"""A bulletin on paper: two sheets of A4, one page of HTML that stands alone with its pictures.

Pictures take the room that words leave, so that a sheet is full whether little or much is said. What is too long makes
a third sheet, which `proving.py` refuses.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any

import segno

from craftpath.delivery.exchange.bulletins import words
from craftpath.delivery.exchange.bulletins.setting import line
from craftpath.delivery.exchange.bulletins.sheet import TAGS, Sheet, counted, lead_parts
from craftpath.domain.bulletins.measuring import INDENT, lines
from craftpath.domain.bulletins.places import BY_KEY, SAID, shape_of
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.kernel.files import KeptFile

LINE = 13.5 * 25.4 / 72
"""Millimetres of a line."""
_TALL, _LOW = (112.0, 96.0), 24.0
"""Millimetres that a picture has at most on the front and on the back, and at least."""
_NUMBERS, _NUMBERS_BESIDE = 56.0, 82.0
"""Millimetres of the panel of figures, and of one with a chart beside them."""
_FOOT = 47.0
_HAIR = 0.15
"""Millimetres by which a full sheet stays below its paper, so that no rounding makes a third one."""
_WIDEST = 12.0
"""Millimetres by which the parts of the back stand further apart where little is said."""
OPEN = frozenset({"jade"})
"""Themes whose masthead stands on white."""
_SEAL = (
    '<svg class="seal" viewBox="0 0 28 28" aria-hidden="true"><rect width="28" height="28" rx="4" fill="{ground}"/>'
    '<path fill="none" stroke="{ink}" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round" '
    'd="M21.5 7H7v14h14.7M18.5 9.2c-1.9 1.2-4.3 1.8-7.2 1.9v4.2c0 1.7-.5 2.9-1.6 3.7M11.4 13.8h9.8M16.6 13.9v5.2"/>'
    "</svg>"
)


def paper(sheet: Sheet, address: str) -> str:
    """Both sheets as HTML; `address` is where the web page lies."""
    content = sheet.content
    main, deep, wash, accent = sheet.colours
    style = _style()
    for name, colour in (("#main", main), ("#deep", deep), ("#wash", wash), ("#accent", accent)):
        style = style.replace(name, colour)
    front, back, gap = _room(sheet)
    style += (
        f".front .bl-picture img {{ height: {front:.2f}mm }}\n.back .bl-picture img {{ height: {back:.2f}mm }}\n"
        f".front main {{ min-height: {297 - 51 - _panel(sheet) - _HAIR:.2f}mm }}\n"
        f".back main {{ min-height: {297 - 21 - _FOOT - _HAIR:.2f}mm }}\n"
        f".numbers {{ min-height: {_panel(sheet):.2f}mm }}\n"
        f".back .article, .back .panel {{ margin-bottom: {LINE + gap:.2f}mm }}\n"
    )
    looks = [
        *(["open"] if content["theme"] in OPEN else []),
        *(["single"] if len(sheet.languages) == 1 else []),
        *(["only-en"] if "zh" not in sheet.languages else []),
    ]
    title = _title(sheet)
    spoken = TAGS[sheet.languages[0]]
    about = " · ".join(
        filter(None, (Text.of(content["organisation"]).both(), Text.of(content.get("pilot")).both()))
    )
    return (
        f'<!doctype html><html lang="{spoken}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="author" content="{escape(Text.of(content["organisation"]).both())}">'
        f'<meta name="description" content="{escape(about)}"><style>{style}</style></head>'
        f'<body class="{" ".join(looks)}">{_front(sheet)}{_back(sheet, title, address)}</body></html>'
    )


@cache
def _style() -> str:
    return (resources.files("craftpath.delivery.exchange.bulletins") / "paper.css").read_text("utf-8")


def _title(sheet: Sheet) -> str:
    name = Text.of(sheet.block("masthead").get("title", {}))
    numbers = " ".join(
        words.say(words.NUMBER, one, number=sheet.content["number"]) for one in sheet.languages
    )
    said = (
        " ".join(dict.fromkeys(filter(None, (getattr(name, one) for one in sheet.languages)))) or name.both()
    )
    return f"{said} · {numbers}"


def inside(kept: Mapping[str, KeptFile]) -> Callable[[str], str]:
    """Pictures as part of the page."""

    def address(key: str) -> str:
        row = kept.get(key)
        return f"data:image/jpeg;base64,{b64encode(row.bytes()).decode()}" if row is not None else ""

    return address


# ---- Front -----------------------------------------------------------------------------------------


def _front(sheet: Sheet) -> str:
    head, text = lead_parts(sheet)
    return (
        f'<section class="sheet front"><header class="mast">{_lattice(sheet)}{_seal(sheet)}{sheet.html("masthead")}'
        f'</header><main><article class="lead">{head}{_picture(sheet, "lead_picture")}{text}</article></main>'
        f"{_numbers(sheet)}</section>"
    )


def _picture(sheet: Sheet, place: str) -> str:
    made = sheet.html(place)
    return f'<div style="padding-top: {LINE / 2:.3f}mm">{made}</div>' if made else ""


def _numbers(sheet: Sheet) -> str:
    figures, chart = sheet.html("figures"), sheet.html("chart")
    if not figures and not chart:
        return ""
    if not (figures and chart):
        return f'<section class="numbers">{figures}{chart}{counted(sheet)}</section>'
    return (
        f'<section class="numbers with-chart"><div class="left">{figures}</div><div class="right">{chart}</div>'
        f"{counted(sheet)}</section>"
    )


def _seal(sheet: Sheet) -> str:
    main, _deep, _wash, _accent = sheet.colours
    if sheet.content["theme"] in OPEN:
        return _SEAL.format(ground=main, ink="#fff")
    return _SEAL.format(ground="#fff", ink=main)


def _lattice(sheet: Sheet) -> str:
    """The lattice of a workshop's window, fading into the band."""
    if sheet.content["theme"] in OPEN:
        return ""
    cell = "M0 0 H14 V14 H0 Z M3.5 3.5 H10.5 V10.5 H3.5 Z M7 0 V3.5 M7 10.5 V14 M0 7 H3.5 M10.5 7 H14"
    drawn = "".join(
        f'<path transform="translate({x} {y})" d="{cell}" stroke-opacity="{0.05 + 0.03 * column:.2f}"/>'
        for column, x in enumerate(range(0, 84, 14))
        for y in range(1, 44, 14)
    )
    return (
        '<svg class="lattice" viewBox="0 0 84 44" aria-hidden="true">'
        f'<g fill="none" stroke="#fff" stroke-width=".45">{drawn}</g></svg>'
    )


# ---- Back ------------------------------------------------------------------------------------------


def _back(sheet: Sheet, title: str, address: str) -> str:
    report, case, quotes = sheet.html("workshop"), sheet.html("case"), sheet.html("voices")
    parts = [
        f'<article class="article">{report}{_picture(sheet, "report_picture")}</article>'
        if report or sheet.html("report_picture")
        else "",
        f'<section class="panel">{quotes}</section>' if quotes else "",
        f'<article class="article">{case}</article>' if case else "",
    ]
    organisation = " ".join(
        f'<span lang="{TAGS[one]}">{line(sheet.content["organisation"].get(one, ""))}</span>'
        for one in sheet.languages
        if sheet.content["organisation"].get(one)
    )
    return (
        f'<section class="sheet back"><div class="running"><span class="right">{organisation}</span>{line(title)}</div>'
        f"<main>{''.join(parts)}</main>{_foot(sheet, address)}</section>"
    )


def _foot(sheet: Sheet, address: str) -> str:
    code = segno.make(address, error="m", micro=False).svg_inline(border=0, dark="#1f1d1a", omitsize=True)
    reads = "".join(f'<p lang="{TAGS[one]}">{line(words.READ.say(one))}</p>' for one in sheet.languages)
    short = address.partition("://")[2].rstrip("/")
    return (
        f'<footer class="foot"><div class="dates">{sheet.html("dates")}</div>'
        f'<div class="imprint">{sheet.html("imprint")}</div>'
        f'<div class="code">{code}{reads}</div><p class="address">{escape(short)}</p></footer>'
    )


# ---- Room ------------------------------------------------------------------------------------------


def _room(sheet: Sheet) -> tuple[float, float, float]:
    """Millimetres that are left for the picture of each sheet, and between the parts of the back besides a line."""
    front = 297 - 51 - _height(sheet, "lead") - _panel(sheet) - 3.2 * LINE
    back = (
        297
        - 21
        - _FOOT
        - sum(_height(sheet, one) for one in ("workshop", "case"))
        - _quotes(sheet)
        - 2.2 * LINE
    )
    picture = _within(back, _TALL[1])
    rest = back - (picture if sheet.html("report_picture") else 0.0)
    return _within(front, _TALL[0]), picture, max(0.0, min(_WIDEST, rest / 3))


def _within(room: float, most: float) -> float:
    return max(_LOW, min(most, room))


def _panel(sheet: Sheet) -> float:
    if not sheet.html("figures") and not sheet.html("chart"):
        return 0.0
    return _NUMBERS_BESIDE if sheet.html("figures") and sheet.html("chart") else _NUMBERS


def _height(sheet: Sheet, place: str) -> float:
    """Millimetres of a place with words: its heads, its text, and the room below."""
    said = sheet.block(place)
    if not any(said.get("head", {}).get(one) or said.get("body", {}).get(one) for one in SAID):
        return 0.0
    both = len(sheet.languages) > 1
    tall = 0.0 if place == "lead" else 1.0  # its kicker
    for spoken in sheet.languages:
        head = said.get("head", {}).get(spoken, "")
        if head:
            em, _most = BY_KEY[place].field("head").holds(_shape(sheet, spoken))
            each = (1.5 if both and spoken == "en" else 2.0) if place == "lead" else 1.5
            tall += each * lines(head, em)
    texts = [_lines_of(sheet, place, said.get("body", {}).get(one, ""), one) for one in sheet.languages]
    text = max(texts, default=0)
    return (tall + (text if both else (text + 1) // 2) + (0.0 if place == "lead" else 1.5)) * LINE


def _lines_of(sheet: Sheet, place: str, said: str, spoken: str) -> int:
    em, _most = BY_KEY[place].field("body").holds(_shape(sheet, spoken))
    return lines(said, em, indent=INDENT if spoken == "zh" else 0.0)


def _shape(sheet: Sheet, spoken: str) -> str:
    return shape_of("both" if len(sheet.languages) > 1 else spoken, spoken)


def _quotes(sheet: Sheet) -> float:
    if not sheet.quotes:
        return 0.0
    tallest = max(_quote(sheet, one.words, one.about) for one in sheet.quotes)
    return tallest + 7.0 + 2 * LINE


def _quote(sheet: Sheet, said: Mapping[str, str], about: Mapping[str, str]) -> float:
    tall: Any = 4.2 + 1.4  # the name
    for spoken in sheet.languages:
        em = 22.0 if spoken == "zh" else 24.0
        tall += lines(said.get(spoken, ""), em) * (LINE if spoken == "zh" else 4.24) + 1.0
        tall += 3.7 if about.get(spoken) else 0.0
    return float(tall)
