"""The gate form: each condition with what stands and what is asked, who supplies what is missing; the decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from craftpath.delivery.exchange.printouts.wording import STAGE, about, labels, moment, source
from craftpath.domain.apprenticeships.queries import mentors_of
from craftpath.domain.progression.conditions import GATES as KINDS
from craftpath.domain.progression.queries import passages_of, reports, went_through
from craftpath.domain.progression.texts import CONDITIONS, DETAILS, GATES, OUTCOMES, SUPPLIERS
from craftpath.values.printout import Block, Cell, Column, Group, Printout, Signature, Table, Words
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.programmes.models import Stage
    from craftpath.domain.progression.findings import Finding
    from craftpath.domain.progression.models import Passage

__all__ = ["KINDS", "gate_forms"]

_UNITS = {
    "minutes": Text("时:分", "h:min"),
    "percent": Text("%", "%"),
    "weeks": Text("周", "weeks"),
    "months": Text("个月", "months"),
    "reviews": Text("次", "reviews"),
}
_ANSWERS = {
    "met": Text("已满足", "met"),
    "missing": Text("未满足", "missing"),
    "waived": Text("已免除", "waived"),
}


@dataclass(frozen=True, slots=True)
class _Labels:
    """The words of the noun, in both languages."""

    conditions: Mapping[str, Text]
    details: Mapping[str, Text]
    suppliers: Mapping[str, Text]
    outcomes: Mapping[str, Text]


def gate_forms(
    cohort: Cohort, stage: Stage, kind: str, people: Sequence[Enrolment], *, today: date, at: datetime
) -> dict[int, Printout]:
    """enrolment id → its form, of those who stand at this gate or went through it; constant queries.

    Whoever went through has every condition as it stood then.
    """
    found = reports(cohort, stage, kind, people, today)
    passages = passages_of([row.pk for row in people])
    mentors = mentors_of(people)
    words = _Labels(labels(CONDITIONS), labels(DETAILS), labels(SUPPLIERS), labels(OUTCOMES))
    gates = labels(GATES)
    made = {}
    for row in people:
        decisions = [one for one in passages.get(row.pk, []) if (one.stage_id, one.gate) == (stage.pk, kind)]
        through = next((one for one in decisions if went_through(one)), None)
        report = found.get(row.pk)
        if through is None and report is None:
            continue
        lines = through.findings if through else [_kept(one) for one in report.findings] if report else []
        if not lines:  # a gate that asks for nothing has no form
            continue
        made[row.pk] = Printout(
            title=gates[kind],
            subtitle=Text.of(stage.name),
            whose=f"{row.person.name} {row.number}",
            about=(*about(row, mentors.get(row.pk, [])), (STAGE, Text.of(stage.name))),
            blocks=(
                _conditions(lines, words, through),
                *_decisions(decisions, words),
                *_to_decide(through, kind, words),
            ),
            on=today,
            source=source(at),
            signatures=(_signature(through),),
            stamps=(Text.of(cohort.organisation.name),),
        )
    return made


def _kept(finding: Finding) -> dict[str, Any]:
    """As a passage keeps it, with who supplies it and who noted it."""
    return finding.as_json() | {"by": finding.condition.by, "noted": finding.noted}


def _conditions(lines: Sequence[Mapping[str, Any]], words: _Labels, through: Passage | None) -> Table:
    done = sum(bool(line["met"] or line["waived"]) for line in lines)
    if through is not None:
        on = moment(through.decided_at)
        note = Text(f"各项为 {on.zh} 认定时的情况。", f"Each as it stood at the decision on {on.en}.")
    else:
        note = Text(
            f"{len(lines)} 项中已有 {done} 项满足或免除。", f"{done} of {len(lines)} are met or waived."
        )
    return Table(
        Text("条件", "Conditions"),
        (
            Column(Text("条件", "Condition"), share=7),
            Column(Text("现有", "Stands at"), figures=True, share=3),
            Column(Text("要求", "At least"), figures=True, share=3),
            Column(Text("单位", "Unit"), share=3),
            Column(Text("结论", "Answer"), share=3),
            Column(Text("说明", "What is missing, or why not"), share=8),
            Column(Text("由谁提供", "Supplied by"), share=4),
        ),
        (Group(tuple(_row(line, words) for line in lines)),),
        note=note,
    )


def _row(line: Mapping[str, Any], words: _Labels) -> tuple[Cell, ...]:
    answer = "met" if line["met"] else "waived" if line["waived"] else "missing"
    note: Cell = words.details.get(line["detail"])
    if line["waived"]:
        note = line["because"]
    elif line.get("noted"):
        note = Text(f"由{line['noted']}登记", f"noted by {line['noted']}")
    has = line["have"] is not None and line["want"] is not None
    return (
        _label(line, words),
        _figure(line, "have") if has else None,
        _figure(line, "want") if has else None,
        _UNITS.get(line["unit"]) if has else None,
        _ANSWERS[answer],
        note,
        words.suppliers.get(line.get("by", "")) if answer == "missing" else None,
    )


def _label(line: Mapping[str, Any], words: _Labels) -> Text:
    """What is asked: the name of the paper or of the kind of hours, else the words of its kind."""
    named = Text.of(line["label"])
    if named == Text():
        return words.conditions[line["kind"]]
    if line["kind"] == "hours":
        return Text(f"学时：{named.say('zh')}", f"Hours: {named.say('en')}")
    return named


def _figure(line: Mapping[str, Any], name: str) -> Cell:
    return timedelta(minutes=line[name]) if line["unit"] == "minutes" else int(line[name])


def _decisions(passages: Sequence[Passage], words: _Labels) -> Iterable[Block]:
    if passages:
        rows = tuple(
            (words.outcomes[one.outcome], one.decided_on, one.decided_by.name, one.until, one.because or None)
            for one in passages
        )
        yield Table(
            Text("决定", "Decision"),
            (
                Column(Text("决定", "Decision"), share=4),
                Column(Text("日期", "Day"), share=4),
                Column(Text("决定人", "Decided by"), share=4),
                Column(Text("再次认定期限", "Judged again by"), share=4),
                Column(Text("理由", "Reason"), share=10),
            ),
            (Group(rows),),
        )


def _to_decide(through: Passage | None, kind: str, words: _Labels) -> Iterable[Block]:
    if through is None:
        first = words.outcomes["passed" if kind == "stage" else "admitted"]
        other = words.outcomes["repeat"] if kind == "stage" else Text("暂不准考", "Not admitted")
        choice = Text(f"□ {first.zh}　　□ {other.zh}", f"□ {first.en}   □ {other.en}")
        yield Words(Text("待作决定", "To be decided"), (choice, Text("理由：", "Reason:")), lines=2)


def _signature(through: Passage | None) -> Signature:
    role = Text("决定人", "Decided by")
    return (
        Signature(role, through.decided_by.name, moment(through.decided_at)) if through else Signature(role)
    )
