"""Audits: a draw that anybody can repeat, access that ends by its day, findings with answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from craftpath.domain.subsidies import actions
from craftpath.domain.subsidies.models import Audit, ClaimedYear, FilePaper, Finding, SubsidyFile
from craftpath.engines.allowances.sampling import draw, rank
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import looking_for
from tests.cast import AT, TODAY, Cast
from tests.domain.subsidies.world import advanced, auditor, hr, many, officer, paper, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
DAY = timedelta(days=1)


def invited(cast: Cast, file: SubsidyFile, **more: object) -> Audit:
    given = {
        "username": "CPA01", "opens_on": TODAY, "closes_on": TODAY + 14 * DAY, "size": 2, "because": "年度抽查",
        "by": officer(cast), "at": AT,
    } | more  # fmt: skip
    return actions.invite_auditor(file, **given)  # type: ignore[arg-type]


def there(cast: Cast, audit: Audit) -> Actor:
    return Actor(cast.neighbour, audit.auditor, frozenset({Role.AUDITOR}))


def test_the_draw_can_be_repeated_from_seed_and_list(cast: Cast) -> None:
    auditor(cast)
    file = advanced(cast, "qidong", many(cast, 20))
    audit = invited(cast, file, size=5, made_id="m")
    assert audit.drawn == list(draw(audit.listed, 5, audit.seed))
    assert audit.drawn == sorted(audit.listed, key=lambda one: rank(audit.seed, one))[:5]
    assert set(audit.listed) == set(file.people.values_list("public_id", flat=True))
    assert invited(cast, file, size=5, made_id="m") == audit
    assert invited(cast, file, size=5).seed != audit.seed


def test_access_begins_and_ends_by_its_day_and_opens_one_file(cast: Cast) -> None:
    person, today = auditor(cast), timezone.localdate()
    file, other = advanced(cast), advanced(cast, "qidong", many(cast, 2))
    paper(file, hr(cast))
    audit = invited(cast, file)
    scope = there(cast, audit).scope

    def sees() -> list[int]:
        with looking_for(scope):
            return list(SubsidyFile.objects.values_list("pk", flat=True))

    for opens, closes, seen in ((0, 1, True), (-1, 0, False), (1, 2, False)):
        Audit.objects.update(opens_on=today + opens * DAY, closes_on=today + closes * DAY)
        assert sees() == ([file.pk] if seen else []), (opens, closes)
        with looking_for(scope):
            assert FilePaper.objects.exists() == Audit.objects.exists() == seen
            assert not ClaimedYear.objects.exists()
    assert other.pk not in sees()
    assert person == audit.auditor


def test_only_the_auditor_writes_findings_and_only_in_time(cast: Cast) -> None:
    auditor(cast)
    audit = invited(cast, advanced(cast))
    said = {"severity": "major", "words": "缺两人签字", "at": AT}
    with refused("subsidies.not_the_auditor"):
        actions.raise_finding(audit, by=officer(cast), **said)
    with refused("subsidies.not_the_auditor"):
        actions.raise_finding(audit, by=there(cast, audit), **said | {"at": AT + 14 * DAY})
    with refused("subsidies.severity_unknown"):
        actions.raise_finding(audit, by=there(cast, audit), **said | {"severity": "x"})
    with refused("subsidies.no_words"):
        actions.raise_finding(audit, by=there(cast, audit), **said | {"words": " "})
    with refused("subsidies.paper_unknown"):
        actions.raise_finding(audit, by=there(cast, audit), paper="x", **said)
    first = actions.raise_finding(audit, by=there(cast, audit), made_id="m", **said)
    assert actions.raise_finding(audit, by=there(cast, audit), made_id="m", **said) == first
    assert Finding.objects.count() == 1


def test_a_finding_is_answered_sent_back_answered_and_closed(cast: Cast) -> None:
    auditor(cast)
    audit = invited(cast, advanced(cast))
    who = there(cast, audit)
    row = actions.raise_finding(audit, severity="minor", words="日期不一致", by=who, at=AT)
    with refused("kernel.role_lacks"):
        actions.answer_finding(row, answer="已更正", by=who, at=AT)
    with refused("flow.not_now"):
        actions.close_finding(row, by=who, at=AT)
    row = actions.answer_finding(row, answer="已更正", by=hr(cast), at=AT)
    assert actions.answer_finding(row, answer="已更正", by=hr(cast), at=AT).state == "answered"
    row = actions.reopen_finding(row, by=who, at=AT)
    assert (row.state, row.answer) == ("open", "已更正")
    row = actions.answer_finding(row, answer="附扫描件", by=hr(cast), at=AT)
    with refused("kernel.role_lacks"):
        actions.close_finding(row, by=hr(cast), at=AT)
    row = actions.close_finding(row, by=officer(cast), at=AT + 20 * DAY)
    assert (row.state, row.answered_by) == ("closed", cast.people["hr"])


def test_an_invitation_that_makes_no_sense_is_refused(cast: Cast) -> None:
    auditor(cast)
    file = advanced(cast)
    for more, reason in (
        ({"username": "hr01"}, "subsidies.auditor_unknown"),
        ({"username": "\0" * 9}, "subsidies.auditor_unknown"),
        ({"closes_on": TODAY}, "subsidies.audit_days"),
        ({"opens_on": TODAY - DAY}, "subsidies.audit_days"),
        ({"closes_on": TODAY + 400 * DAY}, "subsidies.audit_days"),
        ({"size": 4}, "subsidies.sample_size"),
        ({"because": ""}, "subsidies.no_reason"),
        ({"by": hr(cast)}, "kernel.role_lacks"),
    ):
        with refused(reason):
            invited(cast, file, **more)


def test_access_is_ended_early(cast: Cast) -> None:
    auditor(cast)
    audit = invited(cast, advanced(cast))
    later = AT + 3 * DAY
    assert actions.end_audit(audit, by=officer(cast), at=later).closes_on == TODAY + 3 * DAY
    assert actions.end_audit(audit, by=officer(cast), at=later).closes_on == TODAY + 3 * DAY
    with refused("subsidies.not_the_auditor"):
        actions.raise_finding(
            Audit.objects.get(), severity="minor", words="x", by=there(cast, audit), at=later
        )
