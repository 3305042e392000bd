"""Every list that leaves the site: its page, its text, its workbook and its paper say the same, cell by cell."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import lxml.html
import openpyxl
import pytest
import time_machine
from django.test import Client
from django.urls import get_resolver, resolve, reverse

from craftpath.delivery.exchange.listing import Listing
from craftpath.delivery.web.shell import lists
from craftpath.delivery.web.shell.lists import LISTS, Exported
from craftpath.domain.bookings import actions
from craftpath.domain.insight import queries as insight
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.domain.bookings.world import MORNING, book, lathe
from tests.exchange.printed import letters, pages
from tests.house.addresses import addresses
from tests.house.visitors import seat_of
from tests.web.evaluation.reading import sheet
from tests.web.indicators import world
from tests.web.training.test_hours import post

Browse = Callable[[str], Client]
_ = get_resolver().url_patterns  # rooms register with their addresses

FIGURES = ("figures", "layers", "map", "nation", "definitions")
READERS = {
    **dict.fromkeys(("accredited", *FIGURES), "officer"),
    "history": "administrator",
    "credits": "apprentice",
    "subsidised": "hr",
}
"""Who looks at a list where he works; the coordinator at all others."""
QUERIES = {
    "results": ["", "?sort=-to_date", "?state=open", "?q=26003"],
    "class": ["", "?q=26003"],
    "places": ["", "?own=1", "?sort=need"],
    "used": ["?first=2026-01-01&last=2026-12-31"],
    "history": ["?fact=learning.roll_taken"],
}
"""How a page is narrowed down and ordered; all others are looked at as they open."""


def addresses_of(key: str, cast: Cast) -> tuple[str, str]:
    """The page of a list in its furnished room, and the address of its files as {}."""
    one = LISTS[key]
    screen = addresses([one.screen], cast)[one.screen]
    screen = re.sub(r"^/o/[^/]+/", f"/o/{seat_of(READERS.get(key, 'coordinator'))}/", screen)
    if key == "used":
        with time_machine.travel(MORNING + timedelta(days=7), tick=False), everywhere("a test uses a time"):
            at = MORNING + timedelta(days=7)
            actions.use_booking(
                book(cast, lathe(cast, for_partners=True), "hr"), by=cast.actor("coordinator"), at=at
            )
    if key == "hour_lines":
        post(cast, "26001", "a", 465)
        post(cast, "26001", "b", 60, "taught", days=1)
    found = resolve(screen).kwargs
    if key == "attendance":
        found = found | {"cohort": cast.cohort.public_id}
    return screen, reverse(one.file, kwargs=found | {"form": "FORM"}).replace("FORM", "{}")


def spoken(node: Any) -> str:
    """What somebody reads there."""
    return " ".join(" ".join(node.itertext()).split())


def rows_of(content: str, caption: str) -> list[list[str]]:
    """The rows of the table, or of the list, that is called so: all that is read in each, piece by piece and whole.

    Without a caption: of every table of the page.
    """
    page = lxml.html.fromstring(content)
    for hidden in page.xpath("//tr[contains(@class, 'hour-back')]"):  # said in files by the column of reasons
        hidden.drop_tree()
    tables = [one for one in page.iter("table") if caption in ("", spoken(one.find("caption")))]
    found = [row for one in tables for row in one.findall("./tbody/tr")]
    if caption == "" and len({spoken(one.find("thead")) for one in tables}) > 1:
        found = tables[0].findall("./tbody/tr")  # other tables of the page are about something else
    if not tables:
        found = page.xpath(f"//ul[@aria-label='{caption}']/li")
    return [pieces(row) for row in found if not row.xpath("./th[@scope='rowgroup']")]


def pieces(row: Any) -> list[str]:
    texts = [" ".join(one.split()) for one in row.itertext()]
    return [*(one for one in texts if one), *(spoken(cell) for cell in row), spoken(row)]


def is_told(said: str, row: Sequence[str]) -> bool:
    """Whether a row of the page tells a cell: as a piece of its own, or as whole words in a sentence."""
    if said in ("", "–"):
        return True
    said = " ".join(said.split())
    return said in row or re.search(rf"(?<![\w.,]){re.escape(said)}(?![\w]|[.,]\d)", row[-1]) is not None


def held(said: str, cell: Any) -> bool:
    """Whether a sheet holds what is said: words as they are, figures as they are said, nothing as –."""
    if cell is None:
        return True
    if isinstance(cell, int | float):
        return any(abs(one - cell) < 0.0501 for one in figures(said))
    return said == str(cell) or bool(re.fullmatch(r"\d{4}-\d\d-\d\d.*", str(cell)))


def figures(said: str) -> list[float]:
    """The figures in what is said; hours and minutes as minutes too."""
    plain = said.replace("−", "-").replace(",", "")
    found = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", plain)] or [0.0]
    hours = re.search(r"(-?\d+) h", plain)
    minutes = re.search(r"(\d+) min", plain)
    if hours or minutes:
        found.append(int(hours[1] if hours else 0) * 60 + int(minutes[1] if minutes else 0))
    return found


def compare(
    listing: Listing, screen: list[list[str]], text: list[list[str]], book: list[list[Any]], paper: str
) -> None:
    """All four of one list."""
    names = [head.name for head in listing.heads]
    assert text[0] == names == book[0]
    assert len(screen) == len(text) - 1 == len(book) - 1 == len(listing.said)
    told: Counter[str] = Counter()
    for shown, written, cells, said in zip(screen, text[1:], book[1:], listing.said, strict=True):
        assert len(written) == len(cells) == len(said) == len(names)
        for head, csv_cell, cell, words in zip(listing.heads, written, cells, said, strict=True):
            assert head.beyond or is_told(words, shown), (head.name, words, shown)
            assert held(words, cell), (head.name, words, cell)
            assert csv_cell == ("" if cell is None else f"{cell}".removesuffix(" 00:00:00")) or float(
                csv_cell
            ) == float(cell), (head.name, csv_cell, cell)
            told[letters(words)] += 1
    for words, times in told.items():
        assert paper.count(words) >= times, words


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Listing]:
    """The lists that were sent."""
    found: list[Listing] = []
    send = lists.sent

    def seen(request: Any, listing: Listing, form: str) -> Any:
        found.append(listing)
        return send(request, listing, form)

    for one in LISTS.values():
        view = get_resolver().resolve(reverse_any(one)).func
        while hasattr(view, "__wrapped__"):
            view = view.__wrapped__
        for name, value in list(view.__globals__.items()):
            if value is send:
                monkeypatch.setitem(view.__globals__, name, seen)
        if "sheet_of" in view.__globals__:
            monkeypatch.setitem(view.__globals__["sheet_of"].__globals__, "sent", seen)
    return found


def reverse_any(one: Exported) -> str:
    """Some address of its files."""
    from tests.house.addresses import patterns

    words = set(patterns()[one.file].pattern.converters) | {"organisation"}
    return reverse(one.file, kwargs=dict.fromkeys(words, "csv"))


@pytest.mark.parametrize("key", sorted(LISTS))
def test_screen_text_workbook_and_paper_say_the_same(
    cast: Cast, browse: Browse, key: str, made: list[Listing], monkeypatch: pytest.MonkeyPatch
) -> None:
    if key in FIGURES:
        for name, fake in world.FAKES.items():
            monkeypatch.setattr(insight, name, fake)
    one, (screen, files) = LISTS[key], addresses_of(key, cast)
    client = browse(READERS.get(key, "coordinator"))
    for query in QUERIES.get(key, [""]):
        answers = {form: client.get(files.format(form) + query) for form in ("csv", "xlsx", "pdf")}
        assert {form: answer.status_code for form, answer in answers.items()} == dict.fromkeys(answers, 200)
        page = client.get(screen + query)
        assert page.status_code == 200
        screened = rows_of(page.content.decode(), one.caption)
        book = openpyxl.load_workbook(io.BytesIO(answers["xlsx"].content)).worksheets[0]
        compare(
            made[-1],
            screened,
            sheet(answers["csv"], "list.csv"),
            [[cell.value for cell in row] for row in book.iter_rows()],
            "".join(pages(answers["pdf"].content)),
        )
        assert screened
        for answer in answers:
            assert f'href="{files.format(answer)}{query}"'.replace("&", "&amp;") in page.content.decode(), (
                key,
                answer,
            )


def test_a_difference_in_any_of_the_four_is_found() -> None:
    listing = Listing(
        "T", "W", [lists.Head("Name"), lists.Head("n", figures=True)], [["Wu", 3]], [["Wu", "3"]]
    )
    screen, text, book = [["Wu", "3", "Wu 3"]], [["Name", "n"], ["Wu", "3"]], [["Name", "n"], ["Wu", 3]]
    compare(listing, screen, text, book, "Wu3")
    wrong: list[tuple[Any, Any, Any, str]] = [
        ([["Wu", "4", "Wu 4"]], text, book, "Wu3"),
        (screen * 2, text, book, "Wu3"),
        (screen, [["Name", "n"], ["Wu", "4"]], book, "Wu3"),
        (screen, text, [["Name", "n"], ["Wu", 4]], "Wu3"),
        (screen, text, [["Name", "m"], ["Wu", 3]], "Wu3"),
        (screen, text, book, "Wu"),
        ([["Wu", "13", "Wu 13"]], text, book, "Wu3"),
    ]
    for case in wrong:
        with pytest.raises((AssertionError, ValueError)):
            compare(listing, *case)


@pytest.mark.usefixtures("all_rows")
@pytest.mark.parametrize("key", sorted(LISTS))
def test_a_form_that_no_list_has_is_404_and_so_is_every_form_to_a_stranger(
    cast: Cast, browse: Browse, key: str
) -> None:
    files = addresses_of(key, cast)[1]
    reader, stranger = browse(READERS.get(key, "coordinator")), browse("stranger")
    for form in ("docx", "CSV", "x"):
        assert reader.get(files.format(form)).status_code == 404
    assert stranger.get(files.format("pdf")).status_code == 404


def test_a_paper_of_a_list_has_an_end(cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("craftpath.delivery.web.shell.lists.PAPER_ROWS", 2)
    way = reverse("evaluation:export", args=["lanchuan", cast.evaluation.public_id, "pdf"])
    answer = browse("coordinator").get(way)
    assert answer.status_code == 409
    assert "At most 2 rows" in answer.content.decode()
