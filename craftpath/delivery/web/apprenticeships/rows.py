"""The lines of cohorts and of one cohort's people as rows of HTML tables."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from craftpath.delivery.web.apprenticeships.tables import CohortLine, PersonLine, StageLine
from craftpath.delivery.web.components.rows import cell, heading, number, row, rows, words
from craftpath.delivery.web.components.templatetags.components import piece
from craftpath.delivery.web.shell.addresses import addresses
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.apprenticeships.queries import Learner


def cohort_rows(request: Request, lines: Sequence[CohortLine]) -> SafeString:
    """The body of the table of cohorts; one of an organisation further down names it."""
    address = addresses(request, "apprenticeships:cohort")
    few = escape(_("fewer than five"))
    hidden = f'<td class="number"><span title="{few}">–</span></td>'
    return rows(
        row(
            heading(
                text(line.cohort.name),
                address(line.cohort.public_id),
                text(line.cohort.organisation.name)
                if line.cohort.organisation_id != request.organisation.pk
                else "",
            ),
            (
                words(text(line.cohort.occupation)),
                hidden if line.people is None else number(str(line.people)),
                cell(_in_stage(stage, text(stage.stage.name)) for stage in line.stages if stage.people),
                cell(_results(stage, text(stage.stage.name)) for stage in line.stages),
                words(day(line.cohort.starts_on)),
            ),
        )
        for line in lines
    )


def _in_stage(stage: StageLine, name: str) -> str:
    mark = piece("stage-mark", number=stage.mark, label=name)
    return f'<span class="cluster">{mark}{stage.people}</span>'


def _results(stage: StageLine, name: str) -> str:
    if stage.results and stage.counts:
        counts = {"complete": stage.counts.complete, "all": stage.results}
        said = _("%(complete)s of %(all)s complete") % counts
        return piece("progress", value=counts["complete"], max=counts["all"], label=name, text=said)
    return f'<span class="small muted">{escape(name)}: –</span>' if stage.evaluation else ""


def person_rows(request: Request, lines: Sequence[PersonLine]) -> SafeString:
    """The body of a cohort's table of people."""
    apprentice = addresses(request, "apprenticeships:apprentice")
    derivation = addresses(request, "evaluation:derivation", ids=2)
    return rows(
        row(
            _name(line.enrolment, apprentice(line.enrolment.public_id)),
            (
                words(line.enrolment.number),
                words(text(line.enrolment.enterprise) or "–"),
                words(line.mentors or "–"),
                words(line.stage or "–"),
                words(
                    line.sentence if line.evaluation else "–",
                    url=derivation(line.evaluation, line.enrolment.public_id) if line.evaluation else "",
                    look="result-words",
                ),
            ),
        )
        for line in lines
    )


def _name(one: Learner, url: str) -> str:
    return f'<th scope="row"><a href="{escape(url)}">{escape(one.name)}</a></th>'
