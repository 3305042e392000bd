"""What a rule shows: whom, whose consent, which columns; held against an oracle, and kind by kind."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from craftpath.delivery.exchange.sharing import classes
from craftpath.delivery.exchange.sharing.data_class import KINDS, SENSITIVITIES, Asked
from craftpath.delivery.exchange.sharing.files import shared_file
from craftpath.delivery.exchange.sharing.own import on_me
from craftpath.delivery.exchange.sharing.registry import CLASSES
from craftpath.delivery.exchange.sharing.table import PARTNER, line_about, shown
from craftpath.domain.sharing import actions, queries
from craftpath.domain.sharing.models import SharingRule
from craftpath.domain.sharing.states import RULE
from craftpath.domain.surveys.actions import answer_survey, close_survey
from craftpath.kernel.access import Actor, ActorKind
from craftpath.kernel.consents import ConsentEvent, give_consent, withdraw_consent
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, everywhere, looking_for
from craftpath.values.age import age_on
from tests.cast import AT, TODAY, Cast
from tests.domain.sharing.world import drafted, in_force, partner
from tests.domain.surveys import world as surveying
from tests.house.furnishing import call_the_roll, learn_on_line, look_after, pair_up, pay_up, plan_a_rotation
from tests.house.making import make_contest

pytestmark = pytest.mark.django_db


def says(person: Person, *, yes: bool = True, at: Any = AT) -> None:
    """Somebody's own word."""
    say = give_consent if yes else withdraw_consent
    say(person, PARTNER, by=Actor(organisation=None, person=person), at=at)


def numbers(rule: SharingRule, on: date = TODAY) -> list[Any]:
    return [row[0] for row in shown(rule, on).rows]


def test_who_does_not_learn_at_the_receiver_is_shown_with_a_consent_only(cast: Cast) -> None:
    rule, person = in_force(cast), cast.people["apprentice"]
    assert (numbers(rule), shown(rule, TODAY).left_out) == ([], 5)
    says(person)
    assert (numbers(rule), shown(rule, TODAY).left_out) == (["26001"], 4)
    assert shown(rule, TODAY).people == {person.pk}
    says(person, yes=False, at=AT + timedelta(hours=1))
    assert (numbers(rule), shown(rule, TODAY).left_out) == ([], 5)


def test_a_yes_to_another_purpose_serves_nothing_here(cast: Cast) -> None:
    rule, person = in_force(cast), cast.people["apprentice"]
    for other in ("outside_partner", "research", "story"):
        give_consent(person, other, by=Actor(organisation=None, person=person), at=AT)
    assert numbers(rule) == []


def test_a_minor_without_a_guardian_is_not_shown_whatever_was_pressed(cast: Cast) -> None:
    rule, person = in_force(cast), cast.people["apprentice"]
    says(person)
    Person.objects.filter(pk=person.pk).update(birth_date=TODAY - timedelta(days=17 * 365))
    assert numbers(rule) == []
    person.refresh_from_db()
    by = cast.actor("coordinator")
    give_consent(person, PARTNER, guardian="陈建军", by=by, at=AT + timedelta(hours=1))
    assert numbers(rule) == ["26001"]


def test_a_rule_for_both_shows_those_who_learn_at_both_without_asking(cast: Cast) -> None:
    with everywhere("a test"):
        rule = drafted(
            cast,
            whom="both",
            receiver=cast.qinghe,
            basis="law",
            basis_words="办法第三条",
            purpose="subsidy_file",
        )
        rule.basis = "agreement"
    assert (numbers(rule), shown(rule, TODAY).left_out) == (["26003", "26004"], 0)


def test_a_table_does_not_depend_on_who_asks(cast: Cast) -> None:
    rule = in_force(cast)
    says(cast.people["apprentice"])
    with looking_for(Scope()):
        nobody = shown(rule, TODAY)
    with everywhere("a test"):
        everybody = shown(rule, TODAY)
    assert nobody == everybody
    assert len(nobody.rows) == 1


def test_columns_that_the_rule_does_not_name_are_not_there(cast: Cast) -> None:
    rule = in_force(cast, columns=("number", "stage"))
    says(cast.people["apprentice"])
    table = shown(rule, TODAY)
    assert [one.key for one in table.columns] == ["number", "stage"]
    assert "陈雨桐" not in str(table.rows)


