"""The model: fitted on the past or honestly not, off until somebody approves, explained, gone when switched off."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from craftpath.domain.apprenticeships.models import Cohort, Enrolment
from craftpath.domain.support import actions
from craftpath.domain.support.modelling import cases_until
from craftpath.domain.support.models import Fitted, Look, Use
from craftpath.domain.support.using import model_of
from craftpath.engines.forewarning import from_table
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from tests.cast import AT, TODAY, Cast
from tests.domain.support.world import look, look_of, office, past, refused, wrote

pytestmark = pytest.mark.usefixtures("all_rows")


def test_with_too_few_cases_there_is_no_model_and_it_says_so(cast: Cast) -> None:
    row = actions.fit_model(by=office(cast), at=AT)
    assert (row.version, row.fit, row.why, row.definition) == (1, False, "too_few", {})
    assert row.report["least_people"] == 100
    with refused("support.model_not_fit"):
        actions.switch_model(row, cast.college, on=True, by=office(cast), at=AT)


def test_a_case_knows_nothing_of_the_future(cast: Cast) -> None:
    past(cast, 1)
    row = Enrolment.objects.get(number="P0")
    Enrolment.objects.filter(pk=row.pk).update(
        state="ended", ended_on=row.starts_on + timedelta(days=100), ended_because="not_suited"
    )
    cases = cases_until(AT)
    assert (len(cases.rows), cases.left) == (1, [True])  # of the day 90; on day 270 it was over
    before = cases.rows
    Enrolment.objects.filter(pk=row.pk).update(state="active", ended_on=None, ended_because="")
    assert np.array_equal(
        cases_until(AT).rows[0], before[0], equal_nan=True
    )  # the figures of that day are the same, whatever came later
    assert cases_until(AT).left == [False] * len(cases_until(AT).rows)
    early = Enrolment.objects.get(pk=row.pk).starts_on
    from datetime import datetime, time

    from django.utils import timezone

    soon = timezone.make_aware(datetime.combine(early + timedelta(days=269), time(9)))
    assert cases_until(soon).rows == []  # half a year after the first day has not passed


def test_moving_on_and_finishing_is_not_leaving(cast: Cast) -> None:
    past(cast, 1)
    row = Enrolment.objects.get(number="P0")
    for because in ("completed", "transfer", "expired"):
        Enrolment.objects.filter(pk=row.pk).update(
            state="ended", ended_on=row.starts_on + timedelta(days=100), ended_because=because
        )
        assert cases_until(AT).left == [False]


def test_a_model_that_says_something_is_fitted_judged_and_off(cast: Cast) -> None:
    past(cast, 300)
    row = actions.fit_model(by=office(cast), at=AT)
    assert row.fit, row.report
    assert row.report["model"]["log_loss"] < row.report["base"]["log_loss"]
    assert row.report["model"]["auc"] > 0.6
    assert {"age", "trade", "size", "place"} == set(row.report["fairness"])
    assert sum(one["came"]["n"] for one in row.report["bins"]) == row.cases
    look()
    assert not Look.objects.filter(share__isnull=False).exists()  # nobody has approved it
    assert AuditEntry.objects.filter(fact="support.model_fitted").count() == 1


def test_one_of_pure_chance_does_not_beat_the_base_rate_and_stays_off(cast: Cast) -> None:
    past(cast, 300, telling=False)
    row = actions.fit_model(by=office(cast), at=AT)
    assert not row.fit
    assert row.why == ""
    with refused("support.model_not_fit"):
        actions.switch_model(row, cast.college, on=True, by=office(cast), at=AT)


def test_switched_on_it_explains_itself_exactly_and_switched_off_it_is_gone(cast: Cast) -> None:
    past(cast, 300)
    wrote(cast.enrolments["26001"], TODAY - timedelta(days=1))
    row = actions.fit_model(by=office(cast), at=AT)
    use = actions.switch_model(row, cast.college, on=True, words="试用一学期", by=office(cast), at=AT)
    assert actions.switch_model(row, cast.college, on=True, by=office(cast), at=AT) == use  # once
    look()
    kept = look_of(cast, "26004")
    model = model_of(row)
    assert kept.model == row
    score = (kept.parts and sum(kept.parts) / 1000) + model.line.start
    said = float(model.calibration.share(np.array([score]))[0]) * 1000
    assert abs(said - kept.share) <= 2  # parts are kept in thousandths
    assert kept.share > look_of(cast, "26001").share
    actions.switch_model(row, cast.college, on=False, by=office(cast), at=AT)
    look()
    assert look_of(cast, "26004").share is None
    assert Use.objects.count() == 2


def test_a_neighbour_decides_for_itself(cast: Cast) -> None:
    past(cast, 300)
    row = actions.fit_model(by=office(cast), at=AT)
    actions.switch_model(row, cast.college, on=True, by=office(cast), at=AT)
    with refused("kernel.belongs_to_another"):
        actions.switch_model(row, cast.neighbour, on=True, by=office(cast), at=AT)
    Cohort.objects.filter(pk=cast.cohort.pk).update(organisation=cast.neighbour)
    look()
    assert look_of(cast, "26004").share is None


@pytest.mark.parametrize("who", ["trainer", "administrator", "apprentice"])
def test_only_whoever_runs_support_fits_and_switches(cast: Cast, who: str) -> None:
    with refused("kernel.role_lacks"):
        actions.fit_model(by=cast.actor(who), at=AT)
    row = Fitted.objects.create(version=1, cases=9, left=1, fit=True, made_at=AT)
    with refused("kernel.role_lacks"):
        actions.switch_model(row, cast.college, on=True, by=cast.actor(who), at=AT)


def test_what_is_kept_is_the_model_itself(cast: Cast) -> None:
    past(cast, 300)
    row = Fitted.objects.get(pk=actions.fit_model(by=system(), at=AT).pk)
    assert from_table(row.definition).share(np.array([[8.0, 50, 0, 0, 0]])) > from_table(
        row.definition
    ).share(np.array([[0.0, 0, 0, 0, 0]]))
