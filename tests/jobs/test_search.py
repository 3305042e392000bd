"""The index keeps up: by facts, by what is new, by a look through everything once a day; and it forgets."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from craftpath.delivery.jobs.search import following
from craftpath.delivery.jobs.search.following import keep_up, look_through
from craftpath.delivery.jobs.search.kinds import KINDS
from craftpath.domain.apprenticeships.actions import RosterEntry, plan_cohort, take_roster
from craftpath.domain.apprenticeships.models import Cohort
from craftpath.domain.pilots.models import SURE, CountryCase
from craftpath.kernel.facts import tell
from craftpath.kernel.people import Person
from craftpath.kernel.search.entries import SearchEntry
from craftpath.kernel.search.finding import find
from craftpath.kernel.signin import FirstPasswordsMade
from tests.cast import AT, TODAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
NOW = timezone.now()


def _found(text: str) -> set[str]:
    return {f"{one.ref.noun}/{one.ref.kind}" for one in find(text, brought=(), kinds=list(KINDS))}


def test_what_is_there_is_found_after_the_first_minute(cast: Cast) -> None:
    assert _found("陈雨桐") == set()
    keep_up(NOW)
    assert _found("陈雨桐") == {"apprenticeships/enrolment", "kernel/person"}
    assert _found("chenyutong") == _found("陈雨桐")
    assert "apprenticeships/cohort" in _found("焊工 2026")


def test_a_fact_brings_its_subject_and_new_rows_come_by_themselves(cast: Cast) -> None:
    keep_up(NOW)
    new = plan_cohort(
        organisation=cast.college, programme=cast.programme, name={"zh": "钳工班"}, occupation={"zh": "钳工"},
        starts_on=TODAY, by=cast.actor("coordinator"), at=AT,
    )  # fmt: skip
    take_roster(new, [RosterEntry("27001", "诸葛明")], by=cast.actor("coordinator"), at=AT)
    keep_up(NOW)
    assert _found("zhugeming") == {"apprenticeships/enrolment", "kernel/person"}
    assert _found("钳工班") >= {"apprenticeships/cohort", "apprenticeships/enrolment"}


def test_a_fact_that_names_people_renews_all_that_names_them(cast: Cast) -> None:
    keep_up(NOW)
    person = cast.people["apprentice"]
    Person.objects.filter(pk=person.pk).update(name="已注销", name_latin="")
    tell(FirstPasswordsMade(people=[person.public_id]), by=cast.actor("coordinator"), at=AT)
    keep_up(NOW)
    assert _found("陈雨桐") == _found("cyt") == _found("yutong") == set()
    assert _found("已注销") == {"apprenticeships/enrolment", "kernel/person"}


def test_once_a_day_what_no_fact_told_is_mended(cast: Cast) -> None:
    case = CountryCase.objects.create(key="x", title={"zh": "双元制"}, source="x", sure=SURE[0], made_at=AT)
    keep_up(NOW)
    assert _found("双元制") == {"pilots/case"}
    Cohort.objects.filter(pk=cast.cohort.pk).update(name={"zh": "铣工班"})
    case.delete()
    keep_up(NOW)  # everything was looked through today
    assert _found("铣工班") == set()
    keep_up(NOW + timedelta(days=1))
    assert _found("铣工班") == {"apprenticeships/cohort", "apprenticeships/enrolment"}
    assert _found("双元制") == set()


def test_it_stops_when_its_time_is_over_and_goes_on_from_there(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "BATCH", 2)
    keep_up(NOW, seconds=-1)
    keep_up(NOW, seconds=-1)
    assert _found("陈雨桐") == set()  # there was no time for a single batch
    ticks = iter(range(1_000_000))
    monkeypatch.setattr(following.time, "monotonic", lambda: next(ticks))
    minutes = 0
    while not look_through(TODAY, ends=next(ticks) + 4):
        minutes += 1
    assert minutes > 2
    assert _found("陈雨桐") == {"apprenticeships/enrolment", "kernel/person"}


def test_the_command_writes_the_same_again_and_begins_with_nothing_if_asked(cast: Cast) -> None:
    call_command("index", verbosity=0)
    first = set(SearchEntry.objects.values_list("pk", "noun", "kind", "public_id", "title", "marks"))
    call_command("index", verbosity=0)
    assert set(SearchEntry.objects.values_list("pk", "noun", "kind", "public_id", "title", "marks")) == first
    SearchEntry.objects.filter(kind="cohort").update(title="falsch")
    call_command("index", verbosity=0)
    assert _found("falsch") == set()
    call_command("index", empty=True, verbosity=0)
    assert {row[1:] for row in first} == set(
        SearchEntry.objects.values_list("noun", "kind", "public_id", "title", "marks")
    )