def test_figures_name_nobody_and_rest_on_five(cast: Cast) -> None:
    with everywhere("a test furnishes"):
        call_the_roll(cast)
    rule = in_force(cast, "attendance", whom="figures")
    table = shown(rule, TODAY)
    assert [one.key for one in table.columns] == ["group", "people", "sessions", "rate", "absent", "hours"]
    assert [(row[0].say("en"), row[1]) for row in table.rows] == [("Welders 2026/1", 5)]  # type: ignore[union-attr]
    assert not table.people
    with everywhere("a test"):
        cast.enrolments["26005"].state = "ended"
        cast.enrolments["26005"].ended_on = TODAY
        cast.enrolments["26005"].save()
    table = shown(rule, TODAY)
    assert [row[1:] for row in table.rows] == [[None] * 5]
    assert table.hidden == 1


# ---- An oracle ---------------------------------------------------------------------------------------


def oracle(rule: SharingRule, cast: Cast, said: Mapping[str, str], born: Mapping[str, int]) -> list[str]:
    """Whose line stands there, in ten lines of plain words."""
    if rule.state != "in_force" or not rule.starts_on <= TODAY <= rule.ends_on:
        return []
    found = []
    for number, row in sorted(cast.enrolments.items()):
        place = row.enterprise
        both = place is not None and place.pk == rule.receiver_id
        of_age = born[number] >= 18
        consent = said[number] == "guardian" or (said[number] == "yes" and of_age)
        asked = rule.basis == "consent" or born[number] < 14 or (rule.basis != "law" and not both)
        if (rule.whom != "both" or both) and (consent or not asked):
            found.append(number)
    return found


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])  # all is written anew
@given(data=st.data())
def test_the_lines_are_those_of_the_oracle(cast: Cast, data: st.DataObject) -> None:
    pick = data.draw
    rule = pick(st.sampled_from(_rules(cast)))
    rule.state = pick(st.sampled_from(RULE.states))
    rule.basis = pick(st.sampled_from(["agreement", "law", "consent", "public_interest"]))
    rule.purpose = PARTNER if rule.basis == "consent" else "training_record"
    rule.whom = pick(st.sampled_from(["cohort", "both", "everybody"]))
    rule.starts_on = TODAY + timedelta(days=pick(st.integers(-3, 1)))
    rule.ends_on = TODAY + timedelta(days=pick(st.integers(-1, 3)))
    said = {number: pick(st.sampled_from(["", "yes", "no", "guardian"])) for number in cast.enrolments}
    born = {number: pick(st.sampled_from([13, 17, 18, 40])) for number in cast.enrolments}
    _write(cast, said, born)
    bound = queries.bindings_of([rule])
    shows = queries.can_show(rule, bound.get(rule.agreement), TODAY)
    assert (numbers(rule) if shows else []) == oracle(rule, cast, said, born)
    for number, row in cast.enrolments.items():
        told = line_about(rule, row.person_id, TODAY)
        assert bool(shows and told and told[0]) == (number in oracle(rule, cast, said, born))


def _rules(cast: Cast) -> list[SharingRule]:
    """One to the partner, one to an enterprise where some of them learn."""
    found = list(SharingRule._base_manager.select_related("giver", "receiver").order_by("pk"))
    if found:
        return found
    first = in_force(cast)
    second = SharingRule._base_manager.get(pk=first.pk)
    second.pk, second.public_id, second.number, second.receiver = None, "second", 2, cast.qinghe
    second.save()
    return [first, second]


def _write(cast: Cast, said: Mapping[str, str], born: Mapping[str, int]) -> None:
    ConsentEvent.objects.all().delete()
    for number, row in cast.enrolments.items():
        day = TODAY.replace(year=TODAY.year - born[number])
        Person.objects.filter(pk=row.person_id).update(birth_date=day)
        assert age_on(day, TODAY) == born[number]
        if said[number]:
            guardian = "陈建军" if said[number] == "guardian" else ""
            event = ConsentEvent(
                person=row.person, purpose=PARTNER, purpose_version=1, given=said[number] != "no",
                guardian=guardian, said_by=row.person, at=AT,
            )  # fmt: skip
            event.save()


# ---- Kind by kind ------------------------------------------------------------------------------------


@pytest.fixture
def furnished(cast: Cast) -> Cast:
    with everywhere("a test furnishes"):
        for furnish in (plan_a_rotation, call_the_roll, look_after, pair_up, learn_on_line, pay_up):
            furnish(cast)
    return cast


def test_every_kind_reads_what_its_columns_say_and_nothing_else(furnished: Cast) -> None:
    filled = set()
    for kind in CLASSES.values():
        for giver in (furnished.college, furnished.jinheng):
            asked = Asked(giver, partner(furnished), kind.whom[-1], "", TODAY)
            with looking_for(Scope(path=giver.path)):
                cells = kind.cells(asked, [one.pk for one in kind.subjects(asked)])
            for row in cells.values():
                assert set(row) <= {one.key for one in kind.columns}, kind.key
                filled |= {kind.key} if any(value is not None for value in row.values()) else set()
    assert filled >= set(CLASSES) - {"satisfaction"}  # whose answers have a test of their own


