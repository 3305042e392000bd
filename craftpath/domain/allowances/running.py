"""Computing a month: asked by somebody, done by a worker, kept whole or not at all, and lines anew while it is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Sum
from django.utils.timezone import localdate

from craftpath.domain.allowances import rules
from craftpath.domain.allowances.booking import Ids, NewLine, counter_lines, originals, total
from craftpath.domain.allowances.comparing import difference, warnings_of
from craftpath.domain.allowances.facts import RunComputed
from craftpath.domain.allowances.gathering import gathered
from craftpath.domain.allowances.inputs import Inputs, canonical, deflated, digest, worked_out
from craftpath.domain.allowances.models import Calculation, Correction, Line, Run
from craftpath.domain.allowances.states import CALCULATION, RUN
from craftpath.kernel import progress
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.jobs import enqueue
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.rows import insert_rows
from craftpath.values.verdict import Refused, Verdict, not_now, require

if TYPE_CHECKING:
    from craftpath.engines.allowances import monthly

JOB = "allowances"
_LINE = (
    "public_id", "about", "kind", "bond", "rule", "payee", "learner", "payer", "rounded", "amount", "detail",
    "correction",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Computed:
    """A month as it comes out: the bytes of its inputs, the digest of the answer, lines, who has none and why."""

    content: bytes
    outcome: str
    currency: str
    lines: Sequence[NewLine]
    run: monthly.Run
    kinds: Mapping[str, str]
    """the kind of each pair of the month"""


@action
def ask_run(organisation: Organisation, *, month: date, made_id: str, by: Actor, at: datetime) -> Calculation:
    """Ask a worker to compute a month, or to compute it anew; the same press, or one while it is asked, is the same."""
    require(rules.may_run(by, organisation))
    require(rules.can_ask_run(month, localdate(at)))
    if by.person is None or by.organisation is None:
        raise TypeError("a month is computed for a person of an organisation")
    hold_organisation(organisation)
    known = Calculation._base_manager.filter(made_id=made_id).first()
    if known is not None:
        return known
    run, _new = Run._base_manager.get_or_create(organisation=organisation, month=month)
    RUN.after(run.state, "compute")
    asked = Calculation._base_manager.filter(run=run, state="asked").first()
    if asked is not None:
        return asked
    row = Calculation.objects.create(
        made_id=made_id, run=run, asked_in=by.organisation, asked_by=by.person, asked_at=at
    )
    enqueue(JOB, row.pk)
    return row


def carry_out(row: Calculation, *, by: Actor, at: datetime) -> None:
    """The worker's part: nothing is written before the lines are there, so a killed worker leaves nothing behind."""
    if row.state != "asked":
        return
    try:
        require(rules.may_run(by, row.run.organisation))
        with progress.counting(row.public_id, JOB):
            found = compute(row.run, watched=row)
            if found is not None:
                progress.step("writing", 0, 1)
                finish_run(row, found, by=by, at=at)
    except Refused as refused:
        refuse_run(row, refused.verdict, by=by, at=at)
    except Exception:  # the page must not wait for ever; the job fails as well, where it is looked after
        refuse_run(row, not_now("allowances.run_failed"), by=by, at=at)
        raise


def compute(run: Run, *, watched: Calculation | None = None) -> Computed | None:
    """The run as its inputs are now; None if nobody wants it any more. Writes nothing."""
    organisation = run.organisation
    waiting = _corrections(run)
    months = [run.month, *(sorted({one.month for one in waiting}))]
    inputs: list[Inputs] = []
    for n, month in enumerate(months):
        progress.step("gathering", n, len(months))
        if watched is not None and not _wanted(watched):
            return None
        inputs.append(gathered(organisation, month))
    currencies = sorted({rule["currency"] for one in inputs for rule in one.rules})
    if not inputs[0].rules:
        raise Refused(not_now("allowances.no_rules", month=f"{run.month:%Y-%m}"))
    if len(currencies) > 1:
        raise Refused(not_now("allowances.two_currencies", currencies=", ".join(currencies)))
    ids, lines, worked = Ids.of(organisation), list[NewLine](), list[Any]()
    for n, one in enumerate(inputs):
        progress.step("working", n, len(inputs))
        if watched is not None and not _wanted(watched):
            return None
        worked.append(worked_or_refused(one))
    lines += originals(worked[0], ids)
    for correction in waiting:
        again = worked[months.index(correction.month)]
        lines += counter_lines(organisation, correction.pk, again, ids, correction.bond_id)
    from craftpath.engines.allowances import monthly  # noqa: PLC0415 - NumPy, which no start needs

    outcome = digest(b"".join(monthly.canonical(one) for one in worked))
    kinds = dict(zip(inputs[0].pairs["pair"], inputs[0].pairs["kind"], strict=True))
    return Computed(canonical(inputs), outcome, currencies[0], lines, worked[0], kinds)


def worked_or_refused(inputs: Inputs) -> monthly.Run:
    """The engine's answer; its first fault as a refusal, with whatever its sentence names."""
    from craftpath.engines.allowances import monthly  # noqa: PLC0415 - as above

    try:
        return worked_out(inputs)
    except monthly.RunFaulty as faulty:
        raise Refused(of_fault(faulty.faults[0])) from faulty


def of_fault(fault: monthly.Fault) -> Verdict:
    """An engine's fault as a refusal of ours; its code has its sentence in `texts`."""
    facts = {
        name: value if isinstance(value, int | str) else str(value) for name, value in fault.facts.items()
    }
    return not_now(fault.code, **facts)


def _wanted(row: Calculation) -> bool:
    return Calculation._base_manager.filter(pk=row.pk, state="asked").exists()


