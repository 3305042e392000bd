"""Print runs: asked once, carried out once, for whoever asked; killed, taken back, partly impossible, forgotten."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from craftpath.delivery.exchange import press as pressing
from craftpath.delivery.exchange import print_run
from craftpath.delivery.exchange.press import Press
from craftpath.delivery.jobs import bodies
from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.kernel.access import Membership, system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.files import KeptFile
from craftpath.kernel.printruns import KEPT, PrintRun, cancel_print, forget_prints
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused, not_now
from tests.cast import Cast
from tests.exchange.printed import pages
from tests.house.furnishing import furnish

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
RECORDS = {"paper": "training_record", "period": "all", "language": "zh", "form": "pdf"}


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Jobs wait until `bodies.print_papers.func` is called; gives what was queued."""
    queued: list[int] = []
    monkeypatch.setattr("craftpath.kernel.printruns.enqueue", lambda _name, pk: queued.append(pk))
    return queued


def ask(browse: Browse, cast: Cast, who: str = "coordinator", house: str = "lanchuan", **instead: str) -> Any:
    address = f"/o/{house}/print/cohorts/{cast.cohort.public_id}/everybody"
    return browse(who).post(address, RECORDS | instead)


def the_run() -> PrintRun:
    with everywhere("a test looks"):
        return PrintRun.objects.select_related("archive", "together", "asked_in").get()


def work(run: PrintRun) -> None:
    bodies.print_papers.func(run.pk)


def names(content: bytes) -> list[str]:
    return zipfile.ZipFile(BytesIO(content)).namelist()


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_everybody_gets_a_file_and_all_are_in_one_to_print(cast: Cast, browse: Browse) -> None:
    furnish(cast)
    answer = ask(browse, cast)
    run = the_run()
    assert answer.url == f"/o/lanchuan/print/runs/{run.public_id}/"
    assert (run.state, run.made, run.left) == ("done", 5, [])
    page = browse("coordinator").get(answer.url).content.decode()
    assert "5 papers are ready." in page
    got = browse("coordinator").get(f"{answer.url}archive")
    assert got["Content-Type"] == "application/zip"
    content = body(got)
    assert int(got["Content-Length"]) == len(content)
    assert names(content) == [
        "26001_陈雨桐_训练记录.pdf", "26002_林浩然_训练记录.pdf", "26003_欧阳思远_训练记录.pdf",
        "26004_赵一鸣_训练记录.pdf", "26005_孙佳怡_训练记录.pdf", "全部合并打印.pdf",
    ]  # fmt: skip
    packed = zipfile.ZipFile(BytesIO(content))
    single = [text for name in names(content)[:5] for text in pages(packed.read(name))]
    whole = pages(body(browse("coordinator").get(f"{answer.url}together")))
    assert whole == single
    assert "陈雨桐" in whole[0]
    assert whole[0].count("1/") == 1
    assert not print_run.folder(run).exists()


def test_workbooks_are_packed_too(cast: Cast, browse: Browse) -> None:
    answer = ask(browse, cast, form="xlsx", language="en")
    content = body(browse("coordinator").get(f"{answer.url}archive"))
    assert names(content)[0] == "26001_陈雨桐_Training record.xlsx"
    assert len(names(content)) == 5
    assert browse("coordinator").get(f"{answer.url}together").status_code == 404


@pytest.mark.parametrize(
    ("asked", "made"),
    [
        ({"paper": "gate_form", "gate": "junior_craftsman.stage"}, 2),
        ({"paper": "review_form", "which": "next"}, 5),
    ],
)
def test_other_papers_are_made_for_those_who_have_one(
    cast: Cast, browse: Browse, asked: dict[str, str], made: int
) -> None:
    furnish(cast)
    ask(browse, cast, form="xlsx", **asked)
    assert (the_run().state, the_run().made) == ("done", made)


