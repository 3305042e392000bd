"""Blueprints on the desk: written, put together by a worker, looked at, mended, taken; and what is to blame."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craftpath.delivery.jobs import bodies
from craftpath.delivery.web.blueprints.words import Names, blamed
from craftpath.domain.exams import blame_texts
from craftpath.domain.exams.actions import ask_forms, make_blueprint, retire_items, take_forms
from craftpath.domain.exams.assembling import forms_of
from craftpath.domain.exams.models import Assembly, Blueprint, Item, Paper
from craftpath.domain.exams.wishes import Row
from craftpath.kernel.access import Membership
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.exams.blueprints import WISH, asked, bank, blueprint

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
FORM = {
    "rows": "2", "row-0-difficulty": "easy", "row-0-least": "2", "row-1-difficulty": "hard", "row-1-least": "1",
    "row-1-most": "2", "questions_least": "5", "minutes": "10", "forms": "3", "goal": "even", "shared": "0",
    "overlap": "0", "title": "车工期末",
}  # fmt: skip


def at(page: str = "", house: str = "lanchuan") -> str:
    return f"/o/{house}/blueprints/{page}"


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.fixture
def filled(cast: Cast) -> list[Item]:
    with everywhere("a test fills the bank"):
        return list(bank(cast))


@pytest.fixture
def done(cast: Cast, filled: list[Item]) -> Assembly:
    """Three forms to look at."""
    with everywhere("a test puts forms together"):
        return asked(cast, blueprint(cast))


def again(row: Assembly) -> Assembly:
    with everywhere("a test looks"):
        return Assembly.objects.select_related("blueprint__organisation").get(pk=row.pk)


@pytest.mark.parametrize(
    ("who", "house", "status"),
    [("coordinator", "lanchuan", 200), ("trainer", "lanchuan", 200), ("assessor", "lanchuan", 200),
     ("mentor", "jinheng", 403), ("apprentice", "lanchuan", 403), ("hr", "jinheng", 403),
     ("officer", "lanchuan-bureau", 403), ("stranger", "dongling", 200)],
)  # fmt: skip
def test_who_writes_items_sees_the_blueprints_of_the_own_house(
    browse: Browse, done: Assembly, who: str, house: str, status: int
) -> None:
    got = browse(who).get(at(house=house))
    assert got.status_code == status
    assert ("车工理论期末" in got.content.decode()) == (status == 200 and who != "stranger")
    if who == "stranger":
        for page in (f"{done.blueprint.public_id}/", f"forms/{done.public_id}/"):
            assert browse(who).get(at(page, house)).status_code == 404
        assert browse(who).post(at(f"forms/{done.public_id}/do/", house), {"do": "take"}).status_code == 404


class TestWriting:
    def test_rows_come_and_go_with_what_the_bank_has_and_nothing_typed_is_lost(
        self, browse: Browse, filled: list[Item]
    ) -> None:
        client = browse("trainer")
        assert "6 in the bank" not in words(client.get(at("new/")))  # 24 questions, 8 of each difficulty
        looked = client.post(at("new/"), FORM | {"do": "look"})
        assert looked.status_code == 200
        assert words(looked).count("8 in the bank") == 2
        more = client.post(at("new/"), FORM | {"do": "row"}).content.decode()
        assert 'name="rows" value="3"' in more
        assert "车工期末" in more
        less = client.post(at("new/"), FORM | {"do": "drop:0"}).content.decode()
        assert 'name="rows" value="1"' in less
        assert 'name="row-0-most" maxlength="4" value="2"' in less
        assert "The rows come to 3–4 questions" in words(looked)

    def test_pressed_twice_it_is_one(self, browse: Browse, filled: list[Item]) -> None:
        form = FORM | {"do": "save", "made_id": str(uuid.uuid4())}
        first, second = (browse("trainer").post(at("new/"), form) for _press in range(2))
        assert first.status_code == second.status_code == 302
        assert first.url == second.url
        page = words(browse("trainer").get(first.url))
        assert "Put the forms together" in page
        with everywhere("a test looks"):
            assert Blueprint.objects.count() == 1

    @pytest.mark.parametrize(
        ("other", "said"),
        [
            ({"row-0-least": "many"}, "A whole number from 0 to 200"),
            ({"row-1-difficulty": ""}, "choose at least one of the four"),
            ({"row-1-difficulty": "easy"}, "the same questions as row 1"),
            ({"goal": "share", "share": "2"}, "between 0 and 1"),
            ({"forms": "99"}, "A whole number from 1 to 8"),
            ({"title": ""}, "title of at most"),
            ({"row-0-outcome": "999999"}, "not among the choices"),
        ],
    )
    def test_what_makes_no_sense_is_said_beside_its_field(
        self, browse: Browse, cast: Cast, other: dict[str, str], said: str
    ) -> None:
        got = browse("coordinator").post(at("new/"), FORM | {"do": "save"} | other)
        assert got.status_code == 422
        assert said in words(got)
        assert 'name="row-1-most" maxlength="4" value="2"' in got.content.decode()
        with everywhere("a test looks"):
            assert not Blueprint.objects.exists()

    def test_who_began_with_an_older_one_is_told_and_may_save_again(
        self, browse: Browse, done: Assembly
    ) -> None:
        page, client = at(f"{done.blueprint.public_id}/edit/"), browse("coordinator")
        assert client.get(page).status_code == 200
        assert client.post(page, FORM | {"do": "save", "seen": "1", "title": "甲"}).status_code == 302
        late = client.post(page, FORM | {"do": "save", "seen": "1", "title": "乙"})
        assert late.status_code == 422
        assert "Somebody else has changed this blueprint" in words(late)
        assert 'name="seen" value="2"' in late.content.decode()
        assert client.post(page, FORM | {"do": "save", "seen": "2", "title": "乙"}).status_code == 302


class TestForms:
    def test_asked_worked_on_looked_at_and_made_into_papers_once(
        self, browse: Browse, cast: Cast, done: Assembly
    ) -> None:
        client = browse("trainer")
        form = {"made_id": str(uuid.uuid4()), "seed": "1"}
        ask = at(f"{done.blueprint.public_id}/assemble/")
        first, second = (client.post(ask, form) for _press in range(2))
        assert first.url == second.url
        page = client.get(f"{first.url}?form=B")
        assert "How parallel they are" in words(page)
        assert page.content.decode().count("blueprint-dot") == 15
        assert page.content.decode().count("blueprint-question") >= 5
        for _press in range(2):
            assert client.post(f"{first.url}do/", {"do": "take"}).url == at(f"{done.blueprint.public_id}/")
        with everywhere("a test looks"):
            papers = list(Paper.objects.order_by("form"))
        assert [paper.form for paper in papers] == ["A", "B", "C"]
        assert "Papers were made of these forms" in words(client.get(first.url))
        shown = words(client.get(f"/o/lanchuan/sittings/papers/{papers[1].public_id}/"))
        assert "Form B of the blueprint" in shown
        assert "车工理论期末 B" in words(client.get(at(f"{done.blueprint.public_id}/")))

    def test_a_worker_puts_them_together_as_whoever_asked(
        self, browse: Browse, cast: Cast, filled: list[Item], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        queued: list[int] = []
        monkeypatch.setattr("craftpath.domain.exams.assembling.enqueue", lambda _name, pk: queued.append(pk))
        with everywhere("a test plans"):
            plan = blueprint(cast)
        client = browse("trainer")
        here = client.post(at(f"{plan.public_id}/assemble/"), {"made_id": str(uuid.uuid4())}).url
        assert "Waiting for its turn" in words(client.get(here))
        part = client.get(here, headers={"HX-Request": "true"})
        assert part.status_code == 200
        assert b"<html" not in part.content
        for _twice in range(2):  # a killed worker's job is run again
            bodies.assemble.func(queued[0])
        assert client.get(here, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
        assert "Take these papers" in words(client.get(here))

    def test_a_wish_is_taken_back_and_a_role_that_ended_is_a_reason(
        self, browse: Browse, cast: Cast, filled: list[Item], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        queued: list[int] = []
        monkeypatch.setattr("craftpath.domain.exams.assembling.enqueue", lambda _name, pk: queued.append(pk))
        with everywhere("a test plans"):
            plan = blueprint(cast)
        client, ask = browse("trainer"), at(f"{plan.public_id}/assemble/")
        here = client.post(ask, {"made_id": str(uuid.uuid4())}).url
        client.post(f"{here}do/", {"do": "cancel"})
        assert "nothing was kept" in words(client.get(here))
        bodies.assemble.func(queued[0])
        there = client.post(ask, {"made_id": str(uuid.uuid4())}).url
        with everywhere("a role ends"):
            Membership.objects.filter(person=cast.people["trainer"]).update(ends_on="2026-01-02")
        bodies.assemble.func(queued[1])
        assert "has no role here any more" in words(browse("coordinator").get(there))

    def test_another_question_is_offered_and_put_in(self, browse: Browse, done: Assembly) -> None:
        client, out = browse("trainer"), forms_of(done)[1][0]
        page = at(f"forms/{done.public_id}/B/{out}/")
        offered = re.findall(r'name="into" value="(\w+)"', client.get(page).content.decode())
        assert offered
        for _press in range(2):
            assert client.post(page, {"into": offered[0]}).status_code == 302
        assert forms_of(again(done))[1][0] == offered[0]
        assert "1 question was changed by hand" in words(client.get(at(f"forms/{done.public_id}/")))
        for other in (f"Z/{out}/", "B/nowhere/", f"BC/{out}/"):
            assert client.get(at(f"forms/{done.public_id}/{other}")).status_code == 404

    def test_a_bank_that_changed_is_said_and_no_paper_is_made(
        self, browse: Browse, cast: Cast, done: Assembly
    ) -> None:
        with everywhere("a test retires"):
            item = Item.objects.get(public_id=forms_of(done)[0][0])
            retire_items([item], by=cast.actor("trainer"), at=AT)
        client, here = browse("trainer"), at(f"forms/{done.public_id}/")
        page = words(client.get(here))
        assert "The bank has changed since" in page
        assert "is not released any more" in page
        assert client.post(f"{here}do/", {"do": "take"}).status_code == 409
        with everywhere("a test looks"):
            assert not Paper.objects.exists()

    def test_as_many_queries_for_many_questions_as_for_few(
        self, browse: Browse, cast: Cast, done: Assembly
    ) -> None:
        with everywhere("a test puts more together"):
            larger = replace(WISH, rows=(Row(2, 8, difficulty="easy"),), questions=(8, 8))
            many = asked(cast, blueprint(cast, larger))
        counts = []
        for row in (done, many):
            client = browse("trainer")
            client.get(at(f"forms/{row.public_id}/"))
            with CaptureQueriesContext(connection) as seen:
                assert client.get(at(f"forms/{row.public_id}/")).status_code == 200
            counts.append(len(seen))
        assert counts[0] == counts[1] < 40


class TestBlame:
    def test_what_is_to_blame_stands_there_in_figures(self, browse: Browse, cast: Cast) -> None:
        with everywhere("a test wants too much"):
            bank(cast, 9)
            row = asked(
                cast, blueprint(cast, replace(WISH, rows=(Row(2, 2, difficulty="hard"),), questions=(3, 3)))
            )
        page = words(browse("trainer").get(at(f"forms/{row.public_id}/")))
        assert "hard: only 3 released ones can be used; the blueprint wants 2 in each of 3 forms = 6." in page
        assert "One way that works" in page

    @pytest.mark.parametrize("language", ["en", "zh-hans"])
    def test_every_code_is_a_sentence_with_its_figures(self, cast: Cast, language: str) -> None:
        from django.utils.translation import override  # noqa: PLC0415

        cell = {"outcome": "", "skill": "", "kind": "single", "difficulty": "hard"}
        one = {
            "place": "demands[0]",
            "wanted": 600,
            "available": 120.0,
            "cell": cell,
            "in_bank": 9.0,
            "usable": 3.0,
        }
        measures = {code.partition(":")[2] for code in blame_texts.BLAMES}
        rules = [
            one | {"code": code.partition(":")[0], "measure": measure, "facts": {"items": ["a", "b"]}}
            for code in blame_texts.BLAMES
            for measure in measures
            if code.partition(":")[2] in ("", measure) and measure != "bank"
        ]
        faults = [{"code": code, "place": "x", "facts": {}} for code in blame_texts.FAULTS]
        with everywhere("a test reads names"), override(language):
            said = blamed({"conflict": rules, "relief": rules, "faults": faults}, WISH, Names.of())
        assert len(said["conflict"]) == len(said["relief"]) == len(rules)
        for sentence in [*said["conflict"], *said["relief"], *said["faults"]]:
            assert sentence
            assert "%(" not in sentence


def test_the_lists_lead_to_blueprints(browse: Browse, cast: Cast) -> None:
    for page in ("/o/lanchuan/items/", "/o/lanchuan/sittings/"):
        assert at() in browse("trainer").get(page).content.decode()
    assert "No blueprint yet" in words(browse("trainer").get(at()))


def test_an_assessor_asks_too(browse: Browse, cast: Cast, filled: list[Item]) -> None:
    by = cast.actor("assessor")
    with everywhere("a test plans"):
        plan = make_blueprint(WISH, organisation=cast.college, made_id=uuid.uuid4(), title="考", by=by, at=AT)
        ask_forms(plan, made_id=uuid.uuid4(), by=by, at=AT)
        assert len(take_forms(Assembly.objects.get(), by=by, at=AT)) == 3
