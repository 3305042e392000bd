"""Reading what a round is computed from: a dozen queries however many people there are.

What counts belongs to the organisation whose round it is, whoever asks for it: so tables are read by its place in the
tree and not by the scope of a reader, and two people who compute get the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone

from craftpath.domain.appraisals.inputs import Case, Corrected, Inputs, Own
from craftpath.domain.appraisals.models import AppraisalCorrection, AppraisalRound, Voice
from craftpath.domain.appraisals.taught import LEAST_TAUGHT, Teaching, days_of, responsible, shares_of
from craftpath.domain.apprenticeships.queries import begun_stages
from craftpath.domain.evaluation.versions import every_version
from craftpath.domain.logbook.counting import every_entry, every_remark, every_talk
from craftpath.domain.pairing.queries import bonds
from craftpath.values.period import Period

USUAL_STAGE = timedelta(days=183)  # where nobody wrote down when a stage began
LOWEST, HIGHEST = 0, 100
AGREED = {"agrees": 1.0, "partly": 0.5, "differs": 0.0}
Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Decided:
    """One decided result: the first decision says when, the version in force what."""

    enrolment: str
    evaluation: str
    order: int
    stage: str
    stage_name: dict[str, str]
    programme: str
    decided_on: date
    total: Decimal | None


def gather(row: AppraisalRound, step: Step = lambda _phase: None) -> Inputs:
    """Everything that a round counts. `step` is told what is read next; it may raise to end it."""
    window = Period(row.starts_on, row.ends_on)
    teachings = _teachings(row)
    own: dict[str, Own] = defaultdict(Own)
    for who, (planned, away) in days_of((one for some in teachings.values() for one in some), window).items():
        own[who].planned, own[who].away = planned, away
    step("results")
    corrected = _corrections(row)
    gone = {one.line for one in corrected if one.line}
    cases, left_out = _cases(row, window, teachings, gone)
    step("logs")
    _logs(row, window, teachings, own)
    _checks(row, window, own)
    step("voices")
    _voices(row, own)
    appraised = sorted(who for who, one in own.items() if one.planned)
    known = set(appraised)
    return Inputs(
        row.scheme.definition,
        row.starts_on.isoformat(),
        row.ends_on.isoformat(),
        appraised,
        cases,
        sorted(one for one in left_out if one[0] in known),
        {who: own[who] for who in appraised},
        corrected,
    )


def within(row: AppraisalRound, enrolment: str) -> Q:
    """The condition that an enrolment belongs to the round's organisation: by its college, or by its enterprise."""
    path = row.organisation.path
    return Q(**{f"{enrolment}__cohort__organisation__path__startswith": path}) | Q(
        **{f"{enrolment}__enterprise__path__startswith": path}
    )


def moments(window: Period) -> tuple[datetime, datetime]:
    """The first moment of a period and the first one after it, in the site's time zone."""
    first, end = (datetime(day.year, day.month, day.day) for day in (window.start, window.end))  # noqa: DTZ001
    return timezone.make_aware(first), timezone.make_aware(end)


def _teachings(row: AppraisalRound) -> dict[str, list[Teaching]]:
    """enrolment → who taught, of masters of apprentices, also before the period."""
    rows = bonds().filter(
        within(row, "enrolment"),
        enrolment__isnull=False,
        pair__kind="master_apprentice",
        starts_on__lt=row.ends_on,
    )
    found: dict[str, list[Teaching]] = defaultdict(list)
    columns = (
        "pk",
        "teacher__public_id",
        "enrolment__public_id",
        "share",
        "instead_of_id",
        "starts_on",
        "ends_on",
    )
    for values in rows.order_by("pk").values_list(*columns):
        one = Teaching.of(*values)
        found[one.enrolment].append(one)
    return found


def _decided(row: AppraisalRound) -> dict[str, list[Decided]]:
    """enrolment → its decided results by stage: when the first version was decided, and what is in force now."""
    rows = every_version().filter(within(row, "enrolment"))
    rows = rows.order_by("enrolment_id", "evaluation__stage__order", "evaluation_id", "number")
    columns = (
        *(
            "enrolment__public_id",
            "evaluation__public_id",
            "evaluation__stage__order",
            "evaluation__stage__key",
        ),
        *("evaluation__stage__name", "evaluation__cohort__programme__key", "decision__made_at", "total"),
    )
    found: dict[tuple[str, str], Decided] = {}
    for who, what, order, key, name, programme, made_at, total in rows.values_list(*columns):
        first = found.get((who, what))
        on = first.decided_on if first else timezone.localdate(made_at)
        found[who, what] = Decided(who, what, order, key, name, programme, on, total)
    by_enrolment: dict[str, list[Decided]] = defaultdict(list)
    for one in found.values():
        by_enrolment[one.enrolment].append(one)
    return by_enrolment


def _began(row: AppraisalRound) -> dict[tuple[str, int], date]:
    """(enrolment, order of the stage) → the first day in it."""
    rows = begun_stages().filter(within(row, "enrolment"), opened_on__lt=row.ends_on)
    columns = ("enrolment__public_id", "stage__order", "opened_on", "enrolment__starts_on")
    return {(who, order): max(opened, begins) for who, order, opened, begins in rows.values_list(*columns)}


