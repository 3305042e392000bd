"""What the report says of those who sat again, of marks that were sent back, and of what it remembers."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from craftpath.delivery.web.itemreport import reading
from craftpath.domain.exams import tables
from craftpath.domain.exams.models import Answer, Candidate, EssayMark, EssayReturn, PaperLine, Sitting
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.exams.crowd import cohort, form, held, items, options
from tests.domain.exams.hall import ESSAY
from tests.web.itemreport.conftest import Browse, at, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(cast: Cast, small: Sitting) -> Sitting:
    """Two of the six sit the same paper again, with one who is new."""
    with everywhere("a test holds another"):
        back = [one.enrolment for one in Candidate.objects.filter(sitting=small).order_by("pk")[:2]]
        given = [(small.paper, one) for one in options([[1, 1, 1], [1, 1, 1], [0, 0, 0]])]
        return held(cast, given, enrolled=back, among=cohort(cast, "Later"), days=7)


def test_who_sat_again_counts_once_and_every_page_says_so(cast: Cast, browse: Browse, later: Sitting) -> None:
    client = browse("coordinator")
    said = "Everybody counts once, with the first time at the paper: left out as sat again, 2."
    for part in ("", "questions/", "model/", "forms/", "fairness/"):
        assert said in words(client.get(at(later, f"{part}?all=1"))), part
        assert said not in words(client.get(at(later, part))), part
    page = words(client.get(at(later, "?all=1")))
    assert "Mean 1.29 n = 7 of 3 points" in page  # 9 of the six and nothing of the new one


def test_the_file_says_who_is_left_out(cast: Cast, browse: Browse, later: Sitting) -> None:
    client = browse("coordinator")
    text = client.get(at(later, "files/figures.csv?all=1")).content.decode("utf-8-sig")
    assert ["left_out", "2"] in [row[:2] for row in csv.reader(io.StringIO(text))]
    points = client.get(at(later, "files/responses.csv?all=1")).content.decode("utf-8-sig")
    assert len(points.split()) == 1 + 7


def test_seven_of_all_and_five_here_give_nobody_away(cast: Cast, browse: Browse) -> None:
    with everywhere("a test holds two"):
        paper = form(cast, items(cast, 3))
        a, b = cast.jinheng, cast.qinghe
        here = held(cast, [(paper, ["b", "a", "b"])] * 25, enterprises=[a] * 5 + [b] * 20)
        held(
            cast,
            [(paper, ["b", "a", "b"])] * 22,
            enterprises=[a] * 2 + [b] * 20,
            among=cohort(cast, "Other"),
            days=7,
        )
    client = browse("coordinator")
    alone = words(client.get(at(here, "fairness/?by=enterprise")))
    assert "not counted" not in alone
    together = client.get(at(here, "fairness/?all=1&by=enterprise"))
    assert "All groups not counted" in words(together)
    assert not [one for one in ("7", "40", "47") if f'class="number">{one}<' in together.content.decode()]


def test_marks_that_were_sent_back_are_said(cast: Cast, browse: Browse, over: Sitting) -> None:
    client = browse("trainer")
    assert "sent back" not in words(client.get(at(over, "markers/")))
    with everywhere("a test sends back"):
        word = EssayReturn.objects.create(
            sitting=over, marker=cast.people["trainer"], because="太宽", returned_at=AT
        )
        line = PaperLine.objects.get(paper=over.paper, order=ESSAY)
        for one in Candidate.objects.filter(sitting=over)[:2]:
            EssayMark.objects.create(
                candidate=one, line=line, marker=cast.people["trainer"], points=1, marked_at=AT,
                superseded_at=AT, returned=word,
            )  # fmt: skip
    page = words(client.get(at(over, "markers/")))
    assert "2 marks that a moderator sent back are in none of these figures." in page


def test_a_change_by_another_process_is_in_the_next_look(cast: Cast, browse: Browse, small: Sitting) -> None:
    client = browse("coordinator")
    assert "Mean 1.50" in words(client.get(at(small)))
    with everywhere("somebody else changes an answer"):
        Answer.objects.filter(given=["a"]).update(given=["b"], count=2)
    assert "Mean 3.00" in words(client.get(at(small)))


def test_two_readers_share_what_was_counted_only_if_they_see_the_same(
    cast: Cast,
    browse: Browse,
    small: Sitting,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted: list[Any] = []
    real = tables.scored
    monkeypatch.setattr(tables, "scored", lambda *some: counted.append(some) or real(*some))
    tables.forget()
    browse("coordinator").get(at(small))
    browse("trainer").get(at(small, "questions/"))
    assert len(counted) == 1


def test_what_is_counted_already_comes_at_once(
    cast: Cast,
    browse: Browse,
    small: Sitting,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "AT_ONCE", 3)
    tables.forget()
    client = browse("coordinator")
    assert "Cronbach" not in words(client.get(at(small)))
    client.get(at(small, "?now=1"))
    assert "Cronbach’s alpha 0.55" in words(client.get(at(small)))
    assert (
        'hx-trigger="load"' in client.get(at(small, "model/")).content.decode()
    )  # a model may still take long
