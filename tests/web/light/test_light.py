"""A mentor without an account: a link, a code, a trusted device, and nothing but the own apprentices' logs."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from craftpath.domain.judging.models import Rating
from craftpath.domain.logbook.models import Entry
from craftpath.kernel.access import join
from craftpath.kernel.links import SignedLink
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import everywhere
from tests.cast import TODAY, Cast
from tests.domain.judging.world import practical, seat
from tests.domain.logbook.conftest import Writer

Browse = Callable[[str], Client]


def give(browse: Browse, cast: Cast) -> tuple[str, str]:
    """Link (its path) and code, as the coordinator hands them over."""
    page = browse("coordinator").post(f"/o/lanchuan/guests/{cast.people['mentor'].public_id}/")
    assert page.status_code == 200
    address, code = page.context["address"], page.context["code"]
    return "/m/" + address.partition("/m/")[2], code


@pytest.fixture
def waiting(cast: Cast) -> Entry:
    """An entry that waits for the mentor."""
    with everywhere("a test looks at everything"):
        return Writer(cast).handed_in(at=timezone.now(), on=timezone.localdate(), text="装夹并试切外圆。")


def test_the_week_is_confirmed_by_link_and_code(browse: Browse, cast: Cast, waiting: Entry) -> None:
    link, code = give(browse, cast)
    phone = Client()
    assert "装夹" not in phone.get(link).content.decode()
    answer = phone.post(link, {"code": code})
    assert (answer.status_code, answer.url) == (302, "/o/jinheng/log/team/")
    page = phone.get(answer.url)
    assert [entry.pk for entry in page.context["normal"]] == [waiting.pk]
    phone.post("/o/jinheng/log/team/confirm/", {"entry": [f"{waiting.public_id}.1"]})
    with everywhere("a test looks at everything"):
        assert Entry.objects.get().confirmed_by == cast.people["mentor"]
    assert phone.get(link).status_code == 302  # the device is trusted now


def test_a_forwarded_link_opens_nothing_and_five_wrong_codes_end_it(browse: Browse, cast: Cast) -> None:
    link, code = give(browse, cast)
    other = Client()
    wrong = "000000" if code.replace(" ", "") != "000000" else "111111"
    for _ in range(4):
        assert other.post(link, {"code": wrong}).status_code == 422
    assert other.post(link, {"code": wrong}).status_code == 409
    assert Client().post(link, {"code": code}).status_code == 409
    assert other.get("/o/jinheng/log/team/").status_code == 302  # to sign in


@pytest.mark.parametrize(
    "address", ["/o/jinheng/", "/o/jinheng/plan/", "/o/jinheng/sessions/", "/o/jinheng/agreements/mine/"]
)
def test_every_other_page_leads_back_to_the_week(browse: Browse, cast: Cast, address: str) -> None:
    link, code = give(browse, cast)
    phone = Client()
    phone.post(link, {"code": code})
    answer = phone.get(address)
    assert (answer.status_code, answer.url) == (302, "/o/jinheng/log/team/")


@pytest.mark.parametrize("address", ["/account/settings/", "/account/privacy/", "/account/calendar/"])
def test_the_account_is_not_open(browse: Browse, cast: Cast, address: str) -> None:
    link, code = give(browse, cast)
    phone = Client()
    phone.post(link, {"code": code})
    assert phone.get(address).status_code == 404


def test_a_link_taken_back_ends_on_every_device_at_once(browse: Browse, cast: Cast) -> None:
    link, code = give(browse, cast)
    phone = Client()
    phone.post(link, {"code": code})
    assert phone.get("/o/jinheng/log/team/").status_code == 200
    browse("coordinator").post(f"/o/lanchuan/guests/{cast.people['mentor'].public_id}/end/")
    answer = phone.get("/o/jinheng/log/team/")
    assert answer.status_code == 409
    assert answer.templates[0].name == "links/dead.html"
    assert "/account/login/" in phone.get("/o/jinheng/log/team/").url  # and from then on nobody's
    assert phone.post(link, {"code": code}).status_code == 409


def test_a_new_link_ends_the_one_before(browse: Browse, cast: Cast) -> None:
    first, code = give(browse, cast)
    give(browse, cast)
    assert Client().post(first, {"code": code}).status_code == 409
    with everywhere("a test looks at everything"):
        assert SignedLink.objects.filter(state="open").count() == 1


def test_whoever_has_other_tasks_signs_in_with_an_account(browse: Browse, cast: Cast) -> None:
    join([cast.people["mentor"]], cast.jinheng, Role.HR, on=TODAY)
    answer = browse("coordinator").post(f"/o/lanchuan/guests/{cast.people['mentor'].public_id}/")
    assert answer.status_code == 409


@pytest.mark.parametrize("who", ["trainer", "hr", "apprentice", "stranger"])
def test_only_who_runs_the_cohort_gives_links(browse: Browse, cast: Cast, who: str) -> None:
    place = {"hr": "jinheng", "stranger": "dongling"}.get(who, "lanchuan")
    answer = browse(who).post(f"/o/{place}/guests/{cast.people['mentor'].public_id}/")
    assert answer.status_code in (403, 404)


def test_a_link_for_signing_opens_no_week(browse: Browse, cast: Cast) -> None:
    assert Client().get("/m/nosuchtoken/").status_code == 403
    link, _code = give(browse, cast)
    assert re.match(r"/m/[\w.:=-]+/$", link)


def test_the_board_offers_it(browse: Browse, cast: Cast, waiting: Any) -> None:
    with everywhere("a test looks at everything"):
        Entry.objects.update(submitted_at=timezone.now() - timezone.timedelta(days=9))
    board = "/o/lanchuan/log/board/"
    assert "End the link" not in browse("coordinator").get(board).content.decode()
    give(browse, cast)
    assert "End the link" in browse("coordinator").get(board).content.decode()


def test_a_mentor_without_an_account_rates_practical_work(browse: Browse, cast: Cast) -> None:
    with everywhere("a test plans practical work"):
        row = practical(cast, due_on=timezone.localdate())
        rater = seat(cast, row, "mentor").public_id
    link, code = give(browse, cast)
    phone = Client()
    phone.post(link, {"code": code})
    page = f"/o/jinheng/practical/{row.public_id}/rate/"
    assert [one.url for one in phone.get("/o/jinheng/practical/").context["asked"]] == [page]
    sent = {
        "rater": rater,
        "made_id": str(uuid.uuid4()),
        "level-seam": "4",
        "level-safety": "4",
        "level-tidy": "4",
    }
    assert phone.post(page, sent).status_code == 302
    with everywhere("a test looks"):
        assert Rating.objects.get().rater.public_id == rater
    assert phone.get("/o/jinheng/practical/cohorts/").status_code == 302  # back to the week
