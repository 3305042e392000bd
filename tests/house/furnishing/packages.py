"""Packages of the cast's college, and what the apprentice did in them."""

from __future__ import annotations

from craftpath.domain.packages import actions
from craftpath.domain.packages.models import Package, UnitSession
from tests.cast import AT, Cast
from tests.domain.packages.world import core, saved, taken
from tests.exchange.courses.made import cmi5, unit


def play_a_package(cast: Cast) -> dict[str, str]:
    """Taken in by the trainer, passed by the apprentice, who has a unit of a cmi5 course open as well; once."""
    row = Package._base_manager.filter(kind="scorm12").first()
    if row is None:
        row = taken(cast)
        actions.save_attempt(row, saved(data=core("passed", "80")), by=cast.actor("apprentice"), at=AT)
    session = UnitSession._base_manager.select_related("registration__package").first()
    if session is None:
        course = taken(cast, {"cmi5.xml": cmi5(unit(attributes='moveOn="Completed"')), "a.html": "<p>"})
        opening = actions.Opening("1", "https://content.example/token/a.html")
        who = {"by": cast.actor("apprentice"), "at": AT}
        session = actions.begin_session(course, cast.people["apprentice"], opening, **who).session
    return {
        "package": row.public_id,
        "part": "1",
        "verb": "retire",
        "course": session.registration.package.public_id,
        "registration": str(session.registration.registration),
        "session": str(session.session),
    }
