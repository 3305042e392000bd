"""Large sheets: a worker checks and commits, the page shows how far it is, and small ones never wait."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client

from craftpath.delivery.exchange import gist as gists
from craftpath.delivery.exchange.work import carry_on
from craftpath.delivery.jobs import bodies
from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.kernel import progress, sheetwork
from craftpath.kernel.access import Membership
from craftpath.kernel.sheets import SheetImport
from craftpath.kernel.sheetwork import SheetWork, ask_work
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.web.sheets import offices
from tests.web.sheets.conftest import newest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
HEAD = ("学号", "姓名", "企业", "手机")
LARGE = offices.gbk(
    [HEAD, *((f"28{n:04}", f"学徒{n}", None, f"138{n:08}") for n in range(gists.LARGE_ROWS + 1))]
)
STATES = ("Being checked", "Waiting for its turn", "Being imported")
AGAIN = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "progress"}


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A worker that works when the test says so."""
    jobs: list[int] = []
    monkeypatch.setattr(sheetwork, "enqueue", lambda _name, pk: jobs.append(pk))

    def work() -> int:
        done = len(jobs)
        while jobs:
            bodies.sheet.func(jobs.pop(0))
        return done

    work.jobs = jobs  # type: ignore[attr-defined]
    return work


def words(page: Any) -> str:
    return " ".join(unescape(page.content.decode()).split())


def test_a_small_sheet_is_checked_at_once(upload: Any, queue: Any) -> None:
    page = upload("roster", offices.xlsx(offices.ROSTER))
    assert (queue.jobs, SheetWork.objects.count()) == ([], 0)
    assert len(page.context["trial"].plan.rows) == 4


def test_a_large_roster_goes_from_page_to_worker_and_back(
    upload: Any, queue: Any, coordinator: Client, at: Any, cast: Cast
) -> None:
    page = upload("roster", LARGE, "large.csv")
    sheet = newest()
    assert (page.status_code, "Being checked" in words(page), "Waiting for its turn" in words(page)) == (
        200,
        True,
        True,
    )
    part = coordinator.get(at("columns", sheet.public_id), **AGAIN)
    assert (part.status_code, 'hx-trigger="every 1s"' in part.content.decode()) == (200, True)
    assert "<html" not in part.content.decode()
    assert "Being checked" in words(coordinator.get(at("list")))
    assert "is being checked; you can look how far it is" in words(coordinator.get("/o/lanchuan/"))
    assert queue() == 1
    part = coordinator.get(at("columns", sheet.public_id), **AGAIN)
    assert (part.status_code, part.headers["HX-Refresh"]) == (204, "true")
    page = coordinator.get(at("columns", sheet.public_id))
    assert "trial" not in page.context  # shown from what the worker kept
    assert (page.context["gist"].added, page.context["gist"].errors) == (gists.LARGE_ROWS + 1, 0)
    assert page.context["doubtful"] == []
    assert page.context["new_people"][0] == "280000 学徒0"
    page = coordinator.post(at("commit", sheet.public_id), follow=True)
    assert "Being imported" in words(page)
    assert Enrolment.objects.filter(number__startswith="28").count() == 0
    coordinator.post(at("commit", sheet.public_id))  # a second press asks for nothing new
    assert queue() == 1
    sheet.refresh_from_db()
    assert (sheet.state, sheet.outcome["added"]) == ("committed", gists.LARGE_ROWS + 1)
    assert Enrolment.objects.filter(number__startswith="28").count() == gists.LARGE_ROWS + 1
    assert f"was imported: {gists.LARGE_ROWS + 1} added, 0 changed" in words(coordinator.get("/o/lanchuan/"))
    assert not list(progress.folder().glob(f"{sheet.public_id}.json"))


def test_what_the_worker_kept_shows_the_same_page_as_a_trial(
    upload: Any, queue: Any, coordinator: Client, at: Any, cast: Cast
) -> None:
    """With errors, changes, words and remarks of every kind among many rows."""
    rows = [
        [f"2600{n % 9}" if n < 9 else f"29{n:04}", "张" if n % 7 else None, None, "x" * (n % 40)]
        for n in range(3100)
    ]
    upload("roster", offices.gbk([HEAD, *rows]), "large.csv")
    queue()
    sheet = newest()
    kept = coordinator.get(at("columns", sheet.public_id))
    SheetWork.objects.all().delete()
    live = coordinator.get(at("columns", sheet.public_id))
    assert ("trial" in kept.context, "trial" in live.context) == (False, True)
    names = ("errors", "errors_left", "remarks", "remarks_left", "changes", "changes_left", "new_people", "summary",
             "new_people_left", "headers", "doubtful", "sure", "preview", "commit_label", "items")  # fmt: skip
    assert {name: kept.context[name] for name in names} == {name: live.context[name] for name in names}
    assert kept.context["errors"]


