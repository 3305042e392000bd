"""Pages of subsidies: as many queries for few as for many, who finds which button, what is refused stays."""

from __future__ import annotations

import io
import uuid
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from craftpath.delivery.exchange.subsidies.sheets import elsewhere_sheet
from craftpath.delivery.exchange.writing import write_csv
from craftpath.delivery.web.subsidies.saying import plain, sentence
from craftpath.domain.subsidies import actions
from craftpath.domain.subsidies.models import (
    Audit,
    ClaimedYear,
    FilePaper,
    FilePerson,
    Finding,
    IdentityKey,
    Pack,
    PaperAsk,
    SubsidyFile,
    SubsidyScheme,
)
from craftpath.kernel.access import Actor
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.roles import Role
from tests.cast import AT, TODAY, Cast
from tests.domain.subsidies.world import (
    BEGAN,
    PDF,
    advanced,
    auditor,
    claimed,
    hr,
    many,
    officer,
    opened,
    outcomes,
    paper,
    registered,
    scheme,
    settled,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
DAY = timedelta(days=1)
SEATS = {"hr": "jinheng", "officer": "lanchuan-bureau", "auditor": "lanchuan-bureau", "cpa": "dongling"}


def client(cast: Cast, who: str = "hr") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: str, who: str = "hr") -> str:
    return reverse(f"subsidies:{page}", args=[SEATS.get(who, "lanchuan"), *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def upload(content: bytes = PDF, name: str = "plan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def today() -> Any:
    return timezone.localdate()


# ---- Constant queries ------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["file", "papers", "people", "audit"])
def test_a_page_of_a_file_asks_the_same_of_few_and_of_many(cast: Cast, page: str) -> None:
    counts = []
    for people in (5, 50):
        file = opened(cast, "shenzhen", many(cast, people)[:people], level="l4", months=12)
        asks = client(cast)
        asks.get(url(page, file.public_id))
        with CaptureQueriesContext(connection) as asked:
            assert asks.get(url(page, file.public_id)).status_code == 200
        counts.append(len(asked))
        actions.withdraw_file(file, because="x", by=hr(cast), at=AT)
    assert counts[0] == counts[1] < 40


def test_the_board_asks_the_same_of_few_and_of_many(cast: Cast) -> None:
    counts = []
    for files in (3, 30):
        for _ in range(files):
            actions.file_plan(opened(cast), by=hr(cast), at=AT)
        asks = client(cast, "officer")
        asks.get(url("board", who="officer"))
        with CaptureQueriesContext(connection) as asked:
            assert asks.get(url("board", who="officer")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] < 30


# ---- The way by pages ------------------------------------------------------------------------


def test_a_file_is_opened_filed_and_registered_by_pages(cast: Cast) -> None:
    scheme("qidong")
    mine, office = client(cast), client(cast, "officer")
    page = mine.get(url("new"))
    assert page.context["picks"][0]["label"] == "Welders 2026/1"
    form = mine.get(url("new") + f"?cohort={cast.cohort.public_id}")
    chosen = [cast.enrolments[number].public_id for number in ("26001", "26002")]
    given = {
        "cohort": cast.cohort.public_id, "people": chosen, "scheme": scheme("qidong").public_id, "level": "l3",
        "authority": "lanchuan-bureau", "starts_on": "2026-03-02", "months": "24",
        "made_id": form.context["form"].initial["made_id"],
    }  # fmt: skip
    wrong = mine.post(url("new"), given | {"starts_on": "2018-01-01"})
    assert wrong.status_code == 409
    assert "does not hold on the first day" in text(wrong)
    assert [ticked for _row, ticked in wrong.context["people"]] == [True, True, False]
    for _ in range(2):
        assert mine.post(url("new"), given).status_code == 302
    file = SubsidyFile.objects.get()
    assert file.people.count() == 2
    assert (
        office.get(url("file", file.public_id, who="officer")).status_code == 404
    )  # a draft is the enterprise's
    for _ in range(2):
        assert mine.post(url("do", file.public_id, "file")).status_code == 302
    assert mine.post(url("do", file.public_id, "register")).status_code == 404
    page = office.get(url("file", file.public_id, who="officer"))
    assert page.context["may"]["register"]
    office.post(url("decide", file.public_id, "register", who="officer"))
    file.refresh_from_db()
    assert (file.state, file.heads) == ("registered", 2)
    sent = office.post(url("decide", file.public_id, "advance", who="officer"), {"on": "2099-01-01"})
    assert sent.status_code == 409
    assert "has not come yet" in text(sent)
    assert "2099-01-01" in text(sent)


def test_the_published_sum_is_one_line(cast: Cast) -> None:
    file = settled(cast, "qidong", many(cast, 45), finished=33)
    page = client(cast).get(url("file", file.public_id))
    said = [sum_.sentence for sum_ in page.context["money"]]
    assert said == [
        "45 planned × 5,000 × 1 year × 50 % = 112,500",
        "33 finished × 5,000 × 2 years − advance paid 112,500 = 217,500",
    ]
    assert page.context["money"][1].total == "CNY 217,500"
    board = client(cast, "officer").get(url("board", who="officer"))
    assert [bar.said for bar in board.context["bars"]] == ["CNY 450,000", "CNY 112,500", "CNY 330,000"]


def test_amounts_are_exact_and_a_sum_of_nothing_is_said() -> None:
    assert [plain(one, "CNY") for one in (0, 5, -1234567, 100_00)] == ["0", "0.05", "−12,345.67", "100"]
    assert plain(1234, "JPY") == "1,234"
    assert sentence([], "CNY") == "0 = 0"


def test_who_filed_finds_no_button_to_decide(cast: Cast) -> None:
    file = actions.file_plan(opened(cast), by=hr(cast), at=AT)
    page = client(cast).get(url("file", file.public_id))
    assert not page.context["may"]["register"]
    sent = client(cast).post(url("decide", file.public_id, "register"))
    assert sent.status_code == 403


def test_a_claim_that_meets_another_says_whose_year_it_is(cast: Cast) -> None:
    row = actions.Elsewhere(2, "11010519491231002X", "陈雨桐", "焊工", "l3", BEGAN, "杭州市人社局")
    actions.take_elsewhere(cast.jinheng, [row], by=hr(cast), at=AT)
    file = advanced(cast)
    actions.keep_identities(file, [(2, "26001", "11010519491231002X")], by=hr(cast), at=AT)
    file = actions.complete_training(file, outcomes(file, 3), on=TODAY, by=hr(cast), at=AT)
    sent = client(cast).post(url("do", file.public_id, "claim"))
    assert sent.status_code == 409
    assert "A claim was already made elsewhere: 陈雨桐, Advanced worker" in text(sent)
    assert "杭州市人社局" in text(sent)


# ---- People ----------------------------------------------------------------------------------


def test_outcomes_are_saved_and_what_was_typed_stays(cast: Cast) -> None:
    file = advanced(cast)
    rows = list(FilePerson.objects.filter(file=file).order_by("pk"))
    page = client(cast).get(url("people", file.public_id))
    assert [one["chosen"] for one in page.context["rows"]] == ["certified"] * 3
    given = {f"outcome-{row.public_id}": "certified" for row in rows} | {"on": today().isoformat()}
    given |= {f"outcome-{rows[0].public_id}": "left", f"months-{rows[0].public_id}": "99"}
    sent = client(cast).post(url("complete", file.public_id), given)
    assert sent.status_code == 409
    assert 'value="99"' in text(sent)
    given[f"months-{rows[0].public_id}"] = "7"
    assert client(cast).post(url("complete", file.public_id), given).status_code == 302
    assert list(FilePerson.objects.filter(file=file).order_by("pk").values_list("outcome", "months")) == [
        ("left", 7), ("certified", 0), ("certified", 0),
    ]  # fmt: skip


def test_somebody_is_excluded_with_a_reason(cast: Cast) -> None:
    file = opened(cast)
    row = FilePerson.objects.filter(file=file).order_by("pk")[0]
    sent = client(cast).post(
        url("exclude", file.public_id), {"person": row.public_id, "reason": "other", "words": ""}
    )
    assert sent.status_code == 409
    given = {"person": row.public_id, "reason": "full_time_student", "words": "全日制"}
    assert client(cast).post(url("exclude", file.public_id), given).status_code == 302
    row.refresh_from_db()
    assert row.excluded == "full_time_student"


def test_identity_numbers_are_taken_from_a_sheet_whole_or_not_at_all(cast: Cast) -> None:
    file = opened(cast)
    assert client(cast).get(url("sheet", file.public_id)).status_code == 200
    wrong = write_csv([["学号", "身份证号"], ["26001", "11010519491231002X"], ["26002", "123"]])
    sent = client(cast).post(url("identities", file.public_id), {"file": upload(wrong, "a.csv")})
    assert sent.status_code == 409
    assert "Row 3" in text(sent)
    assert not IdentityKey.objects.exists()
    good = write_csv([["学号", "身份证号"], ["26001", "11010519491231002X"]])
    assert (
        client(cast).post(url("identities", file.public_id), {"file": upload(good, "a.csv")}).status_code
        == 302
    )
    assert IdentityKey.objects.count() == 1
    for junk in (b"", b"\0\1\2", b"PK\x03\x04", "学号\n1\n".encode()):
        sent = client(cast).post(url("identities", file.public_id), {"file": upload(junk, "a.xlsx")})
        assert sent.status_code in (409, 422)


# ---- Papers ----------------------------------------------------------------------------------


def test_a_paper_is_handed_in_replaced_and_read(cast: Cast) -> None:
    file, made_id = opened(cast), str(uuid.uuid4())
    for _ in range(2):
        sent = client(cast).post(
            url("hand_in", file.public_id, "training_plan"), {"file": upload(), "made_id": made_id}
        )
        assert sent.status_code == 302
    row = FilePaper.objects.get()
    given = {"file": upload(b"MZ\x90\x00"), "made_id": str(uuid.uuid4())}
    sent = client(cast).post(url("hand_in", file.public_id, "training_plan"), given)
    assert sent.status_code == 409
    assert "This kind of file is not taken" in text(sent)
    given = {"file": upload(), "made_id": str(uuid.uuid4()), "replaces": row.public_id}
    assert client(cast).post(url("hand_in", file.public_id, "training_plan"), given).status_code == 302
    assert list(FilePaper.objects.order_by("pk").values_list("copy", "version")) == [(1, 1), (1, 2)]
    assert (
        client(cast).get(url("paper", row.public_id)).headers["Content-Disposition"].startswith("attachment")
    )
    assert client(cast, "mentor").get(
        reverse("subsidies:paper", args=["jinheng", row.public_id])
    ).status_code in (403, 404)
    assert client(cast).post(url("hand_in", file.public_id, "photo"), given).status_code == 404


def test_the_record_is_recognised_and_what_is_missing_names_who_can_supply_it(cast: Cast) -> None:
    file = opened(cast, "shenzhen", level="l4", months=12)
    page = client(cast).get(url("papers", file.public_id))
    wanted = {one.code: one for _name, _key, some in page.context["steps"] for one in some}
    assert wanted["roster"].record == "3 people of the cohort"
    assert not wanted["roster"].lack
    assert wanted["training_video"].lack == "0 of 10 there"
    assert [name for _id, name in wanted["training_video"].suppliers] == ["马建国 · Trainer"]
    assert wanted["certificate"].each == 3


def test_somebody_is_asked_once_and_supplies_it_on_a_page_of_the_own(cast: Cast) -> None:
    file = opened(cast, "shenzhen", level="l4", months=12)
    given = {"person": cast.people["trainer"].public_id}
    for _ in range(2):
        client(cast).post(url("ask", file.public_id, "training_video"), given)
    ask = PaperAsk.objects.get()
    assert (ask.person, ask.place) == (cast.people["trainer"], cast.college)
    asked = client(cast, "trainer")
    assert asked.get(reverse("subsidies:file", args=["lanchuan", file.public_id])).status_code in (403, 404)
    assert "Session video" in text(asked.get(url("asked", who="trainer")))
    other = client(cast, "coordinator").post(
        url("supply", ask.public_id, who="coordinator"), {"file": upload()}
    )
    assert other.status_code == 404
    given = {"file": upload(b"<svg>"), "made_id": str(uuid.uuid4())}
    assert asked.post(url("supply", ask.public_id, who="trainer"), given).status_code == 409
    given["file"] = upload()
    assert asked.post(url("supply", ask.public_id, who="trainer"), given).status_code == 302
    assert FilePaper.objects.get().handed_by == cast.people["trainer"]
    client(cast).post(url("ask", file.public_id, "certificate"))
    assert PaperAsk.objects.filter(paper="certificate").count() == 3
    stranger = {"person": cast.people["stranger"].public_id}
    client(cast).post(url("ask", file.public_id, "claim_form"), stranger)
    assert not PaperAsk.objects.filter(paper="claim_form").exists()


# ---- Audits ----------------------------------------------------------------------------------


def test_an_auditor_reads_one_file_until_a_day_and_writes_findings(cast: Cast) -> None:
    cast.people["cpa"] = auditor(cast)
    file = claimed(cast)
    given = {
        "username": "cpa01", "opens_on": today().isoformat(), "closes_on": (today() + 5 * DAY).isoformat(),
        "size": "2", "because": "年度抽查", "made_id": str(uuid.uuid4()),
    }  # fmt: skip
    office, outside = client(cast, "officer"), client(cast, "cpa")
    assert outside.get(url("file", file.public_id, who="cpa")).status_code == 404
    wrong = office.post(url("invite", file.public_id, who="officer"), given | {"username": "hr01"})
    assert wrong.status_code == 409
    assert "hr01" in text(wrong)
    for _ in range(2):
        assert office.post(url("invite", file.public_id, who="officer"), given).status_code == 302
    audit = Audit.objects.get()
    assert len(audit.drawn) == 2
    page = outside.get(url("audit", file.public_id, who="cpa"))
    assert audit.seed in text(page)
    assert f"printf '%s' '{audit.seed}:" in text(page).replace("&#x27;", "'")
    assert file.public_id in text(outside.get(url("board", who="cpa")))
    assert outside.post(url("do", file.public_id, "withdraw", who="cpa"), {"because": "x"}).status_code == 403
    found = {"severity": "major", "words": "两份培训协议缺学徒签字。", "made_id": str(uuid.uuid4())}
    for _ in range(2):
        assert outside.post(url("find", audit.public_id, who="cpa"), found).status_code == 302
    row = Finding.objects.get()
    assert client(cast).post(url("finding", row.public_id, "answer"), {"answer": " "}).status_code == 409
    client(cast).post(url("finding", row.public_id, "answer"), {"answer": "已补签。"})
    assert outside.post(url("finding", row.public_id, "close", who="cpa")).status_code == 302
    assert Finding.objects.get().state == "closed"
    Audit.objects.update(opens_on=today() - 5 * DAY, closes_on=today())
    for name in ("file", "papers", "people", "audit"):
        assert outside.get(url(name, file.public_id, who="cpa")).status_code == 404
    assert outside.post(url("find", audit.public_id, who="cpa"), found).status_code == 404


def test_access_is_ended_by_a_press(cast: Cast) -> None:
    auditor(cast)
    file = claimed(cast)
    now = timezone.now()
    audit = actions.invite_auditor(
        file, username="cpa01", opens_on=today(), closes_on=today() + 9 * DAY, size=1, because="x",
        by=officer(cast), at=now,
    )  # fmt: skip
    assert client(cast).post(url("end_audit", audit.public_id)).status_code == 403
    client(cast, "officer").post(url("end_audit", audit.public_id, who="officer"))
    assert Audit.objects.get().closes_on == today()


# ---- Archive ---------------------------------------------------------------------------------


def test_the_archive_has_an_index_the_same_bytes_and_each_download_is_recorded(cast: Cast) -> None:
    file = opened(cast, "shenzhen", level="l4", months=12)
    paper(file, hr(cast), "training_plan", name='计划<>:"|?*.pdf')
    paper(file, hr(cast), "training_video")
    sums = []
    for _ in range(2):
        sent = client(cast).post(url("ask_pack", file.public_id))
        assert sent.status_code == 302
        row = Pack.objects.order_by("-pk")[0]
        assert (row.state, row.entries) == ("done", 3)  # the roster is made from the record
        assert row.archive is not None
        sums.append(row.archive.sha256)
    assert sums[0] == sums[1]
    got = client(cast).post(url("fetch", row.public_id))
    content = b"".join(got.streaming_content)
    assert AuditEntry.objects.filter(fact="subsidies.pack_fetched").count() == 1
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = packed.namelist()
        page = packed.read("00 Index.html").decode()
    assert [name for name in names if any(sign in name for sign in '<>:"|?*\\')] == []
    assert all(len(name) < 150 for name in names)
    assert names == sorted(names[:-2]) + ["00 Index.xlsx", "00 Index.html"]
    assert FilePaper.objects.filter(paper="training_plan").get().kept.sha256 in page
    assert row.missing == 6  # papers, however many people lack one
    assert "Certificate" in page  # missing, and named
    assert client(cast, "officer").get(url("pack", row.public_id, who="officer")).status_code == 404


def test_an_archive_of_whom_has_no_role_any_more_is_refused(cast: Cast) -> None:
    from craftpath.delivery.jobs.bodies import subsidy_pack

    file = opened(cast)
    row = Pack.objects.create(
        file=file, asked_in=cast.neighbour, asked_by=cast.people["hr"], asked_at=AT, language="en"
    )
    subsidy_pack.call(row.pk)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("refused", "subsidies.pack_without_role")


# ---- Schemes and claimed years ---------------------------------------------------------------


def test_schemes_are_read_with_their_source_and_an_office_makes_its_own(cast: Cast) -> None:
    row = scheme("shenzhen")
    page = client(cast, "officer").get(url("schemes", who="officer"))
    assert "confirm before use" in text(page)
    page = client(cast).get(url("scheme", row.public_id))
    assert "5 workdays" in text(page)
    assert client(cast).get(url("copy", row.public_id)).status_code == 403
    form = client(cast, "officer").get(url("copy", row.public_id, who="officer")).context["form"]
    given = {name: form[name].value() for name in form.fields}
    given = {name: value for name, value in given.items() if value is not None and value is not False}
    given |= {"document": "澜人社〔2026〕1号", "valid_from": "2026-01-01", "rate-0": "5600.50"}
    sent = client(cast, "officer").post(url("copy", row.public_id, who="officer"), given | {"advance": "101"})
    assert sent.status_code == 422
    for _ in range(2):
        sent = client(cast, "officer").post(url("copy", row.public_id, who="officer"), given)
        assert sent.status_code == 302, sent.context["form"].errors
    made = SubsidyScheme.objects.get(organisation=cast.city)
    assert made.definition["rates"][0] == {"level": "l4", "amount": 560_050}
    assert {one["paper"] for one in made.definition["papers"]} == {
        one["paper"] for one in row.definition["papers"]
    }
    assert client(cast).post(url("copy", row.public_id), given).status_code == 403


def test_years_claimed_elsewhere_come_by_a_sheet(cast: Cast) -> None:
    assert elsewhere_sheet()
    assert client(cast).get(url("claimed_sheet")).status_code == 200
    head = ["身份证号", "姓名", "职业", "级别", "年度", "来源"]
    good = write_csv([head, ["11010519491231002X", "陈雨桐", "焊工", "高级工", "2025", "杭州"]])
    for count in (1, 1):
        sent = client(cast).post(url("claimed"), {"file": upload(good, "a.csv")})
        assert sent.status_code == 302
        assert ClaimedYear.objects.count() == count
    for row, said in (
        (["11010519491231002X", "陈雨桐", "焊工", "大师", "2025", "杭州"], "大师"),
        (["11010519491231002X", "陈雨桐", "焊工", "高级工", "昨天", "杭州"], "昨天"),
        (["11010519491231002X", "陈雨桐", "", "高级工", "2025", "杭州"], "occupation"),
    ):
        sent = client(cast).post(url("claimed"), {"file": upload(write_csv([head, row]), "a.csv")})
        assert sent.status_code == 409
        assert said in text(sent)
    sent = client(cast).post(url("claimed"), {"file": upload(write_csv([["姓名"], ["x"]]), "a.csv")})
    assert "These columns are missing" in text(sent)
    assert (
        client(cast, "auditor")
        .post(url("claimed", who="auditor"), {"file": upload(good, "a.csv")})
        .status_code
        == 403
    )


def test_the_claimant_reads_the_days_that_come(cast: Cast) -> None:
    file = settled(cast, "shenzhen", many(cast, 40), finished=15, level="l4", months=12)
    file = actions.demand_refund(file, on=file.since, by=officer(cast), at=AT + 30 * DAY)
    page = client(cast).get(url("board"))
    assert [one.note for one in page.context["waits"]] == [
        "Jinheng Machinery · refund of CNY 27,500 by 14 Jan 2027"
    ]
    registered(cast, "qidong")
    assert Actor(cast.jinheng, cast.people["hr"], frozenset({Role.HR})).may("file_subsidies")
