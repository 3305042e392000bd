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
_PRESENT = Text("应到　　人，实到　　人", "Present          of          ")
_WATCHES = Text("监考员签名", "Invigilator")


@dataclass(frozen=True, slots=True)
class Seat:
    """One line."""

    seat: str
    number: str
    name: str
    form: str
    remark: str


def seats_page(
    title: str, about: str, seats: Sequence[Seat], language: str, watchers: Sequence[str] = ()
) -> str:
    """The list as HTML, two invigilators or more to sign it; refused with the character if the font lacks one."""
    widths = "".join(f'<col style="width:{width}mm">' for _head, width in _HEADS)
    heads = "".join(f"<th>{head.say(language)}</th>" for head, _width in _HEADS)
    rows = "".join(_row(one) for one in seats)
    names = [*watchers, *[""] * (2 - len(watchers))]
    lines = [_PRESENT.say(language), *(f"{_WATCHES.say(language)} {escape(name)}".strip() for name in names)]
    signed = "".join(
        f"<tr>{''.join(f'<td><div></div>{line}</td>' for line in lines[at : at + 3])}</tr>"
        for at in range(0, len(lines), 3)
    )
    words = "".join(f"{one.seat}{one.number}{one.name}{one.form}{one.remark}" for one in seats)
    require_drawable(f"{title}{about}{words}{''.join(watchers)}")
    body = (
        f'<h1>{_TITLE.say(language)}</h1><p class="sub">{escape(title)} · {escape(about)}</p>'
        f'<table class="list"><colgroup>{widths}</colgroup><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        f'<table class="sign">{signed}</table>'
    )
    return page(f"{_TITLE.say(language)} {title}", _STYLE, body, mark=f"{title} · {about}", language=language)


def _row(one: Seat) -> str:
    cells = (one.seat, one.number, one.name, one.form)
    said = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr>{said}<td class="note">{escape(one.remark)}</td><td></td></tr>'
