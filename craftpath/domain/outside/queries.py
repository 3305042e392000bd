"""Reading mappings, and what one would do before there is one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from craftpath.domain.activity.queries import sent
from craftpath.domain.outside.matching import Match, counting, matches
from craftpath.domain.outside.models import Mapping
from craftpath.kernel.client_scopes import opens
from craftpath.kernel.clients import Client
from craftpath.kernel.organisations import Organisation

LOOKED_AT = 2000
"""Statements that a preview looks at, the newest first."""


def mappings() -> QuerySet[Mapping]:
    """Those of the open scope, the ones in force first, then the newest, each with how much counts by it."""
    rows = Mapping.objects.select_related("client", "organisation", "made_by")
    return rows.annotate(counts=Count("evidence")).order_by("stopped_at", "-made_at", "-pk")


def in_force() -> QuerySet[Mapping]:
    """All that are not switched off."""
    return Mapping.objects.filter(stopped_at=None).select_related("organisation").order_by("pk")


def programs(organisation: Organisation) -> list[Client]:
    """The organisation's programs that may send statements, by name."""
    rows = Client._base_manager.filter(organisation=organisation, person=None, revoked_at=None)
    return [row for row in rows.order_by("name", "pk") if opens(row.scopes, "xapi:write")]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a mapping finds among the newest statements of its program."""

    looked_at: int
    all_looked_at: bool
    found: list[Match]

    @property
    def enough(self) -> int:
        """How many reach what is asked."""
        return sum(one.enough for one in self.found)

    @property
    def counting(self) -> int:
        """How many of these count for an apprentice of the organisation."""
        return len(counting(self.found))

    @property
    def nobody(self) -> int:
        """How many name nobody who is an apprentice of the organisation just now.

        Whether a mailbox is somebody's elsewhere on the site is not this organisation's to know.
        """
        return sum(one.enrolment is None for one in self.found)


def preview(mapping: Mapping) -> Preview:
    """Hold the newest statements against a mapping, which need not be kept; a constant number of questions."""
    lines = sent(mapping.organisation, mapping.client_id, mapping.verb, limit=LOOKED_AT, newest=True)
    return Preview(len(lines), len(lines) < LOOKED_AT, matches(mapping, lines))
