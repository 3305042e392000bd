"""The way to the pages of the bank."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from craftpath.delivery.web.exams.showing import plain
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import Crumb, here, step


def crumbs(request: Request, label: str, item: Any | None = None) -> list[Crumb]:
    """The bank, perhaps an item, and the page itself."""
    way = [step(request, _("Item bank"), "exams:bank")]
    if item is not None:
        way.append(step(request, plain(item.newest.stem, 24), "exams:item", item.public_id))
    return [*way, here(label)]
