"""The way of a complaint never passes through whoever is named: shown over generated casts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.domain.care.routing import HANDLING, Seat, depends_on, eligible
from craftpath.kernel.roles import Role

CITY, COLLEGE, CAMPUS, FIRM, SITE = "0001", "00010001", "000100010001", "00010002", "000100020001"
PLACES = (CITY, COLLEGE, CAMPUS, FIRM, SITE)
SEATS = st.lists(
    st.builds(
        Seat, st.integers(min_value=1, max_value=8), st.sampled_from(PLACES), st.sampled_from(list(Role))
    ),
    max_size=20,
    unique=True,
)
PEOPLE = st.integers(min_value=1, max_value=8)


@settings(max_examples=500)
@given(SEATS, st.sampled_from(PLACES), PEOPLE, st.sets(PEOPLE, max_size=4), st.sets(PEOPLE, max_size=2))
def test_nobody_named_nor_under_them_nor_inside_is_ever_asked(
    seats: list[Seat], path: str, complainant: int, named: set[int], insiders: set[int]
) -> None:
    found = eligible(seats, path=path, complainant=complainant, named=named, insiders=insiders)
    for seat in found:
        assert seat.person_id not in named | insiders | {complainant}
        assert path.startswith(seat.path)
        assert seat.role in HANDLING
        assert not any(depends_on(seat, boss) for boss in seats if boss.person_id in named)
    assert [len(seat.path) for seat in found] == sorted((len(seat.path) for seat in found), reverse=True)


@settings(max_examples=300)
@given(SEATS, st.sampled_from(PLACES), PEOPLE, st.sets(PEOPLE, max_size=3), PEOPLE)
def test_naming_one_more_lets_nobody_new_in(
    seats: list[Seat], path: str, complainant: int, named: set[int], more: int
) -> None:
    before = set(eligible(seats, path=path, complainant=complainant, named=named))
    after = set(eligible(seats, path=path, complainant=complainant, named=named | {more}))
    assert after <= before
    assert more not in {seat.person_id for seat in after}


@given(SEATS, st.sampled_from(PLACES))
def test_without_anybody_named_every_handler_of_the_way_may(seats: list[Seat], path: str) -> None:
    found = eligible(seats, path=path, complainant=99, named=())
    assert set(found) == {seat for seat in seats if path.startswith(seat.path) and seat.role in HANDLING}


def people(found: list[Seat]) -> list[int]:
    return [seat.person_id for seat in found]


def test_about_the_only_handler_it_goes_to_the_organisation_above() -> None:
    seats = [Seat(1, FIRM, Role.HR), Seat(2, CITY, Role.OFFICER), Seat(3, COLLEGE, Role.COORDINATOR)]
    assert people(eligible(seats, path=FIRM, complainant=9, named={1})) == [2]


def test_about_the_administrator_it_leaves_the_house_whose_roles_the_administrator_gives() -> None:
    seats = [
        Seat(1, COLLEGE, Role.ADMINISTRATOR),
        Seat(2, COLLEGE, Role.COORDINATOR),
        Seat(3, COLLEGE, Role.ADMINISTRATOR),
        Seat(4, CAMPUS, Role.COORDINATOR),
        Seat(5, CITY, Role.OFFICER),
    ]
    assert people(eligible(seats, path=CAMPUS, complainant=9, named={1})) == [3, 5]


def test_who_has_the_same_role_below_depends_on_it() -> None:
    seats = [
        Seat(1, COLLEGE, Role.COORDINATOR),
        Seat(2, CAMPUS, Role.COORDINATOR),
        Seat(3, COLLEGE, Role.COORDINATOR),
    ]
    assert people(eligible(seats, path=CAMPUS, complainant=9, named={1})) == [3]
