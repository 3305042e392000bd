"""A badge as a picture that carries its credential: whoever checks it needs nothing but the file."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from craftpath.delivery.exchange.certified import Certified
from craftpath.domain.certificates.design import COLOURS
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.certificates.models import Certificate

_SPACE = "https://purl.imsglobal.org/ob/v3p0"
_FACES = "'PingFang SC','Noto Sans CJK SC','Microsoft YaHei',system-ui,sans-serif"
_A_LINE = 22  # halves of a square beside one another
_LINES = 3


def badge(row: Certificate) -> bytes:
    """An SVG of a round seal with the title, the holder and the issuer's name; the same bytes each time."""
    said = Certified.of(row)
    colour = COLOURS.get(said.design.get("colour", ""), COLOURS["indigo"])
    inside = json.dumps(row.credential, ensure_ascii=False).replace("]]>", "]]\\u003e")
    title, issuer = said.title.both(), said.issuer.both()
    lines = _broken(said.title)
    words = "".join(
        f'<tspan x="160" y="{150 + 26 * n - 13 * (len(lines) - 1)}">{escape(line)}</tspan>'
        for n, line in enumerate(lines)
    )
    sign = "M21.5 7H7v14h14.7M18.5 9.2c-1.9 1.2-4.3 1.8-7.2 1.9v4.2c0 1.7-.5 2.9-1.6 3.7M11.4 13.8h9.8M16.6 13.9v5.2"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="{_SPACE}" viewBox="0 0 320 320" role="img" '
        f'width="320" height="320"><openbadges:credential><![CDATA[{inside}]]></openbadges:credential>'
        f"<title>{escape(f'{title} · {said.name} · {issuer}')}</title>"
        f'<circle cx="160" cy="160" r="156" fill="{colour}"/>'
        '<circle cx="160" cy="160" r="144" fill="none" stroke="#fff" stroke-opacity=".5" stroke-width="2"/>'
        '<circle cx="160" cy="160" r="130" fill="#fff"/>'
        f'<path transform="translate(142 50) scale(1.3)" fill="none" stroke="{colour}" stroke-width="2" '
        f'stroke-linecap="round" d="{sign}"/><g text-anchor="middle" font-family="{_FACES}" fill="#1f1d1a">'
        f'<text font-size="20" fill="{colour}">{words}</text>'
        f'<text x="160" y="212" font-size="22">{escape(_cut(said.name, _A_LINE))}</text>'
        f'<text x="160" y="238" font-size="12" fill="#5c564d">{escape(_cut(said.issuer.say("zh"), 32))}</text>'
        f'<text x="160" y="256" font-size="12" fill="#5c564d">{said.issued_on.isoformat()}</text></g></svg>\n'
    ).encode()


def _width(text: str) -> int:
    return sum(2 if ord(one) > 0x2E7F else 1 for one in text)


def _cut(text: str, most: int) -> str:
    if _width(text) <= most:
        return text
    kept = ""
    for one in text:
        if _width(kept + one) > most - 2:
            break
        kept += one
    return f"{kept}…"


def _broken(title: Text) -> list[str]:
    """A title in a few lines: between words where it has spaces, anywhere in Chinese."""
    parts = list(title.zh) if title.zh else [f"{word} " for word in title.en.split()]
    lines = [""]
    for part in parts:
        if lines[-1] and _width(lines[-1] + part.rstrip()) > _A_LINE:
            lines.append("")
        lines[-1] += part
    lines = [_cut(line.strip(), _A_LINE) for line in lines]
    return (
        lines if len(lines) <= _LINES else [*lines[: _LINES - 1], _cut("".join(lines[_LINES - 1 :]), _A_LINE)]
    )
