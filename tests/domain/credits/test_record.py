"""Credits follow the record: posted by itself, taken back where it does not stand, and counted for certificates."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from craftpath.domain.activity.models import Statement
from craftpath.domain.certificates import holding
from craftpath.domain.certificates.actions import issue_certificates, revoke_certificate
from craftpath.domain.credits import actions, bridges, queries
from craftpath.domain.credits.models import Account, Entry
from craftpath.domain.progression.facts import GateOpened
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.facts import tell
from tests.cast import AT, TODAY, Cast
from tests.domain.certificates.world import due, issued, passed
from tests.domain.certificates.world import kind as certificate_kind
from tests.domain.claims.world import verified
from tests.domain.credits.world import (
    SYSTEM,
    asked,
    balance,
    credits,
    decided,
    diploma,
    earning,
    posted,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
STAGE: dict[str, Any] = {
    "outcome": "stage",
    "scheme": "",
    "level": "",
    "key": "stage",
    "name": {"zh": "阶段"},
}


def test_a_stage_passed_is_in_the_account_by_itself(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    passed(cast, "26001", "26002")
    ids = [cast.enrolments[number].public_id for number in ("26001", "26002")]
    with django_capture_on_commit_callbacks(execute=True):
        tell(GateOpened("stage", "junior_craftsman", ids), by=system(), at=AT, organisation=cast.college)
    assert not Account.objects.exists()  # nothing is worth credits yet, so no account is opened
    earning(cast, **STAGE)
    for _again in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            tell(GateOpened("stage", "junior_craftsman", ids), by=system(), at=AT, organisation=cast.college)
    assert [row.points for row in Entry.objects.order_by("pk")] == [800, 800]
    assert Statement.objects.filter(object_id__contains="/credits/").count() == 2


def test_the_paper_of_a_stage_earns_nothing_beside_the_stage(cast: Cast) -> None:
    earning(cast, **STAGE)
    earning(cast, scheme="", level="", key="any")
    passed(cast, "26001")
    issued(cast, certificate_kind(cast))
    actions.look_what_is_earned(cast.people["apprentice"], **SYSTEM)
    assert [row.outcome for row in Entry.objects.all()] == ["stage"]


def test_one_level_is_earned_once_whoever_printed_it_and_falls_with_it(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    earning(cast, level="5", key="inside")
    earning(cast, outcome="outside", level="5", key="outside", points=700)
    earning(cast, outcome="outside", scheme="onex", level="junior", key="onex", points=300)
    passed(cast, "26001")
    asks = holding.read([{"kind": "stage", "stage": "junior_craftsman"}])
    kind = certificate_kind(cast, purpose="qualification", ground={}, requirements=asks)
    person = cast.people["apprentice"]
    wanted = due(kind, [person])
    [paper], _left = issue_certificates(kind, wanted, on=TODAY, by=cast.actor("coordinator"), at=AT)
    verified(cast, level="5")
    verified(cast, level="junior", scheme="onex", number="X-1")
    looked = actions.look_what_is_earned(person, **SYSTEM)
    assert sorted((row.outcome, row.points, row.on) for row in credits(looked.account)) == [
        ("certificate", 800, TODAY),
        ("outside", 300, TODAY),  # from the day on which it was verified
    ]
    with django_capture_on_commit_callbacks(execute=True):
        revoke_certificate(paper, because="误发", by=cast.actor("coordinator"), at=AT)
    assert balance(looked.account) == 300
    [back] = Entry.objects.filter(kind="reversed")
    assert back.because == "误发"
    # The outside one proves the same level, and nobody doubts it.
    assert [row.points for row in actions.look_what_is_earned(person, **SYSTEM).added] == [700]


def test_what_a_diploma_has_got_already_is_told_to_its_institution(cast: Cast) -> None:
    earning(cast, **STAGE)
    passed(cast, "26001")
    row = actions.look_what_is_earned(cast.people["apprentice"], **SYSTEM).account
    request = posted(cast, decided(cast, asked(cast, diploma(cast), credits(row)), 400))
    source = credits(row)[0].source
    assert actions.take_back_of([source], because="成绩更正", on=TODAY, by=system(), at=AT) == 0
    told = AuditEntry.objects.get(fact="credits.unfounded")
    assert (told.subject, told.organisation) == (str(request.ref), cast.college)
    assert len(queries.taken_by(row, request.diploma)) == 1  # a person decides what becomes of it


def test_credits_count_towards_a_certificate_that_asks_for_them(cast: Cast) -> None:
    earning(cast, **STAGE)
    row = {"kind": "credits", "at_least": 8, "area": "technical"}
    person = cast.people["apprentice"]
    kind = certificate_kind(cast, purpose="qualification", ground={}, requirements=holding.read([row]))

    def stands(**instead: Any) -> tuple[bool, int]:
        [found] = holding.judge([row | instead], [person], TODAY)[person.pk]
        return found.met, found.facts["have"]

    assert stands() == (False, 0)
    passed(cast, "26001")
    account = actions.look_what_is_earned(person, **SYSTEM).account
    assert stands() == (True, 8)
    assert stands(area="theory") == (False, 0)
    assert stands(outcome="stage", subject="junior_craftsman") == (True, 8)
    [(asking, finding)] = bridges.kinds_asking(person, cast.campus, TODAY)
    assert (asking, finding.met) == (kind, True)
    posted(cast, decided(cast, asked(cast, diploma(cast), credits(account)), 400))
    assert stands() == (True, 8)  # what was learned is not lost by converting it
    assert holding.judge([row], [person], date(2026, 1, 1))[person.pk][0].met is False
