"""Activities that other rooms keep: a package counts once it says so, a discussion once one has written in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.courses.actions import NewActivity
from craftpath.domain.courses.content import Content
from craftpath.domain.courses.models import Progress, Run
from craftpath.domain.packages import actions as packages
from craftpath.values.text import Text
from tests.cast import AT, Cast
from tests.domain.courses.world import key_of, running
from tests.domain.forums.world import begun, opened
from tests.domain.packages.world import core, saved, taken

pytestmark = pytest.mark.usefixtures("all_rows")
Browse = Callable[[str], Client]


def holding(kind: str, ref: str) -> NewActivity:
    return NewActivity(kind, Text("别处的内容", "Elsewhere"), Content(kind, ref=ref))


def page(run: Run, kind: str) -> str:
    return f"/o/lanchuan/courses/runs/{run.public_id}/at/{key_of(run, kind)}/"


def states() -> list[str]:
    return list(Progress.objects.values_list("state", flat=True))


def test_a_package_is_opened_from_its_course_and_done_when_it_says_so(cast: Cast, browse: Browse) -> None:
    package = taken(cast)
    run, client = running(cast, holding("package", str(package.ref))), browse("apprentice")
    shown = client.get(page(run, "package")).content.decode()
    assert f"/packages/{package.public_id}/" in shown
    assert f"<span>{text(package.title)}</span>" in shown
    assert shown.count("button-primary") == 1
    client.post(f"{page(run, 'package')}done/")
    assert "done" not in states()
    for entry in ("1", "2"):
        claim = saved(entry=entry, data=core("passed", "80"))
        packages.save_attempt(package, claim, by=cast.actor("apprentice"), at=AT)
    client.post(f"{page(run, 'package')}done/")
    row = Progress.objects.get(state="done")
    assert row.score == 80


def test_a_discussion_is_done_once_one_has_written(cast: Cast, browse: Browse) -> None:
    forum = opened(cast)
    run, client = running(cast, holding("discussion", str(forum.ref))), browse("apprentice")
    assert f"/forums/{forum.public_id}/" in client.get(page(run, "discussion")).content.decode()
    client.post(f"{page(run, 'discussion')}done/")
    assert "done" not in states()
    begun(cast, forum)
    client.post(f"{page(run, 'discussion')}done/")
    assert states() == ["done"]


@pytest.mark.parametrize("kind", ["package", "discussion"])
def test_what_is_gone_leaves_a_gap_and_the_course_goes_on(cast: Cast, browse: Browse, kind: str) -> None:
    run = running(cast, holding(kind, f"{'packages/package' if kind == 'package' else 'forums/forum'}/gone"))
    assert "cannot be opened" in browse("apprentice").get(page(run, kind)).content.decode()
