"""An analysis goes out with its list of priorities; others sign the list; what nobody wants is put away."""

from __future__ import annotations

from datetime import datetime

from craftpath.domain.needs import rules
from craftpath.domain.needs.computing import held, in_line, told_of
from craftpath.domain.needs.facts import (
    AnalysisDropped,
    AnalysisPublished,
    AnalysisSigned,
    AnalysisSuperseded,
)
from craftpath.domain.needs.models import Analysis, SignOff
from craftpath.domain.needs.states import ANALYSIS
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, not_now, require


@action
def publish_analysis(
    row: Analysis, *, method: str = "mwds", count: int = 5, by: Actor, at: datetime
) -> Analysis:
    """Let others read it, with the skills that are needed most; earlier ones of the same surveys give way.

    Skills that share the last place are all on the list. Whoever publishes signs it with that.
    """
    in_line(row.organisation)
    row = held(row)
    require(rules.may_analyse(by, row.organisation))
    if row.state == "published":
        return row
    require(rules.can_publish(method, count))
    row.state = ANALYSIS.after(row.state, "publish")
    row.published_by, row.published_at = by.person, at
    row.priority_method, row.priorities = method, priorities_of(row, method, count)
    row.save()
    told = AnalysisPublished(row.people or 0, method, row.priorities)
    told_of(told, row, by=by, at=at)
    _supersede(row, by, at)
    if by.person is not None:
        sign_analysis(row, by=by, at=at)
    return row


def priorities_of(row: Analysis, method: str, count: int) -> list[str]:
    """The keys of the `count` most needed skills by a method, those that need nothing left out."""
    rows = [one for one in row.figures["items"] if "why" not in one]
    sign = -1 if method == "rds" else 1
    needed = [one for one in rows if sign * one[method]["value"] > 0]
    chosen = [one for one in needed if one["ranks"][method]["place"] <= count]
    return [one["key"] for one in sorted(chosen, key=lambda one: one["ranks"][method]["place"])]


def _supersede(row: Analysis, by: Actor, at: datetime) -> None:
    """Published analyses of the same organisation all of whose surveys, or later waves of them, are in this one."""
    mine = _newest(row)
    others = Analysis._base_manager.select_for_update(of=("self",)).select_related("organisation")
    others = others.filter(organisation=row.organisation, state="published").exclude(pk=row.pk)
    for other in others:
        if all(mine.get(series, 0) >= wave for series, wave in _newest(other).items()):
            supersede_analysis(other, row, by=by, at=at)


def _newest(row: Analysis) -> dict[str, int]:
    """series → its newest wave in an analysis."""
    return dict(row.surveys.order_by("wave").values_list("series", "wave"))


@action
def supersede_analysis(row: Analysis, later: Analysis, *, by: Actor, at: datetime) -> Analysis:
    """A later analysis holds from now on; this one stays readable and says so."""
    require(rules.may_analyse(by, row.organisation))
    row.state, row.superseded_by = ANALYSIS.after(row.state, "supersede"), later
    row.save()
    told_of(AnalysisSuperseded(later.public_id), row, by=by, at=at)
    return row


@action
def sign_analysis(row: Analysis, *, by: Actor, at: datetime) -> SignOff:
    """Stand by the list of priorities; once more changes nothing."""
    row = held(row)
    require(rules.may_sign(by, row))
    if row.state != "published":
        raise Refused(not_now("needs.not_published"))
    assert by.person is not None and by.organisation is not None  # noqa: S101, PT018  (may_sign asked)
    signed, made = SignOff.objects.get_or_create(
        analysis=row, person=by.person, defaults={"place": by.organisation, "at": at}
    )
    if made:
        told_of(AnalysisSigned(by.person.public_id), row, by=by, at=at)
    return signed


@action
def drop_analysis(row: Analysis, *, by: Actor, at: datetime) -> Analysis:
    """Put away what was not published; once more changes nothing."""
    row = held(row)
    require(rules.may_analyse(by, row.organisation))
    if row.state == "dropped":
        return row
    row.state = ANALYSIS.after(row.state, "drop")
    row.save()
    told_of(AnalysisDropped(), row, by=by, at=at)
    return row
