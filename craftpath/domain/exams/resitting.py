"""Sitting again: whom the rule lets, and the sitting of those who are chosen."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db.models import Max

from craftpath.domain.exams import rules
from craftpath.domain.exams.clashes import can_all_come
from craftpath.domain.exams.facts import SittingPlanned
from craftpath.domain.exams.models import Candidate, Outcome, Paper, Sitting
from craftpath.domain.exams.papering import MOST_MINUTES
from craftpath.domain.exams.terms import Attempt, Counted, Terms, counted, used, why_again
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import YES, Refused, Verdict, not_now, require


def terms_of(sitting: Sitting) -> Terms:
    """The rule that holds: that of the first sitting."""
    row = sitting.again_of or sitting
    return Terms(row.pass_percent, row.most_resits, row.resit_for, row.resit_counts)


@dataclass(frozen=True, slots=True)
class History:
    """One apprentice's attempts in order, as candidates and as the rule sees them; `coming` is one without a result."""

    candidates: Sequence[Candidate]
    attempts: Sequence[Attempt]
    coming: Candidate | None

    def counted(self, terms: Terms) -> Counted:
        """Which of them counts."""
        return counted(self.attempts, terms)


def histories(
    first: Sitting, enrolments: Sequence[int] | None = None, *, so_far: Sequence[Outcome] = ()
) -> dict[int, History]:
    """enrolment id → all attempts at a first sitting; of everybody, or of some; one query.

    `so_far` are results that are about to be published: they stand for those that are kept.
    """
    rows = Candidate._base_manager.filter(sitting__state__in=["planned", "open", "closed"])
    rows = rows.filter(sitting=first) | rows.filter(first=first)
    if enrolments is not None:
        rows = rows.filter(enrolment__in=list(enrolments))
    rows = rows.select_related("outcome", "sitting", "enrolment__person", "enrolment__cohort", "paper")
    fresh = {one.candidate_id: one for one in so_far}
    found: dict[int, list[tuple[Candidate, Outcome | None]]] = {}
    for row in rows.order_by("enrolment__number", "attempt"):
        outcome = fresh.get(row.pk) or getattr(row, "outcome", None)
        found.setdefault(row.enrolment_id, []).append((row, outcome))
    return {who: _history(some) for who, some in found.items()}


def _history(some: Sequence[tuple[Candidate, Outcome | None]]) -> History:
    done = [(row, outcome) for row, outcome in some if outcome is not None]
    attempts = [Attempt(row.attempt, outcome.share, bool(row.excused_because)) for row, outcome in done]
    coming = next((row for row, outcome in some if outcome is None), None)
    return History([row for row, _outcome in done], attempts, coming)


@dataclass(frozen=True, slots=True)
class Proposed:
    """One candidate of a first sitting: whether a re-sit is open, and why (`below`, `absent`, … or a `no_…`)."""

    candidate: Candidate
    share: Fraction | None
    why: str
    used: int

    @property
    def may(self) -> bool:
        """Whether the rule lets this one sit again."""
        return not self.why.startswith("no_")


def proposals(first: Sitting) -> list[Proposed]:
    """Everybody who has a result, with what the rule says; one query."""
    terms = terms_of(first)
    return [_proposed(one, terms) for one in histories(first).values() if one.candidates]


def _proposed(history: History, terms: Terms) -> Proposed:
    why = "no_coming" if history.coming is not None else why_again(history.attempts, terms)
    if history.candidates[0].enrolment.state != "active":
        why = "no_active"
    return Proposed(history.candidates[0], history.counted(terms).share, why, used(history.attempts))


def can_sit_again(history: History | None, terms: Terms) -> Verdict:
    """The rule as a verdict that names the person."""
    if history is None or not history.candidates:
        return not_now("exams.resit_nothing_before")
    found = _proposed(history, terms)
    if found.may:
        return YES
    name = found.candidate.enrolment.person.name
    return not_now(f"exams.resit_{found.why}", name=name, most=terms.most_resits)


