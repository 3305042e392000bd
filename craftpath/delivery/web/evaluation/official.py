"""What a derivation's page says of the decision: who made it, which version this is, what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.evaluation.figures import fixed
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.evaluation import rules
from craftpath.domain.evaluation.texts import CONTEST_STATES
from craftpath.domain.evaluation.versions import contested
from craftpath.values.verdict import Verdict

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Contest, ResultVersion


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version among several: its figure, who made it when and why, and what became of it."""

    number: int
    figure: str
    passed: bool
    made: str
    reason: str
    contest: str
    url: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Official:
    """The decision behind the result on the page, and what its reader may do about it."""

    version: ResultVersion
    in_force: bool
    verdict: str
    made: str
    lines: list[VersionLine]
    contest: Contest | None
    contest_state: str
    may_read_contest: bool
    last_day: date
    may_contest: Verdict
    own: bool
    may_correct: bool


def official(request: Request, versions: Sequence[ResultVersion], shown: ResultVersion) -> Official:
    """`versions` are all of one result, the one in force first; two queries."""
    contests = contested(versions)
    contest = contests.get(shown.pk)
    own = bool(rules.may_contest(request.actor, shown))
    return Official(
        version=shown,
        in_force=shown == versions[0],
        verdict=_("Decided: passed.") if shown.passed else _("Decided: not passed."),
        made=made(shown),
        lines=[_line(request, one, contests.get(one.pk), shown) for one in versions],
        contest=contest,
        contest_state=str(CONTEST_STATES[contest.state]) if contest else "",
        may_read_contest=contest is not None and may_read(request, contest),
        last_day=rules.last_day_to_contest(shown),
        may_contest=rules.can_contest(
            shown, in_force=shown == versions[0], contested=contest is not None, on=request.today
        ),
        own=own,
        may_correct=bool(rules.may_decide(request.actor, shown.evaluation.cohort)) and not own,
    )


def may_read(request: Request, contest: Contest) -> bool:
    """The apprentice's own, or one that this reader's role answers, judge or not."""
    role = rules.may_answer_at(request.actor, contest.version.evaluation.cohort)
    return bool(role) or contest.raised_by_id == request.user.pk


def made(version: ResultVersion) -> str:
    """Who decided it, when, by which version of the scheme."""
    decision = version.decision
    facts = {
        "who": decision.made_by.name if decision.made_by else "Craftpath",
        "day": day(decision.made_at),
        "scheme": text(decision.scheme.name),
        "version": decision.scheme.version,
    }
    return _("%(who)s, %(day)s, by “%(scheme)s”, version %(version)s") % facts


def figure_of(version: ResultVersion) -> str:
    """The total with the scheme's places, or the grade."""
    return version.grade or fixed(version.total, decimals_of_version(version))


def decimals_of_version(version: ResultVersion) -> int:
    """To how many places the scheme of the decision rounds."""
    return int(version.decision.scheme.definition.get("decimals", 1))


def _line(
    request: Request, version: ResultVersion, contest: Contest | None, shown: ResultVersion
) -> VersionLine:
    ids = [request.organisation.key, version.evaluation.public_id, version.enrolment.public_id]
    return VersionLine(
        number=version.number,
        figure=figure_of(version),
        passed=version.passed,
        made=made(version),
        reason=version.decision.reason,
        contest=str(CONTEST_STATES[contest.state]) if contest and may_read(request, contest) else "",
        url=f"{reverse('evaluation:derivation', args=ids)}?version={version.number}",
        shown=version == shown,
    )
