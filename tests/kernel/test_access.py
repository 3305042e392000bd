"""Who acts where: memberships in time, roles that reach down, permissions."""

from __future__ import annotations

from datetime import date

import pytest

from craftpath.kernel.access import Actor, Membership, actor_in, join, system
from craftpath.kernel.roles import ALLOWED, BETWEEN_THEM, BY_RELATION, Permission, Role, of_office
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db


def test_every_role_says_what_it_allows() -> None:
    assert set(ALLOWED) == set(Role)
    assert len(Role) == 9


def test_a_role_reaches_the_organisations_below_and_not_those_above(cast: Cast) -> None:
    coordinator = cast.people["coordinator"]
    at_campus = actor_in(coordinator, cast.campus, TODAY)
    assert at_campus is not None
    assert at_campus.roles == {Role.COORDINATOR}
    assert actor_in(coordinator, cast.city, TODAY) is None
    assert actor_in(coordinator, cast.jinheng, TODAY) is None
    assert actor_in(cast.people["stranger"], cast.college, TODAY) is None


def test_a_role_holds_from_its_first_day_to_the_day_before_its_end(cast: Cast) -> None:
    person = cast.people["trainer"]
    Membership.objects.filter(person=person).update(starts_on=date(2026, 3, 1), ends_on=date(2026, 9, 14))
    seen = {
        day: actor_in(person, cast.college, day) is not None
        for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 9, 13), date(2026, 9, 14))
    }
    assert seen == {
        date(2026, 2, 28): False,
        date(2026, 3, 1): True,
        date(2026, 9, 13): True,
        date(2026, 9, 14): False,
    }


def test_somebody_switched_off_is_nobody(cast: Cast) -> None:
    person = cast.people["trainer"]
    person.is_active = False
    person.save()
    assert actor_in(person, cast.college, TODAY) is None


def test_joining_twice_keeps_one_membership(cast: Cast) -> None:
    people = [cast.people["trainer"]]
    assert join(people, cast.college, Role.TRAINER, on=TODAY) == []
    assert join(people, cast.college, Role.ASSESSOR, on=TODAY) == people


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("administrator", set(Permission) - BY_RELATION - BETWEEN_THEM),
        (
            "coordinator",
            set(Permission)
            - BY_RELATION
            - {Permission.RUN_ORGANISATION, Permission.HAND_FIGURES_OVER, Permission.ANSWER_REQUESTS},
        ),
        (
            "trainer",
            {
                Permission.SEE_RESULTS,
                Permission.SEE_FIGURES,
                Permission.IMPORT_MARKS,
                Permission.CONFIRM_LOGS,
                Permission.HOLD_SESSIONS,
                Permission.REPORT_INCIDENTS,
                Permission.WRITE_ITEMS,
                Permission.DESIGN_CURRICULA,
                Permission.TELL_STORIES,
                Permission.ASK_QUESTIONS,
                Permission.KEEP_PACKAGES,
                Permission.WRITE_COURSES,
                Permission.HOST_FORUMS,
                Permission.STUDY_TOGETHER,
                Permission.SEE_VENTURES,
                Permission.BOOK_THINGS,
                Permission.KEEP_RESOURCES,
                Permission.EXCHANGE_BUNDLES,
                Permission.SEE_CREDITS,
                Permission.CHECK_CREDITS,
                Permission.SEE_SIGNS,
            },
        ),
        (
            "assessor",
            {Permission.SEE_RESULTS, Permission.ANSWER_CONTESTS, Permission.WRITE_ITEMS},
        ),
    ],
)
def test_permissions_follow_the_role(cast: Cast, who: str, allowed: set[Permission]) -> None:
    actor = cast.actor(who)
    assert {permission for permission in Permission if actor.may(permission)} == allowed


def test_the_system_may_everything_and_sees_its_organisation(cast: Cast) -> None:
    assert system(cast.college).permissions == set(Permission)
    assert system(cast.college).scope.path == cast.college.path
    assert system().scope.path == ""


def test_only_wide_roles_open_the_organisation(cast: Cast) -> None:
    assert cast.actor("trainer").scope.path == cast.college.path
    assert cast.actor("assessor").scope.path == ""
    assert cast.actor("apprentice").scope.path == ""


@pytest.mark.parametrize(
    ("roles", "only_own"),
    [
        ({Role.APPRENTICE}, True),
        ({Role.MENTOR}, False),
        ({Role.APPRENTICE, Role.MENTOR}, False),
        ({Role.APPRENTICE, Role.COORDINATOR}, False),
    ],
)
def test_who_is_an_apprentice_and_nothing_else_sees_nobody_else(
    cast: Cast, roles: set[Role], only_own: bool
) -> None:
    actor = Actor(organisation=cast.college, person=cast.people["apprentice"], roles=frozenset(roles))
    assert actor.sees_only_own is only_own
    assert system().sees_only_own is False


def test_who_administers_gives_roles_whose_confidential_work_is_not_theirs() -> None:
    for role in (Role.MENTOR, Role.TRAINER, Role.COORDINATOR):
        assert of_office(role) <= ALLOWED[Role.ADMINISTRATOR]
    assert not BETWEEN_THEM & ALLOWED[Role.ADMINISTRATOR]
