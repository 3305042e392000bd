"""The week of every role by the API, its refusals, and as many questions for one row as for many."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.delivery.api.assembled import schema
from craftpath.domain.learning.models import Attendance, Session
from craftpath.domain.logbook.models import Observation
from craftpath.domain.progression.models import Passage
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.hooks import HookDelivery
from craftpath.kernel.receipts import Receipt
from craftpath.kernel.tenancy import everywhere
from tests.api.caller import Caller, board, caller
from tests.cast import Cast
from tests.house.furnishing import (
    certify,
    count_many,
    furnish,
    judge_together,
    stand_at_a_gate,
    talk_together,
)
from tests.house.making import (
    make_agreements,
    make_attendance,
    make_delivery,
    make_hook,
    make_sheet,
)

EVERYBODY = (
    "apprentice",
    "mentor",
    "trainer",
    "coordinator",
    "hr",
    "officer",
    "assessor",
    "auditor",
    "administrator",
)


def refused(answer: Any, status: int, code: str = "") -> None:
    assert (answer.status_code, answer.json()["code"] if code else "") == (status, code)


# ---- Trainer -----------------------------------------------------------------------------------------


def test_a_trainer_calls_the_roll(cast: Cast) -> None:
    make_attendance(cast)
    trainer = caller(cast, "trainer")
    found = trainer.get("/sessions?state=held")["items"][0]
    page = f"/sessions/{found['id']}/roll"
    roll = trainer("GET", page)
    lines, revision = roll.json()["lines"], found["revision"]
    assert roll.headers["ETag"] == f'"{revision}"'
    assert {line["number"] for line in lines} == set(cast.enrolments)
    marks = [{"apprentice": line["apprentice"]["id"], "status": "present"} for line in lines]
    body = {"revision": revision, "marks": marks}
    done = trainer("POST", page, body, If_Match=f'"{revision}"', Idempotency_Key="roll").json()
    again = trainer("POST", page, body, If_Match=f'"{revision}"', Idempotency_Key="roll").json()
    assert done == again
    assert not done["unknown"]
    if done["session"]["revision"] != revision:
        refused(trainer("POST", page, body, If_Match=f'"{revision}"'), 412, "api.changed")
    refused(caller(cast, "hr")("POST", page, body), 403, "learning.not_yours_to_hold")
    refused(caller(cast, "stranger")("GET", page), 404, "api.not_there")
    unknown = trainer("POST", page, body | {"marks": [{"apprentice": "x" * 12, "status": "absent"}]}).json()
    assert unknown["unknown"] == ["x" * 12]


def test_a_trainer_rates_works_and_a_mentor_observes(cast: Cast) -> None:
    with everywhere("a test looks at everything"):
        judge_together(cast)
    trainer = caller(cast, "trainer")
    work = trainer.every("/works?unrated=true")[0]
    levels = {one["key"]: work["levels"][0]["key"] for one in work["criteria"]}
    page = f"/works/{work['practical']['id']}/{work['apprentice']['id']}"
    rated = trainer("POST", page, {"levels": levels})
    assert (rated.status_code, rated.json()["rated"]) == (200, levels)
    assert rated.json()["score"] is not None
    refused(trainer("POST", page, {"levels": {"x": "1"}}), 409, "judging.levels_faulty")
    refused(trainer("POST", f"{page}x", {"levels": levels}), 404)
    refused(caller(cast, "assessor")("POST", page, {"levels": levels}), 404)
    mentor = caller(cast, "mentor")
    seen = {
        "apprentice": cast.enrolments["26001"].public_id,
        "on": "2026-09-14",
        "job": "Drilling",
        "seen_as": "alone",
    }
    made = [mentor("POST", "/observations", seen, Idempotency_Key="o").json()["id"] for _ in range(2)]
    assert len(set(made)) == Observation._base_manager.filter(job="Drilling").count() == 1
    other = seen | {"apprentice": cast.enrolments["26003"].public_id}
    refused(mentor("POST", "/observations", other), 404, "api.not_there")


# ---- Apprentice --------------------------------------------------------------------------------------


def test_an_apprentice_reads_what_is_due_the_record_and_results(cast: Cast) -> None:
    apprentice = caller(cast, "apprentice")
    results = apprentice.every("/results")
    assert [(row["number"], row["total"], row["passed"]) for row in results] == [("26001", "80.5", True)]
    assert [part["value"] for part in results[0]["parts"]] == ["83.3", "85.0", "75.0"]
    open_one = caller(cast, "classmate").every("/results")[0]
    assert (open_one["total"], open_one["complete"], open_one["missing"]) == (
        None,
        False,
        ["task2", "final_exam"],
    )
    record = apprentice.get("/record")
    assert (record["name"], {one["section"] for one in record["entries"]} >= {"training"}) == (
        "陈雨桐",
        True,
    )
    assert apprentice.get("/duties")["next"] is None
    assert [row["number"] for row in apprentice.every("/apprentices")] == ["26001"]
    refused(apprentice("GET", "/deadlines"), 403, "kernel.role_lacks")


def test_an_apprentice_answers_the_own_attendance(cast: Cast) -> None:
    make_attendance(cast)
    with everywhere("a test looks at everything"):
        Attendance.objects.filter(enrolment__number="26001").update(says="", said_at=None, words="")
    apprentice = caller(cast, "apprentice")
    line = apprentice.get("/attendance?unconfirmed=true")["items"][0]
    count = apprentice("POST", "/attendance/confirm", {"attendances": [line["id"]]}).json()
    assert count == {"count": 1}
    says = "not_there" if line["status"] == "present" else "there"
    disputed = apprentice("POST", f"/attendance/{line['id']}/dispute", {"says": says, "words": "?"}).json()
    assert (disputed["says"], disputed["confirmed_at"]) == (says, None)
    refused(caller(cast, "classmate")("POST", "/attendance/confirm", {"attendances": [line["id"]]}), 200)
    refused(
        caller(cast, "trainer")("POST", f"/attendance/{line['id']}/dispute", {"says": says, "words": ""}), 403
    )


def test_each_side_writes_its_part_of_a_review_and_reads_the_others(cast: Cast) -> None:
    with everywhere("a test looks at everything"):
        talk_together(cast)
    mine = caller(cast, "classmate")
    review = mine.every("/reviews")[0]
    said = mine("PUT", f"/reviews/{review['id']}/part", {"words": "铣床还不熟。"})
    assert [part["words"] for part in said.json()["parts"]] == ["铣床还不熟。"]
    assert mine("PUT", f"/reviews/{review['id']}/part", {"words": "铣床还不熟。"}).json() == said.json()
    office = caller(cast, "coordinator").get(f"/reviews/{review['id']}")
    assert office["parts"] is None  # whoever looks after reviews knows of them, and reads no word
    refused(caller(cast, "apprentice")("GET", f"/reviews/{review['id']}"), 404)
    refused(caller(cast, "auditor")("PUT", f"/reviews/{review['id']}/part", {"words": "x"}), 403)


# ---- Coordinator -------------------------------------------------------------------------------------


def test_a_coordinator_looks_at_a_gate_and_decides(cast: Cast) -> None:
    with everywhere("a test looks at everything"):
        stand_at_a_gate(cast)
    coordinator = caller(cast, "coordinator")
    page = f"/gates/{cast.cohort.public_id}/junior_craftsman/stage"
    standing = next(row for row in coordinator.every(page) if row["number"] == "26001")
    assert {finding["key"]: finding["met"] for finding in standing["findings"]} == {
        "form": True,
        "photo": False,
    }
    assert (standing["ready"], standing["findings"][1]["waived"]) == (True, True)
    read = {"apprentice": standing["apprentice"]["id"], "fingerprint": standing["fingerprint"]}
    stale = {"apprentices": [read | {"fingerprint": "0" * 12}]}
    assert coordinator("POST", f"{page}/open", stale).status_code == 409
    for who in ("trainer", "mentor", "hr", "auditor"):
        assert caller(cast, who)("POST", f"{page}/open", {"apprentices": [read]}).status_code in (403, 404)
    repeat = {"apprentices": [read["apprentice"]], "until": "2099-01-01", "because": "再练"}
    before = Passage._base_manager.count()
    for _ in range(2):
        assert coordinator("POST", f"{page}/repeat", repeat, Idempotency_Key="r").status_code == 200
    assert Passage._base_manager.count() == before + 1
    refused(coordinator("POST", f"{page}/open", {"apprentices": [read | {"apprentice": "a" * 12}]}), 404)
    refused(coordinator("GET", f"/gates/{cast.cohort.public_id}/nothing/stage"), 404)


def test_a_coordinator_sees_cohorts_deadlines_and_imports(cast: Cast) -> None:
    make_agreements(cast)
    make_sheet(cast)
    coordinator = caller(cast, "coordinator")
    assert [row["id"] for row in coordinator.every("/cohorts?state=running")] == [cast.cohort.public_id]
    people = coordinator.every(f"/apprentices?cohort={cast.cohort.public_id}")
    assert [row["number"] for row in people] == sorted(cast.enrolments)
    assert people[0]["mentors"][0]["name"] == "周国栋"
    assert [step["state"] for step in people[4]["path"]][:2] == ["passed", "open"]
    due = coordinator.every("/deadlines", limit=50)
    assert due == sorted(due, key=lambda row: (row["due_on"], row["kind"], row["subject"]))
    assert {row["overdue"] for row in coordinator.every("/deadlines?overdue=true", limit=50)} <= {True}
    imports = coordinator.every("/imports")
    assert {row["state"] for row in imports} <= {"uploaded", "committed", "discarded", "undone"}
    assert coordinator.get(f"/imports/{imports[0]['id']}") == imports[0]
    refused(caller(cast, "assessor")("GET", "/imports"), 403, "kernel.role_lacks")


# ---- HR, officer, auditor, administrator, anybody ------------------------------------------------------


def test_hr_sees_agreements_and_whose_signature_is_missing(cast: Cast) -> None:
    make_agreements(cast)
    hr = caller(cast, "hr")
    waiting = hr.every("/agreements?unsigned=true")
    assert {row["state"] for row in waiting} == {"awaiting_signatures"}
    assert any(party["signed_at"] is None for row in waiting for party in row["signatures"])
    assert "weekly" not in str(waiting)  # what somebody is paid, and for how long, is not among it
    assert {row["enterprise"]["name"]["en"] for row in hr.every("/agreements")} == {"Jinheng Machinery"}
    assert hr.every("/without-agreement") == [] or {
        row["enterprise"]["name"]["en"] for row in hr.every("/without-agreement")
    } == {"Jinheng Machinery"}
    own = caller(cast, "apprentice").every("/agreements")
    assert {row["apprentice"]["name"] for row in own} == {"陈雨桐"}
    refused(caller(cast, "trainer")("GET", "/agreements"), 403, "kernel.role_lacks")


def test_an_officer_reads_figures_and_small_groups_are_not_among_them(cast: Cast) -> None:
    with everywhere("a test looks at everything"):
        count_many(cast)
    officer = caller(cast, "officer")
    catalogue = officer.get("/figures")
    assert {"key", "name", "text", "unit", "floor"} <= set(catalogue["items"][0])
    for one in catalogue["items"][:12]:
        for row in officer.get(f"/figures/{one['key']}?by=enterprise")["items"]:
            assert not row["suppressed"] or (row["n"], row["value"]) == (None, None)
    refused(officer("GET", "/figures/nothing"), 404)
    refused(officer("GET", "/figures/enrolled?by=person"), 422)
    refused(caller(cast, "mentor")("GET", "/figures"), 403, "kernel.role_lacks")
    refused(officer("GET", "/results"), 403, "kernel.role_lacks")


def test_an_auditor_reads_the_history(cast: Cast) -> None:
    auditor = caller(cast, "auditor")
    facts = auditor.every("/history", limit=20)
    assert [row["at"] for row in facts] == sorted((row["at"] for row in facts), reverse=True)
    assert {row["fact"] for row in auditor.every("/history?fact=evaluation.marks_recorded")} == {
        "evaluation.marks_recorded"
    }
    assert not any(isinstance(value, list) for row in facts for value in row["values"].values())
    with everywhere("a test looks at everything"):
        confidential = AuditEntry.objects.filter(organisation=None).values_list("public_id", flat=True)
    assert not set(confidential) & {row["id"] for row in facts}
    refused(caller(cast, "trainer")("GET", "/history"), 403, "kernel.role_lacks")


def test_whoever_runs_the_organisation_sees_messages_and_sends_one_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("craftpath.kernel.hooks.enqueue", lambda *args: None)
    hook = make_hook(cast)
    delivery = make_delivery(hook)
    administrator = caller(cast, "administrator")
    assert administrator.every("/hooks")[0]["host"] == "bot.invalid"
    assert "bot.invalid/x" not in str(administrator.every("/hooks"))
    page = f"/hooks/{hook.public_id}/deliveries"
    assert [row["webhook_id"] for row in administrator.every(page)] == [f"msg_{delivery}"]
    for _ in range(2):
        answer = administrator("POST", f"{page}/{delivery}/replay", Idempotency_Key="r")
        assert (answer.status_code, answer.json()["replays"]) == (200, 1)
    assert HookDelivery._base_manager.get(public_id=delivery).state == "waiting"
    refused(caller(cast, "coordinator")("GET", "/hooks"), 403, "kernel.role_lacks")
    refused(caller(cast, "stranger")("GET", page), 403)


def test_a_certificate_is_checked_by_whoever_has_its_id(cast: Cast) -> None:
    with everywhere("a test looks at everything"):
        made = certify(cast)
    stranger = caller(cast, "stranger", ["scim"])  # any token at all
    found = stranger.get(f"/certificates/{made['certificate']}")
    assert (found["standing"], found["holder"]) == ("valid", "孙佳怡")
    assert found["page"] == f"/c/{made['certificate']}/"
    refused(stranger("GET", "/certificates/CP-1"), 404)
    office = caller(cast, "coordinator").every("/certificates")
    assert found in office
    refused(stranger("GET", "/certificates"), 403, "kernel.client_scope_lacks")


# ---- Every list ----------------------------------------------------------------------------------------


@pytest.mark.timeout(600)
def test_every_list_comes_in_pages_and_costs_the_same(cast: Cast, settings: Any) -> None:
    settings.API_A_MINUTE = 1_000_000
    with everywhere("a test looks at everything"):
        furnish(cast)
        make_agreements(cast)
        certify(cast)
    callers = {who: caller(cast, who) for who in EVERYBODY}
    callers["service"] = board(cast, ["coordinator", "auditor"])
    looked = 0
    for path, methods in schema()["paths"].items():
        if "{" in path or "get" not in methods:
            continue
        page = path.removeprefix("/api/v1")
        for who in callers.values():
            whole = who("GET", f"{page}?limit=200")
            if whole.status_code == 403 or "next" not in whole.json():
                continue
            items = whole.json()["items"]
            assert who.every(page, limit=max(1, len(items) // 3))[: len(items)] == items
            looked += len(items) > 1
            if len(items) > 2 and page not in ("/works", "/deadlines", "/duties"):
                assert _asked(who, page, 2) == _asked(who, page, 200)
    assert looked > 30


def _asked(who: Caller, page: str, limit: int) -> int:
    with CaptureQueriesContext(connection) as queries:
        who.get(f"{page}?limit={limit}")
    return len(queries)


def test_nothing_that_is_read_writes_and_nothing_is_left_of_what_was_refused(cast: Cast) -> None:
    with everywhere("a test looks at everything"):
        furnish(cast)
    known = {"cohort": cast.cohort.public_id, "stage": "junior_craftsman", "kind": "stage"}
    before = AuditEntry._base_manager.count(), Receipt.objects.count(), Session._base_manager.count()
    stranger = caller(cast, "stranger")
    made = AuditEntry._base_manager.count() - before[0]  # the token itself is told
    for path, methods in schema()["paths"].items():
        for method, operation in methods.items():
            named = path.removeprefix("/api/v1")
            for word, value in known.items():
                named = named.replace(f"{{{word}}}", value)
            for word in (
                "entry",
                "session",
                "attendance",
                "practical",
                "apprentice",
                "review",
                "agreement",
                "sheet",
            ):
                named = named.replace(f"{{{word}}}", cast.enrolments["26001"].public_id)
            body = {} if operation.get("requestBody") else None
            answer = stranger(method.upper(), named, body, Idempotency_Key=operation["operationId"])
            assert answer.status_code in (200, 401, 403, 404, 409, 415, 422), (method, named)
    after = AuditEntry._base_manager.count(), Receipt.objects.count(), Session._base_manager.count()
    assert after == (before[0] + made, before[1], before[2])
