"""No way leads from an anonymous answer to whoever gave it: each way that we could think of is tried."""

from __future__ import annotations

import json
import random
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.db import connection, models

from craftpath.delivery.exchange.own_record import write_record
from craftpath.domain.surveys.actions import answer_survey, close_survey
from craftpath.domain.surveys.models import FEWEST, Answer, Asked, NamedAnswer, Ticket
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.receipts import Receipt
from tests.cast import AT, Cast
from tests.domain.surveys.world import as_asked, candidates, drafted, opened

pytestmark = pytest.mark.usefixtures("all_rows")
MINUTE = timedelta(minutes=1)


def _answered(cast: Cast, people: int = 20) -> tuple[Any, list[int]]:
    """An open survey that was answered one after the other; each says who he or she is in the open words."""
    survey = opened(cast, candidates(people))
    rows = list(Asked.objects.filter(survey=survey).select_related("survey__organisation", "person"))
    random.Random(7).shuffle(rows)
    for at, asked in enumerate(rows):
        said = {"comm": [5, 1, None], "stay": "no", "why": f"it is I, {asked.person_id}"}
        assert answer_survey(asked, said, by=as_asked(asked), at=AT + at * MINUTE)
    return survey, [row.person_id for row in rows]


def _who_said(rows: Any) -> list[int]:
    return [int(said["why"].rpartition(" ")[2]) for said in rows.values_list("said", flat=True)]


def _like_chance(first: list[int], second: list[int]) -> bool:
    """Whether two orders of the same people agree no more than two orders drawn at random may (1 in 10,000)."""
    places = {who: at for at, who in enumerate(second)}
    n = len(first)
    distance = sum((at - places[who]) ** 2 for at, who in enumerate(first))
    return abs(1 - 6 * distance / (n * (n * n - 1))) < 0.85


def test_an_answer_has_no_column_that_could_lead_anywhere() -> None:
    for model, columns in (
        (Answer, {"id", "survey", "groups", "said"}),
        (Ticket, {"id", "survey", "digest"}),
    ):
        assert {field.name for field in model._meta.concrete_fields} == columns
    times = (models.DateField, models.TimeField)
    assert not [field for field in Asked._meta.concrete_fields if isinstance(field, times)]
    pointing = [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model in (Answer, Ticket)
    ]
    assert pointing == []


