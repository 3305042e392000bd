"""What pages read: a cohort's table, one apprentice's sum, a mark with its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from django.db import models

from craftpath.domain.evaluation import columns
from craftpath.domain.evaluation.models import Evaluation, Mark, Result
from craftpath.domain.programmes.definition import (
    ComponentInfo,
    ItemInfo,
    components,
    engine_scheme,
    sourced_items,
)
from craftpath.domain.programmes.details import level_names
from craftpath.engines.evaluation import (
    Chance,
    Explanation,
    Missing,
    chance,
    explain,
    oral_key,
    with_orals,
)
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


def evaluations() -> models.QuerySet[Evaluation]:
    """The evaluations of the open scope, by cohort and stage."""
    return Evaluation.objects.select_related(
        "cohort__organisation", "cohort__programme", "stage", "scheme__organisation", "opened_by"
    ).order_by("-cohort__starts_on", "cohort_id", "stage__order")


def evaluations_shown() -> models.QuerySet[Evaluation]:
    """The same without those who opened them and without the programme: for pages about results."""
    return Evaluation.objects.select_related("cohort__organisation", "stage", "scheme")


def evaluations_of(cohort_ids: Iterable[int], *, schemes: bool = False) -> list[Evaluation]:
    """What a table of cohorts says of their evaluations; with `schemes`, by which version each judges. One query."""
    rows = Evaluation.objects.filter(cohort__in=list(cohort_ids)).order_by()
    if schemes:
        return list(rows.select_related("scheme").only(*_PLACED, *_JUDGED_BY))
    return list(rows.only(*_PLACED))


_PLACED = ("public_id", "cohort", "stage")
_JUDGED_BY = tuple(
    f"scheme__{name}" for name in ("public_id", "name", "version", "definition", "fingerprint")
)


@dataclass(frozen=True, slots=True)
class Figures:
    """One component of one result, rounded by the scheme: value 0–100 or a grade, points so far, points open."""

    value: Decimal | None
    to_date: Decimal | None
    open: Decimal | None
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a cohort's table; `zeroed` are the items without a mark that count zero, where they were read."""

    enrolment: Enrolment
    complete: bool
    total: Decimal | None
    to_date: Decimal
    open: Decimal
    passed: bool | None
    grade: str
    components: tuple[Figures, ...]
    missing: tuple[str, ...]
    level: Text = Text()
    has_levels: bool = False
    decided: bool = False
    zeroed: tuple[str, ...] = ()


def results() -> models.QuerySet[Result]:
    """The results of the open scope."""
    return Result.objects.order_by("pk")


def results_of_cohort(evaluation: Evaluation) -> list[Row]:
    """Every apprentice whom the reader sees, by number; one query, and one more where missing marks count zero."""
    rows = (
        Result.objects.filter(evaluation=evaluation)
        .select_related("enrolment__person", "enrolment__enterprise")
        .order_by("enrolment__number", "pk")
    )
    reading, zeroed = Reading.of(evaluation), zeroed_in(evaluation)
    return [row_of(result, reading, zeroed) for result in rows]


def results_of(enrolments: Sequence[Enrolment]) -> dict[int, list[tuple[Evaluation, Row]]]:
    """enrolment id → its results by stage; one query however many."""
    rows = (
        Result.objects.filter(enrolment__in=[row.pk for row in enrolments])
        .select_related(
            "enrolment__person", "enrolment__enterprise", "evaluation__stage", "evaluation__scheme"
        )
        .order_by("evaluation__stage__order")
    )
    found: dict[int, list[tuple[Evaluation, Row]]] = {}
    for result in rows:
        found.setdefault(result.enrolment_id, []).append(
            (result.evaluation, row_of(result, Reading.of(result.evaluation)))
        )
    return found


@dataclass(frozen=True, slots=True)
class Sum:
    """One result without its parts, figures with the scheme's places; `left` is how many items are still open."""

    complete: bool
    total: Decimal | None
    to_date: Decimal
    open: Decimal
    passed: bool | None
    grade: Text | None
    left: int
    decided: bool
    has_levels: bool


def sums_of(evaluations: Sequence[Evaluation], enrolments: Sequence[int]) -> dict[tuple[int, int], Sum]:
    """(evaluation id, enrolment id) → the sum; one query however many."""
    readings = {evaluation.pk: Reading.of(evaluation) for evaluation in evaluations}
    rows = Result.objects.filter(evaluation__in=list(readings), enrolment__in=enrolments).order_by()
    found = {}
    for pk, who, complete, total, to_date, still, passed, grade, missing, decided in rows.values_list(
        *("evaluation_id", "enrolment_id", "complete", "total", "to_date", "open", "passed", "grade"),
        *("missing", "decided_id"),
    ):
        reading = readings[pk]
        one = Decimal(1).scaleb(-reading.places)
        found[pk, who] = Sum(
            complete=complete,
            total=None if total is None else total.quantize(one),
            to_date=to_date.quantize(one),
            open=still.quantize(one),
            passed=passed,
            grade=(reading.levels.get(grade) or Text.of(grade)) if grade else None,
            left=len(missing),
            decided=decided is not None,
            has_levels=bool(reading.levels),
        )
    return found


