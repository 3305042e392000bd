"""Who is due gets one certificate with a number without gap, and nobody gets two."""

from __future__ import annotations

import base64
import sqlite3
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from craftpath.domain.certificates import actions, batching, issuing, queries
from craftpath.domain.certificates.models import Certificate, IssuerKey, Planned
from craftpath.engines.credentials import check, documents, sign
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.tokens import unsealed
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.certificates.world import due, issued, kind, passed

pytestmark = pytest.mark.usefixtures("all_rows")


def numbers() -> list[str]:
    return list(Certificate._base_manager.order_by("number").values_list("number", flat=True))


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"^{reason}$")


def keys_of(row: Certificate) -> Any:
    return {f"{row.credential['issuer']['id']}#{row.key.public}": row.key.public}.get


def list_of(row: Certificate) -> Any:
    """The signed list of what does not hold, as its address gives it."""
    issuer, key = row.credential["issuer"]["id"], actions.signing_key(row.organisation, by=system(), at=AT)[1]
    bare = documents.status_list(
        queries.revoked_places(row.status_list), id=row.credential["credentialStatus"]["statusListCredential"],
        issuer=issuer, valid_from=AT,
    )  # fmt: skip
    signed = sign(bare, key, method=documents.method_of(issuer, key.public_multikey), created=AT)
    return lambda _entry: signed


def test_who_passed_the_stage_gets_a_certificate_that_anybody_can_check(cast: Cast) -> None:
    passed(cast, "26001", "26003")
    row = kind(cast, valid_months=36)
    made = issued(cast, row)
    told = [(one.person.name, one.number, one.valid_until.isoformat()) for one in made if one.valid_until]
    assert told == [
        ("陈雨桐", "CP-LANCHUAN-2026-000001", "2029-09-14"),
        ("欧阳思远", "CP-LANCHUAN-2026-000002", "2029-09-14"),
        ("孙佳怡", "CP-LANCHUAN-2026-000003", "2029-09-14"),
    ]
    one = made[0]
    assert one.content["holder"] == {"name": "陈雨桐", "latin": "Chen Yutong"}
    assert one.content["number"] == one.number
    assert one.content["level"]["name"]["zh"] == "初级工"
    assert {"label": {"zh": "企业", "en": "Enterprise"}, "value": cast.jinheng.name} in one.content["lines"]
    said = {"zh": f"{TODAY.year}年{TODAY.month}月{TODAY.day}日", "en": f"{TODAY.day} September {TODAY.year}"}
    assert {"label": {"zh": "通过日期", "en": "Passed on"}, "value": said} in one.content["lines"]
    for credential in (one.credential, one.token):
        report = check(credential, at=AT, keys=keys_of(one), status=list_of(one))
        assert [(each.name, each.code) for each in report.checks if not each.ok] == []
        assert report.valid
    later = AT + timedelta(days=3 * 366)
    assert check(one.credential, at=later, keys=keys_of(one))["dates"].ok is False
    actions.revoke_certificate(made[1], because="误发", by=cast.actor("coordinator"), at=AT)
    after = check(made[1].token, at=AT, keys=keys_of(made[1]), status=list_of(made[1]))
    assert [each.name for each in after.checks if not each.ok] == ["status"]
    one.credential["credentialSubject"]["identifier"][0]["identityHash"] = "林浩然"
    assert check(one.credential, at=AT, keys=keys_of(one))["proof"].ok is False


def test_a_second_press_issues_nothing_and_takes_no_number(cast: Cast) -> None:
    passed(cast, "26001")
    row = kind(cast)
    made, wanted = issued(cast, row), due(row)
    assert len(made) == len(wanted) == 2
    again, left = actions.issue_certificates(row, wanted * 2, on=TODAY, by=cast.actor("coordinator"), at=AT)
    assert (again, [one.verdict.reason for one in left]) == ([], ["certificates.held_already"] * 2)
    passed(cast, "26002")
    assert [one.number[-6:] for one in issued(cast, row)] == ["000003"]


