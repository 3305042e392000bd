"""Reading accounts, diplomas and requests."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from craftpath.domain.credits.amounts import Proposal, Table, Taken, propose
from craftpath.domain.credits.models import (
    Account,
    Area,
    ConversionRule,
    Diploma,
    EarningRule,
    Entry,
    Request,
    RequestFile,
)
from craftpath.kernel.organisations import SCHOOLS, Organisation
from craftpath.kernel.people import selves

if TYPE_CHECKING:
    from craftpath.kernel.people import Person

SOON_DAYS = 90


@dataclass(frozen=True, slots=True)
class AreaBalance:
    """What an account holds of an area: earned, converted, expired unused, and what is left (hundredths)."""

    area: Area
    earned: int
    converted: int
    expired: int

    @property
    def left(self) -> int:
        """What can still be used today."""
        return self.earned - self.converted - self.expired


def accounts() -> models.QuerySet[Account]:
    """Those of the open scope, by name."""
    return Account.objects.select_related("person").order_by("person__name", "pk")


def accounts_of_people() -> models.QuerySet[Account]:
    """One for each person: those of records that were merged into another are read with that one's."""
    theirs = Account._base_manager.filter(person=OuterRef("person__merged_into"))
    return accounts().exclude(Exists(theirs))


def account_of(person: Person) -> Account | None:
    """Somebody's account, once something was put into it."""
    rows = Account.objects.filter(person__in=selves(person.pk)).select_related("person")
    return rows.order_by(F("person__merged_into").asc(nulls_first=True), "pk").first()


def left_in(accounts: Collection[Account], today: date) -> dict[int, int]:
    """id of an account → what can be used today, with accounts that are read as one with it; four queries."""
    owners = {row.owner_id: row.pk for row in accounts}
    named = Account._base_manager.filter(Q(person__in=owners) | Q(person__merged_into__in=owners))
    told = named.order_by("pk").values_list("pk", "person__merged_into", "person")
    of = {pk: owners[into or person] for pk, into, person in told}
    rows = Entry._base_manager.filter(account__in=list(of)).order_by()
    left = dict.fromkeys(owners.values(), 0)
    for account, points in rows.values_list("account").annotate(whole=Sum("points")):
        left[of[account]] += points
    for one in _twice(of):
        if one.expires_on is None or one.expires_on >= today:  # an expired one is gone already
            left[of[one.account_id]] -= one.points
    gone = _unused(rows.filter(expires_on__lt=today)).values_list("account").annotate(unused=Sum("points"))
    for account, unused in gone:
        left[of[account]] -= unused
    return left


def twice_of(account: Account) -> list[Entry]:
    """Earned lines that do not count, since another record of the same person has earned the same; after a merge."""
    return _twice(dict.fromkeys(account.joined, account.pk))


def _twice(of: Mapping[int, int]) -> list[Entry]:
    """The same for many; `of` says which accounts are read as one. No query where none has a second one.

    What was converted counts; of others the one that lasts longest.
    """
    size = Counter(of.values())
    several = [pk for pk, whose in of.items() if size[whose] > 1]
    if not several:
        return []
    found: defaultdict[tuple[int, str], list[Entry]] = defaultdict(list)
    rows = Entry._base_manager.filter(account__in=several, kind="earned", reversed_by__isnull=True)
    for row in rows.order_by("pk"):
        found[of[row.account_id], row.reached].append(row)
    same = [group for group in found.values() if len(group) > 1]
    left = left_of(row for group in same for row in group)
    twice: list[Entry] = []
    for group in same:
        unused = [row for row in group if left[row.pk] == row.points]
        if len(unused) == len(group):
            unused.remove(max(unused, key=lambda row: (row.expires_on or date.max, row.points, -row.pk)))
        twice += unused
    return twice


def entries() -> models.QuerySet[Entry]:
    """Lines of the ledgers that the reader sees."""
    return Entry.objects.select_related("account__person", "institution", "area")


def entries_of(account: Account) -> models.QuerySet[Entry]:
    """The ledger, the newest line first."""
    rows = Entry.objects.filter(account__in=account.joined)
    return rows.select_related(
        "area", "institution", "rule", "reversal_of", "line__request__diploma", "line__request__organisation"
    ).order_by("-pk")


def balance_of(account: Account, today: date) -> list[AreaBalance]:
    """What stands in each area today; three queries however long the ledger is, five after a merge.

    The sum of all lines less what has expired unused, and less what two records of one person had twice. A reversed
    line and its reversal cancel each other; what is about a conversion names an area of the diploma.
    """
    rows = Entry._base_manager.filter(account__in=account.joined).order_by()
    counted = rows.values_list("area").annotate(
        whole=Coalesce(Sum("points"), 0), out=Coalesce(Sum("points", filter=~Q(to_area="")), 0)
    )
    sums = {area: (whole, out) for area, whole, out in counted}
    expired = _unused(rows.filter(expires_on__lt=today)).values_list("area").annotate(unused=Sum("points"))
    gone = {area: int(unused) for area, unused in expired}
    for one in twice_of(account):
        whole, out = sums[one.area_id]
        sums[one.area_id] = (whole - one.points, out)
        if one.expires_on is not None and one.expires_on < today:
            gone[one.area_id] -= one.points
    named = {row.pk: row for row in Area.objects.filter(pk__in=list(sums))}
    return [
        AreaBalance(named[pk], whole - out, -out, gone.get(pk, 0))
        for pk, (whole, out) in sorted(sums.items())
        if whole or out or gone.get(pk)
    ]


