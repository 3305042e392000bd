"""What changes of a planned sitting: time, terms, candidates; two examinations at one time."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from craftpath.domain.apprenticeships.actions import (
    RosterEntry,
    plan_cohort,
    start_cohort,
    take_roster,
)
from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.domain.exams.actions import (
    add_candidate,
    cancel_sitting,
    close_sitting,
    excuse_absence,
    move_sitting,
    name_invigilators,
    plan_sitting,
    remove_candidate,
    settle_terms,
)
from craftpath.domain.exams.invigilating import who_may_watch
from craftpath.domain.exams.models import Candidate, Invigilator, Sitting
from craftpath.domain.exams.terms import Terms
from craftpath.kernel.audit import AuditEntry
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.exams.hall import OPENS, begin, candidate, opened, planned
from tests.domain.exams.world_again import published

pytestmark = pytest.mark.usefixtures("all_rows")
HOUR = timedelta(hours=1)


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"^exams.{reason}$")


def move(cast: Cast, row: Sitting, **other: Any) -> Sitting:
    given = {"starts_at": OPENS + HOUR, "minutes": 45, "place": "305", "because": "机房检修"} | other
    return move_sitting(row, **given, by=cast.actor("coordinator"), at=AT)


def late_comer(cast: Cast) -> Enrolment:
    entry = RosterEntry(number="26009", name="钱小芳", name_latin="", enterprise=None)
    take_roster(cast.cohort, [entry], by=cast.actor("coordinator"), at=AT)
    return Enrolment.objects.select_related("cohort", "person").get(number="26009")


def test_a_sitting_is_moved_with_a_reason_once(cast: Cast) -> None:
    row = move(cast, planned(cast))
    assert (row.starts_at, row.minutes, row.place, row.sequence) == (OPENS + HOUR, 45, "305", 1)
    told = AuditEntry.objects.filter(fact="exams.sitting_moved").count()
    assert move(cast, row, because="").sequence == 1  # the same again says nothing
    assert AuditEntry.objects.filter(fact="exams.sitting_moved").count() == told
    with refused("no_reason"):
        move(cast, row, minutes=50, because=" ")
    with refused("sitting_in_the_past"):
        move(cast, row, starts_at=AT)


def test_what_has_begun_is_not_moved(cast: Cast) -> None:
    row, _codes = opened(cast)
    with refused("sitting_not_planned"):
        move(cast, row)


def test_nobody_sits_in_two_examinations_at_once(cast: Cast) -> None:
    row = planned(cast)
    with refused("sits_elsewhere") as found:
        planned(cast, paper=row.paper, starts_at=OPENS + HOUR / 2)
    assert "陈雨桐" in found.value.verdict.facts["names"]
    other = planned(cast, paper=row.paper, starts_at=OPENS + HOUR)  # ends when the other begins
    with refused("sits_elsewhere"):
        move(cast, other, starts_at=OPENS)
    cancel_sitting(row, because="x", by=cast.actor("trainer"), at=AT)
    move(cast, other, starts_at=OPENS)


def test_terms_are_settled_until_marks_are_out(cast: Cast) -> None:
    row, terms = planned(cast), Terms(70, 2, "absent", "capped")
    by = {"by": cast.actor("trainer"), "at": AT}
    row = settle_terms(row, terms, appeal_days=7, show_answers=True, **by)
    assert (row.pass_percent, row.most_resits, row.resit_counts, row.appeal_days) == (70, 2, "capped", 7)
    for wrong in (Terms(101), Terms(60, 10), Terms(60, 1, "x"), Terms(60, 1, "absent", "x")):
        with refused("terms_outside"):
            settle_terms(row, wrong, appeal_days=7, show_answers=True, **by)
    with refused("terms_outside"):
        settle_terms(row, terms, appeal_days=366, show_answers=True, **by)
    cancel_sitting(row, because="x", **by)
    done = published(cast, paper=row.paper)
    with refused("terms_are_fixed"):
        settle_terms(done, terms, appeal_days=14, show_answers=False, **by)
    assert settle_terms(done, Terms(), appeal_days=14, show_answers=True, **by).show_answers


def test_somebody_comes_in_addition_and_somebody_does_not_come(cast: Cast) -> None:
    row, codes = opened(cast)
    by = {"by": cast.actor("trainer"), "at": OPENS}
    late = late_comer(cast)
    made = add_candidate(row, late, **by)
    assert add_candidate(row, late, **by) == made
    assert made.seat == "6"
    who = candidate(cast, row, "26002")
    with refused("no_reason"):
        remove_candidate(who, because="", **by)
    remove_candidate(who, because="转班", **by)
    remove_candidate(who, because="转班", **by)
    with refused("code_unknown"):
        begin(codes["26002"])
    begin(codes["26001"])
    with refused("candidate_has_begun"):
        remove_candidate(candidate(cast, row), because="x", **by)
    close_sitting(row, **by)
    with refused("is_closed"):
        remove_candidate(candidate(cast, row, "26003"), because="x", **by)
    with refused("is_closed"):
        add_candidate(row, cast.enrolments["26002"], **by)


def test_whoever_is_added_to_a_sitting_on_paper_has_a_sheet(cast: Cast) -> None:
    row = planned(cast, on_paper=True)
    assert add_candidate(row, late_comer(cast), by=cast.actor("trainer"), at=AT).on_paper


def test_only_who_is_active_in_the_cohort_is_added(cast: Cast) -> None:
    row = planned(cast)
    by = {"by": cast.actor("trainer"), "at": AT}
    gone = late_comer(cast)
    Enrolment.objects.filter(pk=gone.pk).update(state="suspended")
    gone.refresh_from_db()
    with refused("candidate_of_another"):
        add_candidate(row, gone, **by)


def test_whoever_did_not_come_is_excused_and_not_any_more(cast: Cast) -> None:
    row, codes = opened(cast)
    begin(codes["26001"])
    by = {"by": cast.actor("trainer"), "at": OPENS}
    with refused("sitting_not_closed"):
        excuse_absence(candidate(cast, row, "26002"), because="病假", **by)
    close_sitting(row, **by)
    assert excuse_absence(candidate(cast, row, "26002"), because=" 病假 ", **by).excused_because == "病假"
    assert excuse_absence(candidate(cast, row, "26002"), because="", **by).excused_because == ""
    with refused("candidate_was_there"):
        excuse_absence(candidate(cast, row), because="病假", **by)


@pytest.mark.parametrize("who", ["apprentice", "mentor", "assessor", "stranger"])
def test_others_change_nothing(cast: Cast, who: str) -> None:
    row = planned(cast)
    house = {"mentor": cast.jinheng, "stranger": cast.neighbour}.get(who)
    by = {"by": cast.actor(who, house), "at": AT}
    for act in (
        lambda: move_sitting(row, starts_at=OPENS + HOUR, minutes=9, place="", because="x", **by),
        lambda: settle_terms(row, Terms(1), appeal_days=1, show_answers=True, **by),
        lambda: add_candidate(row, cast.enrolments["26001"], **by),
        lambda: remove_candidate(candidate(cast, row), because="x", **by),
        lambda: excuse_absence(candidate(cast, row), because="x", **by),
    ):
        with pytest.raises(Refused) as found:
            act()
        assert found.value.verdict.who
    assert Candidate.objects.filter(sitting=row).count() == 5


def test_the_same_press_plans_once_although_people_would_clash_with_themselves(cast: Cast) -> None:
    row, made_id = planned(cast), uuid.uuid4()
    given: dict[str, Any] = {"made_id": made_id, "starts_at": OPENS + 2 * HOUR, "minutes": 30}
    by = {"by": cast.actor("trainer"), "at": AT}
    first = plan_sitting(cast.cohort, row.paper, **given, **by)
    assert plan_sitting(cast.cohort, row.paper, **given, **by) == first


class TestInvigilators:
    def test_they_are_named_changed_and_told_once(self, cast: Cast) -> None:
        row, by = planned(cast), cast.actor("coordinator")
        staff = [cast.people["trainer"], cast.people["coordinator"]]
        for _ in range(2):
            name_invigilators(row, staff, by=by, at=AT)
        assert AuditEntry.objects.filter(fact="exams.invigilators_named").count() == 1
        name_invigilators(row, staff[:1], by=by, at=AT)
        assert list(Invigilator.objects.values_list("person__username", flat=True)) == ["t01"]
        name_invigilators(row, [], by=by, at=AT)
        assert not Invigilator.objects.exists()

    def test_they_are_staff_who_may_hold_one(self, cast: Cast) -> None:
        names = {person.username for person in who_may_watch(cast.college, AT.date())}
        assert names == {"t01", "c01", "adm"}
        row = planned(cast)
        for name in ("assessor", "mentor", "apprentice", "stranger"):
            with refused("cannot_watch"):
                name_invigilators(row, [cast.people[name]], by=cast.actor("coordinator"), at=AT)
        with pytest.raises(Refused, match="kernel.role_lacks"):
            name_invigilators(row, [cast.people["trainer"]], by=cast.actor("assessor"), at=AT)

    def test_nobody_watches_in_two_rooms(self, cast: Cast) -> None:
        by, trainer = cast.actor("coordinator"), [cast.people["trainer"]]
        row = planned(cast)
        name_invigilators(row, trainer, by=by, at=AT)
        other = elsewhere(cast, row)
        with refused("watches_elsewhere"):
            name_invigilators(other, trainer, by=by, at=AT)
        later = move_sitting(
            other, starts_at=OPENS + 5 * HOUR, minutes=45, place="", because="错开", by=by, at=AT
        )
        name_invigilators(later, trainer, by=by, at=AT)
        with refused("watches_elsewhere"):
            move_sitting(later, starts_at=OPENS, minutes=45, place="", because="改回", by=by, at=AT)

    def test_a_closed_sitting_keeps_its_own(self, cast: Cast) -> None:
        row, _codes = opened(cast)
        close_sitting(row, by=cast.actor("coordinator"), at=OPENS + HOUR)
        with refused("is_closed"):
            name_invigilators(row, [cast.people["trainer"]], by=cast.actor("coordinator"), at=AT)


def elsewhere(cast: Cast, row: Sitting) -> Sitting:
    """Another cohort sits at the same time."""
    by = cast.actor("coordinator")
    names = {"zh": "焊工 2 班", "en": "Welders 2"}
    cohort = plan_cohort(
        organisation=cast.college, programme=cast.programme, name=names, occupation=names,
        starts_on=cast.cohort.starts_on, by=by, at=AT,
    )  # fmt: skip
    cohort = start_cohort(cohort, by=by, at=AT)
    take_roster(cohort, [RosterEntry(number="26101", name="吴新", name_latin="")], by=by, at=AT)
    return plan_sitting(cohort, row.paper, made_id=uuid.uuid4(), starts_at=OPENS, minutes=45, by=by, at=AT)
