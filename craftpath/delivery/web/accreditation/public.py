"""The public door: which cities keep a register and how soon they answer; a draft by a link with a code."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.web.accreditation import saying
from craftpath.delivery.web.accreditation.forms import BeginForm, EvidenceForm, WholeForm
from craftpath.delivery.web.links.coding import (
    Asking,
    ask_code,
    behind_link,
    note_opened,
    refused,
    was_opened,
)
from craftpath.delivery.web.shell.codes import qr
from craftpath.delivery.web.shell.refusals import refusal_of, refusals_in, sentence, tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.accreditation import actions, queries
from craftpath.domain.accreditation.rules import can_submit, can_take_back, can_write, missing
from craftpath.domain.accreditation.trades import known_trades, trade_named
from craftpath.domain.offers.clock import rules_for
from craftpath.domain.offers.queries import paces_of
from craftpath.kernel.access import Actor
from craftpath.kernel.links import Handover, Purpose, SignedLink, can_use, make_link
from craftpath.kernel.organisations import Kind, Organisation
from craftpath.kernel.tenancy import everywhere
from craftpath.values.ref import Ref
from craftpath.values.verdict import may_not

if TYPE_CHECKING:
    from craftpath.domain.accreditation.models import Registration

WHY = "an enterprise registers before it is anybody here"
A_PAGE = 20
LIFE = timedelta(days=120)
SINCE = timedelta(days=180)
_PLAIN = ("address", "workers", "equipment", "safety", "rooms", "pays")


@login_not_required
@require_GET
def cities(request: Request) -> HttpResponse:
    """Every city with a desk: what it promises and how soon it has answered."""
    with everywhere(WHY):
        page = Paginator(queries.cities(), A_PAGE).get_page(request.GET.get("page"))
        promises, paces = rules_for(page.object_list), paces_of(page.object_list, request.at - SINCE)
        rows = [(one, promises[one.pk], paces[one.pk]) for one in page.object_list]
        return render(request, "accreditation/cities.html", {"rows": rows, "page": page})


@login_not_required
@never_cache
@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Request, city: str) -> HttpResponse:
    """Begin a draft; the answer is its link and code, shown once."""
    with everywhere(WHY):
        authority = get_object_or_404(Organisation, key=city, kind=Kind.CITY)
        data = request.POST if request.method == "POST" else None
        form, status = BeginForm(data, initial={"made_id": uuid.uuid4()}), 200
        if data is not None:
            limited = ratelimit.consume_or_429(request, action="register")
            if limited:
                return limited
            status = 422
            if form.is_valid():
                return _begun(request, authority, form)
        return render(request, "accreditation/begin.html", {"form": form, "city": authority}, status=status)


def _begun(request: Request, authority: Organisation, form: BeginForm) -> HttpResponse:
    given, by = form.cleaned_data, Actor(organisation=authority)
    contact = actions.Contact(given["contact_name"], given["contact_phone"], given["contact_mail"])
    row = actions.draft_registration(
        authority, made_id=given["made_id"], name=form.names, contact=contact, by=by, at=request.at
    )
    if row.authority_id != authority.pk or row.name != form.names:
        raise Http404  # the name of somebody else's press
    handed: Handover = make_link(
        row.ref, purpose=Purpose.REGISTER, name=contact.name, organisation=authority, life=LIFE, by=by, at=request.at,
    )  # fmt: skip
    note_opened(request, handed.link)
    address = request.build_absolute_uri(reverse("register:form", args=[handed.token]))
    shown = {
        "city": authority, "link": handed.link, "address": address, "picture": qr(address),
        "code": f"{handed.code[:3]} {handed.code[3:]}", "row": row,
    }  # fmt: skip
    return render(request, "accreditation/handed.html", shown)


@behind_link(Purpose.REGISTER)
def form(request: Request, token: str, found: SignedLink) -> HttpResponse:
    """The draft: written, with files, submitted, withdrawn; later where it stands and what is asked."""
    verdict = can_use(found, request.at)
    row = queries.registrations().filter(public_id=Ref.parse(found.subject).public_id).first()
    if not verdict or row is None:
        return refused(request, verdict if not verdict else may_not("kernel.link_unknown"))
    if not was_opened(request, found):
        asked = ask_code(request, found, _words(found))
        if asked is not None:
            return asked
        note_opened(request, found)
        return redirect("register:form", token)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    by = Actor(organisation=found.organisation)
    if do in ("save", "submit"):
        return _written(request, token, row, do, by)
    if do in ("give", "take_back"):
        return _filed(request, token, row, do, by)
    if do == "withdraw":
        reason = refusal_of(lambda: actions.withdraw_registration(row, by=by, at=request.at))
        messages.add_message(request, *_told(reason, _("Withdrawn. Nothing more is done with it.")))
        return redirect("register:form", token)
    return render(request, "accreditation/form.html", _page(row))


def _told(reason: str, done: str) -> tuple[int, str]:
    return (messages.WARNING, reason) if reason else (messages.SUCCESS, done)


def _words(found: SignedLink) -> Asking:
    said = _(
        "%(place)s keeps the registration of your enterprise. Type the code that you were shown with the link."
    )
    what = said % {"place": text(found.organisation.title)}
    return Asking(_("Registration of your enterprise"), what, _("Go on"))


def _written(request: Request, token: str, row: Registration, do: str, by: Actor) -> HttpResponse:
    can = can_write(row)
    if not can:
        messages.warning(request, sentence(can))
        return redirect("register:form", token)
    form = WholeForm(request.POST)
    valid = form.is_valid()
    if valid:
        with refusals_in(form):
            row = actions.write_registration(row, _from(form), by=by, at=request.at)
            if do == "submit":
                actions.submit_registration(row, by=by, at=request.at)
    if not form.errors:
        done = _("Submitted. The city looks at it; you find here what it answers.")
        messages.success(request, done if do == "submit" else _("Saved. Come back by the same link."))
        return redirect("register:form", token)
    return render(request, "accreditation/form.html", _page(row, form), status=409 if valid else 422)


def _from(form: WholeForm) -> actions.Told:
    given, known = form.cleaned_data, known_trades()
    return actions.Told(
        name=form.names,
        credit_code=given["credit_code"],
        contact=actions.Contact(given["contact_name"], given["contact_phone"], given["contact_mail"]),
        occupations=[(trade_named(name, known), places) for name, places in given["occupations"]],
        masters=given["masters"],
        **{name: given[name] for name in _PLAIN},
    )


def _filed(request: Request, token: str, row: Registration, do: str, by: Actor) -> HttpResponse:
    if do == "take_back":
        file = get_object_or_404(
            queries.evidence(), registration=row, public_id=plain_id(request.POST.get("evidence", ""))
        )
        reason = refusal_of(lambda: actions.take_back_evidence(file, by=by, at=request.at))
        messages.add_message(request, *_told(reason, _("Taken back.")))
        return redirect("register:form", token)
    form = EvidenceForm(request.POST, request.FILES)

    def act() -> None:
        content, name = form.content()
        actions.give_evidence(
            row, line=form.cleaned_data["line"], content=content, name=name, by=by, at=request.at
        )

    status = tried(request, form, _("The file is with your registration."), act)
    if not status:
        return redirect("register:form", token)
    return render(request, "accreditation/form.html", _page(row, evidence=form), status=status)


def _page(
    row: Registration, form: WholeForm | None = None, evidence: EvidenceForm | None = None
) -> dict[str, Any]:
    writes = bool(can_write(row))
    checks = queries.checks_of(row)
    lacks = set(missing(row)) if writes else set()
    rows = saying.lines(row, checks, list(queries.evidence().filter(registration=row)))
    return {
        "row": row,
        "badge": saying.badge(row),
        "writes": writes,
        "form": form or WholeForm(initial=_first(row)),
        "evidence": evidence or EvidenceForm(),
        "lines": rows,
        "asked": [one for one in rows if one["asked"] and row.state == "returned"],
        "lacks": [one["name"] for one in rows if one["key"] in lacks],
        "ready": bool(can_submit(row)),
        "withdraws": bool(can_take_back(row)),
        "files": [file for one in rows for file in one["files"]],
    }


def _first(row: Registration) -> dict[str, Any]:
    first = {name: getattr(row, name) for name in (*_PLAIN, "credit_code")}
    first |= {name: getattr(row, name) for name in ("contact_name", "contact_phone", "contact_mail")}
    first |= {"name_zh": row.name.get("zh", ""), "name_en": row.name.get("en", "")}
    first["occupations"] = "\n".join(f"{text(one['name'])}, {one['places']}" for one in row.occupations)
    first["masters"] = "\n".join(f"{one['name']}, {one['qualification']}" for one in row.masters)
    return first
