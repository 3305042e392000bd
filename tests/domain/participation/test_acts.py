"""Confirmed acts: kept once, for apprenticeships under way, and the only thing of learning activity that counts."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from craftpath.domain.evaluation.actions import refresh_evidence
from craftpath.domain.evaluation.models import Evaluation, Mark
from craftpath.domain.participation.actions import Act
from craftpath.domain.participation.models import ConfirmedAct
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.facts import react
from craftpath.values.ref import Ref
from tests.cast import Cast
from tests.domain.evaluation.sourced import FIRST, LATER, moment
from tests.domain.participation.acts import FORUM, confirm, judged, take_back

pytestmark = pytest.mark.usefixtures("all_rows")


def score(evaluation: Evaluation, cast: Cast) -> Decimal | None:
    item = evaluation.scheme.definition["component"][0]["item"][0]["key"]
    mark = Mark.objects.get(
        evaluation=evaluation, enrolment=cast.enrolments["26001"], item=item, is_current=True
    )
    return mark.score


def test_only_apprenticeships_under_way_that_day_have_it_and_once(cast: Cast) -> None:
    assert len(confirm(cast)) == 1  # the trainer learns nowhere here
    assert confirm(cast) == []
    [row] = ConfirmedAct.objects.all()
    assert (row.enrolment, row.on, row.confirmed_by) == (
        cast.enrolments["26001"],
        FORUM.on,
        cast.people["trainer"],
    )
    before = Act(
        "forum", Ref("forums", "meeting", "other"), "x", cast.enrolments["26001"].starts_on - timedelta(1)
    )
    assert confirm(cast, before) == []


def test_what_is_taken_back_stays_with_its_reason_and_may_be_confirmed_again(cast: Cast) -> None:
    [first] = confirm(cast)
    assert take_back(cast) == [first]
    assert take_back(cast) == []
    row = ConfirmedAct.objects.get()
    assert (row.because, row.withdrawn_at) == ("Somebody else.", LATER)
    assert confirm(cast) == [first]
    assert ConfirmedAct.objects.get().withdrawn_at is None


def test_evaluation_counts_them_at_once_against_what_was_expected(cast: Cast) -> None:
    evaluation = judged(cast)
    refresh_evidence(evaluation, by=system(), at=moment(FIRST))
    refresh_evidence(evaluation, by=system(), at=LATER)
    assert score(evaluation, cast) == Decimal(0)
    confirm(cast)
    [told] = AuditEntry.objects.filter(fact="participation.confirmed")
    react(told, "craftpath.domain.evaluation.reactions.on_acts_confirmed")
    days = (LATER.date() - cast.enrolments["26001"].starts_on).days + 1
    expected = days // 20
    assert score(evaluation, cast) == round(Decimal(100) / expected, 1)
    take_back(cast)
    [told] = AuditEntry.objects.filter(fact="participation.withdrawn")
    react(told, "craftpath.domain.evaluation.reactions.on_acts_withdrawn")
    assert score(evaluation, cast) == Decimal(0)
