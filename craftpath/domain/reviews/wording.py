"""The text of a review, in Chinese and English: what each said stands in the words in which it was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from craftpath.values.paper import Paper, Section, day
from craftpath.values.text import Text

RECORD = Text("当日记录", "The record on that day")
COLOURS = {
    "green": Text("绿：进展正常", "Green: on track"),
    "amber": Text("黄：需要关注", "Amber: needs attention"),
    "red": Text("红：存在风险", "Red: at risk"),
}
ROLES = {
    "apprentice": Text("学徒", "Apprentice"),
    "mentor": Text("师傅", "Mentor"),
    "college": Text("院校", "College"),
}
STATES = {
    "open": Text("继续", "goes on"),
    "met": Text("已达成", "met"),
    "dropped": Text("不再继续", "dropped"),
}


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal as the text names it."""

    text: str
    owner: str
    state: str
    due_on: date | None
    new: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the record as it stood that day, such as hours."""

    name: Text
    value: Text


def review_paper(
    *,
    apprentice: str,
    number: str,
    enterprise: Text,
    round_: int,
    held_on: date,
    colour: str,
    because: str,
    parts: Mapping[str, tuple[str, str]],
    goals: Sequence[GoalLine],
    figures: Sequence[Figure] = (),
) -> Paper:
    """The whole text; `parts` is role → (name, words)."""
    on = day(held_on)
    about = (
        Text(f"学徒：{apprentice}（学号 {number}）", f"Apprentice: {apprentice} (number {number})"),
        Text(f"企业：{enterprise.say('zh')}", f"Enterprise: {enterprise.say('en')}"),
        Text(f"第 {round_} 次回顾谈话，{on.zh}", f"Review {round_}, held on {on.en}"),
    )
    state = COLOURS[colour]
    stands = (Text(f"{state.zh}。{because}".strip(), f"{state.en}. {because}".strip()),)
    sections = [Section(Text("基本情况", "About"), about), Section(Text("总体状态", "How it stands"), stands)]
    if figures:
        lines = tuple(
            Text(f"{one.name.zh}：{one.value.zh}", f"{one.name.en}: {one.value.en}") for one in figures
        )
        sections.append(Section(RECORD, lines))
    said = tuple(
        Text(f"{ROLES[role].zh} {name}：{words}", f"{ROLES[role].en} {name}: {words}")
        for role, (name, words) in parts.items()
    )
    sections.append(Section(Text("各方发言", "What each side said"), said or (Text("无", "Nothing"),)))
    sections.append(Section(Text("目标", "Goals"), tuple(map(_goal, goals)) or (Text("无", "None"),)))
    title = Text(f"{apprentice}第 {round_} 次回顾谈话记录", f"Record of review {round_}, {apprentice}")
    return Paper(title, tuple(sections))


def record_in(paper: Paper) -> tuple[Text, ...]:
    """The lines of a review's text about the record of that day; none where it had none."""
    return next((section.paragraphs for section in paper.sections if section.heading == RECORD), ())


def _goal(goal: GoalLine) -> Text:
    owner, state = ROLES[goal.owner], STATES[goal.state]
    until = day(goal.due_on) if goal.due_on else None
    fresh = goal.new and goal.state == "open"
    zh = (
        f"{goal.text}（{owner.zh}负责"
        + (f"，{until.zh}前" if until else "")
        + f"；{'新定' if fresh else state.zh}）"
    )
    en = (
        f"{goal.text} ({owner.en}"
        + (f", by {until.en}" if until else "")
        + f"; {'new' if fresh else state.en})"
    )
    return Text(zh, en)