def decimals_of(evaluation: Evaluation) -> int:
    """To how many places the scheme in force rounds."""
    return int(evaluation.scheme.definition.get("decimals", 1))


@dataclass(frozen=True, slots=True)
class Reading:
    """How stored results of an evaluation are read: by the scheme in force, worked out once for all of them."""

    places: int
    levels: Mapping[str, Text]
    parts: int
    fingerprint: str

    @classmethod
    def of(cls, evaluation: Evaluation) -> Reading:
        """That of the evaluation's scheme."""
        scheme = evaluation.scheme
        return cls(
            decimals_of(evaluation),
            level_names(scheme.definition),
            len(scheme.definition["component"]),
            scheme.fingerprint,
        )


def row_of(result: Result, reading: Reading, zeroed: Zeroed | None = None) -> Row:
    """A stored result as figures with the scheme's places: the column keeps more, the scheme decides.

    One decided by another version has no figures for the components of this one, which may be others.
    """
    one = Decimal(1).scaleb(-reading.places)
    own = result.fingerprint == reading.fingerprint
    return Row(
        enrolment=result.enrolment,
        complete=result.complete,
        total=None if result.total is None else result.total.quantize(one),
        to_date=result.to_date.quantize(one),
        open=result.open.quantize(one),
        passed=result.passed,
        grade=result.grade,
        components=tuple(figures_of(part) for part in result.figures)
        if own
        else (Figures(None, None, None),) * reading.parts,
        missing=tuple(result.missing),
        level=reading.levels.get(result.grade) or Text.of(result.grade),
        has_levels=bool(reading.levels),
        decided=result.decided_id is not None,
        zeroed=zeroed.of(result.enrolment_id) if zeroed else (),
    )


def figures_of(kept: Sequence[str | None]) -> Figures:
    """One component as a result keeps it."""
    value, to_date, still = (None if figure is None else Decimal(figure) for figure in kept[:3])
    return Figures(value, to_date, still, next((grade for grade in kept[3:] if grade), ""))


@dataclass(frozen=True, slots=True)
class Derivation:
    """One result down to its evidence: the engine's explanation, beside names and the marks themselves."""

    evaluation: Evaluation
    enrolment: Enrolment
    parts: tuple[ComponentInfo, ...]
    explanation: Explanation
    marks: dict[str, Mark]


def judged_enrolment(evaluation: Evaluation, public_id: str) -> Enrolment | None:
    """The apprentice of this id, with name and number, if there is a result here: in the stage, or with marks."""
    rows = Result.objects.filter(evaluation=evaluation, enrolment__public_id=public_id).order_by()
    found = rows.select_related("enrolment__person").only(*_LEARNER).first()
    return found.enrolment if found else None


_LEARNER = (
    *("enrolment__public_id", "enrolment__number", "enrolment__cohort"),
    "enrolment__person__name",
)


def evidence_of(marks: models.QuerySet[Mark]) -> models.QuerySet[Mark]:
    """Marks with all that a derivation says of them: what was given, and in which file or by whom."""
    return marks.select_related("source__file", "recorded_by").only(*_EVIDENCE)


_EVIDENCE = (
    *("public_id", "item", "status", "score", "grade", "recorded_at", "origin", "cell", "reason", "evidence"),
    *("source__file__name", "recorded_by__name"),
)


def sourced(evaluation: Evaluation) -> tuple[ItemInfo, ...]:
    """The items that the scheme in force works out."""
    return sourced_items(evaluation.scheme.definition)


def current_mark(evaluation: Evaluation, enrolment: Enrolment, item: str) -> Mark | None:
    """The mark in force of one apprentice for one item; one query."""
    rows = Mark.objects.filter(evaluation=evaluation, enrolment=enrolment, item=item, is_current=True)
    return rows.select_related("recorded_by").first()


def derivation(evaluation: Evaluation, enrolment: Enrolment) -> Derivation:
    """Explain one apprentice's result by the same arithmetic that computed it; one query."""
    current = Mark.objects.filter(evaluation=evaluation, enrolment=enrolment, is_current=True)
    marks = {mark.item: mark for mark in evidence_of(current)}
    return Derivation(
        evaluation=evaluation,
        enrolment=enrolment,
        parts=components(evaluation.scheme.definition),
        explanation=explain(*columns.marks_from(evaluation, enrolment.pk, marks.values()), 0),
        marks=marks,
    )


def marks() -> models.QuerySet[Mark]:
    """The marks of the open scope, with their origin."""
    return Mark.objects.select_related(
        "evaluation__cohort__organisation",
        "evaluation__stage",
        "evaluation__scheme",
        "enrolment__person",
        "recorded_by",
        "source__file",
        "undoes__file",
    )


