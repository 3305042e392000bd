"""Reviews: a version put before people of all sides, their votes and remarks, and its way back to its designers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.domain.curricula import rules
from craftpath.domain.curricula.editing import held, held_draft, require_revision
from craftpath.domain.curricula.facts import (
    CommentMade,
    CommentResolved,
    ReviewOpened,
    VersionReturned,
    VoteGiven,
)
from craftpath.domain.curricula.library import is_key
from craftpath.domain.curricula.models import CurriculumVersion, ReviewComment, Reviewer, VersionReview
from craftpath.domain.curricula.models.reviews import LONGEST_MADE
from craftpath.domain.curricula.states import REVIEW, VERSION
from craftpath.domain.partnership.queries import in_force_among
from craftpath.kernel.access import Actor, memberships_on, system
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.kernel.people import Person

MOST_DAYS = 120


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is asked: for which side, and where he or she belongs."""

    person: Person
    side: str
    organisation: Organisation


@action
def open_review(
    version: CurriculumVersion,
    asked: Sequence[Asked],
    *,
    due_on: date,
    words: str = "",
    revision: int,
    by: Actor,
    at: datetime,
) -> VersionReview:
    """Put a draft before people until a day; who asks names each with a side. An open review is given as it is."""
    standing = VersionReview._base_manager.filter(version=version, state="open").first()
    if standing is not None:
        require(rules.may_design(by, held(version).curriculum.organisation))
        return standing
    version = held_draft(version, by=by)
    require_revision(version, revision)
    today = localdate(at)
    if not version.units.exists():
        raise Refused(not_now("curricula.gap_no_units"))
    if not 0 <= (due_on - today).days <= MOST_DAYS:
        raise Refused(not_now("curricula.due_out_of_range", most=MOST_DAYS))
    if len(words) > rules.LONGEST_WORDS:
        raise Refused(not_now("curricula.words_too_long", most=rules.LONGEST_WORDS))
    _require_asked(version, asked, today)
    review = VersionReview.objects.create(
        version=version, due_on=due_on, words=words, opened_by=by.person, opened_at=at
    )
    Reviewer.objects.bulk_create(
        Reviewer(review=review, person=one.person, side=one.side, organisation=one.organisation)
        for one in asked
    )
    version.state = VERSION.after(version.state, "open")
    version.save(update_fields=["state"])
    told = ReviewOpened(version.number, len(asked), due_on.isoformat())
    tell(told, by=by, at=at, organisation=version.curriculum.organisation, subject=version.ref)
    return review


@action
def vote(
    review: VersionReview, given: str, *, words: str = "", made_id: str = "", by: Actor, at: datetime
) -> Reviewer:
    """Vote, or vote anew while the review is open; the same vote once more changes nothing.

    Words beside it, if any, become a remark on the whole (`made_id` as in `say`): both are kept, or neither.
    """
    review = _held_review(review, at)
    mine = reviewer_of(review, by)
    if mine is None:
        raise Refused(may_not("curricula.not_asked"))
    if given not in rules.VOTES:
        raise Refused(not_now("curricula.no_vote"))
    if words.strip():
        say(review, words, made_id=made_id, by=by, at=at)
    if mine.vote == given:
        return mine
    mine.vote, mine.voted_at = given, at
    mine.save(update_fields=["vote", "voted_at"])
    told = VoteGiven(review.version.number, mine.side)
    tell(told, by=_told_as(mine, by), at=at, organisation=_office(review), subject=review.version.ref)
    return mine


@action
def say(
    review: VersionReview,
    words: str,
    *,
    made_id: str,
    about: str = "whole",
    key: str = "",
    answers: ReviewComment | None = None,
    by: Actor,
    at: datetime,
) -> ReviewComment:
    """Remark on the whole, a unit or an outcome, or answer a remark; `made_id` makes one press one row."""
    review = _held_review(review, None)
    mine = reviewer_of(review, by)
    if mine is None:
        require(rules.may_design(by, review.version.curriculum.organisation))
    if not 0 < len(made_id) <= LONGEST_MADE:
        raise Refused(not_now("curricula.press_unclear"))
    standing = ReviewComment.objects.filter(review=review, made_id=made_id).first()
    if standing is not None:
        return standing
    require(rules.can_say(words))
    if answers is not None:
        about, key = answers.about, answers.key
    _require_about(review, about, key, answers)
    row = ReviewComment.objects.create(
        review=review, person=by.person, side=mine.side if mine else "college", about=about, key=key,
        words=words.strip(), answers=answers, made_id=made_id, made_at=at,
    )  # fmt: skip
    told = CommentMade(review.version.number, about, key)
    tell(told, by=_told_as(mine, by), at=at, organisation=_office(review), subject=review.version.ref)
    return row


