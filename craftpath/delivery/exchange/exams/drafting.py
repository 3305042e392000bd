"""A question of a pasted exam as an item: its kind by what it shows, its key read, its faults beside the line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from craftpath.delivery.exchange.exams import signs
from craftpath.delivery.exchange.exams.pairing import FEWEST, left_side, pairs
from craftpath.delivery.exchange.exams.pasting import Asked, Pasted, understand
from craftpath.delivery.exchange.plain_text import has_chinese
from craftpath.domain.exams.content import MOST_POINTS, Content, has_key
from craftpath.domain.exams.faults import GAP, faults
from craftpath.engines.scoring import RULES, Kind, Rule, read_number
from craftpath.values.text import Text

_NUMBER = r"[+\-−]?\d[\d,]*(?:\.\d+)?"
_TOLERANT = re.compile(
    rf"\s*(?P<value>{_NUMBER})\s*(?P<unit>[^\d±+/\s][^±\d\s]{{0,12}})?\s*(?:±|\+/-|\+-|（±|\(±)\s*(?P<tolerance>\d[\d.]*)\s*(?P<percent>%|％)?"
    r"\s*[)）]?\s*(?P<behind>[^\d\s±][^\d±]{0,12})?\s*\Z"
)
_WITH_UNIT = re.compile(rf"\s*(?:约|≈|=)?\s*(?P<value>{_NUMBER})\s*(?P<unit>[^\d\s][^\d]{{0,12}})?\s*\Z")
_UNIT_SLASH = re.compile(r"[\d.\s]*[A-Za-zμµ]{1,3}/(?:min|s|h|r|z|rev|mm|m|cm|mm²|m²|m³|kg|L)\Z")
_ASKS = re.compile(r"简述|试述|论述|说明|为什么|如何|怎样|写出|分析|describe|explain|why|discuss", re.I)
_STAR = re.compile(r"(?<=\w)\*(?=\w)")
_TILDE = re.compile(r"(?<=\d)~(?=\d)")
_LEAD = re.compile(r"^(#{1,6}\s|>)", re.M)


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know or to mend at a line; `fault` keeps the question from being taken in."""

    code: str
    line: int
    facts: Mapping[str, Any] = field(default_factory=dict)
    fault: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """One question: as it stands, the item that it makes, and what is to be said of it."""

    asked: Asked
    content: Content
    notes: tuple[Note, ...]
    difficulty: str = ""

    @property
    def faulty(self) -> bool:
        """Whether something must be mended before it is taken in."""
        return any(note.fault for note in self.notes)

    @property
    def keyed(self) -> bool:
        """Whether it says what is right."""
        return has_key(self.content)

    @property
    def anchor(self) -> int:
        """The line at which it begins, which names it within its text."""
        return self.asked.lines[0]


@dataclass(frozen=True, slots=True)
class Exam:
    """A pasted text with every question read."""

    pasted: Pasted
    readings: tuple[Reading, ...]

    @property
    def fingerprint(self) -> str:
        """Of everything that would be taken in: a check that was shown holds while this is the same."""
        return "".join(f"{one.content.fingerprint}{int(one.faulty)}" for one in self.readings)


def read_exam(text: str) -> Exam:
    """Understand a text and make an item of every question; never an error."""
    pasted = understand(text)
    seen: dict[tuple[int, int], int] = {}
    readings = []
    for asked in pasted.questions:
        place = (asked.section.line if asked.section else 0, asked.number)
        twice = seen.setdefault(place, asked.lines[0])
        reading = _read(asked)
        if twice != asked.lines[0]:
            note = Note(
                "paste.number_twice", asked.lines[0], {"number": asked.number, "line": twice}, fault=False
            )
            reading = Reading(asked, reading.content, (*reading.notes, note), reading.difficulty)
        readings.append(reading)
    return Exam(pasted, tuple(readings))


def _read(asked: Asked) -> Reading:
    notes: list[Note] = []
    line = asked.lines[0]
    left = _left_side(asked)
    stem, inside = _stem(asked)
    keys = [(key, at) for key, at in [*inside, *asked.keys] if key]
    points = _points(asked, stem)
    stem = signs.POINTS.sub("", stem).strip()
    marked = [option[0] for option in asked.options if signs.RIGHT_MARK.search(option[1])]
    if marked:
        keys.append(("".join(marked), line))
        for option in asked.options:
            option[1] = signs.RIGHT_MARK.sub("", option[1])
    key = _one_key(keys, notes)
    kind = Kind.MATCHING if left else _kind(asked, stem, key)
    if kind is Kind.SHORT:
        stem = signs.GAPS.sub("____", stem)
    details = _details(kind, asked, stem, key, keys[0][1] if keys else line, notes)
    if left:
        details = _pairs(asked, left, key, keys[0][1] if keys else line, notes)
    wanted = asked.section.rule if asked.section else None
    rule = wanted if wanted in RULES[kind] and wanted else (Rule.EACH if kind is Kind.SHORT else Rule.ALL)
    spoken = " ".join([stem, *(option[1] for option in asked.options)])
    content = Content(
        kind=kind,
        stem=_text(_markdown(stem), spoken),
        details=details,
        points=points,
        rule=rule,
        explanation=_text(_markdown("\n".join(asked.explanation)), spoken),
    )
    notes += [Note(fault.code, line, fault.facts) for fault in faults(content)]
    if asked.section and asked.section.kind == "matching" and not left:
        notes.append(Note("paste.matching_by_hand", line, fault=False))
    if not has_key(content) and not any(note.fault for note in notes):
        notes.append(Note("paste.no_key", line, fault=False))
    return Reading(asked, content, tuple(notes), asked.difficulty)


