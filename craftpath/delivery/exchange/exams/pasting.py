"""A pasted exam understood line by line: sections, questions, a list of answers, and what was not understood.

Every line that is not blank ends in exactly one of them, so that nobody has to look for what was lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from craftpath.delivery.exchange.exams import signs
from craftpath.delivery.exchange.exams.pairing import FEWEST, begins, pairs
from craftpath.engines.scoring import Rule

_ONE_ANSWER = re.compile(r"\s*[【\[]?(?:答案|答|answer)[】\]]?\s*[:：]\s*", re.IGNORECASE)
_BEFORE_PAIRS = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．:：])?\s*(?:[^\d（(]{0,24}(?:[（(][^)）]*[)）])?\s*[:：]?)?\s*(?=\d)"
)
_SPACED = re.compile(r"\s{0,8}([A-JＡ-Ｊ])\s+(?=\S)")
MOST_LINES = 20_000
MOST_CHARACTERS = 1_500_000


@dataclass(slots=True)
class Section:
    """A part of the exam, with what its head says of every question in it."""

    line: int
    words: str
    ordinal: str = ""
    kind: str = ""
    points: str = ""
    rule: Rule | None = None


@dataclass(slots=True)
class Asked:
    """One question as it stands in the text; `lines` counts from 1, `keys` are all answers found for it."""

    number: int
    section: Section | None
    lines: list[int]
    stem: list[str]
    options: list[list[str]] = field(default_factory=list)
    keys: list[tuple[str, int]] = field(default_factory=list)
    explanation: list[str] = field(default_factory=list)
    points: str = ""
    difficulty: str = ""
    style: str = ""

    @property
    def last_letter(self) -> str:
        """The option that would come next."""
        place = len(self.options)
        return signs.LETTERS[place] if place < len(signs.LETTERS) else ""


@dataclass(slots=True)
class Pasted:
    """A whole text understood: what each line belongs to."""

    questions: list[Asked] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    answer_lines: list[int] = field(default_factory=list)
    loose: list[tuple[int, str]] = field(default_factory=list)
    unplaced: list[tuple[int, int, str]] = field(
        default_factory=list
    )  # line, number, key that fits no question
    cut: bool = False


def understand(text: str) -> Pasted:
    """Read a pasted exam; never an error, whatever the text holds."""
    plain = text[:MOST_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n")
    lines = plain.split("\n")
    plain_lines = [line.replace("\u00a0", " ").replace("\t", "  ") for line in lines[:MOST_LINES]]
    reader = _Reader(plain_lines)
    for number, line in enumerate(plain_lines, start=1):
        reader.take(number, line)
    done = reader.done()
    done.cut = len(text) > MOST_CHARACTERS or len(lines) > MOST_LINES
    return done


class _Reader:
    """Takes one line after the other; `mode` says whether questions or the list of answers are read."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.found = Pasted()
        self.section: Section | None = None
        self.fresh = True  # a section has begun and no question stands in it yet
        self.asked: Asked | None = None
        self.part = "stem"
        self.blank = False
        self.answers = False
        self.answer_section = ""
        self.listed: list[tuple[str, int, str, int]] = []  # ordinal of the section, number, key, line

    def take(self, number: int, line: str) -> None:
        """Put one line where it belongs."""
        if not line.strip():
            self.blank = True
            return
        if self.answers:
            self._answer_line(number, line)
        elif (
            self._pairing() and self.asked and self.asked.options and len(pairs(signs.answer(line))) >= FEWEST
        ):
            self._line(number, line)  # `答案：1-C 2-A` is one answer here, and no list of them
        elif (rest := signs.answers_head(line)) is not None and (
            not self.asked or not rest or "\n" not in rest
        ):
            self._begin_answers(number, line, rest)
        elif (head := signs.head(line)) is not None and self._is_head(head):
            self._begin_section(number, head)
        elif self.asked and signs.listed(line):
            self.found.answer_lines.append(number)
            self._pairs(line, number)
        else:
            self._line(number, line)
        self.blank = False

    def _is_head(self, head: signs.Head) -> bool:
        """A head without a kind may be a line of an essay's stem; it is a head where nothing is asked yet."""
        return bool(head.kind or head.points) or self.asked is None

    def _begin_section(self, number: int, head: signs.Head) -> None:
        self.section = Section(number, head.words, head.ordinal, head.kind, head.points, head.rule)
        self.found.sections.append(self.section)
        self.fresh, self.asked = True, None

    def _begin_answers(self, number: int, line: str, rest: str) -> None:
        """A list of answers begins, unless this is the one answer of the question before it."""
        alone = not rest and self.asked is not None and not self.blank and bool(_ONE_ANSWER.fullmatch(line))
        if alone and self.asked:
            self.asked.lines.append(number)
            self.part = "key"
            return
        self.found.answer_lines.append(number)
        self.answers = True
        if rest:
            self._pairs(rest, number)

    def _line(self, number: int, line: str) -> None:
        start = self._question_start(line)
        if start is not None:
            asked_number, style, rest = start
            self.asked = Asked(asked_number, self.section, [number], [], style=style)
            self.found.questions.append(self.asked)
            self.part, self.fresh = "stem", False
            self._words(rest)
            return
        if self.asked is None:
            self.found.loose.append((number, line))
            return
        asked = self.asked
        if self._labelled(asked, number, line):
            return
        before, options = signs.options_in(line, asked.last_letter) if asked.last_letter else (line, [])
        spaced = _SPACED.match(line)
        if not options and spaced and signs.plain_letters(spaced[1]) == asked.last_letter:
            before, options = "", [(asked.last_letter, line[spaced.end() :].strip())]
        if (
            options
            and (asked.options or not before.strip() or len(options) > 1 or self._pairing())
            and not (before.strip() and asked.options and not self._pairing())
        ):
            asked.lines.append(number)
            if before.strip():
                asked.stem.append(before.strip())
            asked.options += [list(option) for option in options]
            self.part = "options"
        elif self.part == "options" and self.blank:
            self.found.loose.append((number, line))
        else:
            asked.lines.append(number)
            self._more(asked, line.strip(), number)

    def _pairing(self) -> bool:
        """Whether both sides of a pair may stand on one line."""
        return self.section is not None and self.section.kind == "matching"

    def _labelled(self, asked: Asked, number: int, line: str) -> bool:
        """An answer, an explanation, points or a difficulty, said by its word."""
        if found := signs.EXPLAIN.match(line):
            asked.explanation.append(found["words"].strip())
            self.part = "explanation"
        elif found := signs.WORTH.match(line):
            asked.points = found[1]
        elif (found := signs.LEVEL.match(line)) and found["words"] in signs.LEVELS:
            asked.difficulty = signs.LEVELS[found["words"]]
        elif (found := signs.ANSWER.match(line)) and (found["colon"] or line.lstrip()[:1] in "【[（("):
            key, why = signs.without_explanation(found["words"])
            asked.keys.append((key.strip(), number))
            if why:
                asked.explanation.append(why.strip())
            self.part = "explanation" if why else "key"
        else:
            return False
        asked.lines.append(number)
        return True

    def _more(self, asked: Asked, words: str, number: int) -> None:
        """A further line of whatever was read last."""
        if self.part == "options" and asked.options:
            asked.options[-1][1] = f"{asked.options[-1][1]} {words}".strip()
        elif self.part == "key":
            last = asked.keys.pop() if asked.keys else ("", number)
            asked.keys.append((f"{last[0]}\n{words}".strip(), last[1]))
        elif self.part == "explanation":
            asked.explanation.append(words)
        else:
            asked.stem.append(words)

    def _words(self, rest: str) -> None:
        """The words behind a number: the stem, perhaps with all options on the same line."""
        assert self.asked is not None  # noqa: S101  (set just before)
        before, options = signs.options_in(rest, "A")
        if len(options) > 1:
            self.asked.stem.append(before.strip())
            self.asked.options = [list(option) for option in options]
            self.part = "options"
        else:
            self.asked.stem.append(rest.strip())

    def _question_start(self, line: str) -> tuple[int, str, str] | None:
        found = signs.QUESTION.match(line)
        if not found:
            return None
        style = next(name for name in ("paren", "q", "dot", "space") if found[name])
        number = next(int(group) for group in found.groups() if group and group.isdecimal())
        asked = self.asked
        last = asked.number if asked else 0
        if style == "space" and not (
            number == last + 1 and (asked is None or asked.style == "space" or self.fresh)
        ):
            return None
        if style == "space" and asked is None and not self.fresh:
            return None
        if asked is not None and not self.fresh and style != asked.style:
            return None if style == "paren" or number != last + 1 else (number, style, line[found.end() :])
        if asked is not None and not self.fresh and number <= last and not (asked.options or asked.keys):
            return None
        return number, style, line[found.end() :]

    # ---- The list of answers ------------------------------------------------------------------------

    def _answer_line(self, number: int, line: str) -> None:
        head = signs.head(line)
        if head is not None and self._asks_again(number):
            self.answers = False
            self._begin_section(number, head)
            return
        if head is not None:
            self.answer_section = head.ordinal or head.kind
            self.found.answer_lines.append(number)
            rest = _BEFORE_PAIRS.sub("", line, count=1)
            if signs.PAIR.match(rest) or signs.RANGE.match(rest):
                self._pairs(rest, number)
            return
        if self._listed_pairs(line, number) or self._pairs(line, number):
            self.found.answer_lines.append(number)
        elif self.listed and not self.blank:
            section, asked, key, at = self.listed[-1]
            self.listed[-1] = (section, asked, f"{key}\n{line.strip()}", at)
            self.found.answer_lines.append(number)
        else:
            self.found.loose.append((number, line))

    def _asks_again(self, number: int) -> bool:
        """Whether options follow a head within a few lines, so that it is the next exam and no list of answers."""
        for line in [line for line in self.lines[number : number + 12] if line.strip()][:5]:
            if signs.head(line) is not None:
                return False
            if signs.options_in(line, "A")[1] and not signs.listed(line):
                return True
        return False

    def _listed_pairs(self, line: str, number: int) -> bool:
        """Take `3. (1)-B (2)-A`, the answer of one question whose sides are paired, out of a list of answers."""
        found = signs.QUESTION.match(line)
        rest = line[found.end() :] if found else ""
        if not found or not begins(rest) or len(pairs(rest)) < FEWEST:
            return False
        asked = next(int(group) for group in found.groups() if group and group.isdecimal())
        self.listed.append((self._where(), asked, rest.strip(), number))
        return True

    def _pairs(self, text: str, number: int) -> bool:
        """Take `1.B 2.C`, `1-5 ABCDA` or `1. some words` out of a line; whether there was any."""
        took = False
        text = text.strip()
        while found := signs.RANGE.search(text):
            first, last = int(found[1]), int(found[2])
            rest = text[found.end() :]
            keys, used = _spread(rest, last - first + 1)
            if not keys:
                break
            took = True
            self.listed += [(self._where(), first + n, key, number) for n, key in enumerate(keys)]
            text = f"{text[: found.start()]} {rest[used:]}"
        spans = list(signs.PAIR.finditer(text))
        for span, end in zip(spans, [*(span.start() for span in spans[1:]), len(text)], strict=False):
            key = text[span.end() : end].strip().rstrip(",，;；")
            self.listed.append((self._where(), int(span[1]), key, number))
            took = True
        return took

    def _where(self) -> str:
        return (
            self.answer_section
            if self.answers
            else ((self.section.ordinal or self.section.kind) if self.section else "")
        )

    def done(self) -> Pasted:
        """Give every listed answer to its question; one that fits none is not understood."""
        places: dict[tuple[str, int], Asked] = {}
        numbers: dict[int, list[Asked]] = {}
        for asked in self.found.questions:
            numbers.setdefault(asked.number, []).append(asked)
            if asked.section is not None:
                places.setdefault((asked.section.ordinal or asked.section.kind, asked.number), asked)
        for where, number, key, line in self.listed:
            same = numbers.get(number, [])
            target = places.get((where, number)) if where else None
            if target is None and len(same) == 1:
                target = same[0]
            elif target is None and same and not where:
                target = next((one for one in same if not one.keys), None)
            if target is not None:
                target.keys.append((key, line))
            else:
                self.found.unplaced.append((line, number, key))
        return self.found


