"""The weekly tasks of every role by the API, over the same actions as the pages; each with a refusal."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from craftpath.domain.evaluation.models import Mark
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.duties import KINDS
from craftpath.kernel.tenancy import everywhere
from tests.api.caller import Caller, board, caller
from tests.cast import Cast
from tests.house import furnishing
from tests.house.furnishing import furnish

NEW = {
    "apprentice": ("/courses", "/questions?show=own", "/questions?show=waiting", "/pairs", "/directives"),
    "mentor": ("/allowances", "/questions?show=called", "/support", "/pairs", "/directives?show=waiting"),
    "trainer": ("/questions?show=waiting", "/support", "/resources", "/evaluations", "/courses"),
    "coordinator": (
        "/pairs", "/pairs?state=active", "/teachers", "/without-teacher", "/support", "/allowance-runs",
        "/resources?own=true", "/directives?show=from_here", "/subsidy-files", "/projects", "/imports",
    ),
    "hr": ("/allowance-runs", "/subsidy-files", "/agreements", "/pairs", "/teachers"),
    "officer": ("/subsidy-files", "/directives?show=from_here", "/projects?q=x"),
}  # fmt: skip


def refused(answer: Any, status: int, code: str = "") -> None:
    assert (answer.status_code, answer.json()["code"] if code else "") == (status, code), answer.content


@pytest.mark.parametrize("who", sorted(NEW))
def test_every_list_is_read_page_by_page_and_with_few_questions(cast: Cast, who: str) -> None:
    with everywhere("a test looks at everything"):
        furnish(cast)
    program = caller(cast, who, ("read",))
    for path in NEW[who]:
        mark = "&" if "?" in path else "?"
        if path == "/courses":
            program.get(path)
            continue
        whole = program.get(f"{path}{mark}limit=200")["items"]
        assert program.every(path) == whole, path
        with CaptureQueriesContext(
            connection,
        ) as few:
            program.get(f"{path}{mark}limit=1")
        with CaptureQueriesContext(connection) as many:
            program.get(f"{path}{mark}limit=200")
        assert len(many) <= len(few) + 2, (path, [one["sql"][:90] for one in many])
    for path in NEW["coordinator"]:
        refused(Caller("")("GET", path), 401)


def test_an_apprentice_asks_and_a_trainer_answers(cast: Cast) -> None:
    apprentice, trainer = caller(cast, "apprentice"), caller(cast, "trainer")
    body = {
        "made_id": "6f1d9c1e-52f8-4d0c-8f0a-0d8c2d1f4a71",
        "text": "为什么焊缝有气孔？",
        "name_to": "nobody",
    }
    first = apprentice("POST", "/questions", body)
    assert first.status_code == 201, first.content
    assert apprentice("POST", "/questions", body).json()["id"] == first.json()["id"]
    page = f"/questions/{first.json()['id']}"
    assert first.headers["Location"] == f"/api/v1{page}"
    assert first.json()["own"]
    waiting = {one["id"]: one for one in trainer.get("/questions?show=waiting")["items"]}
    assert waiting[first.json()["id"]]["asked_by"] is None  # nobody is told who asks
    answered = trainer("POST", f"{page}/answers", {"text": "先看气体流量。"}).json()
    [answer] = answered["thread"]
    assert answer["by"]["name"] == cast.people["trainer"].name
    refused(trainer("POST", f"/answers/{answer['id']}/endorse", {}), 403, "questions.own_answer")
    solved = apprentice("POST", f"/answers/{answer['id']}/accept").json()
    assert (solved["solved"], solved["thread"][0]["accepted"]) == (True, True)
    refused(trainer("POST", f"{page}/answers", {"text": ""}), 422)
    refused(caller(cast, "stranger")("GET", page), 404)
    refused(caller(cast, "trainer", ("questions:read",))("POST", f"{page}/answers", {"text": "x"}), 403)


def test_an_apprentice_goes_on_in_a_course(cast: Cast) -> None:
    with everywhere("a test looks at everything"):
        furnishing.learn_on_line(cast)
    apprentice = caller(cast, "apprentice")
    found = [one for one in apprentice.get("/courses")["items"] if one["next"]]
    assert found
    course = found[0]
    assert course["page"].startswith("/o/lanchuan/")
    page = f"/courses/{course['id']}/activities/{course['next']['key']}"
    opened = apprentice("POST", f"{page}/open").json()
    assert opened["next"]["state"] == "begun"
    done = apprentice("POST", f"{page}/done")
    assert done.status_code in (200, 409)
    refused(apprentice("POST", f"/courses/{course['id']}/activities/nowhere/open"), 409, "courses.gone")
    refused(caller(cast, "hr")("POST", f"{page}/open"), 403, "courses.not_a_learner")


def test_a_trainer_records_marks_and_a_service_token_may_by_scope(cast: Cast) -> None:
    trainer = caller(cast, "trainer")
    [evaluation] = [
        one for one in trainer.get("/evaluations")["items"] if one["id"] == cast.evaluation.public_id
    ]
    item = evaluation["items"][0]["key"]
    page = f"/evaluations/{evaluation['id']}/marks"
    with everywhere("a test looks at everything"):
        one = cast.enrolments["26005"].public_id
        kept = {row.item for row in Mark.objects.filter(enrolment=cast.enrolments["26005"])}
    mark = {"apprentice": one, "item": item, "score": "81.5"}
    done = trainer("POST", page, {"marks": [mark]}).json()
    assert done == {"added": int(item not in kept), "changed": int(item in kept), "unchanged": 0}
    assert trainer("POST", page, {"marks": [mark]}).json() == {"added": 0, "changed": 0, "unchanged": 1}
    refused(trainer("POST", page, {"marks": [mark | {"item": "nothing"}]}), 409)
    refused(trainer("POST", page, {"marks": [mark | {"apprentice": "x" * 12}]}), 404)
    refused(trainer("POST", page, {"marks": [mark | {"status": "absent"}]}), 422, "api.invalid")
    refused(trainer("POST", page, {"marks": [mark, mark]}), 409, "evaluation.mark_twice")
    refused(caller(cast, "apprentice")("POST", page, {"marks": [mark]}), 403)
    machine = board(cast, ["trainer"], ["results:write"])
    assert machine("POST", page, {"marks": [mark | {"score": "82"}]}).json()["changed"] == 1
    with everywhere("a test looks at everything"):
        newest = Mark.objects.filter(enrolment=cast.enrolments["26005"], item=item).latest("pk")
        told = AuditEntry.objects.filter(fact="evaluation.marks_recorded").latest("pk")
    assert (newest.recorded_by, told.person) == (None, None)
    refused(board(cast, ["trainer"], ["results:read"])("POST", page, {"marks": [mark]}), 403)
    refused(board(cast, ["auditor"], ["results:write"])("POST", page, {"marks": [mark]}), 403)


def test_a_trainer_puts_a_link_into_the_library(cast: Cast) -> None:
    trainer = caller(cast, "trainer")
    body = {
        "link": "https://example.org/tig", "title": {"zh": "氩弧焊入门"}, "licence": "ccby",
        "made_id": "6f1d9c1e-52f8-4d0c-8f0a-0d8c2d1f4a72",
    }  # fmt: skip
    told = trainer("POST", "/resources", body)
    assert (told.status_code, told.json()["state"], told.json()["link"]) == (201, "shared", body["link"])
    assert trainer("POST", "/resources", body).json()["id"] == told.json()["id"]
    refused(trainer("POST", "/resources", body | {"link": "javascript:alert(1)"}), 422)
    refused(caller(cast, "apprentice")("POST", "/resources", body), 403)


def test_a_trainer_finds_who_falls_behind_and_acts(cast: Cast) -> None:
    trainer = caller(cast, "coordinator")
    one = cast.enrolments["26001"].public_id
    look_on = (timezone.localdate() + timedelta(days=14)).isoformat()
    done = trainer("POST", f"/support/{one}/acts", {"kind": "contact", "look_on": look_on})
    assert (done.status_code, done.json()["look_on"]) == (201, look_on)
    refused(trainer("POST", f"/support/{one}/acts", {"kind": "magic"}), 422)
    refused(caller(cast, "stranger")("POST", f"/support/{one}/acts", {"kind": "contact"}), 404)
    refused(caller(cast, "apprentice")("POST", f"/support/{one}/acts", {"kind": "contact"}), 403)


def test_a_coordinator_brings_a_roster_in_and_pairs_and_plans(cast: Cast) -> None:
    office = caller(cast, "coordinator")
    sheet = "学号,姓名\n26001,陈雨桐\n26099,周一一\n".encode()
    body = {
        "kind": "roster", "target": cast.cohort.public_id, "name": "r.csv", "content": b64encode(sheet).decode()
    }  # fmt: skip
    sent = office("POST", "/imports", body)
    assert sent.status_code == 201, sent.content
    page = f"/imports/{sent.json()['id']}"
    check = office.get(f"{page}/check")
    assert (check["added"], check["errors"]) == (1, 0), check
    refused(office("POST", f"{page}/commit", {"seen": "0" * 16}), 409, "exchange.check_moved")
    done = office("POST", f"{page}/commit", {"seen": check["seen"]}).json()
    assert (done["state"], done["outcome"]["added"]) == ("committed", 1)
    refused(office("GET", f"{page}/check"), 409)
    refused(
        office(
            "POST",
            "/imports",
            body | {"content": b64encode(b"PK\x03\x04nonsense").decode(), "name": "a.xlsx"},
        ),
        409,
    )
    refused(office("POST", "/imports", body | {"name": "../r.csv"}), 422)
    refused(caller(cast, "stranger")("POST", "/imports", body), 404)
    wrong = b64encode("学号,姓名\n,没有号\n".encode()).decode()
    page = f"/imports/{office('POST', '/imports', body | {'content': wrong}).json()['id']}"
    check = office.get(f"{page}/check")
    assert check["errors"]
    assert check["cells"][0]["detail"]
    refused(office("POST", f"{page}/commit", {"seen": check["seen"]}), 409)
    assert office("POST", f"{page}/discard").json()["state"] == "discarded"
    machine = board(cast, ["coordinator"], ["imports:write"])
    page = (
        f"/imports/{machine('POST', '/imports', body | {'content': b64encode(sheet).decode()}).json()['id']}"
    )
    told = machine("POST", f"{page}/commit", {"seen": machine.get(f"{page}/check")["seen"]}).json()
    assert (told["state"], told["made_by"]) == ("committed", None)


def test_a_program_of_nobodys_sends_a_sheet_once_under_a_key(cast: Cast) -> None:
    """So that it may send again when no answer came; another program's key of the same name is another key."""
    machines = [board(cast, ["coordinator"], ["imports:write"]) for _ in range(2)]
    sheet = "学号,姓名\n26099,新人\n".encode()
    body = {
        "kind": "roster", "target": cast.cohort.public_id, "name": "a.csv",
        "content": b64encode(sheet).decode(),
    }  # fmt: skip
    sent = [one("POST", "/imports", body, Idempotency_Key="k") for one in (machines[0], *machines)]
    assert [one.status_code for one in sent] == [201, 201, 201]
    first, again, other = (one.json()["id"] for one in sent)
    assert first == again != other
    assert sent[1]["Idempotency-Replayed"] == "true"
    refused(
        machines[0]("POST", "/imports", body | {"name": "b.csv"}, Idempotency_Key="k"), 422, "api.key_used"
    )


