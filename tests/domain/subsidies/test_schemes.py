"""Schemes: loaded once, copied and changed, versions kept, nonsense named; who has to do what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from craftpath.domain.subsidies import actions, queries
from craftpath.domain.subsidies.models import SubsidyScheme
from craftpath.domain.subsidies.schemes import engine_scheme
from craftpath.kernel.access import system
from craftpath.kernel.duties import KINDS, Asked
from craftpath.kernel.tenancy import looking_for
from tests.cast import AT, TODAY, Cast
from tests.domain.subsidies.test_auditing import invited, there
from tests.domain.subsidies.world import auditor, claimed, hr, officer, opened, refused, scheme, settled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def copied(cast: Cast, **more: object) -> SubsidyScheme:
    given = {
        "organisation": cast.city, "name": {"zh": "澜川市", "en": "Lanchuan"}, "document": "澜人社〔2026〕1号",
        "valid_from": date(2026, 1, 1), "changes": {"advance": 400}, "by": officer(cast), "at": AT,
    } | more  # fmt: skip
    return actions.copy_scheme(scheme("qidong"), **given)  # type: ignore[arg-type]


def test_loading_twice_changes_nothing_and_every_scheme_reads(cast: Cast) -> None:
    count = actions.load_schemes(by=system(), at=AT)
    assert actions.load_schemes(by=system(), at=AT) == count == SubsidyScheme.objects.count()
    read = {row.key: engine_scheme(row) for row in SubsidyScheme.objects.all()}
    assert read["shenzhen"].notice_days == 5
    assert read["qidong"].rates[1].amount == 500_000
    with refused("kernel.role_lacks"):
        actions.load_schemes(by=hr(cast), at=AT)


def test_an_office_copies_and_changes_and_files_stay_with_their_version(cast: Cast) -> None:
    first = copied(cast)
    assert (first.version, first.read, engine_scheme(first).advance) == (1, "house", 400)
    assert copied(cast) == first
    second = copied(cast, changes={"advance": 300}, valid_to=date(2027, 1, 1))
    assert second.version == 2
    assert engine_scheme(SubsidyScheme.objects.get(pk=first.pk)).advance == 400
    with looking_for(hr(cast).scope):
        assert first in queries.schemes()  # of the body above
        assert set(queries.schemes_on(date(2027, 1, 1))) >= {first}
        assert second not in queries.schemes_on(date(2027, 1, 1))
    with looking_for(cast.actor("stranger", cast.neighbour).scope):
        assert first not in queries.schemes()


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"valid_to": date(2026, 1, 1)}, "subsidies.scheme_no_days"),
        ({"changes": {"advance": 1001}}, "subsidies.advance_not_share"),
        ({"changes": {"rates": []}}, "subsidies.scheme_without_rates"),
        ({"changes": {"rates": [{"level": "l4", "amount": -1}]}}, "subsidies.amount_negative"),
        ({"changes": {"rates": [{"x": 1}]}}, "subsidies.scheme_unclear"),
        ({"changes": {"currency": "RMB"}}, "subsidies.currency_unknown"),
        ({"excludes": ["x"]}, "subsidies.scheme_unclear"),
        ({"name": {"zh": ""}}, "subsidies.scheme_unclear"),
    ],
)
def test_a_scheme_that_makes_no_sense_is_refused(cast: Cast, more: dict, reason: str) -> None:
    with refused(reason):
        copied(cast, **more)
    assert not SubsidyScheme.objects.filter(organisation=cast.city).exists()


def test_only_who_decides_sets_schemes(cast: Cast) -> None:
    with refused("kernel.role_lacks"):
        copied(cast, by=hr(cast))
    with refused("kernel.belongs_to_another"):
        copied(cast, by=cast.actor("coordinator"))


def waiting(code: str) -> list[tuple]:
    found = KINDS[f"subsidies.{code}"].find(Asked(at=AT, today=TODAY))
    return [tuple(row.values()) if isinstance(row, dict) else tuple(row) for row in found]


def test_what_waits_for_whom(cast: Cast) -> None:
    file = claimed(cast)
    [row] = waiting("check")
    assert {file.public_id, cast.city.pk} <= set(row)
    actions.return_file(file, because="缺视频", by=officer(cast), at=AT)
    assert {file.public_id, cast.jinheng.pk} <= set(waiting("mend")[0])
    assert waiting("check") == []
    other = opened(cast)
    asked = [actions.Asking(cast.people["trainer"], cast.college)]
    actions.ask_for_papers(other, "roster", asked, by=hr(cast), at=AT)
    assert cast.people["trainer"].pk in waiting("paper")[0]
    auditor(cast)
    audit = invited(cast, file, size=1)
    actions.raise_finding(audit, severity="minor", words="x", by=there(cast, audit), at=AT)
    assert cast.jinheng.pk in waiting("finding")[0]


def test_a_notice_and_a_refund_have_their_days(cast: Cast) -> None:
    file = actions.notice_claim(claimed(cast), on=TODAY, by=officer(cast), at=AT)
    assert file.notice_ends_on in waiting("settle")[0]
    late = AT + timedelta(days=30)
    done = settled(
        cast,
        "qidong",
        [cast.enrolments["26005"]],
        finished=0,
        level="l4",
        months=12,
        starts_on=date(2022, 1, 3),
    )
    done = actions.demand_refund(done, on=done.since, by_day=date(2026, 12, 1), by=officer(cast), at=late)
    assert date(2026, 12, 1) in waiting("refund")[0]
