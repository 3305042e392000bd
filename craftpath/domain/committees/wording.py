"""The text of minutes, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.timezone import localtime

from craftpath.domain.committees.models import Decision, Meeting, Motion
from craftpath.domain.committees.queries import present_at
from craftpath.values.paper import Paper, Section, day
from craftpath.values.text import Text

OUTCOMES = {
    "carried": Text("通过", "carried"),
    "lost": Text("未通过", "not carried"),
    "undecided": Text("未形成决议（参加表决人数不足）", "not decided, too few took part"),
}


def minutes_paper(meeting: Meeting) -> Paper:
    """The whole text: when, who was there, the agenda with its votes, what was said, what was decided."""
    name, starts = Text.of(meeting.committee.name), localtime(meeting.starts_at)
    on, clock = day(starts.date()), f"{starts:%H:%M}"
    when = [Text(f"{on.zh} {clock}", f"{on.en}, {clock}")]
    if meeting.place:
        when.append(Text(f"地点：{meeting.place}", f"Place: {meeting.place}"))
    sections = [
        Section(Text("时间和地点", "Time and place"), tuple(when)),
        Section(Text("出席", "Present"), tuple(_present(meeting)) or (Text("未登记", "Not noted"),)),
        Section(Text("议程", "Agenda"), tuple(_agenda(meeting)) or (Text("无", "None"),)),
        Section(Text("会议内容", "What was said"), (Text.of(meeting.words),)),
    ]
    decided = tuple(map(_decision, meeting.decisions.select_related("owner__person").order_by("pk")))
    if decided:
        sections.append(Section(Text("决议事项", "Decisions"), decided))
    title = Text(
        f"{name.say('zh')}第 {meeting.number} 次会议纪要",
        f"{name.say('en')}: minutes of meeting {meeting.number}",
    )
    return Paper(title, tuple(sections))


def _present(meeting: Meeting) -> Iterable[Text]:
    for row in present_at(meeting):
        side = row.seat.side.organisation.title
        if row.by_deputy and row.seat.deputy is not None:
            name, place = row.seat.deputy.name, row.seat.person.name
            yield Text(f"{name}（代{place}），{side.say('zh')}", f"{name} for {place}, {side.say('en')}")
        else:
            yield Text(
                f"{row.seat.person.name}，{side.say('zh')}", f"{row.seat.person.name}, {side.say('en')}"
            )


def _agenda(meeting: Meeting) -> Iterable[Text]:
    for item in meeting.items.prefetch_related("motions").order_by("order"):
        title = Text.of(item.title)
        yield Text(f"（{item.order}）{title.say('zh')}", f"({item.order}) {title.say('en')}")
        for motion in item.motions.all():
            if motion.state == "closed":
                yield _voted(motion)


def _voted(motion: Motion) -> Text:
    said, figures, outcome = Text.of(motion.text), motion.tally, OUTCOMES[motion.outcome]
    votes = f"赞成 {figures['yes']}，反对 {figures['no']}，弃权 {figures['abstain']}"
    return Text(
        f"议案：{said.say('zh')}。{votes}：{outcome.zh}。",
        f"Motion: {said.say('en')}. {figures['yes']} yes, {figures['no']} no, {figures['abstain']} abstained: "
        f"{outcome.en}.",
    )


def _decision(row: Decision) -> Text:
    said, until, who = Text.of(row.text), day(row.due_on), row.owner.person.name
    return Text(
        f"{said.say('zh')}（负责人：{who}，期限：{until.zh}）", f"{said.say('en')} ({who}, until {until.en})"
    )
