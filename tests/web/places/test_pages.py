"""Pages of places: seats against demand, the map, travel, one's own week, what everybody reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.delivery.web.places import public
from craftpath.delivery.web.places.demand import loads, rolled_up
from craftpath.delivery.web.places.hooks import PARTS, PublicLine, public_part
from craftpath.domain.learning.models import Session, SessionTeacher
from craftpath.domain.places import actions
from craftpath.domain.places.models import Place, Travel
from craftpath.engines.geography.types import Position
from craftpath.kernel import consents
from craftpath.kernel.access import join
from craftpath.kernel.consents import give_consent, withdraw_consent
from craftpath.kernel.organisations import Organisation, plant
from craftpath.kernel.roles import Role
from tests.cast import AT, TODAY, Cast
from tests.photos import picture

pytestmark = pytest.mark.usefixtures("all_rows")
Browse = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


def url(page: str, *ids: Any, at: str = "lanchuan") -> str:
    return reverse(f"places:{page}", args=[at, *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def by(cast: Cast) -> dict[str, Any]:
    return {"by": cast.actor("coordinator"), "at": AT}


def told(cast: Cast, place: Organisation, lat: float, lon: float = 114.3, **more: Any) -> None:
    actions.keep_place(place, actions.Told(position=Position(lat, lon), **more), **by(cast))


def seated(cast: Cast, place: Organisation, count: int) -> None:
    first = min(one.starts_on for one in cast.enrolments.values())
    term = actions.Term(cast.cohort.occupation, first, TODAY + timedelta(days=90), count)
    actions.keep_seats(place, [term], **by(cast))


def test_seats_are_taken_by_those_who_began_and_rolled_up(cast: Cast) -> None:
    here = cast.cohort.organisation
    seated(cast, here, 8)
    rows = list(cast.city.below().order_by("path"))
    own = loads(rows, TODAY)
    learn = sum(one.state != "ended" for one in cast.enrolments.values())
    assert (own[here.pk].seats, own[here.pk].taken, own[here.pk].enrolled) == (8, learn, learn)
    assert own[cast.city.pk].seats == 0
    assert rolled_up(rows, own)[cast.city.pk] == own[here.pk]


def test_the_list_says_the_same_as_the_map(cast: Cast, browse: Browse) -> None:
    told(cast, cast.college, 30.5)
    told(cast, cast.campus, 30.6)
    seated(cast, cast.cohort.organisation, 8)
    page = text(browse("coordinator").get(url("list")))
    for size in ("wide", "narrow"):
        drawing = page.split(f"place-map-{size}")[1].split("</svg>")[0]
        assert drawing.count('class="place-dot') == 2
        assert f'href="{url("place", "lanchuan-east")}"' in drawing
    assert "of 8 seats taken" in page
    assert "http" not in re.sub(r'xmlns="[^"]*"', "", page.split("<main")[1].split("place-legend")[0])
    alone = text(browse("coordinator").get(url("list"), {"own": "1", "sort": "need"}))
    assert "each without what lies below" in alone


def test_a_learner_sees_free_seats_and_no_demand(cast: Cast, browse: Browse) -> None:
    seated(cast, cast.cohort.organisation, 8)
    page = text(browse("apprentice").get(url("list")))
    assert "Free" in page
    assert "Waiting" not in page
    assert browse("apprentice").get(url("sheet", "xlsx")).status_code == 403
    assert browse("coordinator").get(url("sheet", "xlsx")).content[:2] == b"PK"


def test_a_place_is_described_with_a_position_of_a_chinese_map(cast: Cast, browse: Browse) -> None:
    sent = {
        "address": "东路 1 号", "position": "114.30, 30.50", "system": "gcj02", "workshops": "车工\n焊工\n",
        "is_public": "on", "photo": SimpleUploadedFile("a.jpg", picture()), "photo_words": "车间",
    }  # fmt: skip
    done = browse("coordinator").post(url("edit", "lanchuan-east"), sent)
    assert done.status_code == 302
    row = Place.objects.get()
    assert row.position is not None
    assert 0.001 < abs(row.position.lat - 30.5) < 0.01  # moved back by some hundred metres, and not swapped
    assert row.offers == {"workshops": ["车工", "焊工"]}
    page = text(browse("apprentice").get(url("place", "lanchuan-east")))
    assert "焊工" in page
    assert browse("apprentice").get(url("photo", "lanchuan-east"))["Content-Type"] == "image/jpeg"
    assert (
        'value="on"'
        not in text(browse("coordinator").get(url("edit", "lanchuan-east"))).split("is_indexed")[0]
    )


@pytest.mark.parametrize("typed", ["here", "1", "1, 2, 3", "200, 200", "95, 95"])
def test_a_position_that_is_none_is_said_and_kept(cast: Cast, browse: Browse, typed: str) -> None:
    sent = {"position": typed, "system": "wgs84", "address": "东路"}
    done = browse("coordinator").post(url("edit", "lanchuan-east"), sent)
    assert done.status_code == 422
    assert "latitude, then longitude" in text(done)
    assert f'value="{typed}"' in text(done)


def test_seats_are_written_as_lines(cast: Cast, browse: Browse) -> None:
    client, page = browse("coordinator"), url("seats", "lanchuan-east")
    line = {
        "seats-0-occupation": "焊工 / Welder", "seats-0-starts_on": "2026-09-01", "seats-0-ends_on": "2027-01-31",
        "seats-0-count": "20",
    }  # fmt: skip
    assert client.post(page, line).status_code == 302
    assert 'value="焊工 / Welder"' in text(client.get(page))
    wrong = client.post(page, line | {"seats-0-ends_on": "2026-01-31"})
    assert wrong.status_code == 409
    assert client.post(page, line | {"seats-0-count": "many"}).status_code == 422
    assert client.post(page, {}).status_code == 302
    assert "has not said how many" in text(client.get(url("place", "lanchuan-east")))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("lanchuan, lanchuan-east, 25", "Row 1: from, to"),
        ("lanchuan, lanchuan-east, 25, bus\nlanchuan, moon, 3, bus", "Row 2: there is no place “moon”"),
        ("lanchuan, lanchuan-east, 25, rocket", "Row 1"),
        ("lanchuan, lanchuan, 25, bus", "Row 1"),
        ("lanchuan, jinheng, 25, bus", "there is no place"),
        ("", "required"),
    ],
)
def test_travel_rows_are_all_right_or_none_is_taken(
    cast: Cast, browse: Browse, rows: str, words: str
) -> None:
    done = browse("coordinator").post(url("travel"), {"rows": rows})
    assert done.status_code == 422
    assert words in text(done)
    assert Travel.objects.count() == 0


def test_the_nearest_with_a_free_seat(cast: Cast, browse: Browse) -> None:
    for place, lat in ((cast.college, 30.5), (cast.campus, 30.59)):
        told(cast, place, lat)
    seated(cast, cast.campus, 2)
    client = browse("apprentice")
    asked = {"minutes": "40", "mode": "bus"}
    assert "No free seat" in text(client.get(url("nearest"), asked))
    assert "estimate" in text(client.get(url("nearest"), asked | {"minutes": "45"}))
    rows = "澜川技师学院\t东校区\t25\tbus"
    assert browse("coordinator").post(url("travel"), {"rows": rows}).status_code == 302
    page = text(client.get(url("nearest"), asked))
    assert "东校区" in page or "East Campus" in page
    assert ">25<" in page.replace("\n", "")
    assert client.get(url("nearest"), {"minutes": "soon"}).status_code == 422


def _session(cast: Cast, place: Organisation, hour: int) -> None:
    start = AT + timedelta(days=1, hours=hour - 9)  # by the clock of Shanghai
    row = Session.objects.create(
        organisation=place, title={"zh": f"课 {hour}"}, kind="lesson", mode="on_site", starts_at=start,
        ends_at=start + timedelta(minutes=100), changed_at=AT,
    )  # fmt: skip
    SessionTeacher.objects.create(session=row, person=cast.people["trainer"], kind="trainer")


def test_one_s_week_warns_where_the_way_is_longer_than_the_break(cast: Cast, browse: Browse) -> None:
    join([cast.people["trainer"]], cast.campus, Role.TRAINER, on=TODAY)
    for place, lat in ((cast.college, 30.5), (cast.campus, 30.59)):
        told(cast, place, lat)
    _session(cast, cast.college, 8)  # until 9:40, and 44 minutes by bus
    _session(cast, cast.campus, 10)
    client = browse("trainer")
    page = text(client.get(url("mine")))
    assert page.count('class="pick"') == 2
    assert "24 min too few" in page
    assert client.get(url("mine"), {"week": "nonsense"}).status_code == 200
    staff = text(browse("coordinator").get(url("staff"), {"several": "1"}))
    assert cast.people["trainer"].name in staff
    assert cast.people["coordinator"].name not in staff.split("<tbody>")[1]


PUBLIC = reverse("at:list")


def test_only_what_says_so_is_public_and_no_person_without_consent(cast: Cast, browse: Browse) -> None:
    nobody, page = browse(""), reverse("at:page", args=["lanchuan"])
    told(cast, cast.college, 30.5, contact="电话 0000")
    assert nobody.get(page).status_code == 404
    assert "No public page yet" in text(nobody.get(PUBLIC))
    told(cast, cast.college, 30.5, contact="电话 0000", is_public=True, offers={"courses": ["数控车削"]})
    trainer = cast.people["trainer"]
    trainer.email = "secret@lanchuan.example"
    trainer.save()
    shown = nobody.get(page)
    assert "数控车削" in text(shown)
    assert trainer.name not in text(shown)
    give_consent(trainer, "public_page", by=cast.actor("trainer"), at=AT)
    named = text(nobody.get(page))
    assert trainer.name in named
    assert "secret@" not in named
    withdraw_consent(trainer, "public_page", by=cast.actor("trainer"), at=AT)
    assert trainer.name not in text(nobody.get(page))
    assert shown.headers["Cache-Control"] == "public, max-age=300"
    assert not shown.cookies
    assert "X-Robots-Tag" not in shown.headers
    told(cast, cast.college, 30.5, is_public=True, is_indexed=False)
    assert nobody.get(page).headers["X-Robots-Tag"] == "noindex"


def test_of_many_teachers_a_public_page_fetches_those_who_agreed(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below a city they are thousands, and the page is for everybody."""
    looked_at: list[int] = []

    def of_whom(people: Iterable[int], purpose: str) -> set[int]:
        looked_at.extend(people)
        return consents.of_whom(looked_at, purpose)

    monkeypatch.setattr(public, "of_whom", of_whom)
    actions.keep_place(cast.city, actions.Told(is_public=True), by=cast.actor("officer", cast.city), at=AT)
    give_consent(cast.people["trainer"], "public_page", by=cast.actor("trainer"), at=AT)
    page = browse("").get(reverse("at:page", args=["lanchuan-bureau"]))
    assert cast.people["trainer"].name in text(page)
    assert set(looked_at) == {cast.people["trainer"].pk}
    assert cast.people["mentor"].name not in text(page)


