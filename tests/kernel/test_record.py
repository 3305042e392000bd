"""What is done is recorded: facts, audit, reactions, files, sheets, first passwords."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import ClassVar

import pytest
from django.db import transaction

from craftpath.kernel import facts, sheets
from craftpath.kernel.action import action
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.files import keep
from craftpath.kernel.signin import make_first_passwords
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


@dataclass(frozen=True)
class TeaPoured(facts.Fact):
    """A fact for tests only."""

    code: ClassVar[str] = "tests.tea_poured"
    cups: int
    price: Decimal


def test_telling_writes_one_row_with_exact_values(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(facts.FACTS, TeaPoured.code, TeaPoured)
    ref = Ref("tests", "tea", "1")
    entry = facts.tell(TeaPoured(2, Decimal("3.50")), by=cast.actor("coordinator"), at=AT, subject=ref)
    kept = AuditEntry.objects.get(pk=entry.pk)
    assert (kept.fact, kept.payload) == ("tests.tea_poured", {"cups": 2, "price": "3.50"})
    assert (kept.person, kept.organisation, kept.at) == (cast.people["coordinator"], cast.college, AT)
    assert kept.subject == "tests/tea/1"


def test_an_audit_row_is_never_altered(cast: Cast) -> None:
    entry = AuditEntry.objects.first()
    assert entry is not None
    with pytest.raises(TypeError, match="never altered"):
        entry.save()


def test_reactions_run_for_a_told_fact_and_not_for_one_rolled_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[int] = []
    monkeypatch.setitem(facts.FACTS, TeaPoured.code, TeaPoured)
    monkeypatch.setitem(facts.REACTIONS, TeaPoured.code, [lambda told: heard.append(told.fact.cups)])
    facts.tell(TeaPoured(2, Decimal(1)), by=cast.actor("coordinator"), at=AT)
    assert heard == [2]
    before = AuditEntry.objects.count()

    class Undo(Exception):  # noqa: N818
        pass

    def pour_and_fail() -> None:
        with transaction.atomic():
            facts.tell(TeaPoured(3, Decimal(1)), by=cast.actor("coordinator"), at=AT)
            raise Undo

    with pytest.raises(Undo):
        pour_and_fail()
    assert AuditEntry.objects.count() == before


def test_a_job_runs_one_reaction_even_if_two_nouns_call_theirs_alike(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    def listener(noun: str) -> facts.Reaction:
        def on_tea_poured(told: facts.Told) -> None:
            heard.append(noun)

        on_tea_poured.__module__ = f"craftpath.domain.{noun}.reactions"
        return on_tea_poured

    both = [listener("evaluation"), listener("pairing")]
    monkeypatch.setitem(facts.FACTS, TeaPoured.code, TeaPoured)
    entry = facts.tell(TeaPoured(2, Decimal(1)), by=cast.actor("coordinator"), at=AT)
    monkeypatch.setitem(facts.REACTIONS, TeaPoured.code, both)
    facts.react(entry, facts.name_of(both[1]))
    assert heard == ["pairing"]


def test_a_job_for_a_reaction_that_is_gone_fails_and_is_not_passed_over(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(facts.FACTS, TeaPoured.code, TeaPoured)
    entry = facts.tell(TeaPoured(2, Decimal(1)), by=cast.actor("coordinator"), at=AT)
    with pytest.raises(LookupError, match="no reaction to tests.tea_poured is called on_gone"):
        facts.react(entry, "on_gone")


def test_two_facts_cannot_share_a_code() -> None:
    class Other(facts.Fact):
        code = "kernel.sheet_committed"

    with pytest.raises(TypeError, match="two facts"):
        facts.fact(Other)


def test_an_action_without_by_and_at_does_not_even_import() -> None:
    with pytest.raises(TypeError, match="takes `by`"):
        action(lambda *, at: None)
    with pytest.raises(TypeError, match="takes `at`"):
        action(lambda *, by: None)


def test_a_kept_file_keeps_bytes_and_forgets_paths(cast: Cast) -> None:
    row = keep(
        b"\x00abc", "../../etc/成绩.xlsx", organisation=cast.college, by=cast.actor("coordinator"), at=AT
    )
    assert (row.name, row.size, row.bytes()) == ("成绩.xlsx", 4, b"\x00abc")
    assert row.sha256 == hashlib.sha256(b"\x00abc").hexdigest()
    assert row.public_id in row.content.name
    assert "成绩" not in row.content.name


def _sheet(cast: Cast) -> sheets.SheetImport:
    return sheets.take_sheet(
        content=b"a,b\n1,2\n",
        name="a.csv",
        kind="marks",
        target=Ref("evaluation", "evaluation", cast.evaluation.public_id),
        reading={},
        organisation=cast.college,
        by=cast.actor("coordinator"),
        at=AT,
    )


def test_a_sheet_is_committed_once(cast: Cast) -> None:
    by = cast.actor("coordinator")
    sheet = sheets.commit_sheet(_sheet(cast), outcome={"added": 1}, by=by, at=AT)
    assert (sheet.state, sheet.outcome, sheet.ended_by) == ("committed", {"added": 1}, by.person)
    with pytest.raises(Refused) as caught:
        sheets.commit_sheet(sheet, outcome={"added": 1}, by=by, at=AT)
    assert caught.value.verdict.reason == "flow.not_now"
    with pytest.raises(Refused):
        sheets.discard_sheet(sheet, by=by, at=AT)
    with pytest.raises(Refused) as caught:
        sheets.read_sheet_as(sheet, reading={"x": 1}, by=by, at=AT)
    assert caught.value.verdict.reason == "kernel.sheet_ended"


def test_a_discarded_sheet_stays_for_the_record(cast: Cast) -> None:
    sheet = sheets.discard_sheet(_sheet(cast), by=cast.actor("coordinator"), at=AT)
    assert sheet.state == "discarded"
    assert sheets.imports().get().file.bytes() == b"a,b\n1,2\n"


def test_first_passwords_work_once_and_are_kept_nowhere(cast: Cast) -> None:
    people = [cast.people["apprentice"], cast.people["classmate"]]
    slips = make_first_passwords(people, by=cast.actor("coordinator"), at=AT)
    assert len({slip.password for slip in slips}) == 2
    for slip in slips:
        slip.person.refresh_from_db()
        assert slip.person.check_password(slip.password)
        assert slip.person.must_change_password
    entry = AuditEntry.objects.get(fact="kernel.first_passwords_made")
    assert entry.payload == {"people": [person.public_id for person in people]}
    assert all(slip.password not in str(entry.payload) for slip in slips)


def test_a_trainer_prints_no_slips(cast: Cast) -> None:
    with pytest.raises(Refused) as caught:
        make_first_passwords([cast.people["apprentice"]], by=cast.actor("trainer"), at=datetime.now(tz=UTC))
    assert caught.value.verdict.reason == "kernel.role_lacks"
