"""The page about the API: every operation, in a room of its own name, with an example that could be sent."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

from django.test import Client

from craftpath.delivery.api.service import schema
from craftpath.delivery.web.developers.reading import ROOMS, rooms


def _page(language: str = "en") -> str:
    answer = Client().get(f"/developers/?in={language}")
    assert answer.status_code == 200
    assert not answer.cookies
    return unescape(answer.content.decode())


def test_every_operation_stands_there_once(db: None) -> None:
    page = _page()
    for path, methods in schema()["paths"].items():
        for method, operation in methods.items():
            found = re.findall(rf'<details[^>]* id="{operation["operationId"]}".*?</details>', page, re.S)
            assert len(found) == 1
            assert path in found[0]
            assert f">{method.upper()}<" in found[0]
            assert operation["x-scope"] in found[0]


def test_every_tag_has_its_words_and_no_room_is_empty() -> None:
    tags = {operation["tags"][0] for found in schema()["paths"].values() for operation in found.values()}
    assert tags == set(ROOMS)
    assert all(room.operations for room in rooms())


def test_examples_send_what_is_needed() -> None:
    for room in rooms():
        for one in room.operations:
            said = re.search(r"-d '(.*)'$", one.example)
            sent: Any = json.loads(said[1]) if said else {}
            assert {field.name for field in one.sent if field.needed} <= set(sent)


def test_in_both_languages_without_an_account(db: None) -> None:
    assert "Training logs" in _page("en")
    assert "培训日志" in _page("zh")


def test_the_schema_is_there_for_anybody(db: None) -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert (answer.status_code, answer.json()["openapi"]) == (200, "3.1.0")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