def test_the_order_of_rows_says_nothing_of_the_order_of_answers(cast: Cast) -> None:
    survey, order = _answered(cast)
    rows = Answer.objects.filter(survey=survey)
    assert sorted(_who_said(rows)) == sorted(order)
    assert _like_chance(order, _who_said(rows.order_by("pk")))
    hidden = {"sqlite": "rowid", "postgresql": "ctid"}[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT said FROM surveys_answer ORDER BY {hidden}")
        found = [json.loads(one) if isinstance(one, str) else one for (one,) in cursor.fetchall()]
    assert _like_chance(order, [int(said["why"].rpartition(" ")[2]) for said in found])


def test_no_transaction_writes_one_answer_and_one_tick_alone(cast: Cast) -> None:
    """What a look at both tables, before and after one answer, finds changed: more rows than one, on both sides."""
    survey, _order = _answered(cast, people=11)
    more = Asked.objects.create(survey=survey, person=cast.people["apprentice"], role="apprentice")
    before = set(Answer.objects.filter(survey=survey).values_list("pk", flat=True))
    ticks: list[int] = []

    def counting(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        done = execute(sql, params, many, context)
        if sql.startswith('UPDATE "surveys_asked"'):
            ticks.append(context["cursor"].rowcount)
        return done

    with connection.execute_wrapper(counting):
        answer_survey(more, {"comm": [3, 3, None]}, by=as_asked(more), at=AT)
    after = set(Answer.objects.filter(survey=survey).values_list("pk", flat=True))
    assert len(after) == 12
    assert not before & after  # up to twenty others are always written anew
    assert ticks == [12]  # and as many ticks
    assert set(Asked.objects.filter(survey=survey).values_list("answered", flat=True)) == {True}


def test_at_the_closing_every_row_is_written_anew(cast: Cast) -> None:
    survey, order = _answered(cast)
    before = set(Answer.objects.values_list("pk", flat=True))
    close_survey(survey, by=cast.actor("coordinator"), at=AT + timedelta(days=1))
    rows = Answer.objects.filter(survey=survey)
    assert not before & set(rows.values_list("pk", flat=True))
    assert sorted(_who_said(rows)) == sorted(order)
    assert not Ticket.objects.exists()


def test_whoever_answers_alone_of_a_combination_is_among_others_after_the_closing(cast: Cast) -> None:
    survey = opened(cast, [*candidates(9), *candidates(6, occupation="turner")])
    rows = list(Asked.objects.filter(survey=survey).select_related("survey__organisation", "person"))
    turners = [row for row in rows if row.groups["occupation"] == "turner"]
    for asked in [*(row for row in rows if row not in turners), turners[0]]:
        answer_survey(asked, {"comm": [5, 1, None]}, by=as_asked(asked), at=AT)
    assert [row.groups["occupation"] for row in Answer.objects.all()].count("turner") == 1
    close_survey(survey, by=cast.actor("coordinator"), at=AT)
    cells = [tuple(sorted(row.groups.items())) for row in Answer.objects.filter(survey=survey)]
    assert len(cells) == 10
    assert all(cells.count(cell) >= FEWEST for cell in cells)


def test_history_receipts_and_named_answers_know_nothing(cast: Cast) -> None:
    before = AuditEntry.objects.count()
    _survey, order = _answered(cast)
    told = AuditEntry.objects.order_by("pk")[before:]
    assert {entry.fact for entry in told} == {
        "surveys.survey_drafted",
        "surveys.survey_changed",
        "surveys.survey_opened",
    }
    assert not {entry.person_id for entry in told} & set(order)
    assert not Receipt.objects.exists()
    assert not NamedAnswer.objects.exists()


def test_no_table_changed_by_an_answer_names_the_person(cast: Cast) -> None:
    """Every row of every table, as text, before and after: only the tick of whoever answered is new of the person."""
    survey = opened(cast, candidates(8))
    asked = Asked.objects.filter(survey=survey).select_related("survey__organisation", "person").first()
    assert asked is not None
    before = _everything()
    answer_survey(asked, {"comm": [5, 1, None]}, by=as_asked(asked), at=AT)
    new = {(table, row) for table, row in _everything() - before}
    assert {table for table, _row in new} == {"surveys_asked", "surveys_answer"}
    ids = {f"{asked.person_id}", asked.public_id, asked.person.public_id} - {f"{survey.pk}"}
    words = (asked.public_id, asked.person.public_id, asked.person.username, asked.person.name)
    for table, row in new:
        if table == "surveys_answer":
            assert not ids & set(json.loads(row)), row
            assert not [word for word in words if word in row], row
    [tick] = [row for table, row in new if table == "surveys_asked"]
    assert asked.public_id in tick


def _everything() -> set[tuple[str, str]]:
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  (names of our own tables)
            found |= {(table, json.dumps([str(one) for one in row])) for row in cursor.fetchall()}
    return found


def test_who_is_asked_reads_beforehand_exactly_what_is_kept(cast: Cast) -> None:
    people = [*candidates(6), *candidates(5, occupation="turner"), *candidates(2, occupation="hermit")]
    survey = opened(cast, people, survey=drafted(cast))
    kept = {row.groups["occupation"] for row in Asked.objects.filter(survey=survey)}
    assert "hermit" not in kept
    assert "hermit" not in json.dumps([survey.cells, survey.group_names])
    assert all(cell["invited"] >= FEWEST for cell in survey.cells)
    one = Asked.objects.filter(survey=survey).select_related("survey__organisation", "person").first()
    assert one is not None
    answer_survey(one, {"comm": [2, 2, None]}, by=as_asked(one), at=AT)
    assert Answer.objects.get(survey=survey).groups == one.groups


def test_somebody_s_own_record_tells_of_the_tick_and_not_of_the_answer(cast: Cast) -> None:
    survey, _order = _answered(cast, people=6)
    person = survey.asked.first().person
    stream = BytesIO()
    write_record(stream, person, at=AT)
    with ZipFile(stream) as archive:
        told = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "answered" in told
    assert "it is I" not in told
