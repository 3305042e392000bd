"""Coming from a platform: it names somebody, this browser asks it to say so, and the message that answers is held.

What was asked is kept in a signed cookie of this browser for ten minutes; it goes along with a post from another site,
as no session does. In somebody else's frame there are no cookies, so the way goes on in a window of its own.
"""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.exchange.lti.keysets import keys_for
from craftpath.delivery.web.lti import addressing
from craftpath.delivery.web.lti.sending import sent_on
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.courses import queries as courses
from craftpath.domain.lti import arriving as coming
from craftpath.domain.lti.actions import accept_launch, come_by, join_identity, return_grade
from craftpath.domain.lti.returning import chosen_message
from craftpath.kernel.access import actor_in, memberships_on, system
from craftpath.kernel.factors import has_second_factor
from craftpath.kernel.roles import STAFF, Role
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.courses.models import Run
    from craftpath.domain.lti.models import Platform
    from craftpath.kernel.people import Person

SALT = "craftpath.lti.state"
ARRIVAL = "lti-arrival"  # a cookie, and nothing in an address: nobody says yes to somebody else's arrival
LONGEST_GIVEN = 4000
STATE = re.compile(r"[0-9A-Za-z_-]{20,60}")
ASKED = 600  # seconds between a login and its message
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MALFORMED = {
    "lti.unreadable", "lti.without_times", "lti.wrong_version", "lti.message_missing", "lti.message_unknown",
    "lti.deployment_missing", "lti.resource_missing", "lti.roles_missing", "lti.subject_unfit", "lti.settings_missing",
    "lti.target_unknown", "lti.wrong_algorithm", "lti.platform_unknown", "lti.choice_of_others",
}  # fmt: skip
LOGIN = ("iss", "login_hint", "target_link_uri", "lti_message_hint", "client_id", "lti_deployment_id")


def _not_let_in(request: Request, refused: Refused) -> HttpResponse:
    """Why a launch ends here: 400 for what is no such message, 403 for one that is not believed."""
    code = refused.verdict.reason
    status = 400 if code in MALFORMED else 503 if code == "lti.keys_unread" else 403
    context = {"reason": sentence(refused.verdict), "code": code}
    response = render(request, "lti/refused.html", context, status=status)
    response.headers["X-Reason"] = code
    return response


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Request) -> HttpResponse:
    """A platform says that somebody comes: remember what is asked now, and send the browser there to be told."""
    limited = ratelimit.consume_or_429(request, action="lti", limit_get=True)
    if limited:
        return limited
    source = request.POST if request.method == "POST" else request.GET
    given = {name: source.get(name, "") for name in LOGIN}
    if any(len(value) > LONGEST_GIVEN for value in given.values()):
        return _not_let_in(request, Refused(not_now("lti.unreadable")))
    platform = coming.platform_for(given["iss"], given["client_id"], given["lti_deployment_id"])
    if platform is None or not given["login_hint"]:
        return _not_let_in(request, Refused(not_now("lti.platform_unknown")))
    if request.headers.get("Sec-Fetch-Dest") in ("iframe", "frame", "embed", "object"):
        return _out_of_the_frame(request, platform, given)
    state, nonce = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    asked = {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": platform.client_id,
        "redirect_uri": addressing.at(request, "lti:launch"),
        "login_hint": given["login_hint"],
        "state": state,
        "nonce": nonce,
    } | ({"lti_message_hint": given["lti_message_hint"]} if given["lti_message_hint"] else {})
    joint = "&" if "?" in platform.login_address else "?"
    response = HttpResponseRedirect(f"{platform.login_address}{joint}{urlencode(asked)}")
    kept = signing.dumps({"state": state, "nonce": nonce, "platform": platform.public_id}, salt=SALT)
    response.set_cookie(
        _cookie(state), kept, max_age=ASKED, path=reverse("lti:launch"), httponly=True, secure=settings.HTTPS,
        samesite="None" if settings.HTTPS else "Lax",
    )  # fmt: skip
    return response


def _cookie(state: str) -> str:
    """Each launch has a cookie of its own: somebody opens two links at once."""
    return f"lti-{state[:12]}"


def _out_of_the_frame(request: Request, platform: Platform, given: dict[str, str]) -> HttpResponse:
    fields = {name: value for name, value in given.items() if value}
    response = render(request, "lti/window.html", {"fields": fields, "name": platform.name})
    around = [addressing.origin(platform.issuer), addressing.origin(platform.login_address)]
    response._csp_update = {"frame-ancestors": around}  # type: ignore[attr-defined]
    response.xframe_options_exempt = True
    return response