def _corrections(run: Run) -> list[Correction]:
    """What waits for the next run of the organisation, and what this one has taken in; of a month and pair once."""
    rows = Correction._base_manager.filter(organisation=run.organisation, month__lt=run.month)
    mine = list(rows.filter(run__isnull=True).order_by("month", "pk"))
    mine += list(rows.filter(run=run).order_by("month", "pk"))
    whole = {row.month for row in mine if row.bond_id is None}
    found: dict[tuple[date, int | None], Correction] = {}
    for row in mine:
        if row.bond_id is None or row.month not in whole:
            found.setdefault((row.month, row.bond_id), row)
    return list(found.values())


@action
def finish_run(row: Calculation, found: Computed, *, by: Actor, at: datetime) -> Calculation:
    """Keep what came out, in place of what was there; nothing of what was taken back or finished by another worker."""
    row = held_calculation(row)
    if row.state != "asked":
        return row
    run = held_run(row.run)
    row.state, row.ended_at = CALCULATION.after(row.state, "finish"), at
    row.inputs, row.digest, row.outcome = deflated(found.content), digest(found.content), found.outcome
    same = run.calculation is not None and run.calculation.outcome == found.outcome and _same_corrections(run)
    row.difference = difference(run, found.lines)
    row.warnings = warnings_of(run, found)
    row.save()
    run = compute_lines(run, row, [] if same else found.lines, found.currency, keep=same, by=by, at=at)
    tell(
        RunComputed(
            month=f"{run.month:%Y-%m}", lines=len(found.lines), total=run.total, currency=run.currency,
            digest=row.digest[:12],
        ),
        by=by, at=at, organisation=run.organisation, subject=run.ref,
    )  # fmt: skip
    return row


def _same_corrections(run: Run) -> bool:
    """Whether no correction waits that the lines do not hold yet."""
    rows = Correction._base_manager.filter(
        organisation=run.organisation, month__lt=run.month, run__isnull=True
    )
    return not rows.exists()


@action
def compute_lines(
    run: Run,
    row: Calculation,
    lines: Sequence[NewLine],
    currency: str,
    *,
    keep: bool = False,
    by: Actor,
    at: datetime,
) -> Run:
    """Put new lines in the place of those of an open run; with `keep` they are the same and stay."""
    run.state = RUN.after(run.state, "compute")
    if not keep:
        Line._base_manager.filter(run=run).delete()
        same = {"run": run.pk, "month": run.month}
        insert_rows(Line, _LINE, ((new_public_id(), *line) for line in lines), same)
        run.total = total(lines)
        waiting = [one.pk for one in _corrections(run)]
        Correction._base_manager.filter(pk__in=waiting).update(run=run)
        taken = Correction._base_manager.filter(
            organisation=run.organisation, month__lt=run.month, run__isnull=True
        )
        taken.update(run=run)  # of one pair, within a month that is looked at whole
    run.currency, run.calculation = currency, row
    run.computed_by, run.computed_at = row.asked_by, at
    run.checked_by = run.checked_at = None
    run.save()
    return run


@action
def refuse_run(row: Calculation, verdict: Verdict, *, by: Actor, at: datetime) -> Calculation:
    """It could not be done, and why; the run stays as it was."""
    row = held_calculation(row)
    if row.state != "asked":
        return row
    row.state, row.ended_at, row.reason = CALCULATION.after(row.state, "refuse"), at, verdict.reason
    row.facts = {
        name: value if isinstance(value, int | str) else str(value) for name, value in verdict.facts.items()
    }
    row.save(update_fields=["state", "ended_at", "reason", "facts"])
    return row


@action
def cancel_run(row: Calculation, *, by: Actor, at: datetime) -> Calculation:
    """Take the wish back while it is worked on; once more changes nothing."""
    row = held_calculation(row)
    require(rules.may_run(by, row.run.organisation))
    if row.state == "cancelled":
        return row
    row.state, row.ended_at = CALCULATION.after(row.state, "cancel"), at
    row.save(update_fields=["state", "ended_at"])
    return row


def hold_organisation(organisation: Organisation) -> None:
    """Runs and rules of one organisation are written one after another."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)


def held_calculation(row: Calculation) -> Calculation:
    """The calculation as it is now, kept from others until the open transaction ends."""
    hold_organisation(row.run.organisation)
    rows = Calculation._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("run__organisation", "asked_by").get(pk=row.pk)


def held_run(run: Run) -> Run:
    """The run as it is now, kept from others likewise."""
    hold_organisation(run.organisation)
    rows = Run._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation", "calculation").get(pk=run.pk)


def line_sum(run: Run) -> int:
    """The sum of a run's lines, by the database."""
    return int(Line._base_manager.filter(run=run).aggregate(whole=Sum("amount"))["whole"] or 0)


def changed_since(run: Run) -> bool:
    """Whether the inputs are others than those that the lines were made of."""
    months = [run.month, *sorted({one.month for one in _corrections(run)})]
    now = canonical([gathered(run.organisation, month) for month in months])
    return run.calculation is None or digest(now) != run.calculation.digest


def counted_otherwise(run: Run) -> bool:
    """Whether the books say another thing of the months that this run corrects than when its lines were made."""
    rows = _corrections(run)
    if not rows:
        return False
    ids, wanted = Ids.of(run.organisation), list[tuple[Any, ...]]()
    for correction in rows:
        again = worked_or_refused(gathered(run.organisation, correction.month))
        lines = counter_lines(run.organisation, correction.pk, again, ids, correction.bond_id)
        wanted += [(line.about, line.kind, line.bond, line.rule, line.amount) for line in lines]
    kept = Line._base_manager.filter(run=run).exclude(kind="original")
    return sorted(wanted) != sorted(kept.values_list("about", "kind", "bond_id", "rule_id", "amount"))