@action
def plan_resit(
    sitting: Sitting,
    chosen: Sequence[Candidate],
    paper: Paper,
    *,
    made_id: uuid.UUID,
    starts_at: datetime,
    minutes: int,
    late_minutes: int = 30,
    place: str = "",
    on_paper: bool = False,
    same_keyer: bool = False,
    by: Actor,
    at: datetime,
) -> Sitting:
    """A sitting for those of a published one whom the rule lets, and no others; the same press plans it once.

    On devices or on paper, however the first one was held. The first sitting is held while it is looked who may, so
    that two at once never give somebody one too many.
    """
    first = _first_locked(sitting)
    require(rules.may_hold(by, first.organisation))
    standing = Sitting._base_manager.filter(made_id=made_id).first()
    if standing is not None:
        return standing
    if first.published_at is None:
        raise Refused(not_now("exams.resit_before_results"))
    require(rules.can_use_paper(paper))
    require(rules.can_last(minutes, MOST_MINUTES))
    require(rules.can_begin_at(starts_at, at))
    people = list(dict.fromkeys(one.enrolment_id for one in chosen))
    if not people:
        raise Refused(not_now("exams.resit_nobody"))
    known, terms = histories(first, people), terms_of(first)
    for one in people:
        require(can_sit_again(known.get(one), terms))
    require(can_all_come(people, starts_at, minutes))
    row = Sitting.objects.create(
        made_id=made_id,
        organisation=first.organisation,
        cohort=first.cohort,
        paper=paper,
        place=place.strip(),
        starts_at=starts_at,
        minutes=minutes,
        late_minutes=min(late_minutes, minutes),
        essay_raters=first.essay_raters,
        essay_sample=first.essay_sample,
        essay_gap=first.essay_gap,
        essay_gap_in=first.essay_gap_in,
        essay_third=first.essay_third,
        show_answers=first.show_answers,
        appeal_days=first.appeal_days,
        pass_percent=first.pass_percent,
        again_of=first,
        on_paper=on_paper,
        same_keyer=same_keyer,
        made_by=by.person,
        made_at=at,
    )
    add_rows(row, [known[one] for one in people])
    told = SittingPlanned(starts_at.isoformat(), len(people))
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def add_rows(sitting: Sitting, those: Sequence[History], *, seated: int = 0) -> list[Candidate]:
    """Candidates of a re-sit, seated by number after those who are `seated` already; two queries however many.

    Extra time and print are those of the time before; the number of the attempt is one more than the highest, also than
    that of a re-sit that was cancelled. The first sitting is held.
    """
    those = sorted(those, key=lambda one: one.candidates[0].enrolment.number)
    before = Candidate._base_manager.filter(
        first=sitting.again_of_id, enrolment__in=[one.candidates[0].enrolment_id for one in those]
    )
    highest = dict(before.order_by().values_list("enrolment").annotate(Max("attempt")))
    rows = []
    for seat, history in enumerate(those, start=seated + 1):
        last = history.candidates[-1]
        rows.append(
            Candidate(
                sitting=sitting,
                enrolment_id=last.enrolment_id,
                paper=sitting.paper,
                seat=str(seat),
                extra_minutes=last.extra_minutes,
                large_print=last.large_print,
                on_paper=sitting.on_paper,
                first=sitting.again_of,
                attempt=1 + highest.get(last.enrolment_id, 0),
            )
        )
    return Candidate.objects.bulk_create(rows, batch_size=500)


def _first_locked(sitting: Sitting) -> Sitting:
    rows = Sitting.objects.select_for_update(of=("self",)).select_related("organisation", "cohort", "paper")
    return rows.get(pk=sitting.again_of_id or sitting.pk)


def held_with_first(sitting: Sitting) -> Sitting:
    """A sitting held together with its first one, so that two re-sits never publish past one another."""
    if sitting.again_of_id is not None:
        Sitting.objects.select_for_update(of=("self",)).get(pk=sitting.again_of_id)
    rows = Sitting.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "cohort", "paper", "again_of").get(pk=sitting.pk)