def _cases(
    row: AppraisalRound, window: Period, teachings: Mapping[str, list[Teaching]], gone: set[str]
) -> tuple[list[Case], list[tuple[str, str, str, str]]]:
    decided, began = _decided(row), _began(row)
    cases, left_out = [], []
    for enrolment, rows in sorted(teachings.items()):
        before: Decimal | None = None
        here = False
        for one in sorted(decided.get(enrolment, ()), key=lambda one: (one.order, one.evaluation)):
            if one.decided_on in window:
                here = True
                case, why = _case(one, before, began.get((enrolment, one.order)), rows, gone)
                if why:
                    left_out += [(who, enrolment, one.evaluation, why) for who, _ in case.shares]
                else:
                    cases.append(case)
            before = one.total if one.total is not None else before
        if not here:
            met = {one.teacher for one in rows if one.instead_of is None and one.days.intersection(window)}
            left_out += [(who, enrolment, "", "no_decided_result") for who in met]
    return sorted(cases, key=lambda case: case.key), left_out


def _case(
    one: Decided, before: Decimal | None, began: date | None, rows: list[Teaching], gone: set[str]
) -> tuple[Case, str]:
    """A case, and why it does not count after all."""
    end = one.decided_on + timedelta(days=1)
    start = began if began is not None and began < end else one.decided_on - USUAL_STAGE
    shares, taught = shares_of(rows, Period(start, end))
    result = float(one.total) if one.total is not None else -1.0
    case = Case(
        one.enrolment, one.evaluation, one.stage, one.stage_name, one.programme,
        float(before) if before is not None else None, result, shares,
    )  # fmt: skip
    if case.key in gone:
        return case, "corrected"
    if one.total is None:
        return case, "no_total"
    if not LOWEST <= result <= HIGHEST:
        return case, "outside_scale"
    return case, "mostly_untaught" if taught < LEAST_TAUGHT or not shares else ""


def _logs(
    row: AppraisalRound, window: Period, teachings: Mapping[str, list[Teaching]], own: dict[str, Own]
) -> None:
    """How entries of the period were confirmed and answered; who answers first is counted, else who should have."""
    first, end = moments(window)
    remarks = every_remark().filter(
        within(row, "entry__enrolment"),
        entry__first_submitted_at__gte=first,
        entry__first_submitted_at__lt=end,
    )
    said: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    for entry, who, at in remarks.values_list("entry_id", "by__public_id", "at"):
        said[entry].append((at, who))
    entries = every_entry().filter(
        within(row, "enrolment"), first_submitted_at__gte=first, first_submitted_at__lt=end
    )
    columns = (
        "pk",
        "enrolment__public_id",
        "first_submitted_at",
        "confirmed_by__public_id",
        "confirmed_at",
        "returns",
    )
    for pk, enrolment, sent, confirmed_by, confirmed_at, returns in entries.values_list(*columns):
        answers = said.get(pk, [])
        if confirmed_by:
            own[confirmed_by].confirmed += 1
            own[confirmed_by].looked += bool(returns or any(who == confirmed_by for _, who in answers))
            answers = [*answers, (confirmed_at, confirmed_by)]
        at, who = min((one for one in answers if one[0] < end), default=(end, ""))
        who = who or responsible(teachings.get(enrolment, ()), timezone.localdate(sent))
        if who:
            own[who].answer((timezone.localdate(at) - timezone.localdate(sent)).days)


def _checks(row: AppraisalRound, window: Period, own: dict[str, Own]) -> None:
    """Talks by others about entries that a trainer had confirmed: whether the apprentice could tell what they say."""
    first, end = moments(window)
    rows = every_talk().filter(
        within(row, "enrolment"), held_at__gte=first, held_at__lt=end, entry__confirmed_by__isnull=False
    )
    columns = ("entry__confirmed_by__public_id", "held_by__public_id", "outcome")
    for confirmed_by, held_by, outcome in rows.order_by("pk").values_list(*columns):
        if held_by != confirmed_by:
            own[confirmed_by].checks += 1
            own[confirmed_by].agreed += AGREED[outcome]


def same_period(row: AppraisalRound, round_: str) -> dict[str, Any]:
    """The condition that rows are about any version of a round."""
    return {
        f"{round_}__organisation": row.organisation_id,
        f"{round_}__starts_on": row.starts_on,
        f"{round_}__ends_on": row.ends_on,
    }


def _voices(row: AppraisalRound, own: dict[str, Own]) -> None:
    """How many voices each step got; noughts are as good as nothing."""
    rows = Voice._base_manager.filter(**same_period(row, "round"), count__gt=0)
    columns = ("trainer__public_id", "question", "step", "count")
    for who, question, step, count in rows.order_by("pk").values_list(*columns):
        steps = own[who].voices.setdefault(question, {})
        steps[step] = steps.get(step, 0) + count


def _corrections(row: AppraisalRound) -> list[Corrected]:
    rows = AppraisalCorrection._base_manager.filter(**same_period(row, "contest__appraisal__round"))
    rows = rows.exclude(remedy="again").order_by("pk")
    columns = ("remedy", "contest__appraisal__person__public_id", "contest__part", "contest__line")
    return sorted(
        set(_corrected(rows.values_list(*columns))), key=lambda one: (one.trainer, one.part, one.line)
    )


def _corrected(rows: Any) -> Iterator[Corrected]:
    for remedy, trainer, part, line in rows:
        yield Corrected(trainer, "", line) if remedy == "line_out" else Corrected(trainer, part, "")
