"""Forms that were put together: how far it is, how good they are, what is to blame, and papers made of them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.blueprints.listing import TONES
from craftpath.delivery.web.blueprints.parallel import parallel
from craftpath.delivery.web.blueprints.places import found, found_forms, to_blueprint
from craftpath.delivery.web.blueprints.words import Names, aim, blamed, goodness
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import together
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.exams import actions, rules
from craftpath.domain.exams.assembling import papers_of
from craftpath.domain.exams.posing import SECONDS
from craftpath.domain.exams.texts import ASSEMBLY_STATES
from craftpath.domain.exams.wishes import LETTERS, Wish
from craftpath.kernel.progress import progress_of
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, Verdict

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Assembly

MOST_SEED = 9_999


@require_POST
@needs(Permission.WRITE_ITEMS)
def assemble(request: Request, organisation: str, blueprint: str) -> HttpResponse:
    """Ask for forms; the same press asks once."""
    row, seed = found(blueprint), request.POST.get("seed", "0")
    try:
        made_id = uuid.UUID(request.POST.get("made_id", ""))
    except ValueError:
        made_id = uuid.uuid4()
    made = actions.ask_forms(
        row,
        made_id=made_id,
        seed=min(int(seed), MOST_SEED) if seed.isascii() and seed.isdecimal() and len(seed) < 6 else 0,
        by=request.actor,
        at=request.at,
    )
    return redirect("blueprints:forms", organisation, made.public_id)


@require_GET
@needs(Permission.WRITE_ITEMS)
def forms(request: Request, organisation: str, assembly: str) -> HttpResponse:
    """How far it is; once it is through, what came of it. Asked by htmx, only the part that changes."""
    row = found_forms(assembly)
    if row.state != "asked" and request.htmx:
        response = HttpResponse(status=204)
        response.headers["HX-Refresh"] = "true"
        return response
    wish = Wish.of(row.wanted)
    context: dict[str, Any] = {
        "assembly": row,
        "blueprint": row.blueprint,
        "state": ASSEMBLY_STATES[row.state],
        "tone": TONES[row.state],
        "may_write": bool(rules.may_write(request.actor, row.blueprint.organisation)),
        "changed": row.blueprint.wanted != row.wanted,
        "made_id": uuid.uuid4(),
        "seed": row.seed + 1,
        "crumbs": to_blueprint(request, row.blueprint, here(str(ASSEMBLY_STATES[row.state]))),
    }
    if row.state == "asked":
        far = progress_of(row.public_id)
        context |= {
            "percent": round(100 * far.share) if far else 0,
            "begun": far is not None,
            "most": SECONDS,
        }
    elif row.state == "impossible":
        context |= blamed(row.found, wish, Names.of(wish.rows))
    elif row.state in ("done", "taken"):
        context |= _shown(request, row, wish)
    elif row.reason:
        context["reason"] = sentence(Verdict(row.reason, row.facts))
    part = "#progress" if request.htmx else ""
    return render(request, f"blueprints/forms.html{part}", context)


def _shown(request: Request, row: Assembly, wish: Wish) -> dict[str, Any]:
    letter = request.GET.get("form", "")
    at = LETTERS.index(letter) if letter and letter in LETTERS[: wish.forms] else 0
    found = parallel(row, wish, at)
    return found | {
        "summary": _summary(row, wish, found),
        "assumed": _assumed(found["assumed"], found["untimed"]),
        "at": LETTERS[at],
        "papers": papers_of(row) if row.state == "taken" else [],
    }


def _summary(row: Assembly, wish: Wish, found: dict[str, Any]) -> str:
    """How good the forms are, what they were measured against, and how far apart they lie."""
    swaps = ngettext(
        "%(count)s question was changed by hand; the figures are counted anew.",
        "%(count)s questions were changed by hand; the figures are counted anew.",
        row.swaps,
    )
    said = [swaps % {"count": row.swaps} if row.swaps else goodness(row.found, wish)]
    said.append(_("Aim: %(aim)s.") % {"aim": aim(wish)})
    if wish.forms > 1 and wish.goal == "information":
        said.append(_("There the forms lie %(apart)s apart at most.") % {"apart": found["curves_apart"]})
    elif wish.forms > 1:
        said.append(_("The mean expected shares lie %(apart)s apart at most.") % {"apart": found["apart"]})
    return together(said)


def _assumed(shares: int, times: int) -> str:
    """What was assumed of questions whose writer said nothing."""
    said = []
    if shares:
        words = ngettext(
            "%(count)s question has no expected share; one is assumed by its difficulty "
            "(easy 0.80, medium 0.65, hard 0.45).",
            "%(count)s questions have no expected share; one is assumed by their difficulty "
            "(easy 0.80, medium 0.65, hard 0.45).",
            shares,
        )
        said.append(words % {"count": shares})
    if times:
        words = ngettext(
            "%(count)s question has no time; 90 seconds are assumed.",
            "%(count)s questions have no time; 90 seconds are assumed.",
            times,
        )
        said.append(words % {"count": times})
    return together(said) if said else ""


@require_POST
@needs(Permission.WRITE_ITEMS)
def do(request: Request, organisation: str, assembly: str) -> HttpResponse:
    """Take the wish back, or make papers of the forms."""
    row = found_forms(assembly)
    if request.POST.get("do") == "cancel":
        try:
            actions.cancel_forms(row, by=request.actor, at=request.at)
        except Refused as refused:
            if refused.verdict.who:
                raise
            messages.warning(request, _("It is too late to cancel: this search has ended."))
        else:
            messages.success(request, _("Taken back; nothing is kept."))
    elif request.POST.get("do") == "take":
        made = actions.take_forms(row, by=request.actor, at=request.at)
        words = ngettext(
            "%(count)s paper was made. Look through it, then make it ready.",
            "%(count)s papers were made. Look through each, then make it ready.",
            len(made),
        )
        messages.success(request, words % {"count": len(made)})
        return redirect("blueprints:blueprint", organisation, row.blueprint.public_id)
    return redirect("blueprints:forms", organisation, row.public_id)
