"""What OneRoster's gradebook is made of here: the evaluations that one sees, their items, and when they changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils import timezone

from craftpath.delivery.exchange.oneroster.rostering import Row, link, stamp
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.evaluation.actions import ref
from craftpath.domain.evaluation.facts import EvaluationMoved, EvaluationOpened
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.programmes.definition import ItemInfo, components, items
from craftpath.kernel.audit import last_told

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation

ROOT = "/ims/oneroster/gradebook/v1p2"
CHANGES = (EvaluationOpened.code, EvaluationMoved.code)


def to(kind_: str, identifier: str, one: str) -> Row:
    """A pointer at another object of the gradebook."""
    return link(kind_, identifier, one, root=ROOT)


def base(own: str, at: datetime, *, gone: bool = False) -> Row:
    """What every object begins with."""
    return {"sourcedId": own, "status": "tobedeleted" if gone else "active", "dateLastModified": stamp(at)}


class Book:
    """The evaluations that the reader sees, of one class or of all, and when each was last changed."""

    def __init__(self, *, in_class: str = "", at_school: str = "") -> None:
        rows = list(evaluations())
        if in_class:
            held = cohorts().filter(public_id=in_class).first() if in_class.isalnum() else None
            if held is None:
                raise Http404
            rows = [one for one in rows if one.cohort_id == held.pk]
        if at_school:
            rows = [one for one in rows if one.cohort.organisation.public_id == at_school]
        self.evaluations = rows
        self._told = last_told([str(ref(one)) for one in rows], facts=CHANGES)
        self._cohorts = last_told([_cohort(one) for one in rows], rooms=("apprenticeships",))

    def changed(self, one: Evaluation) -> datetime:
        """When its items became what they are: opened, moved to another version, or its class was changed."""
        moments = (self._told.get(str(ref(one))), self._cohorts.get(_cohort(one)), one.opened_at)
        return max(moment for moment in moments if moment is not None)

    def categories(self) -> list[Row]:
        """The parts of every scheme in force, each once."""
        found: dict[str, Row] = {}
        for one in self.evaluations:
            for part in components(one.scheme.definition):
                own = f"{one.scheme.public_id}-{part.key}"
                row = {"title": part.name.say("en") or part.key, "weight": float(part.weight)}
                known = base(own, self.changed(one)) | row
                if found.setdefault(own, known)["dateLastModified"] < known["dateLastModified"]:
                    found[own] = known
        return list(found.values())

    def line_items(self) -> list[Row]:
        """Every item of every evaluation."""
        return [
            _line_item(one, item, self.changed(one))
            for one in self.evaluations
            for item in items(one.scheme.definition)
        ]


def _cohort(one: Evaluation) -> str:
    return f"apprenticeships/cohort/{one.cohort.public_id}"


def _line_item(one: Evaluation, item: ItemInfo, at: datetime) -> Row:
    cohort = one.cohort
    title = item.name.say("en") or item.key
    return base(item_id(one, item.key), at) | {
        "title": title,
        "assignDate": stamp(beginning(cohort.starts_on)),
        "dueDate": stamp(beginning(cohort.ends_on or cohort.starts_on)),
        "class": link("classes", cohort.public_id, "class"),
        "school": link("orgs", cohort.organisation.public_id, "org"),
        "category": to("categories", f"{one.scheme.public_id}-{item.component}", "category"),
        "gradingPeriod": link("gradingPeriods", one.public_id, "academicSession"),
        "resultValueMin": 0.0,
        "resultValueMax": float(item.max),
    }


def beginning(day: date) -> datetime:
    """The first moment of a day of this site."""
    return timezone.make_aware(datetime.combine(day, time()))


def item_id(one: Evaluation, item: str) -> str:
    """A line item's id: evaluation and item."""
    return f"{one.public_id}.{item}"


class Joined:
    """Rows of two queries one after the other; only what is asked for is read."""

    def __init__(self, *parts: tuple[Any, Callable[[Any], Row]]) -> None:
        self.parts = parts

    def count(self) -> int:
        """How many of all."""
        return sum(query.count() for query, _show in self.parts)

    def __iter__(self) -> Iterator[Row]:
        for query, show in self.parts:
            yield from map(show, query)

    def __getitem__(self, wanted: slice) -> list[Row]:
        found: list[Row] = []
        first, last = wanted.start, wanted.stop
        for query, show in self.parts:
            if last > 0:
                found += map(show, query[max(0, first) : last])
            held = query.count()
            first, last = first - held, last - held
        return found
