"""What a tool asks the platform without a browser: access, public keys, who takes part, line items, scores, results.

Each answer is JSON in the type that the standard names; a refusal has the right status and says why in words. A tool
reaches the courses in which one of its links stands, and no other.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from craftpath.delivery.exchange.lti.keysets import keys_for
from craftpath.delivery.web.lti import addressing
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.courses import queries as courses
from craftpath.domain.courses.rules import may_look_after
from craftpath.domain.lti import grading, keys, queries, serving, wording
from craftpath.domain.lti.actions import add_item, change_item, drop_item, grant_access, keep_score
from craftpath.domain.lti.launching import subject, who
from craftpath.domain.lti.plain import plain
from craftpath.domain.lti.rules import LONGEST_ID
from craftpath.kernel.access import actor_in, system
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.courses.models import Run
    from craftpath.domain.lti.models import LineItem, Placement, Score, Tool
    from craftpath.kernel.people import Person

MOST_BYTES = 100_000
A_PAGE, MOST_A_PAGE = 100, 1000
STATUS = {
    "lti.item_gone": 404,
    "lti.score_older": 409,
    "lti.item_coupled": 403,
    "lti.person_unknown": 404,
}
View = Callable[..., HttpResponse]
ACCESS = "lti_access"


def _said(status: int, detail: str) -> JsonResponse:
    return JsonResponse({"status": status, "error": detail}, status=status)


def serves(*scopes_by_method: tuple[str, tuple[str, ...]]) -> Callable[[View], View]:
    """A service for tools: a token with one of the scopes for this method, and a course in which the tool stands."""
    needed = dict(scopes_by_method)

    def wrap(view: View) -> View:
        @csrf_exempt
        @login_not_required
        @never_cache
        @require_http_methods(list(needed))
        @wraps(view)
        def answered(request: Request, context: str, **names: str) -> HttpResponse:
            access = serving.admitted(request.headers.get("Authorization", ""))
            if access is None:
                refused = _said(401, "invalid_token")
                refused.headers["WWW-Authenticate"] = "Bearer"
                return refused
            if not access.may(*needed[request.method or "GET"]):
                return _said(403, "insufficient_scope")
            run = courses.run_for(plain_id(context))
            if run is None or queries.placed(access.tool, run.public_id) is None:
                return _said(404, "not_found")
            try:
                with looking_for(system(run.organisation).scope):
                    return view(request, access.tool, run, **names)
            except Refused as refused_now:
                code = refused_now.verdict.reason
                return _said(STATUS.get(code, 400), sentence(refused_now.verdict))
            except Http404:
                return _said(404, "not_found")

        return answered

    return wrap


def _body(request: Request) -> Any:
    size = request.META.get("CONTENT_LENGTH") or "0"
    if not size.isdecimal() or int(size) > MOST_BYTES:
        return None
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        return None


@login_not_required
@cache_control(max_age=300, public=True)
@require_safe
def key_set(request: Request, place: str) -> HttpResponse:
    """The public keys with which an organisation signs."""
    row = get_object_or_404(Organisation, key=place)
    return JsonResponse(keys.published(row))


@csrf_exempt
@login_not_required
@never_cache
@require_POST
def token(request: Request) -> HttpResponse:
    """Access for an hour, for a tool that proves itself by a signed assertion."""
    given = request.POST
    if given.get("grant_type") != "client_credentials":
        return JsonResponse({"error": "unsupported_grant_type"}, status=400)
    if given.get("client_assertion_type") != wording.ASSERTION_TYPE:
        return JsonResponse({"error": "invalid_request"}, status=400)
    assertion = given.get("client_assertion", "")
    try:
        tool = serving.tool_named(assertion)
        if tool is None:
            return JsonResponse({"error": "invalid_client"}, status=401)
        here = (addressing.at(request, "lti:token"), addressing.issuer(request))
        access, scopes = grant_access(
            tool, assertion, keys_for(tool, assertion), audiences=here, wanted=given.get("scope", ""),
            by=system(tool.organisation), at=request.at,
        )  # fmt: skip
    except Refused as refused:
        if refused.verdict.reason == "lti.service_unknown":
            return JsonResponse({"error": "invalid_scope"}, status=400)
        told = {"error": "invalid_client", "error_description": refused.verdict.reason}  # ASCII, says OAuth
        return JsonResponse(told, status=401)
    answer: dict[str, Any] = {
        "access_token": access,
        "token_type": "Bearer",
        "expires_in": serving.LIFE,
        "scope": " ".join(scopes),
    }
    return JsonResponse(answer)


# ---- Who takes part -------------------------------------------------------------------------------------


@serves(("GET", (wording.MEMBERS_READ,)))
def members(request: Request, tool: Tool, run: Run) -> HttpResponse:
    """Names and roles of a course, page by page; of people what the tool is told of them at a launch, and no more."""
    placement = _link_of(tool, run, request.GET["rlid"]) if "rlid" in request.GET else None
    wanted = request.GET.get("role", "")
    rows = [one for one in _everybody(request, tool, run) if not wanted or _fits(wanted, one["roles"])]
    here = addressing.at(request, "lti:members", run.public_id)
    start, limit, link = _paged(request, here, len(rows), A_PAGE)
    shown = rows[start : start + limit]
    if placement is not None:  # what a launch of this link would say besides
        shown = [one | {"message": [_of_link(placement)]} for one in shown]
    told = {"id": here, "context": {"id": run.public_id, "title": text(run.course.title)}, "members": shown}
    answer = JsonResponse(told, content_type=wording.MEMBERS_TYPE)
    if link:
        answer.headers["Link"] = link
    return answer


def _link_of(tool: Tool, run: Run, public_id: str) -> Placement:
    """The link of this tool in this course that a question names; 404 for every other."""
    row = queries.placement(plain_id(public_id))
    if row is None or row.link.tool_id != tool.pk or row.context != run.public_id:
        raise Http404
    return row


def _of_link(placement: Placement) -> dict[str, Any]:
    told: dict[str, Any] = {wording.MESSAGE_TYPE: wording.LAUNCH, "locale": get_language() or "zh-hans"}
    return told | ({wording.CUSTOM: dict(placement.link.custom)} if placement.link.custom else {})


def _paged(request: Request, here: str, count: int, otherwise: int) -> tuple[int, int, str]:
    """(first row, how many, the `Link` header): where more follows or went before, it says where."""
    limit = _count(request.GET.get("limit"), otherwise, MOST_A_PAGE)
    start = _count(request.GET.get("from"), 0, count, least=0)
    ways = {
        "next": start + limit if start + limit < count else None,
        "prev": max(0, start - limit) if start else None,
    }
    if ways["next"] is not None or ways["prev"] is not None:
        ways |= {"first": 0, "last": (count - 1) // limit * limit if count else 0}
    lines = []
    for rel, first in ways.items():
        if first is not None:
            asked = request.GET.copy()
            asked["limit"], asked["from"] = str(limit), str(first)
            lines.append(f'<{here}?{asked.urlencode()}>; rel="{rel}"')
    return start, limit, ", ".join(lines)


def _everybody(request: Request, tool: Tool, run: Run) -> list[dict[str, Any]]:
    """Who learns, then who wrote the course or began the run and may look after it still; not the whole staff."""
    learners = courses.people_in(run)
    known = {one.pk for one in learners}
    rows = [(one, wording.ROLE_LEARNER) for one in learners]
    for one in dict.fromkeys([run.course.made_by, run.made_by]):
        actor = actor_in(one, run.organisation, request.today) if one is not None else None
        if actor is not None and one is not None and one.pk not in known and may_look_after(actor, run):
            rows.append((one, wording.ROLE_INSTRUCTOR))
    return [{"status": "Active", "roles": [role], **who(tool, one, "user_id")} for one, role in rows]


def _fits(wanted: str, roles: list[str]) -> bool:
    return any(wanted in (one, one.rsplit("#", 1)[-1]) for one in roles)


def _count(said: str | None, otherwise: int, most: int, *, least: int = 1) -> int:
    if said is None or not said.isascii() or not said.isdecimal() or len(said) > 9:
        return otherwise
    return max(least, min(int(said), most))


def _numbers(tool: Tool, run: Run) -> dict[str, Person]:
    """The people of a course by their number at a tool."""
    return {subject(tool, one): one for one in courses.people_in(run)}


# ---- Grades ---------------------------------------------------------------------------------------------

_READ = (wording.ITEM, wording.ITEM_READ)
_WRITE = (wording.ITEM,)


@serves(("GET", _READ), ("POST", _WRITE))
def items(request: Request, tool: Tool, run: Run) -> HttpResponse:
    """The line items of a tool in a course; by POST one more."""
    if request.method == "POST":
        row = add_item(
            tool, run.public_id, grading.item_said(_body(request)), by=system(run.organisation), at=request.at
        )
        return _item_answer(request, run, row, status=201)
    rows = grading.items_of(tool, run.public_id)
    for name, column in (
        ("resource_link_id", "placement__public_id"),
        ("resource_id", "resource"),
        ("tag", "tag"),
    ):
        if name in request.GET:
            rows = rows.filter(**{column: plain(request.GET[name], LONGEST_ID)})
    start, limit, link = _paged(
        request, addressing.at(request, "lti:items", run.public_id), rows.count(), A_PAGE
    )
    told = [_item(request, run, one) for one in rows[start : start + limit]]
    answer = JsonResponse(told, safe=False, content_type=wording.ITEMS_TYPE)
    if link:
        answer.headers["Link"] = link
    return answer


@serves(("GET", _READ), ("PUT", _WRITE), ("DELETE", _WRITE))
def item(request: Request, tool: Tool, run: Run, item: str) -> HttpResponse:
    """One line item: read it, call it otherwise, take it away."""
    row = _item_of(tool, run, item)
    if request.method == "DELETE":
        drop_item(row, by=system(run.organisation), at=request.at)
        return HttpResponse(status=204)
    if request.method == "PUT":
        row = change_item(row, grading.item_said(_body(request)), by=system(run.organisation), at=request.at)
    return _item_answer(request, run, row)


@serves(("POST", (wording.SCORE,)))
def scores(request: Request, tool: Tool, run: Run, item: str) -> HttpResponse:
    """How somebody did. The same once more changes nothing; an older one than what is known is refused."""
    row = _item_of(tool, run, item)
    said = grading.score_said(_body(request), _numbers(tool, run), request.at)
    keep_score(row, said, by=system(run.organisation), at=request.at)
    return HttpResponse(status=204)


@serves(("GET", (wording.RESULT_READ,)))
def results(request: Request, tool: Tool, run: Run, item: str) -> HttpResponse:
    """What counts of everybody in a line item, or of one person."""
    row = _item_of(tool, run, item)
    every = [(subject(tool, one.person), one) for one in grading.scores_of(row)]
    wanted = request.GET.get("user_id")
    rows = [(number, one) for number, one in every if wanted in (None, number)]
    here = f"{_address(request, run, row)}/results"
    start, limit, link = _paged(request, here, len(rows), A_PAGE)
    told = [_result(request, run, row, number, one) for number, one in rows[start : start + limit]]
    answer = JsonResponse(told, safe=False, content_type=wording.RESULTS_TYPE)
    if link:
        answer.headers["Link"] = link
    return answer


@serves(("GET", (wording.RESULT_READ,)))
def result(request: Request, tool: Tool, run: Run, item: str, number: str) -> HttpResponse:
    """What counts of one person, at the address that a list of results names."""
    row = _item_of(tool, run, item)
    one = next((each for each in grading.scores_of(row) if subject(tool, each.person) == number), None)
    if one is None:
        raise Http404
    return JsonResponse(_result(request, run, row, number, one), content_type=wording.RESULT_TYPE)


def _result(request: Request, run: Run, row: LineItem, number: str, one: Score) -> dict[str, Any]:
    here = _address(request, run, row)
    told: dict[str, Any] = {"id": f"{here}/results/{number}", "scoreOf": here, "userId": number}
    if one.given is not None and one.maximum and one.grading == "FullyGraded":
        told["resultScore"] = float(one.given * row.maximum / one.maximum)
        told["resultMaximum"] = float(row.maximum)
    if one.comment:
        told["comment"] = one.comment
    return told


def _item_of(tool: Tool, run: Run, public_id: str) -> LineItem:
    row = grading.items_of(tool, run.public_id).filter(public_id=plain_id(public_id)).first()
    if row is None:
        raise Http404
    return row


def _address(request: Request, run: Run, row: LineItem) -> str:
    return addressing.at(request, "lti:item", run.public_id, row.public_id)


def _item(request: Request, run: Run, row: LineItem) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": _address(request, run, row), "label": row.label, "scoreMaximum": float(row.maximum),
        "resourceId": row.resource, "tag": row.tag, "startDateTime": _moment(row.starts_at),
        "endDateTime": _moment(row.ends_at),
    }  # fmt: skip
    if row.placement is not None:
        told["resourceLinkId"] = row.placement.public_id
    return {name: value for name, value in told.items() if value != ""}


def _moment(at: datetime | None) -> str:
    return (
        at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if at is not None else ""
    )


def _item_answer(request: Request, run: Run, row: LineItem, status: int = 200) -> HttpResponse:
    return JsonResponse(_item(request, run, row), status=status, content_type=wording.ITEM_TYPE)
