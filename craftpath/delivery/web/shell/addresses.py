"""Addresses of many pages of one kind: looked up once, filled in for each row of a list."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from craftpath.delivery.web.shell.requests import Request

Address = Callable[..., str]
_HOLE = "~"  # stands in no key and no id, and an address keeps it as it is


def addresses(request: Request, page: str, *fixed: str, ids: int = 1) -> Address:
    """How to get to pages of this organisation: `fixed` ids stand first, the last `ids` of them are given each time.

    An id is letters and digits, so it goes into the address as it is.
    """
    pattern = reverse(page, args=[request.organisation.key, *fixed, *[_HOLE] * ids])
    first, *rest = pattern.split(_HOLE)

    def address(*given: str) -> str:
        return first + "".join(one + part for one, part in zip(given, rest, strict=True))

    return address
