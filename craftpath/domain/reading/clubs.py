"""The club of a list: who sees, hosts and is invited in the forum that belongs to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from craftpath.domain.forums.owners import Owner, owns
from craftpath.domain.reading.models import Member, ReadingList
from craftpath.domain.reading.rules import may_lead
from craftpath.kernel.access import Actor
from craftpath.kernel.tenancy import Scope

KIND = "reading/list"


def _seen(scope: Scope) -> QuerySet[Any, str]:
    rows = ReadingList._base_manager.filter(ReadingList.seen_by(scope)).order_by()
    return rows.values_list("public_id", flat=True)


def _hosts(actor: Actor, public_id: str) -> bool:
    row = ReadingList._base_manager.select_related("organisation").filter(public_id=public_id).first()
    return row is not None and bool(may_lead(actor, row))


def _people(public_id: str) -> Iterable[int]:
    return Member.objects.filter(list__public_id=public_id).values_list("person_id", flat=True)


owns(KIND, Owner(seen=_seen, hosts=_hosts, people=_people))