def test_a_new_version_of_a_kind_is_no_second_certificate(cast: Cast) -> None:
    row, by = kind(cast), cast.actor("coordinator")
    issued(cast, row)
    new = actions.activate_kind(actions.follow_kind(row, by=by, at=AT), by=by, at=AT)
    assert (new.version, issued(cast, new)) == (2, [])
    row.refresh_from_db()
    assert row.state == "retired"


def test_what_the_record_does_not_show_is_not_issued_by_whoever_calls(cast: Cast) -> None:
    row, by, person = kind(cast), cast.actor("coordinator"), cast.people["apprentice"]
    open_stage = f"apprenticeships/enrolment/{cast.enrolments['26001'].public_id}"
    wanted = [(person, open_stage, []), (person, "apprenticeships/enrolment/invented", [])]
    made, left = actions.issue_certificates(row, wanted, on=TODAY, by=by, at=AT)
    assert not made
    assert [one.verdict.reason for one in left] == ["certificates.stage_open", "certificates.not_due"]
    assert not issuing.Counter.objects.filter(last__gt=0).exists()


def test_requirements_decide_beside_the_ground(cast: Cast) -> None:
    row = kind(cast, requirements=[{"kind": "months", "at_least": 6}, {"kind": "hours", "at_least": 200}])
    passed(cast, "26001")
    made, left = actions.issue_certificates(row, due(row), on=TODAY, by=cast.actor("coordinator"), at=AT)
    assert (made, {one.verdict.reason for one in left}) == ([], {"certificates.requirement_missing"})
    assert {one.verdict.facts["count"] for one in left} == {1}


def test_a_character_that_no_font_has_is_named(cast: Cast) -> None:
    person = cast.people["apprentice"]
    person.name = "陈\ue123桐"
    person.save()
    row = kind(cast)
    passed(cast, "26001")
    made, left = actions.issue_certificates(row, due(row), on=TODAY, by=cast.actor("coordinator"), at=AT)
    assert [one.person.name for one in made] == ["孙佳怡"]
    assert [(one.verdict.reason, one.verdict.facts["characters"]) for one in left] == [
        ("certificates.not_printable", "\ue123")
    ]
    assert numbers() == ["CP-LANCHUAN-2026-000001"]


@pytest.mark.parametrize(
    ("who", "where", "reason"),
    [
        ("trainer", "college", "kernel.role_lacks"),
        ("auditor", "city", "kernel.role_lacks"),
        ("hr", "jinheng", "kernel.belongs_to_another"),
        ("stranger", "neighbour", "kernel.belongs_to_another"),
    ],
)
def test_only_the_office_issues(cast: Cast, who: str, where: str, reason: str) -> None:
    row = kind(cast)
    with refused(reason):
        actions.issue_certificates(row, due(row), on=TODAY, by=cast.actor(who, getattr(cast, where)), at=AT)


def test_nobody_issues_to_oneself(cast: Cast) -> None:
    row, by = kind(cast, purpose="workshop", ground={}), cast.actor("coordinator")
    made, left = actions.issue_certificates(
        row, [(cast.people["coordinator"], "workshops/workshop/x", [])], on=TODAY, by=by, at=AT
    )
    assert (made, left[0].verdict.reason) == ([], "certificates.own")


def test_a_day_that_has_not_come_and_a_draft_are_refused(cast: Cast) -> None:
    row, by = kind(cast), cast.actor("coordinator")
    with refused("certificates.day_unclear"):
        actions.issue_certificates(row, due(row), on=TODAY + timedelta(days=1), by=by, at=AT)
    draft = actions.follow_kind(row, by=by, at=AT)
    with refused("certificates.kind_not_active"):
        actions.issue_certificates(draft, due(draft), on=TODAY, by=by, at=AT)


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "enqueue", lambda *_args: None)


def planned(cast: Cast) -> Any:
    passed(cast, "26001", "26002", "26003", "26004")
    row, by = kind(cast), cast.actor("coordinator")
    batch = actions.plan_batch(row, due(row), on=TODAY, made_id=uuid.uuid4(), by=by, at=AT)
    return actions.start_batch(batch, by=by, at=AT)


