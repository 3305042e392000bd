"""Who needs somebody: one's own people and whole classes in order of need, each with the reason and the next act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.desks.shapes import MOST, Line
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.delivery.web.support import saying
from craftpath.domain.apprenticeships.counting import Placed
from craftpath.domain.apprenticeships.queries import cohorts, enrolments
from craftpath.domain.counts import queries as counts
from craftpath.domain.counts.gaps import Late, late_of, urgency
from craftpath.domain.counts.measures import ALONE, KINDS, LOG, QUIET, REVIEW
from craftpath.domain.support.queries import Need, need_of
from craftpath.kernel.roles import Permission


def people_in_need(
    request: Request, people: Sequence[Placed], *, helping: bool, odd: Mapping[int, str] | None = None
) -> tuple[list[Line], int]:
    """The first of these in order of need, and how many there are; six queries however many.

    `helping` says that the reader works with them: then early help orders them and says why, where it may be seen.
    Whoever it says nothing of follows in order of what is late, then those of whom `odd` says something of results.
    """
    odd = odd or {}
    late, needs = late_of(people, request.today), _needs(request, people) if helping else {}
    order = sorted(needs, key=lambda pk: (-needs[pk].weight, pk))
    order += sorted(late.keys() - needs.keys(), key=lambda pk: (*urgency(late[pk]), pk))
    order += [pk for pk in odd if pk not in late and pk not in needs]
    shown = order[:MOST]
    rows = {row.pk: row for row in enrolments().filter(pk__in=shown)}
    lines = []
    for pk in shown:
        if pk in rows:
            row, gaps = rows[pk], late.get(pk, [])
            page = reverse("apprenticeships:apprentice", args=[request.organisation.key, row.public_id])
            if pk in needs:
                reasons = _reasons(needs[pk])
                told = saying.next_act(request, needs[pk].next_act, row.public_id)
                act, url = told["label"], told["url"]
            else:
                reasons = [said(gap, request.today) for gap in gaps[:2]]
                act, url = next_act(request, gaps, row.public_id, helping=helping)
            reasons += [odd[pk]] if pk in odd else []
            lines.append(Line(row.person.name, " · ".join(reasons), page, icon="me", act=act, act_url=url))
    return lines, len(order)


def _needs(request: Request, people: Sequence[Placed]) -> dict[int, Need]:
    """What early help says of those of whom it says something; one query, none where it may not be seen."""
    if Permission.SEE_SIGNS not in request.actor.permissions:
        return {}
    found = need_of(row.pk for row in people)
    return {pk: need for pk, need in found.items() if need.weight > 0}


def _reasons(need: Need) -> list[str]:
    """The heaviest reason with its figure, and what the next one is about."""
    told = [saying.reason(one.code, one.value, one.points) for one in need.reasons]
    first = [_("%(title)s: %(fact)s") % {"title": one.title, "fact": one.fact} for one in told[:1]]
    return first + [one.title for one in told[1:2]]


def said(gap: Late, today: date) -> str:
    """A gap as a reason, with its day."""
    when = {"day": day(gap.since)}
    return {
        ALONE.key: _("no mentor"),
        QUIET.key: _("no log entry since %(day)s") % when,
        REVIEW.key: _("review was due on %(day)s") % when,
        LOG.key: _("log waits for an answer since %(day)s") % when,
    }[gap.kind.key]


def next_act(request: Request, gaps: Sequence[Late], enrolment: str, *, helping: bool) -> tuple[str, str]:
    """What to do about the first of the gaps that this reader can do something about: a verb and its page."""
    key, may = request.organisation.key, request.actor.permissions
    for gap in gaps:
        if gap.kind is ALONE and Permission.FORM_PAIRS in may:
            return _("Name a mentor"), reverse("pairing:board", args=[key])
        if gap.kind is REVIEW and helping:
            return _("Hold the review"), reverse("reviews:list", args=[key])
        if gap.kind is LOG and helping:
            return _("Answer the log"), reverse("logbook:team", args=[key])
        if gap.kind is QUIET and Permission.SEE_RESULTS in may:
            return _("Read the log"), reverse("logbook:of_one", args=[key, enrolment])
    return _("Look at it"), reverse("apprenticeships:apprentice", args=[key, enrolment])


_MANY = {
    ALONE.key: lambda n: ngettext("%(n)s without a mentor", "%(n)s without a mentor", n),
    QUIET.key: lambda n: ngettext("%(n)s writes no log", "%(n)s write no log", n),
    REVIEW.key: lambda n: ngettext("%(n)s review overdue", "%(n)s reviews overdue", n),
    LOG.key: lambda n: ngettext("%(n)s log unanswered", "%(n)s logs unanswered", n),
}


def many(late: Mapping[str, int]) -> list[str]:
    """Late gaps of a class or a place in words, the heaviest first."""
    order = sorted(KINDS.values(), key=lambda kind: -kind.weight)
    return [_MANY[kind.key](late[kind.key]) % {"n": late[kind.key]} for kind in order if late.get(kind.key)]


def classes_in_need(request: Request) -> list[Line]:
    """Cohorts in which most is stuck, the worst first, each with what and the next act; three queries."""
    found = counts.stuck_cohorts(request.organisation.below(), request.today, MOST)
    rows = {row.pk: row for row in cohorts().filter(pk__in=[pk for pk, _figures in found])}
    key = request.organisation.key
    lines = []
    for pk, figures in found:
        if pk not in rows:
            continue
        row = rows[pk]
        act, url = _for_a_class(key, figures.late, row.public_id)
        lines.append(
            Line(
                text(row.name),
                " · ".join(many(figures.late)),
                reverse("apprenticeships:cohort", args=[key, row.public_id]),
                icon="people",
                act=act,
                act_url=url,
            )
        )
    return lines


def _for_a_class(key: str, late: Mapping[str, int], cohort: str) -> tuple[str, str]:
    worst = max(KINDS.values(), key=lambda kind: (late.get(kind.key, 0) * kind.weight, kind.weight))
    if worst is ALONE:
        return _("Pair them"), reverse("pairing:board", args=[key])
    if worst is REVIEW:
        return _("See the reviews"), reverse("reviews:cohort", args=[key, cohort])
    return _("See the logs"), reverse("logbook:board", args=[key])


def needed(lines: Iterable[Line], count: int, url: str = "") -> list[Line]:
    """The lines, and one that says how many more there are."""
    shown = list(lines)
    rest = count - len(shown)
    if rest <= 0:
        return shown
    words = ngettext("and %(count)s more", "and %(count)s more", rest) % {"count": rest}
    return [*shown, Line(words, url=url, rest=True)]
