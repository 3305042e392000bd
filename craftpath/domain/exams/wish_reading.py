"""A blueprint's wishes read from what was typed, every fault with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from craftpath.domain.exams.faults import Fault
from craftpath.domain.exams.models import DIFFICULTIES
from craftpath.domain.exams.wishes import (
    GOALS,
    MOST_FORMS,
    MOST_MINUTES,
    MOST_NAMED,
    MOST_POINTS,
    MOST_QUESTIONS,
    MOST_ROWS,
    MOST_THETAS,
    WHERE,
    Named,
    Row,
    Wish,
)
from craftpath.engines.scoring import Kind
from craftpath.values.verdict import Refused, not_now

SKILL = re.compile(r"[A-Za-z0-9_-]{0,60}")
ITEM = re.compile(r"[A-Za-z0-9_-]{1,16}")
FARTHEST = Decimal(3)
MOST_INFORMATION = Decimal(100)


def read_wish(typed: Mapping[str, Any]) -> Wish:
    """The wish that a form stands for, all figures being texts; refused with every fault (`facts["faults"]`).

    `typed`: `rows` (each outcome, skill, kind, difficulty, least, most), `questions_least`, `questions_most`,
    `points_least`, `points_most`, `minutes`, `forms`, `goal`, `share`, `shared`, `overlap`, `theta_1` to `theta_3`,
    `information`, `named` (each item, where). A missing upper figure means "exactly the lower one".
    """
    reading = _Reading([])
    wish = reading.wish(typed)
    if reading.faults:
        raise Refused(not_now("exams.blueprint_faulty", faults=tuple(reading.faults)))
    return wish


@dataclass(slots=True)
class _Reading:
    """Figures out of texts, faults on the way."""

    faults: list[Fault]

    def wish(self, typed: Mapping[str, Any]) -> Wish:
        rows = self.rows(typed.get("rows", ()))
        questions = self.pair(typed, "questions", 1, MOST_QUESTIONS)
        forms = self.whole(typed, "forms", 1, MOST_FORMS)
        goal = str(typed.get("goal", "even"))
        wish = Wish(
            rows=rows,
            questions=questions,
            minutes=self.whole(typed, "minutes", 1, MOST_MINUTES),
            forms=forms,
            points=self.points(typed),
            goal=goal,
            share=self.share(typed) if goal == "share" else None,
            shared=self.whole(typed, "shared", 0, questions[1], default=0),
            overlap=self.whole(typed, "overlap", 0, questions[1], default=0),
            thetas=self.thetas(typed) if goal == "information" else (),
            information=self.information(typed) if goal == "information" else None,
            named=self.named(typed.get("named", ())),
        )
        self.together(wish)
        return wish

    def together(self, wish: Wish) -> None:
        """What single figures do not show."""
        if wish.goal not in GOALS:
            self.faults.append(Fault("exams.blueprint_goal_unknown", "goal"))
        fixed = (
            wish.questions[0] == wish.questions[1]
            if wish.points is None
            else wish.points[0] == wish.points[1]
        )
        if wish.share is not None and not fixed:
            self.faults.append(Fault("exams.blueprint_share_of_what", "share"))
        if wish.forms == 1 and wish.shared:
            self.faults.append(Fault("exams.blueprint_shared_alone", "shared"))

    def rows(self, given: Sequence[Mapping[str, Any]]) -> tuple[Row, ...]:
        if len(given) > MOST_ROWS:
            self.faults.append(Fault("exams.too_many_rows", "rows", {"most": MOST_ROWS}))
        found: dict[Any, int] = {}
        rows = []
        for n, one in enumerate(given[:MOST_ROWS]):
            row = self.row(one, n)
            at = f"rows-{n}"
            if any(
                fault.where == at and fault.code == "exams.blueprint_word_unknown" for fault in self.faults
            ):
                pass  # said already
            elif not any(row.cell):
                self.faults.append(Fault("exams.blueprint_row_of_what", at))
            elif row.cell in found:
                self.faults.append(Fault("exams.blueprint_row_twice", at, {"row": found[row.cell] + 1}))
            found.setdefault(row.cell, n)
            rows.append(row)
        return tuple(rows)

    def row(self, one: Mapping[str, Any], n: int) -> Row:
        outcome = str(one.get("outcome") or "")
        kind, difficulty = str(one.get("kind", "")), str(one.get("difficulty", ""))
        skill = str(one.get("skill", ""))
        known = (
            SKILL.fullmatch(skill)
            and kind in ("", *(kind.value for kind in Kind))
            and difficulty in ("", *DIFFICULTIES)
        )
        if not known or (outcome and not _digits(outcome, 15)):
            self.faults.append(Fault("exams.blueprint_word_unknown", f"rows-{n}"))
            kind, difficulty, outcome, skill = "", "", "", ""
        least, most = self.pair(one, "", 0, MOST_QUESTIONS, place=f"rows-{n}")
        return Row(least, most, int(outcome) if outcome else None, skill, kind, difficulty)

    def pair(
        self, typed: Mapping[str, Any], name: str, least: int, most: int, place: str = ""
    ) -> tuple[int, int]:
        """From and to; one that is missing is the other."""
        low, high = (f"{name}_least", f"{name}_most") if name else ("least", "most")
        where = place or name
        texts = [str(typed.get(key, "") or "").strip() for key in (low, high)]
        if not any(texts):
            self.faults.append(Fault("exams.blueprint_how_many", where, {"least": least, "most": most}))
            return least, least
        figures = [self.figure(text, where, least, most) for text in texts if text]
        if len(figures) == 1:
            return figures[0], figures[0]
        if figures[0] > figures[1]:
            self.faults.append(Fault("exams.blueprint_from_above_to", where))
        return figures[0], figures[1]

    def whole(
        self, typed: Mapping[str, Any], name: str, least: int, most: int, default: int | None = None
    ) -> int:
        text = str(typed.get(name, "") or "").strip()
        if not text and default is not None:
            return default
        return self.figure(text, name, least, most)

    def figure(self, text: str, place: str, least: int, most: int) -> int:
        value = int(text) if _digits(text, 6) else -1
        if not least <= value <= most:
            self.faults.append(Fault("exams.blueprint_how_many", place, {"least": least, "most": most}))
            return least
        return value

    def points(self, typed: Mapping[str, Any]) -> tuple[Decimal, Decimal] | None:
        texts = [str(typed.get(f"points_{end}", "") or "").strip() for end in ("least", "most")]
        if not any(texts):
            return None
        found = [decimal(text, MOST_POINTS) for text in texts if text]
        if any(one is None or one == 0 for one in found):
            self.faults.append(Fault("exams.points_outside", "points", {"most": str(MOST_POINTS)}))
            return None
        low, high = found[0] or Decimal(0), found[-1] or Decimal(0)
        if low > high:
            self.faults.append(Fault("exams.blueprint_from_above_to", "points"))
        return low, high

    def share(self, typed: Mapping[str, Any]) -> Decimal | None:
        found = decimal(str(typed.get("share", "") or ""), Decimal(1))
        if found is None or not 0 < found < 1:
            self.faults.append(Fault("exams.blueprint_share_outside", "share"))
            return None
        return found

    def thetas(self, typed: Mapping[str, Any]) -> tuple[Decimal, ...]:
        """One to three abilities, rising, each once."""
        texts = [str(typed.get(f"theta_{n}", "") or "").strip() for n in range(1, MOST_THETAS + 1)]
        found = [_signed(text) for text in texts if text]
        known = sorted({one for one in found if one is not None})
        if not found or None in found or max(map(abs, known)) > FARTHEST:
            self.faults.append(Fault("exams.blueprint_theta_outside", "thetas", {"most": str(FARTHEST)}))
            return ()
        return tuple(known)

    def information(self, typed: Mapping[str, Any]) -> Decimal | None:
        text = str(typed.get("information", "") or "").strip()
        found = decimal(text, MOST_INFORMATION) if text else None
        if text and not found:
            self.faults.append(
                Fault("exams.blueprint_information_outside", "information", {"most": str(MOST_INFORMATION)})
            )
        return found or None

    def named(self, given: Sequence[Mapping[str, Any]]) -> tuple[Named, ...]:
        if len(given) > MOST_NAMED:
            self.faults.append(Fault("exams.blueprint_named_many", "named", {"most": MOST_NAMED}))
        found: dict[str, Named] = {}
        for n, one in enumerate(given[:MOST_NAMED]):
            item, where = str(one.get("item", "")), str(one.get("where", ""))
            if not ITEM.fullmatch(item) or where not in WHERE:
                self.faults.append(Fault("exams.blueprint_word_unknown", f"named-{n}"))
            elif item in found and found[item].where != where:
                self.faults.append(Fault("exams.blueprint_named_twice", f"named-{n}"))
            else:
                found[item] = Named(item, where)
        return tuple(found.values())


def _digits(text: str, most: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= most


def _signed(text: str) -> Decimal | None:
    """A decimal that may lie below 0; the sign may be a typed minus."""
    text = text.replace("−", "-")
    found = decimal(text.removeprefix("-"), MOST_INFORMATION)
    return -found if found and text.startswith("-") else found


def decimal(text: str, most: Decimal) -> Decimal | None:
    """A decimal from 0 to `most` with two places at most, or None."""
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    if not value.is_finite() or not 0 <= value <= most or value != round(value, 2):
        return None
    return value
