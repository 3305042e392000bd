"""Pages of early help: what stands on them, who reads them, what pressing does, how many queries."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.domain.support import actions
from craftpath.domain.support.models import Act, Correction, Fitted, Sign
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, TODAY, Cast
from tests.domain.support.world import look, look_of, office, past, wrote

Browse = Callable[[str], Client]
HOME = "/o/lanchuan/support/"


@pytest.fixture(autouse=True)
def _looked(cast: Cast) -> None:
    """Three write, one waits for an answer, two are silent."""
    with everywhere("a test makes facts"):
        wrote(cast.enrolments["26002"], TODAY - timedelta(days=1))
        wrote(cast.enrolments["26003"], TODAY - timedelta(days=9), answered=False)
        look()


def words(page: Any) -> str:
    return page.content.decode()


def one(cast: Cast, number: str) -> str:
    return f"{HOME}of/{cast.enrolments[number].public_id}/"


def test_people_stand_by_need_with_reason_and_next_act(cast: Cast, browse: Browse) -> None:
    said = words(browse("coordinator").get(HOME))
    order = [said.index(name) for name in ("孙佳怡", "赵一鸣", "欧阳思远")]
    assert order == sorted(order)  # nobody and silent; silent; one waits for an answer
    assert "No mentor" in said
    assert "nobody for" in said
    assert "Find a mentor" in said
    assert "林浩然" not in said
    for harsh in ("risk", "fail", "drop out", "warning"):
        assert harsh not in said.partition("<main")[2].lower()


def test_one_reason_alone(cast: Cast, browse: Browse) -> None:
    said = words(browse("coordinator").get(HOME + "?reason=waiting"))
    assert "欧阳思远" in said
    assert "孙佳怡" not in said
    assert browse("coordinator").get(HOME + "?reason=%00&page=x").status_code == 200


def test_a_mentor_sees_the_own_apprentices(cast: Cast, browse: Browse) -> None:
    said = words(browse("mentor").get("/o/jinheng/support/"))
    assert "陈雨桐" in said
    assert "孙佳怡" not in said  # nobody's apprentice
    assert browse("mentor").get(one(cast, "26001").replace("lanchuan", "jinheng")).status_code == 200
    assert browse("mentor").get(one(cast, "26005").replace("lanchuan", "jinheng")).status_code == 404


@pytest.mark.parametrize("who", ["apprentice", "administrator", "assessor"])
def test_whoever_has_no_part_in_it_is_refused(cast: Cast, browse: Browse, who: str) -> None:
    for page in (HOME, HOME + "helped/", HOME + "model/", HOME + "corrections/", one(cast, "26005")):
        assert browse(who).get(page).status_code == 403


@pytest.mark.parametrize(
    ("who", "place"), [("hr", "jinheng"), ("officer", "lanchuan-bureau"), ("auditor", "lanchuan-bureau")]
)
def test_neither_the_enterprise_s_office_nor_an_authority(
    cast: Cast, browse: Browse, who: str, place: str
) -> None:
    assert browse(who).get(HOME.replace("lanchuan", place)).status_code == 403
    assert browse(who).get(one(cast, "26005").replace("lanchuan", place)).status_code == 403


def test_strangers_find_nobody(cast: Cast, browse: Browse) -> None:
    assert browse("stranger").get(HOME).status_code == 404
    there = browse("stranger").get(one(cast, "26005").replace("lanchuan", "dongling"))
    assert there.status_code == 404
    assert browse("coordinator").get(f"{HOME}of/nosuchthing/").status_code == 404


def test_one_page_says_what_and_from_which_figures(cast: Cast, browse: Browse) -> None:
    said = words(browse("trainer").get(one(cast, "26003")))
    assert "Log entries wait for an answer" in said
    assert "the oldest entry has waited for 8 days" in said
    assert "Ours to put right" in said
    assert "Weeks since the last log entry" in said
    assert "Set right" not in said  # that is for whoever runs support


def test_one_tap_notes_that_somebody_got_in_touch(cast: Cast, browse: Browse) -> None:
    given = {"quick": "contact", "made_id": str(uuid.uuid4())}
    for _ in range(2):  # a double press is one note
        answer = browse("trainer").post(one(cast, "26005") + "help/", given)
        assert answer.status_code == 302
    assert answer["Location"] == HOME
    with everywhere("a test looks"):
        row = Act.objects.get()
        assert (row.kind, row.by) == ("contact", cast.people["trainer"])
        assert look_of(cast, "26005").weight == 0


def test_what_is_typed_wrong_stays_in_the_form(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    given = {
        "kind": "nothing",
        "words": "",
        "look_on": str(TODAY + timedelta(days=9)),
        "made_id": str(uuid.uuid4()),
    }
    answer = client.post(one(cast, "26005") + "help/", given)
    assert answer.status_code == 409
    assert "why nothing is needed" in words(answer)
    bad = client.post(
        one(cast, "26005") + "help/", {**given, "kind": "expel", "made_id": "x", "look_on": "\0"}
    )
    assert bad.status_code == 422
    with everywhere("a test looks"):
        assert not Act.objects.exists()


def test_what_came_of_it_is_said_with_one_press(cast: Cast, browse: Browse) -> None:
    with everywhere("a test acts"):
        row = Enrolment.objects.select_related("cohort__organisation").get(number="26005")
        made = actions.act_on(row, kind="talk", words="谈过", made_id=uuid.uuid4(), by=office(cast), at=AT)
    client = browse("coordinator")
    assert "谈过" in words(client.get(HOME + "helped/"))
    assert client.post(f"{HOME}acts/{made.public_id}/look/", {"outcome": "nonsense"}).status_code == 409
    assert client.post(f"{HOME}acts/{made.public_id}/look/", {"outcome": "better"}).status_code == 302
    assert client.post(f"{HOME}acts/{made.public_id}/burn/").status_code == 404
    assert "谈过" not in words(client.get(HOME + "helped/"))
    assert client.post(f"{HOME}acts/{made.public_id}/take-back/").status_code == 409


def test_one_s_own_page_says_all_and_asks_for_a_correction(cast: Cast, browse: Browse) -> None:
    mine = browse("apprentice")
    assert mine.get(HOME + "mine/")["Location"] == "/me/said/"
    page = words(mine.get("/me/said/"))
    assert "Nothing in the log for a while" in page
    assert "Nothing follows by itself" in page
    with everywhere("a test looks"):
        sign = Sign.objects.get(enrolment=cast.enrolments["26001"], rule="silent")
    assert mine.post(f"/me/said/signs/{sign.public_id}/ask/", {"words": " "}).status_code == 422
    assert mine.post(f"/me/said/signs/{sign.public_id}/ask/", {"words": "我在外地<b>"}).status_code == 302
    assert "我在外地&lt;b&gt;" in words(mine.get("/me/said/"))
    office_ = browse("coordinator")
    assert "我在外地&lt;b&gt;" in words(office_.get(HOME + "corrections/"))
    with everywhere("a test looks"):
        asked = Correction.objects.get()
    there = f"{HOME}corrections/{asked.public_id}/"
    assert office_.post(there + "uphold/", {"answer": ""}).status_code == 422
    assert office_.post(there + "expel/", {"answer": "x"}).status_code == 404
    assert office_.post(there + "uphold/", {"answer": "查过了"}).status_code == 302
    assert "查过了" in words(mine.get("/me/said/"))
    assert mine.post(f"/me/said/corrections/{asked.public_id}/read/").status_code == 302
    assert mine.post(f"/me/said/corrections/{asked.public_id}/withdraw/").status_code == 409
    assert mine.post(f"/me/said/corrections/{asked.public_id}/burn/").status_code == 404


def test_nobody_touches_what_is_said_of_somebody_else(cast: Cast, browse: Browse) -> None:
    with everywhere("a test looks"):
        sign = Sign.objects.get(enrolment=cast.enrolments["26001"], rule="silent")
    for who in ("classmate", "coordinator", "stranger"):
        assert browse(who).post(f"/me/said/signs/{sign.public_id}/ask/", {"words": "x"}).status_code == 404
    assert browse("trainer").post(f"{HOME}signs/{sign.public_id}/correct/").status_code == 403
    assert browse("coordinator").post(f"{HOME}signs/{sign.public_id}/correct/").status_code == 302


def test_the_card_without_a_model_with_too_few_and_with_one(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    assert "No model has been fitted" in words(client.get(HOME + "model/"))
    with everywhere("a test fits"):
        actions.fit_model(by=office(cast), at=AT - timedelta(days=1))
    said = words(client.get(HOME + "model/"))
    assert "Too few past apprenticeships for a model" in said
    assert "Approve and switch on" not in said
    with everywhere("a test fits"):
        past(cast, 300)
        row = actions.fit_model(by=office(cast), at=AT)
    said = words(client.get(HOME + "model/"))
    assert "It says more than the base rate" in said
    assert "switched off" in said
    assert "Are groups treated alike?" in said
    assert "under 18" in said
    trainer = words(browse("trainer").get(HOME + "model/"))
    assert "Approve and switch on" not in trainer
    assert browse("trainer").post(f"{HOME}model/{row.public_id}/on/").status_code == 403
    assert client.post(f"{HOME}model/{row.public_id}/maybe/").status_code == 404
    assert client.post(f"{HOME}model/{row.public_id}/on/", {"words": "试用"}).status_code == 302
    assert "switched on" in words(client.get(HOME + "model/"))
    with everywhere("a test looks"):
        look()
    page = words(client.get(one(cast, "26004")))
    assert "of 100 with this figure, about" in page
    assert "times the usual odds" in page
    assert "it decides nothing" in page
    assert "of 100 with this figure, about" in words(browse("apprentice").get("/me/said/"))


def test_a_model_that_says_nothing_is_not_switched_on(cast: Cast, browse: Browse) -> None:
    row = Fitted.objects.create(version=1, cases=9, left=1, fit=False, why="too_few", made_at=AT)
    assert browse("coordinator").post(f"{HOME}model/{row.public_id}/on/").status_code == 409


def test_a_model_is_fitted_in_the_background(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    assert client.post(HOME + "model/fit/").status_code == 302
    assert browse("trainer").post(HOME + "model/fit/").status_code == 403


@pytest.mark.parametrize("page", ["", "helped/", "corrections/"])
def test_queries_do_not_grow_with_the_people(cast: Cast, browse: Browse, page: str) -> None:
    client = browse("coordinator")
    with everywhere("a test acts"):
        rows = list(Enrolment.objects.select_related("cohort__organisation").order_by("number"))

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(HOME + page).status_code == 200
        return len(seen)

    with everywhere("a test acts"):
        signs = list(Sign.objects.order_by("enrolment_id", "pk"))
        _something(cast, page, rows[:1], signs[:1])
    asked()
    few = asked()
    with everywhere("a test acts"):
        _something(cast, page, rows[1:], signs[1:])
    assert asked() == few


def _something(cast: Cast, page: str, rows: list[Enrolment], signs: list[Sign]) -> None:
    if page == "helped/":
        for row in rows:
            actions.act_on(row, kind="talk", made_id=uuid.uuid4(), by=office(cast), at=AT)
    elif page == "corrections/":
        Correction.objects.bulk_create([Correction(sign=sign, words="不对", asked_at=AT) for sign in signs])


def test_one_page_asks_the_same_however_much_it_holds(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(one(cast, "26005")).status_code == 200
        return len(seen)

    with everywhere("a test acts"):
        row = Enrolment.objects.select_related("cohort__organisation").get(number="26005")
        actions.act_on(row, kind="talk", made_id=uuid.uuid4(), by=office(cast), at=AT)
        for sign in Sign.objects.filter(enrolment=row)[:1]:
            Correction.objects.create(sign=sign, words="不对", asked_at=AT)
    asked()
    few = asked()
    with everywhere("a test acts"):
        for _ in range(5):
            actions.act_on(row, kind="plan", made_id=uuid.uuid4(), by=office(cast), at=AT)
        for sign in Sign.objects.filter(enrolment=row):
            Correction.objects.create(sign=sign, words="又不对", asked_at=AT, state="withdrawn")
    assert asked() == few
