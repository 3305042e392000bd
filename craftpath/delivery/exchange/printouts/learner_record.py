"""The learner's record on paper and as a table: the same entries, in both languages, with where each comes from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.delivery.exchange.book import Row
from craftpath.delivery.exchange.printouts.wording import NAME, source
from craftpath.delivery.exchange.writing import OutSheet, write_csv, write_xlsx
from craftpath.domain.passport import wording
from craftpath.domain.passport.record import told
from craftpath.values.printout import Cell as Printed
from craftpath.values.printout import Column, Group, Line, Printout, Table
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.passport.record import Entry, Record

TITLE = Text("学习档案", "Learner's record")
COLUMNS = (
    Text("栏目", "Section"), Text("名称", "Title"), Text("开始", "From"), Text("结束", "To"), wording.PLACE,
    wording.STATE, Text("项目", "Item"), Text("内容", "Value"), Text("来源", "Source"),
)  # fmt: skip
HERE = Text("本站", "This site")
_KNOWN = Text("签名有效", "signature valid")
_UNKNOWN = Text("签名完整，签发方未确认", "signature whole, signer not confirmed")
_COLUMNS = (
    Column(Text("开始", "From"), share=4),
    Column(Text("结束", "To"), share=4),
    Column(Text("名称", "Title"), share=6),
    Column(wording.PLACE, share=6),
    Column(Text("内容", "Details"), share=9),
    Column(wording.STATE, share=3),
)


def learner_record(found: Record, *, at: datetime) -> Printout:
    """The record as a paper, a table for each section."""
    about: tuple[Line, ...] = ((NAME, found.name),)
    if found.name_latin and found.name_latin != found.name:
        about = (*about, (Text("拉丁文姓名", "Name in Latin letters"), found.name_latin))
    return Printout(
        title=TITLE,
        whose=found.name,
        about=(*about, (Text("截至", "As of"), found.on)),
        blocks=tuple(
            Table(
                wording.SECTIONS[one.key], _COLUMNS, (Group(tuple(_printed(entry) for entry in one.entries)),)
            )
            for one in found.sections
        ),
        on=found.on,
        source=source(at),
    )


def _printed(entry: Entry) -> tuple[Printed, ...]:
    details = [f"{one.label.both()}：{told(one.value)}" for one in entry.lines]
    if entry.origin is not None:
        details.append(origin(entry).both())
    return (
        entry.first,
        entry.last,
        entry.title,
        "、".join(one.both() for one in entry.where) or None,
        "；".join(details) or None,
        wording.STATES.get(entry.state),
    )


def origin(entry: Entry) -> Text:
    """This site, or whose file it came with, of when, and whether the signer is known here."""
    if entry.origin is None:
        return HERE
    name, on = entry.origin.name, entry.origin.on.isoformat()
    held = _KNOWN if entry.origin.verdict == "valid" else _UNKNOWN
    return Text(f"来自 {name.say('zh')}，{on}，{held.zh}", f"from {name.say('en')}, {on}, {held.en}")


def rows(found: Record) -> Iterator[Row]:
    """A row for each line of an entry, and one for an entry without any."""
    for section, entry in found.entries():
        state = wording.STATES.get(entry.state, Text())
        before = (
            wording.SECTIONS[section].both(), entry.title.both(), entry.first, entry.last,
            "、".join(one.both() for one in entry.where), state.both(),
        )  # fmt: skip
        for one in entry.lines:
            yield (*before, one.label.both(), told(one.value), origin(entry).both())
        if not entry.lines:
            yield (*before, "", "", origin(entry).both())


def record_xlsx(found: Record) -> bytes:
    """One sheet with every row."""
    header = [one.both() for one in COLUMNS]
    texts = frozenset({1, 7})
    sheet = OutSheet(TITLE.both(), header, rows(found), text_columns=texts)
    return write_xlsx([sheet], title=f"{TITLE.both()} {found.name}")


def record_csv(found: Record) -> bytes:
    """The same rows as text."""
    return write_csv([[one.both() for one in COLUMNS], *rows(found)])
