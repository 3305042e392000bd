"""Reading gates: what they ask, how it stands for whole cohorts, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef

from craftpath.domain.apprenticeships.queries import open_stages
from craftpath.domain.evaluation.standings import ready_to_pass
from craftpath.domain.progression.asking import ASK, Asked, Found
from craftpath.domain.progression.conditions import Condition, preset, read
from craftpath.domain.progression.findings import Finding, Report
from craftpath.domain.progression.models import THROUGH, Evidence, Gate, Passage, Waiver

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.evaluation.models import Result
    from craftpath.domain.programmes.models import Stage
    from craftpath.kernel.organisations import Organisation


def gate_of(organisation: Organisation, stage: Stage, kind: str) -> Gate | None:
    """The newest version of the nearest organisation's own gate; None where the preset holds. One query."""
    path, step = organisation.path, organisation.steplen
    above = [path[:end] for end in range(step, len(path) + 1, step)]
    rows = Gate._base_manager.filter(organisation__path__in=above, stage=stage, kind=kind)
    return rows.select_related("organisation").order_by("-organisation__depth", "-version").first()


def conditions_of(cohort: Cohort, stage: Stage, kind: str) -> tuple[Condition, ...]:
    """What the gate asks in this cohort."""
    own = gate_of(cohort.organisation, stage, kind)
    return read(own.conditions) if own is not None else preset(kind, cohort.programme.root_key, stage.key)


