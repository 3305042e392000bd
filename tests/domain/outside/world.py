"""A welding simulator of the cast's college, and what it sends."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from craftpath.domain.activity.examining import examined
from craftpath.domain.activity.taking import Sender, take_statements
from craftpath.domain.activity.trusting import authority_of
from craftpath.domain.outside import actions, columns
from craftpath.domain.outside.models import Mapping, OutsideColumn
from craftpath.engines.xapi import Version
from craftpath.kernel.access import system
from craftpath.kernel.clients import Client
from craftpath.kernel.tenancy import everywhere, looking_for
from tests.cast import AT, Cast
from tests.domain.growth.world import TALKS, known
from tests.lrs.asking import token_of

PASSED = "http://adlnet.gov/expapi/verbs/passed"
WELD = "https://weld.example/tasks/fillet"


def simulator(cast: Cast) -> Client:
    """Its token, once."""
    found = Client._base_manager.filter(organisation=cast.college, name="VR welder").first()
    return found or token_of(cast.college, "xapi:write", name="VR welder")


def agent(cast: Cast, number: str = "26001") -> dict[str, Any]:
    """An apprentice as this site calls them."""
    person = cast.enrolments[number].person
    return {"account": {"homePage": settings.ADDRESS, "name": person.public_id}}


def said(cast: Cast, scaled: float | None = 0.9, **more: Any) -> dict[str, Any]:
    """The apprentice passed the weld."""
    result: dict[str, Any] = {"success": True} | ({} if scaled is None else {"score": {"scaled": scaled}})
    about = {"id": WELD, "definition": {"name": {"zh-CN": "角焊缝", "en": "Fillet weld"}}}
    whole = {"actor": agent(cast), "verb": {"id": PASSED}, "object": about, "result": result}
    return whole | {"timestamp": "2026-09-10T08:00:00Z"} | more


def send(cast: Cast, *statements: dict[str, Any]) -> list[str]:
    """They come in."""
    client = simulator(cast)
    sender = Sender(cast.college, client, authority_of(client))
    return take_statements(
        examined(list(statements), Version.V2), sender=sender, by=system(cast.college), at=AT
    )


def draft(cast: Cast, **other: Any) -> Mapping:
    """A mapping that is not kept yet."""
    known()
    asked: dict[str, Any] = {
        "name": "Fillet weld passed", "client": simulator(cast), "verb": PASSED, "activity": WELD, "begins": False,
        "least": 80, "needs_success": True, "skill": TALKS,
    } | other  # fmt: skip
    with everywhere("a test looks at everything"):
        return actions.drafted(cast.college, asked.pop("client"), **asked)


def mapping(cast: Cast, **other: Any) -> Mapping:
    """One that is in force."""
    return actions.make_mapping(draft(cast, **other), by=cast.actor("coordinator"), at=AT)


def learning_platform(cast: Cast) -> Client:
    """Its token, once."""
    found = Client._base_manager.filter(organisation=cast.college, name="Learning platform").first()
    return found or token_of(cast.college, "roster:write", name="Learning platform")


def column_of(cast: Cast, own: str = "column-1", **scores: Any) -> OutsideColumn:
    """A column of a learning platform with the scores of apprentices by number, out of 50."""
    by, client = cast.actor("coordinator"), learning_platform(cast)
    raw = {
        "title": "Blueprint quiz", "class": {"sourcedId": cast.cohort.public_id}, "category": {"sourcedId": "quiz"},
        "assignDate": "2026-09-01", "dueDate": "2026-09-02", "resultValueMin": 0, "resultValueMax": 50,
    }  # fmt: skip
    with looking_for(by.scope):
        row, _new = columns.keep_column(client, own, columns.column_said(raw), by=by, at=AT)
        for number, told in (scores or {"26001": {"score": 40}}).items():
            student = {"sourcedId": cast.enrolments[number.lstrip("n")].person.public_id}
            said_ = {"student": student, "scoreDate": "2026-09-02", **told}
            columns.keep_mark(row, f"{own}-{number}", columns.mark_said(row, said_), by=by, at=AT)
    return row
