"""The text of a pair's agreement, in Chinese and English: what everybody in it and the office read and sign.

These words are part of what is signed. They are written in both languages at once and not translated when read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from craftpath.domain.mentoring.seeds import clause_names
from craftpath.values.paper import Paper, Section, day
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.mentoring.models import Goal, MeetingRule
    from craftpath.domain.pairing.models import Bond, Pair

KINDS = {
    "master_apprentice": Text("师带徒", "Master and apprentice"),
    "college_tutor": Text("院校导师带教", "College tutor"),
    "layered": Text("逐级带教", "Chain of masters"),
    "mutual": Text("互学互教", "Learning from one another"),
    "red_white": Text("红工装与白大褂", "Red suit and white smock"),
}
ROLES = {
    "responsible": Text("责任师傅", "responsible"),
    "second": Text("第二师傅", "second teacher"),
}


def agreement_paper(
    pair: Pair,
    bonds: Sequence[Bond],
    goals: Iterable[Goal],
    rule: MeetingRule,
    clauses: Mapping[str, Mapping[str, str]],
    version: int,
) -> Paper:
    """The whole text; `bonds` are those that last until the end of the pair."""
    names = "、".join(dict.fromkeys([b.teacher.name for b in bonds] + [b.learner.name for b in bonds]))
    again = Text(f"（第 {version} 版）", f" (version {version})") if version > 1 else Text("", "")
    sections = [
        Section(Text("结对双方", "Who"), tuple(map(_bond, bonds))),
        Section(Text("类型与期限", "Kind and days"), tuple(_days(pair))),
        *_clauses(clauses, ("purpose",)),
        Section(
            Text("目标", "Goals"),
            tuple(map(_goal, goals)) or (Text("由双方随后商定。", "Settled by both later."),),
        ),
        Section(Text("带教频次与面谈", "How often they meet"), tuple(_rhythm(rule))),
        *_clauses(clauses, [key for key in clause_names() if key != "purpose"]),
    ]
    title = Text(f"师徒协议：{names}{again.zh}", f"Agreement of a pair: {names}{again.en}")
    return Paper(title, tuple(sections))


def terms(pair: Pair, bonds: Iterable[Bond]) -> dict[str, Any]:
    """The bonds and days that an agreement is written from: when these change, it is signed anew."""
    return {
        "kind": pair.kind,
        "starts_on": pair.starts_on.isoformat(),
        "ends_on": pair.ends_on.isoformat() if pair.ends_on else "",
        "bonds": sorted(
            [bond.teacher.public_id, bond.learner.public_id, bond.role, bond.share, bond.subject]
            for bond in bonds
        ),
    }


def _bond(bond: Bond) -> Text:
    place, percent = Text.of(bond.place.name), f"{bond.share / 10:g} %"
    subject = (f"，传授{bond.subject}", f", subject: {bond.subject}") if bond.subject else ("", "")
    role = ROLES[bond.role]
    return Text(
        f"{bond.teacher.name}（{place.say('zh')}，{role.zh}，份额 {percent}）带教{bond.learner.name}{subject[0]}。",
        f"{bond.teacher.name} ({place.say('en')}, {role.en}, share {percent}) teaches "
        f"{bond.learner.name}{subject[1]}.",
    )


def _days(pair: Pair) -> Iterable[Text]:
    kind, first = KINDS[pair.kind], day(pair.starts_on)
    yield Text(f"结对类型：{kind.zh}。", f"Kind of pair: {kind.en}.")
    if pair.ends_on is None:
        yield Text(f"自{first.zh}起，至结束为止。", f"From {first.en} until it is ended.")
    else:
        last = day(pair.ends_on - timedelta(days=1))
        yield Text(f"自{first.zh}起至{last.zh}止。", f"From {first.en} to {last.en}.")
    if pair.project:
        yield Text(f"共同项目：{pair.project}。", f"Project: {pair.project}.")


def _goal(goal: Goal) -> Text:
    until = day(goal.due_on)
    return Text(
        f"{goal.person.name}：{goal.text}（{until.zh}前）", f"{goal.person.name}: {goal.text} (by {until.en})"
    )


def _rhythm(rule: MeetingRule) -> Iterable[Text]:
    yield Text(
        f"每 {rule.every_days} 天至少交流一次，一方记录，另一方确认。",
        f"At least one meeting every {rule.every_days} days; one writes it down, the other confirms it.",
    )
    yield Text(
        f"期限过 {rule.talk_after_percent} % 时进行期中面谈；无固定期限的每半年一次。",
        f"A halfway talk after {rule.talk_after_percent} % of the days; without an end, every half-year.",
    )


def _clauses(clauses: Mapping[str, Mapping[str, str]], keys: Iterable[str]) -> Iterable[Section]:
    names = clause_names()
    for key in keys:
        yield Section(names[key], (Text.of(dict(clauses[key])),))
