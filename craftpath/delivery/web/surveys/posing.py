"""Questions as a page shows them, and what a form says as the answers that `reading.py` checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext

from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.surveys.questions import Question
from craftpath.domain.surveys.reading import meant_for, parts_of

if TYPE_CHECKING:
    from craftpath.domain.surveys.models import Survey
    from craftpath.values.verdict import Verdict

AT_ONCE = 4  # questions that a phone shows in one step
PART_KEYS = ("importance", "own", "mentor")
Get = Callable[[str], list[str]]
"""name of a field → the values that a form has for it"""


@dataclass(frozen=True, slots=True)
class Tick:
    """One point of a scale, or one option: its value, its words, whether it is chosen."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """A row of points under one name of a field; `low` and `high` are the words at its ends."""

    name: str
    label: str
    ticks: list[Tick]
    low: str = ""
    high: str = ""


@dataclass(slots=True)
class Posed:
    """One question on a page."""

    question: Question
    number: int
    title: str
    hint: str
    fault: str = ""
    foreign: str = ""
    """the language in which its words are, where the reader's is missing"""
    scales: list[Scale] = field(default_factory=list)
    options: list[Tick] = field(default_factory=list)
    places: list[tuple[str, str, str]] = field(default_factory=list)
    """of a ranking: name of the field, words, the place that was given"""
    value: str = ""

    @property
    def name(self) -> str:
        """The name of its field."""
        return f"a-{self.question.key}"

    @property
    def count(self) -> list[int]:
        """The places of a ranking."""
        return list(range(1, len(self.places) + 1))


@dataclass(slots=True)
class Step:
    """What is shown at one time: the heading of its section, and some questions."""

    heading: str
    hint: str
    section: Question | None
    posed: list[Posed]


def steps(
    survey: Survey, role: str, get: Get | None = None, faults: Mapping[str, Verdict] | None = None
) -> list[Step]:
    """The questions for a role in steps; `get` gives back what was typed, `faults` what is wrong with it."""
    found: list[Step] = []
    section: Question | None = None
    number = 0
    for one in meant_for(survey.asked_for, role):
        if one.kind == "section":
            section = one
            found.append(_step(section, first=True))
            continue
        number += 1
        if not found or len(found[-1].posed) == AT_ONCE:
            found.append(_step(section, first=False))
        fault = (faults or {}).get(one.key)
        found[-1].posed.append(_posed(one, number, survey.points, role, get or _nothing, fault))
    return [step for step in found if step.posed]


def _nothing(name: str) -> list[str]:
    return []


def _step(section: Question | None, *, first: bool) -> Step:
    if section is None:
        return Step("", "", None, [])
    return Step(text(section.title), text(section.hint) if first else "", section, [])


def _posed(one: Question, number: int, points: int, role: str, get: Get, fault: Verdict | None) -> Posed:
    posed = Posed(
        one,
        number,
        text(one.title),
        text(one.hint),
        sentence(fault) if fault is not None else "",
        _foreign(one),
    )
    given = get(posed.name)
    posed.value = given[0] if given else ""
    if one.kind in ("single", "multiple"):
        posed.options = [Tick(part.key, text(part.text), part.key in given) for part in one.options]
    elif one.kind == "ranking":
        posed.places = [
            (name, text(part.text), (get(name) or [""])[0])
            for part in one.options
            for name in [f"{posed.name}-{part.key}"]
        ]
    else:
        posed.scales = [_scale(one, points, get, *named) for named in _scales(one, role)]
    return posed


def _foreign(one: Question) -> str:
    zh = (get_language() or "zh-hans").startswith("zh")
    missing = one.title.en and not one.title.zh if zh else one.title.zh and not one.title.en
    if not missing:
        return ""
    return gettext("only in English") if zh else gettext("only in Chinese")


def _scales(one: Question, role: str) -> list[tuple[str, str]]:
    """(name of the field, words before it) of each row of points of a question."""
    if one.kind == "need":
        asked = zip(PART_KEYS, parts_of(one, role), strict=True)
        return [(f"a-{one.key}-{part}", part_label(part, role)) for part, wanted in asked if wanted]
    if one.kind == "matrix":
        return [(f"a-{one.key}-{row.key}", text(row.text)) for row in one.rows]
    return [(f"a-{one.key}", "")] if one.kind == "scale" else []


def part_label(part: str, role: str) -> str:
    """What the two ratings of a need ask, as the one who is asked reads it."""
    if part == "importance":
        return (
            gettext("How important is it in your apprentices' work?")
            if role == "mentor"
            else gettext("How important is it in your work?")
        )
    if part == "mentor":
        return gettext("How well do your apprentices master it, taken together?")
    return gettext("How well do you master it now?")


def _scale(one: Question, points: int, get: Get, name: str, label: str) -> Scale:
    given = (get(name) or [""])[0]
    words = ends_of(one, name)
    named = one.labels if len(one.labels) == points else ()
    ticks = [
        Tick(str(tick), text(named[tick - 1]) if named else str(tick), given == str(tick))
        for tick in range(1, points + 1)
    ]
    return Scale(name, label, ticks, *words)


def ends_of(one: Question, name: str = "") -> tuple[str, str]:
    """The words at both ends of a scale: the question's own, else the usual ones of its kind."""
    if one.labels:
        return text(one.labels[0]), text(one.labels[-1])
    if one.kind == "need":
        if name.endswith("-importance"):
            return gettext("hardly"), gettext("very")
        return gettext("not yet"), gettext("so that others learn from it")
    return gettext("low"), gettext("high")


def step_words() -> str:
    """What stands beside the progress; the script fills it in."""
    return gettext("Step %(step)s of %(steps)s")


def given_from(questions: Sequence[Question], get: Get) -> dict[str, Any]:
    """What a form, or a device, says: key of a question → as `reading.py` takes it; other fields are passed over."""
    return {one.key: _given(one, get) for one in questions if one.kind != "section"}


def _given(one: Question, get: Get) -> Any:
    name = f"a-{one.key}"
    if one.kind == "need":
        parts = [_first(get(f"{name}-{part}")) for part in PART_KEYS]
        return parts if any(parts) else None
    if one.kind == "matrix":
        return {row.key: _first(get(f"{name}-{row.key}")) for row in one.rows}
    if one.kind == "multiple":
        return get(name) or None
    if one.kind == "ranking":
        return _ranked([(option.key, (get(f"{name}-{option.key}") or [""])[0]) for option in one.options])
    return _first(get(name))


def _first(values: list[str]) -> str | None:
    return values[0] if values else None


def _ranked(places: Sequence[tuple[str, str]]) -> list[str] | None:
    """Keys in their order; where two have one place it cannot be read, which an empty key says."""
    given = [(place, key) for key, place in places if place]
    if len({place for place, _key in given}) < len(given):
        return [""]
    ordered = sorted(given, key=lambda one: (len(one[0]), one[0]))
    return [key for _place, key in ordered] or None


def fields_of(said: Mapping[str, Any]) -> Get:
    """The fields of a device, as it sent them: name → values."""
    return lambda name: (
        [str(one) for one in said.get(name, [])][:200] if isinstance(said.get(name), list) else []
    )
