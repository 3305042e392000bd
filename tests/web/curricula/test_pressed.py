"""Presses: twice is once without a key too, what no button says is nothing, and links open to whoever sees them."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from craftpath.delivery.web.curricula.asking import partners_of
from craftpath.domain.curricula.actions import say
from craftpath.domain.curricula.models import CurriculumVersion, ReviewComment, Reviewer, UnitCard
from craftpath.domain.standards.actions import load_frameworks
from craftpath.kernel.access import system
from tests.cast import AT, TODAY, Cast
from tests.domain.curricula.world import card, cooperating, first, in_review, refused
from tests.domain.partnership.world import binds
from tests.web.curricula.test_pages import card_form, client, reviewed, text, url, version_page

pytestmark = pytest.mark.usefixtures("all_rows")


@pytest.fixture(autouse=True)
def frameworks(cast: Cast) -> None:
    load_frameworks(by=system(), at=AT)


def test_a_unit_without_a_key_is_made_once_and_another_of_that_name_besides(cast: Cast) -> None:
    first(cast)
    asks, before = client(cast), UnitCard.objects.count()
    for _press in range(2):
        assert asks.post(url("new_card"), card_form(key="")).status_code == 302
    assert UnitCard.objects.count() == before + 1
    assert asks.post(url("new_card"), card_form(key="", hours="8")).status_code == 302
    assert UnitCard.objects.filter(key__in=("measuring", "measuring_2")).count() == 2


def test_an_outcome_and_an_assessment_are_made_once(cast: Cast) -> None:
    version, asks = first(cast), client(cast)
    for page, form in (
        ("new_outcome", {"revision": "1", "name_en": "sets the tools", "units": ["quality"]}),
        ("new_assessment", {"revision": "2", "name_en": "Work sample", "words": "轴"}),
    ):
        for _press in range(2):
            assert asks.post(version_page(version, page), form).status_code == 302
    assert (version.outcomes.count(), version.assessments.count()) == (37, 4)
    assert CurriculumVersion.objects.get().revision == 3


def test_what_no_button_says_does_nothing(cast: Cast) -> None:
    review = reviewed(cast)
    version, asks = review.version, client(cast)
    remark = say(review, "?", made_id="a", by=cast.actor("trainer"), at=AT)
    unit = card(cast, "quality")
    for address, form in (
        (url("move_card", unit.public_id, "burn"), {}),
        (url("drop", version.public_id, "unit", "quality"), {"revision": "1"}),
        (url("settle", review.public_id, remark.public_id), {"do": "burn"}),
        (url("settle", review.public_id, "nowhere"), {"do": "resolve"}),
        (url("remark", review.public_id), {"words": "x", "made_id": "b", "answers": "nowhere"}),
        (version_page(version), {"revision": "1", "do": "burn:quality"}),
    ):
        assert asks.post(address, form).status_code == 404, address
    assert UnitCard.objects.get(pk=unit.pk).state == "offered"
    assert list(ReviewComment.objects.values_list("words", "resolved_at")) == [("?", None)]


def test_a_vote_and_its_words_are_kept_together_or_not_at_all(cast: Cast) -> None:
    review, asks = reviewed(cast), client(cast, "trainer")
    form = {"vote": "changes", "words": "x" * 2001, "made_id": "a"}
    assert asks.post(url("vote", review.public_id), form).status_code == 409
    assert Reviewer.objects.get(person=cast.people["trainer"]).vote == ""
    for _press in range(2):
        assert asks.post(url("vote", review.public_id), form | {"words": "学时"}).status_code == 302
    assert Reviewer.objects.get(person=cast.people["trainer"]).vote == "changes"
    assert ReviewComment.objects.count() == 1


def test_a_press_with_a_name_that_no_form_gives_is_refused(cast: Cast) -> None:
    review = in_review(cast)
    for made_id in ("", "x" * 81):
        with refused("curricula.press_unclear"):
            say(review, "?", made_id=made_id, by=cast.actor("trainer"), at=AT)


@pytest.mark.parametrize(
    ("who", "at"), [("mentor", "jinheng"), ("apprentice", "lanchuan"), ("hr", "jinheng")]
)
def test_a_reviewer_finds_no_link_that_does_not_open(cast: Cast, who: str, at: str) -> None:
    review = reviewed(cast)
    if who == "hr":
        Reviewer.objects.filter(person=cast.people["mentor"]).update(person=cast.people["hr"])
    asks = client(cast, who)
    for page in ("version", "coverage", "trace", "review"):
        shown = text(asks.get(version_page(review.version, page, at=at)))
        main = shown[shown.index("<main") :]
        for address in sorted(set(re.findall(rf'href="(/o/{at}/curricula/[^"#]*)', main))):
            assert asks.get(address.replace("&amp;", "&")).status_code == 200, address


def test_whoever_designs_finds_outcomes_and_cards(cast: Cast) -> None:
    version = first(cast)
    outcome = reverse("curricula:outcome", args=["lanchuan", version.public_id, "measure"])
    assert outcome in text(client(cast).get(version_page(version, "coverage")))
    unit = url("card", card(cast, "quality").public_id)
    assert unit in text(client(cast).get(version_page(version)))


def test_people_of_a_partner_are_offered_where_they_may_be_asked(cast: Cast) -> None:
    cooperating(cast)
    binds(cast.qinghe, cast.campus)
    assert partners_of(cast.college, TODAY) == [cast.jinheng]
    assert set(partners_of(cast.campus, TODAY)) == {cast.jinheng, cast.qinghe}
