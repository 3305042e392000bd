"""What is said of resources, taken out as a sheet and taken in as LOM or Dublin Core beside a file or an address."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from craftpath.delivery.exchange.reading import read_book
from craftpath.delivery.exchange.resources import described, lom
from craftpath.delivery.web.resources import sheet
from craftpath.domain.occupations.models import Occupation
from craftpath.domain.resources import actions
from craftpath.domain.resources.models import Resource
from craftpath.values.text import Text
from tests.cast import AT, Cast
from tests.domain.resources.world import WELDING, details, shared
from tests.web.resources.test_pages import looked_through

pytestmark = pytest.mark.usefixtures("all_rows")
Browse = Callable[[str], Client]
ROOM = "lanchuan"


def url(page: str, *ids: Any) -> str:
    return reverse(f"resources:{page}", args=[ROOM, *ids])


def taken(client: Client, form: str = "csv", **asked: str) -> list[dict[str, Any]]:
    """The lines of a sheet as an office reads it."""
    answer = client.get(url("sheet", form), asked)
    assert answer.status_code == 200
    [page] = read_book(answer.content, f"x.{form}").sheets
    head, *rows = page.rows
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_sheet_says_all_that_is_said(cast: Cast, browse: Browse, form: str) -> None:
    trade = Occupation.objects.create(name={"zh": "焊工", "en": "Welder"}, made_at=AT)
    row = shared(cast, occupation=trade, authors="=1+1", keywords="焊缝; 电弧", abstract=Text(zh="引弧"))
    actions.star_resource(row, 4, by=cast.actor("apprentice"), at=AT)
    [line] = taken(browse("apprentice"), form)
    assert (line["Title in Chinese"], line["Title in English"]) == ("平角焊讲义", "Fillet welding handout")
    assert (line["Occupation"], line["Authors"], line["What it is about, in Chinese"]) == (
        "Welder",
        "=1+1",
        "引弧",
    )
    assert str(line["Stars"]) in ("4", "4.00", "4.0")
    assert row.public_id in line["Address"]


def test_a_sheet_has_what_the_list_has_and_nothing_else(cast: Cast, browse: Browse) -> None:
    shared(cast)
    shared(
        cast,
        "Lockout steps: stop the machine, lock the switch.",
        "l.txt",
        title=Text(en="Lockout"),
        kind="case",
    )
    hidden = shared(cast, "内部", "n.txt", title=Text(zh="已退"))
    actions.retire_resource(hidden, by=cast.actor("coordinator"), at=AT)
    looked_through()
    client = browse("trainer")
    assert len(taken(client)) == 2
    assert [one["Title in English"] for one in taken(client, kind="case")] == ["Lockout"]
    assert [one["Title in English"] for one in taken(client, q="划擦法")] == ["Fillet welding handout"]
    assert taken(client, skill="no-such") == []
    assert taken(client, occupation="\0") != []
    far = browse("stranger").get(reverse("resources:sheet", args=[cast.neighbour.key, "csv"]))
    assert "平角焊" not in far.content.decode()
    page = client.get(url("list"), {"kind": "case"}).content.decode()
    assert f"{url('sheet', 'xlsx')}?kind=case" in page
    assert client.get(url("sheet", "pdf")).status_code == 404


def test_a_sheet_that_is_too_long_says_so_instead_of_leaving_out(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "MOST", 1)
    shared(cast)
    shared(cast, "Lockout steps", "l.txt", title=Text(en="Lockout"))
    answer = browse("trainer").get(url("sheet", "csv"))
    assert answer.status_code == 409
    assert "at most 1 lines" in answer.content.decode()


def test_a_sheet_asks_as_much_for_one_as_for_many(
    cast: Cast, browse: Browse, django_assert_max_num_queries: Any
) -> None:
    shared(cast)
    client = browse("trainer")
    client.get(url("sheet", "csv"))
    with django_assert_max_num_queries(60) as few:
        client.get(url("sheet", "csv"))
    for number in range(20):
        shared(cast, f"{WELDING} {number}", f"{number}.md")
    with django_assert_max_num_queries(len(few)):
        assert len(taken(client)) == 21


# ---- The other way round -------------------------------------------------------------------------


def told(cast: Cast) -> bytes:
    """What another house says of a handout, as LOM."""
    row = shared(
        cast, "别处", "far.txt", title=Text("车刀刃磨", "Grinding a turning tool"), licence="ccbysa", kind="exercise",
        authors="王伟", abstract=Text("怎样刃磨", "How to grind"), audience="一年级", keywords="刃磨", language="en",
    )  # fmt: skip
    said = described.description(row)
    said.address = "https://far.example/grinding"
    return lom.written(said)


def drop(client: Client, description: bytes, *files: tuple[str, bytes], link: str = "") -> Any:
    given: dict[str, Any] = {
        "made_id": str(uuid.uuid4()),
        "dropped": [SimpleUploadedFile(*one) for one in files],
        "link": link,
        "told": SimpleUploadedFile("lom.xml", description),
    }
    return client.post(url("new"), given, follow=True)


def test_a_description_beside_a_file_is_what_is_asked(cast: Cast, browse: Browse) -> None:
    content, client = told(cast), browse("trainer")
    page = drop(client, content, ("notes.md", WELDING.encode())).content.decode()
    assert "Grinding a turning tool" in page
    row = Resource.objects.get(state="draft")
    assert (row.kind, row.language, row.guesses["licence"]) == (
        "exercise",
        "en",
        {"value": "ccbysa", "sure": "told"},
    )
    form = {
        "title": "Grinding a turning tool",
        "occupation": "",
        "licence": "ccbysa",
        "licence_words": "",
        "reach": "own",
    }
    client.post(
        url("confirm"), {"share": "all", **{f"{row.public_id}-{name}": said for name, said in form.items()}}
    )
    row.refresh_from_db()
    assert (row.state, row.title) == ("shared", {"zh": "车刀刃磨", "en": "Grinding a turning tool"})
    assert (row.authors, row.audience, row.keywords) == ("王伟", "一年级", "刃磨")
    assert row.abstract == {"zh": "怎样刃磨", "en": "How to grind"}


def test_a_description_alone_leads_to_the_address_that_it_names(cast: Cast, browse: Browse) -> None:
    drop(browse("trainer"), told(cast))
    row = Resource.objects.get(state="draft")
    assert row.versions.get().link == "https://far.example/grinding"
    assert row.title == {"zh": "车刀刃磨", "en": "Grinding a turning tool"}


@pytest.mark.parametrize(
    ("description", "words"),
    [
        (b"<html/>", "neither LOM nor Dublin Core"),
        (b"<lom/>", "neither LOM nor Dublin Core"),
        (b"no xml", "neither LOM nor Dublin Core"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><dc><title>&b;</title></dc>", "neither LOM nor Dublin Core"),
        (b"<dc><title>x</title></dc>" + b" " * 2**20, "at most 1 MB"),
    ],
)
def test_a_description_that_cannot_be_read_keeps_nothing(
    cast: Cast, browse: Browse, description: bytes, words: str
) -> None:
    answer = drop(browse("trainer"), description, ("notes.md", WELDING.encode()))
    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert Resource.objects.count() == 0


def test_a_description_is_of_one_thing(cast: Cast, browse: Browse) -> None:
    content = b"<dc><title>x</title></dc>"
    files = [("a.txt", b"Lockout and tagout"), ("b.txt", b"Lockout")]
    assert "of one file or one address" in drop(browse("trainer"), content, *files).content.decode()
    both = drop(browse("trainer"), content, files[0], link="https://example.org/")
    assert both.status_code == 409
    assert Resource.objects.count() == 0


def test_what_a_catalogue_suggests_keeps_its_language(cast: Cast) -> None:
    record = {"title": {"zh": "刃磨", "en": "Grinding"}, "language": "en", "licence": "ccby"}
    row = actions.add_link(
        "https://far.example/1", Text.of(record["title"]), organisation=cast.college, made_id=uuid.uuid4(),
        guesses=actions.guesses_from(record), by=cast.actor("trainer"), at=AT,
    )  # fmt: skip
    row = actions.share_resource(row, details(language=row.language), by=cast.actor("trainer"), at=AT)
    assert row.language == "en"