def test_another_reading_is_checked_anew_by_the_worker(
    upload: Any, queue: Any, coordinator: Client, at: Any
) -> None:
    upload("roster", LARGE, "large.csv")
    queue()
    page = coordinator.post(
        at("check", newest().public_id),
        {"column-3": "ignore"},
        HTTP_HX_REQUEST="true",
        HTTP_HX_TARGET="check",
    )
    assert page.headers["HX-Redirect"] == at("columns", newest().public_id)
    assert queue() == 1
    page = coordinator.get(at("columns", newest().public_id))
    assert [line.target for line in page.context["sure"]] == ["number", "name", "enterprise", "ignore"]


def test_a_large_file_that_is_no_sheet_is_said_on_the_page(
    upload: Any, queue: Any, coordinator: Client, at: Any, cast: Cast
) -> None:
    content = b"PK\x03\x04" + bytes(range(256)) * 2000
    page = upload("roster", content, "broken.xlsx")
    assert page.status_code == 200
    queue()
    page = coordinator.get(at("columns", newest().public_id))
    assert "The workbook is damaged or only half uploaded." in words(page)
    assert (newest().state, SheetWork.objects.get().reason) == ("discarded", "sheet.damaged")
    assert "could not be read; the page says why" in words(coordinator.get("/o/lanchuan/"))
    reader = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    reader.force_login(cast.people["coordinator"])
    assert "工作簿" in words(reader.get(at("columns", newest().public_id)))


def test_a_commit_that_is_refused_says_why_and_can_be_tried_again(
    upload: Any, queue: Any, coordinator: Client, at: Any, cast: Cast
) -> None:
    upload("roster", LARGE, "large.csv")
    queue()
    sheet = newest()
    type(cast.cohort).objects.filter(pk=cast.cohort.pk).update(state="completed")
    coordinator.post(at("commit", sheet.public_id))
    queue()
    page = coordinator.get(at("columns", sheet.public_id))
    assert "This cohort is completed and takes nobody in any more." in words(page)
    assert "was not imported; the page says why" in words(coordinator.get("/o/lanchuan/"))
    type(cast.cohort).objects.filter(pk=cast.cohort.pk).update(state="running")
    coordinator.post(at("commit", sheet.public_id))
    queue()
    sheet.refresh_from_db()
    assert sheet.state == "committed"


def test_what_moved_since_the_check_is_shown_anew_and_not_imported(
    upload: Any, queue: Any, coordinator: Client, at: Any, cast: Cast
) -> None:
    upload("roster", LARGE, "large.csv")
    queue()
    sheet = newest()
    seen = coordinator.get(at("columns", sheet.public_id)).context["gist"].token
    with everywhere("somebody else enrols one of them meanwhile"):
        take_roster(
            cast.cohort, [RosterEntry(number="280001", name="别人")], by=cast.actor("coordinator"), at=AT
        )
    coordinator.post(at("commit", sheet.public_id), {"seen": seen})
    queue()
    page = coordinator.get(at("columns", sheet.public_id))
    assert (page.context["gist"].added, page.context["gist"].changed) == (gists.LARGE_ROWS, 1)
    assert "this would not do what you saw" in words(page)
    assert Enrolment.objects.filter(number__startswith="28").count() == 1
    coordinator.post(at("commit", sheet.public_id), {"seen": page.context["gist"].token})
    queue()
    sheet.refresh_from_db()
    assert sheet.state == "committed"


