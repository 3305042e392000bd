"""Pages of the library: dropped, confirmed by one press, found by a word inside, said what people think of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from craftpath.delivery.jobs.search.kinds import KINDS
from craftpath.delivery.jobs.search.reading import docs_of
from craftpath.domain.resources import actions, queries
from craftpath.domain.resources.models import Pair, Resource
from craftpath.kernel.search.entries import index
from craftpath.values.text import Text
from tests.cast import AT, Cast
from tests.domain.resources.world import WELDING, details, dropped, shared

pytestmark = pytest.mark.usefixtures("all_rows")
Browse = Callable[[str], Client]


def url(page: str, *ids: Any) -> str:
    return reverse(f"resources:{page}", args=["lanchuan", *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def looked_through() -> None:
    kind = KINDS["resources", "resource"]
    index(docs_of(kind, list(kind.rows().values_list("pk", flat=True))))


def drop(client: Client, *files: tuple[str, bytes], **more: str) -> Any:
    given = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(
        url("new"), {"made_id": str(uuid.uuid4()), "dropped": given, "link": "", **more}, follow=True
    )


def test_one_drop_and_one_press_share_a_file(cast: Cast, browse: Browse) -> None:
    client = browse("trainer")
    page = text(drop(client, ("平角焊讲义.md", WELDING.encode())))
    for words in ("焊条电弧焊：平角焊", "likely", "a guess, please look", "Share"):
        assert words in page
    row = Resource.objects.get()
    form = {"share": "all", **sent(row)}
    answer = client.post(url("confirm"), form, follow=True)
    assert "1 resource is shared." in text(answer)
    row.refresh_from_db()
    assert (row.state, row.title, row.licence, row.language) == (
        "shared",
        {"zh": "焊条电弧焊：平角焊"},
        "own",
        "zh",
    )


def sent(row: Resource, **more: str) -> dict[str, str]:
    """What a browser sends of a card on which nobody changed anything."""
    guesses = row.guesses
    title = next(iter(guesses["title"]["value"].values()))
    said = {
        "title": title, "occupation": guesses["occupation"]["value"], "licence": guesses["licence"]["value"],
        "licence_words": "", "reach": "own", **more,
    }  # fmt: skip
    return {f"{row.public_id}-{name}": value for name, value in said.items()}


def test_many_are_confirmed_at_once_and_one_that_lacks_something_keeps_no_other_back(
    cast: Cast, browse: Browse
) -> None:
    first, second = dropped(cast), dropped(cast, "Lockout steps: stop, lock, tag, try.", "lockout.txt")
    form = {"share": "all", **sent(first), **sent(second, licence="permitted")}
    answer = browse("trainer").post(url("confirm"), form)
    assert answer.status_code == 409
    assert "Say who gave leave" in text(answer)
    states = dict(Resource.objects.values_list("pk", "state"))
    assert states == {first.pk: "shared", second.pk: "draft"}


def test_what_was_not_on_the_page_is_not_shared_by_its_press(cast: Cast, browse: Browse) -> None:
    first, second = dropped(cast), dropped(cast, "Lockout steps: stop, lock, tag, try.", "lockout.txt")
    browse("trainer").post(url("confirm"), {"share": "all", **sent(first)})
    second.refresh_from_db()
    assert second.state == "draft"


def test_doubles_are_told_before_they_are_shared(cast: Cast, browse: Browse) -> None:
    shared(cast)
    page = text(drop(browse("trainer"), ("copy.md", WELDING.encode())))
    assert "In the library already? The very same file:" in page


def test_a_form_without_files_and_with_too_many_says_so(cast: Cast, browse: Browse) -> None:
    client = browse("trainer")
    assert "Choose at least one file" in text(drop(client))
    files = [(f"{n}.txt", b"Lockout and tagout") for n in range(21)]
    answer = drop(client, *files)
    assert answer.status_code == 409
    assert "at most 20 files" in text(answer)
    assert Resource.objects.count() == 0
    assert "An address begins with" in text(drop(client, link="ftp://x"))
    drop(client, link="https://example.org/film")
    assert queries.drafts_of(cast.people["trainer"]).get().kind == "link"


def test_a_word_inside_a_file_finds_it_and_shows_where_it_stands(cast: Cast, browse: Browse) -> None:
    row = shared(cast)
    shared(
        cast,
        "Lockout steps: stop the machine, lock the switch, tag it, and try it.",
        "l.txt",
        title=Text(en="Lockout"),
    )
    looked_through()
    client = browse("apprentice")
    page = text(client.get(url("list"), {"q": "划擦法"}))
    assert "<mark>划擦法</mark>" in page
    assert row.public_id in page
    assert "Lockout" not in page
    page = text(client.get(url("list"), {"language": "en"}))
    assert row.public_id not in page
    assert "Nothing found" in text(client.get(url("list"), {"q": "氩弧焊"}))


def test_what_was_shared_a_moment_ago_stands_in_the_list(cast: Cast, browse: Browse) -> None:
    row = shared(cast)
    assert row.public_id in text(browse("apprentice").get(url("list")))


def test_it_is_found_by_whoever_may_see_it_and_by_nobody_else(cast: Cast, browse: Browse) -> None:
    row = shared(cast)
    looked_through()
    stranger = browse("stranger")
    far = reverse("resources:list", args=[cast.neighbour.key])
    assert row.public_id not in text(stranger.get(far, {"q": "平角焊"}))
    actions.change_resource(row, details(reach="site"), by=cast.actor("trainer"), at=AT)
    looked_through()
    assert row.public_id in text(stranger.get(far, {"q": "平角焊"}))


def test_the_list_asks_as_much_for_one_as_for_fifty(
    cast: Cast, browse: Browse, django_assert_max_num_queries: Any
) -> None:
    shared(cast)
    looked_through()
    client = browse("trainer")
    with django_assert_max_num_queries(60) as few:
        client.get(url("list"), {"q": "焊"})
    for number in range(50):
        shared(cast, f"{WELDING} {number}" * 2, f"{number}.md")
    looked_through()
    with django_assert_max_num_queries(len(few)):
        page = text(client.get(url("list"), {"q": "焊"}))
    assert "51 resources" in page
    assert page.count("Fillet welding handout") == 20


def test_a_resource_says_its_licence_its_uses_and_its_versions(cast: Cast, browse: Browse) -> None:
    row = shared(cast)
    page = text(browse("apprentice").get(url("resource", row.public_id)))
    for words in ("Fillet welding handout", "name the author", "Nowhere yet", "平角焊讲义.md", "Give stars"):
        assert words in page
    assert "Retire it" not in page
    assert "Review it" not in page
    file = browse("apprentice").get(url("file", row.public_id, row.current.public_id))
    assert b"".join(file.streaming_content).decode() == WELDING
    assert file.headers["Content-Disposition"].startswith("attachment")


def test_review_stars_and_moves_have_their_pages(cast: Cast, browse: Browse) -> None:
    row = shared(cast)
    office = browse("coordinator")
    lacking = office.post(url("review", row.public_id), {"holds": ["clear"], "words": ""})
    assert lacking.status_code == 409
    assert "say in a few words" in text(lacking)
    said = {"holds": ["correct", "clear", "usable", "rights"], "words": "好用"}
    assert "reviewed" in text(office.post(url("review", row.public_id), said, follow=True))
    assert "5.0 of 5 stars (n = 1)" in text(
        office.post(url("star", row.public_id), {"stars": "5"}, follow=True)
    )
    assert office.post(url("star", row.public_id), {"stars": "9"}).status_code == 422
    assert "recommended" in text(office.post(url("move", row.public_id, "recommend"), follow=True))
    assert "Retired" in text(office.post(url("move", row.public_id, "retire"), follow=True))
    assert office.post(url("move", row.public_id, "explode")).status_code == 404


def test_all_that_is_said_is_changed_in_one_form(cast: Cast, browse: Browse) -> None:
    row, client = shared(cast), browse("trainer")
    assert "Title in Chinese" in text(client.get(url("details", row.public_id)))
    given = {
        "title_zh": "平角焊", "title_en": "", "kind": "exercise", "language": "zh", "licence": "ccbysa",
        "reach": "public", "authors": "王师傅", "keywords": "焊缝; 电弧",
    }  # fmt: skip
    client.post(url("details", row.public_id), given)
    row.refresh_from_db()
    assert (row.kind, row.licence, row.reach, row.keywords) == ("exercise", "ccbysa", "public", "焊缝; 电弧")
    assert row.listed_at is not None
    wrong = client.post(url("details", row.public_id), given | {"licence": "reserved"})
    assert wrong.status_code == 409
    assert "keeps it in this house" in text(wrong)
    assert "王师傅" in text(wrong)


def test_a_newer_file_takes_the_place_of_the_one_before(cast: Cast, browse: Browse) -> None:
    row, client = shared(cast), browse("trainer")
    assert "What is new in it" in text(client.get(url("version", row.public_id)))
    file = SimpleUploadedFile("v2.md", (WELDING + "立角焊。").encode())
    client.post(url("version", row.public_id), {"made_id": str(uuid.uuid4()), "file": file, "what": "立角焊"})
    page = text(client.get(url("resource", row.public_id)))
    assert "2: v2.md" in page


def test_doubles_are_merged_on_their_page(cast: Cast, browse: Browse) -> None:
    first, second = shared(cast), shared(cast)
    office = browse("coordinator")
    assert "The very same file" in text(office.get(url("alike")))
    pair = Pair.objects.get()
    office.post(url("settle", pair.public_id), {"keep": first.public_id})
    assert "No doubles" in text(office.get(url("alike")))
    answer = office.get(url("resource", second.public_id))
    assert answer.headers["Location"] == url("resource", first.public_id)
    assert browse("trainer").get(url("alike")).status_code == 403
