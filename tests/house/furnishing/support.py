"""Facts that speak of the apprentice: a sign, a correction that waits, something that was done, a model."""

from __future__ import annotations

import uuid
from datetime import timedelta

from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.domain.logbook.models import Entry
from craftpath.domain.support import actions
from craftpath.domain.support.models import Act, Correction, Fitted, Sign
from tests.cast import AT, TODAY, Cast
from tests.domain.support.world import look, office
from tests.house.furnishing.name import NAME


def help_early(cast: Cast) -> dict[str, str]:
    """In every table of the room. Once."""
    if not Fitted.objects.exists():
        row = Enrolment.objects.select_related("cohort__organisation").get(number="26001")
        old = Entry._base_manager.filter(enrolment=cast.enrolments["26002"]).exists()
        if not old:
            look()
        sign = Sign.objects.create(
            enrolment=row, rule="review", value=30, points=20, rules="test", given_at=AT - timedelta(days=1)
        )
        look()
        Sign._base_manager.filter(pk=sign.pk).update(state="given", ended_at=None)
        actions.ask_correction(sign, words="已经面谈过。", by=cast.actor("apprentice"), at=AT)
        actions.act_on(
            row, kind="talk", words="聊了聊。", look_on=TODAY + timedelta(days=20), made_id=uuid.uuid5(NAME, "help"),
            by=office(cast), at=AT,
        )  # fmt: skip
        model = Fitted.objects.create(
            version=1, cases=120, left=30, fit=True, definition=MODEL, report=REPORT, made_at=AT
        )
        actions.switch_model(model, cast.college, on=True, words="试用", by=office(cast), at=AT)
    return {
        "enrolment": cast.enrolments["26001"].public_id,
        "sign": Sign.objects.get(rule="review").public_id,
        "correction": Correction.objects.get().public_id,
        "act": Act.objects.get().public_id,
        "model": Fitted.objects.get().public_id,
        "verb": "look",
    }


MODEL = {
    "features": [
        {"key": "silent_weeks", "cap": 8.0}, {"key": "absence", "cap": 100.0},
        {"key": "unanswered_days", "cap": 28.0}, {"key": "review_late_days", "cap": 60.0},
        {"key": "mentorless_days", "cap": 60.0},
    ],
    "start": -1.5, "coefficients": [2.0, 1.0, 0.0, 0.0, 0.5], "means": [0.2, 0.1, 0.0, 0.0, 0.1],
    "calibration": {"kind": "none", "slope": 1.0, "start": 0.0, "scores": [], "shares": []}, "threshold": 0.4,
}  # fmt: skip
_PROPORTION = {"count": 12, "n": 30, "low": 0.25, "high": 0.58}
_WORTH = {
    "n": 120, "left": 30, "brier": 0.15, "log_loss": 0.5, "auc": 0.7,
    "hits": {"named": 30, "precision": _PROPORTION, "recall": _PROPORTION},
}  # fmt: skip
REPORT = {
    "rules": "test", "people": 120, "penalty": 2.0, "threshold": 0.4, "gain": [0.05, 0.01], "losses": {"none": 0.5},
    "model": _WORTH, "base": _WORTH, "by_rules": _WORTH,
    "bins": [{"low": 0.05, "high": 0.6, "said": 0.25, "came": {"count": 30, "n": 120, "low": 0.18, "high": 0.33}}],
    "fairness": {},
}  # fmt: skip
