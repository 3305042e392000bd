"""Payment files: how they look, who is paid to where, and the file of an approved month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.exchange.payments import About, Shape, payment_file
from craftpath.delivery.web.allowances import places
from craftpath.delivery.web.allowances.columns import TemplateForm
from craftpath.delivery.web.shell.downloads import attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in, sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.allowances import actions, queries, rules
from craftpath.domain.allowances.texts import FIELDS
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.allowances.models import PayTemplate

A_PAGE = 50


@require_GET
@needs(Permission.RUN_ALLOWANCES)
def files(request: Request, organisation: str) -> HttpResponse:
    """The templates of the organisation, and the way to the references."""
    require(rules.may_run(request.actor, request.organisation))
    people = queries.payees(request.organisation)
    context = {
        "templates": [
            (row, [f"{one.heading} ({FIELDS[one.field]})" for one in row.columns.all()])
            for row in queries.templates(request.organisation)
        ],
        "people": len(people),
        "missing": sum(not tail for _pk, _name, tail in people),
        "tabs": places.tabs(request, "allowances:files"),
    }
    return render(request, "allowances/files.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_ALLOWANCES)
def new(request: Request, organisation: str) -> HttpResponse:
    """Another template."""
    return _template(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_ALLOWANCES)
def edit(request: Request, organisation: str, template: str) -> HttpResponse:
    """A template, written anew."""
    row = places.found_template(request, template)
    if row.removed_at is not None:
        raise Http404
    return _template(request, row)


def _template(request: Request, row: PayTemplate | None) -> HttpResponse:
    require(rules.may_run(request.actor, request.organisation))
    posted = request.POST if request.method == "POST" else None
    form, status = TemplateForm(posted, template=row), 200
    if posted is not None:
        status = 422
        if form.is_valid():
            with refusals_in(form):
                actions.keep_template(
                    request.organisation, **form.given(), template=row, by=request.actor, at=request.at
                )
                messages.success(request, _("Kept."))
                return redirect("allowances:files", request.organisation.key)
            status = 409
    crumbs = places.to_files(request, here(row.name if row else _("New template")))
    return render(
        request, "allowances/template.html", {"form": form, "template": row, "crumbs": crumbs}, status=status
    )


@require_POST
@needs(Permission.RUN_ALLOWANCES)
def remove(request: Request, organisation: str, template: str) -> HttpResponse:
    """Offer a template no more."""
    actions.remove_template(places.found_template(request, template), by=request.actor, at=request.at)
    messages.success(request, _("Taken away."))
    return redirect("allowances:files", organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_ALLOWANCES)
def references(request: Request, organisation: str) -> HttpResponse:
    """Bank or payroll references, of which only the end is shown; an empty field leaves what is kept."""
    require(rules.may_run(request.actor, request.organisation))
    people = Paginator(queries.payees(request.organisation), A_PAGE).get_page(request.GET.get("page"))
    fault, typed, status = "", dict[str, str](), 200
    if request.method == "POST":
        shown = [key for key, _name, _tail in people.object_list]
        typed = {key: request.POST.get(f"reference-{key}", "").replace("\0", "") for key in shown}
        gone = dict.fromkeys((key for key in shown if request.POST.get(f"remove-{key}")), "")
        try:
            given = {key: words for key, words in typed.items() if words.strip()} | gone
            count = actions.keep_references(request.organisation, given, by=request.actor, at=request.at)
        except Refused as refused:
            if refused.verdict.who:
                raise
            fault, status = sentence(refused.verdict), 409
        else:
            said = ngettext("%(count)s reference was changed.", "%(count)s references were changed.", count)
            messages.success(request, said % {"count": count})
            return redirect(request.get_full_path())
    context: dict[str, Any] = {
        "rows": [(key, name, tail, typed.get(key, "")) for key, name, tail in people.object_list],
        "page": people,
        "fault": fault,
        "crumbs": places.to_files(request, here(_("Bank and payroll references"))),
    }
    return render(request, "allowances/references.html", context, status=status)


@require_POST
@needs(Permission.RUN_ALLOWANCES)
def take(request: Request, organisation: str, run: str) -> HttpResponse:
    """The payment file of an approved month; who took it stands in the history."""
    row = places.found_run(run)
    require(rules.may_run(request.actor, row.organisation))
    template = (
        queries.templates(row.organisation)
        .filter(public_id=request.POST.get("template", "")[:16].replace("\0", ""))
        .first()
    )
    if template is None:
        raise Refused(not_now("allowances.template_unknown"))
    payments = actions.payments_of(row)
    made = payment_file(
        actions.columns_of(template),
        payments,
        Shape(template.form, template.encoding, template.amounts, template.total_row),
        About(text(row.organisation.name), f"{row.month:%Y-%m}", row.currency, _("Total")),
        template.name,
    )
    actions.take_file(row, template, made.content, len(payments), by=request.actor, at=request.at)
    return attachment(made.content, made.name, made.media_type)
