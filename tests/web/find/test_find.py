"""One box: it leads to pages that open, for everybody to all that they see, and to nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from craftpath.delivery.jobs.search.following import look_through
from craftpath.delivery.jobs.search.kinds import KINDS
from craftpath.delivery.web.find.groups import GROUPS, LOOKS
from craftpath.delivery.web.history.subjects import subjects
from craftpath.kernel.people import Person
from craftpath.kernel.search.entries import SearchEntry
from craftpath.kernel.tenancy import everywhere, looking_for
from craftpath.values.ref import Ref
from tests.cast import Cast
from tests.house.furnishing import furnish
from tests.house.making import make_agreements, make_layout

pytestmark = pytest.mark.django_db
SEATS = {
    "coordinator": "college", "trainer": "college", "assessor": "college", "apprentice": "college",
    "hr": "jinheng", "mentor": "jinheng", "officer": "city", "auditor": "city",
}  # fmt: skip
FEW = 2  # of each kind; its page is opened for each reader
Browse = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def indexed(cast: Cast) -> Cast:
    with everywhere("a test fills the index"):
        look_through(date(2026, 9, 14))
    return cast


@pytest.fixture
def furnished(cast: Cast) -> Cast:
    """Something of every kind, all of it indexed."""
    furnish(cast)
    make_agreements(cast)
    make_layout(cast)
    with everywhere("a test fills the index"):
        look_through(date(2026, 9, 14))
    return cast


def _find(client: Client, seat: Any, asked: str, **more: Any) -> Any:
    return client.get(reverse("find:page", args=[seat.key]), {"q": asked} | more.pop("data", {}), **more)


def _lines(answer: Any) -> list[tuple[str, str]]:
    """(address, name) of what was found."""
    assert answer.status_code == 200
    found = re.findall(r'<a class="line-link" href="([^"]+)">(.*?)</a>', answer.content.decode())
    return [(url, re.sub(r"</?mark>", "", name)) for url, name in found]


def test_every_kind_that_is_indexed_has_its_look_and_the_other_way_round() -> None:
    assert set(LOOKS) == set(KINDS)
    assert {group for group, _label, _icon in LOOKS.values()} == set(GROUPS)


@pytest.mark.timeout(300)
def test_everything_that_one_may_open_is_found_and_opens(furnished: Cast, browse: Browse) -> None:
    missed: list[tuple[str, str]] = []
    shut: list[tuple[str, str, int]] = []
    for who, where in SEATS.items():
        client, seat = browse(who), getattr(furnished, where)
        for name, url, group in _seen_by(furnished, who, seat):
            cache.clear()
            status = client.get(url, follow=True).status_code  # a pilot leads on to its round
            found = dict(_lines(_find(client, seat, name.replace(" · ", " "), data={"in": group})))
            if status == 200 and url not in found:
                missed.append((who, url))
            if status != 200 and url in found:
                shut.append((who, url, status))
    assert missed == []
    assert shut == []


def _seen_by(cast: Cast, who: str, seat: Any) -> Iterator[tuple[str, str, str]]:
    """(name, address, group) of every thing that somebody sees there, whether its page opens or not."""
    for (noun, kind), (group, _label, _icon) in LOOKS.items():
        by = KINDS[noun, kind]
        if (noun, kind) in {("kernel", "person"), ("standards", "skill")}:
            continue  # asked for below
        with looking_for(cast.actor(who, seat).scope):
            some = by.rows().order_by("-pk").values_list(by.by, flat=True)[:FEW]
            refs = [str(Ref(noun, kind, key)) for key in some]
            yield from [(name, url, group) for name, url in subjects(refs, seat.key).values()]


def test_people_and_skills_are_found_by_those_who_may(indexed: Cast, browse: Browse) -> None:
    [first, second] = _lines(_find(browse("coordinator"), indexed.college, "chenyutong"))
    person, enrolment = indexed.people["apprentice"], indexed.enrolments["26001"]
    assert first == (reverse("apprenticeships:apprentice", args=["lanchuan", enrolment.public_id]), "陈雨桐")
    assert second == (reverse("people:person", args=["lanchuan", person.public_id]), "陈雨桐")
    for url, _name in (first, second):
        assert browse("coordinator").get(url).status_code == 200
    for who, names in (
        ("mentor", ["陈雨桐"]), ("hr", ["陈雨桐"]), ("apprentice", ["陈雨桐"]), ("classmate", []), ("officer", []),
    ):  # fmt: skip
        seat = getattr(indexed, SEATS.get(who, "college"))
        assert [name for _url, name in _lines(_find(browse(who), seat, "cyt"))] == names, who
    skills = _lines(_find(browse("apprentice"), indexed.college, "数", data={"in": "skills"}))
    assert all(browse("apprentice").get(url).status_code == 200 for url, _name in skills)


def test_neither_stale_nor_too_wide_entries_show_a_name(indexed: Cast, browse: Browse) -> None:
    neighbour = browse("stranger")
    assert _lines(_find(neighbour, indexed.neighbour, "陈雨桐")) == []
    for entry in SearchEntry.objects.all():  # an index that lets everything through
        entry.marks += " all"
        entry.save()
    answer = _find(neighbour, indexed.neighbour, "陈雨桐")
    assert _lines(answer) == []
    assert "焊工" not in answer.content.decode()
    assert _lines(_find(browse("classmate"), indexed.college, "陈雨桐")) == []
    Person.objects.filter(pk=indexed.people["apprentice"].pk).update(name="改名者")
    names = {name for _url, name in _lines(_find(browse("coordinator"), indexed.college, "陈雨桐"))}
    assert names == {"改名者"}


def test_groups_narrow_and_those_without_a_page_to_open_are_not_offered(
    indexed: Cast, browse: Browse
) -> None:
    both = _lines(_find(browse("coordinator"), indexed.college, "焊工 2026"))
    cohorts = _lines(_find(browse("coordinator"), indexed.college, "焊工 2026", data={"in": "learning"}))
    assert 0 < len(cohorts) < len(both)
    apprentice = _find(browse("apprentice"), indexed.college, "焊工").content.decode()
    assert "in=surveys" in apprentice
    assert "in=curricula" not in apprentice
    assert "in=curricula" in _find(browse("coordinator"), indexed.college, "焊工").content.decode()


def test_while_one_types_only_the_answer_comes(indexed: Cast, browse: Browse) -> None:
    part = _find(
        browse("coordinator"), indexed.college, "陈雨", headers={"HX-Request": "true"}
    ).content.decode()
    assert part.lstrip().startswith('<div class="stack" id="found"')
    assert "<mark>陈雨</mark>桐" in part
    whole = _find(browse("coordinator"), indexed.college, "<b>陈雨").content.decode()
    assert 'value="&lt;b&gt;陈雨"' in whole
    assert "<b>" not in whole


def test_without_a_question_or_an_answer_there_are_hints(indexed: Cast, browse: Browse) -> None:
    assert "One box for everything" in _find(browse("mentor"), indexed.jinheng, "").content.decode()
    assert "Nothing found" in _find(browse("mentor"), indexed.jinheng, "魑魅魍魉").content.decode()


@pytest.mark.parametrize(
    "hostile", ["\x00", '"*', "a" * 10_000, "\u202e\u200f", "' OR 1=1 --", "() AND NOT", "{x} : y"]
)
def test_hostile_questions_are_answered(indexed: Cast, browse: Browse, hostile: str) -> None:
    answer = _find(browse("coordinator"), indexed.college, hostile, data={"in": hostile})
    assert answer.status_code == 200


def test_somebody_who_asks_without_end_is_asked_to_wait(indexed: Cast, browse: Browse, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"find": "2/m/user"}
    codes = [_find(browse("coordinator"), indexed.college, "焊").status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    assert _find(browse("coordinator"), indexed.college, "").status_code == 200


def test_the_box_stands_in_the_bar_of_every_page_but_its_own(cast: Cast, browse: Browse) -> None:
    home = browse("coordinator").get(reverse("desks:home", args=["lanchuan"])).content.decode()
    assert 'action="/o/lanchuan/find/"' in home
    assert "data-find" in home
    assert "data-find" not in _find(browse("coordinator"), cast.college, "").content.decode()
