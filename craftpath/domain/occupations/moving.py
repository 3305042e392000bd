"""The life of a chart: put before more workers, taken back, adopted, retired."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from craftpath.domain.occupations import rules
from craftpath.domain.occupations.facts import AnswersEnded, ChartMoved
from craftpath.domain.occupations.models import Answer, Asked, Chart, Task, Verification
from craftpath.domain.occupations.states import CHART
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Role
from craftpath.kernel.tokens import new_token, sealed
from craftpath.values.verdict import Refused, not_now, require

SALT = "craftpath.chart"
USUAL_ROLES = (Role.MENTOR.value, Role.TRAINER.value)
USUAL_TIME = timedelta(days=21)


def _locked(chart: Chart, by: Actor) -> Chart:
    row = (
        Chart.objects.select_for_update(of=("self",))
        .select_related("organisation", "occupation")
        .get(pk=chart.pk)
    )
    require(rules.may_run(by, row))
    return row


def _below(places: Sequence[Organisation]) -> list[int]:
    """The ids of places and of everything below them."""
    found: set[int] = set()
    for place in places:
        found |= set(place.below().values_list("pk", flat=True))
    return sorted(found)


def _moved(row: Chart, move: str, by: Actor, at: datetime) -> Chart:
    row.state = CHART.after(row.state, move)
    row.revision += 1
    row.save(update_fields=["state", "revision", "adopted_at", "adopted_by"])
    told = ChartMoved(row.state, row.version)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def verify_chart(
    chart: Chart,
    *,
    closes_on: date,
    today: date,
    named: bool = False,
    places: Sequence[Organisation] = (),
    roles: Sequence[str] = USUAL_ROLES,
    by: Actor,
    at: datetime,
) -> Chart:
    """Ask more workers and supervisors: those with a role at a place or below it, and whoever gets the link."""
    row = _locked(chart, by)
    CHART.after(row.state, "verify")
    tasks = Task.objects.filter(chart=row).count()
    require(rules.can_verify(row, tasks, closes_on, today, places))
    token = new_token(SALT)
    asked = Verification.objects.create(
        chart=row, named=named, closes_on=closes_on, secret_hash=token.secret_hash, sealed=sealed(token.text),
        opened_by=by.person, opened_at=at,
    )  # fmt: skip
    Asked.objects.bulk_create(
        Asked(verification=asked, place_id=place, role=Role(role).value)
        for place in _below(places)
        for role in roles
    )
    return _moved(row, "verify", by, at)


@action
def return_chart(chart: Chart, *, by: Actor, at: datetime) -> Chart:
    """Back to the board, as long as nobody has answered."""
    row = _locked(chart, by)
    CHART.after(row.state, "return")
    require(rules.can_return(Answer._base_manager.filter(chart=row).count()))
    Verification.objects.filter(chart=row).delete()
    return _moved(row, "return", by, at)


@action
def end_answers(chart: Chart, *, by: Actor, at: datetime) -> Chart:
    """Take no more answers from now on; once more changes nothing. There is no way back, so figures are read once."""
    row = _locked(chart, by)
    asked = Verification.objects.filter(chart=row).first()
    if row.state != "verifying" or asked is None:
        raise Refused(not_now("occupations.verification_over"))
    if asked.ended_at is None:
        asked.ended_at = at
        asked.save(update_fields=["ended_at"])
        told = AnswersEnded(row.version)
        tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def adopt_chart(chart: Chart, *, leave_out: Sequence[str] = (), by: Actor, at: datetime) -> Chart:
    """The version from now on; the one before it retires. Tasks that are not kept are marked, never thrown away."""
    row = _locked(chart, by)
    CHART.after(row.state, "adopt")
    Task.objects.filter(chart=row, public_id__in=list(leave_out)).update(left_out=True)
    before = Chart._base_manager.filter(
        occupation=row.occupation, organisation=row.organisation, state="adopted"
    )
    for one in before.select_for_update(of=("self",)).select_related("organisation"):
        _moved(one, "retire", by, at)
    _forget_marks(row)
    row.adopted_at, row.adopted_by = at, by.person
    return _moved(row, "adopt", by, at)


@action
def retire_chart(chart: Chart, *, by: Actor, at: datetime) -> Chart:
    """It is used no more; whatever refers to its tasks still finds them."""
    row = _locked(chart, by)
    CHART.after(row.state, "retire")
    _forget_marks(row)
    return _moved(row, "retire", by, at)


def _forget_marks(chart: Chart) -> None:
    """Where names are not kept, nothing leads from an answer to a person once no more answers are taken."""
    if Verification.objects.filter(chart=chart, named=False).exists():
        rows = list(Answer._base_manager.filter(chart=chart))
        for row in rows:
            row.mark = row.public_id
        Answer._base_manager.bulk_update(rows, ["mark"])
