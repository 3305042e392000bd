"""Opening a tool from a course: the browser goes to the tool, comes back with its question, takes the answer along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.courses.places import seen_run
from craftpath.delivery.web.lti import addressing
from craftpath.delivery.web.lti.sending import sent_on
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.courses import queries as courses
from craftpath.domain.courses import rules as course_rules
from craftpath.domain.courses.actions import open_activity
from craftpath.domain.courses.content import read
from craftpath.domain.lti import jwts, launching, linking, queries, rules, wording
from craftpath.domain.lti.actions import place_link
from craftpath.kernel.access import Actor, actor_in
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import looking_for
from craftpath.values.ref import Ref
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.courses.models import Run
    from craftpath.domain.lti.models import Tool

ROLES = {
    Role.MENTOR: (wording.ROLE_MENTOR,),
    Role.TRAINER: (wording.ROLE_INSTRUCTOR,),
    Role.COORDINATOR: (wording.ROLE_INSTRUCTOR, wording.ROLE_ADMINISTRATOR),
    Role.ADMINISTRATOR: (wording.ROLE_ADMINISTRATOR,),
}
ECHOED = ("response_type", "response_mode", "scope", "prompt", "client_id", "redirect_uri", "login_hint", "state",
          "nonce", "lti_message_hint")  # fmt: skip


def roles_of(actor: Actor, *, learns: bool) -> tuple[str, ...]:
    """In which roles somebody comes to a tool: a learner as one, others by what they are at the organisation."""
    if learns:
        return (wording.ROLE_LEARNER,)
    found = [one for role, said in ROLES.items() if role in actor.roles for one in said]
    return tuple(dict.fromkeys(found))


@require_POST
def launch(request: Request, organisation: str, run: str, activity: str) -> HttpResponse:
    """Open the tool of an activity, for its learner or for whoever looks after the course."""
    row = seen_run(request, run)
    learns = courses.place_in(row, request.user)[0]
    if not learns and not course_rules.may_look_after(request.actor, row):
        raise Http404
    one = next((each for each in courses.activities_of(row.version) if each.key == plain_id(activity)), None)
    ref = read(one.kind, one.content).ref if one is not None and one.kind == "tool" else ""
    link = queries.link_behind(Ref.parse(ref)) if ref else None
    if link is None or one is None:
        raise Http404
    require(rules.can_serve(link.tool))
    if learns:
        open_activity(row, one.key, by=request.actor, at=request.at)
    placement = place_link(
        link,
        organisation=row.organisation,
        context=row.public_id,
        activity=one.key,
        by=request.actor,
        at=request.at,
    )
    told = {"what": "launch", "place": organisation, "placement": placement.public_id}
    fields = launching.asked(
        link.tool, request.user, issuer=addressing.issuer(request), target=link.address, told=told
    )
    return _onward(request, link.tool, fields)


def choose(request: Request, tool: Tool, course: str, activity: str) -> HttpResponse:
    """Begin a choice in a tool for an activity of a course."""
    told = {"what": "choose", "place": request.organisation.key, "course": course, "activity": activity}
    fields = launching.asked(
        tool, request.user, issuer=addressing.issuer(request), target=tool.choose_address, told=told
    )
    return _onward(request, tool, fields)


def _onward(request: Request, tool: Tool, fields: dict[str, str]) -> HttpResponse:
    """To the tool's login address, from where it may go through hosts of its own before it asks here."""
    return sent_on(request, tool.login_address, fields, name=tool.name, through=["https:"])


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request) -> HttpResponse:
    """A tool asks who is there: the answer is a signed message, sent by the browser to the tool's registered address.

    Asked by POST from elsewhere the browser brings no session along; it asks once more by itself, and then it does.
    """
    if request.method == "POST":
        again = request.GET.copy()
        for name in ECHOED:
            if name in request.POST:
                again[name] = request.POST[name]
        return HttpResponseRedirect(f"{reverse('lti:answer')}?{again.urlencode()}", status=303)
    given = {name: request.GET.get(name, "") for name in ECHOED}
    tool, where = launching.asker(given)
    state = given["state"][: launching.LONGEST_ECHO]
    fault = launching.fault_of(given)
    if not fault and not request.user.is_authenticated:
        fault = "login_required"
    token = "" if fault else _message(request, tool, given)
    if not fault and not token:
        fault = "access_denied"
    fields = {"error": fault} if fault else {"id_token": token}
    return sent_on(
        request, where, fields | ({"state": state} if state else {}), name=tool.name, through=["https:"]
    )


def _message(request: Request, tool: Tool, given: dict[str, str]) -> str:
    """The message for which the hint was sealed; "" where whoever is here may not have it any more."""
    told = launching.hint_of(given, tool, request.user)
    place = Organisation.objects.filter(key=told.get("place", "")).first() if told else None
    actor = actor_in(request.user, place, request.today) if place is not None else None
    if told is None or actor is None or place is None:
        return ""
    with looking_for(actor.scope):
        if told["what"] == "choose":
            return _choice(request, tool, actor, told, given["nonce"])
        return _launched(request, tool, actor, told, given["nonce"])


def _launched(request: Request, tool: Tool, actor: Actor, told: dict[str, str], nonce: str) -> str:
    placement = queries.placement(told["placement"])
    if placement is None or placement.link.tool_id != tool.pk:
        return ""
    row = courses.runs().filter(public_id=placement.context).first()
    if row is None:
        return ""
    learns = courses.place_in(row, request.user)[0]
    if not learns and not course_rules.may_look_after(actor, row):
        return ""
    back = addressing.at(request, "courses:activity", told["place"], row.public_id, placement.activity)
    return launching.launch_message(
        placement, request.user, _around(request, row, roles_of(actor, learns=learns), back),
        issuer=addressing.issuer(request), nonce=nonce, services=addressing.services(request, row.public_id),
        at=request.at,
    )  # fmt: skip


def _around(request: Request, row: Run, roles: tuple[str, ...], back: str) -> launching.Around:
    return launching.Around(
        row.public_id, text(row.course.title), roles, _language(), back, _platform(row.organisation)
    )


def _choice(request: Request, tool: Tool, actor: Actor, told: dict[str, str], nonce: str) -> str:
    course = courses.courses().filter(public_id=told.get("course", "")).first()
    if course is None or not rules.may_link(actor) or not tool.choose_address:
        return ""
    around = launching.Around(
        course.public_id, text(course.title), roles_of(actor, learns=False), _language(), "",
        _platform(course.organisation),
    )  # fmt: skip
    data = linking.choice(tool, request.user.public_id, f"{course.public_id}/{told.get('activity', '')}")
    return launching.choose_message(
        tool, request.user, around, issuer=addressing.issuer(request), nonce=nonce, data=data,
        answer=addressing.at(request, "lti:chosen", told["place"], tool.public_id), at=request.at,
    )  # fmt: skip


@csrf_exempt
@login_not_required
@never_cache
@require_POST
def chosen(request: Request, place: str, tool: str) -> HttpResponse:
    """A choice comes from a tool, and no session with it: the browser sends it once more, by this site's own page."""
    token = request.POST.get("JWT", "")[: jwts.LONGEST]
    where = addressing.at(request, "tools:chosen", place, tool)
    return sent_on(request, where, {"JWT": token}, name=pgettext("made in a tool", "Choice"))


def _language() -> str:
    return "zh-CN" if (get_language() or settings.LANGUAGE_CODE).startswith("zh") else "en"


def _platform(organisation: Any) -> dict[str, str]:
    return {
        "guid": organisation.public_id, "name": organisation.title.both(), "product_family_code": "craftpath",
    }  # fmt: skip