def test_results_are_those_that_are_decided_with_their_components(cast: Cast) -> None:
    make_contest(cast)  # decides those that are complete
    asked = Asked(cast.college, partner(cast), "everybody", "", TODAY)
    kind = CLASSES["results"]
    with looking_for(Scope(path=cast.college.path)):
        cells = kind.cells(asked, [row.pk for row in cast.enrolments.values()])
    decided, waiting = (cells[cast.enrolments[number].pk] for number in ("26001", "26002"))
    assert (decided["total"], decided["passed"]) == (Decimal("80.5"), True)
    assert decided["parts"].say("en") == (  # type: ignore[union-attr]
        "Process evaluation 83.3, Practical activity evaluation 85.0, Final examination 75.0"
    )
    assert set(waiting) == {"number", "name"}


@pytest.mark.parametrize(("people", "mean"), [(5, Decimal("4.00")), (4, None)])
def test_satisfaction_is_a_mean_of_five_at_least(cast: Cast, people: int, mean: Decimal | None) -> None:
    with everywhere("a test"):
        survey = surveying.drafted(cast)
        survey.instrument = "apprentice_satisfaction"
        survey.save()
        row = surveying.opened(cast, surveying.candidates(6), survey)
        for asked in row.asked.all()[:people]:
            answer_survey(asked, {"comm": [5, 2, 3], "like": 4}, by=surveying.as_asked(asked), at=AT)
        close_survey(row, by=cast.actor("coordinator"), at=AT)
    table = shown(in_force(cast, "satisfaction"), TODAY)
    [line] = table.rows
    told = dict(zip((column.key for column in table.columns), line, strict=True))
    assert (told["mean"], told["answers"], told["closed"]) == (mean, people if mean else None, TODAY)


def test_every_kind_describes_itself() -> None:
    for kind in CLASSES.values():
        module = importlib.import_module(f"{classes.__name__}.{kind.key}")
        assert module.CLASS is kind
        assert kind.whom
        assert all(text.zh and text.en for text in (kind.title, kind.note))
        for column in kind.columns:
            assert column.title.zh
            assert column.title.en
            assert column.kind in KINDS
            assert column.sensitivity in SENSITIVITIES


def test_one_and_five_take_the_same_number_of_queries(furnished: Cast) -> None:
    for kind in CLASSES.values():
        asked = Asked(furnished.college, partner(furnished), "everybody", "", TODAY)
        with looking_for(Scope(path=furnished.college.path)):
            pks = [one.pk for one in kind.subjects(asked)]
            counts = []
            for some in (pks[:1], pks):
                with CaptureQueriesContext(connection) as told:
                    kind.cells(asked, some)
                counts.append(len(told))
        assert kind.key == "satisfaction" or counts[0] == counts[1], kind.key


# ---- Files, and one's own page -----------------------------------------------------------------------


def test_a_file_carries_its_basis_in_a_sheet_and_in_its_properties(cast: Cast) -> None:
    rule = in_force(cast)
    says(cast.people["apprentice"])
    standing, table = queries.standing(rule, TODAY), shown(rule, TODAY)
    book = load_workbook(BytesIO(shared_file(standing, table, "xlsx", who="许文", at=AT)))
    told = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows(min_row=2)}
    assert {rule.label, rule.sha256, "许文"} <= set(told.values())
    assert rule.sha256 in str(book.properties.description)
    assert rule.label in str(book.properties.title)
    assert [cell.value for cell in book.worksheets[1][2]][:2] == ["26001", "陈雨桐"]
    lines = shared_file(standing, table, "csv", who="许文", at=AT).decode("utf-8-sig").splitlines()
    assert rule.sha256 in "\n".join(lines[:13])
    assert lines[-1].startswith("26001,陈雨桐")


def test_ones_own_page_says_who_sees_what_and_what_a_consent_would_change(cast: Cast) -> None:
    rule, person = in_force(cast), cast.people["apprentice"]
    [one] = on_me(person, TODAY)
    assert (one.standing.rule, one.shows, one.consent, one.looks) == (rule, False, PARTNER, 0)
    says(person)
    system = Actor(organisation=rule.receiver, person=person, kind=ActorKind.SYSTEM)
    with everywhere("a test"):
        actions.look_at_rule(rule, lines=1, people=[person.pk], by=system, at=AT)
    [one] = on_me(person, TODAY)
    assert (one.shows, one.looks, one.last) == (True, 1, AT)
    assert on_me(cast.people["hr"], TODAY) == []
