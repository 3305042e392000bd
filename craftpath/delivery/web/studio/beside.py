"""A version beside another version, a chart, or a list of skills; and how the tasks were matched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.studio.places import found_version, numbered, to_version, version_tabs
from craftpath.domain.occupations import rules as chart_rules
from craftpath.domain.occupations.queries import board_of as board_of_chart
from craftpath.domain.occupations.queries import charts
from craftpath.domain.standards.queries import frameworks
from craftpath.domain.studio.comparing import board_of_list, compare
from craftpath.domain.studio.content import Content, board_of
from craftpath.domain.studio.matching import CLOSE
from craftpath.domain.studio.queries import versions
from craftpath.domain.studio.texts import KINDS, MATCHED

if TYPE_CHECKING:
    from craftpath.domain.occupations.queries import DutyRow
    from craftpath.domain.studio.models import DraftVersion

MOST_OFFERED = 60
TONES = {"same": "plain", "reworded": "info", "moved": "info", "added": "good", "dropped": "attention"}


@dataclass(frozen=True, slots=True)
class Other:
    """What a version may be held beside."""

    key: str
    label: str
    row: Any

    def board(self) -> list[DutyRow]:
        """As a chart."""
        if self.key.startswith("version:"):
            return board_of(Content.of(self.row.content).duties)
        return board_of_chart(self.row) if self.key.startswith("chart:") else board_of_list(self.row)


@require_GET
def beside(request: Request, organisation: str, version: str) -> HttpResponse:
    """The version before it at first, else whatever is chosen; only changes where that is asked for."""
    row = found_version(request, version)
    offered = _offered(request, row)
    kind, _colon, public_id = request.GET.get("with", "").partition(":")
    wanted = f"{kind}:{plain_id(public_id)}"
    flat = {one.key: one for _label, some in offered for one in some}
    chosen = flat.get(wanted) or next(iter(flat.values()), None)
    found = compare(chosen.board(), board_of(Content.of(row.content).duties)) if chosen else None
    only = request.GET.get("show", "") == "changes"
    context = {
        "row": row,
        "chosen": chosen,
        "options": [(label, [(one.key, one.label) for one in some]) for label, some in offered],
        "shows": [("changes", _("only what differs"))],
        "show": "changes" if only else "",
        "found": found,
        "counts": [(KINDS[kind], found.counts[kind]) for kind in KINDS] if found else [],
        "lines": [_line(one) for one in found.lines if not only or one.kinds != ("same",)] if found else [],
        "close": CLOSE,
        "tabs": version_tabs(request, row, "studio:beside"),
        "crumbs": to_version(request, row, here(_("Compare"))),
    }
    return render(request, "studio/beside.html", context)


def _line(one: Any) -> dict[str, Any]:
    pair = one.pair
    return {
        "before": one.before,
        "after": one.after,
        "kinds": [(KINDS[kind], TONES[kind]) for kind in one.kinds],
        "by": MATCHED[pair.by] if pair else "",
        "percent": pair.percent if pair and pair.by == "close" else None,
    }


def _offered(request: Request, row: DraftVersion) -> list[tuple[str, list[Other]]]:
    """Versions of the same draft (the one before it first), charts, published lists; three queries."""
    own = sorted(
        versions().filter(draft=row.draft_id).exclude(pk=row.pk),
        key=lambda one: (one.pk != row.follows_id, -one.number),
    )
    seen = charts().exclude(state="retired")[:MOST_OFFERED]
    readable = [one for one in seen if one.adopted_at is not None or chart_rules.may_run(request.actor, one)]
    lists = frameworks().filter(state="published")[:MOST_OFFERED]
    return [
        (label, some)
        for label, some in (
            (_("Versions"), [Other(f"version:{one.public_id}", numbered(one), one) for one in own]),
            (
                _("Charts of occupations"),
                [
                    Other(
                        f"chart:{one.public_id}",
                        f"{text(one.occupation.name)} · {numbered_chart(one.version)}",
                        one,
                    )
                    for one in readable
                ],
            ),
            (_("Lists of skills"), [Other(f"list:{one.public_id}", text(one.name), one) for one in lists]),
        )
        if some
    ]


def numbered_chart(number: int) -> str:
    """What a version of a chart is called."""
    return _("Version %(number)s") % {"number": number}
