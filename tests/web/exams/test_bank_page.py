"""The list of items, one item with its try-out, and its moves."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craftpath.domain.exams import actions
from craftpath.domain.exams.actions import Draft
from craftpath.domain.exams.models import Item
from craftpath.values.text import Text
from tests.cast import AT, Cast
from tests.domain.exams.samples import single
from tests.web.exams.conftest import at, reader

pytestmark = pytest.mark.django_db


def test_it_lists_items_and_narrows_them(trainer: Client, bank: dict[str, Item]) -> None:
    page = trainer.get(at("bank")).content.decode()
    assert page.count('name="item"') == 9
    assert "What does M03 do?" in page
    for query, count in (
        ("q=手套", 1),
        ("kind=numeric", 1),
        ("state=draft", 0),
        ("difficulty=hard", 0),
        ("key=no", 0),
    ):
        assert trainer.get(f"{at('bank')}?{query}").content.decode().count('name="item"') == count, query


def test_an_empty_bank_says_what_to_do_first(trainer: Client) -> None:
    assert "The bank is empty" in trainer.get(at("bank")).content.decode()


def test_it_asks_as_many_queries_for_one_item_as_for_fifty(trainer: Client, cast: Cast) -> None:
    counted = []
    for count in (1, 50):
        drafts = [Draft(single(stem=Text(f"第 {n} 题"))) for n in range(count)]
        from craftpath.kernel.tenancy import everywhere

        with everywhere("a test fills the bank"):
            actions.write_items(cast.college, drafts, by=cast.actor("trainer"), at=AT)
        trainer.get(at("bank"))
        with CaptureQueriesContext(connection) as caught:
            trainer.get(at("bank"))
        counted.append(len(caught))
    assert counted[0] == counted[1] <= 14


def test_whoever_does_not_write_items_sees_nothing_of_them(cast: Cast, bank: dict[str, Item]) -> None:
    item = bank["single"].public_id
    picture = bank["hotspot"].newest.details["picture"]  # type: ignore[union-attr]
    for who in ("apprentice",):
        for address in (
            at("bank"),
            at("item", item),
            at("edit", item),
            at("picture", picture),
            at("give"),
            at("paste"),
        ):
            assert reader(cast, who).get(address).status_code == 403, (who, address)
    mentor = reader(cast, "mentor")
    assert mentor.get(at("item", item).replace("/lanchuan/", "/jinheng/")).status_code in {403, 404}


@pytest.mark.parametrize(
    ("kind", "answer", "score"),
    [
        ("single", {"choice": "b"}, "2"),
        ("single", {"choice": "a"}, "0"),
        ("multiple", {"choice": ["a", "b"]}, "1.5"),
        ("true_false", {"choice": "false"}, "1"),
        ("numeric", {"number": "126"}, "4"),
        ("short", {"blank-1": "g0"}, "2"),
        ("matching", {"pair-a": "x", "pair-b": "z"}, "1"),
        ("ordering", {"place-b": "1", "place-c": "2", "place-a": "3"}, "3"),
        ("ordering", {"place-b": "1", "place-c": "1", "place-a": "3"}, "0"),
        ("hotspot", {"choice": "b"}, "2"),
    ],
)
def test_a_tried_answer_is_judged_and_not_kept(
    trainer: Client, bank: dict[str, Item], kind: str, answer: dict[str, Any], score: str
) -> None:
    address = at("try", bank[kind].public_id)
    part = trainer.post(address, answer, HTTP_HX_REQUEST="true").content.decode()
    assert f'"figure-value">{score}<' in part.replace("\n", "") or f">{score}<" in part
    whole = trainer.post(address, answer).content.decode()
    assert "As a candidate sees it" in whole
    assert Item.objects.count() == 9


def test_an_essay_waits_and_junk_is_no_answer(trainer: Client, bank: dict[str, Item]) -> None:
    assert (
        "waits for a person"
        in trainer.post(at("try", bank["essay"].public_id), {"essay": "x"}).content.decode()
    )
    for kind, item in bank.items():
        junk = {"choice": ["<x>"], "number": "x" * 999, "place-a": "-1", "version": "99"}
        assert trainer.post(at("try", item.public_id), junk).status_code == 200, kind


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_kind_has_its_page_in_both_languages(cast: Cast, bank: dict[str, Item], language: str) -> None:
    client = reader(cast, "assessor", language)
    for item in bank.values():
        page = client.get(at("item", item.public_id))
        assert page.status_code == 200
        assert "<script>" not in page.content.decode()


def test_what_an_author_writes_cannot_run(trainer: Client, cast: Cast, bank: dict[str, Item]) -> None:
    wicked = (
        "<script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3)) "
        "$\\href{javascript:alert(4)}{x}$"
    )
    options = [{"key": "a", "text": {"zh": wicked}}, {"key": "b", "text": {"zh": "乙"}}]
    content = single(
        stem=Text(wicked), explanation=Text(wicked), details={"options": options, "right": ["a"]}
    )
    item = actions.write_item(cast.college, content, by=cast.actor("trainer"), at=AT)
    for page in (at("item", item.public_id), at("bank"), at("edit", item.public_id)):
        html = trainer.get(page).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert 'href="javascript' not in html


def test_moves_are_made_together_and_refusals_are_said(
    trainer: Client, cast: Cast, bank: dict[str, Item]
) -> None:
    bare = actions.write_item(
        cast.college,
        single(details={"options": single().details["options"]}),
        by=cast.actor("trainer"),
        at=AT,
    )
    ids = [bank["single"].public_id, bank["essay"].public_id]
    page = trainer.post(at("move"), {"do": "retire", "item": ids}, follow=True).content.decode()
    assert "2 items are retired" in page
    trainer.post(at("move"), {"do": "retire", "item": ids})
    assert trainer.get(f"{at('bank')}?state=retired").content.decode().count('name="item"') == 2
    page = trainer.post(
        at("move"), {"do": "restore", "item": ids, "from": "item"}, follow=True
    ).content.decode()
    assert "2 items are drafts again" in page
    page = trainer.post(
        at("move"), {"do": "release", "item": [bare.public_id, *ids]}, follow=True
    ).content.decode()
    assert "It does not say yet what is right" in page
    assert "2 items are ready now" in page
    assert trainer.post(at("move"), {"do": "release"}).status_code == 409
    assert trainer.post(at("move"), {"do": "delete", "item": ids}).status_code == 409


def test_a_picture_is_for_those_who_see_the_bank(trainer: Client, cast: Cast, bank: dict[str, Item]) -> None:
    name = bank["hotspot"].newest.details["picture"]  # type: ignore[union-attr]
    answer = trainer.get(at("picture", name))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert reader(cast, "stranger").get(at("picture", name)).status_code == 404
