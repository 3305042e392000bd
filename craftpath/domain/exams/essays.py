"""Essays of a sitting with their marks: who still has to mark which, and what the marks come to.

An essay has one ordinary mark, or two; marks too far apart ask for a third marker, and a moderator's decision stands
above them. Which essays a second marks is drawn from the candidates' ids and the seed of the sitting: the same every
time, and nothing that a marker could work out.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from craftpath.domain.exams.codes import sheet_code
from craftpath.domain.exams.models import (
    Answer,
    AnswerFile,
    Candidate,
    EssayDecision,
    EssayMark,
    PaperLine,
    Sitting,
)
from craftpath.engines.rating import Method, Needs, Rating, Rule, Settled, Third, settle
from craftpath.engines.scoring import Kind

USUAL_GAP = Decimal(20)
"""Percent of the points of an essay beyond which two marks ask for a third, if the plan says nothing else."""
THIRD = 3
"""The place of a third marker's mark."""
DECISION = "decision"


@dataclass(frozen=True, slots=True)
class EssayPlan:
    """By how many essays are marked (1 or 2), what percent a second marks where it is one, and the gap allowed.

    `gap` None allows any; `gap_in` is percent of the essay's points, or points; `third` says how a third mark settles.
    """

    raters: int = 1
    sample: int = 0
    gap: Decimal | None = USUAL_GAP
    gap_in: str = "percent"
    third: str = "nearer"


def plan_of(sitting: Sitting) -> EssayPlan:
    """The plan that a sitting keeps."""
    return EssayPlan(
        sitting.essay_raters,
        sitting.essay_sample,
        sitting.essay_gap,
        sitting.essay_gap_in,
        sitting.essay_third,
    )


def written(given: Any) -> str:
    """What was written, without the space around it; empty where nothing was."""
    text = given.get("text", "") if isinstance(given, Mapping) else given
    return str(text or "").strip()


def on_paper(given: Any) -> bool:
    """Whether it stands on a sheet of paper, which markers have in hand."""
    return isinstance(given, Mapping) and bool(given.get("paper"))


def key_of(sitting: Sitting, candidate: str, line: int) -> str:
    """What an essay is called on pages: of a candidate's public id and a line; it leads nobody back to the writer."""
    said = hmac.new(sitting.essay_seed.encode(), f"{candidate}.{line}".encode(), hashlib.sha256)
    return said.hexdigest()[:16]


