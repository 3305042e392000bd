"""What pairs give to counting: who teaches how many, by place and quarter. Whoever asks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from django.db.models import Q

from craftpath.domain.pairing.models import Bond, Standing
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.people import Person

HEARD = dict.fromkeys(
    (
        "pairing.standing_set",
        "pairing.result_noted",
        "pairing.formed",
        "pairing.ended",
        "pairing.renewed",
        "pairing.teacher_replaced",
        "pairing.deputy_appointed",
        "pairing.mentors_taken_over",
    ),
    ("mentor",),
)
"""Facts, and the tables of the star that they may change."""


def bonds(places: Collection[int]) -> Iterator[tuple[int, str, int, str, str, date, date | None]]:
    """(place, teacher, learner, role, kind of pair, from, first day without) of what held; one question."""
    rows = Bond.objects.filter(place__in=places, pair__formed_at__isnull=False).order_by("pk")
    yield from rows.values_list(
        "place_id", "teacher__public_id", "learner_id", "role", "pair__kind", "starts_on", "ends_on"
    ).iterator()


def standings(places: Collection[int]) -> dict[str, list[tuple[date, date | None]]]:
    """teacher → (qualified from, first day without) of those who teach at these places; one question."""
    there = Bond.objects.filter(place__in=places).order_by().values("teacher_id")
    rows = Standing._base_manager.filter(person__in=there).exclude(qualification="").order_by("pk")
    found: dict[str, list[tuple[date, date | None]]] = {}
    for who, first, until in rows.values_list("person__public_id", "qualified_from", "qualified_until"):
        found.setdefault(who, []).append((first or date.min, until))
    return found


def places() -> list[int]:
    """Where anybody teaches or has taught; one question."""
    return list(Bond.objects.order_by().values_list("place_id", flat=True).distinct())


def turning(first: date, last: date) -> set[int]:
    """Places at which a bond begins or ends on one of these days, which no fact tells; one question."""
    days = Q(starts_on__range=(first, last)) | Q(ends_on__range=(first, last))
    return set(Bond.objects.filter(days).order_by().values_list("place_id", flat=True))


def concerned(entries: Sequence[AuditEntry]) -> Iterator[tuple[str, int]]:
    """(table, place) that these facts may have changed; two questions."""
    about = [entry for entry in entries if entry.fact in HEARD]
    if not about:
        return
    pairs = {one for entry in about for one in _pairs(entry)}
    people = {entry.payload["person"] for entry in about if isinstance(entry.payload.get("person"), str)}
    theirs = Person.objects.filter(public_id__in=people).values("pk")
    rows = Bond.objects.filter(Q(pair__public_id__in=pairs) | Q(teacher__in=theirs)).order_by()
    yield from (("mentor", pk) for pk in rows.values_list("place_id", flat=True).distinct())


def _pairs(entry: AuditEntry) -> Iterator[str]:
    noun, _, rest = entry.subject.partition("/")
    if noun == "pairing":
        yield rest.rpartition("/")[2]
    many = entry.payload.get("pairs")
    yield from many if isinstance(many, list) else ()