def test_the_public_list_is_searched_and_speaks_both_languages(cast: Cast, browse: Browse) -> None:
    told(cast, cast.college, 30.5, is_public=True, offers={"courses": ["数控车削"]})
    told(cast, cast.campus, 30.6, is_public=True)
    nobody = browse("")
    both = text(nobody.get(PUBLIC))
    assert both.count('class="place-dot') == 4  # wide and narrow
    assert "Lanchuan Technician College" in both
    found = text(nobody.get(PUBLIC, {"q": "数控", "in": "zh"}))
    assert "澜川技师学院" in found
    assert "东校区" not in found
    assert "Nothing is called like this" in text(nobody.get(PUBLIC, {"q": "\0xyz"}))


def test_a_registered_part_stands_on_a_public_page(cast: Cast, browse: Browse) -> None:
    told(cast, cast.college, 30.5, is_public=True)

    def part(organisation: Organisation, today: date) -> list[PublicLine]:
        return [PublicLine(f"Open day of {organisation.key}")]

    public_part("Open events")(part)
    try:
        page = text(browse("").get(reverse("at:page", args=["lanchuan"])))
    finally:
        PARTS.pop(part)
    assert "Open day of lanchuan" in page


def test_pages_cost_the_same_for_few_and_for_many_places(cast: Cast, browse: Browse) -> None:
    client, nobody, counts = browse("coordinator"), browse(""), []
    told(cast, cast.college, 30.5, is_public=True)
    client.get(url("list"))  # the first request of a session costs one more
    for many in (1, 30):
        for n in range(many):
            place = plant(key=f"p{many}-{n}", kind="point", name={"zh": f"点 {n}"}, parent=cast.college)
            told(cast, place, 30.5 + n / 100, is_public=True)
            seated(cast, place, 4)
        for page in (url("list"), url("nearest"), url("place", "lanchuan"), url("staff")):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            counts.append(len(asked))
        for page in (PUBLIC, reverse("at:page", args=["lanchuan"])):
            with CaptureQueriesContext(connection) as asked:
                assert nobody.get(page).status_code == 200
            counts.append(len(asked))
            own = [one for one in asked if "kernel_cache" not in one["sql"] and "SAVEPOINT" not in one["sql"]]
            assert len(own) <= 6, own  # the page, and what the registered parts ask once each
    assert counts[:6] == counts[6:]
