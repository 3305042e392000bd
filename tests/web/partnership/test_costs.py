"""What an enterprise reckons: figures that the record knows, versions saved before, and the bars of each year."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from craftpath.delivery.exchange.own_costs import in_record
from craftpath.delivery.web.partnership.costs import chart
from craftpath.domain.allowances import actions as allowances
from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.domain.partnership.costing import assumptions_of, defaults
from craftpath.domain.partnership.models import CostStatement
from craftpath.engines.enterprise_costs import reckon
from tests.cast import AT, TODAY, Cast
from tests.domain.allowances.world import approved, bond, book, hr
from tests.domain.partnership.world import binds
from tests.web.partnership.test_pages import HR, Browse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
TWENTY = {"apprentices": {"value": ["20"], "source": "own"}}


def test_allowances_that_the_enterprise_paid_are_in_the_record(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("craftpath.domain.allowances.running.enqueue", lambda _name, _pk: None)
    row = binds(cast.jinheng, cast.college)
    known = lambda place, on=TODAY: in_record(row, place, on).get("allowance_year")  # noqa: E731
    book(cast)
    bond(cast)
    run = approved(cast)
    assert known(cast.jinheng) is None  # nothing was paid yet
    heads = Enrolment.objects.filter(enterprise=cast.jinheng, state="active").count()
    assert heads > 1
    allowances.pay_run(run, paid_on=TODAY, reference="B-9", by=hr(cast), at=AT)
    assert run.total > 0
    assert known(cast.jinheng) == [str(round(run.total / heads))]
    assert known(cast.jinheng, TODAY + timedelta(days=400)) is None
    assert known(cast.qinghe) is None


def test_a_version_saved_before_allowances_were_asked_for_is_read_as_it_was(
    cast: Cast, browse: Browse
) -> None:
    row = binds(cast.jinheng, cast.college)
    older: dict[str, Any] = defaults() | TWENTY
    older.pop("allowance_year")
    CostStatement.objects.create(
        side=row.sides.get(role="enterprise"), version=1, assumptions=older, made_at=AT
    )
    page = browse("hr").get(f"{HR}{row.public_id}/costs/")
    assert page.status_code == 200
    assert page.context["form"]["allowance_year-0"].value() == 0
    assert page.context["result"] == reckon(assumptions_of(defaults() | TWENTY))
    dearer = older | {"allowance_year": {"value": ["100000"], "source": "own"}}
    result = reckon(assumptions_of(dearer))
    assert result is not None
    assert result.net == page.context["result"].net + 3 * 100000


def test_every_saved_version_is_found(cast: Cast, browse: Browse) -> None:
    row = binds(cast.jinheng, cast.college)
    side = row.sides.get(role="enterprise")
    for n in range(1, 23):
        saved = defaults() | {"apprentices": {"value": [str(n)], "source": "own"}}
        CostStatement.objects.create(side=side, version=n, assumptions=saved, made_at=AT)
    hr, here = browse("hr"), f"{HR}{row.public_id}/costs/"
    assert 'href="?version=1"' not in hr.get(here).content.decode()
    assert 'href="?version=1"' in hr.get(f"{here}?page=2").content.decode()
    assert hr.get(f"{here}?version=1").context["result"].apprentices == 1
    for wrong in ("99999999999999999999", "²", "x"):
        assert hr.get(f"{here}?version={wrong}").context["result"].apprentices == 22


def test_benefits_hang_from_the_costs_and_leave_the_net_cost_also_below_nothing() -> None:
    result = reckon(assumptions_of(defaults() | TWENTY | {"subsidy_year": {"value": ["5000000"]}}))
    assert result is not None
    nets = [year.net for year in result.years]
    assert min(nets) < 0 < max(nets)
    plot = chart(result)
    ground = plot.up(0)
    assert float(ground) < plot.height  # there is room below nothing
    for n, year in enumerate(result.years):
        ends = [
            sorted([one.y, f"{float(one.y) + float(one.height):.1f}"], key=float)
            for one in plot.rects[3 * n : 3 * n + 3]
        ]
        cost, net = plot.up(year.cost / 100), plot.up(year.net / 100)
        wanted = [(cost, ground), (cost, net), (net, ground)]
        for found, pair in zip(ends, wanted, strict=True):
            assert [float(one) for one in found] == pytest.approx(sorted(map(float, pair)), abs=0.11)
    assert [len(line) for line in plot.rows] == [4] * len(nets)
