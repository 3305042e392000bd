"""No person-year twice: within the site, across enterprises, against claims made elsewhere, and at one moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from craftpath.domain.apprenticeships.actions import RosterEntry, plan_cohort, start_cohort, take_roster
from craftpath.domain.apprenticeships.models import Cohort, Enrolment
from craftpath.domain.subsidies import actions
from craftpath.domain.subsidies.models import ClaimedYear, FilePerson, IdentityKey, SubsidyFile
from craftpath.domain.subsidies.rules import identity
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.subsidies.world import (
    BEGAN,
    advanced,
    claimed,
    completed,
    hr,
    officer,
    opened,
    refused,
    registered,
)

ID, OTHER = "11010519491231002X", "440524188001010014"


def at_qinghe(cast: Cast) -> tuple[Actor, list[Enrolment]]:
    """The same two people in a class that the other enterprise runs a year later."""
    by = cast.actor("coordinator")
    cohort: Cohort = plan_cohort(
        organisation=cast.college, programme=cast.programme, name={"zh": "焊工 2 班", "en": "W/2"},
        occupation={"zh": "焊工", "en": "Welder"}, starts_on=date(2026, 3, 2), by=by, at=AT,
    )  # fmt: skip
    start_cohort(cohort, by=by, at=AT)
    names = ("26001", "26002")
    entries = [RosterEntry(f"9{n}", cast.enrolments[n].person.name, enterprise=cast.qinghe) for n in names]
    take_roster(cohort, entries, by=by, at=AT)
    rows = list(Enrolment._base_manager.filter(cohort=cohort).order_by("number"))
    for row, number in zip(rows, names, strict=True):
        row.person = cast.enrolments[number].person
        row.save(update_fields=["person"])
    return Actor(cast.qinghe, cast.people["mentor"], frozenset({Role.HR})), rows


def at_the_other(cast: Cast, **more: Any) -> tuple[SubsidyFile, Actor]:
    by = Actor(cast.qinghe, cast.people["mentor"], frozenset({Role.HR}))
    rows = list(Enrolment._base_manager.filter(number__startswith="9")) or at_qinghe(cast)[1]
    given = {"key": "fujian", "organisation": cast.qinghe, "by": by, "starts_on": BEGAN, "months": 12} | more
    return completed(registered(cast, people=rows, **given), by), by


@pytest.mark.django_db
@pytest.mark.usefixtures("all_rows")
class TestOnThisSite:
    def test_a_year_of_another_enterprise_is_named_and_a_withdrawn_claim_frees_it(self, cast: Cast) -> None:
        file = claimed(cast)
        other, by = at_the_other(cast)
        with pytest.raises(Refused) as caught:
            actions.claim_subsidy(other, by=by, at=AT)
        assert caught.value.verdict.reason == "subsidies.claimed_already"
        facts = {key: str(value) for key, value in caught.value.verdict.facts.items()}
        assert facts["name"] == cast.enrolments["26001"].person.name
        assert "金恒" not in facts["source"]  # whose claim it is, is not the other's business
        assert SubsidyFile.objects.get(pk=other.pk).state == "completed"
        actions.withdraw_file(file, because="材料有误", by=hr(cast), at=AT)
        assert actions.claim_subsidy(other, by=by, at=AT).state == "claimed"

    def test_days_that_overlap_are_one_year_however_they_are_counted(self, cast: Cast) -> None:
        claimed(cast)  # September 2024 to 2026
        other, by = at_the_other(cast, starts_on=date(2026, 7, 1))
        with refused("subsidies.claimed_already"):
            actions.claim_subsidy(other, by=by, at=AT)

    def test_the_years_after_are_free(self, cast: Cast) -> None:
        claimed(cast)
        other, by = at_the_other(cast, starts_on=date(2027, 1, 4))
        assert actions.claim_subsidy(other, by=by, at=AT).state == "claimed"

    def test_where_a_level_is_paid_once_a_later_year_is_refused_too(self, cast: Cast) -> None:
        claimed(cast)
        by, rows = at_qinghe(cast)
        more = {"organisation": cast.qinghe, "by": by, "starts_on": date(2027, 1, 4), "months": 12}
        file = opened(cast, "shenzhen", rows, level="l4", **more)
        assert set(file.people.values_list("excluded", flat=True)) == {"already_subsidised"}
        for row in FilePerson.objects.filter(file=file):
            actions.exclude_person(row, reason="", by=by, at=AT)
        file = actions.register_file(actions.file_plan(file, by=by, at=AT), by=officer(cast), at=AT)
        with refused("subsidies.claimed_already"):
            actions.claim_subsidy(completed(file, by), by=by, at=AT)
        other, by = at_the_other(cast, key="fujian", level="l4", starts_on=date(2027, 1, 4))
        assert actions.claim_subsidy(other, by=by, at=AT).state == "claimed"  # Fujian does not say so

    def test_who_left_claims_no_year_where_nothing_is_paid(self, cast: Cast) -> None:
        file = claimed(cast, finished=1)
        assert ClaimedYear.objects.filter(file=file).count() == 2

    def test_the_table_itself_refuses_a_year_twice(self, cast: Cast) -> None:
        file = claimed(cast)
        row = ClaimedYear.objects.filter(file=file).order_by("pk")[0]
        row.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def elsewhere(number: str = ID, on: date = BEGAN, level: str = "l3") -> actions.Elsewhere:
    return actions.Elsewhere(2, number, "陈雨桐", "焊工", level, on, "杭州市人社局 2025 年第三批")


@pytest.mark.django_db
@pytest.mark.usefixtures("all_rows")
class TestElsewhere:
    def test_a_claim_made_elsewhere_is_one_sentence_with_its_source(self, cast: Cast) -> None:
        assert actions.take_elsewhere(cast.jinheng, [elsewhere()], by=hr(cast), at=AT) == 1
        file = completed(advanced(cast), hr(cast))
        actions.keep_identities(file, [(2, "26001", ID.lower())], by=hr(cast), at=AT)
        with pytest.raises(Refused) as caught:
            actions.claim_subsidy(file, by=hr(cast), at=AT)
        assert caught.value.verdict.reason == "subsidies.claimed_already"
        assert caught.value.verdict.facts["source"] == "杭州市人社局 2025 年第三批"
        assert caught.value.verdict.facts["on"] == BEGAN

    def test_the_same_sheet_again_takes_nothing_in(self, cast: Cast) -> None:
        rows = [elsewhere(), elsewhere(OTHER)]
        assert actions.take_elsewhere(cast.jinheng, rows, by=hr(cast), at=AT) == 2
        assert actions.take_elsewhere(cast.jinheng, rows, by=hr(cast), at=AT) == 0

    def test_no_number_is_kept_and_a_wrong_one_names_its_row(self, cast: Cast) -> None:
        file = opened(cast)
        assert actions.keep_identities(file, [(2, "26001", ID), (3, "26002", OTHER)], by=hr(cast), at=AT) == 2
        assert actions.keep_identities(file, [(2, "26001", ID)], by=hr(cast), at=AT) == 0
        assert ID not in str(list(IdentityKey.objects.values()))
        for rows, reason in (
            ([(7, "26001", "110105194912310021")], "subsidies.identity_invalid"),
            ([(7, "26003", ID)], "subsidies.identity_of_nobody"),
            ([(7, "26002", ID)], "subsidies.identity_twice"),
            ([], "subsidies.sheet_empty"),
        ):
            with refused(reason):
                actions.keep_identities(file, rows, by=hr(cast), at=AT)
        with refused("kernel.role_lacks"):
            actions.keep_identities(file, [(2, "26001", ID)], by=cast.actor("mentor", cast.jinheng), at=AT)

    def test_whoever_neither_files_nor_decides_takes_no_sheet_in(self, cast: Cast) -> None:
        with refused("kernel.role_lacks"):
            actions.take_elsewhere(cast.jinheng, [elsewhere()], by=cast.actor("auditor", cast.city), at=AT)


@given(st.integers(10**16, 10**17 - 1))
def test_one_last_sign_in_eleven_makes_an_identity_number(first: int) -> None:
    good = [sign for sign in "0123456789X" if identity(f"{first}{sign}")]
    assert len(good) == 1
    wide = f"{first}{good[0]}".translate(
        {ord(a): ord(b) for a, b in zip("0123456789", "０１２３４５６７８９", strict=True)}
    )
    assert identity(f" {wide} ") == f"{first}{good[0]}"


def test_junk_is_no_identity_number() -> None:
    assert [identity(text) for text in ("", "x" * 6000, "1101051949123100XX", "\0" * 18)] == [""] * 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets in one writer at a time anyway")
def test_two_offices_at_one_moment_claim_a_year_once(cast: Cast) -> None:
    with everywhere("a test"):
        mine = completed(advanced(cast), hr(cast))
        theirs, by = at_the_other(cast)
    begin, heard = threading.Barrier(2), ["", ""]

    def act(at: int, deed: Callable[[], object]) -> None:
        try:
            with everywhere("two at once"):
                begin.wait(timeout=20)
                deed()
        except Refused as refusal:
            heard[at] = refusal.verdict.reason
        finally:
            connection.close()

    deeds = [
        lambda: actions.claim_subsidy(mine, by=hr(cast), at=AT),
        lambda: actions.claim_subsidy(theirs, by=by, at=AT),
    ]
    threads = [threading.Thread(target=act, args=[at, deed]) for at, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(heard) == ["", "subsidies.claimed_already"]
    with everywhere("a test"):
        assert SubsidyFile.objects.filter(state="claimed").count() == 1
        rows = ClaimedYear.objects.filter(freed_at=None).values_list("person", "year")
        assert len(rows) == len(set(rows))
