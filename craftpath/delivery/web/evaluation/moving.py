"""Moving a running evaluation to another scheme version: first the comparison, then, with a reason, the decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.evaluation.trail import to_stage
from craftpath.delivery.web.programmes.comparing import changes
from craftpath.delivery.web.programmes.comparison import version_name
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.evaluation import actions, queries, rules
from craftpath.domain.evaluation.moving import effect, unfit_items
from craftpath.domain.programmes.queries import schemes
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_COHORTS)
def move(request: Request, organisation: str, evaluation: str) -> HttpResponse:
    """Choose a version, read what it would change, and record the decision with its reason."""
    found = get_object_or_404(queries.evaluations(), public_id=evaluation)
    require(rules.may_open_evaluation(request.actor, found.cohort))
    offered = schemes().filter(programme=found.cohort.programme_id).exclude(state="retired")
    others = list(offered.exclude(pk=found.scheme_id))
    given = request.POST if request.method == "POST" else request.GET
    asked = plain_id(given.get("scheme", ""))
    reason, fault = str(given.get("reason", ""))[: actions.LONGEST_REASON], ""
    if request.method == "POST" and asked == found.scheme.public_id:  # pressed twice
        messages.info(request, _("This is recorded already; nothing was done twice."))
        return redirect("evaluation:cohort", organisation, evaluation)
    other = next((one for one in others if one.public_id == asked), None)
    if request.method == "POST" and other is not None:
        try:
            actions.move_to_scheme(found, other, reason=reason, by=request.actor, at=request.at)
        except Refused as refused:
            if refused.verdict.who:
                raise
            fault = sentence(refused.verdict)
        else:
            said = _("Recorded. The evaluation follows %(scheme)s now; results have been worked out anew.")
            messages.success(request, said % {"scheme": version_name(other)})
            return redirect("evaluation:cohort", organisation, evaluation)
    context: dict[str, Any] = {
        "evaluation": found,
        "others": [(one.public_id, version_name(one)) for one in others],
        "other": other,
        "reason": reason,
        "fault": fault,
        "crumbs": to_stage(request, found, here(_("Another scheme version"))),
    }
    if other is not None:
        context |= {
            "changes": changes(found.scheme.definition, other.definition),
            "before_label": version_name(found.scheme),
            "after_label": version_name(other),
            "effect": effect(found, other),
            "cohort": f"{text(found.cohort.name)} · {text(found.stage.name)}",
            "unfit": unfit_items(found, other),
        }
    return render(request, "evaluation/move.html", context, status=409 if fault and other else 200)
