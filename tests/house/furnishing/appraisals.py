"""Rounds of appraisals."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.utils import timezone

from craftpath.domain.appraisals import actions as appraisals
from craftpath.domain.appraisals.models import Appraisal, AppraisalContest, AppraisalRound, VoiceAsked
from craftpath.domain.pairing.models import Bond
from craftpath.values.period import later
from tests.cast import AT, TODAY, Cast
from tests.house.furnishing.name import NAME
from tests.house.furnishing.pairing import pair_up


def appraise(cast: Cast) -> dict[str, str]:
    """A round with its trainer, who contests it, one contest upheld; and one that asks the apprentices. Once."""
    pair_up(cast)
    asking = AppraisalRound.objects.filter(state="draft").first()
    if asking is None:
        asking = _appraise(cast)
    row = Appraisal.objects.select_related("round").get(round__state="hearing")
    return {
        "round": asking.public_id,
        "shown": row.round.public_id,
        "appraisal": row.public_id,
        "contest": AppraisalContest.objects.filter(part="").latest("pk").public_id,
        "asked": VoiceAsked.objects.get(enrolment=cast.enrolments["26001"]).public_id,
    }


def _appraise(cast: Cast) -> AppraisalRound:
    """As the actions do it; the worker's part is run here, and the pair began today, so the day is moved."""
    office, own = {"by": cast.actor("coordinator"), "at": AT}, {"by": cast.actor("mentor", cast.jinheng)}
    Bond.objects.filter(pair__kind="master_apprentice").update(starts_on=TODAY - timedelta(days=150))
    starts = (TODAY - timedelta(days=190)).replace(day=1)
    row = appraisals.open_round(cast.college, made_id=uuid.uuid5(NAME, "round"), starts_on=starts, **office)
    appraisals.compute_round(row, **office)
    row = appraisals.show_round(AppraisalRound.objects.get(), **office)
    now = timezone.localdate() + timedelta(days=9)
    AppraisalRound.objects.filter(pk=row.pk).update(hearing_until=now)
    one = Appraisal.objects.select_related("round__organisation", "round__scheme").get(round=row)
    first = appraisals.contest_appraisal(one, part="continuity", words="代班由办公室安排。", at=AT, **own)
    other = {"by": cast.actor("administrator"), "at": AT}
    appraisals.uphold_contest(first, remedy="part_out", answer="属实。", **other)
    appraisals.contest_appraisal(one, words="请再看一下。", at=AT, **own)
    next_one = uuid.uuid5(NAME, "asking")
    asking = appraisals.open_round(cast.college, made_id=next_one, starts_on=later(starts, -1), **office)
    asking = appraisals.ask_voices(asking, **office)
    AppraisalRound.objects.filter(pk=asking.pk).update(voices_until=now)
    return asking
