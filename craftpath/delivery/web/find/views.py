"""The page of one box: what is found stands below it, and follows while one types."""

from __future__ import annotations

from itertools import islice

from allauth.core import ratelimit
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from craftpath.delivery.web.find.groups import GROUPS, LOOKS
from craftpath.delivery.web.find.opening import open_kinds, results
from craftpath.delivery.web.shell.requests import Request
from craftpath.kernel.search import marks
from craftpath.kernel.search.finding import find

SHOWN = 50
LONGEST = 200  # characters of a question


@never_cache
@require_safe
def find_page(request: Request, organisation: str) -> HttpResponse:
    """Nothing is counted: a number would tell of what the reader may not see."""
    asked = request.GET.get("q", "").replace("\x00", " ").strip()[:LONGEST]
    group = request.GET.get("in", "")
    group = group if group in GROUPS else ""
    shown = {"asked": asked, "group": group, "tabs": _tabs(request, asked, group), "begins": not asked}
    if asked:
        limited = ratelimit.consume_or_429(request, action="find", limit_get=True)
        if limited:
            return limited
        kinds = open_kinds(request, group)
        # A space at the end says that the last word is whole.
        others = [kind for kind in LOOKS if kind not in kinds]
        words = request.GET["q"].lstrip()
        found = find(words, brought=marks.reader(request.actor), kinds=kinds, others=others)
        lines = list(islice(results(request, found, asked), SHOWN + 1))
        shown |= {"found": lines[:SHOWN], "more": len(lines) > SHOWN}
    page = "find/page.html#found" if request.htmx and not request.htmx.boosted else "find/page.html"
    return render(request, page, shown)


def _tabs(request: Request, asked: str, group: str) -> list[dict[str, object]]:
    """A way to each group in which the reader can open something."""
    address = reverse("find:page", args=[request.organisation.key])
    here = {LOOKS[kind][0] for kind in open_kinds(request, "")}
    groups = [("", pgettext("all kinds of things", "All"))]
    groups += [(key, str(label)) for key, label in GROUPS.items() if key in here]
    return [
        {
            "url": f"{address}?{urlencode({'q': asked} | ({'in': key} if key else {}))}",
            "label": label,
            "current": key == group,
        }
        for key, label in groups
    ]