def _asked(request: Request, state: str) -> dict[str, str]:
    """What this browser asked under a state; Refused where it asked nothing, or too long ago."""
    if not STATE.fullmatch(state):
        raise Refused(not_now("lti.wrong_state"))
    try:
        kept = signing.loads(request.COOKIES.get(_cookie(state), ""), salt=SALT, max_age=ASKED)
    except signing.BadSignature:
        kept = {}
    if not constant_time_compare(kept.get("state", ""), state):
        raise Refused(not_now("lti.wrong_state"))
    return dict(kept)


@csrf_exempt
@login_not_required
@never_cache
@require_POST
def launch(request: Request) -> HttpResponse:
    """The message itself. Refused, the page says why; otherwise somebody goes on to what the link names."""
    try:
        response = _launched(request)
    except Refused as refused:
        response = _not_let_in(request, refused)
    state = request.POST.get("state", "")
    if STATE.fullmatch(state) and _cookie(state) in request.COOKIES:
        response.delete_cookie(
            _cookie(state), path=reverse("lti:launch"), samesite="None" if settings.HTTPS else "Lax"
        )
    return response


def _launched(request: Request) -> HttpResponse:
    kept = _asked(request, request.POST.get("state", ""))
    if request.POST.get("error"):
        raise Refused(may_not("lti.platform_refused"))
    platform = coming.platform_of(kept["platform"])
    if platform is None:
        raise Refused(not_now("lti.platform_unknown"))
    token = request.POST.get("id_token", "")
    found = accept_launch(
        platform, token, keys_for(platform, token), nonce=kept["nonce"], by=system(platform.organisation),
        at=request.at,
    )  # fmt: skip
    if found.subject is None:
        if found.chooses:
            raise Refused(may_not("lti.not_teaching"))
        return _visitor(request, found)
    person = coming.known(platform, found.subject)
    if person is None:
        person = coming.by_mail(found, request.at)
        if person is not None:
            join_identity(
                platform, found.subject, person, how="mail", by=system(platform.organisation), at=request.at
            )
    if person is not None and found.entry is not None:
        _noted(request, platform, person, found.subject, found.entry.public_id, found.target)
    inside = person is not None and _comes_in(request, platform, person)
    if person is not None and inside:
        login(request, person, backend=BACKEND)
        if not found.chooses:
            return _landed(request, platform, person, found.target)
    response = redirect("lti:choose" if inside else "lti:join")
    response.set_cookie(
        ARRIVAL, coming.sealed_arrival(found), max_age=coming.ARRIVAL, path="/lti/", httponly=True,
        secure=settings.HTTPS, samesite="Lax",
    )  # fmt: skip
    return response


def _comes_in(request: Request, platform: Platform, person: Person) -> bool:
    """Whether a platform's word alone signs somebody in: not where more than a password is asked here.

    A session is one for the whole site: whoever is staff of any organisation is not signed in by what another trusts.
    """
    if coming.seat(platform, person, request.today) is None or has_second_factor(person):
        return False
    return not any(Role(row.role) in STAFF for row in memberships_on(request.today).filter(person=person))


def _noted(
    request: Request, platform: Platform, person: Person, subject: str, entry: str, target: str
) -> None:
    """By which link somebody came; a grade that is there already goes back by it."""
    by = system(platform.organisation)
    come_by(platform, subject, entry, by=by, at=request.at)
    done = next((one for one in courses.finished_by(person) if f"course/{one.run.public_id}" == target), None)
    if done is not None:
        return_grade(target, person, done.score, by=by, at=request.at)


def _landed(request: Request, platform: Platform, person: Person, target: str) -> HttpResponse:
    """On to what the link names; nothing of the arrival is carried any further."""
    response = HttpResponseRedirect(_landing(request, platform, person, target))
    response.delete_cookie(ARRIVAL, path="/lti/", samesite="Lax")
    return response


