"""The page that holds two versions of a scheme side by side, and what it would mean for a running cohort."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.programmes.comparing import changes
from craftpath.delivery.web.programmes.reading import cohorts_by_scheme
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.evaluation.moving import effect
from craftpath.domain.evaluation.rules import may_see_results
from craftpath.domain.programmes import queries
from craftpath.kernel.roles import Permission


def version_name(scheme: Any) -> str:
    """A scheme with its version, as a choice and as a head."""
    facts = {"name": text(scheme.name), "version": scheme.version}
    if scheme.organisation_id is None:  # a copy has the same name, and may have the same number
        return _("%(name)s, version %(version)s (preset)") % facts
    return _("%(name)s, version %(version)s") % facts


@require_GET
@needs(Permission.SEE_FIGURES, Permission.SEE_RESULTS)
def compare(request: Request, organisation: str, scheme: str) -> HttpResponse:
    """`with` names the other version, `cohort` the evaluation whose results are worked out under both."""
    row = get_object_or_404(queries.schemes(), public_id=scheme)
    others = list(queries.schemes().filter(programme=row.programme_id).exclude(pk=row.pk))
    asked = plain_id(request.GET.get("with", ""))
    other = next((one for one in others if one.public_id == asked), None)
    running = _running(request, row, other)
    wanted = plain_id(request.GET.get("cohort", ""))
    cohort = next((one for one in running if one.public_id == wanted), None)
    context: dict[str, Any] = {
        "scheme": row,
        "others": [(one.public_id, version_name(one)) for one in others],
        "other": other,
        "running": [(one.public_id, _called(one)) for one in running],
        "crumbs": [
            step(request, _("Evaluation schemes"), "programmes:schemes"),
            step(request, text(row.name), "programmes:scheme", row.public_id),
            here(_("Compare")),
        ],
    }
    if other is not None:
        context |= {
            "changes": changes(row.definition, other.definition),
            "before_label": version_name(row),
            "after_label": version_name(other),
        }
    if other is not None and cohort is not None:
        follows_other = cohort.scheme_id == other.pk
        context |= {
            "effect": effect(cohort, row if follows_other else other),
            "cohort": _called(cohort),
            "chosen": cohort.public_id,
        }
    return render(request, "programmes/compare.html", context)


def _running(request: Request, *schemes: Any) -> list[Any]:
    """Evaluations that follow one of the two; only for those who may see results of persons."""
    if not may_see_results(request.actor):
        return []
    found = cohorts_by_scheme([scheme for scheme in schemes if scheme is not None])
    return [evaluation for rows in found.values() for evaluation in rows]


def _called(evaluation: Any) -> str:
    return f"{text(evaluation.cohort.name)} · {text(evaluation.stage.name)}"
