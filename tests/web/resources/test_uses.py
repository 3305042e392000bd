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
from craftpath.domain.reading.actions import drop_text
from craftpath.domain.resources import actions, queries
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


def test_a_reading_list_uses_what_its_texts_lead_to(cast: Cast) -> None:
    row, book = shared(cast), listed(cast)
    link = f"https://learn.example/o/lanchuan/resources/{row.public_id}/"
    text = added(cast, book, title="讲义", link=link, licence="linked")
    assert [Ref.parse(one.subject) for one in queries.uses_of(row)] == [book.ref]
    drop_text(text, by=cast.actor("trainer"), at=AT)
    assert queries.uses_of(row) == []
