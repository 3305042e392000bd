"""Reading packages and how far people are in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef

from craftpath.domain.packages.models import Attempt, Package, Registration, UnitSession
from craftpath.domain.packages.states import DONE, NOT_STARTED
from craftpath.engines.cmi5 import met

if TYPE_CHECKING:
    import uuid

    from craftpath.kernel.people import Person
    from craftpath.values.ref import Ref

FREE = "NotApplicable"
"""What a unit of cmi5 says that nobody has to do."""
_RANK = {"passed": 3, "completed": 2, "failed": 1, "incomplete": 0}


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody is in a whole package: the best of each part, `done` of `of` parts, the mean of the scores."""

    state: str = NOT_STARTED
    score: Decimal | None = None
    seconds: int = 0
    done: int = 0
    of: int = 0
    saved_at: datetime | None = None


def packages() -> models.QuerySet[Package]:
    """Every package of the open scope, the newest first: pages ask who may see it (`rules.may_see`)."""
    return Package.objects.select_related("organisation", "file", "made_by").order_by("-made_at", "-pk")


def to_play() -> models.QuerySet[Package]:
    """Those that can be played, for a course to choose from."""
    return packages().filter(state="ready", plays=True)


def playable(ref: Ref) -> Package | None:
    """The package that a ref means, if it can be played now by whoever looks."""
    return to_play().filter(public_id=ref.public_id).first()


def own_attempts(package: Package, person: Person) -> list[Attempt]:
    """What somebody did in a package, by part and number."""
    return list(Attempt._base_manager.filter(package=package, person=person).order_by("entry", "number"))


def own_in(some: Iterable[Package], person: Person) -> list[Attempt]:
    """The same in several packages, without what the packages keep."""
    rows = Attempt._base_manager.filter(package__in=list(some), person=person)
    return list(rows.defer("data").order_by("entry", "number"))


def best(attempts: Iterable[Attempt]) -> Attempt | None:
    """What counts of somebody's attempts at one part: the best state, and with it the best score."""
    return max(attempts, key=_worth, default=None)


def attempts_of(package: Package, people: Iterable[Person] | None = None) -> dict[Person, Standing]:
    """How far these people are, or all of whom the open scope sees an attempt; one query."""
    rows = Attempt.objects.filter(package=package).select_related("person").defer("data")
    if people is not None:
        rows = rows.filter(person__in=list(people))
    held: dict[Person, list[Attempt]] = defaultdict(list)
    for row in rows.order_by("person__name", "person_id", "entry", "number"):
        held[row.person].append(row)
    return {person: standing(package, some) for person, some in held.items()}


def standing(package: Package, attempts: Iterable[Attempt]) -> Standing:
    """Somebody's attempts taken together; parts that do not report count as those that do."""
    rows = list(attempts)
    by_part: dict[str, list[Attempt]] = defaultdict(list)
    for row in rows:
        by_part[row.entry].append(row)
    parts = package.parts
    if not rows:
        return Standing(of=len(parts))
    counted = [max(some, key=_worth) for some in by_part.values()]
    scores = [row.score for row in counted if row.score is not None]
    done = [row.state for row in counted if row.state in DONE and not _again(parts, row)]
    through = {row.entry for row in counted if row.state in DONE}
    done += ["completed" for key, one in parts.items() if one.get("move_on") == FREE and key not in through]
    return Standing(
        state=_together(done, len(parts)),
        score=sum(scores, Decimal(0)) / len(scores) if scores else None,
        seconds=sum(row.seconds for row in rows),
        done=len(done),
        of=len(parts),
        saved_at=max(row.saved_at for row in rows),
    )


def _again(parts: dict[str, dict[str, Any]], row: Attempt) -> bool:
    """Whether a unit of cmi5 that was not passed has still to be done."""
    return row.state == "failed" and parts.get(row.entry, {}).get("move_on", FREE) != FREE


def _worth(row: Attempt) -> tuple[int, Decimal]:
    return _RANK[row.state], row.score if row.score is not None else Decimal(-2)


def _together(done: list[str], parts: int) -> str:
    if len(done) < parts:
        return "incomplete"
    if "failed" in done:
        return "failed"
    return "passed" if "passed" in done else "completed"


def registrations() -> models.QuerySet[Registration]:
    """Who is in which cmi5 course, in the open scope."""
    return Registration.objects.select_related("package__organisation", "person").order_by(
        "person__name", "pk"
    )


def learners_in(package: Package) -> models.QuerySet[Registration]:
    """Those of a course who do it; whoever has only looked at it is not among them."""
    tried = Attempt._base_manager.filter(package=package, person=OuterRef("person"))
    return registrations().filter(Exists(tried), package=package)


def registration_of(package: Package, person: Person) -> Registration | None:
    """Somebody's own in a course."""
    return Registration._base_manager.filter(package=package, person=person).first()


def sessions() -> models.QuerySet[UnitSession]:
    """Launches of units in the open scope, the newest first."""
    related = ("registration__package__organisation", "registration__person")
    return UnitSession.objects.select_related(*related).order_by("-begun_at", "-pk")


def attempts_at(package: Package, entry: str) -> models.QuerySet[Attempt]:
    """What the open scope sees of one part, without what the package keeps."""
    return Attempt.objects.filter(package=package, entry=entry).defer("data")


def sessions_at(package: Package, entry: str) -> models.QuerySet[UnitSession]:
    """Sessions in one unit that are still open."""
    return UnitSession.objects.filter(registration__package=package, entry=entry, ended_at=None).order_by(
        "pk"
    )


def is_satisfied(package: Package, entry: str, said: Iterable[str]) -> bool:
    """Whether a unit is done as far as its makers ask for."""
    return met(package.parts[entry].get("move_on", FREE), set(said))


def session(one: uuid.UUID) -> UnitSession | None:
    """The session of this id, if the open scope sees it."""
    return sessions().filter(session=one).first()
