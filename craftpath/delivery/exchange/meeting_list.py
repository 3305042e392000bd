"""The list that a meeting tool gives of those who joined: rows of one person summed, and whose registration it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from craftpath.delivery.exchange.book import Cell, Sheet, SheetRefused
from craftpath.delivery.exchange.reading import read_book
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.domain.workshops.models import Day, Registration

HEADS = {
    "name": ("name", "姓名", "昵称", "参会者", "用户名", "participant", "user name", "full name"),
    "email": ("email", "e-mail", "邮箱", "电子邮箱", "user email"),
    "join": ("join", "join time", "入会时间", "加入时间", "进入时间"),
    "leave": ("leave", "leave time", "退会时间", "离开时间", "退出时间"),
    "minutes": (
        "minutes",
        "duration",
        "duration (minutes)",
        "时长",
        "时长（分钟）",
        "参会时长（分钟）",
        "参会时长",
    ),
}
_STAMP = re.compile(r"(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[ T]+)?(\d{1,2}):(\d{2})(?::(\d{2}))?")
_EXTRA = re.compile(r"[（(【\[].*?[）)】\]]|[-—_ ·|].*$")
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Found:
    """A name of the list with its minutes; `sure` where one registration alone has it, else a guess or nobody."""

    name: str
    minutes: int
    who: str = ""
    sure: bool = False


def read_meeting(content: bytes, filename: str, known: Sequence[Registration], day: Day) -> list[Found]:
    """What a list says of a day, those to look at first; `Refused` for a file that is no such list."""
    try:
        sheet = read_book(content, filename).sheets[0]
    except SheetRefused as fault:
        raise Refused(not_now("workshops.import_unreadable")) from fault
    places = _places(sheet)
    timed = "minutes" in places or {"join", "leave"} <= set(places)
    if "name" not in places or not timed or sheet.height > MOST:
        raise Refused(not_now("workshops.import_unreadable"))
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
    loose: dict[tuple[str, str], int] = {}
    for number in range(2, sheet.height + 1):
        name, email = _text(sheet, number, places, "name"), _text(sheet, number, places, "email").lower()
        if not name:
            continue
        key = (name[:80], email)
        span = _span(sheet, number, places, day)
        if span is not None:
            spans.setdefault(key, []).append(span)
        else:
            loose[key] = loose.get(key, 0) + _minutes(sheet, number, places)
    told = [
        _matched(key, _union(spans.get(key, [])) + loose.get(key, 0), known) for key in {**spans, **loose}
    ]
    return sorted(told, key=lambda one: (one.sure, bool(one.who), one.name))


def _places(sheet: Sheet) -> dict[str, int]:
    heads = [" ".join(str(cell or "").lower().split()) for cell in sheet.row(1)]
    return {
        name: at
        for name, words in HEADS.items()
        for at, head in reversed(list(enumerate(heads)))
        if head in words
    }


def _text(sheet: Sheet, number: int, places: dict[str, int], name: str) -> str:
    value: Cell = sheet.cell(number, places[name]) if name in places else None
    return "" if value is None else " ".join(str(value).replace("\0", "").split())


def _minutes(sheet: Sheet, number: int, places: dict[str, int]) -> int:
    found = re.match(r"\d{1,4}", _text(sheet, number, places, "minutes"))
    return int(found[0]) if found else 0


def _span(sheet: Sheet, number: int, places: dict[str, int], day: Day) -> tuple[int, int] | None:
    """Minutes of the day from joining to leaving, cut to the hours of the workshop; nothing on another day."""
    ends = [_moment(_text(sheet, number, places, name), day.on) for name in ("join", "leave")]
    if ends[0] is None or ends[1] is None:
        return None
    first = max(ends[0], datetime.combine(day.on, day.starts))
    last = min(ends[1], datetime.combine(day.on, day.ends))
    midnight = datetime.combine(day.on, time())
    start, end = (int((one - midnight).total_seconds()) // 60 for one in (first, last))
    return (start, max(start, end))


def _moment(words: str, on: date) -> datetime | None:
    found = _STAMP.search(words)
    if found is None:
        return None
    year, month, day, hour, minute, _second = found.groups()
    try:
        said = date(int(year), int(month), int(day)) if year else on
        return datetime.combine(said, time(int(hour), int(minute)))
    except ValueError:
        return None


def _union(spans: list[tuple[int, int]]) -> int:
    """Two devices at once are there once."""
    total, reached = 0, -1
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def _matched(key: tuple[str, str], minutes: int, known: Sequence[Registration]) -> Found:
    name, email = key
    by_mail = [one for one in known if email and one.email == email]
    exact = by_mail or [one for one in known if _plain(one.name) == _plain(name)]
    if len(exact) == 1:
        return Found(name, minutes, exact[0].public_id, sure=True)
    bare = _plain(_EXTRA.sub("", name)) or _plain(name)
    near = exact or [one for one in known if _plain(one.name) == bare or _plain(one.name) in _plain(name)]
    return Found(name, minutes, near[0].public_id if len(near) == 1 else "")


def _plain(words: str) -> str:
    return "".join(words.split()).casefold()