@action
def resolve(comment: ReviewComment, *, resolved: bool, by: Actor, at: datetime) -> ReviewComment:
    """Mark a remark as resolved, or as open again: whoever made it may, and whoever designs."""
    comment = ReviewComment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    review = VersionReview._base_manager.select_related("version__curriculum__organisation").get(
        pk=comment.review_id
    )
    if by.person is None or comment.person_id != by.person.pk:
        require(rules.may_design(by, review.version.curriculum.organisation))
    if bool(comment.resolved_at) == resolved:
        return comment
    comment.resolved_by, comment.resolved_at = (by.person, at) if resolved else (None, None)
    comment.save(update_fields=["resolved_by", "resolved_at"])
    told, mine = CommentResolved(review.version.number, resolved), reviewer_of(review, by)
    tell(told, by=_told_as(mine, by), at=at, organisation=_office(review), subject=review.version.ref)
    return comment


@action
def return_version(version: CurriculumVersion, *, because: str, by: Actor, at: datetime) -> CurriculumVersion:
    """Take a version out of its review, to be changed; votes and remarks stay with that review."""
    version = held(version)
    require(rules.may_design(by, version.curriculum.organisation))
    if version.state == "draft":
        return version
    version.state = VERSION.after(version.state, "return")
    require(rules.can_say(because))
    version.save(update_fields=["state"])
    close_review(version, "return", because=because, at=at)
    told = VersionReturned(version.number, because.strip())
    tell(told, by=by, at=at, organisation=version.curriculum.organisation, subject=version.ref)
    return version


def close_review(version: CurriculumVersion, move: str, *, because: str = "", at: datetime) -> None:
    """End the open review of a version, if it has one, by what becomes of the version."""
    review = VersionReview._base_manager.filter(version=version, state="open").first()
    if review is not None:
        review.state, review.closed_at = REVIEW.after(review.state, move), at
        review.because = because.strip()
        review.save(update_fields=["state", "closed_at", "because"])


def _told_as(mine: Reviewer | None, by: Actor) -> Actor:
    """Who history names: an apprentice who was asked stays one of them, as on the page of the review."""
    return system(by.organisation) if mine is not None and mine.side == "apprentices" else by


def reviewer_of(review: VersionReview, by: Actor) -> Reviewer | None:
    """The row of whoever acts, if he or she was asked."""
    return Reviewer.objects.filter(review=review, person=by.person).first() if by.person else None


def _held_review(review: VersionReview, at: datetime | None) -> VersionReview:
    """Locked and open; with a moment, not past its last day."""
    rows = VersionReview._base_manager.select_for_update(of=("self",))
    review = rows.select_related("version__curriculum__organisation").get(pk=review.pk)
    if review.state != "open":
        raise Refused(not_now("curricula.review_closed"))
    if at is not None and localdate(at) > review.due_on:
        raise Refused(not_now("curricula.review_over", due_on=review.due_on))
    return review


def _office(review: VersionReview) -> Organisation:
    return review.version.curriculum.organisation


def _require_asked(version: CurriculumVersion, asked: Sequence[Asked], today: date) -> None:
    """Everybody once, with a role where he or she is said to belong: in the organisation or with a partner of it."""
    office = version.curriculum.organisation
    if not asked:
        raise Refused(not_now("curricula.nobody_asked"))
    if len(asked) > rules.MOST_REVIEWERS:
        raise Refused(not_now("curricula.too_many_asked", most=rules.MOST_REVIEWERS))
    if len({one.person.pk for one in asked}) != len(asked) or any(
        one.side not in rules.SIDES for one in asked
    ):
        raise Refused(not_now("curricula.asked_twice"))
    places = {one.organisation.pk: one.organisation for one in asked}
    abroad = [place for place in places.values() if not place.path.startswith(office.path)]
    ways = [(place, office, today) for place in abroad] + [(office, place, today) for place in abroad]
    answers = in_force_among(ways)
    for at, place in enumerate(abroad):
        if not (answers[at] or answers[at + len(abroad)]):
            raise Refused(not_now("curricula.not_a_partner", name=place.title.both()))
    people = [one.person.pk for one in asked]
    held_there = set(
        memberships_on(today)
        .filter(person__in=people, organisation__in=places)
        .values_list("person_id", "organisation_id")
    )
    for one in asked:
        if (one.person.pk, one.organisation.pk) not in held_there:
            raise Refused(not_now("curricula.asked_not_there", name=one.person.name))


def _require_about(review: VersionReview, about: str, key: str, answers: ReviewComment | None) -> None:
    if answers is not None and answers.review_id != review.pk:
        raise Refused(not_now("curricula.about_unknown"))
    known = {"whole": key == "", "unit": False, "outcome": False}
    if about == "unit" and is_key(key):
        known["unit"] = review.version.units.filter(key=key).exists()
    if about == "outcome" and is_key(key):
        known["outcome"] = review.version.outcomes.filter(key=key).exists()
    if not known.get(about):
        raise Refused(not_now("curricula.about_unknown"))
