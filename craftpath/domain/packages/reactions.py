"""How playing packages sounds as statements in `activity`."""

from __future__ import annotations

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.packages.facts import AttemptMoved
from craftpath.domain.packages.models import Package
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on
from craftpath.values.ref import Ref

_VERBS = {"incomplete": "attempted", "completed": "completed", "passed": "passed", "failed": "failed"}


@on(AttemptMoved)
def on_attempt_moved(told: Told) -> None:
    """Somebody began a part, or came further in it; a score is what the package says."""
    row = Package._base_manager.filter(public_id=Ref.parse(told.entry.subject).public_id).first()
    person = told.entry.person
    if row is None or person is None or row.kind == "cmi5":  # units of cmi5 have said so themselves
        return
    part = row.parts.get(told.fact.entry, {})
    score = {"score": {"scaled": float(told.fact.score)}} if told.fact.score else {}
    statement = NewStatement(
        key=f"package-attempt:{told.entry.pk}", person=person, verb=_VERBS[told.fact.state],
        object_id=f"{settings.ADDRESS}/packages/{row.public_id}#{told.fact.entry}",
        object_name={"zh-Hans" if key == "zh" else key: name for key, name in row.title.items()},
        at=told.entry.at, result=score, context={"extensions": {f"{settings.ADDRESS}/part": part.get("title", "")}},
    )  # fmt: skip
    place = told.entry.organisation
    record_statements([statement], organisation=place, by=system(place), at=told.entry.at)
