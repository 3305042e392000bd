"""Points, what was exchanged with them, what is held and what clashed – of the open scope."""

from __future__ import annotations

from django.db import models
from django.db.models import Count

from craftpath.kernel.points.carried import Way, carried
from craftpath.kernel.points.gathering import chunks
from craftpath.kernel.points.spelling import Names
from craftpath.kernel.points.tables import Clash, Exchange, HeldRow, Point


def points() -> models.QuerySet[Point]:
    """Those that are, then those that were, with how many rows are held from each."""
    rows: models.QuerySet[Point] = Point.objects.select_related("organisation", "revoked_by").annotate(
        waiting=Count("held")
    )
    return rows.order_by(models.F("revoked_at").asc(nulls_first=True), "organisation__path", "-made_at")


def exchanges_of(point: Point) -> models.QuerySet[Exchange]:
    """What was made and taken, the newest first."""
    rows: models.QuerySet[Exchange] = Exchange.objects.filter(point=point).select_related("by")
    return rows.order_by("-at", "-pk")


def held_of(point: Point) -> models.QuerySet[HeldRow]:
    """Rows that could not be written, the oldest first."""
    return HeldRow.objects.filter(point=point).order_by("at", "pk")


def clashes() -> models.QuerySet[Clash]:
    """Open ones first, the newest first."""
    both = [label for label, one in carried().items() if one.way is Way.BOTH]
    rows: models.QuerySet[Clash] = Clash.objects.filter(label__in=both).select_related(
        "organisation", "settled_by"
    )
    return rows.order_by(models.F("settled_at").asc(nulls_first=True), "-found_at", "-pk")


def whom_about(some: list[Clash]) -> dict[int, str]:
    """Whose record each is in, by name; one question a table, whatever their number."""
    found: dict[int, str] = {}
    by_label: dict[str, list[Clash]] = {}
    for clash in some:
        by_label.setdefault(clash.label, []).append(clash)
    for label, of_table in by_label.items():
        path = _to_person(label)
        if not path:
            continue
        local = Names().local(label, [clash.name for clash in of_table])
        names: dict[str, str] = {}
        for keys in chunks(local.values()):
            rows = carried()[label].model._base_manager.filter(pk__in=keys).values_list("pk", path)
            names |= {str(key): name for key, name in rows}
        found |= {clash.pk: names.get(local.get(clash.name, ""), "") for clash in of_table}
    return found


def _to_person(label: str) -> str:
    """How a row of a table leads to the name of the apprentice, or of the person, whom it is about."""
    one = carried()[label]
    steps: list[str] = []
    for _step in range(4):
        names = {field.name for field in one.relations}
        if "enrolment" in names:
            return "__".join([*steps, "enrolment__person__name"])
        for name in ("person", "asker"):
            if name in names:
                return "__".join([*steps, name, "name"])
        owner = next((field for field in one.relations if field.name == one.owner), None)
        if owner is None or owner.related_model._meta.label not in carried():
            return ""
        steps.append(owner.name)
        one = carried()[owner.related_model._meta.label]
    return ""
