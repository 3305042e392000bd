"""Reading tools, links, platforms, keys and who comes from where."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db import models

from craftpath.domain.lti.models import Entry, Identity, Key, Link, Placement, Platform, Return, Tool
from craftpath.kernel.tenancy import paths_to

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation
    from craftpath.values.ref import Ref


def tools() -> models.QuerySet[Tool]:
    """The tools of the open scope."""
    return Tool.objects.select_related("organisation", "made_by").order_by("state", "name", "pk")


def serving_at(organisation: Organisation, host: str) -> Tool | None:
    """A tool on this host that serves an organisation: its own, or one of those above it."""
    rows = Tool._base_manager.filter(state="serving", organisation__path__in=paths_to(organisation.path))
    return next((one for one in rows.order_by("pk") if urlsplit(one.launch_address).hostname == host), None)


def links() -> models.QuerySet[Link]:
    """The links of the open scope."""
    return Link.objects.select_related("tool__organisation").order_by("title", "pk")


def to_open() -> models.QuerySet[Link]:
    """Those whose tool serves, for a course to choose from."""
    return links().filter(tool__state="serving")


def link_behind(ref: Ref) -> Link | None:
    """The link that an activity of a course holds; whoever sees the course may open it."""
    rows = Link._base_manager.filter(public_id=ref.public_id).select_related("tool__organisation")
    return rows.first()


def placement(public_id: str) -> Placement | None:
    """Where a link stands, whoever asks: the hint that names it was sealed here."""
    rows = Placement._base_manager.filter(public_id=public_id)
    return rows.select_related("link__tool__organisation", "organisation").first()


def placed(tool: Tool, context: str) -> Placement | None:
    """One place where a tool stands in a course; None where it does not."""
    rows = Placement._base_manager.filter(link__tool=tool, context=context)
    return rows.select_related("organisation").order_by("pk").first()


def keys() -> models.QuerySet[Key]:
    """The keys of the open scope, the newest first."""
    return Key.objects.select_related("organisation", "made_by").order_by("-pk")


def keys_of(organisation: Organisation) -> models.QuerySet[Key]:
    """Those of one organisation."""
    return keys().filter(organisation=organisation)


def platforms() -> models.QuerySet[Platform]:
    """The platforms of the open scope."""
    return Platform.objects.select_related("organisation", "made_by").order_by("state", "name", "pk")


def entries_of(platform: Platform) -> models.QuerySet[Entry]:
    """The links on a platform by which somebody came."""
    return Entry.objects.filter(platform=platform).order_by("-seen_at", "-pk")


def identities_of(platform: Platform) -> models.QuerySet[Identity]:
    """Who is known from there."""
    return Identity.objects.filter(platform=platform).select_related("person").order_by("person__name", "pk")


def returns_of(platform: Platform) -> models.QuerySet[Return]:
    """Grades on their way there, the newest first."""
    rows = Return.objects.filter(entry__platform=platform).exclude(state="came")
    return rows.select_related("entry", "identity__person").order_by("-scored_at", "-pk")
