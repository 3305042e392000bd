"""The page that a pair keeps: in words once, for the screen and for the sheet of A4 that one frames.

Everything comes from the figures that were frozen at graduation, so that a reprint is the same page.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from craftpath.delivery.exchange.keepsake_look import STYLE
from craftpath.delivery.exchange.pages import page, require_drawable
from craftpath.delivery.exchange.press import print_page
from craftpath.values.paper import day
from craftpath.values.text import Text

TITLES = {
    "master_apprentice": Text("出师", "Graduation"),
    "college_tutor": Text("学成", "Graduation"),
    "layered": Text("出师", "Graduation"),
    "mutual": Text("互学有成", "Learned from one another"),
    "red_white": Text("红白同心", "Red suit and white smock"),
}
KINDS = {
    "master_apprentice": Text("师带徒", "Master and apprentice"),
    "college_tutor": Text("院校导师带教", "College tutor and apprentice"),
    "layered": Text("逐级带教", "A chain of masters"),
    "mutual": Text("互学互教", "Each taught, each learned"),
    "red_white": Text("红工装与白大褂结对", "A technician and a professional"),
}
ROLES = {"responsible": Text("责任师傅", "responsible"), "second": Text("第二师傅", "second teacher")}
WHOLE = 1000
MOST_GOALS = 5
"""Goals that are named; of more the rest is counted."""
MOST_BONDS = 2
SHORT, LONG = 48, 220
"""How wide a goal is on the sheet, and thanks beyond which the sheet is set more densely; a Han character is two."""


@dataclass(frozen=True, slots=True)
class Keepsake:
    """What the page says, both languages beside one another; `numbers` are (figure, unit and what it counts)."""

    title: Text
    kind: Text
    names: tuple[str, str]
    mutual: bool
    said: Text
    bonds: Sequence[Text]
    numbers: Sequence[tuple[str, Text]]
    goals: Sequence[tuple[str, str]]
    more_goals: int
    product: tuple[str, str] | None
    shown: Sequence[Text]
    thanks: Sequence[tuple[str, str]]
    office: Text
    on: Text
    number: str


def keepsake(figures: Mapping[str, Any], *, on: date, number: str) -> Keepsake:
    """From what was frozen; `on` is the day of graduation, `number` the public id of the page."""
    kind, bonds = figures["kind"], figures["bonds"]
    mutual = kind in ("mutual", "red_white")
    teachers = list(dict.fromkeys(one["teacher"] for one in bonds))
    learners = list(dict.fromkeys(one["learner"] for one in bonds))
    product = figures["product"]
    return Keepsake(
        title=TITLES[kind],
        kind=KINDS[kind],
        names=("、".join(teachers), "" if mutual else "、".join(learners)),
        mutual=mutual,
        said=_said(figures),
        bonds=[_bond(one) for one in bonds],
        numbers=list(_numbers(figures)),
        goals=[(one["name"], one["text"]) for one in figures["goals"][:MOST_GOALS]],
        more_goals=max(len(figures["goals"]) - MOST_GOALS, 0),
        product=(product["title"], product["words"]) if product else None,
        shown=[_shown(one) for one in product["shown"]] if product else [],
        thanks=[(one["name"], one["words"]) for one in figures["thanks"]],
        office=Text.of(figures["office"]),
        on=day(on),
        number=number,
    )


def keepsake_pdf(said: Keepsake, picture: bytes = b"") -> bytes:
    """The sheet of A4; the same figures and picture give the same bytes. Refused if the font lacks a character."""
    body = _body(said, picture)
    require_drawable("".join(_words(said)))
    title = f"{said.title.both()} {' '.join(filter(None, said.names))}"
    return print_page(page(title, STYLE, body, mark=f"Craftpath 匠途 · {said.number}"))


def _said(figures: Mapping[str, Any]) -> Text:
    first, last = day(date.fromisoformat(figures["starts_on"])), day(date.fromisoformat(figures["last_on"]))
    return Text(f"{first.zh} 至 {last.zh}", f"{first.en} – {last.en}")


def _bond(one: Mapping[str, Any]) -> Text:
    place, role = Text.of(one["place"]), ROLES[one["role"]]
    share = f" {one['share'] / 10:g} %" if one["share"] < WHOLE else ""
    what = one["subject"]
    zh = f"{one['teacher']}（{place.say('zh')}，{role.zh}{share}）带{one['learner']}" + (
        f"：{what}" if what else ""
    )
    en = f"{one['teacher']} ({place.say('en')}, {role.en}{share}) taught {one['learner']}"
    return Text(zh, en + (f": {what}" if what else ""))


def _numbers(figures: Mapping[str, Any]) -> Iterable[tuple[str, Text]]:
    yield f"{figures['days']:,}", Text("天同行", "days together")
    yield f"{figures['meetings']:,}", Text("次交流", "meetings")
    hours = figures["minutes"] / 60
    yield (
        f"{hours:.0f}" if hours >= 10 else f"{hours:.1f}".removesuffix(".0"),
        Text("小时交流", "hours together"),
    )  # noqa: PLR2004
    yield f"{len(figures['goals']):,}", Text("项目标达成", "goals reached")
    if figures["weeks"]:
        yield f"{figures['weeks']:,}", Text("周日志确认", "weeks signed")


def _shown(one: Mapping[str, Any]) -> Text:
    on = day(date.fromisoformat(one["on"]))
    return Text(f"{on.zh}展示：{one['audience']}", f"shown on {on.en}: {one['audience']}")


def _words(said: Keepsake) -> Iterable[str]:
    """Everything that is printed, for the look whether the font has it."""
    yield from (
        said.title.both(),
        said.kind.both(),
        *said.names,
        said.said.both(),
        said.office.both(),
        said.on.both(),
    )
    yield from (one.both() for one in (*said.bonds, *said.shown))
    yield from (part for pair in (*said.goals, *said.thanks) for part in pair)
    yield from said.product or ()


def _body(said: Keepsake, picture: bytes) -> str:
    arrow = "" if said.mutual else '<span class="arrow">→</span>'
    names = said.names[0].replace("、", " ⇄ ") if said.mutual else said.names[0]
    people = f'<p class="names">{escape(names)}{arrow}{escape(said.names[1])}</p>'
    numbers = "".join(
        f'<td><span class="figure">{escape(figure)}</span><br>{escape(what.zh)}<br><span class="en">{escape(what.en)}'
        "</span></td>"
        for figure, what in said.numbers
    )
    return (
        f'<div class="frame"><div class="inner {_density(said)}"><p class="seal">匠</p>'
        f'<h1>{escape(said.title.zh)}</h1><p class="title-en">{escape(said.title.en)}</p>'
        f'{people}<p class="kind">{escape(said.kind.zh)}　<span class="en">{escape(said.kind.en)}</span></p>'
        f'<p class="span">{_two(said.said)}</p>'
        f'<table class="numbers"><tr>{numbers}</tr></table>'
        f"{_middle(said, picture)}{_thanks(said)}{_foot(said)}</div></div>"
    )


def _middle(said: Keepsake, picture: bytes) -> str:
    cells = []
    if said.product is not None or picture:
        drawn = f'<img src="data:image/jpeg;base64,{base64.b64encode(picture).decode()}">' if picture else ""
        title = f'<p class="product">{escape(_cut(said.product[0], SHORT))}</p>' if said.product else ""
        shown = "".join(f'<p class="small">{_two(_shortened(one, 2 * SHORT))}</p>' for one in said.shown[-1:])
        cells.append(f'<td class="picture">{drawn}{title}{shown}</td>')
    goals = "".join(f"<li>{escape(_cut(text, SHORT))}{_whose(said, name)}</li>" for name, text in said.goals)
    if said.more_goals:
        goals += f'<li class="en">另 {said.more_goals} 项 · {said.more_goals} more</li>'
    told = f'<h2>达成的目标 <span class="en">Goals reached</span></h2><ul>{goals}</ul>' if goals else ""
    bonds = "".join(f'<p class="bond">{_two(one)}</p>' for one in said.bonds[:MOST_BONDS])
    cells.append(f'<td>{told}<h2>谁教谁 <span class="en">Who taught whom</span></h2>{bonds}</td>')
    return f'<table class="middle"><tr>{"".join(cells)}</tr></table>'


def _whose(said: Keepsake, name: str) -> str:
    """Whose goal it was, where both sides had some."""
    return f'　<span class="en">{escape(name)}</span>' if said.mutual else ""


def _width(words: str) -> int:
    return sum(2 if ord(one) > 0x2E80 else 1 for one in words)  # noqa: PLR2004 - from there on signs are wide


def _cut(words: str, most: int) -> str:
    """The words, or as many of them as `most` holds, with a sign that there are more."""
    if _width(words) <= most:
        return words
    while _width(words) > most - 2:
        words = words[:-1]
    return f"{words}…"


def _shortened(text: Text, most: int) -> Text:
    return Text(_cut(text.zh, most), _cut(text.en, most))


def _density(said: Keepsake) -> str:
    """How close the sheet is set: by the longest words of thanks, and by how many stand beside one another."""
    long = max((_width(words) for _name, words in said.thanks[:3]), default=0) > LONG
    narrow = len(said.thanks) > 2  # noqa: PLR2004 - two have room beside one another
    return "denser" if long and narrow else "dense" if long or narrow else ""


def _two(text: Text) -> str:
    """Chinese with English under it."""
    return f'{escape(text.zh)}<br><span class="en">{escape(text.en)}</span>'


def _thanks(said: Keepsake) -> str:
    cells = "".join(
        f'<td><p class="quote">{escape(words)}</p><p class="who">— {escape(name)}</p></td>'
        for name, words in said.thanks[:3]
    )
    return f'<table class="thanks"><tr>{cells}</tr></table>' if cells else ""


def _foot(said: Keepsake) -> str:
    return (
        f'<table class="foot"><tr><td>{_two(said.office)}</td>'
        '<td class="stamp">盖章处<br><span class="en">stamp</span></td>'
        f'<td class="on">{_two(said.on)}<br><span class="en">№ {said.number}</span></td></tr></table>'
    )
