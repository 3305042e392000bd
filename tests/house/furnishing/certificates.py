"""A kind with certificates, a draft of another one, a batch that waits, a key."""

from __future__ import annotations

import uuid

from craftpath.domain.apprenticeships.models import StageProgress
from craftpath.domain.certificates import actions
from craftpath.domain.certificates.models import Batch, Certificate, IssuerKey, Kind
from tests.cast import AT, TODAY, Cast
from tests.domain.certificates.world import STAGE, due, issued, kind, passed, words


def certify(cast: Cast) -> dict[str, str]:
    """Certificates of the first stage; once."""
    kinds = Kind._base_manager.filter(purpose="stage").order_by("pk")
    if not kinds.exists():
        _make(cast)
    row, draft = kinds[:2]
    return {
        "kind": row.public_id,
        "draft": draft.public_id,
        "certificate": Certificate._base_manager.filter(kind=row).earliest("pk").public_id,
        "batch": Batch._base_manager.earliest("pk").public_id,
        "key": IssuerKey._base_manager.earliest("pk").public_id,
    }


def _make(cast: Cast) -> None:
    row, by = kind(cast), cast.actor("coordinator")
    issued(cast, row)
    actions.draft_kind(cast.college, words(title={"zh": "中级工匠证书"}), by=by, at=AT)
    here = StageProgress.objects.filter(stage__key=STAGE, state="open", enrolment__cohort=cast.cohort)
    passed(cast, here.latest("enrolment__number").enrolment.number)
    actions.plan_batch(row, due(row), on=TODAY, made_id=uuid.uuid4(), by=by, at=AT)
