"""Papers: versions, who may, hostile files, the meter, being asked once; and the archive's row."""

from __future__ import annotations

import uuid
from fractions import Fraction

import pytest

from craftpath.domain.subsidies import actions, papering, queries
from craftpath.domain.subsidies.models import FilePaper, FilePerson, Pack, PaperAsk, SubsidyFile
from craftpath.engines.allowances.subsidies import Present
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.subsidies.world import PDF, hr, officer, opened, paper, refused, settled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def meter(file: SubsidyFile, *present: Present):  # type: ignore[no-untyped-def]
    papers = queries.papers_of(file)
    return papering.meter(file, queries.people_of(file), [*papering.uploaded(papers), *present])


def test_versions_are_kept_and_the_newest_counts(cast: Cast) -> None:
    file = opened(cast, "shenzhen")
    first = paper(file, hr(cast), "training_video")
    paper(file, hr(cast), "training_video")
    second = paper(file, hr(cast), "training_video", replaces=first)
    rows = FilePaper.objects.filter(file=file).order_by("pk")
    assert [(row.copy, row.version, row.replaced_at is None) for row in rows] == [
        (1, 1, False), (2, 1, True), (1, 2, True),
    ]  # fmt: skip
    assert second.kept.bytes() == PDF
    missing = {one.paper: one.has for one in meter(file).missing}
    assert missing["training_video"] == 2


def test_a_press_twice_is_one_paper(cast: Cast) -> None:
    file, made_id = opened(cast), uuid.uuid4()
    assert paper(file, hr(cast), made_id=made_id) == paper(file, hr(cast), made_id=made_id)
    assert FilePaper.objects.count() == 1


def test_the_meter_counts_what_the_house_knows_and_what_was_uploaded(cast: Cast) -> None:
    file = opened(cast, "shenzhen")
    people = [row.public_id for row in queries.people_of(file)]
    paper(file, hr(cast), "training_plan")
    found = meter(file, Present("roster", "class"), *(Present("training_agreement", one) for one in people))
    assert (found.steps["plan"].whole, found.steps["plan"].wanted) == (5, 6)
    assert found.steps["plan"].share == Fraction(5, 6)
    wanted = {(one.paper, one.subject) for one in found.missing if one.step == "plan"}
    assert wanted == {("cooperation_agreement", "class")}
    row = FilePerson.objects.filter(file=file).order_by("pk")[0]
    actions.exclude_person(row, reason="full_time_student", by=hr(cast), at=AT)
    assert row.public_id not in {one.subject for one in meter(file).missing}


def test_hostile_files_are_refused_and_nothing_is_replaced(cast: Cast) -> None:
    file = opened(cast)
    first = paper(file, hr(cast))
    for content in (b"", b"MZ\x90\x00", b"<html><script>1</script>", b"PK\x03\x04 broken", b"\x89PNG broken"):
        with pytest.raises(Refused):
            paper(file, hr(cast), content=content, replaces=first)
    first.refresh_from_db()
    assert first.replaced_at is None
    kept = paper(file, hr(cast), name="../../etc/passwd\\con.pdf")
    assert kept.name == "con.pdf"


def test_what_is_not_asked_for_is_not_taken(cast: Cast) -> None:
    file = opened(cast)
    row = FilePerson.objects.filter(file=file).order_by("pk")[0]
    stranger = FilePerson.objects.filter(file=opened(cast)).order_by("pk")[0]
    for code, member, reason in (
        ("photo", None, "subsidies.paper_unknown"),
        ("training_plan", row, "subsidies.paper_of_whom"),
        ("training_agreement", None, "subsidies.paper_of_whom"),
        ("training_agreement", stranger, "subsidies.paper_of_whom"),
    ):
        with refused(reason):
            paper(file, hr(cast), code, member=member)
    with refused("subsidies.papers_closed"):
        paper(settled(cast), hr(cast))


def test_somebody_is_asked_once_and_hands_in_without_seeing_the_file(cast: Cast) -> None:
    file, trainer = opened(cast), cast.people["trainer"]
    by = cast.actor("trainer")
    with refused("subsidies.not_asked"):
        paper(file, by)
    asked = [actions.Asking(trainer, cast.college)]
    assert len(actions.ask_for_papers(file, "training_plan", asked, by=hr(cast), at=AT)) == 1
    assert actions.ask_for_papers(file, "training_plan", asked * 2, by=hr(cast), at=AT) == []
    assert AuditEntry.objects.filter(fact="subsidies.paper_asked").count() == 1
    with looking_for(by.scope):
        assert [row.paper for row in queries.asked_of(trainer)] == ["training_plan"]
        assert not SubsidyFile.objects.exists()
    paper(file, by)
    assert PaperAsk.objects.get().settled_at == AT
    with refused("subsidies.not_asked"):
        paper(file, by, "roster")


def test_the_authority_may_ask_and_others_may_not(cast: Cast) -> None:
    file = actions.file_plan(opened(cast), by=hr(cast), at=AT)
    asked = [actions.Asking(cast.people["hr"], cast.jinheng)]
    assert actions.ask_for_papers(file, "roster", asked, by=officer(cast), at=AT)
    with refused("kernel.role_lacks"):
        actions.ask_for_papers(file, "roster", asked, by=cast.actor("mentor", cast.jinheng), at=AT)


def test_what_was_handed_in_stands_with_the_step(cast: Cast) -> None:
    file = opened(cast)
    row = paper(file, hr(cast))
    file = actions.file_plan(file, by=hr(cast), at=AT)
    [handed] = file.events.get(move="file").handed
    assert (handed["paper"], handed["version"], handed["sha256"]) == ("training_plan", 1, row.kept.sha256)


def test_a_pack_that_cannot_be_fetched_says_so(cast: Cast) -> None:
    file = opened(cast)
    row = Pack.objects.create(file=file, asked_in=cast.jinheng, asked_by=cast.people["hr"], asked_at=AT)
    with refused("subsidies.pack_not_there"):
        actions.fetch_pack(row, by=hr(cast), at=AT)