def _left_side(asked: Asked) -> list[tuple[int, str]]:
    """The numbered lines of a question whose options are its right side; they leave the stem."""
    keyed = any(len(pairs(key)) >= FEWEST for key, _line in asked.keys)
    if not asked.options or not (keyed or (asked.section and asked.section.kind == "matching")):
        return []
    asked.stem, left = left_side([line for part in asked.stem for line in part.split("\n")])
    return left


def _pairs(
    asked: Asked, left: list[tuple[int, str]], key: str, line: int, notes: list[Note]
) -> dict[str, Any]:
    found = pairs(key)
    letters = {letter.lower() for letter, _words in asked.options}
    fits = {number: letter for number, letter in found.items() if letter in letters}
    if key and (len(fits) < len(found) or not fits):
        notes.append(Note("paste.key_unclear", line, {"key": key[:30]}))
    spoken = " ".join([*(words for _number, words in left), *(option[1] for option in asked.options)])
    return {
        "left": [{"key": f"l{n}", "text": _text(_markdown(words), spoken).as_json()} for n, words in left],
        "right_side": [
            {"key": letter.lower(), "text": _text(_markdown(words), spoken).as_json()}
            for letter, words in asked.options
        ],
        "pairs": {f"l{n}": fits[n] for n, _words in left if n in fits},
    }


def _stem(asked: Asked) -> tuple[str, list[tuple[str, int]]]:
    """The words of a question, and the answers that stand inside them: `（ B ）` with options, `（√）` without."""
    stem, line = "\n".join(part for part in asked.stem if part), asked.lines[0]
    keys: list[tuple[str, int]] = []
    judged = bool(asked.section and asked.section.kind == "true_false")
    for found in list(signs.INSIDE.finditer(stem))[::-1]:
        letters = signs.plain_letters(found[1]) if not says(found[1]) or asked.options else ""
        if (asked.options and letters) or (
            not asked.options and says(found[1]) and (judged or not found[1].isascii())
        ):
            keys.append((found[1], line))
            stem = f"{stem[: found.start()]}（　）{stem[found.end() :]}"
            break
    if not asked.options and not keys and (end := signs.AT_END.search(stem)):
        keys.append((end[1], line))
        stem = stem[: end.start()]
    if not asked.options and (judged or keys):
        stem = re.sub(r"\s*[（(][\s　]*[)）]\s*\Z", "", stem)
    return stem, keys


def says(text: str) -> bool:
    """Whether a text says true or false."""
    return signs.says_true(text) is not None


def _points(asked: Asked, stem: str) -> Decimal:
    found = signs.POINTS.search(stem)
    said = asked.points or (found[1] if found else "") or (asked.section.points if asked.section else "")
    points = Decimal(said) if said else Decimal(1)
    return points if 0 < points <= MOST_POINTS else Decimal(1)


def _one_key(keys: list[tuple[str, int]], notes: list[Note]) -> str:
    """The answer; two that differ are a fault, since nobody can say which is right."""
    if not keys:
        return ""
    first = keys[0][0]
    for other, line in keys[1:]:
        if _plain(other) != _plain(first):
            facts = {"one": first[:30], "other": other[:30]}
            notes.append(Note("paste.two_keys", line, facts))
            break
    return first


def _plain(key: str) -> str:
    judged = signs.says_true(key)
    text = unicodedata.normalize("NFKC", key).casefold()
    return str(judged) if judged is not None else "".join(sign for sign in text if sign.isalnum())


def _kind(asked: Asked, stem: str, key: str) -> Kind:
    said = asked.section.kind if asked.section else ""
    if asked.options:
        if said == "ordering":
            return Kind.ORDERING
        several = len(signs.plain_letters(key)) > 1
        return Kind.MULTIPLE if said == "multiple" or (said != "single" and several) else Kind.SINGLE
    if said in ("single", "multiple", "choice"):
        return Kind.MULTIPLE if said == "multiple" else Kind.SINGLE
    if said == "true_false" or (key and says(key) and said in ("", "choice")):
        return Kind.TRUE_FALSE
    if said in ("essay", "matching"):
        return Kind.ESSAY
    if _TOLERANT.match(key) or (said == "numeric" and _WITH_UNIT.match(key)):
        return Kind.NUMERIC
    if said == "short" or signs.GAPS.search(stem):
        return Kind.SHORT
    if said == "numeric" or _ASKS.search(stem) or not key or len(key) > 40 or "\n" in key:
        return Kind.ESSAY
    return Kind.NUMERIC if _WITH_UNIT.match(key) else Kind.SHORT


