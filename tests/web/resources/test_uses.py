"""Where a resource is used: in a course, whose learners open it and say that they are done, and in a reading list."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from craftpath.domain.courses.actions import NewActivity
from craftpath.domain.courses.content import Content
from craftpath.domain.courses.models import Activity, Progress
from craftpath.domain.reading.actions import TextSaid, change_text, drop_text
from craftpath.domain.resources import actions, queries
from craftpath.domain.resources.models import Pair, Resource
from craftpath.values.ref import Ref
from craftpath.values.text import Text
from tests.cast import AT, Cast
from tests.domain.courses.world import key_of, running, written
from tests.domain.reading.world import added, listed
from tests.domain.resources.world import WELDING, shared

pytestmark = pytest.mark.usefixtures("all_rows")


def test_a_course_keeps_the_version_that_its_author_chose(
    cast: Cast, browse: Callable[[str], Client]
) -> None:
    row = shared(cast)
    assert row.current is not None
    content = Content("resource", ref=str(row.current.ref))
    run = running(cast, NewActivity("resource", Text("讲义", "Handout"), content))
    [use] = queries.uses_of(row)
    assert use.subject == str(run.course.ref)
    page = f"/o/lanchuan/courses/runs/{run.public_id}/at/{key_of(run, 'resource')}/"
    client = browse("apprentice")
    assert (
        reverse("resources:resource", args=["lanchuan", row.public_id]) in client.get(page).content.decode()
    )
    newer = (WELDING + "立角焊。").encode()
    actions.add_version(row, newer, "2.md", made_id=uuid.uuid4(), by=cast.actor("trainer"), at=AT)
    shown = client.get(page).content.decode()
    old = reverse("resources:file", args=["lanchuan", row.public_id, row.current.public_id])
    assert old in shown
    assert b"".join(client.get(old).streaming_content).decode() == WELDING
    client.post(f"{page}done/")
    assert list(Progress.objects.values_list("state", flat=True)) == ["done"]
    told = (
        browse("trainer")
        .get(reverse("resources:resource", args=["lanchuan", row.public_id]))
        .content.decode()
    )
    assert "An older version is in use here" in told
    assert reverse("courses:course", args=["lanchuan", run.course.public_id]) in told


def test_an_author_chooses_among_what_is_shared(cast: Cast, browse: Callable[[str], Client]) -> None:
    row = shared(cast)
    content = Content("resource", ref="")
    course = written(cast, NewActivity("resource", Text("讲义", "Handout"), content))
    key = Activity.objects.get(unit__version__course=course).key
    page = (
        browse("trainer")
        .get(reverse("courses:edit", args=["lanchuan", course.public_id, key]))
        .content.decode()
    )
    assert row.current is not None
    assert str(row.current.ref) in page
    where = reverse("courses:edit", args=["lanchuan", course.public_id, key])
    kept = {"title_zh": "讲义", "title_en": "", "text_zh": "", "text_en": "", "ref": str(row.current.ref)}
    browse("trainer").post(where, kept)
    newer = (WELDING + "立角焊。").encode()
    actions.add_version(row, newer, "2.md", made_id=uuid.uuid4(), by=cast.actor("trainer"), at=AT)
    page = browse("trainer").get(where).content.decode()
    assert "(version 1; a newer one is in the library)" in page
    browse("trainer").post(where, kept)
    assert Activity.objects.get().content["ref"] == str(row.current.ref)


def newer(cast: Cast, row: Resource, words: str = "立角焊") -> None:
    content = f"{WELDING}{words}。".encode()
    actions.add_version(
        row, content, "2.md", made_id=uuid.uuid4(), words=words, by=cast.actor("trainer"), at=AT
    )


def test_whoever_writes_a_course_is_told_of_a_newer_version(
    cast: Cast, browse: Callable[[str], Client]
) -> None:
    row = shared(cast)
    assert row.current is not None
    content = Content("resource", ref=str(row.current.ref))
    run = running(cast, NewActivity("resource", Text("讲义", "Handout"), content))
    page = reverse("courses:course", args=["lanchuan", run.course.public_id])
    client = browse("trainer")
    assert "The library has a newer version" not in client.get(page).content.decode()
    newer(cast, row)
    told = client.get(page).content.decode()
    assert "version 2 instead of 1" in told
    assert "立角焊" in told
    assert reverse("resources:resource", args=["lanchuan", row.public_id]) in told
    actions.let_stay(row, organisation=cast.college, by=cast.actor("trainer"), at=AT)
    assert "The library has a newer version" not in client.get(page).content.decode()


def test_whoever_leads_a_reading_list_is_told_until_they_looked_at_the_text(
    cast: Cast, browse: Callable[[str], Client]
) -> None:
    row, book = shared(cast), listed(cast)
    said = {"title": "讲义", "link": f"https://learn.example/o/lanchuan/resources/{row.public_id}/"}
    text = added(cast, book, licence="linked", **said)
    newer(cast, row)
    page = reverse("reading:list", args=["lanchuan", book.public_id])
    assert "version 2 instead of 1" in browse("trainer").get(page).content.decode()
    assert "version 2 instead of 1" not in browse("apprentice").get(page).content.decode()
    added(cast, book)  # another text says nothing of this one
    assert "version 2 instead of 1" in browse("trainer").get(page).content.decode()
    change_text(text, said=TextSaid(licence="linked", **said), by=cast.actor("trainer"), at=AT)
    assert "version 2 instead of 1" not in browse("trainer").get(page).content.decode()


def test_the_owner_sees_how_many_hidden_places_use_an_older_version(
    cast: Cast, browse: Callable[[str], Client]
) -> None:
    row = shared(cast)
    assert row.current is not None
    where = Ref("courses", "course", "elsewhere")
    ids = {row.current.public_id}
    actions.note_uses(where, {}, ids, organisation=cast.neighbour, by=cast.actor("trainer"), at=AT)
    newer(cast, row)
    page = reverse("resources:resource", args=["lanchuan", row.public_id])
    assert "1 of them with an older version" in browse("trainer").get(page).content.decode()


def test_a_learner_opens_what_the_author_chose_although_it_was_merged(
    cast: Cast, browse: Callable[[str], Client]
) -> None:
    kept, row = shared(cast), shared(cast)
    assert row.current is not None
    content = Content("resource", ref=str(row.current.ref))
    run = running(cast, NewActivity("resource", Text("讲义", "Handout"), content))
    actions.merge_pair(Pair.objects.get(), kept.public_id, by=cast.actor("coordinator"), at=AT)
    client = browse("apprentice")
    page = f"/o/lanchuan/courses/runs/{run.public_id}/at/{key_of(run, 'resource')}/"
    old = reverse("resources:file", args=["lanchuan", row.public_id, row.current.public_id])
    assert old in client.get(page).content.decode()
    assert b"".join(client.get(old).streaming_content).decode() == WELDING
    answer = client.get(reverse("resources:resource", args=["lanchuan", row.public_id]))
    assert answer.headers["Location"] == reverse("resources:resource", args=["lanchuan", kept.public_id])


def test_a_reading_list_uses_what_its_texts_lead_to(cast: Cast) -> None:
    row, book = shared(cast), listed(cast)
    link = f"https://learn.example/o/lanchuan/resources/{row.public_id}/"
    text = added(cast, book, title="讲义", link=link, licence="linked")
    assert [Ref.parse(one.subject) for one in queries.uses_of(row)] == [book.ref]
    drop_text(text, by=cast.actor("trainer"), at=AT)
    assert queries.uses_of(row) == []
