"""How diagnoses and practice sound as statements in `activity`; nothing here counts in any mark."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.study.facts import DiagnosisBegun, DiagnosisEnded, PracticeEnded
from craftpath.domain.study.models import Diagnosis, PracticeSet
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on
from craftpath.values.ref import Ref

NAME = {"zh-Hans": "学情诊断", "en": "Diagnosis"}


@on(DiagnosisBegun)
def on_diagnosis_begun(told: Told) -> None:
    """An apprentice asks where he stands."""
    _hand_down(told, "launched", {})


@on(DiagnosisEnded)
def on_diagnosis_ended(told: Told) -> None:
    """A diagnosis was finished or stopped. Success is not said: not yet is no failure."""
    finished = bool(told.fact.found)
    _hand_down(told, "completed" if finished else "exited", {"completion": finished})


@on(PracticeEnded)
def on_practice_ended(told: Told) -> None:
    """A set of practice was answered to its end."""
    score = {"raw": told.fact.right, "min": 0, "max": told.fact.questions}
    _hand_down(told, "completed", {"completion": True, "score": score})


def _hand_down(told: Told, verb: str, result: dict[str, Any]) -> None:
    public_id, kind = (ref := Ref.parse(told.entry.subject)).public_id, ref.kind
    table: Any = Diagnosis if kind == "diagnosis" else PracticeSet
    row = table._base_manager.select_related("enrolment__person").filter(public_id=public_id).first()
    if row is None:
        return
    statement = NewStatement(
        key=f"study:{kind}:{public_id}:{verb}",
        person=row.enrolment.person,
        verb=verb,
        object_id=f"{settings.ADDRESS}/study/{kind}/{public_id}",
        object_name=NAME
        if kind == "diagnosis"
        else {"zh-Hans": "五分钟练习", "en": "Five minutes of practice"},
        at=told.entry.at,
        result=result,
    )
    organisation = told.entry.organisation
    record_statements([statement], organisation=organisation, by=system(organisation), at=told.entry.at)
