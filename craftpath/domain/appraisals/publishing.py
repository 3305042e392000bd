"""Publishing: a round counts from now on, and each result is written down where pairs are made."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from craftpath.domain.appraisals import queries, rules
from craftpath.domain.appraisals.facts import RoundPublished
from craftpath.domain.appraisals.gathering import within
from craftpath.domain.appraisals.models import Appraisal, AppraisalContest, AppraisalRound
from craftpath.domain.appraisals.rounds import held, replace_round, tell_of
from craftpath.domain.appraisals.states import ROUND
from craftpath.domain.pairing.actions import note_result
from craftpath.domain.pairing.queries import bonds, meeting
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.organisations import Organisation
from craftpath.values.period import Period
from craftpath.values.verdict import require


@action
def publish_round(row: AppraisalRound, *, by: Actor, at: datetime) -> AppraisalRound:
    """Let a round count: after its hearing, by another person than who computed it; again, it changes nothing.

    Results go to the standing at every place where somebody taught in the period. Who has no score this time keeps
    what was noted before, unless an earlier version of this very round had noted it.
    """
    row = held(row)
    require(rules.may_publish(by, row))
    if row.state == "published":
        return row
    waiting = AppraisalContest._base_manager.filter(appraisal__round=row)
    require(
        rules.can_publish(
            row,
            open_ones=waiting.filter(state="open").count(),
            upheld=waiting.filter(state="upheld").count(),
            later_one=queries.has_later(row),
            today=localdate(at),
        )
    )
    row.state = ROUND.after(row.state, "publish")
    row.published_by, row.published_at = by.person, at
    row.save(update_fields=["state", "published_by", "published_at"])
    before = row.replaces
    if before is not None and before.state == "published":
        replace_round(before, by=by, at=at)
    _write_down(row, before, by=by, at=at)
    people = Appraisal._base_manager.filter(round=row).count()
    tell_of(RoundPublished(people), row, by=by, at=at)
    return row


def _write_down(row: AppraisalRound, before: AppraisalRound | None, *, by: Actor, at: datetime) -> None:
    taught = bonds().filter(
        within(row, "enrolment"),
        meeting(Period(row.starts_on, row.ends_on)),
        pair__kind="master_apprentice",
        instead_of__isnull=True,
    )
    seats = sorted(set(taught.values_list("place_id", "teacher_id")))
    places = Organisation.objects.in_bulk({place for place, _ in seats})
    results = Appraisal._base_manager.filter(round=row).select_related("person").defer("lines", "left_out")
    found = {one.person_id: one for one in results}
    noted: set[int] = set()
    if before is not None:
        was = Appraisal._base_manager.filter(round=before, result__isnull=False)
        noted = set(was.values_list("person_id", flat=True))
    for place, person in seats:
        one = found.get(person)
        if one is not None and (one.result is not None or person in noted):
            note_result(
                one.person, organisation=places[place], result=one.result, on=localdate(at), by=by, at=at
            )
