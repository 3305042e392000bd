"""The report of a round of a pilot: from the facts that were frozen when it was issued, and from nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import translation

from craftpath.delivery.exchange.printouts.wording import labels, listed
from craftpath.domain.pilots.registry import Found
from craftpath.domain.pilots.texts import CHANGE_STATES, CHECKS, KINDS, STEP_MOVES, STEP_STATES
from craftpath.domain.pilots.wording import found_in_words
from craftpath.values.paper import day
from craftpath.values.printout import Block, Cell, Column, Group, Line, Printout, Signature, Table, Words
from craftpath.values.text import Text

TITLE = Text("试点轮次报告", "Report of a pilot's round")
FORMS = {
    "file": Text("文件", "file"),
    "thing": Text("平台记录", "in the record"),
    "words": Text("文字", "in words"),
}


def round_report(
    content: Mapping[str, Any], *, version: int, issued_on: date, issued_by: str, sha256: str
) -> Printout:
    """The same content gives the same paper."""
    name = Text.of(content["pilot"])
    return Printout(
        title=TITLE,
        subtitle=Text(f"第 {content['round']} 轮", f"Round {content['round']}"),
        whose=name.both(),
        about=tuple(_about(content, version, issued_by)),
        blocks=tuple(_blocks(content)),
        on=issued_on,
        source=Text(
            f"数据截至签发时，此后不再变动。指纹（SHA-256）：{sha256[:16]}",
            f"As the record stood when it was issued; it does not change. Fingerprint (SHA-256): {sha256[:16]}",
        ),
        signatures=(Signature(Text("试点负责人", "For the pilot's office")),),
        stamps=(Text.of(content["office"]),),
    )


def _about(content: Mapping[str, Any], version: int, issued_by: str) -> Iterable[Line]:
    cycle = Text.of(content["cycle"]["name"])
    yield Text("主办单位", "Office"), Text.of(content["office"])
    yield Text("类型", "Kind"), labels(KINDS)[content["kind"]]
    yield Text("参加单位", "Taking part"), _names(content["members"])
    yield Text("试点期限", "Time of the pilot"), _span(content["from"], content["until"])
    yield Text("本轮开始", "Round begun"), _day(content["opened"])
    yield Text("本轮结束", "Round closed"), _day(content["closed"])
    yield Text("步骤依据", "Steps"), cycle
    yield Text("报告版本", "Version of the report"), version
    yield Text("签发人", "Issued by"), issued_by or None


def _blocks(content: Mapping[str, Any]) -> Iterable[Block]:
    if content["goals"]:
        yield Words(Text("目标", "Goals"), (content["goals"],))
    yield _overview(content["steps"])
    if content["carried"]:
        yield _changes(Text("本轮起点：上一轮的改进事项", "What the round started from"), content["carried"])
    for number, one in enumerate(content["steps"], start=1):
        name = Text.of(one["name"])
        yield Words(
            Text(f"{number}. {name.say('zh')}", f"{number}. {name.say('en')}"), tuple(_step_words(one))
        )
        if one["given"]:
            yield _given(one["given"])
    yield _changes(Text("本轮改进事项", "Changes of this round"), content["changes"])
    yield Words(Text("说明", "Note"), (Text.of(content["cycle"]["origin"]),))


def _overview(steps: Sequence[Mapping[str, Any]]) -> Table:
    states = labels(STEP_STATES)
    rows = tuple(
        (
            number,
            Text.of(one["name"]),
            states[one["state"]],
            one["owner"] or None,
            _iso(one["due"]),
            _iso(one["closed"]),
        )
        for number, one in enumerate(steps, start=1)
    )
    return Table(
        Text("步骤一览", "Steps at a glance"),
        (
            Column(Text("步骤", "No."), figures=True, share=1),
            Column(Text("名称", "Step"), share=5),
            Column(Text("状态", "State"), share=3),
            Column(Text("负责人", "Owner"), share=2),
            Column(Text("期限", "Due"), share=2),
            Column(Text("关闭", "Closed"), share=2),
        ),
        (Group(rows),),
    )


def _step_words(one: Mapping[str, Any]) -> Iterable[Cell]:
    done_when = Text.of(one["done_when"])
    yield Text(f"完成标准：{done_when.say('zh')}", f"Done when: {done_when.say('en')}")
    for found in map(Found.of, one["found"]):
        yield in_both(lambda found=found: f"· {found_in_words(found)}")  # type: ignore[misc]
    if one["state"] == "waived":
        yield Text(f"未达标准而关闭，理由：{one['because']}", f"Closed without it, because: {one['because']}")
    if one["lacks"]:
        yield _lacks(one)
    if one["cases"]:
        cases = _names(one["cases"])
        yield Text(f"参考案例：{cases.zh}", f"Cases at hand: {cases.en}") if cases else None
    moves = labels(STEP_MOVES)
    if len(one["history"]) > 1:
        for event in one["history"]:
            move = moves[event["move"]]
            tail = f"：{event['because']}" if event["because"] else ""
            tail_en = f": {event['because']}" if event["because"] else ""
            yield Text(
                f"· {event['on']} {event['by']} {move.zh}{tail}",
                f"· {event['on']} {event['by']}, {move.en}{tail_en}",
            )


def _lacks(one: Mapping[str, Any]) -> Text:
    """What was not there, by its name; findings stand above with their figures."""
    names, checks = one.get("asked", {}), labels(CHECKS)
    said = []
    for lack in one["lacks"]:
        if lack["what"] == "deliverable":
            said.append(Text.of(names.get(lack["key"], lack["key"])))
        elif lack["what"] == "finding":
            said.append(checks.get(lack["key"], Text.of(lack["key"])))
        else:
            said.append(Text("前面的步骤尚未关闭", "a step before it was open"))
    zh, en = "、".join(each.zh for each in said), ", ".join(each.en for each in said)
    return Text(f"尚缺：{zh}", f"Lacking: {en}")


def _given(rows: Sequence[Mapping[str, Any]]) -> Table:
    lines = tuple(
        (Text.of(one["name"]) if one["name"] else Text("其他", "besides"), FORMS[one["form"]],
         one["words"] or one["file"] or None, one["by"] or None, _iso(one["on"]))
        for one in rows
    )  # fmt: skip
    return Table(
        Text("成果", "Deliverables"),
        (
            Column(Text("内容", "What"), share=4),
            Column(Text("形式", "Form"), share=2),
            Column(Text("说明", "Words"), share=6),
            Column(Text("提交人", "By"), share=2),
            Column(Text("日期", "On"), share=2),
        ),
        (Group(lines),),
    )


def _changes(heading: Text, rows: Sequence[Mapping[str, Any]]) -> Table:
    states = labels(CHANGE_STATES)
    lines = tuple(
        (
            one["what"],
            one["why"],
            states[one["state"]],
            Text.of(one["into"]),
            one["owner"] or None,
            _iso(one["due"]),
        )
        for one in rows
    )
    return Table(
        heading,
        (
            Column(Text("改进内容", "What"), share=5),
            Column(Text("依据", "Why"), share=5),
            Column(Text("决定", "Decided"), share=2),
            Column(Text("落到步骤", "Taken up by"), share=4),
            Column(Text("负责人", "Owner"), share=2),
            Column(Text("期限", "Due"), share=2),
        ),
        (Group(lines),),
        empty=Text("没有提出改进事项。", "No change was raised."),
    )


def in_both(say: Callable[[], str]) -> Text:
    """A sentence that follows the open language, in both of them."""
    said = {}
    for key, language in (("zh", "zh-hans"), ("en", "en")):
        with translation.override(language):
            said[key] = say()
    return Text(**said)


def _names(names: Sequence[Any]) -> Text | None:
    zh = listed([Text.of(one).say("zh") for one in names])
    en = listed([Text.of(one).say("en") for one in names])
    return Text(zh.zh, en.en) if zh and en else None


def _iso(given: str) -> date | None:
    return date.fromisoformat(given) if given else None


def _day(given: str) -> Text | None:
    on = _iso(given)
    return day(on) if on else None


def _span(first: str, after: str) -> Text:
    return Text.of(f"{first} – {after}" if after else f"{first} –")
