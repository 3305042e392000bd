"""An enterprise that is here asks for places: once, by the rule of the city; granted, declined, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from craftpath.domain.accreditation import actions, queries
from craftpath.domain.accreditation.duties import applications_to_decide
from craftpath.domain.accreditation.models import PlaceApplication, TrainingPlace
from craftpath.kernel.duties import Asked
from craftpath.kernel.tenancy import Scope, looking_for
from tests.cast import AT, TODAY, Cast
from tests.domain.accreditation.world import (
    NAME,
    TURNER,
    accredited,
    applied,
    by_city,
    hr,
    refused,
    room,
    wanted,
)

pytestmark = pytest.mark.usefixtures("all_rows")


def test_what_is_asked_for_is_accredited_as_the_city_counts_it(cast: Cast) -> None:
    row = applied(cast, 5)
    [duty] = applications_to_decide(Asked(AT, TODAY))
    assert (duty["duty_subject"], duty["duty_place"]) == (row.public_id, cast.city.pk)
    row = actions.grant_application(row, room(3), **by_city(cast))
    place = TrainingPlace.objects.get()
    assert (row.state, row.place, place.organisation, place.capacity) == ("granted", place, cast.jinheng, 3)
    assert queries.capacity_on(cast.jinheng, {"en": "Welder"}, TODAY) == 3
    assert list(applications_to_decide(Asked(AT, TODAY))) == []
    with refused("flow.not_now"):
        actions.grant_application(row, room(3), **by_city(cast))


def test_what_stands_there_already_is_renewed(cast: Cast) -> None:
    place = accredited(cast, 2)
    row = applied(cast, 4, occupation={"zh": "数控车工"})
    until = TODAY + timedelta(days=900)
    row = actions.grant_application(row, room(4, valid_until=until), **by_city(cast))
    place.refresh_from_db()
    assert (row.place, place.capacity, place.valid_until) == (place, 4, until)


def test_one_press_asks_once_and_nobody_asks_twice_for_one_trade(cast: Cast) -> None:
    first = applied(cast, made_id=NAME)
    assert applied(cast, made_id=NAME) == first
    with refused("accreditation.asked_already"):
        applied(cast, occupation={"en": "welder"})
    actions.decline_application(first, because="师傅资格证明不足", **by_city(cast))
    assert applied(cast).state == "asked"
    assert applied(cast, occupation=TURNER).state == "asked"


def test_what_is_refused(cast: Cast) -> None:
    with refused("accreditation.too_many_places"):
        applied(cast, 6)
    with refused("accreditation.more_mentors_than_workers"):
        applied(cast, mentors=11)
    with refused("accreditation.no_occupation"):
        applied(cast, occupation={"zh": ""})
    with refused("accreditation.too_many_words"):
        applied(cast, words="长" * 2001)
    with refused("kernel.belongs_to_another"):
        applied(cast, organisation=cast.qinghe)
    by = {"by": cast.actor("coordinator"), "at": AT}
    with refused("accreditation.no_such_enterprise"):
        actions.apply_for_places(cast.college, wanted(occupation=TURNER), made_id=NAME, **by)
    assert not PlaceApplication.objects.exists()


def test_the_city_decides_and_the_enterprise_takes_back(cast: Cast) -> None:
    row = applied(cast)
    with refused("kernel.role_lacks"):
        actions.grant_application(row, room(), **hr(cast))
    with refused("kernel.role_lacks"):
        actions.decline_application(row, because="x", **hr(cast))
    with refused("accreditation.no_words"):
        actions.decline_application(row, because=" ", **by_city(cast))
    with refused("kernel.belongs_to_another"):
        actions.withdraw_application(row, by=cast.actor("coordinator"), at=AT)
    assert actions.withdraw_application(row, **hr(cast)).state == "withdrawn"


def test_the_city_and_the_enterprise_see_it_and_nobody_else(cast: Cast) -> None:
    applied(cast)
    for place, sees in ((cast.city, 1), (cast.jinheng, 1), (cast.college, 0), (cast.qinghe, 0)):
        with looking_for(Scope(path=place.path)):
            assert queries.applications().count() == sees


def test_what_waits_stands_first(cast: Cast) -> None:
    done, waits = applied(cast), applied(cast, occupation=TURNER)
    actions.decline_application(done, because="x", by=by_city(cast)["by"], at=AT + timedelta(days=1))
    assert list(queries.applications()) == [waits, done]
