"""A blueprint as it is typed: what the form shows, what it stands for, and rows that come and go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from craftpath.domain.exams.wishes import MOST_NAMED, MOST_ROWS, Row, Wish

WORDS = ("outcome", "skill", "kind", "difficulty")
FIGURES = ("least", "most")
WHOLE = (
    "questions_least", "questions_most", "points_least", "points_most", "minutes", "forms", "goal", "share",
    "shared", "overlap", "theta_1", "theta_2", "theta_3", "information",
)  # fmt: skip
LONGEST = 120


@dataclass
class Typed:
    """The whole form, as texts."""

    title: str = ""
    made_id: str = ""
    seen: int = 1
    whole: dict[str, str] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)
    named: list[dict[str, str]] = field(default_factory=list)
    find: str = ""
    found: str = ""

    def meant(self, do: str) -> str:
        """What a press means: Enter in the search field searches, Enter anywhere else saves."""
        if do != "enter":
            return do
        return "find" if self.find and self.find != self.found else "save"

    def act(self, do: str) -> None:
        """Add or take out a row or a named question; what is no such press changes nothing."""
        what, _colon, which = do.partition(":")
        n = int(which) if which.isascii() and which.isdecimal() and len(which) < 3 else -1
        if what == "row" and len(self.rows) < MOST_ROWS:
            # A new row begins with the questions of the one before: only a word of it is other, mostly.
            last = self.rows[-1] if self.rows else {}
            self.rows.append({name: last.get(name, "") for name in WORDS} | dict.fromkeys(FIGURES, ""))
        elif what == "drop" and 0 <= n < len(self.rows):
            del self.rows[n]
        elif what == "unname" and 0 <= n < len(self.named):
            del self.named[n]
        elif what == "name" and len(self.named) < MOST_NAMED and not self.names(which):
            self.named.append({"item": which[:16], "where": "every"})

    def names(self, item: str) -> bool:
        """Whether a question is named already."""
        return any(one["item"] == item for one in self.named)

    def as_typed(self) -> dict[str, Any]:
        """What `read_wish` reads."""
        return self.whole | {"rows": self.rows, "named": self.named}


def blank() -> Typed:
    """A new blueprint: two parallel forms with a row for each difficulty."""
    rows = [
        {"outcome": "", "skill": "", "kind": "", "difficulty": difficulty, "least": least, "most": ""}
        for difficulty, least in (("easy", "6"), ("medium", "10"), ("hard", "4"))
    ]
    whole = {
        "questions_least": "20",
        "minutes": "60",
        "forms": "2",
        "goal": "even",
        "shared": "0",
        "overlap": "0",
    }
    return Typed(whole=whole, rows=rows)


def typed_of(title: str, wish: Wish, seen: int) -> Typed:
    """A stored blueprint in the form."""
    stored = wish.as_json()

    def pair(name: str) -> dict[str, str]:
        least, most = stored[name] or ("", "")
        return {f"{name}_least": str(least), f"{name}_most": "" if least == most else str(most)}

    plain = {
        name: "" if stored[name] is None else str(stored[name])
        for name in ("minutes", "forms", "goal", "share", "shared", "overlap")
    }
    thetas = {f"theta_{n}": str(one) for n, one in enumerate(stored.get("thetas", ()), start=1)}
    whole = pair("questions") | pair("points") | plain | thetas
    return Typed(
        title,
        "",
        seen,
        whole | {"information": str(stored.get("information") or "")},
        [_row(row) for row in wish.rows],
        [{"item": one.item, "where": one.where} for one in wish.named],
    )


def _row(row: Row) -> dict[str, str]:
    return {
        "outcome": "" if row.outcome is None else str(row.outcome),
        "skill": row.skill,
        "kind": row.kind,
        "difficulty": row.difficulty,
        "least": str(row.least),
        "most": "" if row.least == row.most else str(row.most),
    }


def typed_from(given: QueryDict) -> Typed:
    """What a form sends; more rows than there may be are not read."""

    def word(name: str, most: int = 60) -> str:
        return given.get(name, "").replace("\0", "").strip()[:most]

    def many(name: str, most: int) -> int:
        count = word(name)
        return min(int(count), most) if count.isascii() and count.isdecimal() and len(count) < 4 else 0

    seen, rows = word("seen"), many("rows", MOST_ROWS)
    return Typed(
        title=word("title", 3 * LONGEST),
        made_id=word("made_id", 40),
        seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else 0,
        whole={name: word(name, 20) for name in WHOLE},
        rows=[{name: word(f"row-{n}-{name}") for name in (*WORDS, *FIGURES)} for n in range(rows)],
        named=[
            {name: word(f"named-{n}-{name}", 16) for name in ("item", "where")}
            for n in range(many("named", MOST_NAMED))
        ],
        find=word("find"),
        found=word("found"),
    )


def meant(row: dict[str, str]) -> Row:
    """Which questions a row means as it is typed; figures are not looked at."""
    outcome = row["outcome"]
    known = int(outcome) if outcome.isascii() and outcome.isdecimal() and len(outcome) < 15 else None
    return Row(0, 0, known, row["skill"], row["kind"], row["difficulty"])
