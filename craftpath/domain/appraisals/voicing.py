"""Three questions to apprentices: who is asked and has answered in one table, how often which step in another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.timezone import localdate

from craftpath.domain.appraisals import rules
from craftpath.domain.appraisals.facts import VoiceGiven, VoicesAsked
from craftpath.domain.appraisals.gathering import within
from craftpath.domain.appraisals.models import QUESTIONS, STEPS, AppraisalRound, Voice, VoiceAsked
from craftpath.domain.appraisals.rounds import held, tell_of
from craftpath.domain.pairing.queries import bonds, meeting
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.period import Period
from craftpath.values.verdict import Refused, may_not, not_now, require

AT_ONCE = 1000


@action
def ask_voices(row: AppraisalRound, *, by: Actor, at: datetime) -> AppraisalRound:
    """Ask the apprentices of the period about whoever taught them; all counts are noughts before anybody answers."""
    row = held(row)
    require(rules.may_appraise(by, row.organisation))
    require(rules.can_ask_voices(row))
    taught = bonds().filter(
        within(row, "enrolment"),
        meeting(Period(row.starts_on, row.ends_on)),
        pair__kind="master_apprentice",
        enrolment__state="active",
        instead_of__isnull=True,
    )
    wanted = sorted(set(taught.values_list("enrolment_id", "teacher_id")))
    if not wanted:
        raise Refused(not_now("appraisals.nobody_to_ask"))
    VoiceAsked._base_manager.bulk_create(
        [VoiceAsked(round=row, enrolment_id=who, trainer_id=teacher) for who, teacher in wanted],
        batch_size=AT_ONCE,
    )
    Voice._base_manager.bulk_create(
        [
            Voice(round=row, trainer_id=teacher, question=question, step=step)
            for teacher in sorted({teacher for _, teacher in wanted})
            for question in QUESTIONS
            for step in STEPS
        ],
        batch_size=AT_ONCE,
    )
    row.voices_until = localdate(at) + timedelta(days=row.scheme.value.voice_days)
    row.save(update_fields=["voices_until"])
    tell_of(VoicesAsked(len(wanted), row.voices_until.isoformat()), row, by=by, at=at)
    return row


@action
def give_voice(asked: VoiceAsked, *, steps: Mapping[str, int], by: Actor, at: datetime) -> VoiceAsked:
    """Answer the three questions about one trainer, question → step; who has answered already changes nothing.

    One is added to three counts. Nothing says which of all that were counted is whose.
    """
    rows = VoiceAsked._base_manager.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("round", "enrolment").get(pk=asked.pk)
    if by.person is None or by.person.pk != row.enrolment.person_id:
        raise Refused(may_not("appraisals.voice_not_yours"))
    if row.answered:
        return row
    require(rules.can_give_voice(row.round, steps, localdate(at)))
    row.answered = True
    row.save(update_fields=["answered"])
    for question, step in sorted(steps.items()):
        counts = Voice._base_manager.filter(
            round=row.round_id, trainer=row.trainer_id, question=question, step=step
        )
        counts.update(count=F("count") + 1)
    tell(VoiceGiven(), by=by, at=at, subject=row.round.ref)
    return row
