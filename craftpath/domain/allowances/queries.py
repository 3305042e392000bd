"""Reading allowances: months of a board, a run by payer, rule and teacher, one's own lines, what waits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Q, Sum

from craftpath.domain.allowances.models import (
    SETTLED,
    Calculation,
    Cap,
    Correction,
    Line,
    PayReference,
    PayTemplate,
    Question,
    Rule,
    RuleBook,
    Run,
)
from craftpath.domain.pairing.queries import bonds as pairing_bonds
from craftpath.kernel.people import Person

if TYPE_CHECKING:
    from datetime import date

    from craftpath.kernel.organisations import Organisation


def books(organisation: Organisation) -> models.QuerySet[RuleBook]:
    """An organisation's versions with their rules and caps, the newest first; without those that were dropped."""
    rows = RuleBook.objects.filter(organisation=organisation).exclude(state="dropped")
    rows = rows.select_related("organisation", "made_by", "adopted_by")
    rules = models.Prefetch("rules", Rule.objects.order_by("component", "-priority", "pk"))
    return rows.prefetch_related(rules, models.Prefetch("caps", Cap.objects.order_by("pk"))).order_by(
        "-number"
    )


def all_books() -> models.QuerySet[RuleBook]:
    """The versions of the open scope."""
    return RuleBook.objects.select_related("organisation")


def runs() -> models.QuerySet[Run]:
    """The runs of the open scope with the people in them, the newest month first."""
    rows = Run.objects.select_related(
        "organisation", "calculation", "computed_by", "checked_by", "approved_by", "paid_by"
    )
    return rows.order_by("-month", "organisation__path")


def calculations() -> models.QuerySet[Calculation]:
    """The calculations of the open scope."""
    return Calculation.objects.select_related("run__organisation", "asked_by", "asked_in")


def newest_calculation(run: Run) -> Calculation | None:
    """What was last asked of a run, whatever came of it."""
    return Calculation.objects.filter(run=run).order_by("-pk").first()


def asked_of(runs: Iterable[int]) -> set[int]:
    """Ids of the runs that a worker computes now."""
    return set(Calculation.objects.filter(run__in=list(runs), state="asked").values_list("run_id", flat=True))


def lines_of(run: Run) -> models.QuerySet[Line]:
    """The lines of a run with all that a page says of them, by trainer and apprentice."""
    rows = Line.objects.filter(run=run).select_related(
        "payee", "learner", "payer", "rule__book", "bond", "correction"
    )
    return rows.order_by("payee__name", "payee_id", "about", "learner__name", "pk")


def lines_named(run: Run, words: str) -> models.QuerySet[Line]:
    """Those in which a trainer's or an apprentice's name holds these words."""
    rows = lines_of(run)
    if words:
        rows = rows.filter(Q(payee__name__icontains=words) | Q(learner__name__icontains=words))
    return rows


def by_payer(run: Run) -> list[tuple[str, Any, int, int]]:
    """(payer's code, name of the organisation or None, lines, sum) of a run, the largest first."""
    rows = Line.objects.filter(run=run).order_by().values("rule__payer", "payer__name")
    summed = rows.annotate(count=Count("pk"), sum_=Sum("amount")).order_by("-sum_", "rule__payer")
    return list(summed.values_list("rule__payer", "payer__name", "count", "sum_"))


def by_rule(run: Run) -> list[tuple[str, int, int, int]]:
    """(name of the rule, version, lines, sum) of a run, the largest first."""
    rows = Line.objects.filter(run=run).order_by().values("rule__name", "rule__book__number", "rule_id")
    summed = rows.annotate(count=Count("pk"), sum_=Sum("amount")).order_by("-sum_", "rule_id")
    return list(summed.values_list("rule__name", "rule__book__number", "count", "sum_"))


def by_teacher(run: Run) -> models.QuerySet[Any, Any]:
    """(name, person id, apprentices, sum) of a run, the largest first."""
    rows = Line.objects.filter(run=run).order_by().values("payee_id", "payee__name")
    summed = rows.annotate(people=Count("learner", distinct=True), sum_=Sum("amount"))
    ordered = summed.order_by("-sum_", "payee__name", "payee_id")
    return ordered.values_list("payee__name", "payee_id", "people", "sum_")


def sums_by_payer(runs: Iterable[Run]) -> dict[tuple[int, str], int]:
    """(run id, payer's code) → sum; one query."""
    rows = Line.objects.filter(run__in=[run.pk for run in runs]).order_by().values("run_id", "rule__payer")
    return {
        (run, payer): sum_
        for run, payer, sum_ in rows.annotate(sum_=Sum("amount")).values_list("run_id", "rule__payer", "sum_")
    }


