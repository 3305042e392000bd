"""A question with what stands beneath it, in every table of the room."""

from __future__ import annotations

import uuid

from craftpath.domain.questions import actions
from craftpath.domain.questions.models import Hiding, Question, Report
from tests.cast import AT, Cast
from tests.domain.questions.world import answer, ask, picture, trained


def ask_a_master(cast: Cast) -> dict[str, str]:
    """The apprentice asks with a photo and adds something; a mate's answer is hidden, another one reported. Once."""
    question = Question._base_manager.order_by("pk").first()
    if question is None:
        office, mine = {"by": cast.actor("coordinator"), "at": AT}, {"by": cast.actor("apprentice"), "at": AT}
        trained(cast)
        question = ask(cast, files=[(uuid.uuid4(), "photo", picture())])
        more = answer(cast, question, "apprentice", text="more")
        actions.change_post(more, text="more, better", revision=1, **mine)
        helped = answer(cast, question)
        actions.endorse_answer(helped, **office)
        actions.thank_answer(helped, **mine)
        actions.report_post(helped, reason="other", by=cast.actor("classmate"), at=AT)
        actions.hide_post(answer(cast, question, "classmate", text="hm"), because="unkind", **office)
        actions.set_promise(cast.college, workdays=4, **office)
    return {
        "question": question.public_id,
        "answer": question.given.earliest("pk").public_id,
        "report": Report._base_manager.earliest("pk").public_id,
        "hiding": Hiding._base_manager.earliest("pk").public_id,
        "photo": question.files.earliest("pk").public_id,
    }
