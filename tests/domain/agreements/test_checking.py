"""The checklist as arithmetic: each item alone, the edges of the law's rows, and what no waiver opens."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.domain.agreements.calendar import add_months, age_on, is_longer, is_shorter, months_from
from craftpath.domain.agreements.checking import LAW_ITEMS, Case, blocking, check, is_minor
from craftpath.domain.agreements.checklist import LEVELS, items
from craftpath.domain.agreements.law import Floor, jurisdictions, law_of, probation_months
from craftpath.domain.agreements.terms import Terms, WageStep
from craftpath.domain.agreements.texts import FINDINGS
from craftpath.domain.agreements.texts import LAW_ITEMS as LAW_TEXTS
from tests.domain.agreements.agreed import END, START, terms

CN = law_of("CN")
ROLES = ("apprentice", "enterprise", "college")
LOCAL = Floor(230000, "month", valid_from=date(2025, 1, 1), conf="V", scale="entered")


def case(**instead: Any) -> Case:
    given_terms = instead.pop("given", {})
    values: dict[str, Any] = {
        "law": CN, "terms": terms(**given_terms), "starts_on": START, "ends_on": END,
        "birth_date": date(2006, 1, 1), "floors": (LOCAL,), "mentor": True, "min_months": 12,
        "typical_months": 24, "max_months": 36, "needed": ROLES, "signed": frozenset(ROLES),
        "registration_no": "R-1", "cooperation": True,
        "apprentices": 3, "mentor_load": 2, "mentor_most": 8, "class_size": 5, "class_most": 40,
    }  # fmt: skip
    return Case(**values | instead)


def found(one: Case, key: str) -> Any:
    return next(finding for finding in check(one) if finding.key == key)


def test_all_54_items_are_carried_and_every_answer_has_its_sentence() -> None:
    assert len(items()) == 54
    assert {item.level for item in items().values()} == set(LEVELS)
    assert {item.para_conf for item in items().values()} == {"sure", "hint", "n/a"}
    assert all(item.says.zh and item.says.en and item.says.zh != item.says.en for item in items().values())
    assert set(LAW_TEXTS) == set(LAW_ITEMS)
    decided = {key for key, item in items().items() if item.decided}
    assert len(decided) == 47
    assert {finding.key for finding in check(case())} >= decided
    for item in items().values():  # an answer, or why no agreement can give one
        assert item.decided or (item.elsewhere.zh and item.elsewhere.en)
        assert item.decided or item.key not in {finding.key for finding in check(case())}


def test_a_sound_case_has_nothing_to_complain_of() -> None:
    assert [finding for finding in check(case()) if finding.status != "ok"] == []


@pytest.mark.parametrize("jurisdiction", jurisdictions())
def test_every_country_comes_with_words_sources_and_marks(jurisdiction: str) -> None:
    law = law_of(jurisdiction)
    assert {row.conf for row in law.rows} | {floor.conf for floor in law.floors} <= set("VSMA")
    assert all(row.source.zh and row.source.en and row.valid_from for row in law.rows)
    assert [clause.key for clause in law.clauses] == [clause.key for clause in CN.clauses]
    assert all(clause.text.zh and clause.text.en and clause.name.en for clause in law.clauses)


def test_a_place_without_a_law_file_still_has_the_model_and_the_checklist() -> None:
    law = law_of("XX")
    assert (law.rows, law.floors, law.currency) == ((), (), "")
    assert found(case(law=law, floors=()), "std-min-age").status == "ok"
    assert found(case(law=law, floors=()), "prot-remuneration").reason == "agreements.floor_unknown"


# ---- Age and guardians --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "status", "minor"),
    [
        (add_months(START, -16 * 12), "ok", True),  # sixteen on the first day
        (add_months(START, -16 * 12) + timedelta(days=1), "failed", True),
        (add_months(START, -18 * 12), "ok", False),
        (add_months(START, -18 * 12) + timedelta(days=1), "ok", True),
    ],
)
def test_age_counts_on_the_first_day(born: date, status: str, minor: bool) -> None:
    one = case(birth_date=born)
    assert found(one, "std-min-age").status == status
    assert is_minor(one) is minor


def test_a_child_is_refused_whatever_is_waived() -> None:
    one = case(birth_date=date(2012, 1, 1), guardian=True, signed=frozenset({*ROLES, "guardian"}))
    waived = {finding.key for finding in check(one)}
    assert [finding.key for finding in blocking(check(one), waived, "send")] == ["std-min-age"]


def test_a_minor_needs_a_guardian_who_is_named_and_who_signs() -> None:
    young = {"birth_date": date(2009, 6, 1)}
    assert found(case(**young), "agr-minor").reason == "agreements.guardian_missing"
    named = found(case(**young, guardian=True), "agr-minor")
    assert (named.reason, named.phase, named.waivable) == ("agreements.guardian_open", "activate", False)
    both = case(**young, guardian=True, signed=frozenset({*ROLES, "guardian"}))
    assert found(both, "agr-minor").status == "ok"
    protected = found(both, "law-protected-age")
    assert (protected.level, protected.facts["until"]) == ("info", date(2027, 6, 1))


def test_an_unknown_birth_date_holds_everything_up() -> None:
    one = case(birth_date=None)
    assert {finding.key for finding in blocking(check(one), {"std-min-age", "agr-minor"}, "send")} == {
        "std-min-age",
        "agr-minor",
    }


@given(st.dates(date(1960, 1, 1), date(2015, 12, 31)), st.dates(date(2016, 1, 1), date(2060, 12, 31)))
def test_an_age_is_the_number_of_birthdays(born: date, day: date) -> None:
    age = age_on(born, day)
    assert age_on(born, day - timedelta(days=1)) in {age, age - 1}
    assert age == sum(1 for n in range(1, 101) if _birthday(born, n) <= day)


def _birthday(born: date, n: int) -> date:
    try:
        return born.replace(year=born.year + n)
    except ValueError:
        return date(born.year + n, 3, 1)


# ---- Time and probation -------------------------------------------------------------------------------


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 80))
def test_a_term_of_n_months_is_neither_shorter_nor_longer(start: date, months: int) -> None:
    last = add_months(start, months) - timedelta(days=1)
    assert not is_shorter(start, last, months)
    assert not is_longer(start, last, months)
    assert is_shorter(start, last - timedelta(days=1), months)
    assert is_longer(start, last + timedelta(days=1), months)
    assert months_from(start, add_months(start, months)) == months


@pytest.mark.parametrize(("months", "allowed"), [(2, 0), (3, 1), (11, 1), (12, 2), (35, 2), (36, 6), (60, 6)])
def test_chinese_probation_by_the_length_of_the_contract(months: int, allowed: int) -> None:
    last = add_months(START, months) - timedelta(days=1)
    row = CN.row("probation_max", START)
    assert row is not None
    assert probation_months(row, START, last) == allowed
    if allowed:
        fits = add_months(START, allowed) - timedelta(days=1)
        over = fits + timedelta(days=1)
        one = case(
            ends_on=last, given={"probation_end": fits.isoformat(), "wage": terms().as_json()["wage"][:1]}
        )
        assert found(one, "tk-probation").status == "ok"
        one = case(ends_on=last, given={"probation_end": over.isoformat()})
        assert found(one, "tk-probation").reason == "agreements.probation_too_long"


def test_too_long_a_probation_blocks_and_cannot_be_waived() -> None:
    one = case(given={"probation_end": "2026-12-20"})
    assert [finding.key for finding in blocking(check(one), {"tk-probation"}, "send")] == ["tk-probation"]


def test_a_short_contract_without_probation_is_right() -> None:
    last = add_months(START, 2) - timedelta(days=1)
    assert (
        found(case(ends_on=last, given={"probation_end": ""}), "tk-probation").reason
        == "agreements.no_probation"
    )


def test_american_probation_is_a_quarter_of_the_term_or_a_year() -> None:
    row = law_of("US").row("probation_max", START)
    assert row is not None
    assert probation_months(row, START, add_months(START, 24) - timedelta(days=1)) == 6
    assert probation_months(row, START, add_months(START, 72) - timedelta(days=1)) == 12


def test_german_probation_has_a_least_and_a_most() -> None:
    for months, reason in (
        (0, "probation_too_short"),
        (1, "probation"),
        (4, "probation"),
        (5, "probation_too_long"),
    ):
        last = add_months(START, months) - timedelta(days=1) if months else START
        one = case(law=law_of("DE"), given={"probation_end": last.isoformat()})
        assert found(one, "tk-probation").reason == f"agreements.{reason}"


@pytest.mark.parametrize(
    ("months", "reason"), [(11, "too_short"), (12, "length"), (36, "length"), (37, "too_long")]
)
def test_the_length_stays_inside_the_programme(months: int, reason: str) -> None:
    last = add_months(START, months) - timedelta(days=1)
    one = found(case(ends_on=last), "std-duration")
    assert one.reason == f"agreements.{reason}"
    assert one.waivable


def test_an_unusual_length_asks_for_its_reason() -> None:
    last = add_months(START, 18) - timedelta(days=1)
    assert found(case(ends_on=last), "std-duration-adjust").reason == "agreements.length_unexplained"
    explained = case(ends_on=last, given={"length_reason": "earlier training"})
    assert found(explained, "std-duration-adjust").status == "ok"


# ---- Pay ----------------------------------------------------------------------------------------------


def _wage(*steps: tuple[date, int]) -> dict[str, Any]:
    return {"wage": [{"starts_on": day.isoformat(), "amount": amount} for day, amount in steps]}


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ([], "wage_missing"),
        ([(START + timedelta(days=1), 420000)], "wage_gap"),
        ([(START, 420000), (date(2027, 9, 21), 419999)], "wage_falls"),
        ([(START, 420000), (START, 430000)], "wage_order"),
        ([(START, 420000), (END + timedelta(days=1), 430000)], "wage_after_end"),
        ([(START, 229999)], "below_floor"),
        ([(START, 230000)], "pay"),
        ([(START, 230000), (date(2027, 9, 21), 230000)], "pay"),
    ],
)
def test_wages_begin_in_time_never_fall_and_keep_the_floor(steps: list[Any], reason: str) -> None:
    assert found(case(given=_wage(*steps)), "prot-remuneration").reason == f"agreements.{reason}"


def test_a_floor_that_rises_later_is_kept_on_its_day_too() -> None:
    rises = (
        Floor(
            230000,
            "month",
            valid_from=date(2026, 1, 1),
            valid_to=date(2027, 6, 30),
            conf="V",
            scale="entered",
        ),
        Floor(250000, "month", valid_from=date(2027, 7, 1), conf="V", scale="entered"),
    )
    low = found(case(floors=rises, given=_wage((START, 240000))), "prot-remuneration")
    assert (low.reason, low.facts["day"], low.facts["floor"]) == (
        "agreements.below_floor",
        date(2027, 7, 1),
        250000,
    )
    assert not low.waivable
    step = _wage((START, 240000), (date(2027, 7, 1), 250000))
    assert found(case(floors=rises, given=step), "prot-remuneration").status == "ok"


def test_of_two_places_above_one_another_the_higher_floor_binds() -> None:
    two = (LOCAL, Floor(260000, "month", valid_from=date(2026, 1, 1), conf="V", scale="other"))
    assert found(case(floors=two, given=_wage((START, 250000))), "prot-remuneration").facts["floor"] == 260000


def test_the_german_scale_rises_with_the_years_of_training() -> None:
    law = law_of("DE")
    years = [(START, 72400), (date(2027, 9, 21), 85400)]
    good = case(law=law, floors=law.floors, given={"currency": "EUR", **_wage(*years)})
    assert found(good, "prot-remuneration").status == "ok"
    flat = case(law=law, floors=law.floors, given={"currency": "EUR", **_wage(years[0])})
    facts = found(flat, "prot-remuneration").facts
    assert (facts["day"], facts["floor"], facts["currency"]) == (date(2027, 9, 21), 85400, "EUR")


def test_an_hourly_floor_is_held_against_a_monthly_wage_exactly() -> None:
    law = law_of("GB-ENG")  # 8.00 an hour: 40 h × 52 / 12 = 1386.666… a month
    for amount, status in ((138666, "failed"), (138667, "ok")):
        one = case(
            law=law, floors=law.floors, given={"currency": "GBP", "per": "month", **_wage((START, amount))}
        )
        assert found(one, "prot-remuneration").status == status


def test_a_floor_that_nobody_confirmed_is_named() -> None:
    entered = Floor(230000, "month", valid_from=date(2026, 1, 1), conf="A", scale="entered")
    assert found(case(floors=(entered,)), "law-floor-confirm").level == "warn"


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=6), st.integers(1, 10**7))
def test_pay_passes_just_when_it_never_falls_and_never_lies_under_the_floor(
    amounts: list[int], least: int
) -> None:
    steps = tuple(WageStep(add_months(START, 3 * n), amount) for n, amount in enumerate(amounts))
    floors = (Floor(least, "month", conf="V", scale="entered"),)
    agreed = Terms.from_json(
        terms().as_json() | {"wage": _wage(*((s.starts_on, s.amount) for s in steps))["wage"]}
    )
    right = amounts == sorted(amounts) and amounts[0] >= least
    assert (found(case(terms=agreed, floors=floors), "prot-remuneration").status == "ok") is right


# ---- Hours, leave, words, signatures ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("law", "born", "hours", "status"),
    [
        ("CN", date(2006, 1, 1), "44", "ok"),
        ("CN", date(2006, 1, 1), "44.5", "failed"),
        ("DE", date(2006, 1, 1), "48", "ok"),
        ("DE", date(2009, 6, 1), "40.5", "failed"),
        ("DE", date(2009, 6, 1), "40", "ok"),
    ],
)
def test_hours_of_a_week(law: str, born: date, hours: str, status: str) -> None:
    one = found(case(law=law_of(law), birth_date=born, given={"weekly_hours": hours}), "prot-hours")
    assert one.status == status
    assert status == "ok" or not one.waivable


def test_more_than_usual_hours_are_a_gap_and_no_block() -> None:
    one = case(given={"weekly_hours": "42"})
    assert found(one, "law-usual-hours").status == "failed"
    assert blocking(check(one), set(), "send", "activate") == []


@pytest.mark.parametrize(
    ("instead", "key"),
    [
        ({"weekly_hours": ""}, "prot-hours"),
        ({"annual_leave_days": ""}, "prot-leave"),
        ({"induction_on": ""}, "std-osh"),
        ({"induction_on": "2026-09-22"}, "std-osh"),
        ({"mentor_qualification": ""}, "std-supervision"),
        ({"pay_frequency": ""}, "agr-terms"),
        ({"qualification": {}}, "agr-competencies"),
        ({"record_form": ""}, "de-record-form"),
    ],
)
def test_what_is_not_stated_is_found(instead: dict[str, Any], key: str) -> None:
    assert found(case(given=instead), key).status != "ok"


@pytest.mark.parametrize("clause", [clause.key for clause in CN.clauses])
def test_every_clause_that_is_taken_out_is_missed_by_some_item(clause: str) -> None:
    words = {key: text.as_json() for key, text in terms().clauses.items() if key != clause}
    one = case(given={"clauses": words}, cooperation=False)  # which would settle what makes a host fit
    missed = [finding for finding in check(one) if finding.status == "missing"]
    assert missed
    assert all(clause in finding.facts["parts"] for finding in missed)


@pytest.mark.parametrize(
    ("more", "key", "status", "reason"),
    [
        ({"given": {"off_job_percent": "100"}}, "def-structured", "failed", "one_place_only"),
        ({"given": {"off_job_percent": ""}}, "std-balance-on-off", "missing", "share_missing"),
        ({"given": {"qualification": {}}}, "def-qualification", "missing", "not_stated"),
        ({"given": {"skilled_workers": 0}}, "std-ratio-workers", "missing", "workers_missing"),
        ({}, "std-ratio-workers", "ok", "ratio_not_laid_down"),
        ({"mentor_load": 8}, "std-ratio-teachers", "ok", "load_kept"),
        ({"mentor_load": 9}, "std-ratio-teachers", "failed", "mentor_overloaded"),
        ({"class_size": 41}, "std-ratio-teachers", "failed", "class_too_large"),
        ({"mentor_load": 99, "mentor_most": None}, "std-ratio-teachers", "ok", "load_kept"),
        ({}, "fw-conditions-hosts", "ok", "by_cooperation"),
        ({"cooperation": False}, "fw-conditions-hosts", "ok", "stated"),
        ({}, "agr-model", "ok", "model_words"),
    ],
)
def test_conditions_are_decided(more: dict[str, Any], key: str, status: str, reason: str) -> None:
    one = found(case(**more), key)
    assert (one.status, one.reason) == (status, f"agreements.{reason}")


@pytest.mark.parametrize(("workers", "most"), [(1, 1), (2, 1), (3, 2), (5, 2), (6, 3)])
def test_a_german_workshop_takes_one_and_one_more_for_three_skilled_workers(workers: int, most: int) -> None:
    for here, status in ((most, "ok"), (most + 1, "failed")):
        one = case(law=law_of("DE"), apprentices=here, given={"skilled_workers": workers})
        assert (found(one, "std-ratio-workers").status, here) == (status, here)


def test_own_words_are_named_and_hold_nothing_up() -> None:
    words = {key: text.as_json() for key, text in terms().clauses.items()} | {
        "roles": {"zh": "另约", "en": "x"}
    }
    one = case(given={"clauses": words})
    assert found(one, "agr-model").facts == {"parts": ["roles"]}
    assert blocking(check(one), set(), "send") == []


def test_signatures_hold_up_the_start_and_not_the_sending() -> None:
    one = case(signed=frozenset({"apprentice"}))
    assert blocking(check(one), {"agr-written"}, "send") == []
    [open_one] = blocking(check(one), {"agr-written"}, "send", "activate")
    assert (open_one.key, open_one.facts["roles"]) == ("agr-written", ["enterprise", "college"])


def test_a_waiver_opens_what_can_be_waived() -> None:
    one = case(given={"mentor_qualification": ""})
    assert [finding.key for finding in blocking(check(one), set(), "send")] == ["std-supervision"]
    assert blocking(check(one), {"std-supervision"}, "send") == []


def test_every_reason_that_a_check_gives_has_its_sentence_with_its_values() -> None:
    cases = [
        case(), case(birth_date=None), case(birth_date=date(2012, 1, 1)), case(given={"clauses": {}}),
        case(given=_wage()), case(given=_wage((START, 1))), case(signed=frozenset()), case(registration_no=""),
        case(cooperation=False), case(mentor=False), case(ends_on=add_months(START, 2)), case(floors=()),
        case(given={"weekly_hours": "60"}), case(given={"annual_leave_days": "1"}), case(typical_months=None),
        case(given={"probation_end": "2030-01-01"}), case(given={"annual_leave_days": ""}),
        case(given={"off_job_percent": "0"}), case(given={"off_job_percent": ""}), case(given={"skilled_workers": 0}),
        case(apprentices=None), case(law=law_of("DE")), case(law=law_of("DE"), apprentices=99), case(mentor_load=9),
        case(class_size=41), case(given={"clauses": {"roles": {"zh": "另行约定", "en": "other words"}}}),
    ]  # fmt: skip
    for one in cases:
        for finding in check(one):
            assert str(FINDINGS[finding.reason]) % finding.facts


def test_decimal_hours_survive_storing() -> None:
    kept = Terms.from_json(terms(weekly_hours="37.5").as_json())
    assert kept.weekly_hours == Decimal("37.5")
    assert Terms.from_json(kept.as_json()) == kept