def test_a_coordinator_forms_a_pair_and_hr_replaces_the_mentor(cast: Cast) -> None:
    office = caller(cast, "coordinator")
    teachers = office.every("/teachers", 50)
    mentor = next(one for one in teachers if one["person"]["id"] == cast.people["mentor"].public_id)
    with everywhere("a test looks at everything"):
        one = cast.enrolments["26005"].public_id
    day = timezone.localdate().isoformat()
    body = {
        "apprentice": one, "starts_on": day, "made_id": "6f1d9c1e-52f8-4d0c-8f0a-0d8c2d1f4a73",
        "teachers": [{"person": mentor["person"]["id"], "place": mentor["place_key"]}],
    }  # fmt: skip
    made = office("POST", "/pairs", body)
    assert made.status_code == 201, made.content
    assert office("POST", "/pairs", body).json()["id"] == made.json()["id"]
    page = f"/pairs/{made.json()['id']}"
    refused(office("POST", "/pairs", body | {"teachers": [{"person": "x" * 12, "place": "jinheng"}]}), 404)
    refused(caller(cast, "trainer")("POST", "/pairs", body), 403)
    gone = office("POST", f"{page}/end", {"on": day, "because": "换岗"})
    assert gone.status_code in (200, 409), gone.content


def test_a_coordinator_plans_sessions_and_reviews_as_they_were_offered(cast: Cast) -> None:
    office = caller(cast, "coordinator")
    start = timezone.now().replace(microsecond=0) + timedelta(days=3)
    body = {
        "title": {"zh": "识图"}, "starts_at": start.isoformat(), "ends_at": (start + timedelta(hours=2)).isoformat(),
        "cohorts": [cast.cohort.public_id], "weeks": 2,
        "teachers": [{"person": cast.people["trainer"].public_id}],
    }  # fmt: skip
    made = office("POST", "/sessions", body)
    assert made.status_code == 201, made.content
    first, _second = made.json()["sessions"]
    assert first["teachers"][0]["id"] == cast.people["trainer"].public_id
    refused(office("POST", "/sessions", body | {"cohorts": ["x" * 12]}), 404)
    refused(office("POST", "/sessions", body | {"title": {"zh": " "}}), 422)
    refused(office("POST", "/sessions", body | {"starts_at": "0001-01-01T00:00:00+14:00"}), 422)
    refused(office("POST", "/sessions", body | {"ends_at": body["starts_at"]}), 409)
    refused(caller(cast, "apprentice")("POST", "/sessions", body), 403)
    gone = office("POST", f"/sessions/{first['id']}/cancel", {"because": "停电"}).json()
    assert gone["state"] == "cancelled"
    monday = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())
    asked = f"first_on={monday}&trainer={cast.people['trainer'].public_id}&minutes=20&rounds=1"
    page = f"/cohorts/{cast.cohort.public_id}"
    found = office.get(f"{page}/review-offer?{asked}")
    assert found["reviews"]
    pattern = {"first_on": monday.isoformat(), "trainer": cast.people["trainer"].public_id, "minutes": 20}
    refused(office("POST", f"{page}/reviews", pattern | {"seen": "0" * 12}), 409)
    laid = office("POST", f"{page}/reviews", pattern | {"seen": found["fingerprint"]})
    assert (laid.status_code, len(laid.json()["reviews"])) == (201, len(found["reviews"]))
    refused(caller(cast, "apprentice")("GET", f"{page}/review-offer?{asked}"), 403)


