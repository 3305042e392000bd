"""An item as a candidate sees it, and what its key and a judged answer say, ready for a template."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _

from craftpath.delivery.exchange.exams import markup
from craftpath.delivery.web.shell.templatetags.say import listed, points
from craftpath.domain.exams.content import CHOICES, Content, as_shown
from craftpath.domain.exams.faults import GAP, gaps_in
from craftpath.domain.exams.texts import OUTCOMES
from craftpath.engines.scoring import Kind, Outcome
from craftpath.values.text import Text

BLANK = 14  # characters wide, whatever the answer: the width must not tell it
_FORMULA = re.compile(r"\${1,2}([^$\n]{1,600})\${1,2}")
_FRACTION = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
_SIGNS = {
    r"\pi": "π",
    r"\times": "×",
    r"\phi": "⌀",
    r"\circ": "°",
    r"\kappa": "κ",
    r"\nabla": "∇",
    r"\le": "≤",
    r"\ge": "≥",
}
Address = Callable[[str], str]


def addresses(organisation: str) -> Address:
    """Where the pictures of the bank are read."""
    return lambda picture: reverse("exams:picture", args=[organisation, picture])


def block(text: Any, address: Address) -> SafeString:
    """A text of several lines in the reader's language."""
    return mark_safe(markup.block(said(text), address=address))  # noqa: S308  (sanitised)


def line(text: Any, address: Address) -> SafeString:
    """A text of one line in the reader's language."""
    return mark_safe(markup.line(said(text), address=address))  # noqa: S308  (sanitised)


def said(text: Any) -> str:
    """The words in the reader's language."""
    return Text.of(text).say(get_language() or "zh-hans")


def plain(text: Any, most: int = 120) -> str:
    """The words without markup, for lists and menus."""
    words = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", said(text))
    words = _FORMULA.sub(lambda found: _signs(found[1]), words)
    words = re.sub(r"\\([*~#>_])", r"\1", words).replace("**", "")
    words = " ".join(GAP.sub("____", words).split())
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _signs(source: str) -> str:
    """A formula as it can be said in one line of plain text."""
    source = _FRACTION.sub(r"\1/\2", source)
    for name, sign in _SIGNS.items():
        source = re.sub(rf"{re.escape(name)}(?![A-Za-z])", sign, source)
    source = source.replace("^°", "°").replace("^{°}", "°")
    return re.sub(r"\\[A-Za-z]+|\\[,;! ]|[{}]", " ", source).replace("\\", "")