class Gates:
    """What every gate of one kind asks, everywhere: for many apprentices at once. One query."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._own: dict[int, dict[str, tuple[Condition, ...]]] = {}
        rows = Gate._base_manager.filter(kind=kind).order_by("version")
        for stage, path, conditions in rows.values_list("stage_id", "organisation__path", "conditions"):
            self._own.setdefault(stage, {})[path] = read(conditions)

    def conditions(self, path: str, programme: str, stage_id: int, stage: str) -> tuple[Condition, ...]:
        """As `conditions_of`, for an organisation at this place of the tree, by the keys of the root and the stage."""
        own = self._own.get(stage_id, {})
        nearest = max((place for place in own if path.startswith(place)), key=len, default=None)
        return own[nearest] if nearest is not None else preset(self._kind, programme, stage)


def papers_settled(kind: str) -> set[tuple[int, int, str]]:
    """(enrolment id, stage id, condition) of what was noted or waived for active apprentices; one query."""
    wanted = {"gate": kind, "withdrawn_at": None, "enrolment__state": "active"}
    told = ("enrolment_id", "stage_id", "condition")
    noted = Evidence._base_manager.filter(**wanted).order_by().values_list(*told)
    return set(noted.union(Waiver._base_manager.filter(**wanted).order_by().values_list(*told)))


def in_stage(cohort_id: int, stage_id: int) -> dict[int, date]:
    """enrolment id → since when it is in this stage, of those who are now; one query."""
    rows = open_stages().filter(stage=stage_id, enrolment__cohort=cohort_id, enrolment__state="active")
    return dict(rows.order_by().values_list("enrolment_id", "opened_on"))


def reports(
    cohort: Cohort, stage: Stage, kind: str, people: Sequence[Enrolment], today: date
) -> dict[int, Report]:
    """enrolment id → how the gate stands, of those of these people who are in the stage; constant queries."""
    since = in_stage(cohort.pk, stage.pk)
    here = [row for row in people if row.pk in since]
    if not here:
        return {}
    ids = [row.pk for row in here]
    own = {pk: since[pk] for pk in ids}
    asked = Asked(cohort, stage, here, own, today, noted=_noted(ids, stage, kind))
    waived = _waived(ids, stage, kind)
    lines: dict[int, list[Finding]] = {pk: [] for pk in ids}
    for condition in conditions_of(cohort, stage, kind):
        found: Found = ASK[condition.kind](condition, asked)
        for pk, some in found.items():
            lines[pk] += [_with_waiver(one, waived.get(pk, {})) for one in some]
    return {pk: Report(tuple(some)) for pk, some in lines.items()}


def _with_waiver(finding: Finding, waived: Mapping[str, str]) -> Finding:
    because = waived.get(finding.name)
    if because is None or finding.met:
        return finding
    return replace(finding, waived=True, waived_because=because)


def _noted(ids: Sequence[int], stage: Stage, kind: str) -> dict[int, dict[str, str]]:
    """enrolment id → condition → by whom a paper was noted."""
    found: dict[int, dict[str, str]] = {}
    rows = Evidence._base_manager.filter(enrolment__in=ids, stage=stage, gate=kind, withdrawn_at=None)
    for who, condition, name in rows.values_list("enrolment_id", "condition", "given_by__name"):
        found.setdefault(who, {})[condition] = name
    return found


def _waived(ids: Sequence[int], stage: Stage, kind: str) -> dict[int, dict[str, str]]:
    """enrolment id → condition → why it was waived."""
    found: dict[int, dict[str, str]] = {}
    rows = Waiver._base_manager.filter(enrolment__in=ids, stage=stage, gate=kind, withdrawn_at=None)
    for who, condition, because in rows.values_list("enrolment_id", "condition", "because"):
        found.setdefault(who, {})[condition] = because
    return found


def waivers_at(enrolment: Enrolment, stage: Stage, kind: str) -> dict[str, Waiver]:
    """condition → the waiver that stands."""
    rows = Waiver.objects.filter(enrolment=enrolment, stage=stage, gate=kind, withdrawn_at=None)
    return {row.condition: row for row in rows.select_related("by")}


def evidence_at(enrolment: Enrolment, stage: Stage, kind: str) -> dict[str, Evidence]:
    """condition → the note that stands."""
    rows = Evidence.objects.filter(enrolment=enrolment, stage=stage, gate=kind, withdrawn_at=None)
    return {row.condition: row for row in rows.select_related("given_by")}


def passages() -> models.QuerySet[Passage]:
    """The decisions of the open scope, the newest first."""
    return Passage.objects.select_related(
        "enrolment__person",
        "enrolment__cohort__organisation",
        "enrolment__cohort__programme",
        "enrolment__enterprise",
        "stage",
        "decided_by",
    ).order_by("-decided_at", "-pk")


def passages_of(enrolment_ids: Iterable[int]) -> dict[int, list[Passage]]:
    """enrolment id → its decisions, the newest first; one query."""
    found: dict[int, list[Passage]] = {}
    for row in passages().filter(enrolment__in=list(enrolment_ids)):
        found.setdefault(row.enrolment_id, []).append(row)
    return found


def went_through(passage: Passage) -> bool:
    """Whether somebody went through by this decision."""
    return passage.outcome in THROUGH


def repeats(enrolment: str, stage: str) -> models.QuerySet[Passage]:
    """As a condition: decisions to stay in the stage, of the row's enrolment and stage by their paths."""
    return Passage._base_manager.filter(
        enrolment=OuterRef(enrolment), stage=OuterRef(stage), outcome="repeat"
    )


def to_be_passed(today: date) -> models.QuerySet[Result]:
    """Results decided as passed whose gate nobody has opened; not of those who stay in the stage until a later day."""
    staying = repeats("enrolment", "evaluation__stage").filter(until__gte=today)
    return ready_to_pass().filter(~Exists(staying))


def waiting_at(evaluations: Iterable[int], today: date) -> dict[int, int]:
    """evaluation id → how many of its apprentices only wait for their gate to be opened; one query."""
    rows = to_be_passed(today).filter(evaluation__in=list(evaluations)).order_by()
    return dict(rows.values_list("evaluation_id").annotate(people=models.Count("pk")))


def through(ids: Iterable[int], stage: Stage, kind: str) -> dict[int, Passage]:
    """enrolment id → the decision by which it went through this gate; one query."""
    rows = Passage._base_manager.filter(enrolment__in=list(ids), stage=stage, gate=kind, outcome__in=THROUGH)
    return {row.enrolment_id: row for row in rows.select_related("decided_by")}
