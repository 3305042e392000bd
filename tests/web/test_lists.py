"""Every list that leaves the site: its page, its text, its workbook and its paper say the same, cell by cell."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from craftpath.delivery.web.shell.lists import LISTS
from tests.cast import Cast
from tests.exchange.printed import letters, pages
from tests.web.evaluation.reading import cells, sheet
from tests.web.training.test_hours import post

Browse = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("all_rows")
_ = get_resolver().url_patterns  # rooms register with their addresses


def _results(cast: Cast) -> list[str]:
    return [cast.evaluation.public_id]


def _hours(cast: Cast) -> list[str]:
    post(cast, "26001", "a", 465)
    post(cast, "26002", "b", 60, "taught")
    return [cast.cohort.public_id]


FURNISHED: dict[str, Callable[[Cast], list[str]]] = {"results": _results, "hours": _hours}
QUERIES = {"results": ["", "?sort=-to_date", "?state=open", "?q=26003"], "hours": [""]}


def test_every_list_is_tried() -> None:
    assert sorted(LISTS) == sorted(FURNISHED) == sorted(QUERIES)


def figure(said: str) -> float | None:
    """A figure as it is said on a page: 80.5, 20.5 / 30, 7 h 45 min, of 8 h planned."""
    found = re.fullmatch(r"(?:of )?(?:(\d+) h)? ?(?:(\d+) min)?(?: planned)?", said)
    if said and found:
        return int(found[1] or 0) * 60 + int(found[2] or 0)
    plain = re.fullmatch(r"(-?\d+(?:\.\d+)?)(?: / \d+(?:\.\d+)?)?", said)
    return float(plain[1]) if plain else None


def same(said: str, held: Any) -> bool:
    """Whether a page says what a sheet holds: words as they are, figures as they are said, nothing as –."""
    if held is None:
        return said in ("–", "")
    if isinstance(held, int | float):
        told = figure(said)
        return told is not None and abs(told - held) < 0.0501
    return said == str(held)


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("key", sorted(FURNISHED))
def test_screen_text_workbook_and_paper_say_the_same(
    cast: Cast, browse: Browse, key: str, language: str
) -> None:
    client, one = browse("coordinator"), LISTS[key]
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    ids = ["lanchuan", *FURNISHED[key](cast)]
    for query in QUERIES[key]:
        page = client.get(reverse(one.screen, args=ids) + query)
        assert page.status_code == 200
        assert one.caption in page.content.decode()
        screen = cells(page)[1:]
        files = {
            form: client.get(reverse(one.file, args=[*ids, form]) + query) for form in ("csv", "xlsx", "pdf")
        }
        assert {answer.status_code for answer in files.values()} == {200}
        heads, *text = sheet(files["csv"], "list.csv")
        book = openpyxl.load_workbook(io.BytesIO(files["xlsx"].content)).worksheets[0]
        head, *held = [[cell.value for cell in row] for row in book.iter_rows()]
        assert head == heads
        assert len(screen) == len(text) == len(held) >= 1
        paper = "".join(pages(files["pdf"].content))
        told: Counter[str] = Counter()
        for shown, written, cells_held in zip(screen, text, held, strict=True):
            assert len(shown) == len(written) == len(cells_held) == len(heads)
            for said, csv_cell, cell in zip(shown, written, cells_held, strict=True):
                assert same(said, cell), (key, query, said, cell)
                assert csv_cell == ("" if cell is None else f"{cell}") or float(csv_cell) == cell
                bare = said.removeprefix("of ").removesuffix(" planned")
                told[letters(bare)] += 1
        for said, times in told.items():
            assert paper.count(said) >= times, (key, query, said)


def test_a_form_that_no_list_has_is_404(cast: Cast, browse: Browse) -> None:
    for key, one in LISTS.items():
        ids = ["lanchuan", *FURNISHED[key](cast)]
        for form in ("docx", "CSV", "x"):
            assert browse("coordinator").get(reverse(one.file, args=[*ids, form])).status_code == 404
        assert browse("stranger").get(reverse(one.file, args=[*ids, "pdf"])).status_code == 404


def test_a_list_is_as_long_as_the_page_and_not_longer_than_a_paper(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("craftpath.delivery.web.shell.lists.PAPER_ROWS", 2)
    way = reverse("evaluation:export", args=["lanchuan", cast.evaluation.public_id, "pdf"])
    answer = browse("coordinator").get(way)
    assert answer.status_code == 409
    assert "At most 2 rows" in answer.content.decode()