def _landing(request: Request, platform: Platform, person: Person, target: str) -> str:
    """What the link names, if it is there for this person; else the home of the organisation."""
    place = coming.seat(platform, person, request.today) or platform.organisation
    kind, _sep, public_id = target.partition("/")
    actor = actor_in(person, place, request.today)
    if kind == "log":
        return reverse("logbook:week", args=[place.key])
    if kind == "course" and actor is not None:
        with looking_for(actor.scope):
            if courses.runs().filter(public_id=public_id).exists():
                return reverse("courses:run", args=[place.key, public_id])
        messages.warning(request, sentence(not_now("lti.target_unknown")))
    return reverse("desks:home", args=[place.key])


# ---- Without a record -----------------------------------------------------------------------------------


def _visitor(request: Request, found: coming.Launch) -> HttpResponse:
    """Nobody in particular: what the course is about, without a record of it and without a sign-in."""
    run = _run_for_all(found.target, found.platform)
    units = []
    if run is not None:
        for unit in courses.units_of(run.version):
            units.append((text(unit.title), [text(one.title) for one in unit.activities.all()]))
    context = {"run": run, "units": units, "place": found.platform.organisation}
    return render(request, "lti/visitor.html", context)


def _run_for_all(target: str, platform: Platform) -> Run | None:
    kind, _sep, public_id = target.partition("/")
    run = courses.run_for(public_id) if kind == "course" else None
    inside = run is not None and run.organisation.path.startswith(platform.organisation.path)
    return run if inside and run is not None and run.state == "running" else None


# ---- The first time -------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Request) -> HttpResponse:
    """Signed in here, somebody says once that they are the one who comes from the platform; then on to the link."""
    arrival = coming.opened_arrival(request.COOKIES.get(ARRIVAL, ""))
    platform = coming.platform_of(arrival["platform"])
    if platform is None:
        raise Refused(not_now("lti.stopped"))
    before = coming.known(platform, arrival["subject"])
    if before is not None and before.pk != request.user.pk:
        raise Refused(may_not("lti.joined_already"))
    place = coming.seat(platform, request.user, request.today)
    if place is None:
        raise Refused(may_not("lti.not_a_member"))
    if request.method == "POST":
        join_identity(
            platform, arrival["subject"], request.user, how="sign_in",
            by=system(platform.organisation), at=request.at,
        )  # fmt: skip
        _noted(
            request, platform, request.user, arrival["subject"], arrival.get("entry", ""), arrival["target"]
        )
        before = request.user
    if before is not None:
        if arrival["chooses"]:
            return redirect("lti:choose")
        return _landed(request, platform, request.user, arrival["target"])
    context = {
        "platform": platform, "place": place, "called": arrival["name"], "who": request.user,
    }  # fmt: skip
    return render(request, "lti/join.html", context)


# ---- Choosing for the platform --------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: Request) -> HttpResponse:
    """Somebody who teaches on the platform chooses which course its link opens; the answer goes back signed."""
    arrival = coming.opened_arrival(request.COOKIES.get(ARRIVAL, ""))
    platform = coming.platform_of(arrival["platform"])
    if platform is None or not arrival["chooses"]:
        raise Refused(not_now("lti.stopped"))
    if coming.known(platform, arrival["subject"]) != request.user:
        raise Refused(may_not("lti.joined_already"))
    place = coming.seat(platform, request.user, request.today)
    actor = actor_in(request.user, place, request.today) if place is not None else None
    if actor is None:
        raise Refused(may_not("lti.not_a_member"))
    with looking_for(actor.scope):
        rows = list(courses.runs().filter(state="running").order_by("-starts_on", "-pk")[:200])
    if request.method == "POST":
        run = next((one for one in rows if one.public_id == plain_id(request.POST.get("run", ""))), None)
        if run is None:
            raise Refused(not_now("lti.target_unknown"))
        return _chosen(request, platform, arrival, run)
    context = {"rows": rows, "platform": platform}
    return render(request, "lti/choose.html", context)


def _chosen(request: Request, platform: Platform, arrival: dict[str, Any], run: Run) -> HttpResponse:
    items = [
        {
            "type": "ltiResourceLink",
            "title": text(run.course.title),
            "url": addressing.at(request, "lti:launch"),
            "custom": {"target": f"course/{run.public_id}"},
            "lineItem": {"scoreMaximum": 100, "label": text(run.course.title), "resourceId": run.public_id},
        }
    ]
    token = chosen_message(platform, arrival, items, request.at)
    where = arrival["settings"]["deep_link_return_url"]
    response = sent_on(request, where, {"JWT": token}, name=platform.name, through=["https:"])
    response.delete_cookie(ARRIVAL, path="/lti/", samesite="Lax")
    return response
