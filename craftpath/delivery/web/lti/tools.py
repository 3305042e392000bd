"""Pages of tools: the list, a new one, one with its links, a choice made in it; and the keys that sign."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from craftpath.delivery.exchange.lti.keysets import keys_for
from craftpath.delivery.web.lti import addressing, launching
from craftpath.delivery.web.lti.forms import LinkForm, ToolForm
from craftpath.delivery.web.lti.keeping import asked, known
from craftpath.delivery.web.lti.places import KEY_TONES, TONES, kept_tool, seen_tool, tabs, to_tool
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import listed
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.courses import queries as courses
from craftpath.domain.courses.actions import keep_activity
from craftpath.domain.courses.content import read
from craftpath.domain.lti import actions, queries, rules
from craftpath.domain.lti.linking import titles
from craftpath.domain.lti.texts import KEYS, SERVICES, STATES, TELLS
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.courses.models import Course
    from craftpath.domain.lti.models import Link, Tool


@require_safe
@needs(Permission.KEEP_TOOLS, Permission.WRITE_COURSES)
def listing(request: Request, organisation: str) -> HttpResponse:
    """The tools that courses may open; two queries however many."""
    lines = [
        {
            "label": row.name,
            "note": row.organisation.title.both() if row.organisation != request.organisation else "",
            "url": reverse("tools:tool", args=[organisation, row.public_id]),
            "badge": STATES[row.state],
            "tone": TONES[row.state],
        }
        for row in queries.tools()
    ]
    context = {"lines": lines, "keeps": _keeps(request), "tabs": tabs(request, "tools:list")}
    return render(request, "lti/tools.html", context)


def _keeps(request: Request) -> bool:
    return bool(rules.may_keep(request.actor, request.organisation))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_TOOLS)
def new(request: Request, organisation: str) -> HttpResponse:
    """Register a tool."""
    heading = _("Register a tool")
    return asked(
        request, ToolForm(request.POST or None),
        lambda said: actions.register_tool(request.organisation, said, by=request.actor, at=request.at),
        done=_("Registered. Give the tool what stands here."), page="tools:tool", heading=heading,
        crumbs=[step(request, _("Tools"), "tools:list"), here(heading)],
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, organisation: str, tool: str) -> HttpResponse:
    """Change what is known of a tool."""
    row = kept_tool(request, tool)
    return asked(
        request, ToolForm(request.POST or None, initial=known(row, ToolForm, "redirects")),
        lambda said: actions.change_tool(row, said, by=request.actor, at=request.at),
        done=_("Kept."), page="tools:tool", heading=row.name, crumbs=to_tool(request, row, here(_("Change"))),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def tool(request: Request, organisation: str, tool: str) -> HttpResponse:
    """One tool: what it is given, what it may, and its links; by POST one more link."""
    row = seen_tool(request, tool)
    form = LinkForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = tried(
            request, form, _("Added. It can be chosen in courses now."),
            lambda: actions.add_link(row, **form.asked(), by=request.actor, at=request.at),
        )  # fmt: skip
        if not status:
            return redirect("tools:tool", organisation, row.public_id)
    context = {
        "row": row,
        "state": STATES[row.state],
        "tone": TONES[row.state],
        "tells": TELLS[row.tells],
        "services": listed(str(SERVICES[one]) for one in row.services),
        "given": _given(request, row),
        "links": list(queries.links().filter(tool=row)),
        "form": form if rules.may_link(request.actor) and row.state == "serving" else None,
        "keeps": bool(rules.may_keep(request.actor, row.organisation)),
        "crumbs": to_tool(request, row)[:1],
    }
    return render(request, "lti/tool.html", context, status=status)


def _given(request: Request, row: Tool) -> list[tuple[str, str, str]]:
    """What somebody types into the tool: (id, label, value)."""
    return [
        ("issuer", _("Issuer, or platform ID"), addressing.issuer(request)),
        ("client", _("Client ID"), row.public_id),
        ("deployment", _("Deployment ID"), row.deployment),
        ("auth", _("Authentication request address"), addressing.at(request, "lti:answer")),
        ("token", _("Access token address"), addressing.at(request, "lti:token")),
        ("keyset", _("Address of the public keys"), addressing.at(request, "lti:keys", row.organisation.key)),
    ]


@require_POST
def move(request: Request, organisation: str, tool: str, verb: str) -> HttpResponse:
    """Stop a tool, or use it again."""
    row = kept_tool(request, tool)
    acts = {"stop": actions.stop_tool, "resume": actions.resume_tool}
    if verb not in acts:
        raise Http404
    acts[verb](row, by=request.actor, at=request.at)
    messages.success(request, _("Stopped.") if verb == "stop" else _("In use again."))
    return redirect("tools:tool", organisation, row.public_id)


@require_POST
def choose(request: Request, organisation: str, tool: str) -> HttpResponse:
    """Choose inside the tool what an activity of a course opens."""
    row = seen_tool(request, tool)
    course = get_object_or_404(courses.courses(), public_id=plain_id(request.POST.get("course", "")))
    if not row.choose_address:
        raise Http404
    return launching.choose(request, row, course.public_id, plain_id(request.POST.get("activity", "")))


@csrf_exempt  # it comes from the tool; who asked for it stands in the message, and the session has to be the same
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def chosen(request: Request, organisation: str, tool: str) -> HttpResponse:
    """What was chosen comes back, by way of `lti:chosen`; a link was made for each, the first one for the activity."""
    row = seen_tool(request, tool)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("tools:tool", args=[organisation, row.public_id]))
    token = request.POST.get("JWT", "")
    for_what, links = actions.take_choice(
        row, token, keys_for(row, token), issuer=addressing.issuer(request), by=request.actor, at=request.at
    )
    course, _sep, activity = for_what.partition("/")
    if links and activity:
        found = courses.courses().filter(public_id=course).first()
        if found is not None and _put_in(request, found, activity, links[0]):
            messages.success(request, _("Chosen: %(names)s") % {"names": titles(links)})
            return redirect("courses:edit", organisation, course, activity)
    if links:
        messages.success(request, _("Chosen: %(names)s") % {"names": titles(links)})
    else:
        messages.info(request, _("Nothing was chosen."))
    return redirect("tools:tool", organisation, row.public_id)


def _put_in(request: Request, course: Course, key: str, link: Link) -> bool:
    """Let the activity for which it was chosen open it; whether it is there still."""
    version = courses.version_to_write(course)
    rows = courses.activities_of(version) if version is not None else []
    one = next((each for each in rows if each.key == key and each.kind == "tool"), None)
    if one is None:
        return False
    content = replace(read(one.kind, one.content), ref=str(link.ref))
    title = Text.of(one.title)
    keep_activity(course, key, title=title, content=content, by=request.actor, at=request.at)
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_TOOLS)
def keys(request: Request, organisation: str) -> HttpResponse:
    """The keys with which this organisation signs; by POST the next one, or the end of one."""
    if request.method == "POST":
        key = plain_id(request.POST.get("key", ""))
        if request.POST.get("do") == "revoke":
            row = get_object_or_404(queries.keys_of(request.organisation), public_id=key)
            actions.revoke_key(row, by=request.actor, at=request.at)
            messages.success(request, _("Revoked. What it signed is believed nowhere any more."))
        else:
            actions.retire_key(request.organisation, seen=key, by=request.actor, at=request.at)
            messages.success(request, _("From now on a new key signs. The one before stays published."))
        return redirect("tools:keys", organisation)
    rows = [(row, KEYS[row.state], KEY_TONES[row.state]) for row in queries.keys_of(request.organisation)]
    context = {
        "rows": rows,
        "active": next((row.public_id for row, _said, _tone in rows if row.state == "active"), ""),
        "address": addressing.at(request, "lti:keys", organisation),
        "tabs": tabs(request, "tools:keys"),
    }
    return render(request, "lti/keys.html", context)
