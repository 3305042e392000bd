"""What the credit bank gives to counting: hundredths earned and converted, and to which institution they went."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from craftpath.domain.credits.models import Account, Entry, Request
from craftpath.kernel.audit import AuditEntry

HEARD = dict.fromkeys(
    ("credits.earned", "credits.taken_back", "credits.unfounded", "credits.request_moved"), ("credit", "path")
)
"""Facts, and the tables of the star that they may change."""


def credits(people: Collection[int]) -> Iterator[tuple[int, date, str, int, int | None]]:
    """(person, day, earned or converted, hundredths, institution) of lines of the ledger; one question.

    A reversal counts against what it takes back; points that leave for a diploma count as converted.
    """
    rows = Entry._base_manager.filter(account__person__in=people).order_by("account_id", "pk")
    told = rows.values_list(
        "account__person_id",
        "on",
        "kind",
        "points",
        "institution_id",
        "reversal_of__kind",
        "line__request__diploma__organisation_id",
    )
    for person, on, kind, points, institution, reverses, taker in told.iterator():
        what = reverses if kind == "reversed" else kind
        yield (
            person,
            on,
            what,
            points if what == "earned" else -points,
            institution if what == "earned" else taker,
        )


def people_of(entries: Sequence[AuditEntry]) -> set[int]:
    """Persons whose ledger these facts may have changed; two questions."""
    accounts: set[str] = set()
    requests: set[str] = set()
    for entry in entries:
        if entry.fact in HEARD:
            kind = entry.subject.split("/")[1] if entry.subject.count("/") == 2 else ""
            (requests if kind == "request" else accounts).add(entry.subject.rpartition("/")[2])
    found = set(Account._base_manager.filter(public_id__in=accounts).values_list("person_id", flat=True))
    asked = Request._base_manager.filter(public_id__in=requests)
    return found | set(asked.values_list("account__person_id", flat=True))