def credits_of(account: Account, today: date) -> models.QuerySet[Entry]:
    """Earned lines that can be used today, what expires first first."""
    rows = Entry.objects.filter(
        Q(expires_on__isnull=True) | Q(expires_on__gte=today), account__in=account.joined
    ).exclude(pk__in=[one.pk for one in twice_of(account)])
    return _unused(rows).select_related("area", "institution", "rule").order_by(
        F("expires_on").asc(nulls_last=True), "on", "pk"
    )  # fmt: skip


def expiring(account: Account, today: date, until: date) -> models.QuerySet[Entry]:
    """Those of them whose last day comes until a day."""
    return credits_of(account, today).filter(expires_on__lte=until)


def _unused(rows: models.QuerySet[Entry]) -> models.QuerySet[Entry]:
    """Of earned lines those of which all is left."""
    out = Entry._base_manager.filter(credit=OuterRef("pk")).order_by().values("credit")
    spent = out.annotate(all=Sum("points")).values("all")
    return rows.filter(kind="earned").annotate(out=Coalesce(Subquery(spent), 0)).filter(out=0)


def left_of(credits: Iterable[Entry]) -> dict[int, int]:
    """id of an earned line → what is left of it: all of it, or nothing once it is converted or reversed; one query."""
    left = {row.pk: row.points for row in credits}
    rows = Entry._base_manager.filter(credit__in=list(left)).order_by().values_list("credit_id", "points")
    for pk, points in rows:
        left[pk] += points
    return left


# ---- Diplomas and tables --------------------------------------------------------------------------------


def diplomas() -> models.QuerySet[Diploma]:
    """Those of the open scope: every open one, and the drafts of one's organisations."""
    return Diploma.objects.select_related("organisation").order_by("organisation__path", "pk")


def whole(rows: models.QuerySet[Diploma]) -> models.QuerySet[Diploma]:
    """The same with areas, minima, offers and the rows of the table; a query for each."""
    return rows.prefetch_related("areas", "minima", "offers", "rules")


def table_of(diploma: Diploma) -> Table:
    """A diploma as amounts are worked out from it; two queries, none where `whole` has read it."""
    return Table(diploma, tuple(diploma.rules.all()), {row.key: row for row in diploma.areas.all()})


def taken_by(account: Account, diploma: Diploma) -> list[Taken]:
    """What a diploma has got from an account and still has; one query."""
    rows = Entry._base_manager.filter(
        account__in=account.joined, kind="converted", line__request__diploma=diploma, reversed_by__isnull=True
    )
    told = rows.order_by("pk").values_list("line__rule__key", "to_area", "given", "credit__on", "outcome")
    return [Taken(*one) for one in told]


def proposals(diploma: Diploma, account: Account, credits: list[Entry], on: date) -> list[Proposal]:
    """What the table of a day gives for credits, with what is left and what the diploma has got; four queries."""
    remaining = left_of(credits) | {one.pk: 0 for one in twice_of(account)}
    return propose(table_of(diploma), credits, on=on, remaining=remaining, taken=taken_by(account, diploma))


def institutions(near: Organisation) -> list[Organisation]:
    """Who may recognise something: every institution with a diploma that is open, and one's own if it teaches."""
    goals = Diploma._base_manager.filter(state="open").order_by().values("organisation")
    rows = Organisation.objects.filter(Q(pk__in=goals) | Q(pk=near.pk, kind__in=SCHOOLS))
    return list(rows.order_by("path"))


def areas() -> models.QuerySet[Area]:
    """All areas of credits."""
    return Area.objects.all()


def earning_rules(organisation: Organisation | None = None) -> models.QuerySet[EarningRule]:
    """What outcomes are worth: rows of the site, of an organisation and of those above it."""
    rows = EarningRule.objects.select_related("organisation", "area", "made_by")
    if organisation is not None:
        paths = [organisation.path[:end] for end in range(4, len(organisation.path) + 1, 4)]
        rows = rows.filter(Q(organisation__isnull=True) | Q(organisation__path__in=paths))
    return rows.order_by("outcome", "key", "-valid_from", "pk")


def conversion_rules(diploma: Diploma) -> models.QuerySet[ConversionRule]:
    """The rows of a table, the newest of each key first."""
    return diploma.rules.select_related("made_by").order_by("key", "-valid_from", "pk")


# ---- Requests -------------------------------------------------------------------------------------------


def requests() -> models.QuerySet[Request]:
    """Those of the open scope, the newest first."""
    rows = Request.objects.select_related(
        "account__person", "organisation", "diploma", "checked_by", "decided_by", "posted_by", "reversed_by"
    )
    return rows.order_by("-asked_at", "-pk")


def with_lines(rows: models.QuerySet[Request]) -> models.QuerySet[Request]:
    """The same with lines and files; a query for each."""
    return rows.prefetch_related(
        "lines__credit__area", "lines__credit__institution", "lines__rule", "lines__area", "files__file"
    )


def files() -> models.QuerySet[RequestFile]:
    """Files of the requests that the reader sees."""
    seen = Request.objects.order_by().values("pk")
    return RequestFile.objects.filter(request__in=seen).select_related("file", "request")
