"""The fixed words of the sheets, in both languages: they are printed and do not follow the reader's settings."""

from __future__ import annotations

from craftpath.values.text import Text

NUMBER = Text("第 {number} 期", "No. {number}")
FIGURES = Text("本期数字", "In figures")
FIGURE = Text("图", "Chart")
WORKSHOP = Text("研讨会", "Workshop report")
VOICES = Text("参与者说", "Voices")
CASE = Text("案例", "A case")
DATES = Text("近期活动", "Next dates")
IMPRINT = Text("编印信息", "Imprint")
COUNTED = Text("计数口径", "How it is counted")
AS_OF = Text("截至 {day}", "As of {day}")
BEFORE = Text("上期 {value}", "before: {value}")
MISSING = Text("暂无", "not available")
FEW = Text("人数少于 5，不公布", "fewer than 5 people")
PERIOD = Text("{since}—{until}", "{since} – {until}")
READ = Text("扫码读网页版", "Read it on the web")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day(iso: str, spoken: str, *, year: bool = True) -> str:
    """2026-03-05 as people say it."""
    y, m, d = (int(part) for part in iso.split("-"))
    if spoken == "zh":
        return f"{f'{y} 年 ' if year else ''}{m} 月 {d} 日"
    return f"{d} {_MONTHS[m - 1]}{f' {y}' if year else ''}"


def say(text: Text, spoken: str, **values: object) -> str:
    """One of them with its values."""
    return text.say(spoken).format(**values)