def test_an_office_runs_a_month_of_allowances(cast: Cast) -> None:
    with everywhere("a test looks at everything"):
        furnishing.pay_up(cast)
    office = caller(cast, "hr")
    runs = caller(cast, "coordinator").every("/allowance-runs", 50) + office.every("/allowance-runs", 50)
    assert runs
    settled = next(one for one in runs if one["state"] in ("approved", "paid"))
    reader = (
        office
        if office("GET", f"/allowance-runs/{settled['id']}").status_code == 200
        else caller(cast, "coordinator")
    )
    lines = reader.every(f"/allowance-runs/{settled['id']}/lines", 50)
    assert sum(float(line["amount"]) for line in lines) == float(settled["total"])
    assert lines[0]["parts"][0][0]["code"] == "amount"
    refused(reader("POST", f"/allowance-runs/{settled['id']}/check"), 409)
    refused(office("POST", "/allowance-runs", {"month": "2026-13"}), 422)
    refused(caller(cast, "apprentice")("GET", "/allowance-runs"), 403)
    refused(caller(cast, "stranger")("GET", f"/allowance-runs/{settled['id']}"), 404)
    mine = caller(cast, "mentor").every("/allowances", 50)
    if mine:
        asked = caller(cast, "mentor")(
            "POST", f"/allowances/{mine[0]['id']}/ask", {"words": "为什么是这个数？"}
        )
        assert asked.status_code in (201, 409)


