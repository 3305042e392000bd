"""What counts, for whom, once; and that nothing counts where nobody has said so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.delivery.jobs.housekeeping import take_outside_evidence
from craftpath.domain.activity.models import Statement
from craftpath.domain.apprenticeships.groups import Group
from craftpath.domain.growth.evidence import Asked, proofs_of
from craftpath.domain.outside import actions
from craftpath.domain.outside.matching import score_of
from craftpath.domain.outside.models import OutsideEvidence
from craftpath.domain.outside.queries import preview, programs
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.growth.world import PLANS, TALKS
from tests.domain.outside.world import PASSED, WELD, agent, draft, mapping, said, send, simulator
from tests.lrs.asking import token_of

pytestmark = pytest.mark.django_db


def counted() -> list[tuple[str, int | None]]:
    rows = OutsideEvidence._base_manager.order_by("pk")
    return list(rows.values_list("enrolment__number", "score"))


def apply(cast: Cast, row: Any) -> int:
    return actions.apply_mapping(row, by=system(cast.college), at=AT)


def test_nothing_counts_where_nobody_has_said_so(cast: Cast) -> None:
    send(cast, said(cast))
    assert take_outside_evidence(AT) == 0
    assert counted() == []


def test_what_was_there_and_what_comes_counts_once(cast: Cast) -> None:
    send(cast, said(cast))
    row = mapping(cast)
    assert take_outside_evidence(AT) == 1
    assert counted() == [("26001", 9000)]
    assert take_outside_evidence(AT) == 0
    send(cast, said(cast, 1.0), said(cast, 0.85, actor=agent(cast, "26002")))
    assert take_outside_evidence(AT) == 2
    assert counted() == [("26001", 9000), ("26001", 10_000), ("26002", 8500)]
    told = AuditEntry._base_manager.filter(fact="outside.evidence_taken", subject=str(row.ref))
    assert [entry.payload["count"] for entry in told.order_by("pk")] == [1, 2]
    one = OutsideEvidence._base_manager.first()
    assert one is not None
    assert (one.on, one.about) == (date(2026, 9, 10), {"zh": "角焊缝", "en": "Fillet weld"})
    assert Statement._base_manager.filter(client=simulator(cast).pk, person=None).count() == 0


@pytest.mark.parametrize(
    ("statement", "asked"),
    [
        ({"scaled": 0.79}, {}),
        ({"scaled": None}, {}),
        ({"result": {"score": {"scaled": 0.9}}}, {}),
        ({"result": {"score": {"scaled": 0.9}, "success": False}}, {}),
        ({"verb": {"id": "http://adlnet.gov/expapi/verbs/failed"}}, {}),
        ({"object": {"id": WELD + "/2"}}, {}),
        ({"object": {"id": "https://other.example"}}, {"activity": "https://weld.example/", "begins": True}),
        ({"object": {"objectType": "Agent", "mbox": "mailto:a@b"}}, {"activity": ""}),
        ({"actor": {"mbox": "mailto:nobody@elsewhere.example"}}, {}),
        ({"actor": {"objectType": "Group", "member": [{"mbox": "mailto:a@b"}]}}, {}),
        ({"actor": {"account": {"homePage": "https://elsewhere.example", "name": "26001"}}}, {}),
    ],
)
def test_what_does_not_count(cast: Cast, statement: dict[str, Any], asked: dict[str, Any]) -> None:
    send(cast, said(cast, **statement))
    assert apply(cast, mapping(cast, **asked)) == 0
    assert counted() == []


@pytest.mark.parametrize(
    ("statement", "asked"),
    [
        ({"scaled": 0.8}, {}),
        ({"scaled": None}, {"least": None}),
        ({"result": {"score": {"raw": 45, "max": 50, "min": 0}, "success": True}}, {}),
        ({"result": {"score": {"scaled": 0.9}}}, {"needs_success": False}),
        ({"object": {"id": WELD + "/2"}}, {"begins": True}),
        ({"object": {"id": "urn:anything"}}, {"activity": ""}),
    ],
)
def test_what_counts(cast: Cast, statement: dict[str, Any], asked: dict[str, Any]) -> None:
    send(cast, said(cast, **statement))
    assert apply(cast, mapping(cast, **asked)) == 1


def test_somebody_is_found_by_the_address_in_their_record(cast: Cast) -> None:
    person = cast.enrolments["26001"].person
    person.email = "chen.wei@lanchuan.example"
    person.save()
    send(cast, said(cast, actor={"mbox": "mailto:Chen.Wei@lanchuan.example"}))
    row = mapping(cast)
    assert apply(cast, row) == 1
    other = said(cast, actor={"mbox": "mailto:wang@lanchuan.example", "name": "Wang"})
    send(cast, other)
    assert apply(cast, row) == 0
    wang = cast.enrolments["26002"].person
    wang.email = "wang@lanchuan.example"
    wang.save()
    assert apply(cast, row) == 0  # it has been read
    actions.read_again(row, by=cast.actor("coordinator"), at=AT)
    assert apply(cast, row) == 1
    assert sorted(number for number, _score in counted()) == ["26001", "26002"]


def test_only_this_program_and_only_apprentices_of_this_organisation(cast: Cast) -> None:
    row = mapping(cast)
    send(cast, said(cast, actor=agent(cast) | {"account": {"homePage": "x:y", "name": "z"}}))
    stranger = cast.people["stranger"]
    home = agent(cast)["account"]["homePage"]
    send(cast, said(cast, actor={"account": {"homePage": home, "name": stranger.public_id}}))
    assert apply(cast, row) == 0
    found = preview(row)
    assert (len(found.found), found.enough, found.counting, found.nobody) == (2, 2, 0, 2)
    assert {one.who for one in found.found} == {"x:y z", f"{home} {stranger.public_id}"}


def test_what_is_voided_counts_no_more(cast: Cast) -> None:
    own = send(cast, said(cast), said(cast))[0]
    row = mapping(cast)
    apply(cast, row)
    assert len(_proofs(cast)) == 2
    voiding = {"id": "http://adlnet.gov/expapi/verbs/voided"}
    send(cast, said(cast, verb=voiding, object={"objectType": "StatementRef", "id": own}))
    assert len(_proofs(cast)) == 1


def _proofs(cast: Cast) -> list[Any]:
    enrolment = cast.enrolments["26001"]
    group = Group.of(enrolment.cohort_id, [enrolment.pk])
    asked = Asked(group, AT.date() + timedelta(days=400), ZoneInfo("Asia/Shanghai"))
    return [one for one in proofs_of(asked) if one.kind == "measured"]


def test_it_is_a_proof_of_the_skill(cast: Cast) -> None:
    send(cast, said(cast, 0.9))
    apply(cast, mapping(cast))
    (proof,) = _proofs(cast)
    assert (proof.skill, proof.value, proof.on, proof.by) == (TALKS, 0.9, date(2026, 9, 10), ("VR welder",))
    assert proof.about == Text.of({"zh": "角焊缝", "en": "Fillet weld"})


def test_a_program_may_speak_of_several_skills(cast: Cast) -> None:
    send(cast, said(cast))
    for skill in (TALKS, PLANS):
        assert apply(cast, mapping(cast, skill=skill)) == 1
    assert {proof.skill for proof in _proofs(cast)} == {TALKS, PLANS}


def test_it_is_switched_off_once_and_for_all(cast: Cast) -> None:
    send(cast, said(cast))
    row = mapping(cast)
    apply(cast, row)
    by = cast.actor("coordinator")
    for _ in range(2):
        assert actions.stop_mapping(row, by=by, at=AT).stopped_at == AT
    assert AuditEntry._base_manager.filter(fact="outside.mapping_stopped").count() == 1
    send(cast, said(cast))
    assert take_outside_evidence(AT) == apply(cast, row) == 0
    assert len(_proofs(cast)) == 1
    with pytest.raises(Refused, match="outside.stopped"):
        actions.read_again(row, by=by, at=AT)


def test_one_that_fails_keeps_no_other_waiting(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = mapping(cast), mapping(cast, skill=PLANS)
    send(cast, said(cast))

    def failing(row: Any, lines: Any) -> Any:
        if row.pk == first.pk:
            raise RuntimeError("broken")
        return matches(row, lines)

    matches = actions.matches
    monkeypatch.setattr(actions, "matches", failing)
    assert take_outside_evidence(AT) == 1
    assert OutsideEvidence._base_manager.get().mapping_id == second.pk


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"name": " "}, "no_name"),
        ({"name": "x" * 81}, "no_name"),
        ({"client": None}, "no_program"),
        ({"verb": "passed"}, "not_an_address"),
        ({"verb": ""}, "not_an_address"),
        ({"activity": "fillet"}, "not_an_address"),
        ({"activity": "", "begins": True}, "nothing_to_begin"),
        ({"skill": "juggling"}, "skill_unknown"),
        ({"least": 101}, "least_unclear"),
        ({"least": -1}, "least_unclear"),
    ],
)
def test_what_is_no_mapping(cast: Cast, other: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=f"outside.{reason}"):
        draft(cast, **other)


def test_only_a_program_of_one_s_own_that_may_send(cast: Cast) -> None:
    others = token_of(cast.jinheng), token_of(cast.college, "xapi:read")
    for client in others:
        with pytest.raises(Refused, match="no_program"):
            draft(cast, client=client)
    one = simulator(cast)
    assert programs(cast.college) == [one]


@pytest.mark.parametrize("who", ["trainer", "apprentice", "mentor", "auditor"])
def test_only_whoever_looks_after_cohorts_says_what_counts(cast: Cast, who: str) -> None:
    row, one = mapping(cast), draft(cast)
    by = cast.actor(who, cast.jinheng if who == "mentor" else None)
    for act in (actions.stop_mapping, actions.read_again):
        with pytest.raises(Refused):
            act(row, by=by, at=AT)
    with pytest.raises(Refused):
        actions.make_mapping(one, by=by, at=AT)


def test_scores() -> None:
    assert score_of({}) is None
    assert score_of({"score": {"raw": 5}}) is None
    assert score_of({"score": {"scaled": -0.5}}) == 0
    assert score_of({"score": {"raw": 5, "min": 0, "max": 10}}) == 5000
    assert score_of({"score": {"raw": 5, "max": 0}}) is None


def test_many_statements_cost_as_many_questions_as_few(cast: Cast) -> None:
    row, asked = mapping(cast), []
    for number in (3, 60):
        send(cast, *(said(cast) for _ in range(number)))
        with CaptureQueriesContext(connection) as queries:
            assert apply(cast, row) == number
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert PASSED in {row.verb}
