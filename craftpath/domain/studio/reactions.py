"""How what happens to drafts sounds as statements in `activity`."""

from __future__ import annotations

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.committees.facts import MotionMoved
from craftpath.domain.committees.queries import motions
from craftpath.domain.studio.adopting import settle
from craftpath.domain.studio.facts import CommentMade, VersionMoved
from craftpath.domain.studio.models import DraftVersion
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on
from craftpath.values.ref import Ref

VERBS = {"proposed": "shared", "published": "shared"}


@on(MotionMoved)
def on_motion_moved(told: Told) -> None:
    """A committee decided about a version, or its motion was withdrawn."""
    if told.fact.state not in ("closed", "withdrawn"):
        return
    ref = Ref("committees", "motion", told.fact.motion)
    row = (
        DraftVersion.objects.filter(motion=str(ref), state="voting")
        .select_related("draft__organisation")
        .first()
    )
    motion = motions().filter(public_id=told.fact.motion).first()
    if row is not None and motion is not None:
        settle(row, motion, by=system(row.draft.organisation), at=told.entry.at)


@on(VersionMoved)
def on_version_moved(told: Told) -> None:
    """Somebody put a version before others."""
    verb = VERBS.get(told.fact.state)
    if verb is not None:
        _hand_down(told, f"studio-version:{told.entry.pk}", verb)


@on(CommentMade)
def on_comment_made(told: Told) -> None:
    """Somebody said something about it."""
    _hand_down(told, f"studio-comment:{told.entry.pk}", "commented")


def _hand_down(told: Told, key: str, verb: str) -> None:
    public_id = Ref.parse(told.entry.subject).public_id
    row = DraftVersion.objects.filter(public_id=public_id).select_related("draft").first()
    person = told.entry.person
    if row is None or person is None:
        return
    statement = NewStatement(
        key=key, person=person, verb=verb, object_id=f"{settings.ADDRESS}/studio/{row.public_id}",
        object_name=row.draft.name, at=told.entry.at,
    )  # fmt: skip
    place = told.entry.organisation
    record_statements([statement], organisation=place, by=system(place), at=told.entry.at)
