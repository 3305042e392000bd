"""What subsidies give to counting: what was claimed, received and given back, on the day of each step."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from craftpath.domain.subsidies.models import FileEvent, SubsidyFile
from craftpath.domain.subsidies.settling import currency_of
from craftpath.kernel.audit import AuditEntry

HEARD = {"subsidies.money_decided": ("money",), "subsidies.file_moved": ("money",)}
"""Facts, and the tables of the star that they may change."""
MOVES = {
    "advance": ("subsidy_received", "advance"),
    "settle": ("subsidy_claimed", "due"),
    "pay": ("subsidy_received", "balance"),
    "refund": ("subsidy_returned", "refund"),
}
"""Move of a file → what it is in the star, and the column that holds the amount."""


def subsidies(organisations: Collection[int]) -> Iterator[tuple[int, int, date, str, int, str]]:
    """(enterprise, class, day, what, minor units, currency) of steps with money; two questions."""
    files = {
        row.pk: row
        for row in SubsidyFile._base_manager.filter(organisation__in=organisations).select_related("scheme")
    }
    events = FileEvent.objects.filter(file__in=files, move__in=MOVES).order_by("file_id", "pk")
    for file, move, on in events.values_list("file_id", "move", "on"):
        what, column = MOVES[move]
        row, minor = files[file], getattr(files[file], column)
        if minor is not None:
            yield row.organisation_id, row.cohort_id, on, what, minor, currency_of(row)


def organisations() -> list[int]:
    """Who filed; one question."""
    return list(SubsidyFile._base_manager.order_by().values_list("organisation_id", flat=True).distinct())


def concerned(entries: Sequence[AuditEntry]) -> Iterator[tuple[str, int]]:
    """(table, enterprise) that these facts may have changed; one question."""
    about = {entry.subject.rpartition("/")[2] for entry in entries if entry.fact in HEARD}
    if about:
        rows = SubsidyFile._base_manager.filter(public_id__in=about).order_by()
        yield from (("money", pk) for pk in rows.values_list("organisation_id", flat=True).distinct())