@dataclass(frozen=True, slots=True)
class Choice:
    """An option, a region or an entry: `given` if the answer names it, `right` if the key does."""

    key: str
    html: SafeString
    plain: str
    given: bool = False
    right: bool = False
    place: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A region drawn on a picture."""

    key: str
    number: int
    circle: bool
    x: str
    y: str
    width: str
    height: str
    middle_x: str
    middle_y: str
    right: bool


def candidate(content: Content, address: Address, answer: Any = None, stimulus: Any = None) -> dict[str, Any]:
    """Everything that the template of one item needs; `answer` is what was given, to be shown again."""
    details = content.details
    named = set(answer) if isinstance(answer, list) and all(isinstance(one, str) for one in answer) else set()
    texts = answer if isinstance(answer, Mapping) else {}
    right = set(details.get("right", ()))
    shown: dict[str, Any] = {
        "kind": content.kind.value,
        "stem": _stem(content, address, texts),
        "points": content.points,
        "several": content.kind is Kind.MULTIPLE or (content.kind is Kind.HOTSPOT and len(right) != 1),
        "answer": answer if isinstance(answer, str) else "",
        "texts": texts,
        "unit": details.get("unit", ""),
        "stimulus": block(stimulus.body, address) if stimulus else "",
        "stimulus_title": said(stimulus.title) if stimulus else "",
    }
    if content.kind in CHOICES:
        shown["choices"] = [
            Choice(
                row["key"],
                line(row["text"], address),
                plain(row["text"]),
                row["key"] in named,
                row["key"] in right,
                letter=_letter(n),
            )
            for n, row in enumerate(details["options"])
        ]
    elif content.kind is Kind.TRUE_FALSE:
        words = (("true", _("true"), "√"), ("false", _("false"), "×"))
        shown["choices"] = [
            Choice(key, mark_safe(escape(word)), word, key in named, key in right, letter=sign)  # noqa: S308
            for key, word, sign in words
        ]
    elif content.kind is Kind.SHORT and not gaps_in(content.stem):
        shown["blanks"] = [(row["key"], texts.get(row["key"], "")) for row in details["blanks"]]
    elif content.kind is Kind.MATCHING:
        sides = [
            Choice(row["key"], line(row["text"], address), plain(row["text"], 60))
            for row in details["right_side"]
        ]
        shown["sides"] = sides
        shown["pairs"] = [
            (Choice(row["key"], line(row["text"], address), plain(row["text"])), texts.get(row["key"], ""))
            for row in details["left"]
        ]
    elif content.kind is Kind.ORDERING:
        order = list(answer) if isinstance(answer, list) else []
        rows = as_shown(details["entries"], details.get("order", ()))
        shown["entries"] = [
            Choice(
                row["key"],
                line(row["text"], address),
                plain(row["text"]),
                place=str(order.index(row["key"]) + 1) if row["key"] in order else "",
            )
            for row in rows
        ]
        shown["places"] = [str(n) for n in range(1, len(rows) + 1)]
    elif content.kind is Kind.HOTSPOT:
        shown |= {"picture": address(details["picture"]) if details.get("picture") else ""}
        shown |= {"width": details.get("width", 0), "height": details.get("height", 0)}
        shown["letters"] = f"{max(int(details.get('width') or 0) / 20, 9):g}"
        shown["shapes"] = shapes(details)
        shown["choices"] = [
            Choice(
                row["key"],
                line(row["name"], address),
                plain(row["name"]),
                row["key"] in named,
                row["key"] in right,
                letter=str(n),
            )
            for n, row in enumerate(details["regions"], start=1)
        ]
    elif content.kind is Kind.ESSAY:
        shown |= {"lines": min(max(int(details.get("lines") or 6), 3), 30), "file": details.get("file")}
    return shown


def shapes(details: Mapping[str, Any]) -> list[Shape]:
    """The regions as they are drawn; one whose figures cannot be read is left out."""
    found = []
    right = set(details.get("right", ()))
    for number, row in enumerate(details.get("regions", ()), start=1):
        try:
            at = [float(figure) for figure in row["at"]]
            circle = row["shape"] == "circle"
            x, y, third = at[0], at[1], at[2]
            width, height = (third, third) if circle else (third - x, at[3] - y)
        except (ValueError, IndexError, KeyError, TypeError):
            continue
        if width > 0 and height > 0:
            middle = (x, y) if circle else (x + width / 2, y + height / 2)
            said = [f"{figure:g}" for figure in (x, y, width, height, *middle)]
            found.append(
                Shape(
                    key=row["key"],
                    number=number,
                    circle=circle,
                    x=said[0],
                    y=said[1],
                    width=said[2],
                    height=said[3],
                    middle_x=said[4],
                    middle_y=said[5],
                    right=row["key"] in right,
                )
            )
    return found


def _stem(content: Content, address: Address, texts: Mapping[str, Any]) -> SafeString:
    """The stem; blanks of a short text are fields in it."""
    if content.kind is not Kind.SHORT:
        return block(content.stem, address)
    blanks = content.details.get("blanks", ())

    def gap(number: int) -> str:
        if number > len(blanks):
            return "____"
        key = blanks[number - 1]["key"]
        label = escape(gettext("Blank %(number)s") % {"number": number})
        value = escape(str(texts.get(key, "")))
        return (
            f'<input class="gap-input" type="text" name="blank-{escape(key)}" value="{value}" size="{BLANK}" '
            f'maxlength="200" autocomplete="off" aria-label="{label}">'
        )

    return mark_safe(markup.block(said(content.stem), address=address, gap=gap))  # noqa: S308  (sanitised; own field)


def _letter(place: int) -> str:
    return chr(ord("A") + place) if place < 26 else str(place + 1)


def answer_from(content: Content, posted: Any) -> Any:
    """What a form says was answered, as the scorer reads it."""
    details, kind = content.details, content.kind
    if kind is Kind.NUMERIC:
        return posted.get("number", "")
    if kind is Kind.ESSAY:
        return {"text": posted.get("essay", "")}
    if kind is Kind.SHORT:
        return {row["key"]: posted.get(f"blank-{row['key']}", "") for row in details["blanks"]}
    if kind is Kind.MATCHING:
        return {row["key"]: posted.get(f"pair-{row['key']}", "") for row in details["left"]}
    if kind is Kind.ORDERING:
        placed = []
        for row in details["entries"]:
            place = posted.get(f"place-{row['key']}", "")
            if place.isascii() and place.isdecimal() and len(place) < 4:
                placed.append((int(place), row["key"]))
        return (
            [key for _, key in sorted(placed)] if len({place for place, _ in placed}) == len(placed) else []
        )
    return posted.getlist("choice")


def key_in_words(content: Content) -> list[str]:
    """What is right, one line for each part."""
    details, kind = content.details, content.kind
    if kind is Kind.TRUE_FALSE:
        return [{"true": _("true"), "false": _("false")}[key] for key in details.get("right", ())]
    if kind is Kind.NUMERIC:
        return [_numeric_in_words(details)] if details.get("value") else []
    if kind is Kind.SHORT:
        return [" / ".join(row["accepted"]) for row in details["blanks"] if row["accepted"]]
    if kind is Kind.MATCHING:
        names = {row["key"]: plain(row["text"], 60) for row in [*details["left"], *details["right_side"]]}
        return [f"{names[left]} – {names[right]}" for left, right in details.get("pairs", {}).items()]
    if kind is Kind.ORDERING:
        names = {row["key"]: plain(row["text"], 60) for row in details["entries"]}
        return [names[key] for key in details.get("order", ())]
    if kind is Kind.ESSAY:
        return []
    rows, name = (details["regions"], "name") if kind is Kind.HOTSPOT else (details["options"], "text")
    return [plain(row[name], 80) for row in rows if row["key"] in set(details.get("right", ()))]


def _numeric_in_words(details: Mapping[str, Any]) -> str:
    tolerance = str(details.get("tolerance") or "0")
    unit = str(details.get("unit", ""))
    words = str(details["value"])
    if tolerance not in ("0", "0.0"):
        words += f" ± {tolerance}{' %' if details.get('percent') else ''}"
    return f"{words} {unit}".strip()


def judged(content: Content, outcome: Outcome) -> dict[str, Any]:
    """What a judgement says: points, why, and each part of the answer with its sign."""
    details = content.details
    rows = [
        row
        for name in ("options", "regions", "left", "right_side", "entries")
        for row in details.get(name, ())
    ]
    names = {row["key"]: plain(row.get("text") or row.get("name"), 60) for row in rows}
    names |= {"true": _("true"), "false": _("false")}
    parts = []
    for number, part in enumerate(outcome.parts, start=1):
        given = names.get(part.given, part.given)
        label = names.get(part.key, "") if content.kind is Kind.MATCHING else f"{number}"
        if content.kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.HOTSPOT):
            label, given = names.get(part.key, part.key), "" if part.given else _("not chosen")
        parts.append({"label": label, "given": given, "right": part.right, "worth": _fraction(part.worth)})
    return {
        "outcome": outcome,
        "earned": _fraction(outcome.earned),
        "most": _fraction(outcome.most),
        "why": OUTCOMES.get(outcome.reason, ""),
        "parts": parts,
        "key": key_in_words(content),
    }


def _fraction(value: Any) -> str:
    """Points as people say them: 2, 1.5, and 2⅔ as 2.67."""
    return points(round(value.numerator / value.denominator, 2).__str__()) if value else "0"


def changes(before: Content, after: Content) -> list[str]:
    """In what two versions of an item differ, in words."""
    found = []
    if before.stem != after.stem:
        found.append(_("the text"))
    key = ("right", "value", "tolerance", "percent", "blanks", "fold", "pairs", "order", "guide")
    for names, words in (
        (key, _("what is right")),
        (("options", "left", "right_side", "entries"), _("what there is to choose from")),
        (("picture", "regions", "width", "height"), _("the picture and its areas")),
        (("unit", "file", "lines"), _("how it is answered")),
    ):
        if any(before.details.get(name) != after.details.get(name) for name in names):
            found.append(words)
    if before.points != after.points:
        found.append(
            _("points: %(before)s → %(after)s")
            % {"before": points(before.points), "after": points(after.points)}
        )
    if before.rule is not after.rule:
        found.append(_("how parts count"))
    if before.explanation != after.explanation:
        found.append(_("the explanation"))
    if before.stimulus != after.stimulus:
        found.append(_("the shared text"))
    return found


__all__ = ["addresses", "answer_from", "candidate", "changes", "judged", "key_in_words", "listed", "plain"]
