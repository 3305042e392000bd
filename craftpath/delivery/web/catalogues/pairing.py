"""Codes of ISCO-08 held against those of the Chinese classification."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.catalogues.listing import to_list
from craftpath.delivery.web.catalogues.texts import MATCHES
from craftpath.delivery.web.occupations.codes import CODE_HINT, CodeField
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.occupations import actions, rules
from craftpath.domain.occupations import catalogues as queries
from craftpath.domain.occupations.classifying import CN, ISCO
from craftpath.values.verdict import require

A_PAGE = 50


class PairForm(forms.Form):
    """Two codes and how they lie."""

    code_isco = CodeField(pgettext_lazy("a classification", "ISCO-08"), ISCO, help_text=CODE_HINT)
    kind = forms.ChoiceField(label=gettext_lazy("is"), choices=list(MATCHES.items()))
    code_cn = CodeField(gettext_lazy("Chinese occupational code"), CN, help_text=CODE_HINT)


@require_http_methods(["GET", "HEAD", "POST"])
def pairs(request: Request, organisation: str) -> HttpResponse:
    """All pairs, with one more for those who keep them."""
    may = bool(rules.may_import(request.actor, request.organisation))
    form, status = PairForm(), 200
    if request.method == "POST":
        require(rules.may_import(request.actor, request.organisation))
        form = PairForm(request.POST)
        status = tried(request, form, _("Held together."), lambda: actions.pair_codes(
            request.organisation, by=request.actor, at=request.at, **form.cleaned_data
        ))  # fmt: skip
        if not status:
            return redirect("catalogues:pairs", organisation)
    page = Paginator(queries.pairs(), A_PAGE).get_page(request.GET.get("page"))
    isco = queries.titles(ISCO, [one.code_isco for one in page.object_list])
    chinese = queries.titles(CN, [one.code_cn for one in page.object_list])
    context = {
        "page": page,
        "lines": [
            {"pair": one, "isco": isco.get(one.code_isco), "cn": chinese.get(one.code_cn),
             "kind": MATCHES[one.kind], "own": bool(rules.may_pair(request.actor, one))}
            for one in page.object_list
        ],
        "may": may,
        "form": form,
        "crumbs": to_list(request, here(_("ISCO-08 and the Chinese classification"))),
    }  # fmt: skip
    return render(request, "catalogues/pairs.html", context, status=status)


@require_POST
def remove(request: Request, organisation: str, pair: str) -> HttpResponse:
    """Hold them together no longer."""
    row = get_object_or_404(queries.pairs(), public_id=plain_id(pair))
    actions.unpair_codes(row, by=request.actor, at=request.at)
    messages.success(request, _("Taken out."))
    return redirect("catalogues:pairs", organisation)