def test_a_gist_that_no_worker_sealed_is_never_opened(
    upload: Any, queue: Any, coordinator: Client, at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is a pickle: whoever can put a file there must not be able to run anything."""
    upload("roster", LARGE, "large.csv")
    queue()
    sheet = newest()
    [file] = [one for one in progress.folder().iterdir() if one.name.startswith(sheet.public_id)]
    sealed = file.read_bytes()
    assert gists.kept_gist(sheet) is not None
    monkeypatch.setattr(gists.pickle, "loads", lambda _content: pytest.fail("opened"))
    for forged in (b"", sealed[:-1], bytes(32) + sealed[32:], sealed[32:], sealed + b"."):
        file.write_bytes(forged)
        assert gists.kept_gist(sheet) is None
    assert coordinator.get(at("columns", sheet.public_id)).context["gist"].added == gists.LARGE_ROWS + 1


def test_a_check_is_cancelled_and_the_job_then_does_nothing(
    upload: Any, queue: Any, coordinator: Client, at: Any
) -> None:
    upload(
        "roster",
        offices.gbk([HEAD, *((f"28{n:06}", "名" * 40, None, None) for n in range(5000))]),
        "large.csv",
    )
    sheet = newest()
    assert sheet.reading == {}
    coordinator.post(at("cancel", sheet.public_id))
    queue()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.reading, SheetWork.objects.get().state) == ("discarded", {}, "cancelled")


def test_a_commit_is_cancelled_until_rows_are_written(
    upload: Any, queue: Any, coordinator: Client, at: Any
) -> None:
    upload("roster", LARGE, "large.csv")
    queue()
    sheet = newest()
    coordinator.post(at("commit", sheet.public_id))
    page = coordinator.post(at("cancel", sheet.public_id), follow=True)
    assert "Cancelled; nothing was imported." in words(page)
    assert page.context["gist"].added == gists.LARGE_ROWS + 1
    queue()
    assert Enrolment.objects.filter(number__startswith="28").count() == 0
    coordinator.post(at("commit", sheet.public_id))
    with progress.counting(sheet.public_id, "commit"):
        progress.step("writing", 1000, 3000)
        page = coordinator.get(at("columns", sheet.public_id))
        assert "1000 of 3000 rows" in words(page)
        assert at("cancel", sheet.public_id) not in page.content.decode()
        page = coordinator.post(at("cancel", sheet.public_id), follow=True)
        assert "It is too late to cancel: the rows are being written." in words(page)
    queue()
    sheet.refresh_from_db()
    assert sheet.state == "committed"


def test_a_job_run_twice_commits_once(
    upload: Any, queue: Any, coordinator: Client, at: Any, cast: Cast
) -> None:
    upload("roster", LARGE, "large.csv")
    queue()
    coordinator.post(at("commit", newest().public_id))
    again = list(queue.jobs)
    queue()
    people = Enrolment.objects.count()
    for pk in again:
        bodies.sheet.func(pk)
    assert (Enrolment.objects.count(), newest().state) == (people, "committed")


def test_two_people_ask_at_once_and_it_is_done_once(upload: Any, queue: Any, cast: Cast) -> None:
    upload("roster", LARGE, "large.csv")
    queue()
    first, second = (
        ask_work(newest(), "commit", by=cast.actor(who), at=AT) for who in ("coordinator", "administrator")
    )
    assert (first.pk, second.asked_by, len(queue.jobs)) == (second.pk, cast.people["coordinator"], 1)


def test_who_has_lost_the_role_meanwhile_imports_nothing(
    upload: Any, queue: Any, coordinator: Client, at: Any, cast: Cast
) -> None:
    upload("roster", LARGE, "large.csv")
    queue()
    coordinator.post(at("commit", newest().public_id))
    Membership.objects.filter(person=cast.people["coordinator"]).update(ends_on="2026-01-02")
    queue()
    assert (newest().state, SheetWork.objects.get().reason) == ("uploaded", "kernel.work_without_role")


def test_an_unforeseen_failure_lets_nobody_wait_for_ever(
    upload: Any, queue: Any, coordinator: Client, at: Any, monkeypatch: Any, cast: Cast
) -> None:
    upload("roster", LARGE, "large.csv")
    queue()
    coordinator.post(at("commit", newest().public_id))

    def break_down(*_: Any, **__: Any) -> None:
        raise RuntimeError("a fault in the program")

    monkeypatch.setattr("craftpath.delivery.exchange.work.book_of", break_down)
    with pytest.raises(RuntimeError):
        carry_on(SheetWork.objects.select_related("sheet").get(), by=cast.actor("coordinator"), at=AT)
    assert "Something went wrong while this was worked on" in words(
        coordinator.get(at("columns", newest().public_id))
    )


def test_progress_stands_in_a_file_and_a_broken_one_breaks_nothing(
    upload: Any, queue: Any, coordinator: Client, at: Any, django_assert_num_queries: Any
) -> None:
    upload("roster", LARGE, "large.csv")
    name = newest().public_id
    with django_assert_num_queries(0), progress.counting(name, "check"):
        progress.step("checking", 500, 1000)
        found = progress.progress_of(name)
        assert found is not None
        assert (found.phase, found.done, found.total, round(found.share, 2)) == ("checking", 500, 1000, 0.7)
        (progress.folder() / f"{name}.json").write_text("{")
        assert progress.progress_of(name) is None
    assert coordinator.get(at("columns", name)).status_code == 200


def test_the_list_asks_no_more_for_many_at_work(
    upload: Any, queue: Any, coordinator: Client, at: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(4):
        upload("roster", LARGE, "large.csv")
    with django_assert_max_num_queries(12):
        page = coordinator.get(at("list"))
    assert words(page).count("Being checked") == 4
    assert SheetImport.objects.count() == 4
