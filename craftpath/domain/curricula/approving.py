"""The way of a version out of its review: approved by somebody else, active as a programme's version, retired."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from craftpath.domain.curricula import rules
from craftpath.domain.curricula.editing import held, held_curriculum
from craftpath.domain.curricula.facts import VersionActivated, VersionApproved, VersionRetired
from craftpath.domain.curricula.gaps import NOT_WAIVED, Gap, gaps_of
from craftpath.domain.curricula.models import CurriculumVersion, Reviewer, VersionReview
from craftpath.domain.curricula.queries import Content, content_of
from craftpath.domain.curricula.reviewing import close_review
from craftpath.domain.curricula.states import VERSION
from craftpath.domain.programmes.versions import OutcomeRow, UnitRow, write_version
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import YES, Refused, Verdict, not_now, require


@action
def approve_version(
    version: CurriculumVersion, *, waive: str = "", by: Actor, at: datetime
) -> CurriculumVersion:
    """Approve a version in review. Gaps of hours and coverage refuse it, unless `waive` says why they may stay.

    Approving again changes nothing.
    """
    version = held(version)
    require(rules.may_approve(by, version))
    if version.state in ("approved", "active"):
        return version
    state = VERSION.after(version.state, "approve")
    gaps = gaps_of(content_of(version))
    require(can_approve(version, gaps, waive, localdate(at)))
    version.state, version.approved_by, version.approved_at = state, by.person, at
    version.waived = {"because": waive.strip(), "gaps": len(gaps)} if gaps else {}
    version.save(update_fields=["state", "approved_by", "approved_at", "waived"])
    close_review(version, "approve", at=at)
    told = VersionApproved(version.number, len(gaps), waive.strip() if gaps else "")
    tell(told, by=by, at=at, organisation=version.curriculum.organisation, subject=version.ref)
    return version


def can_approve(version: CurriculumVersion, gaps: list[Gap], waive: str, today: date) -> Verdict:
    """Everybody asked has voted, or the last day is over and somebody has; and no gap is left that nobody waives."""
    verdict = heard(version, today)
    if not verdict:
        return verdict
    fixed = next((gap for gap in gaps if gap.code in NOT_WAIVED), None)
    if fixed is not None:
        return not_now(fixed.code)
    if gaps and not waive.strip():
        return not_now("curricula.gaps_remain", count=len(gaps))
    too_long = len(waive) > rules.LONGEST_WORDS
    return not_now("curricula.words_too_long", most=rules.LONGEST_WORDS) if too_long else YES


def heard(version: CurriculumVersion, today: date) -> Verdict:
    """Whether those asked have been heard: all have voted, or some and the last day is over."""
    review = VersionReview._base_manager.filter(version=version, state="open").first()
    if review is None:
        return not_now("curricula.not_reviewed")
    votes = list(Reviewer.objects.filter(review=review).values_list("vote", flat=True))
    missing = votes.count("")
    if missing == len(votes):
        return not_now("curricula.nobody_voted")
    if missing and today <= review.due_on:
        return not_now("curricula.votes_missing", count=missing, due_on=review.due_on)
    return YES


@action
def activate_version(version: CurriculumVersion, *, by: Actor, at: datetime) -> CurriculumVersion:
    """Write an approved version as a version of a programme, which new cohorts choose; the active one before retires.

    Cohorts keep the programme that they began with. Activating again changes nothing.
    """
    held_curriculum(version)
    version = held(version)
    require(rules.may_activate(by, version))
    if version.state == "active":
        return version
    state = VERSION.after(version.state, "activate")
    if version.scheme is None:
        raise Refused(not_now("curricula.gap_no_scheme"))
    curriculum = version.curriculum
    for former in CurriculumVersion._base_manager.filter(curriculum=curriculum, state="active"):
        _retire(held(former), by=by, at=at)
    version.programme = write_version(
        curriculum.programme, organisation=curriculum.organisation, key=curriculum.key,
        version=version.number, name=curriculum.name, units=rows_of(content_of(version)),
        scheme=version.scheme, by=by, at=at,
    )  # fmt: skip
    version.state, version.activated_at = state, at
    version.save(update_fields=["state", "activated_at", "programme"])
    told = VersionActivated(version.number, version.programme.public_id)
    tell(told, by=by, at=at, organisation=curriculum.organisation, subject=version.ref)
    return version


@action
def retire_version(version: CurriculumVersion, *, by: Actor, at: datetime) -> CurriculumVersion:
    """Offer a version no more, or give a draft up; cohorts that follow it go on. Retiring again changes nothing."""
    version = held(version)
    design = version.approved_at is None
    organisation = version.curriculum.organisation
    require(rules.may_design(by, organisation) if design else rules.may_activate(by, version))
    return version if version.state == "retired" else _retire(version, by=by, at=at)


def _retire(version: CurriculumVersion, *, by: Actor, at: datetime) -> CurriculumVersion:
    version.state, version.retired_at = VERSION.after(version.state, "retire"), at
    version.save(update_fields=["state", "retired_at"])
    told = VersionRetired(version.number)
    tell(told, by=by, at=at, organisation=version.curriculum.organisation, subject=version.ref)
    return version


def rows_of(content: Content) -> list[UnitRow]:
    """The units of a version as a programme keeps them; an outcome of several units stands in each."""
    return [
        UnitRow(
            unit.stage, unit.key, unit.name, unit.place, unit.bucket, unit.minutes, unit.hazardous,
            list(unit.skills),
            [OutcomeRow(one.key, one.name, one.skills, one.area) for one in content.outcomes_of(unit.key)],
        )
        for unit in content.units
    ]  # fmt: skip