def _spread(text: str, count: int) -> tuple[list[str], int]:
    """The keys of `count` questions written one behind the other, such as ABCDA or `AB C BD`; and how far they go."""
    if not 0 < count <= 300:
        return [], 0
    letters = re.match(r"[A-Ja-jＡ-Ｊ√✓✔×✗✘╳对错TF\s,，、;；]+", text)
    if not letters:
        return [], 0
    groups = [group for group in re.split(r"[\s,，、;；]+", letters[0]) if group]
    one_each = [sign for group in groups for sign in group]
    if len(groups) == count:
        return groups, letters.end()
    if len(one_each) == count:
        return one_each, letters.end()
    if len(one_each) > count and all(len(group) == 1 or len(group) > count for group in groups):
        return one_each[:count], letters.end()
    taken: list[str] = []
    for group in _walk(groups, count):
        taken.append(group)
    used = sum(len(group) for group in taken)
    return (taken, _position(letters[0], used)) if len(taken) == count else ([], 0)


def _walk(groups: list[str], count: int) -> Iterator[str]:
    """Groups of five as people set them, until there are enough keys."""
    left = count
    for group in groups:
        for sign in group:
            if not left:
                return
            yield sign
            left -= 1


def _position(text: str, signs_used: int) -> int:
    seen = 0
    for place, sign in enumerate(text):
        if seen == signs_used:
            return place
        if not re.match(r"[\s,，、;；]", sign):
            seen += 1
    return len(text)


__all__: list[Any] = ["Asked", "Pasted", "Section", "understand"]