def test_hr_takes_an_agreement_further_and_is_told_why_not(cast: Cast) -> None:
    from tests.house.making import make_agreements

    made = make_agreements(cast)
    office = caller(cast, "hr")
    checked = office("POST", f"/agreements/{made.draft}/check", {})
    assert checked.status_code in (200, 409), checked.content
    refused(office("POST", f"/agreements/{made.agreement}/send", {}), 409)
    paused = office("POST", f"/agreements/{made.agreement}/pause", {})
    assert paused.status_code in (200, 409), paused.content
    refused(office("POST", f"/agreements/{made.agreement}/dance", {}), 422)
    refused(caller(cast, "apprentice")("POST", f"/agreements/{made.agreement}/void", {}), 403)
    refused(caller(cast, "stranger")("POST", f"/agreements/{made.agreement}/void", {}), 404)


def test_a_city_checks_a_claim_draws_a_sample_and_publishes(cast: Cast) -> None:
    with everywhere("a test looks at everything"):
        furnish(cast)
    officer, hr = caller(cast, "officer"), caller(cast, "hr")
    files = officer.every("/subsidy-files", 50)
    assert files
    whole = officer.get(f"/subsidy-files/{files[0]['id']}")
    assert whole["people"]
    refused(officer("POST", f"/subsidy-files/{whole['id']}/claim", {}), 403)
    assert officer("POST", f"/subsidy-files/{whole['id']}/notice", {}).status_code in (200, 409)
    assert hr("POST", f"/subsidy-files/{whole['id']}/file", {}).status_code in (200, 409)
    refused(caller(cast, "stranger")("GET", f"/subsidy-files/{whole['id']}"), 404)
    today = timezone.localdate()
    sample = {
        "username": "nobody-there", "opens_on": today.isoformat(), "size": 2, "because": "抽查",
        "closes_on": (today + timedelta(days=9)).isoformat(),
    }  # fmt: skip
    refused(officer("POST", f"/subsidy-files/{whole['id']}/audits", sample), 409)
    notice = {
        "title": {"zh": "通知", "en": "Notice"}, "words": {"zh": "请阅。", "en": "Please read."},
        "places": ["lanchuan-bureau"], "made_id": "6f1d9c1e-52f8-4d0c-8f0a-0d8c2d1f4a74",
    }  # fmt: skip
    made = officer("POST", "/directives", notice)
    assert made.status_code == 201, made.content
    assert officer("POST", "/directives", notice).json()["id"] == made.json()["id"]
    page = f"/directives/{made.json()['id']}"
    before = {one["organisation_key"]: one["read"] for one in officer.every(f"{page}/receipts", 50)}
    reader = caller(cast, "coordinator")
    assert made.json()["id"] in {one["id"] for one in reader.every("/directives?show=waiting", 50)}
    assert reader("POST", f"{page}/read").status_code == 200
    after = {one["organisation_key"]: one["read"] for one in officer.every(f"{page}/receipts", 50)}
    assert sum(after.values()) == sum(before.values()) + 1
    refused(officer("POST", "/directives", notice | {"places": ["dongling"]}), 404)
    refused(reader("GET", f"{page}/receipts"), 403)


def test_what_is_due_costs_one_question_a_kind_however_much_is_due(cast: Cast) -> None:
    mentor = caller(cast, "mentor", ("read",))
    with CaptureQueriesContext(connection) as few:
        before = mentor.get("/duties?limit=200")["items"]
    with everywhere("a test looks at everything"):
        furnish(cast)
    with CaptureQueriesContext(connection) as many:
        after = mentor.get("/duties?limit=200")["items"]
    assert len(after) > len(before)
    assert len(many) <= len(few) + 2 <= len(KINDS) + 20
