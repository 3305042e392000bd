"""The places of a bulletin as HTML: the same words for the web page, for the editor and for the paper.

What was typed is escaped here, and nothing of it is ever a tag, a link or a style. Who lays it out decides by style
sheets only; `spoken` says in which languages it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from craftpath.delivery.exchange.bulletins import words
from craftpath.delivery.exchange.bulletins.chart import bars
from craftpath.delivery.exchange.bulletins.setting import body, line, number
from craftpath.domain.bulletins.places import spoken_in
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.bulletins.models import Voice

COLOURS = {
    "indigo": ("#1f4e79", "#163b5d", "#e8eef5", "#b5341f"),
    "jade": ("#24704f", "#17523a", "#e6f1ea", "#8a5a0b"),
    "ochre": ("#8a5a0b", "#5f3e06", "#f8eed6", "#1f4e79"),
}
"""Theme → its colour, a deeper one, a wash, and one that stands out."""
TAGS = {"zh": "zh-hans", "en": "en"}


@dataclass(frozen=True, slots=True)
class Quote:
    """A voice that agreed, as it is shown."""

    name: str
    about: Mapping[str, str]
    words: Mapping[str, str]

    @classmethod
    def of(cls, row: Voice) -> Quote:
        """Read a row."""
        return cls(row.name, dict(row.about), dict(row.words))


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is laid out: a content, its voices, in which languages, and where its pictures lie."""

    content: Mapping[str, Any]
    quotes: Sequence[Quote] = ()
    spoken: tuple[str, ...] = ()
    picture: Callable[[str], str] = field(default=lambda _key: "")

    @property
    def languages(self) -> tuple[str, ...]:
        """In which it is read."""
        return self.spoken or spoken_in(self.content["language"])

    @property
    def colours(self) -> tuple[str, str, str, str]:
        """Of its theme."""
        return COLOURS.get(self.content["theme"], COLOURS["indigo"])

    def block(self, place: str) -> Mapping[str, Any]:
        """What stands in a place."""
        found: Mapping[str, Any] = self.content["blocks"].get(place, {})
        return found

    def html(self, place: str) -> str:
        """A place as HTML; empty where nothing stands in it."""
        return _PLACES[place](self)


# ---- Words in the languages ------------------------------------------------------------------------


def _each(sheet: Sheet, said: Mapping[str, str], tag: str, look: str) -> str:
    """One line in each language that has it."""
    return "".join(
        f'<{tag} class="{look} {look}-{spoken}" lang="{TAGS[spoken]}">{line(said[spoken])}</{tag}>'
        for spoken in sheet.languages
        if said.get(spoken)
    )


def _fixed(sheet: Sheet, text: Text, **values: object) -> str:
    """Fixed words in the languages, one behind the other."""
    return " ".join(
        f'<span lang="{TAGS[spoken]}">{line(words.say(text, spoken, **values))}</span>'
        for spoken in sheet.languages
    )


def _kicker(sheet: Sheet, text: Text) -> str:
    return f'<p class="bl-kicker">{_fixed(sheet, text)}</p>'


def _bodies(sheet: Sheet, said: Mapping[str, str]) -> str:
    """The text: beside one another in two languages, in columns in one."""
    there = [spoken for spoken in sheet.languages if said.get(spoken)]
    if not there:
        return ""
    look = "bl-beside" if len(there) > 1 else "bl-columns"
    made = "".join(
        f'<div class="bl-text bl-text-{spoken}" lang="{TAGS[spoken]}">{body(said[spoken], spoken)}</div>'
        for spoken in there
    )
    return f'<div class="{look}">{made}</div>'


# ---- Places ----------------------------------------------------------------------------------------


