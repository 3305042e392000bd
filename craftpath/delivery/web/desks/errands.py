"""Three errands of two minutes on a demo's coordinator desk: import a sheet, read a result, follow a mark."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.desks.shapes import Desk
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.evaluation.queries import marks
from craftpath.domain.evaluation.standings import complete_results


@dataclass(frozen=True, slots=True)
class Errand:
    """What to try, how, the page where it begins, and a file to bring."""

    title: str
    how: str
    url: str
    icon: str
    file: str = ""


def errands(request: Request, desk: Desk) -> list[Errand]:
    """Those for which the demo has what they need; three queries."""
    return [errand for errand in (_import(request, desk), _read(request), _follow(request)) if errand]


def _import(request: Request, desk: Desk) -> Errand | None:
    key = request.organisation.key
    stages = [stage for row in desk.figures["board"] for stage in row.stages if stage.evaluation]
    wanting = max(stages, key=lambda stage: stage.tally.open, default=None)
    if wanting is None:
        return None
    evaluation = wanting.evaluation.public_id
    return Errand(
        _("Import a sheet"),
        _("Take the filled mark sheet of %(cohort)s, upload it, look at the check, take it in.")
        % {"cohort": text(wanting.cohort.name)},
        reverse("sheets:upload", args=[key, "marks", evaluation]),
        "import",
        reverse("demo:sheet", args=[key, evaluation]),
    )


def _read(request: Request) -> Errand | None:
    result = (
        complete_results().filter(enrolment__cohort__organisation__in=request.organisation.below()).first()
    )
    if result is None:
        return None
    return Errand(
        _("Read a result"),
        _("See where the points of %(person)s come from, down to the last one.")
        % {"person": result.enrolment.person.name},
        reverse(
            "evaluation:derivation",
            args=[request.organisation.key, result.evaluation.public_id, result.enrolment.public_id],
        ),
        "results",
    )


def _follow(request: Request) -> Errand | None:
    here = marks().filter(enrolment__cohort__organisation__in=request.organisation.below())
    from_sheets = here.filter(is_current=True, source__isnull=False, score__isnull=False)
    mark = from_sheets.exclude(cell="").order_by("-pk").first()
    if mark is None:
        return None
    return Errand(
        _("Follow a mark to its cell"),
        _("From a mark of %(person)s to cell %(cell)s of the sheet that it came in.")
        % {"person": mark.enrolment.person.name, "cell": mark.cell},
        reverse("evaluation:mark", args=[request.organisation.key, mark.public_id]),
        "search",
    )
