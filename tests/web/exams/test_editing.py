"""The form of an item: every kind is written by it, nothing typed is ever lost, and nobody is overwritten unawares."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from craftpath.domain.exams.models import Item, ItemVersion, Picture
from craftpath.domain.exams.queries import content_of, items
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.domain.exams.samples import every_kind
from tests.photos import picture
from tests.web.exams.conftest import at

pytestmark = pytest.mark.django_db


def _sent(page: str) -> dict[str, Any]:
    """What a browser would send of the form that a page shows."""
    form = page[page.index('id="item-form"') :]
    form = form[: form.index("</form>")]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = (re.search(rf' {part}="([^"]*)"', tag) for part in ("name", "value"))
        if not name or 'type="file"' in tag or name[1] == "do":
            continue
        if re.search(r'type="(checkbox|radio)"', tag):
            if " checked" in tag:
                found.setdefault(name[1], []).append(unescape(value[1]) if value else "on")
        else:
            found[name[1]] = unescape(value[1]) if value else ""
    for name, body in re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        found[name] = unescape(body)
    for name, body in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', body)
        found[name] = unescape(chosen[1]) if chosen else ""
    return found


def test_every_kind_goes_through_its_form_unchanged(trainer: Client, bank: dict[str, Item]) -> None:
    for kind, item in bank.items():
        page = trainer.get(at("edit", item.public_id)).content.decode()
        answer = trainer.post(at("edit", item.public_id), _sent(page) | {"do": "save"})
        assert answer.status_code == 302, kind
    assert ItemVersion.objects.count() == 9  # nothing was changed, so there is no new version


def test_every_kind_is_changed_by_its_form(trainer: Client, bank: dict[str, Item]) -> None:
    for kind, item in bank.items():
        sent = _sent(trainer.get(at("edit", item.public_id)).content.decode())
        answer = trainer.post(
            at("edit", item.public_id), sent | {"points": "7", "do": "save", "tag-difficulty": "hard"}
        )
        assert answer.status_code == 302, kind
    assert {row.newest.points for row in items()} == {7}
    assert {row.newest.number for row in items()} == {2}
    assert {row.difficulty for row in items()} == {"hard"}


NEW: dict[str, dict[str, Any]] = {
    "single": {
        "option-0-zh": "一",
        "option-1-zh": "二",
        "option-0-key": "a",
        "option-1-key": "b",
        "option-2-key": "c",
        "right": "b",
    },
    "multiple": {
        "option-0-zh": "一",
        "option-1-zh": "二",
        "option-0-key": "a",
        "option-1-key": "b",
        "right": ["a", "b"],
        "rule": "half",
    },
    "true_false": {"truth": "true"},
    "numeric": {"value": "12,5", "tolerance": "0.1", "unit": "mm"},
    "short": {"blank-0-key": "1", "blank-0-accepted": "G00\nG0", "fold_case": "on"},
    "matching": {
        "other-0-key": "r1",
        "other-0-zh": "甲",
        "other-1-key": "r2",
        "other-1-zh": "乙",
        "left-0-key": "a",
        "left-0-zh": "一",
        "left-0-pair": "r2",
        "left-1-key": "b",
        "left-1-zh": "二",
        "left-1-pair": "r1",
    },
    "ordering": {"entry-0-key": "a", "entry-0-zh": "先", "entry-1-key": "b", "entry-1-zh": "后"},
    "essay": {"lines": "12", "guide_zh": "完整"},
}


@pytest.mark.parametrize("kind", list(NEW))
def test_a_new_item_of_each_kind(trainer: Client, kind: str) -> None:
    assert trainer.get(at("new", kind)).status_code == 200
    form = {"stem_zh": "题干", "points": "3", "do": "save", "ready": "1"} | NEW[kind]
    answer = trainer.post(at("new", kind), form)
    assert answer.status_code == 302, answer.content.decode()
    again = trainer.post(at("new", kind), form)
    assert again.url == answer.url  # pressed twice
    with everywhere("a test looks"):
        item = items().get()
        assert (item.kind, item.state, item.newest.points) == (kind, "ready", 3)
        content = content_of(item.newest, kind)
    if kind == "single":
        assert len(content.details["options"]) == 2  # the empty third row was not meant
    if kind == "ordering":
        assert content.details["order"] == ["a", "b"]


def test_a_hotspot_takes_its_picture_then_its_areas(trainer: Client) -> None:
    upload = SimpleUploadedFile("轴.png", picture("PNG", (200, 120)), "image/png")
    page = trainer.post(
        at("new", "hotspot"), {"stem_zh": "指出", "points": "1", "do": "picture", "upload": upload}
    ).content.decode()
    with everywhere("a test looks"):
        kept = Picture.objects.get().public_id
    sent = _sent(page)
    assert (sent["stem_zh"], sent["picture"]) == ("指出", kept)
    areas = {
        "region-0-key": "a",
        "region-0-zh": "左",
        "region-0-shape": "rect",
        "region-0-a": "0",
        "region-0-b": "0",
        "region-0-c": "50",
        "region-0-d": "50",
        "region-1-key": "b",
        "region-1-zh": "右",
        "region-1-shape": "circle",
        "region-1-a": "150",
        "region-1-b": "60",
        "region-1-c": "30",
        "right": "b",
    }
    looked = trainer.post(at("new", "hotspot"), sent | areas | {"do": "look"}).content.decode()
    assert "<circle" in looked
    answer = trainer.post(at("new", "hotspot"), sent | areas | {"do": "save"})
    assert answer.status_code == 302, answer.content.decode()
    far = trainer.post(at("new", "hotspot"), sent | areas | {"region-0-c": "500", "do": "save"})
    assert far.status_code == 422
    assert "does not lie in the picture" in far.content.decode()


@pytest.mark.parametrize("upload", [None, b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 99])
def test_a_picture_that_is_none_loses_nothing_that_was_typed(trainer: Client, upload: bytes | None) -> None:
    file = {} if upload is None else {"upload": SimpleUploadedFile("x.png", upload)}
    page = trainer.post(at("new", "single"), {"stem_zh": "写了很久", "do": "picture"} | file).content.decode()
    assert "Not saved" in page
    assert _sent(page)["stem_zh"] == "写了很久"


def test_rows_come_go_and_move_by_the_server(trainer: Client) -> None:
    form = {
        "stem_zh": "题",
        "option-0-key": "a",
        "option-0-zh": "一",
        "option-1-key": "b",
        "option-1-zh": "二",
        "right": "b",
    }
    more = _sent(trainer.post(at("new", "single"), form | {"do": "add-option"}).content.decode())
    assert [more[f"option-{n}-key"] for n in range(3)] == ["a", "b", "c"]
    assert more["right"] == ["b"]
    less = _sent(trainer.post(at("new", "single"), more | {"do": "remove-option-0"}).content.decode())
    assert (less["option-0-zh"], less["right"], "option-2-key" in less) == ("二", ["b"], False)
    up = _sent(trainer.post(at("new", "single"), form | {"do": "up-option-1"}).content.decode())
    assert (up["option-0-zh"], up["option-1-zh"]) == ("二", "一")
    for junk in ("remove-option-99", "remove-nothing-0", "up-option-x", "add-region", "add-", "nothing"):
        assert trainer.post(at("new", "single"), form | {"do": junk}).status_code in {200, 302, 422}, junk


def test_every_fault_stands_beside_its_field_and_all_is_kept(trainer: Client) -> None:
    form = {
        "stem_zh": "题",
        "points": "-1",
        "option-0-zh": "一",
        "option-0-key": "a",
        "option-1-zh": "",
        "option-1-key": "b",
        "option-2-zh": "三",
        "option-2-key": "c",
        "tag-expected_p": "7",
        "do": "save",
    }
    answer = trainer.post(at("new", "single"), form)
    page = answer.content.decode()
    assert answer.status_code == 422
    for said in ("Points are more than 0", "Number 2 is empty", "less than or equal to 1"):
        assert said in page
    assert _sent(page)["option-2-zh"] == "三"
    with everywhere("a test looks"):
        assert not Item.objects.exists()


def test_nobody_is_overwritten_unawares(trainer: Client, bank: dict[str, Item]) -> None:
    item = bank["single"].public_id
    sent = _sent(trainer.get(at("edit", item)).content.decode())
    trainer.post(at("edit", item), sent | {"points": "5", "do": "save"})
    late = trainer.post(at("edit", item), sent | {"points": "6", "do": "save"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "Somebody else has written version 2" in page
    assert _sent(page)["points"] == "6"
    assert trainer.post(at("edit", item), _sent(page) | {"do": "save"}).status_code == 302
    assert [
        str(row.points) for row in ItemVersion.objects.filter(item__public_id=item).order_by("number")
    ] == [
        "2.00",
        "5.00",
        "6.00",
    ]


def test_the_history_says_what_changed(trainer: Client, bank: dict[str, Item]) -> None:
    item = bank["single"].public_id
    sent = _sent(trainer.get(at("edit", item)).content.decode())
    trainer.post(at("edit", item), sent | {"points": "5", "right": "a", "do": "save"})
    page = trainer.get(at("item", item)).content.decode()
    assert "what is right, points: 2 → 5" in page
    assert "older version" in trainer.get(f"{at('item', item)}?version=1").content.decode()


def test_a_shared_text_is_kept_and_offered(trainer: Client, cast: Cast) -> None:
    assert trainer.post(at("stimuli"), {"title_zh": "空"}).status_code == 422
    answer = trainer.post(at("stimuli"), {"title_zh": "材料", "body_zh": "某车间 $v_c$"}, follow=True)
    assert "<math" in answer.content.decode()
    assert "材料" in trainer.get(at("new", "essay")).content.decode()


def test_kinds_are_offered_with_a_word_about_each(trainer: Client) -> None:
    page = trainer.get(at("choose")).content.decode()
    assert all(at("new", one.kind.value) in page for one in every_kind())
    assert trainer.get(at("new", "poem")).status_code == 404