def _masthead(sheet: Sheet) -> str:
    said, about = sheet.block("masthead"), sheet.content
    title = said.get("title", {}) or {"zh": "—"}
    day = {
        spoken: words.say(
            words.PERIOD,
            spoken,
            since=words.day(about["since"], spoken),
            until=words.day(about["until"], spoken),
        )
        for spoken in sheet.languages
    }
    return (
        f'<div class="bl-names">{_each(sheet, title, "p", "bl-title")}'
        f"{_each(sheet, said.get('motto', {}), 'p', 'bl-motto')}</div>"
        f'<div class="bl-issue"><p class="bl-number">{_fixed(sheet, words.NUMBER, number=about["number"])}</p>'
        f"{_each(sheet, day, 'p', 'bl-period')}{_each(sheet, about['organisation'], 'p', 'bl-publisher')}</div>"
    )


def _lead(sheet: Sheet) -> str:
    said = sheet.block("lead")
    return _each(sheet, said.get("head", {}), "h2", "bl-head") + _bodies(sheet, said.get("body", {}))


def lead_parts(sheet: Sheet) -> tuple[str, str]:
    """Headline and text apart, for a picture between them."""
    said = sheet.block("lead")
    return _each(sheet, said.get("head", {}), "h2", "bl-head"), _bodies(sheet, said.get("body", {}))


def _picture(place: str) -> Callable[[Sheet], str]:
    def made(sheet: Sheet) -> str:
        said = sheet.block(place)
        if not said.get("picture"):
            return ""
        alt = " ".join(said.get("alt", {}).get(spoken, "") for spoken in sheet.languages).strip()
        caption = _each(sheet, said.get("caption", {}), "span", "bl-caption")
        under = f"<figcaption>{caption}</figcaption>" if caption else ""
        return (
            f'<figure class="bl-picture"><img src="{escape(sheet.picture(said["picture"]))}" alt="{escape(alt)}">'
            f"{under}</figure>"
        )

    return made


def _figures(sheet: Sheet) -> str:
    rows = sheet.block("figures").get("figures", [])
    if not rows:
        return ""
    cells = "".join(f'<li class="bl-figure">{_figure(sheet, row)}</li>' for row in rows)
    return f'{_kicker(sheet, words.FIGURES)}<ul class="bl-figures">{cells}</ul>'


def _figure(sheet: Sheet, row: Mapping[str, Any]) -> str:
    unit = Text.of(row["unit"])
    if row["value"] is None:
        missing = _fixed(sheet, words.FEW if row.get("few") else words.MISSING)
        value = f'<span class="bl-missing">{missing}</span>'
    else:
        zh = unit.zh if "zh" in sheet.languages else unit.en
        value = f'<b class="bl-value">{number(row["value"])}</b><span class="bl-unit">{line(zh)}</span>'
    before = (
        f" · {_fixed(sheet, words.BEFORE, value=number(row['before']))}"
        if row.get("before") is not None and row["value"] is not None
        else ""
    )
    counted = f"n = {number(str(row['n']))}" if row["n"] is not None else f"n {_fixed(sheet, words.MISSING)}"
    return (
        f'<p class="bl-amount">{value}</p>{_each(sheet, row["name"], "p", "bl-what")}'
        f'<p class="bl-n">{counted}{before}</p>'
    )


def _chart(sheet: Sheet) -> str:
    figure = sheet.block("chart").get("figure")
    if not figure or not figure.get("bars"):
        return ""
    drawn = bars(figure, sheet.languages, sheet.colours[0])
    return (
        f'<figure class="bl-chart"><figcaption>{_each(sheet, figure["name"], "span", "bl-chart-name")}'
        f'<span class="bl-n">n = {number(str(figure["n"]))}</span></figcaption>{drawn}</figure>'
    )


def chart_table(sheet: Sheet) -> list[tuple[str, str]]:
    """The same as rows, for a table behind the chart."""
    figure = sheet.block("chart").get("figure") or {}
    spoken = sheet.languages[0]
    return [(Text.of(row["label"]).say(spoken), number(str(row["value"]))) for row in figure.get("bars", [])]