def own_lines(person: Person) -> models.QuerySet[Line]:
    """The settled lines of one's own, wherever they were paid, the newest month first."""
    rows = Line.objects.filter(payee=person, run__state__in=SETTLED)
    rows = rows.select_related("run__organisation", "learner", "payer", "rule__book", "bond", "correction")
    questions = models.Prefetch("questions", Question.objects.order_by("-asked_at"))
    return rows.prefetch_related(questions).order_by("-month", "about", "learner__name", "pk")


def own_references(person: Person) -> models.QuerySet[PayReference]:
    """Where one is paid to, by organisation."""
    return PayReference.objects.filter(person=person).select_related("organisation").order_by("pk")


def questions(organisation: Organisation) -> models.QuerySet[Question]:
    """What was asked about lines that an organisation pays, what waits first."""
    rows = Question.objects.filter(line__run__organisation__path__startswith=organisation.path)
    rows = rows.exclude(state="withdrawn").select_related(
        "person", "answered_by", "line__run__organisation", "line__learner", "line__rule__book", "line__payer"
    )
    return rows.order_by(models.Case(models.When(state="asked", then=0), default=1), "-asked_at", "-pk")


def all_questions() -> models.QuerySet[Question]:
    """The questions of the open scope."""
    return Question.objects.select_related("line__run__organisation", "person")


def corrections_waiting(organisation: Organisation) -> models.QuerySet[Correction]:
    """Months that the next run looks at again."""
    rows = Correction.objects.filter(organisation=organisation, run__isnull=True)
    return rows.select_related("bond__learner", "made_by").order_by("month", "pk")


def templates(organisation: Organisation, *, removed: bool = False) -> models.QuerySet[PayTemplate]:
    """How an organisation's payment files look; with `removed` also those that are offered no more."""
    rows = PayTemplate.objects.filter(organisation=organisation).select_related("organisation")
    if not removed:
        rows = rows.filter(removed_at=None)
    return rows.prefetch_related("columns").order_by("name", "pk")


def payees(organisation: Organisation) -> list[tuple[str, str, str]]:
    """(public id, name, end of the reference or "") of everybody who has a line here, by name; two queries."""
    rows = Line.objects.filter(run__organisation=organisation).order_by()
    people = rows.values("payee__public_id", "payee__name", "payee_id").distinct()
    kept = dict(
        PayReference.objects.filter(organisation=organisation).values_list("person__public_id", "tail")
    )
    told = people.order_by("payee__name", "payee_id").values_list("payee__public_id", "payee__name")
    return [(public_id, name, kept.get(public_id, "")) for public_id, name in told]


def rules_in(book: RuleBook) -> models.QuerySet[Rule]:
    """The rules of a version."""
    return Rule.objects.filter(book=book).select_related("book__organisation")


def months_before(run: Run, most: int) -> list[Run]:
    """Computed months of the same organisation up to this one, the oldest first."""
    rows = Run.objects.filter(organisation=run.organisation, month__lte=run.month).exclude(state="open")
    return list(reversed(rows.order_by("-month")[:most]))


def pair_names(bonds: Iterable[int]) -> dict[int, tuple[str, str]]:
    """bond id → (teacher's name, apprentice's name)."""
    rows = pairing_bonds().filter(pk__in=list(bonds))
    return {pk: (a, b) for pk, a, b in rows.values_list("pk", "teacher__name", "learner__name")}


def names_of(people: Iterable[int]) -> dict[int, str]:
    """person id → name."""
    return dict(Person.objects.filter(pk__in=set(people)).values_list("pk", "name"))


def paid_by(payer: Organisation, first: date, last: date, currency: str) -> int:
    """What an organisation and those below it bore of months paid between two days, whichever office ran them."""
    rows = Line._base_manager.filter(
        payer__in=payer.below().order_by().values("pk"), run__state="paid", run__paid_on__range=(first, last),
        run__currency=currency,
    )  # fmt: skip
    return int(rows.aggregate(sum_=Sum("amount", default=0))["sum_"])


def payees_in(runs: Iterable[int]) -> dict[int, int]:
    """run id → how many people its lines are for; one query."""
    rows = Line.objects.filter(run__in=list(runs)).order_by().values_list("run_id")
    return dict(rows.annotate(people=Count("payee", distinct=True)))
