"""Two coordinators who take the last place of one teacher at the same moment: one of them is told that it is gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from craftpath.domain.pairing.actions import accept_pair, form_pair, set_standing
from craftpath.domain.pairing.models import Bond, Pair
from craftpath.kernel.access import Actor, system
from craftpath.kernel.tenancy import everywhere
from tests.at_once import both
from tests.cast import AT, TODAY, Cast
from tests.domain.pairing.world import formed, of, somebody

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets in one writer at a time anyway"
    ),
]


def test_the_last_place_goes_once(cast: Cast) -> None:
    with everywhere("a test"):
        master = somebody("孙师傅")
        set_standing(master, organisation=cast.jinheng, capacity=1, by=system(), at=AT)

    def form(number: str, office: str) -> Callable[[], object]:
        # The college and the enterprise: the two offices do not stand in one line.
        place = cast.college if office == "college" else cast.jinheng
        return lambda: form_pair(
            "master_apprentice", [of(cast, number, master)], organisation=place, starts_on=TODAY,
            by=system(place), at=AT,
        )  # fmt: skip

    assert both(form("26001", "college"), form("26002", "jinheng")) == ["", "pairing.teacher_full"]
    with everywhere("a test"):
        assert Bond.objects.filter(teacher=master).count() == 1


def test_two_last_yeses_take_one_place(cast: Cast) -> None:
    with everywhere("a test"):
        master = somebody("孙师傅")
        set_standing(master, organisation=cast.jinheng, capacity=1, by=system(), at=AT)
        pairs = [formed(cast, of(cast, number, master), ask=True) for number in ("26001", "26002")]
        for pair in pairs:
            accept_pair(pair, by=Actor(cast.college, master), at=AT)

    def yes(pair: Pair, number: str) -> Callable[[], object]:
        learner = cast.enrolments[number].person
        return lambda: accept_pair(pair, by=Actor(cast.college, learner), at=AT)

    heard = both(yes(pairs[0], "26001"), yes(pairs[1], "26002"))
    assert heard == ["", "pairing.teacher_full"]
    with everywhere("a test"):
        assert Pair.objects.filter(state="active").count() == 1
