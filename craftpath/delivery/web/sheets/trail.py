"""Where the reader is: the crumbs above the title and the three steps of an import."""

from __future__ import annotations

from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.delivery.web.shell.trail import here as page_itself


def crumbs(request: Request, here: str) -> list[Crumb]:
    """The list of imports, then the page itself."""
    return [step(request, _("Imports"), "sheets:list"), page_itself(here)]


def steps() -> list[dict[str, str]]:
    """From file to rows."""
    return [{"label": _("Upload")}, {"label": _("Check")}, {"label": _("Done")}]
