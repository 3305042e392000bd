"""An account with a credit, a request with a file, one for a diploma, that diploma, and a draft."""

from __future__ import annotations

import uuid

from craftpath.domain.apprenticeships.actions import pass_stages
from craftpath.domain.credits import actions
from craftpath.domain.credits.models import Account, Diploma, EarningRule, Entry, Request
from craftpath.kernel.access import system
from tests.cast import AT, TODAY, Cast
from tests.domain.credits.world import SYSTEM, asked, diploma, earning


def bank_credits(cast: Cast) -> dict[str, str]:
    """The apprentice has passed a stage and asks the college twice; once."""
    if not Account._base_manager.exists():
        _make(cast)
    prior, conversion = Request._base_manager.order_by("pk")[:2]
    open_one, draft = Diploma._base_manager.order_by("pk")[:2]
    return {
        "account": Account._base_manager.get(person=cast.people["apprentice"]).public_id,
        "entry": Entry._base_manager.earliest("pk").public_id,
        "request_id": conversion.public_id,
        "prior": prior.public_id,
        "file": prior.files.earliest("pk").public_id,
        "rule": EarningRule.objects.earliest("pk").public_id,
        "diploma": draft.public_id,
        "open_diploma": open_one.public_id,
    }


def _make(cast: Cast) -> None:
    area = earning(cast, outcome="stage", scheme="", level="", key="stage", name={"zh": "阶段"}).area
    row = cast.enrolments["26001"]
    stage = cast.programme.stages.get(order=1)
    pass_stages([row], stage=stage, on=TODAY, by=system(), at=AT)
    account = actions.look_what_is_earned(row.person, **SYSTEM).account
    actions.ask_for_recognition(
        cast.college, [actions.Learned("钳工", area, 200)], [(b"%PDF-1.4 x", "x.pdf")], made_id=uuid.uuid4(),
        words="在厂两年", on=TODAY, by=cast.actor("apprentice"), at=AT,
    )  # fmt: skip
    goal = diploma(cast)
    asked(cast, goal, list(account.entries.filter(kind="earned")))
    draft = actions.draft_diploma(cast.college, actions.NewDiploma({"zh": "草案"}, 5000), **SYSTEM)
    actions.set_area(draft, "major", {"zh": "专业课"}, **SYSTEM)
