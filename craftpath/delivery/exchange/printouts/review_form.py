"""The review form: what each side says, goals, how it stands and why, who has signed; lines for what is to come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from craftpath.delivery.exchange.printouts.wording import (
    APPRENTICE,
    COHORT,
    COLLEGE,
    ENTERPRISE,
    MENTOR,
    NUMBER,
    how_signed,
    labels,
    moment,
    source,
)
from craftpath.domain.reviews.queries import Goals, goals_in_each
from craftpath.domain.reviews.texts import GOAL_STATES, MODES, REVIEW_STATES
from craftpath.domain.reviews.wording import COLOURS, RECORD, record_in
from craftpath.domain.reviews.wording import ROLES as SIDES
from craftpath.kernel.signing import parties_by_document
from craftpath.values.paper import Paper
from craftpath.values.printout import Block, Column, Facts, Group, Line, Printout, Signature, Table, Words
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.reviews.models import Goal, Review
    from craftpath.kernel.signing import SigningParty

TITLE = Text("回顾谈话表", "Review form")
_TO_COME = ("scheduled", "missed")
_LINES = 5  # empty ones for each side that has said nothing yet
_CHOICE = Text("□ 绿　　□ 黄　　□ 红", "□ green   □ amber   □ red")


def review_forms(reviews: Sequence[Review], *, today: date, at: datetime) -> list[Printout]:
    """One for each review, in their order; two queries however many.

    The reviews come from `whole(reviews())`, so that they are those that the reader sees.
    """
    goals = goals_in_each(reviews)
    parties = parties_by_document(row.document_id for row in reviews if row.document_id)
    modes, states, goal_states = labels(MODES), labels(REVIEW_STATES), labels(GOAL_STATES)
    return [
        Printout(
            title=TITLE,
            subtitle=Text(f"第 {row.round} 次回顾谈话", f"Review {row.round}"),
            whose=f"{row.enrolment.person.name} {row.enrolment.number}",
            about=tuple(_about(row, modes, states)),
            blocks=tuple(_blocks(row, goals[row.pk], goal_states)),
            on=today,
            source=source(at),
            signatures=tuple(_signatures(row, parties.get(row.document_id or 0, []))),
            stamps=(Text.of(row.organisation.name),),
        )
        for row in reviews
    ]


def _about(row: Review, modes: Mapping[str, Text], states: Mapping[str, Text]) -> Iterable[Line]:
    enrolment = row.enrolment
    yield APPRENTICE, enrolment.person.name
    yield NUMBER, enrolment.number
    yield COHORT, Text.of(enrolment.cohort.name)
    yield COLLEGE, Text.of(row.organisation.name)
    yield ENTERPRISE, Text.of(enrolment.enterprise.name) if enrolment.enterprise else None
    yield MENTOR, row.mentor.name if row.mentor else None
    yield Text("院校代表", "For the college"), row.trainer.name
    yield Text("约定时间", "Arranged for"), moment(row.starts_at)
    yield Text("方式", "How"), modes[row.mode]
    yield Text("地点", "Place"), row.place or None
    yield Text("应完成日期", "In time until"), row.due_on
    yield Text("举行日期", "Held on"), row.held_on
    yield Text("进展", "Stands at"), states[row.state]


def _blocks(row: Review, goals: Goals, states: Mapping[str, Text]) -> Iterable[Block]:
    if row.document is not None:
        record = record_in(Paper.from_json(row.document.content))
        if record:
            yield Words(RECORD, record)
    parts = {part.role: part for part in row.parts.all()}
    for role, side in SIDES.items():
        heading = Text(f"{side.zh}发言", f"{side.en}: own words")
        part = parts.get(role)
        if part is not None:
            said = moment(part.said_at)
            by = Text(f"{part.said_by.name}，{said.zh}", f"{part.said_by.name}, {said.en}")
            yield Words(heading, (part.words,), by=by)
        elif row.document is None:
            yield Words(heading, lines=_LINES)
        else:
            yield Words(heading, (Text("无", "Nothing"),))
    yield _goals(goals, states)
    if row.state in _TO_COME:
        yield Words(Text("新目标（内容、谁负责、何时前）", "New goals (what, who, until when)"), lines=3)
    yield _standing(row)


def _goals(goals: Goals, states: Mapping[str, Text]) -> Table:
    def rows(some: Sequence[Goal]) -> tuple[tuple[str | int | date | Text | None, ...], ...]:
        return tuple(
            (goal.text, SIDES[goal.owner], goal.due_on, states[goal.state], goal.set_in.round)
            for goal in some
        )

    groups = (
        Group(rows(goals.carried), Text("继续的目标", "Carried on")),
        Group(rows(goals.settled), Text("本次了结", "Settled in this review")),
        Group(rows(goals.fresh), Text("本次新定", "New in this review")),
    )
    return Table(
        Text("目标与行动", "Goals and actions"),
        (
            Column(Text("内容", "What"), share=10),
            Column(Text("谁负责", "By whom"), share=3),
            Column(Text("何时前", "Until"), share=3),
            Column(Text("状态", "State"), share=3),
            Column(Text("定于第几次", "Set in review"), figures=True, share=3),
        ),
        groups,
        grouped=Text("分类", "Kind"),
        empty=Text("目前没有目标。", "There are no goals yet."),
    )


def _standing(row: Review) -> Block:
    heading = Text("总体状态", "How it stands")
    if not row.colour:
        return Words(
            heading, (_CHOICE, Text("理由（黄、红必填）：", "Reason (needed for amber and red):")), lines=2
        )
    return Facts(
        (
            (Text("状态灯", "Colour"), COLOURS[row.colour]),
            (Text("理由", "Reason"), row.colour_because or None),
        ),
        heading,
    )


def _signatures(row: Review, parties: Sequence[SigningParty]) -> Iterable[Signature]:
    excused = {one.role: one for one in row.excuses.all()}
    if not parties:
        people = (row.enrolment.person, row.mentor, row.trainer)
        for side, person in zip(SIDES.values(), people, strict=True):
            yield Signature(side, person.name if person else "")
        return
    for party in parties:
        signature, excuse = getattr(party, "signature", None), excused.get(party.role)
        if signature is not None:
            yield Signature(SIDES[party.role], signature.name, how_signed(signature))
        elif excuse is not None:
            said = Text(
                f"免签：{excuse.because}（{excuse.by.name}）", f"excused: {excuse.because} ({excuse.by.name})"
            )
            yield Signature(SIDES[party.role], party.name, said)
        else:
            yield Signature(SIDES[party.role], party.name)
