"""A bank with a diploma of the college, its table, and somebody who has reached things."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest

from craftpath.domain.credits import actions, sources
from craftpath.domain.credits.models import Account, ConversionRule, Diploma, Entry, Request
from craftpath.kernel.access import system
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast

START = date(2026, 1, 1)


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


class Reached:
    """What the people of a test have reached, instead of what the site's own providers know."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.rows = cast, {}  # type: ignore[var-annotated]

    def add(self, person: Person, key: str, **instead: Any) -> None:
        values: dict[str, Any] = {
            "kind": "certificate", "source": f"certificates/certificate/{key}", "reached": f"certificate/{key}",
            "title": {"zh": key, "en": key}, "on": date(2026, 5, 4), "institution": self.cast.college,
            "scheme": "cn5", "level": "4",
        }  # fmt: skip
        self.rows.setdefault(person.pk, {})[key] = sources.Outcome(**values | instead)

    def lose(self, person: Person, key: str) -> None:
        del self.rows[person.pk][key]

    def __call__(self, person: Person) -> Iterable[sources.Outcome]:
        return self.rows.get(person.pk, {}).values()


@pytest.fixture
def reached(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Reached:
    made = Reached(cast)
    monkeypatch.setattr(sources, "PROVIDERS", {"certificate": made})
    return made


def earning(cast: Cast, **instead: Any) -> Any:
    """Certificates of the fourth level give eight technical points, unless told otherwise."""
    area = actions.keep_area(
        instead.pop("area", "technical"), {"zh": "技术技能", "en": "Technical"}, **SYSTEM
    )
    key = instead.pop("key", "")
    by = instead.pop("by", system())
    values: dict[str, Any] = {
        "name": {"zh": "四级证书", "en": "Certificate, level 4"}, "outcome": "certificate", "points": 800,
        "valid_from": START, "scheme": "cn5", "level": "4",
    }  # fmt: skip
    new = actions.NewEarning(**values | instead)
    return actions.begin_earning(cast.college, area, new, key=key, today=TODAY, by=by, at=AT)


SYSTEM: dict[str, Any] = {"by": system(), "at": AT}


def diploma(cast: Cast, *, share: int | None = 5000, most: int | None = 3000, **limits: int) -> Diploma:
    """Eighty points, half of which may be converted; technical credits count by the half."""
    row = actions.draft_diploma(
        cast.college,
        actions.NewDiploma({"zh": "机电专科", "en": "Mechatronics"}, 8000, share, limits),
        **SYSTEM,
    )
    actions.set_area(row, "major", {"zh": "专业课", "en": "Major"}, least=500, most=most, **SYSTEM)
    actions.set_area(row, "general", {"zh": "公共课", "en": "General"}, least=1000, **SYSTEM)
    rate(row)
    return actions.open_diploma(row, **SYSTEM)


def rate(row: Diploma, **instead: Any) -> ConversionRule:
    key, by = instead.pop("key", "tech"), instead.pop("by", system())
    values: dict[str, Any] = {"to_area": "major", "rate": 5000, "valid_from": START, "area": "technical"}
    new = actions.NewConversion(**values | instead)
    return actions.begin_conversion(row, new, key=key, today=TODAY, by=by, at=AT)


def account(cast: Cast) -> Account:
    """The apprentice's account, with everything that is reached so far."""
    return actions.look_what_is_earned(cast.people["apprentice"], **SYSTEM).account


def credits(row: Account) -> list[Entry]:
    return list(Entry.objects.filter(account=row, kind="earned").order_by("pk"))


def asked(cast: Cast, goal: Diploma, some: list[Entry], *, on: date = TODAY, **instead: Any) -> Request:
    by = cast.actor("apprentice", cast.college)
    account = instead.pop("account", some[0].account)
    values: dict[str, Any] = {"made_id": uuid4(), "on": on, "by": by, "at": AT}
    return actions.ask_for_conversion(account, goal, [one.pk for one in some], **values | instead)


def decided(cast: Cast, row: Request, *points: int, because: str = "材料不足", at: datetime = AT) -> Request:
    """Checked by the trainer, decided by the coordinator, line by line."""
    if row.state == "submitted":
        row = actions.check_request(row, by=cast.actor("trainer"), at=at)
    lines = list(row.lines.order_by("pk"))
    verdicts = {
        line.pk: actions.LineVerdict(some, "" if some == line.proposed else because)
        for line, some in zip(lines, points, strict=True)
    }
    return actions.decide_request(row, verdicts, by=cast.actor("coordinator"), at=at)


def posted(cast: Cast, row: Request) -> Request:
    return actions.post_request(row, on=TODAY, by=cast.actor("coordinator"), at=AT)


def balance(row: Account, on: date = TODAY) -> int:
    from craftpath.domain.credits.queries import balance_of

    return sum(one.left for one in balance_of(row, on))