def test_where_there_is_nothing_a_sentence_says_so(cast: Cast, browse: Browse) -> None:
    answer = ask(browse, cast, paper="review_form", which="last", form="xlsx")
    assert the_run().state == "refused"
    assert (
        "There is nobody about whom this paper could be printed."
        in browse("coordinator").get(answer.url).content.decode()
    )


@pytest.mark.parametrize(
    "asked",
    [{"paper": "x"}, {"form": "csv"}, {"language": "fr"}, {"period": "2026-99"},
     {"paper": "gate_form", "gate": "x.stage"},
     {"paper": "review_form", "which": "x"}, {"paper": "mark_list", "evaluation": "x"}, {"period": "\0"}],
)  # fmt: skip
def test_what_nobody_can_print_is_404(
    cast: Cast, browse: Browse, waiting: list[int], asked: dict[str, str]
) -> None:
    assert ask(browse, cast, **asked).status_code == (404 if asked != {"period": "\0"} else 302)
    assert len(waiting) == (asked == {"period": "\0"})


def test_two_presses_are_one_run(cast: Cast, browse: Browse, waiting: list[int]) -> None:
    first, second = ask(browse, cast), ask(browse, cast)
    assert first.url == second.url
    assert len(waiting) == 1
    other = ask(browse, cast, language="en")
    assert (other.url != first.url, len(waiting)) == (True, 2)
    with everywhere("a test"):
        assert AuditEntry.objects.filter(fact="kernel.papers_asked").count() == 2
        row = PrintRun.objects.order_by("pk")[0]
        row.pk, row.public_id = None, "other"
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def test_the_job_may_be_run_twice(cast: Cast, browse: Browse, waiting: list[int]) -> None:
    ask(browse, cast, form="xlsx")
    work(the_run())
    first = the_run()
    work(first)
    with everywhere("a test"):
        assert KeptFile.objects.filter(name__endswith=".zip").count() == 1
    assert the_run().archive == first.archive