def counted(sheet: Sheet) -> str:
    """How each figure is counted, and on which day."""
    rows = list(sheet.block("figures").get("figures", []))
    chart = sheet.block("chart").get("figure")
    if chart and chart["key"] not in {row["key"] for row in rows}:
        rows.append(chart)
    if not rows:
        return ""
    made = []
    for spoken in sheet.languages:
        colon, stop, full = ("：", "；", "。") if spoken == "zh" else (": ", "; ", ".")
        told = stop.join(
            f"{Text.of(row['name']).say(spoken)}{colon}{Text.of(row['definition']).say(spoken)}"
            for row in rows
        )
        as_of = words.say(words.AS_OF, spoken, day=words.day(rows[0]["as_of"], spoken))
        head = words.COUNTED.say(spoken)
        made.append(
            f'<p lang="{TAGS[spoken]}"><span class="bl-note-head">{line(head)}</span> {line(told + full)} '
            f"{line(as_of + full)}</p>"
        )
    return f'<div class="bl-notes">{"".join(made)}</div>'


def _report(place: str, kicker: Text) -> Callable[[Sheet], str]:
    def made(sheet: Sheet) -> str:
        said = sheet.block(place)
        head, text = _each(sheet, said.get("head", {}), "h2", "bl-head"), _bodies(sheet, said.get("body", {}))
        return f"{_kicker(sheet, kicker)}{head}{text}" if head or text else ""

    return made


def _voices(sheet: Sheet) -> str:
    if not sheet.quotes:
        return ""
    made = "".join(f'<li class="bl-quote">{_quote(sheet, one)}</li>' for one in sheet.quotes)
    return f'{_kicker(sheet, words.VOICES)}<ul class="bl-quotes">{made}</ul>'


def _quote(sheet: Sheet, one: Quote) -> str:
    said = "".join(
        f'<div class="bl-words bl-words-{spoken}" lang="{TAGS[spoken]}">{body(one.words[spoken], spoken)}</div>'
        for spoken in sheet.languages
        if one.words.get(spoken)
    ) or "".join(
        # who was quoted in the other language only is heard all the same
        f'<div class="bl-words" lang="{TAGS[spoken]}">{body(said, "")}</div>'
        for spoken, said in one.words.items()
    )
    about = _each(sheet, one.about, "span", "bl-about")
    return f'<blockquote>{said}</blockquote><p class="bl-name"><b>{line(one.name)}</b>{about}</p>'


def _dates(sheet: Sheet) -> str:
    rows = sheet.block("dates").get("lines", [])
    if not rows:
        return ""
    made = "".join(
        f'<li><span class="bl-day">{_day(sheet, row["on"])}</span>'
        f'<span class="bl-event">{_each(sheet, row["what"], "span", "bl-said")}</span></li>'
        for row in rows
    )
    return f'{_kicker(sheet, words.DATES)}<ul class="bl-dates">{made}</ul>'


def _day(sheet: Sheet, iso: str) -> str:
    return "".join(
        f'<span lang="{TAGS[spoken]}">{line(words.day(iso, spoken, year=False))}</span>'
        for spoken in sheet.languages
    )


def _imprint(sheet: Sheet) -> str:
    said = sheet.block("imprint").get("words", {})
    made = "".join(
        f'<div class="bl-small bl-small-{spoken}" lang="{TAGS[spoken]}">{body(said[spoken], "")}</div>'
        for spoken in sheet.languages
        if said.get(spoken)
    )
    return f"{_kicker(sheet, words.IMPRINT)}{made}" if made else ""


_PLACES: dict[str, Callable[[Sheet], str]] = {
    "masthead": _masthead,
    "lead": _lead,
    "lead_picture": _picture("lead_picture"),
    "figures": _figures,
    "chart": _chart,
    "workshop": _report("workshop", words.WORKSHOP),
    "report_picture": _picture("report_picture"),
    "voices": _voices,
    "case": _report("case", words.CASE),
    "dates": _dates,
    "imprint": _imprint,
}


def every_word(sheet: Sheet) -> Iterable[tuple[str, str]]:
    """(place, words) of everything that is printed, to be looked up in the font."""
    for place in _PLACES:
        yield place, "".join(_texts(sheet.block(place)))
    for one in sheet.quotes:
        yield "voices", "".join(_texts([one.name, one.about, one.words]))
    yield "masthead", "".join(_texts([sheet.content["organisation"], sheet.content.get("pilot", {})]))


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