def history_of(mark: Mark) -> list[Mark]:
    """All marks for the same person and item, the newest first."""
    return list(
        marks()
        .filter(evaluation=mark.evaluation_id, enrolment=mark.enrolment_id, item=mark.item)
        .order_by("-recorded_at", "-pk")
    )


def current_marks(evaluation: Evaluation) -> list[tuple[str, str, str, Decimal | None, str]]:
    """(student number, item, status, score, grade) of every current mark: what an import compares with."""
    return list(
        Mark.objects.filter(evaluation=evaluation, is_current=True)
        .order_by("enrolment__number", "item")
        .values_list("enrolment__number", "item", "status", "score", "grade")
    )


def decided_numbers(evaluation: Evaluation) -> frozenset[str]:
    """Student numbers of those whose result is decided, so that no sheet can move it."""
    rows = Result.objects.filter(evaluation=evaluation, decided__isnull=False).order_by()
    return frozenset(rows.values_list("enrolment__number", flat=True))


class Waiting(Protocol):
    """Whatever knows which items its result waits for, and which of those without a mark count zero."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Keys of the items that it waits for."""
        ...

    @property
    def zeroed(self) -> tuple[str, ...]:
        """Keys of the items that have no mark and count zero."""
        ...


@dataclass(frozen=True, slots=True)
class MissingItem:
    """An item, and how many apprentices have no mark for it; `zero` if that counts zero instead of staying open."""

    item: ItemInfo
    count: int
    zero: bool = False


def missing_by_item(evaluation: Evaluation, rows: Sequence[Waiting]) -> list[MissingItem]:
    """What is missing, most missed first; items that nobody misses are left out."""
    counts: dict[str, int] = {}
    zero: set[str] = set()
    for row in rows:
        zero.update(row.zeroed)
        for key in (*row.missing, *row.zeroed):
            counts[key] = counts.get(key, 0) + 1
    known = [item for part in components(evaluation.scheme.definition) for item in part.items]
    found = [MissingItem(item, counts[item.key], item.key in zero) for item in known if item.key in counts]
    return sorted(found, key=lambda missing: -missing.count)


@dataclass(frozen=True, slots=True)
class Zeroed:
    """Which items count zero without a mark, and who has a mark for them."""

    items: tuple[str, ...] = ()
    marked: frozenset[tuple[int, str]] = frozenset()

    def of(self, enrolment_id: int) -> tuple[str, ...]:
        """Those for which this apprentice has none."""
        return tuple(key for key in self.items if (enrolment_id, key) not in self.marked)


def zeroed_in(evaluation: Evaluation, enrolments: Sequence[int] | None = None) -> Zeroed:
    """Read who has a mark for what counts zero without one: of everybody, or of these; one query or none."""
    scheme = columns.scheme_of(evaluation)
    keys = tuple(
        item.key
        for component, item in scheme.items
        if component.missing is Missing.ZERO and item.weight and columns.waited_for(scheme, component)
    )
    if not keys:
        return Zeroed()
    rows = Mark.objects.filter(evaluation=evaluation, is_current=True, item__in=keys).exclude(
        status="missing"
    )
    if enrolments is not None and len(enrolments) <= columns.LISTED:
        rows = rows.filter(enrolment__in=enrolments)
    return Zeroed(keys, frozenset(rows.order_by().values_list("enrolment_id", "item")))


@dataclass(frozen=True, slots=True)
class OralChance:
    """A component that the scheme lets be supplemented: whether an oral mark may be added now, and the one there is."""

    part: ComponentInfo
    chance: Chance
    written: Mark | None
    oral: Mark | None


def oral_chances(evaluation: Evaluation, enrolment: Enrolment) -> list[OralChance]:
    """Every component of the scheme's oral supplement, in scheme order; empty where it has none.

    Once the result is decided there is no chance left: from then on a mark moves only by a correction.
    """
    definition = evaluation.scheme.definition
    scheme = engine_scheme(definition, evaluation.scheme.key)
    if scheme.supplement is None:
        return []
    current = {
        mark.item: mark
        for mark in Mark.objects.filter(evaluation=evaluation, enrolment=enrolment, is_current=True)
    }
    row = {key: (mark.score, columns.STATUS[mark.status]) for key, mark in current.items()}
    known = {item.key for _, item in with_orals(scheme).items}
    row = {key: cell for key, cell in row.items() if key in known}
    decided = Result.objects.filter(
        evaluation=evaluation, enrolment=enrolment, decided__isnull=False
    ).exists()
    found = []
    for part in components(definition):
        if part.key in scheme.supplement.components:
            item = part.items[0].key
            chance_here = Chance("decided") if decided else chance(scheme, row, part.key)
            found.append(OralChance(part, chance_here, current.get(item), current.get(oral_key(item))))
    return found
