"""Things of the record that steps point to: found by the address of their page, shown to whoever may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from craftpath.delivery.web.history.subjects import PAGES, subjects
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now

LONGEST = 500


def thing_at(request: Request, address: str) -> Ref:
    """What a page of this organisation is about, if the reader sees it; else refused.

    Whatever else an address holds is not looked at: only its path, by the routes of this site.
    """
    try:
        match = resolve(urlsplit(address.strip()[:LONGEST]).path)
    except (Resolver404, ValueError):
        raise Refused(not_now("pilots.thing_unknown")) from None
    ids = [value for name, value in match.kwargs.items() if name != "organisation" and isinstance(value, str)]
    kind = PAGES.get(match.view_name)
    public_id = plain_id(ids[0]) if ids else ""
    if kind is None or not public_id:
        raise Refused(not_now("pilots.thing_unknown"))
    ref = Ref(*kind, public_id)
    if str(ref) not in subjects([str(ref)], request.organisation.key):
        raise Refused(not_now("pilots.thing_unknown"))
    return ref


def named(request: Request, refs: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """ref → (name, address) of those that the reader may see; a query for each kind."""
    return subjects([ref for ref in refs if ref], request.organisation.key)
