"""Who sits where, to be signed by everybody who is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from craftpath.delivery.exchange.pages import page, require_drawable
from craftpath.values.text import Text

_STYLE = """
.sub { margin: 1mm 0 5mm; color: #5c564d }
.list th { text-align: left; font-size: 7.5pt; color: #5c564d; border-bottom: .8pt solid #1f1d1a;
  padding: 1mm 2mm 1mm 0 }
.list td { height: 9mm; border-bottom: .4pt solid #c9c3b6; padding: 0 2mm 0 0; vertical-align: middle }
.list tr { break-inside: avoid }
.note { font-size: 8pt; color: #5c564d }
.sign { margin-top: 8mm; break-inside: avoid }
.sign td { padding: 0 6mm 0 0; font-size: 7.5pt; color: #5c564d }
.sign div { border-bottom: .6pt solid #1f1d1a; height: 10mm }
"""
_TITLE = Text("座位与签到表", "Seats and attendance")
_HEADS = (
    (Text("座位", "Seat"), 14), (Text("学号", "Number"), 26), (Text("姓名", "Name"), 38), (Text("试卷", "Form"), 14),
    (Text("备注", "Remark"), 36), (Text("签名（缺考写“缺”）", "Signature, or “absent”"), 50),
)  # fmt: skip
_SIGNED = (
    Text("应到　　人，实到　　人", "Present          of          "),
    Text("监考员签名", "Invigilator"),
    Text("监考员签名", "Invigilator"),
)


@dataclass(frozen=True, slots=True)
class Seat:
    """One line."""

    seat: str
    number: str
    name: str
    form: str
    remark: str


def seats_page(title: str, about: str, seats: Sequence[Seat], language: str) -> str:
    """The list as HTML; refused with the character if the font lacks one."""
    widths = "".join(f'<col style="width:{width}mm">' for _head, width in _HEADS)
    heads = "".join(f"<th>{head.say(language)}</th>" for head, _width in _HEADS)
    rows = "".join(_row(one) for one in seats)
    signed = "".join(f"<td><div></div>{one.say(language)}</td>" for one in _SIGNED)
    words = "".join(f"{one.seat}{one.number}{one.name}{one.form}{one.remark}" for one in seats)
    require_drawable(f"{title}{about}{words}")
    body = (
        f'<h1>{_TITLE.say(language)}</h1><p class="sub">{escape(title)} · {escape(about)}</p>'
        f'<table class="list"><colgroup>{widths}</colgroup><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        f'<table class="sign"><tr>{signed}</tr></table>'
    )
    return page(f"{_TITLE.say(language)} {title}", _STYLE, body, mark=f"{title} · {about}", language=language)


def _row(one: Seat) -> str:
    cells = (one.seat, one.number, one.name, one.form)
    said = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr>{said}<td class="note">{escape(one.remark)}</td><td></td></tr>'
