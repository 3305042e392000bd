"""A certificate to hang on a wall: A4 across, Chinese and English as one composition, with a code to check it by.

The borders share one grid: two lines, one line, corners of the old fret, a band of colour, or none. Colour and
signatory are the kind's. The page is one sheet: long words are set smaller.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING, Any

import segno

from craftpath.delivery.exchange.certified import Certified
from craftpath.delivery.exchange.pages import require_drawable
from craftpath.delivery.exchange.printouts.attendance import TOGETHER
from craftpath.delivery.exchange.printouts.batches import Made
from craftpath.domain.certificates.design import COLOURS
from craftpath.domain.certificates.queries import certificates
from craftpath.values.paper import day
from craftpath.values.printout import Printout
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.certificates.models import Batch, Certificate

PAPER = "certificates"
_PLAIN = COLOURS["indigo"]
_PLACES = {"double": (26, 245), "line": (26, 245), "corners": (36, 225), "band": (56, 219), "none": (22, 253)}
"""Border → where the words begin, and how much room they have across, in millimetres."""
_STYLE = """
@page { size: A4 landscape; margin: 0 }
* { font-family: Paper; font-weight: normal; font-style: normal; margin: 0 }
body { font-size: 9pt; line-height: 1.5; color: #1f1d1a; overflow-wrap: anywhere }
svg.border { position: absolute; left: 0; top: 0; width: 297mm; height: 210mm }
main { position: absolute; left: %(left)smm; top: 18.5mm; width: %(width)smm; height: 174mm }
table { width: 100%%; border-collapse: collapse; table-layout: fixed }
td { padding: 0; vertical-align: top }
.middle { text-align: center }
.sides td { padding: 0 0 0 7mm; border-left: .5pt solid %(colour)s55 }
.sides td:first-child { padding: 0 7mm 0 0; border: 0 }
.issuer { color: %(colour)s; font-size: 11pt; letter-spacing: .15mm }
.issuer td:first-child { text-align: right; letter-spacing: .9mm }
h1 { margin-top: 5mm; line-height: 1.2 }
h1 span { display: block; font-family: Display, Paper; color: %(colour)s }
h1 .large { font-size: %(large)spt; letter-spacing: %(space)smm; padding-left: %(space)smm }
h1 .less { font-size: %(less)spt; margin-top: 1mm; letter-spacing: .15mm }
.lead { margin-top: %(gap)smm; color: #5c564d; font-size: 9pt }
.name { margin-top: 1mm; font-family: Display, Paper; font-size: %(name)spt; line-height: 1.25 }
.latin { color: #5c564d; font-size: 11pt }
.rule { width: 46mm; margin: 2mm auto 0; border-top: .6pt solid %(colour)s }
.said { margin-top: %(gap)smm; font-size: %(said)spt; line-height: 1.55 }
.said.short td:first-child { text-align: right }
.facts { position: absolute; left: 0; bottom: 37mm; width: %(width)smm }
.facts td { padding: 1.4mm 2mm 0; text-align: center; border-top: .4pt solid #c9c3b6 }
.facts i { display: block; color: #5c564d; font-size: 6.6pt; line-height: 1.35 }
.facts b { display: block; font-size: 9.5pt; line-height: 1.35 }
.facts .scheme { color: #5c564d; font-size: 6.6pt }
.facts .second { margin-bottom: 1.6mm }
.facts .second b { font-size: 8pt }
.facts .skills { padding-bottom: 1.6mm; color: #5c564d; font-size: 7.4pt; text-align: center; line-height: 1.4 }
.foot { position: absolute; left: 0; bottom: 0; width: %(width)smm; height: 33mm }
.foot td { vertical-align: bottom; height: 33mm }
.signatory { font-size: 8.5pt; line-height: 1.4 }
.signatory .sign { height: 14mm; width: 62mm; border-bottom: .6pt solid #1f1d1a; margin-bottom: 1.2mm }
.signatory .role { color: #5c564d; font-size: 7.5pt }
.seal div { width: 32mm; height: 32mm; margin: 0 auto; box-sizing: border-box; border: .6pt dashed #b8b1a4;
  border-radius: 16mm; padding-top: 11mm; text-align: center; color: #8b8479; font-size: 7pt; line-height: 1.5 }
.check { text-align: right; font-size: 6.6pt; color: #5c564d; line-height: 1.4 }
.check svg { display: block; width: 20mm; height: 20mm; margin: 0 0 1.2mm auto }
"""
_TYPE = (10.5, 9.8, 9, 8.2, 7.4, 6.6, 5.8, 5)
"""Points in which what was shown may stand: as large as there is room."""
_SHORT = 44
"""Halves of a square: a text that long stands on one line beside the middle of the sheet."""
_LINES = 6
"""Lines that one certificate says besides; more would leave no room for the rest."""
_CERTIFIES = Text("兹证明", "This is to certify that")
_SIGNATORY = Text("签发人", "Signed for the issuer")
_SEAL = Text("盖章处", "Seal")
_CHECK = Text("扫码或访问下列网址核验", "Scan, or open this address, to check")
_NUMBER, _ISSUED = Text("证书编号", "Number"), Text("签发日期", "Issued on")
_UNTIL, _LEVEL, _TRADE = Text("有效期至", "Valid until"), Text("等级", "Level"), Text("职业", "Occupation")
_SKILLS = Text("核心技能", "Core skills")
_FOREVER = Text("长期有效", "no end")


def standing(batch: Batch) -> Any:
    """Those of a batch that hold, by number; what was revoked or replaced since is not handed out."""
    rows = certificates().filter(batch=batch, state="issued").defer("credential", "token")
    return rows.order_by("number")


def papers(batch: Batch) -> Iterator[list[Made]]:
    """The papers of a batch, in as few lots as can be."""
    rows = standing(batch)
    for start in range(0, rows.count(), TOGETHER):
        yield [made_of(row) for row in rows[start : start + TOGETHER]]


def made_of(row: Certificate) -> Made:
    """One paper as print runs take it."""
    said = Certified.of(row)
    about = Printout(said.title, said.name, (), (), said.issued_on, Text())
    return Made(said.number, said.name, about, page=lambda: certificate_page(said))


def certificate_page(said: Certified) -> str:
    """The whole sheet as HTML; refused with the character if the font lacks one."""
    require_drawable("".join(_words(said)))
    colour, border = COLOURS.get(said.design.get("colour", ""), _PLAIN), said.design.get("border", "")
    border = border if border in _PLACES else "double"
    left, width = _PLACES[border]
    style = _STYLE % {"colour": colour, "left": left, "width": width, **_sizes(said, width)}
    title = f"{said.title.both()} · {said.name} · {said.number}"
    body = "".join((_border(border, colour), "<main>", *_top(said), _facts(said), _foot(said), "</main>"))
    return (
        f'<!doctype html><html lang="zh-hans"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="author" content="{escape(said.issuer.both())}"><style>{style}</style></head>'
        f"<body>{body}</body></html>"
    )


def _sizes(said: Certified, width: int) -> dict[str, str]:
    """Type sizes by how much there is to say, so that all of it stands on one sheet."""
    across = width * 5.3  # halves of a square that fit across at one point
    zh, en = _length(said.title.say("zh")), _length(said.title.en)
    words = max(_length(said.criteria.zh), _length(said.criteria.en))
    taken = 14 * bool(said.lines) + _skills_height(said, width)
    narrow, size = next(
        (
            (narrow, size)
            for narrow, sizes in ((False, _TYPE[:3]), (True, _TYPE))
            for size in sizes
            if _height(words, size, width) <= (60 if narrow else 45) - taken
        ),
        (True, _TYPE[-1]),
    )
    return {
        "large": f"{min(30.0 if narrow else 38.0, across / max(zh, 1)):.1f}",
        "less": f"{min(14.0 if narrow else 19.0, across / max(en, 1)):.1f}",
        "space": "2.4" if zh <= 20 else "0.2",
        "name": f"{min(26.0 if narrow else 32.0, across / max(_length(said.name), 1)):.1f}",
        "said": f"{size}",
        "gap": "2.5" if narrow else "5",
    }


def _skills_height(said: Certified, width: int) -> float:
    """Millimetres of the line in which the skills stand, in both languages."""
    if not said.skills:
        return 0
    a_line = width / (7.4 * 0.1764)
    texts = "、".join(one.say("zh") for one in said.skills), ", ".join(one.say("en") for one in said.skills)
    return 2 + sum((_length(one) // int(a_line) + 1) * 7.4 * 0.3528 * 1.4 for one in texts)


def _height(words: int, size: float, width: int) -> float:
    """Millimetres that so many halves of a square take in half the width of the sheet."""
    a_line = (width / 2 - 7) / (size * 0.1764)
    return (words // int(a_line) + 1.5) * size * 0.3528 * 1.55


def _length(text: str) -> int:
    """How wide a text runs, in halves of a square."""
    return sum(2 if ord(one) > 0x2E7F else 1 for one in text)


def _words(said: Certified) -> Iterator[str]:
    """Everything that is printed, to be looked up in the font."""
    fixed = (
        _CERTIFIES, _SIGNATORY, _SEAL, _CHECK, _NUMBER, _ISSUED, _UNTIL, _LEVEL, _TRADE, _SKILLS, _FOREVER,
        day(said.issued_on), said.title, said.issuer, said.criteria, said.level, said.scheme, said.occupation,
        *said.skills,
    )  # fmt: skip
    for one in (*fixed, *_signatory(said), *(part for line in said.lines for part in line)):
        yield one.zh + one.en
    yield said.name + said.latin + said.number + said.short_address


def _both(text: Text) -> str:
    """Chinese, and English behind it, each known by its language to those who have it read out."""
    if not text.en or not text.zh or text.zh == text.en:
        return escape(text.both())
    return f'{escape(text.zh)} <span lang="en">{escape(text.en)}</span>'


def _sides(text: Text, look: str) -> str:
    """Chinese at the left, English at the right; what has one language only stands in the middle."""
    if text == Text():
        return ""
    if text.zh == text.en or not text.zh or not text.en:
        return f'<p class="middle {look}">{escape(text.both())}</p>'
    short = " short" if _length(text.zh) <= _SHORT else ""
    return (
        f'<table class="sides {look}{short}"><tr><td>{escape(text.zh)}</td>'
        f'<td lang="en">{escape(text.en)}</td></tr></table>'
    )


def _top(said: Certified) -> Iterable[str]:
    yield _sides(said.issuer, "issuer")
    second = said.title.en if said.title.zh and said.title.en != said.title.zh else ""
    yield f'<h1 class="middle"><span class="large">{escape(said.title.say("zh"))}</span>'
    yield f'<span class="less" lang="en">{escape(second)}</span></h1>' if second else "</h1>"
    yield f'<p class="middle lead">{_both(_CERTIFIES)}</p>'
    yield f'<p class="middle name">{escape(said.name)}</p>'
    if said.latin and said.latin != said.name:
        yield f'<p class="middle latin" lang="en">{escape(said.latin)}</p>'
    yield '<div class="rule"></div>'
    yield _sides(said.criteria, "said")


def _facts(said: Certified) -> str:
    """What is asked first of a certificate in one row; above it what it says besides."""
    cells = [(_NUMBER, _stacked(Text.of(said.number)))]
    if said.level != Text():
        scheme = f'<b class="scheme">{escape(said.scheme.both())}</b>' if said.scheme != Text() else ""
        cells.append((_LEVEL, _stacked(said.level) + scheme))
    if said.occupation != Text():
        cells.append((_TRADE, _stacked(said.occupation)))
    until = day(said.valid_until) if said.valid_until else _FOREVER
    cells += [(_ISSUED, _stacked(day(said.issued_on))), (_UNTIL, _stacked(until))]
    besides = [(label, _stacked(value)) for label, value in said.lines[:_LINES]]
    return f'<div class="facts">{_skills(said)}{_row(besides, "second")}{_row(cells, "first")}</div>'


def _skills(said: Certified) -> str:
    if not said.skills:
        return ""
    zh, en = "、".join(one.say("zh") for one in said.skills), ", ".join(one.say("en") for one in said.skills)
    label = f"{_SKILLS.zh}：{zh}"
    return f'<p class="skills">{escape(label)}<br><span lang="en">{escape(f"{_SKILLS.en}: {en}")}</span></p>'


def _row(cells: list[tuple[Text, str]], look: str) -> str:
    if not cells:
        return ""
    made = "".join(f"<td><i>{_both(label)}</i>{value}</td>" for label, value in cells)
    return f'<table class="{look}"><tr>{made}</tr></table>'


def _stacked(text: Text) -> str:
    """Chinese above English, so that a column stays narrow."""
    second = f'<b lang="en">{escape(text.en)}</b>' if text.en and text.zh and text.en != text.zh else ""
    return f"<b>{escape(text.say('zh'))}</b>{second}"


def _signatory(said: Certified) -> tuple[Text, Text]:
    return Text.of(said.design.get("signatory")), Text.of(said.design.get("position"))


def _foot(said: Certified) -> str:
    name, role = _signatory(said)
    signs = (
        f'<td class="signatory"><p class="role">{_both(_SIGNATORY)}</p><div class="sign"></div>'
        f'<p>{_both(name)}</p><p class="role">{_both(role)}</p></td>'
    )
    seal = f'<td class="seal"><div>{escape(_SEAL.zh)}<br>{escape(_SEAL.en)}</div></td>'
    drawn = segno.make(said.address, error="m", micro=False).svg_inline(
        border=0, dark="#1f1d1a", omitsize=True
    )
    check = (
        f'<td class="check">{drawn}<p>{escape(_CHECK.zh)}<br>{escape(_CHECK.en)}</p>'
        f"<p>{escape(said.short_address)}</p></td>"
    )
    return f'<table class="foot"><tr>{signs}{seal}{check}</tr></table>'


def _border(design: str, colour: str) -> str:
    drawn = {"double": _double, "line": _line, "corners": _corners, "band": _band, "none": _none}[design](
        colour
    )
    return f'<svg class="border" viewBox="0 0 297 210" aria-hidden="true">{drawn}</svg>'


def _none(_colour: str) -> str:
    return ""


def _line(colour: str) -> str:
    """One quiet line."""
    return (
        f'<rect x="10" y="10" width="277" height="190" fill="none" stroke="{colour}" stroke-width=".5"/>'
        f'<path d="M118.5 10 H178.5" stroke="{colour}" stroke-width="2.4"/>'
    )


def _double(colour: str) -> str:
    """Two lines, the inner one drawn in at the corners."""
    left, top, right, bottom, notch = 12.5, 12.5, 284.5, 197.5, 6.0
    inner = (
        f"M{left + notch} {top} H{right - notch} V{top + notch} H{right} V{bottom - notch} H{right - notch} V{bottom} "
        f"H{left + notch} V{bottom - notch} H{left} V{top + notch} H{left + notch} Z"
    )
    return (
        f'<rect x="9" y="9" width="279" height="192" fill="none" stroke="{colour}" stroke-width="1.1"/>'
        f'<path d="{inner}" fill="none" stroke="{colour}" stroke-width=".3"/>'
    )


def _corners(colour: str) -> str:
    """A hairline between four corners of the fret that joiners cut into lattices."""
    turn = "M22 0 H0 V22 M22 4 H4 V22 M22 8 H8 V22 M16 12 H12 V16 H16 Z"
    corners = "".join(
        f'<path transform="translate({x} {y}) scale({w} {h})" d="{turn}"/>'
        for x, y, w, h in ((10, 10, 1, 1), (287, 10, -1, 1), (10, 200, 1, -1), (287, 200, -1, -1))
    )
    sides = (
        "M32 10 H265 M32 200 H265 M10 32 V178 M287 32 V178 M32 14 H265 M32 196 H265 M14 32 V178 M283 32 V178"
    )
    return (
        f'<g fill="none" stroke="{colour}" stroke-width=".9">{corners}</g>'
        f'<path d="{sides}" fill="none" stroke="{colour}" stroke-width=".3"/>'
    )


def _band(colour: str) -> str:
    """A band at the left with the lattice of a workshop's window, and a hairline around the rest."""
    cell = "M0 0 H16 V16 H0 Z M4 4 H12 V12 H4 Z M8 0 V4 M8 12 V16 M0 8 H4 M12 8 H16"
    cells = "".join(f'<path transform="translate(12 {y})" d="{cell}"/>' for y in range(9, 193, 16))
    return (
        f'<rect x="0" y="0" width="40" height="210" fill="{colour}"/>'
        f'<g fill="none" stroke="#fff" stroke-opacity=".42" stroke-width=".5">{cells}</g>'
        f'<rect x="46" y="9" width="242" height="192" fill="none" stroke="{colour}" stroke-width=".3"/>'
    )