def _details(kind: Kind, asked: Asked, stem: str, key: str, line: int, notes: list[Note]) -> dict[str, Any]:
    spoken = " ".join([stem, *(option[1] for option in asked.options)])
    rows = [
        {"key": letter.lower(), "text": _text(_markdown(text), spoken).as_json()}
        for letter, text in asked.options
    ]
    letters = list(dict.fromkeys(signs.plain_letters(key).lower())) if asked.options else []
    if kind in (Kind.SINGLE, Kind.MULTIPLE):
        if key and not letters:
            notes.append(Note("paste.key_unclear", line, {"key": key[:30]}))
        return {"options": rows, "right": letters}
    if kind is Kind.ORDERING:
        return {"entries": rows, "order": letters}
    if kind is Kind.TRUE_FALSE:
        judged = signs.says_true(key)
        if key and judged is None:
            notes.append(Note("paste.key_unclear", line, {"key": key[:30]}))
        return {"right": [] if judged is None else ["true" if judged else "false"]}
    if kind is Kind.NUMERIC:
        return _number(key)
    if kind is Kind.SHORT:
        return _blanks(stem, key)
    return {"file": False, "lines": 10, "guide": _text(_markdown(key), spoken).as_json()}


def _number(key: str) -> dict[str, Any]:
    found = _TOLERANT.match(key)
    if found:
        unit = (found["unit"] or found["behind"] or "").strip()
        return {
            "value": _figure(found["value"]),
            "tolerance": found["tolerance"],
            "percent": bool(found["percent"]),
            "unit": unit,
        }
    plain = _WITH_UNIT.match(key)
    unit = (plain["unit"] or "").strip(" 。.") if plain else ""
    return {
        "value": _figure(plain["value"]) if plain else "",
        "tolerance": "0",
        "percent": False,
        "unit": unit,
    }


def _figure(text: str) -> str:
    plain = text.replace("−", "-").replace(",", "")
    return plain if read_number(plain) is not None else text


def _blanks(stem: str, key: str) -> dict[str, Any]:
    count = max(1, len(GAP.findall(stem)))
    parts = _split(key, count)
    blanks = [{"key": str(n), "accepted": _variants(part)} for n, part in enumerate(parts, start=1)]
    return {"blanks": blanks, "fold": {"case": True, "width": True, "space": True}}


def _split(key: str, count: int) -> list[str]:
    """The answers of several blanks: by semicolons, else by commas, else by spaces; one blank keeps its text whole."""
    if count == 1 or not key.strip():
        return [key, *[""] * (count - 1)]
    ways = (r"[；;|]", r"\n", r"[，,、]", r"\s{2,}|　", r"\s+")
    tried = [[part.strip() for part in re.split(way, key.strip()) if part.strip()] for way in ways]
    return next((parts for parts in tried if len(parts) == count), tried[0])


def _variants(part: str) -> list[str]:
    """What is right for one blank: variants stand behind `/`, `；` or `或`; a slash within a unit is none."""
    found: list[str] = []
    for one in re.split(r"[；;|]|\s+或\s*|(?<=[\u3400-\u9fff])或(?=[\u3400-\u9fff])|\s+or\s+", part):
        found += [one] if _UNIT_SLASH.match(one.strip()) else re.split(r"\s*/\s*", one)
    return list(dict.fromkeys(text.strip().rstrip("。") for text in found if text.strip()))


def _text(words: str, spoken: str) -> Text:
    """In the language that the question is written in."""
    if not words:
        return Text()
    return Text(zh=words) if has_chinese(spoken) or has_chinese(words) else Text(en=words)


def _markdown(words: str) -> str:
    """Plain words as Markdown that shows them as they were typed: 5*3*2 and 10~20 are no markup."""
    return _LEAD.sub(r"\\\1", _TILDE.sub(r"\\~", _STAR.sub(r"\\*", words)))


def leftover(text: str, exam: Exam, taken: set[int]) -> str:
    """The text without the questions that were taken in (by the line at which each begins); all else stays.

    Heads of sections stay while a question of theirs does, lists of answers while any question does.
    """
    gone = {line for one in exam.readings if one.anchor in taken for line in one.asked.lines}
    rest = [one for one in exam.readings if one.anchor not in taken]
    heads = {one.asked.section.line for one in rest if one.asked.section}
    gone |= {section.line for section in exam.pasted.sections if section.line not in heads}
    if not rest:
        gone |= set(exam.pasted.answer_lines)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = [line for number, line in enumerate(lines, start=1) if number not in gone]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")
