"""The record: gathered from every room, of one person only, in a fixed number of questions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.agreements.models import Agreement, Amendment
from craftpath.domain.logbook.actions import confirm_entries
from craftpath.domain.passport.gathering import PROVIDERS, record_of
from craftpath.domain.passport.record import PRESETS, SECTIONS, Entry
from craftpath.domain.passport.wording import SECTIONS as NAMES
from craftpath.kernel.people import Person
from tests.cast import AT, TODAY, Cast
from tests.domain.growth.world import known
from tests.domain.logbook.conftest import Writer
from tests.domain.passport.world import earlier, trained
from tests.house.furnishing.courses import learn_on_line
from tests.house.furnishing.mentoring import work_in_a_pair
from tests.house.furnishing.workshops import hold_a_workshop

pytestmark = pytest.mark.usefixtures("all_rows")


def entries(person: Person, key: str, today: date = TODAY) -> list[Entry]:
    return [entry for _key, entry in record_of(person, today, (key,)).entries()]


def values(entry: Entry) -> dict[str, object]:
    return {one.label.en: one.value for one in entry.lines}


def test_every_section_has_a_name_and_one_who_reads_it() -> None:
    assert set(PROVIDERS) == set(SECTIONS) == set(NAMES)
    assert all(set(keys) <= set(SECTIONS) for keys in PRESETS.values())


def test_agreement_stage_result_and_hours_of_one_person(cast: Cast) -> None:
    person = trained(cast)
    (job,) = entries(person, "employers")
    assert (job.title.zh, job.where[0].zh, job.state) == ("焊工", "金恒机械", "coming")
    assert entries(person, "employers", job.first or TODAY)[0].state == "current"
    assert entries(person, "employers", date(2030, 1, 1))[0].state == "over"
    (stage,) = entries(person, "stages")
    assert (stage.state, [one.zh for one in stage.where]) == ("current", ["澜川技师学院", "金恒机械"])
    (result,) = entries(person, "results")
    assert (result.state, values(result)["Total"]) == ("passed", Decimal("80.5"))
    assert values(result)["Final examination"] == 75
    (hours,) = entries(person, "hours")
    assert [one.value for one in hours.lines] == [Decimal("4.5")]
    assert [one.title.zh for one in entries(person, "masters")] == ["周国栋"]


def test_hours_say_how_many_were_about_a_skill(cast: Cast) -> None:
    known()
    person, writer = trained(cast), Writer(cast)
    entry = writer.handed_in(skill="communication")
    confirm_entries({entry.public_id: 1}, by=writer.mentor, at=AT)
    (hours,) = entries(person, "hours")
    assert (hours.lines[-1].label.zh, hours.lines[-1].value) == ("其中：沟通", Decimal("4.0"))


def test_what_is_not_decided_is_nobodys_business(cast: Cast) -> None:
    trained(cast)
    assert not entries(cast.people["classmate"], "results")
    assert not entries(cast.people["classmate"], "employers")  # never the one of the person beside


def test_an_agreement_that_went_on_elsewhere_names_both_enterprises(cast: Cast) -> None:
    person = trained(cast)
    row = Agreement.objects.get()
    moved = row.starts_on + timedelta(days=40)
    Amendment.objects.create(
        agreement=row, number=1, state="in_force", reason="x", takes_effect_on=moved, before={}, after={},
        enterprise=cast.qinghe, former=cast.jinheng, made_at=AT, ended_at=AT,
    )  # fmt: skip
    Agreement.objects.update(enterprise=cast.qinghe)
    second, first = entries(person, "employers", moved)
    assert (first.where[0].zh, first.last) == ("金恒机械", moved - timedelta(days=1))
    assert (second.where[0].zh, second.first) == ("清河电气", moved)


def test_works_courses_and_workshops(cast: Cast) -> None:
    work_in_a_pair(cast)
    hold_a_workshop(cast)
    learn_on_line(cast)
    person = cast.people["apprentice"]
    record = record_of(person, TODAY + timedelta(days=400))
    kinds = {key for key, _entry in record.entries()}
    assert {"works", "masters"} <= kinds
    assert all(entry.title.both() for _key, entry in record.entries())


def test_a_name_a_day_and_a_place_are_all_that_is_personal(cast: Cast) -> None:
    person = trained(cast)
    person.birth_date, person.phone, person.email = date(2008, 5, 17), "13800001111", "c@example.org"
    person.save()
    said = repr(record_of(person, TODAY))
    for secret in ("2008-05-17", "date(2008", "13800001111", "c@example.org", "wage", "pay"):
        assert secret not in said


def test_questions_do_not_grow_with_what_there_is(cast: Cast) -> None:
    person = trained(cast)
    earlier(cast, person, 3)
    few = asked(person)
    earlier_more(cast, person)
    assert asked(person) == few


def earlier_more(cast: Cast, person: Person) -> None:
    from craftpath.domain.apprenticeships.models import Enrolment  # noqa: PLC0415

    Enrolment.objects.filter(person=person, number__startswith="9").update(number="old")
    earlier(cast, person, 50)


def asked(person: Person) -> int:
    with CaptureQueriesContext(
        connection,
    ) as told:
        assert len(list(record_of(person, TODAY).entries())) > 5
    return len(told)