def test_a_killed_worker_leaves_nothing_and_the_next_one_does_it_all(
    cast: Cast, browse: Browse, waiting: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(browse, cast, form="xlsx")
    run = the_run()
    place = print_run.folder(run)

    class Killed(BaseException):
        """As if the process had gone."""

    def gone(*_args: Any, **_more: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(print_run, "finish_print", gone)
        patch.setattr(print_run.shutil, "rmtree", lambda *_args, **_more: None)
        with pytest.raises(Killed):
            work(run)
    assert (place / "archive.zip").exists()
    assert the_run().state == "asked"
    work(run)
    assert (the_run().state, the_run().made, place.exists()) == ("done", 5, False)


def test_taken_back_while_it_is_printed_nothing_is_kept(
    cast: Cast, browse: Browse, waiting: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = ask(browse, cast, form="xlsx")
    run, real = the_run(), print_run.printout_book
    monkeypatch.setattr(print_run, "_LOOK", 0)

    def after_one(*args: Any) -> bytes:
        if the_run().state == "asked":
            assert browse("coordinator").post(f"{answer.url}cancel/").status_code == 302
        return real(*args)

    monkeypatch.setattr(print_run, "printout_book", after_one)
    work(run)
    assert the_run().state == "cancelled"
    with everywhere("a test"):
        assert not KeptFile.objects.filter(name__endswith=".zip").exists()
    assert "You have taken this back" in browse("coordinator").get(answer.url).content.decode()
    work(run)  # the job may come again
    assert the_run().state == "cancelled"
    with everywhere("a test"), pytest.raises(Refused):
        cancel_print(the_run(), by=cast.actor("coordinator"), at=timezone.now())


def test_a_name_that_cannot_be_drawn_is_left_by_its_name(cast: Cast, browse: Browse) -> None:
    cast.people["classmate"].name = "林👩然"
    cast.people["classmate"].save()
    answer = ask(browse, cast)
    run = the_run()
    assert (run.state, run.made) == ("done", 4)
    assert [(one["number"], one["reason"]) for one in run.left] == [("26002", "exchange.glyph_missing")]
    page = browse("coordinator").get(answer.url).content.decode()
    assert "26002 林👩然: The font of this site has no sign for “👩”" in page
    assert len(pages(body(browse("coordinator").get(f"{answer.url}together")))) >= 4


def test_a_paper_that_a_process_does_not_survive_fails_alone(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Press.printed

    def printed(self: Press, page: str, *, keep: bool = False) -> bytes:
        if "林浩然 26002" in page:
            process = self._process or self._start()
            process.kill()
            process.wait()
        return real(self, page, keep=keep)

    monkeypatch.setattr(Press, "printed", printed)
    answer = ask(browse, cast)
    run = the_run()
    assert (run.state, run.made) == ("done", 4)
    assert [(one["number"], one["reason"]) for one in run.left] == [("26002", "exchange.paper_not_printed")]
    whole = "".join(pages(body(browse("coordinator").get(f"{answer.url}together"))))
    for name in ("陈雨桐", "欧阳思远", "赵一鸣", "孙佳怡"):
        assert name in whole
    assert "林浩然" not in whole


def test_without_the_library_the_run_says_so(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(self: Press, page: str, *, keep: bool = False) -> bytes:
        raise Refused(not_now("exchange.pdf_missing"))

    monkeypatch.setattr(pressing.Press, "printed", missing)
    ask(browse, cast)
    assert (the_run().state, the_run().reason) == ("refused", "exchange.pdf_missing")


def test_a_fault_of_the_program_ends_the_run_and_is_loud(
    cast: Cast, browse: Browse, waiting: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(browse, cast, form="xlsx")
    monkeypatch.setattr(print_run, "printout_book", lambda *_args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        work(the_run())
    assert (the_run().state, the_run().reason) == ("refused", "kernel.print_failed")


def test_whoever_has_left_meanwhile_gets_nothing(cast: Cast, browse: Browse, waiting: list[int]) -> None:
    ask(browse, cast)
    Membership.objects.filter(person=cast.people["coordinator"]).update(ends_on="2026-01-02")
    work(the_run())
    assert (the_run().state, the_run().reason) == ("refused", "kernel.print_without_role")


def test_only_whoever_asked_fetches_it(cast: Cast, browse: Browse) -> None:
    address = ask(browse, cast, form="xlsx").url
    for who, house, status in (
        ("administrator", "lanchuan", 404), ("trainer", "lanchuan", 404), ("stranger", "lanchuan", 404),
        ("stranger", "dongling", 404), ("", "lanchuan", 302), ("apprentice", "lanchuan", 404),
        ("coordinator", "lanchuan", 200),
    ):  # fmt: skip
        for part in ("", "archive"):
            where = f"{address}{part}".replace("/lanchuan/", f"/{house}/")
            assert browse(who).get(where).status_code == status, (who, part)
    assert browse("administrator").post(f"{address}cancel/").status_code == 404
    assert the_run().public_id in browse("coordinator").get("/o/lanchuan/print/runs/").content.decode()
    assert the_run().public_id not in browse("trainer").get("/o/lanchuan/print/runs/").content.decode()


def test_an_enterprise_prints_its_own_apprentices_only(cast: Cast, browse: Browse) -> None:
    answer = ask(browse, cast, who="hr", house="jinheng", form="xlsx")
    assert [name[:5] for name in names(body(browse("hr").get(f"{answer.url}archive")))] == [
        "26001",
        "26002",
        "26005",
    ]


@pytest.mark.parametrize(
    ("who", "house", "status"),
    [("", "lanchuan", 302), ("stranger", "dongling", 404), ("apprentice", "lanchuan", 404),
     ("officer", "lanchuan-bureau", 403)],
)  # fmt: skip
def test_asking_is_for_those_who_see_the_people(
    cast: Cast, browse: Browse, waiting: list[int], who: str, house: str, status: int
) -> None:
    assert ask(browse, cast, who=who, house=house).status_code == status
    assert waiting == []


def test_after_a_week_it_is_forgotten(cast: Cast, browse: Browse) -> None:
    address = ask(browse, cast, form="xlsx").url
    run = the_run()
    assert run.archive is not None
    storage, place = run.archive.content.storage, run.archive.content.name
    with everywhere("a test lets a week pass"), _committing():
        assert forget_prints(by=system(), at=timezone.now() + KEPT - timedelta(minutes=1)) == 0
        assert storage.exists(place)
        assert forget_prints(by=system(), at=timezone.now() + KEPT + timedelta(minutes=1)) == 1
    assert not storage.exists(place)
    assert (the_run().state, the_run().archive, the_run().left) == ("forgotten", None, [])
    assert browse("coordinator").get(f"{address}archive").status_code == 409
    assert "not kept any more" in browse("coordinator").get(address).content.decode()
    with everywhere("a test"):
        assert not KeptFile.objects.filter(name__endswith=".zip").exists()


@contextmanager
def _committing() -> Iterator[None]:
    from django.test import TestCase

    with TestCase.captureOnCommitCallbacks(execute=True):
        yield


def test_the_page_shows_how_far_it_is(cast: Cast, browse: Browse, waiting: list[int]) -> None:
    from craftpath.kernel import progress

    address = ask(browse, cast).url
    assert "Waiting for its turn" in browse("coordinator").get(address).content.decode()
    with progress.counting(the_run().public_id, "print"):
        progress.step("printing", 2, 5)
        page = browse("coordinator").get(address, HTTP_HX_REQUEST="true").content.decode()
    assert "2 of 5 papers" in page
    assert "<html" not in page
    work(the_run())
    again = browse("coordinator").get(address, HTTP_HX_REQUEST="true")
    assert (again.status_code, again["HX-Refresh"]) == (204, "true")


def test_what_killed_workers_left_is_cleared_away(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path  # the tests beside this one print in the usual folder
    with everywhere("a test"):
        row = PrintRun(public_id="left-behind")
    place = print_run.folder(row)
    place.mkdir(parents=True)
    now = timezone.now().timestamp()
    print_run.clear_away(now)
    assert place.exists()
    print_run.clear_away(now + 25 * 3600)
    assert not place.exists()


def test_somebody_who_has_left_is_not_printed(cast: Cast, browse: Browse) -> None:
    with everywhere("a test"):
        Enrolment.objects.filter(number="26004").update(state="ended", ended_on="2026-09-01")
    ask(browse, cast, form="xlsx")
    assert the_run().made == 4


@pytest.mark.parametrize(("paper", "title"), [("mark_list", "成绩单"), ("cohort_file", "班级档案")])
def test_of_a_large_cohort_the_whole_is_a_run_of_one_paper(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch, paper: str, title: str
) -> None:
    monkeypatch.setattr("craftpath.delivery.web.papers.whole.LARGE", 4)
    base = f"/o/lanchuan/print/cohorts/{cast.cohort.public_id}/"
    assert f'name="paper" value="{paper}"' in browse("coordinator").get(base).content.decode()
    address = f"{base}{'file' if paper == 'cohort_file' else 'mark-list'}"
    assert browse("coordinator").get(address).status_code == 409
    assert browse("coordinator").get(f"{address}?form=xlsx").status_code == 200
    answer = ask(browse, cast, paper=paper, evaluation=cast.evaluation.public_id)
    assert (the_run().state, the_run().made) == ("done", 1)
    assert len(names(body(browse("coordinator").get(f"{answer.url}archive")))) == 1
    text = "".join(pages(body(browse("coordinator").get(f"{answer.url}together"))))
    assert title in text
    assert "欧阳思远" in text
