"""Days, sites, speakers and the agenda of a workshop, each added on the page and taken out again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.workshops import saying
from craftpath.delivery.web.workshops.forms import DayForm, ItemForm, MaterialForm, SiteForm, SpeakerForm
from craftpath.delivery.web.workshops.places import page_of, run_by, to_workshop
from craftpath.domain.workshops import actions, queries

if TYPE_CHECKING:
    from craftpath.domain.workshops.models import Item, Workshop

WHAT = ("day", "site", "speaker", "item")


@require_GET
def agenda(request: Request, organisation: str, workshop: str) -> HttpResponse:
    """Everything that makes up the programme, with a form below each part."""
    return _page(request, run_by(request, workshop), {}, 200)


@require_POST
def add(request: Request, organisation: str, workshop: str, what: str) -> HttpResponse:
    """A day, a site, a speaker or a line of the agenda."""
    row = run_by(request, workshop)
    if what not in WHAT:
        raise Http404
    form = _form(row, what, request.POST)
    status = tried(request, form, _("Kept."), lambda: _save(request, row, what, form))
    if status:
        return _page(request, row, {what: form}, status)
    return redirect("workshops:agenda", organisation, row.public_id)


@require_POST
def drop(request: Request, organisation: str, workshop: str, what: str, one: str) -> HttpResponse:
    """Take one out; gone already is gone."""
    row = run_by(request, workshop)
    found, act = _found(row, what, one)
    if found is not None:
        act(found, by=request.actor, at=request.at)
        messages.success(request, _("Taken out."))
    return redirect("workshops:agenda", organisation, row.public_id)


@require_POST
def copy(request: Request, organisation: str, workshop: str) -> HttpResponse:
    """The agenda of another workshop that one sees."""
    row = run_by(request, workshop)
    source = (
        queries.workshops().filter(public_id=request.POST.get("source", "")[:16].replace("\0", "")).first()
    )
    if source is None:
        raise Http404
    count = actions.copy_agenda(row, source=source, by=request.actor, at=request.at)
    messages.success(request, _("%(count)s items copied. Look at days and times.") % {"count": count})
    return redirect("workshops:agenda", organisation, row.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: Request, organisation: str, workshop: str, item: str) -> HttpResponse:
    """Change a line, and lay files beside it."""
    row = run_by(request, workshop)
    found = _item(row, item)
    filing = request.method == "POST" and "filing" in request.POST
    days, speakers = queries.days_of(row), queries.speakers_of(row)
    data = request.POST if request.method == "POST" and not filing else None
    form, status = ItemForm(data, days=days, speakers=speakers, item=found), 200
    material = MaterialForm(request.POST, request.FILES) if filing else MaterialForm()
    if request.method == "POST":
        posted: forms.Form = material if filing else form
        act = _filed(request, found, material) if filing else _changed(request, row, found, form)
        status = tried(request, posted, _("Kept."), act)
        if not status:
            return redirect("workshops:item", organisation, row.public_id, found.public_id)
    title = text(found.title)
    context = {
        "form": form, "material": material, "item": found, "workshop": row, "title": title,
        "crumbs": to_workshop(request, row, title),
    }  # fmt: skip
    return render(request, "workshops/item.html", context, status=status)


def _changed(request: Request, row: Workshop, found: Item, form: ItemForm) -> Callable[[], object]:
    return lambda: actions.save_item(row, form.line, item=found, by=request.actor, at=request.at)


def _filed(request: Request, found: Item, form: MaterialForm) -> Callable[[], object]:
    def act() -> None:
        given = form.cleaned_data
        actions.add_material(
            found, title=given["title"], content=given["file"].read(), name=given["file"].name,
            by=request.actor, at=request.at,
        )  # fmt: skip

    return act


def _item(row: Workshop, public_id: str) -> Item:
    found = next((one for one in queries.items_of(row) if one.public_id == public_id), None)
    if found is None:
        raise Http404
    return found


def _form(row: Workshop, what: str, data: Any = None) -> Any:
    if what == "item":
        return ItemForm(data, days=queries.days_of(row), speakers=queries.speakers_of(row))
    return {"day": DayForm, "site": SiteForm, "speaker": SpeakerForm}[what](data)


def _save(request: Request, row: Workshop, what: str, form: Any) -> None:
    told: dict[str, Any] = {"by": request.actor, "at": request.at}
    given = form.cleaned_data
    if what == "day":
        actions.save_day(row, **given, **told)
    elif what == "speaker":
        actions.add_speaker(row, **given, **told)
    elif what == "item":
        actions.save_item(row, form.line, **told)
    else:
        plain = {name: given[name] for name in ("address", "room", "seats")}
        known = {one.public_id: one for one in queries.sites_of(row)}
        site = known.get(request.POST.get("site", ""))
        actions.save_site(row, name=form.text("name"), site=site, **plain, **told)


def _found(row: Workshop, what: str, public_id: str) -> tuple[Any, Callable[..., None]]:
    rows: dict[str, tuple[Callable[[Workshop], Any], Callable[..., None]]] = {
        "day": (queries.days_of, actions.drop_day),
        "site": (queries.sites_of, actions.drop_site),
        "speaker": (queries.speakers_of, actions.drop_speaker),
        "item": (queries.items_of, actions.drop_item),
    }
    if what not in rows:
        raise Http404
    read, act = rows[what]
    found = next((one for one in read(row) if one.public_id == public_id), None)
    if found is not None:
        found.workshop = row
    return found, act


def _page(request: Request, row: Workshop, given: dict[str, Any], status: int) -> HttpResponse:
    others = queries.workshops().exclude(pk=row.pk)[:30]
    context = {
        **page_of(request, row, "agenda", ""),
        "agenda": saying.agenda(row),
        "days": queries.days_of(row),
        "sites": queries.sites_of(row),
        "speakers": queries.speakers_of(row),
        "forms": {what: given.get(what) or _form(row, what) for what in WHAT},
        "others": [(one.public_id, text(one.title)) for one in others],
        "over": row.state in ("finished", "cancelled"),
    }
    return render(request, "workshops/agenda.html", context, status=status)