def drawn(seed: str, candidates: Collection[str], question: str, percent: int) -> set[str]:
    """Of the candidates who have written on this question, so many percent, rounded up: at least one of any."""
    if not percent or not candidates:
        return set()
    count = -(-len(candidates) * percent // 100)

    def lot(candidate: str) -> str:
        said = hmac.new(seed.encode(), f"sample.{question}.{candidate}".encode(), hashlib.sha256)
        return said.hexdigest()

    return set(sorted(candidates, key=lot)[:count])


@dataclass(frozen=True, slots=True)
class Essay:
    """One essay that was written, with the marks that hold, by place, and the decision if there is one.

    One on paper has no text, or what a device saved before; the `code` of its sheet finds it in the pile.
    """

    key: str
    candidate: Candidate
    line: PaperLine
    text: str
    wanted: int
    plan: EssayPlan
    marks: Sequence[EssayMark]
    decision: EssayDecision | None
    settled: Settled
    code: str = ""
    files: Sequence[AnswerFile] = ()

    @property
    def writer(self) -> int:
        """Whose it is, as the id of a person; asked only so that nobody marks an own essay."""
        return self.candidate.enrolment.person_id

    @property
    def most(self) -> Decimal:
        """The points that there are."""
        return self.line.version.points

    @property
    def free(self) -> int | None:
        """The place whose mark is waited for: 1, 2, or 3 for a third marker's; None if there is none."""
        taken = {one.place for one in self.marks}
        if self.decision is not None:
            return None
        missing = next((n for n in range(1, self.wanted + 1) if n not in taken), None)
        if missing is not None:
            return missing
        return THIRD if self.settled.needs is Needs.THIRD_RATER and THIRD not in taken else None

    @property
    def apart(self) -> bool:
        """Whether the first two marks lie further apart than the plan allows."""
        limit = limit_of(self.plan, self.most)
        gap = self.settled.gap
        return len(self.ordinary) > 1 and limit is not None and gap is not None and gap > limit

    @property
    def ordinary(self) -> list[EssayMark]:
        """The first marks, without a third marker's."""
        return [one for one in self.marks if one.place < THIRD]

    def by(self, person: int) -> EssayMark | None:
        """The mark that holds of this person."""
        return next((one for one in self.marks if one.marker_id == person), None)

    def waits_for(self, person: int) -> bool:
        """Whether this person could give the mark that is waited for."""
        return self.free is not None and self.writer != person and self.by(person) is None


def lot(essay: Essay, person: int) -> str:
    """Where an essay stands among those that this person marks."""
    said = f"desk.{person}.{essay.key}".encode()
    return hmac.new(essay.candidate.sitting.essay_seed.encode(), said, hashlib.sha256).hexdigest()


def limit_of(plan: EssayPlan, most: Decimal) -> Decimal | None:
    """How many points two marks of an essay may lie apart."""
    if plan.gap is None or plan.gap_in == "points":
        return plan.gap
    return most * plan.gap / 100


def settled_by(
    plan: EssayPlan, wanted: int, most: Decimal, marks: Sequence[EssayMark], decision: EssayDecision | None
) -> Settled:
    """What the marks come to by the plan; a third mark counts only beside all ordinary ones."""
    ordinary = [one for one in marks if one.place <= wanted]
    counted = list(marks) if len(ordinary) == wanted else ordinary
    given = [Rating(str(one.marker_id), one.points) for one in sorted(counted, key=lambda one: one.place)]
    limit = limit_of(plan, most) if wanted > 1 else None
    rule = Rule(Method.MEAN, wanted, limit, Needs.THIRD_RATER, Third(plan.third))
    if decision is None:
        return settle(given, rule)
    chair = Rating(DECISION, decision.points, chair=True)
    return settle([*given, chair], Rule(Method.CHAIR, wanted, limit, Needs.THIRD_RATER, Third(plan.third)))


def left_for(essays: Iterable[Essay], person: int, opened: Collection[int]) -> list[Essay]:
    """Of these essays those that wait for a mark which this person may give; desk, page and duty ask nothing else.

    `opened` holds the ids of sittings whose marks this person has opened: there is nothing left to give.
    """
    return [one for one in essays if one.candidate.sitting_id not in opened and one.waits_for(person)]


def essays_of(*sittings: Sitting) -> list[Essay]:
    """All essays of these sittings that were written, question by question; six queries however many."""
    dealt = Candidate._base_manager.filter(sitting__in=sittings)
    lines = {
        row.pk: row
        for row in PaperLine.objects.filter(paper__in=dealt.values("paper"), version__item__kind=Kind.ESSAY)
        .select_related("version__item", "version__stimulus")
        .order_by("order")
    }
    people = {one.pk: one for one in dealt.select_related("enrolment", "sitting")}
    answers = Answer._base_manager.filter(candidate__sitting__in=sittings, line__in=lines)
    given = {(who, line): said for who, line, said in answers.values_list("candidate_id", "line_id", "given")}
    return assembled(people, lines, given)


def assembled(
    people: Mapping[int, Candidate],
    lines: Mapping[int, PaperLine],
    given: Mapping[tuple[int, int], Any],
) -> list[Essay]:
    """The same of what has been read already: candidates and essay lines by id, answers by both; three queries.

    Candidates bring their sittings, which may be several.
    """
    files = _files(people, lines)
    texts = {
        where: written(given.get(where))
        for where in {**given, **files}
        if where[1] in lines and (where in files or written(given.get(where)) or on_paper(given.get(where)))
    }
    marks: dict[tuple[int, int], list[EssayMark]] = {}
    held = {one.sitting_id: one.sitting for one in people.values()}
    found = EssayMark._base_manager.filter(candidate__sitting__in=held, superseded_at__isnull=True)
    for mark in found.select_related("marker").order_by("place"):
        marks.setdefault((mark.candidate_id, mark.line_id), []).append(mark)
    decided = EssayDecision._base_manager.filter(candidate__sitting__in=held, superseded_at__isnull=True)
    decisions = {(one.candidate_id, one.line_id): one for one in decided.select_related("decided_by")}
    twice = _sample(texts, people, lines)
    plans = {pk: plan_of(sitting) for pk, sitting in held.items()}
    essays = []
    for where, text in texts.items():
        candidate, line = people[where[0]], lines[where[1]]
        sitting, plan = candidate.sitting, plans[candidate.sitting_id]
        here, decision = marks.get(where, []), decisions.get(where)
        second = where in twice or any(one.place > 1 for one in here)
        wanted = max(plan.raters, 2 if second else 1)
        essays.append(
            Essay(
                key_of(sitting, candidate.public_id, line.pk),
                candidate,
                line,
                text,
                wanted,
                plan,
                here,
                decision,
                settled_by(plan, wanted, line.version.points, here, decision),
                sheet_code(candidate.public_id) if on_paper(given.get(where)) else "",
                files.get(where, ()),
            )
        )
    essays.sort(key=lambda one: (one.line.order, one.line.version_id, one.key))
    return essays


def _files(
    people: Mapping[int, Candidate], lines: Mapping[int, PaperLine]
) -> dict[tuple[int, int], list[AnswerFile]]:
    """(candidate, line) → the files beside it; no query where no question takes any."""
    taking = [pk for pk, line in lines.items() if line.version.details.get("file")]
    found: dict[tuple[int, int], list[AnswerFile]] = {}
    if taking:
        held = {one.sitting_id for one in people.values()}
        rows = AnswerFile._base_manager.filter(candidate__sitting__in=held, line__in=taking)
        for row in rows.select_related("kept").order_by("pk"):
            found.setdefault((row.candidate_id, row.line_id), []).append(row)
    return found


def _sample(
    texts: Collection[tuple[int, int]],
    people: Mapping[int, Candidate],
    lines: Mapping[int, PaperLine],
) -> set[tuple[int, int]]:
    """The essays that a second marks, drawn question by question, over all forms that ask the question."""
    asked: dict[tuple[str, int, str], dict[str, tuple[int, int]]] = {}
    for where in texts:
        candidate, question = people[where[0]], lines[where[1]].version.item.public_id
        sitting = candidate.sitting
        of = (sitting.essay_seed, sitting.essay_sample, question)
        asked.setdefault(of, {})[candidate.public_id] = where
    chosen: set[tuple[int, int]] = set()
    for (seed, percent, question), those in asked.items():
        chosen |= {those[one] for one in drawn(seed, those, question, percent)}
    return chosen
