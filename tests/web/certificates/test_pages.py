"""Rooms of certificates: a kind is drawn up, people are looked at, a batch is issued, one is taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.domain.certificates import actions
from craftpath.domain.certificates.models import Certificate, IssuerKey, Kind
from tests.cast import AT, TODAY, Cast
from tests.domain.certificates.world import STAGE, issued, kind, passed

pytestmark = pytest.mark.usefixtures("all_rows")
DRAWN = {
    "key": "abc234", "name_zh": "初级工匠证书", "name_en": "Junior craftsman", "criteria_zh": "通过第一阶段。",
    "criteria_en": "", "ground": f"stage:{STAGE}", "ground_amount": "", "level": "cn5/5", "valid_months": "36",
    "colour": "indigo", "border": "double", "what_0": "months:", "amount_0": "6", "what_1": "", "amount_1": "",
    "what_2": "certificate:cn5/5", "amount_2": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def client(cast: Cast, who: str = "coordinator") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: Any, at_place: str = "lanchuan") -> str:
    return reverse(f"certificates:{page}", args=[at_place, *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_kind_is_drawn_up_changed_and_put_into_use(cast: Cast) -> None:
    made = client(cast)
    wrong = made.post(url("new"), {**DRAWN, "amount_0": ""})
    assert wrong.status_code == 409
    assert "say how much" in text(wrong)
    assert "通过第一阶段。" in text(wrong)
    for _press in range(2):
        page = made.post(url("new"), DRAWN, follow=True)
    row = Kind._base_manager.get()
    assert row.requirements == [
        {"kind": "months", "at_least": 6},
        {"kind": "certificate", "scheme": "cn5", "level": "5"},
    ]
    assert (row.valid_months, row.design["colour"], row.ground) == (36, "indigo", {"stage": STAGE})
    assert "6 months of apprenticeship" in text(page)
    edited = text(made.get(url("change", row.public_id)))
    assert re.search(r'<option value="months:" selected', edited)
    made.post(url("change", row.public_id), {**DRAWN, "what_0": "", "what_2": ""})
    row.refresh_from_db()
    assert row.requirements == []
    made.post(url("kind_move", row.public_id, "activate"))
    row.refresh_from_db()
    assert row.state == "active"
    assert made.get(url("change", row.public_id)).status_code == 409


def test_a_row_that_the_form_cannot_say_stays(cast: Cast) -> None:
    rows = [
        {"kind": "stage", "stage": STAGE, "programme": "cn_334"},
        {"kind": "hours", "at_least": 5, "bucket": "x"},
    ]
    row = actions.follow_kind(kind(cast, requirements=rows), by=cast.actor("coordinator"), at=AT)
    made = client(cast)
    page = text(made.get(url("change", row.public_id)))
    sent = (
        dict(DRAWN)
        | {f"what_{n}": found for n, found in enumerate(re.findall(r'value="(kept:\d)" selected', page))}
        | {"what_2": "", "amount_0": "", "amount_1": "5"}
    )
    made.post(url("change", row.public_id), sent)
    row.refresh_from_db()
    assert row.requirements == rows
    assert row.title["en"] == "Junior craftsman"


def test_from_who_is_due_to_certificates(cast: Cast) -> None:
    passed(cast, "26001", "26003")
    row, made = kind(cast), client(cast)
    page = text(made.get(url("due", row.public_id)))
    assert "陈雨桐" in page
    assert "The stage is not passed yet." in page
    nobody = made.post(url("due", row.public_id), {"on": "2026-09-14", "made_id": _made_id(page)})
    assert nobody.status_code == 409
    assert "Choose at least one person." in text(nobody)
    who = re.findall(r'name="who" value="([^"]+)"', page)
    assert len(who) == 3
    sent = {"on": "2026-09-14", "made_id": _made_id(page), "who": who[:2]}
    first = made.post(url("due", row.public_id), sent, follow=True)
    again = made.post(url("due", row.public_id), sent, follow=True)
    assert first.redirect_chain == again.redirect_chain
    assert "Nothing is issued yet" in text(first)
    assert "Chen Yutong" in text(first)
    place = first.redirect_chain[-1][0]
    for _press in range(2):
        done = made.post(f"{place}issue/", follow=True)
    assert Certificate._base_manager.count() == 2
    assert "CP-LANCHUAN-2026-000002" in text(done)
    assert "CP-LANCHUAN-2026-000001" in text(made.get(url("list"), {"q": "000001"}))
    assert "No certificate fits" in text(made.get(url("list"), {"q": "nobody"}))


def _made_id(page: str) -> str:
    found = re.search(r'name="made_id" value="([^"]+)"', page)
    assert found
    return found[1]


def test_one_is_replaced_and_the_new_one_revoked(cast: Cast) -> None:
    passed(cast, "26001")
    row, made = issued(cast, kind(cast))[0], client(cast)
    person = row.person
    person.name = "陈宇桐"
    person.save()
    wrong = made.post(url("move", row.public_id, "replace"), {"because": "", "on": "2026-09-14"})
    assert wrong.status_code == 422
    sent = {"because": "更正姓名", "on": "2026-09-14"}
    page = made.post(url("move", row.public_id, "replace"), sent, follow=True)
    assert "陈宇桐" in text(page)
    new = Certificate._base_manager.get(replaces=row)
    assert new.number in text(made.get(url("certificate", row.public_id)))
    made.post(url("move", new.public_id, "revoke"), {"because": "误发"})
    assert "误发" in text(made.get(url("certificate", new.public_id)))
    assert "Issue another one in its place" not in text(made.get(url("certificate", new.public_id)))


def test_one_that_was_revoked_by_mistake_is_issued_again(cast: Cast) -> None:
    passed(cast, "26001")
    row, made = issued(cast, kind(cast))[0], client(cast)
    made.post(url("move", row.public_id, "revoke"), {"because": "误撤"})
    assert "Issue it again" in text(made.get(url("certificate", row.public_id)))
    sent = {"because": "恢复", "on": "2026-09-14"}
    pages = [made.post(url("move", row.public_id, "replace"), sent, follow=True) for _press in range(2)]
    new = Certificate._base_manager.get(replaces=row)
    assert {page.redirect_chain[-1][0] for page in pages} == {url("certificate", new.public_id)}
    assert row.number in text(pages[0])
    old = text(made.get(url("certificate", row.public_id)))
    assert "误撤" in old
    assert f"Issued again: {new.number}" in old
    assert "Issue it again" not in old
    public = text(Client(HTTP_ACCEPT_LANGUAGE="en").get(f"/c/{row.public_id}/"))
    assert "This certificate was revoked" in public
    assert f"/c/{new.public_id}/" in public


def test_everybody_sees_their_own_and_the_enterprise_those_of_its_people(cast: Cast) -> None:
    passed(cast, "26001", "26003")
    mine, other, _third = issued(cast, kind(cast))
    learner, hr = client(cast, "apprentice"), client(cast, "hr")
    assert mine.number in text(learner.get(url("list")))
    assert other.number not in text(learner.get(url("list")))
    assert learner.get(url("certificate", other.public_id)).status_code == 404
    assert learner.post(url("move", mine.public_id, "revoke"), {"because": "x"}).status_code == 403
    assert learner.get(url("keys")).status_code == 403
    seen = text(hr.get(url("list", at_place="jinheng")))
    assert mine.number in seen
    assert other.number not in seen


def test_a_key_is_followed_and_revoked(cast: Cast) -> None:
    row = issued(cast, kind(cast))[0]
    made, key = client(cast), IssuerKey._base_manager.get()
    for _press in range(2):
        made.post(url("rotate"), {"seen": key.public_id})
    assert IssuerKey._base_manager.count() == 2
    assert made.post(url("revoke_key", key.public_id), {"because": "x"}).status_code == 403
    keeper = client(cast, "administrator")
    assert keeper.post(url("revoke_key", key.public_id), {"because": ""}).status_code == 422
    keeper.post(url("revoke_key", key.public_id), {"because": "笔记本遗失"})
    assert "The key that signed it was revoked" in text(made.get(url("certificate", row.public_id)))
    assert key.private not in text(keeper.get(url("keys")))


@pytest.mark.parametrize("page", ["list", "due", "batch"])
def test_a_page_asks_as_often_for_many_as_for_few(cast: Cast, page: str) -> None:
    row, made, by = kind(cast), client(cast), cast.actor("coordinator")
    counts = []
    for numbers in (("26001",), ("26002", "26003", "26004")):
        passed(cast, *numbers)
        found = actions.overview(row, on=TODAY, by=by) or []
        wanted = [(one.person, one.ground, one.lines) for one in found if one.verdict]
        batch = actions.plan_batch(row, wanted, on=TODAY, made_id=_uuid(len(counts)), by=by, at=AT)
        if page == "list":
            issued(cast, row)
        ids = {"list": [], "due": [row.public_id], "batch": [batch.public_id]}[page]
        made.get(url(page, *ids))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert made.get(url(page, *ids)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def _uuid(n: int) -> Any:
    import uuid

    return uuid.UUID(int=n + 1)
