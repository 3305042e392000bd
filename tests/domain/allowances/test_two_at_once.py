"""Two who approve, pay or ask at the same moment: it happens once."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable

import pytest
from django.db import connection

from craftpath.domain.allowances import actions
from craftpath.domain.allowances.models import Calculation, Line, Run
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.allowances.world import MONTH, asked, bond, book, computed, hr

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets in one writer at a time anyway"
    ),
]


def both(*deeds: Callable[[], object]) -> list[str]:
    """What each of two threads that begin together hears: "" for a yes, else the code."""
    begin, heard = threading.Barrier(len(deeds)), [""] * len(deeds)

    def act(at: int) -> None:
        try:
            with everywhere("two at once"):
                begin.wait(timeout=20)
                deeds[at]()
        except Refused as refused:
            heard[at] = refused.verdict.reason
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[at]) for at in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(heard)


def test_two_approvals_are_one(cast: Cast) -> None:
    with everywhere("a test"):
        book(cast)
        bond(cast)
        run, by = actions.check_run(computed(cast), by=hr(cast), at=AT), hr(cast, 2)
    assert both(*[lambda: actions.approve_run(run, by=by, at=AT)] * 2) == ["", ""]
    with everywhere("a test"):
        assert AuditEntry.objects.filter(fact="allowances.approved").count() == 1


def test_two_payments_are_one(cast: Cast) -> None:
    with everywhere("a test"):
        book(cast)
        bond(cast)
        run, by, two = actions.check_run(computed(cast), by=hr(cast), at=AT), hr(cast), hr(cast, 2)
        actions.approve_run(run, by=two, at=AT)
    deeds = [
        lambda: actions.pay_run(run, paid_on=TODAY, reference="a", by=by, at=AT),
        lambda: actions.pay_run(run, paid_on=TODAY, reference="b", by=two, at=AT),
    ]
    assert both(*deeds) == ["", "flow.not_now"]


def test_two_wishes_are_one_calculation_and_two_workers_write_once(cast: Cast) -> None:
    with everywhere("a test"):
        book(cast)
        bond(cast)
        by = hr(cast)
    ask = lambda: actions.ask_run(cast.jinheng, month=MONTH, made_id=str(uuid.uuid4()), by=by, at=AT)  # noqa: E731
    assert both(ask, ask) == ["", ""]
    with everywhere("a test"):
        row = asked(cast)
        assert Calculation.objects.count() == 1
    assert both(*[lambda: actions.carry_out(row, by=by, at=AT)] * 2) == ["", ""]
    with everywhere("a test"):
        assert Line.objects.count() == 1
        assert Run.objects.get().total == 200_00
        assert AuditEntry.objects.filter(fact="allowances.computed").count() == 1
