"""One question of a form for another: what would fit in its place, the likest first."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.blueprints.places import found_forms, to_blueprint
from craftpath.delivery.web.blueprints.words import called, two
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.exams import actions
from craftpath.domain.exams.assembling import forms_of, open_pool
from craftpath.domain.exams.keeping import substitutes
from craftpath.domain.exams.pool import pool_among
from craftpath.domain.exams.texts import ASSEMBLY_STATES, DIFFICULTIES, KINDS
from craftpath.domain.exams.wishes import LETTERS, Wish
from craftpath.kernel.roles import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_ITEMS)
def swap(request: Request, organisation: str, assembly: str, letter: str, item: str) -> HttpResponse:
    """Choose another question; every one that is offered keeps all rules."""
    row, out = found_forms(assembly), plain_id(item)
    if len(letter) != 1 or letter not in LETTERS:
        raise Http404
    back = reverse("blueprints:forms", args=[organisation, row.public_id]) + f"?form={letter}#questions"
    at = LETTERS.index(letter)
    if request.method == "POST":
        into = plain_id(request.POST.get("into", ""))
        actions.swap_question(row, form=at, out=out, into=into, by=request.actor, at=request.at)
        messages.success(request, _("Changed. The figures are counted anew."))
        return redirect(back)
    forms = forms_of(row) if row.state == "done" else []
    if at >= len(forms) or out not in forms[at]:
        raise Http404
    wish = Wish.of(row.wanted)
    pool = open_pool(row, wish)
    others = substitutes(wish, pool, forms, at, out)
    words = called([out, *(one.key for one in others)], 300)
    leaving = pool.items.get(out) or pool_among([out]).items.get(out)
    lines = [
        {
            "key": one.key,
            "words": words[one.key],
            "kind": KINDS[one.kind],
            "difficulty": DIFFICULTIES.get(one.difficulty, ""),
            "share": two(one.share),
            "points": one.points,
            "used": one.used,
        }
        for one in others
        if one.key in words
    ]
    context = {
        "assembly": row,
        "letter": letter,
        "shared": len(forms) > 1 and all(out in form for form in forms),
        "words": words.get(out, out),
        "kind": KINDS[leaving.kind] if leaving else "",
        "share": two(leaving.share) if leaving else "–",
        "lines": lines,
        "back": back,
        "crumbs": to_blueprint(
            request,
            row.blueprint,
            step(request, str(ASSEMBLY_STATES[row.state]), "blueprints:forms", row.public_id),
            here(_("Form %(letter)s") % {"letter": letter}),
        ),
    }
    return render(request, "blueprints/swap.html", context)
