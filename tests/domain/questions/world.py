"""Questions of the cast's apprentice, for the tests of questions."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from craftpath.domain.apprenticeships.actions import appoint
from craftpath.domain.questions import actions
from craftpath.domain.questions.models import Answer, Question
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast

HOUR = timedelta(hours=1)
SAID = "焊缝总是出现气孔，该先检查哪里？"


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def trained(cast: Cast) -> None:
    """The trainer works with everybody of the class."""
    rows = list(cast.enrolments.values())
    by = cast.actor("coordinator")
    appoint(rows, person=cast.people["trainer"], role="trainer", on=TODAY, by=by, at=AT)


def ask(cast: Cast, who: str = "apprentice", **more: Any) -> Question:
    values: dict[str, Any] = {"made_id": uuid.uuid4(), "text": SAID, "organisation": cast.college, "at": AT}
    if who == "apprentice":
        values["enrolment"] = cast.enrolments["26001"]
    return actions.ask_question(**{**values, "by": cast.actor(who), **more})


def answer(cast: Cast, question: Question, who: str = "trainer", **more: Any) -> Answer:
    place = cast.jinheng if who == "mentor" else cast.college
    values: dict[str, Any] = {
        "made_id": uuid.uuid4(),
        "text": "先看气体流量，再看焊丝是否受潮。",
        "at": AT + HOUR,
    }
    return actions.write_answer(question, **{**values, "by": cast.actor(who, place), **more})


def picture() -> bytes:
    """A photo that says where it was taken and by which telephone."""
    exif = Image.Exif()
    exif[0x010F] = "PhoneOfChenYutong"
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()
