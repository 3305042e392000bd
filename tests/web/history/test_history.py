"""The history: each fact as a sentence, narrowed by person, fact and day, of one organisation only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils.translation import override

from craftpath.delivery.exchange.frameworks.taking import keep_file
from craftpath.delivery.exchange.reading import read_book
from craftpath.delivery.web.history.labels import LABELS
from craftpath.delivery.web.history.sentences import _STATES, SENTENCES, sentence
from craftpath.domain.programmes.actions import draft_scheme
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.facts import FACTS as TOLD
from craftpath.kernel.people import Person
from craftpath.kernel.sheets import commit_sheet
from craftpath.kernel.signin import make_first_passwords
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast

Browse = Callable[[str], Client]
LIST = "/o/lanchuan/history/"


def _facts(client: Client, query: str = "") -> list[str]:
    return [line.entry.fact for line in client.get(f"{LIST}?{query}").context["lines"]]


def test_each_entry_says_who_did_what_to_what(browse: Browse, cast: Cast) -> None:
    lines = browse("coordinator").get(LIST).context["lines"]
    assert [(line.who, line.what, line.subject) for line in lines] == [
        ("何静", "recorded marks for Welders 2026/1 · Junior craftsman; new: 16, changed: 0",
         "Welders 2026/1 · Junior craftsman"),
        ("何静", "opened the evaluation of Welders 2026/1 · Junior craftsman by version 1 of its scheme",
         "Welders 2026/1 · Junior craftsman"),
        ("何静", "put version 1 of the scheme “Welder 3-3-4” in use; from then on it is fixed", "Welder 3-3-4"),
        ("何静", "took in a roster for “Welders 2026/1”; enrolled: 5, changed: 0", "Welders 2026/1"),
        ("何静", "gave the role Apprentice at Lanchuan Technician College; people: 5", "Lanchuan Technician College"),
        ("何静", "started the cohort “Welders 2026/1”", "Welders 2026/1"),
        ("何静", "planned the cohort “Welders 2026/1”", "Welders 2026/1"),
        ("何静", "saved version 1 of the scheme “Welder 3-3-4” as a draft", "Welder 3-3-4"),
    ]  # fmt: skip
    assert [line.url for line in lines[-2:]] == [
        f"/o/lanchuan/cohorts/{cast.cohort.public_id}/", f"/o/lanchuan/schemes/{cast.scheme.public_id}/",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("fact=evaluation.marks_recorded", 1),
        ("since=2026-09-14&until=2026-09-14", 8),
        ("since=2026-09-15", 0),
        ("until=2026-09-13", 0),
        ("person=system", 0),
        ("since=yesterday", 8),
        ("since=0001-01-01&until=9999-12-31", 8),
        ("fact=%00&person=%27--", 8),
        ("before=999", 8),
        ("before=99999999999999999.x", 8),
        ("before=1.x", 0),
    ],
)
def test_it_is_narrowed(browse: Browse, query: str, count: int) -> None:
    assert len(_facts(browse("coordinator"), query)) == count


def test_it_is_narrowed_to_a_person(browse: Browse, cast: Cast) -> None:
    with everywhere("a test makes slips"):
        make_first_passwords([cast.people["apprentice"]], by=cast.actor("administrator"), at=AT)
    who = cast.people["administrator"].public_id
    assert _facts(browse("auditor"), f"person={who}") == ["kernel.first_passwords_made"]


def test_a_faulty_day_is_named(browse: Browse) -> None:
    response = browse("coordinator").get(f"{LIST}?since=yesterday")
    assert list(response.context["form"].errors) == ["since"]


def test_a_day_begins_at_midnight_of_the_reader(browse: Browse, cast: Cast) -> None:
    with everywhere("a test acts in the evening"):
        at = AT.replace(hour=15, minute=59, second=59)  # one second before midnight in Shanghai
        draft_scheme(cast.scheme, organisation=cast.college, by=cast.actor("coordinator"), at=at)
        draft_scheme(
            cast.scheme, organisation=cast.college, by=cast.actor("coordinator"), at=at + timedelta(seconds=1)
        )
    client = browse("coordinator")
    assert len(_facts(client, "until=2026-09-14&fact=programmes.scheme_saved")) == 2
    assert len(_facts(client, "since=2026-09-15&fact=programmes.scheme_saved")) == 1


def test_it_asks_as_often_for_many_as_for_one(browse: Browse, cast: Cast) -> None:
    client = browse("coordinator")
    one_kind = f"{LIST}?fact=programmes.scheme_saved"
    client.get(one_kind)
    with CaptureQueriesContext(connection) as few:
        client.get(one_kind)
    with everywhere("a test makes drafts"):
        for _ in range(60):
            draft_scheme(cast.scheme, organisation=cast.college, by=cast.actor("coordinator"), at=AT)
    with CaptureQueriesContext(connection) as many:
        response = client.get(one_kind)
    assert len(response.context["lines"]) == 50
    assert len(many) <= len(few)  # where there are few it is looked further back
    older = response.context["older"]
    assert older in response.content.decode()
    assert len(_facts(client, f"before={older}")) == 8 + 60 - 50
    assert len(_facts(client, f"fact=programmes.scheme_saved&before={older}")) == 61 - 50


def test_every_entry_is_on_one_page_whatever_their_moments(browse: Browse, cast: Cast) -> None:
    with everywhere("a test makes drafts of many moments"):
        by = cast.actor("coordinator")
        for n in range(75):
            at = AT - timedelta(days=40 * (n // 3))  # three of each moment, over seven years
            draft_scheme(cast.scheme, organisation=cast.college, by=by, at=at)
        order = AuditEntry.objects.filter(organisation=cast.college).order_by("-at", "-pk")
        wanted = list(order.values_list("public_id", flat=True))
    client, seen, before = browse("auditor"), [], ""
    while True:
        shown = client.get(f"{LIST}?before={before}").context
        seen += [line.entry.public_id for line in shown["lines"]]
        before = shown["older"]
        if not before:
            break
    assert seen == wanted
    inside = _facts(
        client, f"since={AT - timedelta(days=400):%Y-%m-%d}&until={AT - timedelta(days=100):%Y-%m-%d}"
    )
    assert len(inside) == 3 * 8
    table = read_book(client.get("/o/lanchuan/history/export.csv").content, "history.csv").sheets[0]
    assert table.height == len(wanted) + 1


def test_somebody_of_earlier_years_stays_chosen(browse: Browse, cast: Cast) -> None:
    with everywhere("a test acts long ago"):
        early = AT - timedelta(days=900)
        make_first_passwords([cast.people["apprentice"]], by=cast.actor("administrator"), at=early)
    who = cast.people["administrator"].public_id
    shown = browse("auditor").get(f"{LIST}?person={who}").context
    assert [line.entry.fact for line in shown["lines"]] == ["kernel.first_passwords_made"]
    assert who not in dict(browse("auditor").get(LIST).context["form"].fields["person"].choices)
    in_those_days = browse("auditor").get(f"{LIST}?since={early:%Y-%m-%d}").context["form"]
    assert who in dict(in_those_days.fields["person"].choices)


def test_the_export_is_the_same_as_a_table(browse: Browse) -> None:
    response = browse("coordinator").get("/o/lanchuan/history/export.csv?fact=apprenticeships.cohort_planned")
    assert "history.csv" in response.headers["Content-Disposition"]
    sheet = read_book(response.content, "history.csv").sheets[0]
    assert [sheet.cell(1, column) for column in range(7)] == [
        "When", "Who", "Sign-in name", "What", "In words", "About", "Code",
    ]  # fmt: skip
    assert [sheet.cell(2, column) for column in range(7)] == [
        "2026-09-14 09:00:00 +0800", "何静", "c01", "Cohort planned", "planned the cohort “Welders 2026/1”",
        "Welders 2026/1", "apprenticeships.cohort_planned",
    ]  # fmt: skip
    assert sheet.height == 2


def test_a_formula_in_a_name_does_not_reach_a_spreadsheet(browse: Browse, cast: Cast) -> None:
    Person.objects.filter(username="c01").update(name="=1+1")
    content = browse("auditor").get("/o/lanchuan/history/export.csv").content.decode("utf-8-sig")
    assert ",'=1+1," in content


def test_another_organisation_sees_nothing_of_ours(browse: Browse, cast: Cast) -> None:
    assert browse("stranger").get("/o/dongling/history/").context["lines"] == []
    assert len(browse("auditor").get("/o/lanchuan-bureau/history/").context["lines"]) == 10


@pytest.mark.parametrize(("name", "status"), [("trainer", 403), ("hr", 404), ("stranger", 404), ("", 302)])
@pytest.mark.parametrize("page", ["", "export.csv"])
def test_who_may_not(browse: Browse, name: str, status: int, page: str) -> None:
    assert browse(name).get(LIST + page).status_code == status


def test_every_fact_has_a_sentence_and_a_label() -> None:
    assert get_resolver().url_patterns  # every room is there, and has said what it tells
    assert set(SENTENCES) == set(TOLD)
    assert set(LABELS) == set(TOLD)


def test_an_old_entry_and_an_unknown_fact_are_still_said() -> None:
    with override("en"):
        assert sentence("programmes.scheme_retired", {}, "") == "retired version – of the scheme “–”"
        assert sentence("care.case_opened", {"x": 1}, "") == "care.case_opened"
        counts = {"added": 2, "changed": 1, "odd": 3}
        said = sentence("kernel.sheet_committed", {"file": "100%.csv", "counts": counts}, "")
        payload = {"person": "p", "role": "mentor", "enrolments": ["e"]}
        appointed = sentence("apprenticeships.parties_appointed", payload, "", "周国栋")
    assert appointed == "appointed 周国栋: Mentor; apprentices: 1"
    assert said == "took in the sheet “100%.csv”; new: 2, changed: 1"


def test_a_loaded_programme_is_called_by_its_name(browse: Browse, cast: Cast) -> None:
    with everywhere("a test looks at everything"):
        loaded = AuditEntry.objects.get(fact="programmes.programme_loaded")
        AuditEntry.objects.filter(pk=loaded.pk).update(organisation=cast.college)
    (line,) = browse("coordinator").get(f"{LIST}?fact=programmes.programme_loaded").context["lines"]
    with everywhere("a test looks at everything"):
        name = cast.programme.name["en"]
    assert line.what == f"loaded the programme “{name}”, version {cast.programme.version}"
    with override("en"):  # better than nothing where it is not there any more
        told = sentence("programmes.programme_loaded", {"key": "old", "version": 2}, "")
    assert told == "loaded the programme “old”, version 2"


def test_an_import_leads_to_the_room_that_keeps_it(browse: Browse, cast: Cast) -> None:
    with everywhere("a test sets up"):
        sheet = keep_file(content=b"key\n1\n", name="own.csv", into="new", organisation=cast.college,
                          by=cast.actor("coordinator"), at=AT)  # fmt: skip
        commit_sheet(sheet, outcome={"new": 1}, by=cast.actor("coordinator"), at=AT)
    lines = browse("coordinator").get(f"{LIST}?fact=kernel.sheet_committed").context["lines"]
    page = f"/o/lanchuan/frameworks/imports/{sheet.public_id}/"
    assert page in [line.url for line in lines]
    assert browse("coordinator").get(page).status_code == 200


def test_a_fact_that_says_a_state_says_it_in_words() -> None:
    """A state that no table calls by its name would stand in a sentence as its code."""
    stated = {fact for fact, words in SENTENCES.items() if "%(state)s" in str(words)}
    assert stated - set(_STATES) == set()
