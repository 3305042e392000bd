"""Rating work: levels, what was not observed, replays, exhibits, and who sees what before it is published."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from PIL import Image

from craftpath.domain.judging.actions import MOST_EXHIBITS, Panel, add_exhibit, publish_marks, rate_work
from craftpath.domain.judging.models import Exhibit, Rater, Rating
from craftpath.domain.judging.queries import works
from craftpath.kernel.access import Actor
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.judging.world import actor_of, levels, practical, rate, seat

pytestmark = pytest.mark.usefixtures("all_rows")


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"^{reason}$")


def test_levels_come_to_a_mark_and_what_was_not_observed_is_never_zero(cast: Cast) -> None:
    row = practical(cast)
    assert rate(cast, row, "mentor", levels("4", "3", "1")).score == Decimal("70.0000")
    # 50 and 30 of 100 are left: (50·1 + 30·⅔) / 80
    assert rate(cast, row, "mentor", levels("4", "3", "not_observed")).score == Decimal("87.5000")
    assert Rating.objects.filter(is_current=True).count() == 1
    assert Rating.objects.count() == 2


def test_a_replay_is_the_same_rating_also_after_a_newer_one(cast: Cast) -> None:
    row, made = practical(cast), uuid.uuid4()
    first = rate(cast, row, "mentor", levels("4", "4", "4"), made_id=made)
    newer = rate(cast, row, "mentor", levels("1", "1", "1"))
    assert rate(cast, row, "mentor", levels("2", "2", "2"), made_id=made) == first
    assert Rating.objects.get(is_current=True) == newer


@pytest.mark.parametrize(
    "given",
    [
        {}, {"seam": "4"}, levels("5", "4", "4"), levels("", "4", "4"), levels("4", "4", "4") | {"more": "4"},
    ],
)  # fmt: skip
def test_levels_that_there_are_not_are_refused(cast: Cast, given: dict[str, str]) -> None:
    row = practical(cast)
    with refused(r"judging\.levels_faulty"):
        rate(cast, row, "mentor", given)
    assert not Rating.objects.exists()


def test_having_observed_nothing_is_no_rating(cast: Cast) -> None:
    with refused(r"judging\.nothing_observed"):
        rate(cast, practical(cast), "mentor", levels(*["not_observed"] * 3))


def test_nobody_rates_in_another_s_name(cast: Cast) -> None:
    row = practical(cast)
    for who in ("trainer", "coordinator", "apprentice", "hr"):
        by = cast.actor(who, cast.jinheng if who == "hr" else None)
        with refused(r"judging\.not_a_rater"):
            rate_work(
                seat(cast, row, "mentor"), made_id=uuid.uuid4(), levels=levels("4", "4", "4"), by=by, at=AT
            )


def test_the_own_rating_stands_apart_and_is_never_in_the_mark(cast: Cast) -> None:
    row = practical(cast, Panel(people=[(cast.people["trainer"], "trainer")], self_rating=True))
    rate(cast, row, "apprentice", levels("4", "4", "4"))
    rate(cast, row, "mentor", levels("1", "1", "1"))
    rate(cast, row, "trainer", levels("1", "1", "1"))
    work = works(row)[cast.enrolments["26001"].pk]
    assert work.mark == 0
    assert work.own is not None
    assert work.own.mark == 100


def test_a_clock_that_is_ahead_does_not_rate_in_the_future(cast: Cast) -> None:
    row = practical(cast)
    made = rate(cast, row, "mentor", levels("4", "4", "4"), written_at=AT + timedelta(days=3))
    assert made.written_at == AT


# ---- who sees what


def seen(model: Any, actor: Actor) -> int:
    with looking_for(actor.scope):
        return int(model.objects.count())


def test_an_apprentice_reads_ratings_once_they_are_published(cast: Cast) -> None:
    row = practical(cast)
    for who in ("mentor", "trainer"):
        rate(cast, row, who, levels("4", "4", "4"))
    apprentice, classmate = cast.actor("apprentice"), cast.actor("classmate")
    assert seen(Rating, apprentice) == 0
    pk = cast.enrolments["26001"].pk
    publish_marks(row, {pk: str(works(row)[pk].mark)}, by=cast.actor("coordinator"), at=AT)
    assert seen(Rating, apprentice) == 2
    assert seen(Rating, classmate) == 0


def test_a_peer_sees_the_work_that_he_rates_and_no_rating_of_others(cast: Cast) -> None:
    row = practical(cast, Panel(peers=1))
    rate(cast, row, "mentor", levels("4", "4", "4"))
    # 26001 is rated by the next one, 26002
    peer = cast.actor("classmate")
    assert seen(Rater, peer) == 2 + 1  # the two who rate the own work, and the own seat
    assert seen(Rating, peer) == 0
    rate(cast, row, "classmate", levels("2", "2", "2"))
    assert seen(Rating, peer) == 1


def test_a_stranger_sees_nothing(cast: Cast) -> None:
    row = practical(cast)
    rate(cast, row, "mentor", levels("4", "4", "4"))
    stranger = cast.actor("stranger", cast.neighbour)
    assert [seen(model, stranger) for model in (Rating, Rater, type(row), type(row.rubric))] == [0, 0, 0, 0]


# ---- exhibits


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "PNG")
    return out.getvalue()


FILES = {
    "photo": picture(),
    "video": b"\x00\x00\x00\x20ftypisom" + b"\0" * 64,
    "file": b"%PDF-1.7\n%%EOF",
    "drawing": b"  0\r\nSECTION\r\n  2\r\nHEADER\r\n",
}


def exhibit(cast: Cast, row: Any, content: bytes, who: str = "apprentice", **other: Any) -> Exhibit:
    given = {"made_id": uuid.uuid4()} | other
    return add_exhibit(row, cast.enrolments["26001"], content=content, **given, by=actor_of(cast, who), at=AT)


@pytest.mark.parametrize("kind", list(FILES))
def test_photos_videos_drawings_and_files_are_told_by_their_bytes(cast: Cast, kind: str) -> None:
    made = exhibit(cast, practical(cast), FILES[kind], words=" 第二道\n焊缝 ")
    assert (made.kind, made.words) == (kind, "第二道 焊缝")
    assert made.kept.bytes() == FILES[kind] if kind != "photo" else made.media_type == "image/jpeg"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", r"kernel\.file_not_known"),
        (b"<svg onload=alert(1)>", r"kernel\.file_not_known"),
        (b"MZ\x90\0", r"kernel\.file_not_known"),
        (b"\x89PNG no picture", r"kernel\.not_a_picture"),
        (b"%PDF-" + b"0" * (12 * 2**20), r"kernel\.file_too_large"),
    ],
)
def test_other_files_are_refused(cast: Cast, content: bytes, reason: str) -> None:
    row = practical(cast)
    with refused(reason):
        exhibit(cast, row, content)
    assert not Exhibit.objects.exists()


def test_an_exhibit_comes_once_from_whose_work_it_is_or_who_rates_it(cast: Cast) -> None:
    row, made = practical(cast), uuid.uuid4()
    assert exhibit(cast, row, FILES["file"], made_id=made) == exhibit(cast, row, FILES["file"], made_id=made)
    exhibit(cast, row, FILES["file"], "mentor")
    with refused(r"judging\.exhibit_not_yours"):
        exhibit(cast, row, FILES["file"], "classmate")
    for _more in range(MOST_EXHIBITS - 2):
        exhibit(cast, row, FILES["file"])
    with refused(r"judging\.too_many_exhibits"):
        exhibit(cast, row, FILES["file"])
