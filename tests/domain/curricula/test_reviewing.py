"""A version is reviewed by all sides, approved by somebody else, and becomes what new cohorts follow."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from craftpath.domain.apprenticeships.actions import plan_cohort
from craftpath.domain.curricula.actions import (
    Asked,
    activate_version,
    approve_version,
    draft_version,
    open_review,
    put_in,
    resolve,
    retire_version,
    return_version,
    save_card,
    say,
    set_links,
    set_minutes,
    take_out,
    vote,
)
from craftpath.domain.curricula.duties import votes_to_give
from craftpath.domain.curricula.models import CurriculumVersion, ReviewComment, Reviewer, VersionReview
from craftpath.domain.curricula.queries import curricula, programmes_to_choose, versions
from craftpath.domain.curricula.votes import tally
from craftpath.domain.evaluation.actions import open_evaluation
from craftpath.domain.programmes.models import EvaluationScheme, Programme
from craftpath.domain.programmes.queries import units_of
from craftpath.domain.training.actions import draft_plan
from craftpath.kernel.access import actor_in
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.duties import Asked as Day
from craftpath.kernel.tenancy import Scope, looking_for
from tests.cast import AT, TODAY, Cast
from tests.domain.curricula.world import asked, complete, first, in_review, refused, values, voted

pytestmark = pytest.mark.usefixtures("all_rows")


def test_a_review_asks_people_of_all_sides_and_locks_the_draft(cast: Cast) -> None:
    review = in_review(cast)
    version = CurriculumVersion.objects.get()
    assert version.state == "in_review"
    again = open_review(version, [], due_on=TODAY, revision=0, by=cast.actor("coordinator"), at=AT)
    assert again == review
    with refused("curricula.no_edit_in_review"):
        take_out(version, "quality", revision=version.revision, by=cast.actor("coordinator"), at=AT)


def test_only_people_of_the_organisation_and_of_its_partners_are_asked(cast: Cast) -> None:
    version, by = first(cast), cast.actor("coordinator")
    for people, reason in (
        ([], "nobody_asked"),
        (asked(cast), "not_a_partner"),
        ([Asked(cast.people["stranger"], "college", cast.college)], "asked_not_there"),
        ([Asked(cast.people["trainer"], "college", cast.college)] * 2, "asked_twice"),
    ):
        with refused(f"curricula.{reason}"):
            open_review(version, people, due_on=TODAY, revision=1, by=by, at=AT)
    with refused("curricula.due_out_of_range"):
        open_review(version, asked(cast)[:1], due_on=TODAY - timedelta(days=1), revision=1, by=by, at=AT)
    with refused("kernel.role_lacks"):
        open_review(version, asked(cast)[:1], due_on=TODAY, revision=1, by=cast.actor("assessor"), at=AT)


def test_a_reviewer_sees_that_version_only_and_votes_until_the_last_day(cast: Cast) -> None:
    version = first(cast)
    draft_version(version, by=cast.actor("coordinator"), at=AT)
    review = in_review(cast, version)
    mentor = cast.actor("mentor", cast.jinheng)
    with looking_for(mentor.scope):
        assert [row.number for row in versions()] == [1]
        assert curricula().count() == 1
    for nobody in (Scope(), Scope(mentor.scope.person_id, within=(cast.qinghe.path,))):
        with looking_for(nobody):
            assert (versions().count(), curricula().count()) == (0, 0)
    vote(review, "against", by=mentor, at=AT)
    vote(review, "changes", by=mentor, at=AT)
    assert Reviewer.objects.get(person=mentor.person).vote == "changes"
    with refused("curricula.not_asked"):
        vote(review, "agree", by=cast.actor("coordinator"), at=AT)
    with refused("curricula.no_vote"):
        vote(review, "maybe", by=mentor, at=AT)
    with refused("curricula.review_over"):
        vote(review, "agree", by=mentor, at=AT + timedelta(days=11))


def test_votes_of_few_apprentices_are_not_shown(cast: Cast) -> None:
    review = in_review(cast)
    rows = Reviewer.objects.filter(review=review, side="apprentices")
    rows.filter(pk__in=list(rows.values_list("pk", flat=True)[:4])).update(vote="against", voted_at=AT)
    few = tally(review.reviewers.all())[-1]
    assert (few.hidden, few.voted, few.against, few.missing) == (True, 4, 0, 1)
    rows.update(vote="against", voted_at=AT)
    enough = tally(review.reviewers.all())[-1]
    assert (enough.hidden, enough.against) == (False, 5)
    assert [one.side for one in tally(review.reviewers.all())] == ["college", "enterprise", "apprentices"]


def test_whoever_has_not_voted_has_a_duty(cast: Cast) -> None:
    review = in_review(cast)
    vote(review, "agree", by=cast.actor("trainer"), at=AT)
    waiting = set(votes_to_give(Day(AT, TODAY)).values_list("duty_who", flat=True))  # type: ignore[union-attr]
    assert cast.people["trainer"].pk not in waiting
    assert waiting == {one.person.pk for one in asked(cast)[1:]}


def test_history_names_no_apprentice(cast: Cast) -> None:
    review = in_review(cast)
    apprentice = actor_in(cast.enrolments["26001"].person, cast.college, TODAY)
    assert apprentice is not None
    told = AuditEntry.objects.filter(pk__gt=AuditEntry.objects.latest("pk").pk)
    for by in (apprentice, cast.actor("trainer")):
        vote(review, "changes", by=by, at=AT)
        remark = say(review, "太难", made_id=str(by.person), by=by, at=AT)
        resolve(remark, resolved=True, by=by, at=AT)
    assert [(row.fact, row.person_id) for row in told.order_by("pk")] == [
        (f"curricula.{code}", who)
        for who in (None, cast.people["trainer"].pk)
        for code in ("vote_given", "comment_made", "comment_resolved")
    ]


def test_remarks_are_answered_and_resolved_and_one_press_is_one_remark(cast: Cast) -> None:
    review, mentor = in_review(cast), cast.actor("mentor", cast.jinheng)
    made = [
        say(review, "学时太少", made_id="a", about="unit", key="quality", by=mentor, at=AT)
        for _press in range(2)
    ]
    assert made[0] == made[1]
    reply = say(review, "加 10 小时", made_id="b", answers=made[0], by=cast.actor("coordinator"), at=AT)
    assert (reply.about, reply.key, reply.side) == ("unit", "quality", "college")
    resolve(made[0], resolved=True, by=cast.actor("coordinator"), at=AT)
    resolve(made[0], resolved=False, by=mentor, at=AT)
    assert ReviewComment.objects.filter(resolved_at__isnull=False).count() == 0
    with refused("curricula.about_unknown"):
        say(review, "?", made_id="c", about="unit", key="moon", by=mentor, at=AT)
    with refused("curricula.no_words"):
        say(review, " ", made_id="d", by=mentor, at=AT)
    with refused("kernel.role_lacks"):
        resolve(made[0], resolved=True, by=cast.actor("assessor"), at=AT)


def test_a_version_goes_back_with_a_reason_and_keeps_its_review(cast: Cast) -> None:
    review, by = in_review(cast), cast.actor("coordinator")
    with refused("curricula.no_words"):
        return_version(review.version, because="", by=by, at=AT)
    version = return_version(review.version, because="按意见修改", by=by, at=AT)
    assert version.state == "draft"
    assert VersionReview.objects.get().state == "closed"
    with refused("curricula.review_closed"):
        vote(review, "agree", by=cast.actor("trainer"), at=AT)
    take_out(version, "quality", revision=version.revision, by=by, at=AT)


# ---- Approval and what follows -------------------------------------------------------------------


def test_nobody_approves_the_own_version_nor_before_the_others_have_voted(cast: Cast) -> None:
    review = in_review(cast)
    with refused("curricula.own_version"):
        approve_version(review.version, by=cast.actor("coordinator"), at=AT)
    other = cast.actor("administrator")
    with refused("kernel.role_lacks"):
        approve_version(review.version, by=cast.actor("trainer"), at=AT)
    with refused("curricula.nobody_voted"):
        approve_version(review.version, by=other, at=AT + timedelta(days=11))
    vote(review, "agree", by=cast.actor("trainer"), at=AT)
    with refused("curricula.votes_missing"):
        approve_version(review.version, by=other, at=AT)
    assert approve_version(review.version, by=other, at=AT + timedelta(days=11)).state == "approved"


@pytest.mark.parametrize("lack", ["hours", "unseen"])
def test_gaps_refuse_an_approval_unless_they_are_waived_with_a_reason(cast: Cast, lack: str) -> None:
    version, by = complete(first(cast), cast.actor("coordinator")), cast.actor("coordinator")
    if lack == "hours":
        set_minutes(version, {"quality": 59 * 60}, revision=version.revision, by=by, at=AT)
    else:
        set_links(version, teaches=[("measure", "tools_materials")], sees=[], among=["measure"],
                  revision=version.revision, by=by, at=AT)  # fmt: skip
    version.refresh_from_db()
    review = open_review(version, asked(cast)[:1], due_on=TODAY, revision=version.revision, by=by, at=AT)
    vote(review, "agree", by=cast.actor("trainer"), at=AT)
    other = cast.actor("administrator")
    with refused("curricula.gaps_remain"):
        approve_version(version, by=other, at=AT)
    done = approve_version(version, waive="试点一年", by=other, at=AT)
    assert done.waived == {"because": "试点一年", "gaps": 1}


def test_an_active_version_is_a_programme_that_new_cohorts_follow_while_a_running_one_stays(
    cast: Cast,
) -> None:
    by, other = cast.actor("coordinator"), cast.actor("administrator")
    running = cast.cohort.programme_id
    before = [unit.key for unit in units_of(running)]
    version = first(cast)
    made = save_card(cast.college, values("turning_basics", minutes=60 * 60), by=by, at=AT)
    put_in(version, made, stage="craftsman", revision=1, by=by, at=AT)
    set_minutes(version, {"standard_jobs": 73 * 60}, revision=2, by=by, at=AT)
    version.refresh_from_db()
    version = voted(cast, in_review(cast, version))
    approve_version(version, by=other, at=AT)
    for _press in range(2):
        version = activate_version(version, by=other, at=AT)
    programme = version.programme
    assert programme is not None
    assert (programme.key, programme.version, programme.organisation) == ("cnc-turner", 1, cast.college)
    assert "turning_basics" in [unit.key for unit in units_of(programme.pk)]
    assert [stage.key for stage in programme.stages.all()] == [s.key for s in cast.programme.stages.all()]
    assert programme.buckets.count() == 3
    assert programme.areas.count() == cast.programme.areas.count()
    assert programme.provisions.count() == cast.programme.provisions.count()
    cast.cohort.refresh_from_db()
    assert cast.cohort.programme_id == running
    assert [unit.key for unit in units_of(running)] == before
    cohort = plan_cohort(
        organisation=cast.college, programme=programme, name={"zh": "车工 2027 级"},
        occupation={"zh": "数控车工"}, starts_on=date(2027, 3, 1), by=by, at=AT,
    )  # fmt: skip
    assert draft_plan(cohort, by=by, at=AT).units.get(key="turning_basics").minutes == 3600
    scheme = EvaluationScheme.objects.get(programme=programme)
    assert (scheme.state, scheme.definition) == ("in_use", cast.preset.definition)
    evaluation = open_evaluation(
        cohort=cohort, stage=programme.stages.get(order=1), scheme=scheme, by=by, at=AT
    )
    assert evaluation.pk


def test_the_next_active_version_retires_the_one_before_and_leaves_its_programme(cast: Cast) -> None:
    by, other = cast.actor("coordinator"), cast.actor("administrator")
    version = voted(cast, in_review(cast))
    approve_version(version, by=other, at=AT)
    activate_version(version, by=other, at=AT)
    with refused("curricula.no_edit_active"):
        take_out(version, "quality", revision=version.revision, by=by, at=AT)
    second = draft_version(version, by=by, at=AT)
    review = open_review(second, asked(cast)[:1], due_on=TODAY, revision=1, by=by, at=AT)
    vote(review, "agree", by=cast.actor("trainer"), at=AT)
    approve_version(second, by=other, at=AT)
    activate_version(second, by=other, at=AT)
    assert list(CurriculumVersion.objects.order_by("number").values_list("state", flat=True)) == [
        "retired", "active",
    ]  # fmt: skip
    assert Programme.objects.filter(key="cnc-turner").count() == 2
    chosen = programmes_to_choose()
    assert [one.version for one in chosen.filter(key="cnc-turner")] == [2]
    assert cast.programme in chosen
    retire_version(second, by=other, at=AT)
    assert not programmes_to_choose().filter(key="cnc-turner").exists()


def test_a_draft_is_given_up_and_stays_given_up(cast: Cast) -> None:
    version = first(cast)
    for _press in range(2):
        version = retire_version(version, by=cast.actor("trainer"), at=AT)
    assert version.state == "retired"
    with refused("curricula.no_edit_retired"):
        take_out(version, "quality", revision=1, by=cast.actor("trainer"), at=AT)
