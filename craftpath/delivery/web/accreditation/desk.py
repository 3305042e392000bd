"""The officer's desk of registrations: the queue, one of them line by line, the visit, the decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.accreditation import saying
from craftpath.delivery.web.accreditation.forms import AskForm, ReasonForm, RegisterForm, VisitForm
from craftpath.delivery.web.accreditation.public import LIFE
from craftpath.delivery.web.links.handing import show_handed
from craftpath.delivery.web.offers.places import READERS, tabs, to_desk
from craftpath.delivery.web.people.inviting import letters_page
from craftpath.delivery.web.shell.downloads import shown_or_saved
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.accreditation import actions, queries, rules
from craftpath.domain.accreditation.states import OVER, REGISTRATION
from craftpath.domain.accreditation.texts import REGISTRATION_STATES
from craftpath.domain.accreditation.wording import LINES
from craftpath.kernel.links import Purpose, make_link
from craftpath.kernel.organisations import Kind, Organisation
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.accreditation.models import Registration

A_PAGE = 25
LASTS = timedelta(days=3 * 365)
_FIRST = Case(
    When(state="submitted", then=Value(0)),
    When(state="checked", then=Value(1)),
    When(state="returned", then=Value(2)),
    default=Value(3),
    output_field=IntegerField(),
)
PLAIN: dict[str, tuple[Callable[..., object], Any]] = {
    "accept": (actions.accept_open_lines, gettext_lazy("Accepted what nobody had said anything about.")),
    "return": (actions.return_registration, gettext_lazy("Given back: the enterprise reads your questions.")),
    "check": (actions.check_registration, gettext_lazy("The papers are in order.")),
    "resume": (actions.resume_registration, gettext_lazy("Taken up again.")),
    "expire": (actions.expire_registration, gettext_lazy("Struck out of the register.")),
    "withdraw": (actions.withdraw_registration, gettext_lazy("Withdrawn.")),
}


def _found(public_id: str) -> Registration:
    return get_object_or_404(queries.registrations(), public_id=plain_id(public_id))


@require_GET
@needs(*READERS)
def registrations(request: Request, organisation: str) -> HttpResponse:
    """The queue: what waits for the city first, the oldest on top."""
    state = request.GET.get("state", "")
    rows = queries.registrations().exclude(state="draft")
    if state in REGISTRATION_STATES:
        rows = rows.filter(state=state)
    page = Paginator(rows.alias(first=_FIRST).order_by("first", "submitted_at", "pk"), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "tabs": tabs(request, "accreditation:registrations"),
        "page": page,
        "lines": [
            {"row": row, "badge": saying.badge(row), "waits": saying.waits(row, request.today)}
            for row in page.object_list
        ],
        "state": state,
        "states": [(key, str(name)) for key, name in REGISTRATION_STATES.items() if key != "draft"],
        "keeps": request.organisation.kind == Kind.CITY
        and bool(rules.may_accredit(request.actor, request.organisation)),
    }
    return render(request, "accreditation/registrations.html", context)


@require_GET
@needs(*READERS)
def registration(request: Request, organisation: str, registration: str) -> HttpResponse:
    """One of them."""
    return render(request, "accreditation/registration.html", _page(request, _found(registration)))


def _page(request: Request, row: Registration, wrong: str = "", form: Any = None) -> dict[str, Any]:
    keeps = bool(rules.may_accredit(request.actor, row.authority))
    checks = queries.checks_of(row)
    lines = saying.lines(row, checks, list(queries.evidence().filter(registration=row)))
    for one in lines:
        asks = keeps and row.state == "submitted"
        one["form"] = form if wrong == f"line-{one['key']}" else AskForm(line=one["key"]) if asks else None
        one["open"] = wrong == f"line-{one['key']}"
    known = queries.alike(row) if keeps and row.state == "checked" else []
    forms = _forms(request, row, known) if keeps else {}
    if wrong in forms:
        forms[wrong] = form
    registered = row.state == "registered" and keeps and row.organisation is not None
    return {
        "row": row,
        "badge": saying.badge(row),
        "waits": saying.waits(row, request.today),
        "lines": lines,
        "visits": queries.visits_of(row),
        "forms": forms,
        "wrong": wrong,
        "alike": known,
        "verbs": _verbs(row, checks, request) if keeps else [],
        "invites": registered,
        "links": keeps and row.state not in OVER,
        "place_url": reverse("accreditation:place_new", args=[request.organisation.key])
        if registered
        else "",
        "crumbs": to_desk(
            request,
            step(request, pgettext("at the service desk", "Registrations"), "accreditation:registrations"),
            here(text(row.name)),
        ),
    }


def _verbs(row: Registration, checks: dict[str, Any], request: Request) -> list[tuple[str, str]]:
    """(verb, label) of the buttons that need no form."""
    found = []
    if row.state == "submitted" and len(checks) < len(LINES):
        found.append(("accept", _("Accept all open lines")))
    if REGISTRATION.can(row.state, "check") and rules.can_check(checks.values()):
        found.append(("check", _("The papers are in order")))
    if REGISTRATION.can(row.state, "return") and rules.can_return(checks.values()):
        found.append(("return", _("Give it back with the questions")))
    if REGISTRATION.can(row.state, "resume"):
        found.append(("resume", pgettext("a registration", "Take it up again")))
    if REGISTRATION.can(row.state, "expire") and rules.can_expire(row, request.today):
        found.append(("expire", _("Strike it out")))
    return found


def _forms(request: Request, row: Registration, known: list[tuple[Organisation, str]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if row.state in ("submitted", "checked", "registered", "suspended"):
        made["visit"] = VisitForm(initial={"on": request.today})
    if row.state == "checked":
        first = known[0][0].public_id if known and known[0][1] == "code" else ""
        values = {"organisation": first, "valid_until": request.today + LASTS}
        made["register"] = RegisterForm(known=_choices(known), initial=values)
    if row.state == "registered":
        made["suspend"] = ReasonForm(key="suspend")
    return made


def _choices(known: list[tuple[Organisation, str]]) -> list[tuple[str, str]]:
    why = {"code": _("the same code"), "name": _("a like name")}
    return [(one.public_id, f"{text(one.name)} ({why[how]})") for one, how in known]


def _attempt(
    request: Request, row: Registration, name: str, form: Any, done: str, act: Callable[[], object]
) -> HttpResponse:
    status = tried(request, form, done, act)
    if not status:
        return redirect("accreditation:registration", request.organisation.key, row.public_id)
    page = _page(request, row, name, form)
    return render(request, "accreditation/registration.html", page, status=status)


@require_POST
@needs(*READERS)
def line(request: Request, organisation: str, registration: str) -> HttpResponse:
    """Accept a line, or ask something about it."""
    row, key = _found(registration), request.POST.get("line", "")[:20]
    require(rules.may_accredit(request.actor, row.authority))
    who: dict[str, Any] = {"by": request.actor, "at": request.at}
    if request.POST.get("do") == "accept":
        actions.check_line(row, line=key, outcome="accepted", **who)
        return redirect("accreditation:registration", organisation, row.public_id)
    form = AskForm(request.POST, line=key)
    return _attempt(
        request, row, f"line-{key}", form, _("Asked. The enterprise reads it once you give it back."),
        lambda: actions.check_line(row, line=key, outcome="asked", phrase=form.cleaned_data["phrase"], **who),
    )  # fmt: skip


@require_POST
@needs(*READERS)
def visit(request: Request, organisation: str, registration: str) -> HttpResponse:
    """Note a visit."""
    row = _found(registration)
    require(rules.may_accredit(request.actor, row.authority))
    form = VisitForm(request.POST)
    return _attempt(
        request, row, "visit", form, _("The visit is noted."),
        lambda: actions.note_visit(row, **form.cleaned_data, by=request.actor, at=request.at),
    )  # fmt: skip


@require_POST
@needs(*READERS)
def move(request: Request, organisation: str, registration: str, verb: str) -> HttpResponse:
    """One step further."""
    row = _found(registration)
    require(rules.may_accredit(request.actor, row.authority))
    who: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb in PLAIN:
        act, done = PLAIN[verb]
        act(row, **who)
        messages.success(request, str(done))
        return redirect("accreditation:registration", organisation, row.public_id)
    if verb == "suspend":
        form = ReasonForm(request.POST, key="suspend")
        return _attempt(
            request, row, "suspend", form, _("On hold. Apprentices who are there go on."),
            lambda: actions.suspend_registration(row, because=form.cleaned_data["because"], **who),
        )  # fmt: skip
    if verb != "register":
        raise Http404
    return _register(request, row, who)


def _register(request: Request, row: Registration, who: dict[str, Any]) -> HttpResponse:
    known = queries.alike(row)
    form = RegisterForm(request.POST, known=_choices(known))

    def act() -> None:
        chosen = form.cleaned_data["organisation"]
        place = next((one for one, _how in known if one.public_id == chosen), None)
        actions.register_enterprise(
            row, organisation=place, valid_until=form.cleaned_data["valid_until"], **who
        )

    done = _("Registered. Invite its first HR person now, and accredit its training places.")
    return _attempt(request, row, "register", form, done, act)


@sensitive_variables()
@never_cache
@require_POST
@needs(*READERS)
def invite(request: Request, organisation: str, registration: str) -> HttpResponse:
    """Invite the contact as the first HR person; the link is shown once."""
    sent = actions.invite_first(_found(registration), by=request.actor, at=request.at)
    back = reverse("accreditation:registration", args=[organisation, registration])
    return letters_page(request, [sent], back=back)


@sensitive_variables()
@never_cache
@require_POST
@needs(*READERS)
def give_link(request: Request, organisation: str, registration: str) -> HttpResponse:
    """A new link and code for a contact who has lost theirs; the earlier one ends."""
    row = _found(registration)
    require(rules.may_accredit(request.actor, row.authority))
    handed = make_link(
        row.ref,
        purpose=Purpose.REGISTER,
        name=row.contact_name,
        organisation=row.authority,
        life=LIFE,
        by=request.actor,
        at=request.at,
    )
    back = reverse("accreditation:registration", args=[organisation, row.public_id])
    return show_handed(request, handed, door="register:form", back=back, known=row.contact_mail)


@require_GET
@needs(*READERS)
def evidence(request: Request, organisation: str, evidence: str) -> HttpResponse:
    """A file of a registration: pictures to look at, all else to save."""
    row = get_object_or_404(queries.evidence(), public_id=plain_id(evidence))
    name = row.kept.name.rpartition(".")[0] or row.kept.name
    return shown_or_saved(row.kept.bytes(), name, row.media_type)
