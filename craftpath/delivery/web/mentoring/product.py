"""What a pair made, its photos and files, and before whom it was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.mentoring.forms import FileForm, ProductForm, ShowingForm
from craftpath.delivery.web.mentoring.places import found, head
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.mentoring import actions, queries, rules
from craftpath.kernel.exhibits import LARGEST, small_enough
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.mentoring.models import Product
    from craftpath.domain.pairing.models import Pair

PAGE = "mentoring/product.html"


@require_http_methods(["GET", "HEAD", "POST"])
def product(request: Request, organisation: str, pair: str) -> HttpResponse:
    """What it is; those in the pair write it down here."""
    row = found(request, pair)
    if request.method != "POST":
        return render(request, PAGE, _page(request, row))
    require(rules.may_take_part(request.actor, row, request.today))
    form = ProductForm(request.POST)
    status = tried(
        request, form, _("Kept. Put a photo to it: it stands on the page to keep."),
        lambda: actions.keep_product(row, **form.cleaned_data, by=request.actor, at=request.at),
    )  # fmt: skip
    if not status:
        return redirect("mentoring:product", organisation, row.public_id)
    return render(request, PAGE, _page(request, row, "keep", form), status=status)


@require_POST
def add(request: Request, organisation: str, pair: str) -> HttpResponse:
    """A photo or a file more."""
    row = found(request, pair)
    require(rules.may_take_part(request.actor, row, request.today))
    kept, form = _there(row), FileForm(request.POST, request.FILES)

    def act() -> None:
        given = form.cleaned_data["file"]
        require(small_enough(given.size, LARGEST))
        actions.add_product_file(kept, content=given.read(), name=given.name, by=request.actor, at=request.at)

    status = tried(request, form, _("Added."), act)
    if not status:
        return redirect("mentoring:product", organisation, row.public_id)
    return render(request, PAGE, _page(request, row, "add", form), status=status)


@require_POST
def show(request: Request, organisation: str, pair: str) -> HttpResponse:
    """When and to whom it was shown."""
    row = found(request, pair)
    if not rules.may_take_part(request.actor, row, request.today):
        require(rules.may_run(request.actor, row))
    kept, form = _there(row), ShowingForm(request.POST, today=request.today)
    status = tried(
        request, form, _("Noted."),
        lambda: actions.show_product(kept, **form.cleaned_data, by=request.actor, at=request.at),
    )  # fmt: skip
    if not status:
        return redirect("mentoring:product", organisation, row.public_id)
    return render(request, PAGE, _page(request, row, "show", form), status=status)


def _there(row: Pair) -> Product:
    kept = queries.product_of(row)
    if kept is None:
        raise Http404
    return kept


def _page(request: Request, row: Pair, wrong: str = "", form: Form | None = None) -> dict[str, Any]:
    context = head(request, row, "mentoring:product")
    kept, writes = queries.product_of(row), context["writes"]
    files = list(kept.files.all()) if kept else []
    may_show = (
        kept is not None and rules.can_write(row, context["now"].graduated) and (writes or context["runs"])
    )
    title = {"title": kept.title, "words": kept.words} if kept else {"title": row.project}
    forms: dict[str, Form | None] = {
        "keep": ProductForm(initial=title, auto_id="keep_%s") if writes else None,
        "add": FileForm(auto_id="add_%s") if writes and kept and len(files) < rules.MOST_FILES else None,
        "show": ShowingForm(None, today=request.today) if may_show else None,
    }
    if wrong:
        forms[wrong] = form
    return context | {
        "product": kept,
        "photos": [one for one in files if one.kind == "photo"],
        "others": [one for one in files if one.kind != "photo"],
        "showings": list(kept.showings.all()) if kept else [],
        "forms": forms,
        "wrong": wrong,
        "needed": row.kind == "red_white",
        "most": rules.MOST_FILES,
    }