@pytest.mark.usefixtures("no_worker")
def test_a_batch_goes_on_where_it_was_killed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    batch, by = planned(cast), cast.actor("coordinator")
    assert actions.issue_portion(batch, most=2, by=by, at=AT) == 3
    whole = Planned.objects.bulk_update

    def killed(*_args: Any, **_more: Any) -> None:
        raise SystemExit

    monkeypatch.setattr(Planned.objects, "bulk_update", killed)
    with pytest.raises(SystemExit):
        actions.carry_out(batch, most=2, by=by, at=AT)
    monkeypatch.setattr(Planned.objects, "bulk_update", whole)
    assert len(numbers()) == 2  # what was in the portion is gone, with its numbers
    actions.carry_out(batch, most=2, by=by, at=AT)
    actions.carry_out(batch, most=2, by=by, at=AT)  # the job of a killed worker is run again
    batch.refresh_from_db()
    assert (batch.state, [one[-6:] for one in numbers()]) == ("done", [f"{n:06}" for n in range(1, 6)])
    assert not Planned.objects.filter(batch=batch, certificate=None).exists()
    places = Certificate._base_manager.values_list("status_place", flat=True)
    assert sorted(places) == [0, 1, 2, 3, 4]


@pytest.mark.usefixtures("no_worker")
def test_a_batch_is_planned_once_and_stops_when_it_is_cancelled(cast: Cast) -> None:
    row, by, made_id = kind(cast), cast.actor("coordinator"), uuid.uuid4()
    passed(cast, "26001")
    first = actions.plan_batch(row, due(row), on=TODAY, made_id=made_id, by=by, at=AT)
    assert actions.plan_batch(row, due(row), on=TODAY, made_id=made_id, by=by, at=AT) == first
    actions.start_batch(first, by=by, at=AT)
    actions.issue_portion(first, most=1, by=by, at=AT)
    actions.cancel_batch(first, by=by, at=AT)
    actions.carry_out(first, by=by, at=AT)
    assert len(numbers()) == 1


@pytest.mark.usefixtures("no_worker")
def test_a_portion_writes_as_often_for_many_as_for_one(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    batch, by = planned(cast), cast.actor("coordinator")
    with django_assert_max_num_queries(60) as first:
        actions.issue_portion(batch, most=1, by=by, at=AT)
    with django_assert_max_num_queries(len(first)):
        actions.issue_portion(batch, most=3, by=by, at=AT)


def test_a_full_status_list_is_followed_by_a_next_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(issuing, "SIZE", 2)
    batch = planned(cast)
    actions.carry_out(batch, by=cast.actor("coordinator"), at=AT)
    told = Certificate._base_manager.order_by("number").values_list("status_list__number", "status_place")
    assert list(told) == [(1, 0), (1, 1), (2, 0), (2, 1), (3, 0)]


def test_the_private_half_of_a_key_is_nowhere_in_clear(cast: Cast) -> None:
    passed(cast, "26001")
    issued(cast, kind(cast))
    row = IssuerKey._base_manager.get()
    private = base64.urlsafe_b64decode(unsealed(row.private))
    actions.rotate_key(cast.college, seen=row.public_id, by=cast.actor("coordinator"), at=AT)
    assert len(private) == 32
    dump = "\n".join(_dumped()).encode("utf-8", "surrogatepass")
    assert row.public.encode() in dump
    for shape in (
        base64.b64encode,
        base64.urlsafe_b64encode,
        base64.b16encode,
        lambda given: given.hex().encode(),
    ):
        assert shape(private).rstrip(b"=") not in dump
    assert private not in dump
    assert private[:12].hex() not in repr(actions.signing_key(cast.college, by=system(), at=AT))


def _dumped() -> list[str]:
    """Every value of every table, however the database holds it."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for value in row:
                    if isinstance(value, bytes | memoryview | sqlite3.Binary):
                        found.append(bytes(value).decode("latin-1"))
                    elif value is not None:
                        found.append(str(value))
    return found


def test_the_history_says_who_issued_what(cast: Cast) -> None:
    made = issued(cast, kind(cast))
    entry = AuditEntry.objects.get(fact="certificates.issued")
    assert (entry.subject, entry.payload["certificates"]) == (str(made[0].ref), [made[0].public_id])
    assert entry.person == cast.people["coordinator"]
    assert queries.standing(made[0], TODAY) == "valid"
    assert batching.PORTION > 1
