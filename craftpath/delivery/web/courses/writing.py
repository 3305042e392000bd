"""Writing a course: what stands around it, its outline, its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.courses.forms import CourseForm, NewActivityForm, PublishForm, UnitForm
from craftpath.delivery.web.courses.joining import ROOMS, older_in
from craftpath.delivery.web.courses.places import TONES, to_course, to_courses, written
from craftpath.delivery.web.courses.rendering import gaps
from craftpath.delivery.web.frameworks.choosing import skill_groups
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.courses import actions, queries, rules
from craftpath.domain.courses.content import Content, lacks, read
from craftpath.domain.courses.states import JOINED
from craftpath.domain.courses.texts import KINDS, LACKS, STATES
from craftpath.domain.occupations.queries import occupations
from craftpath.domain.standards.queries import skills_by_key
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.courses.models import Course


def kinds() -> list[tuple[str, Any]]:
    """What may be added: kinds that another room keeps only where it has joined."""
    return [(kind, label) for kind, label in KINDS.items() if kind not in JOINED or kind in ROOMS]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_COURSES)
def new(request: Request, organisation: str) -> HttpResponse:
    """Begin a course."""
    require(rules.may_write(request.actor, request.organisation))
    made: list[Course] = []

    def act(form: CourseForm, details: actions.Details) -> None:
        key = form.cleaned_data["made_id"]
        made.append(
            actions.begin_course(
                organisation=request.organisation,
                made_id=key,
                details=details,
                by=request.actor,
                at=request.at,
            )
        )

    status, context = _details(request, act, _("Begun. Add units now."))
    if not status:
        return redirect("courses:course", organisation, made[0].public_id)
    context["crumbs"] = to_courses(request, here(_("New course")))
    return render(request, "courses/details.html", context | {"new": True}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: Request, organisation: str, course: str) -> HttpResponse:
    """Title, aim, skills, occupation."""
    row = written(request, course)

    def act(_form: CourseForm, given: actions.Details) -> None:
        actions.keep_details(row, given, by=request.actor, at=request.at)

    status, context = _details(request, act, pgettext("what was written", "Kept."), row)
    if not status:
        return redirect("courses:course", organisation, row.public_id)
    context["crumbs"] = to_course(request, row, here(_("Title and skills")))
    return render(request, "courses/details.html", context, status=status)


def _details(request: Request, act: Any, done: str, row: Course | None = None) -> tuple[int, dict[str, Any]]:
    trades = {one.public_id: one for one in occupations()}
    data, status = request.POST if request.method == "POST" else None, 200
    first: dict[str, Any] = {}
    if row is not None:
        first = {
            f"{name}_{side}": value.get(side, "")
            for name, value in (("title", row.title), ("aim", row.aim))
            for side in ("zh", "en")
        }
        first["occupation"] = row.occupation.public_id if row.occupation else ""
    names = [(key, text(one.name)) for key, one in trades.items()]
    form = CourseForm(data, occupations=names, initial=first)
    stored = list(row.skills) if row is not None else []
    chosen = data.getlist("skills") if data is not None else stored
    if data is not None:

        def do() -> None:
            trade = trades.get(form.cleaned_data["occupation"])
            act(form, actions.Details(title=form.title, aim=form.aim, skills=chosen, occupation=trade))

        status = tried(request, form, done, do)
    groups = skill_groups(stored=stored)
    return status, {
        "form": form,
        "row": row,
        "groups": [(name, [(key, said, key in chosen) for key, said in some]) for name, some in groups],
        "opened": [name for name, some in groups if not set(chosen).isdisjoint(key for key, _said in some)],
    }


@require_GET
def course(request: Request, organisation: str, course: str) -> HttpResponse:
    """The outline with what is missing, the versions, the runs."""
    return render(request, "courses/course.html", outline(request, written(request, course)))


def outline(request: Request, row: Course, **forms: Any) -> dict[str, Any]:
    """Everything on an author's page; the same queries however many units."""
    version = queries.version_to_write(row)
    units = queries.units_of(version) if version else []
    files = queries.files_of(row)
    keys = {one.key for unit in units for one in unit.activities.all()}
    shown = [(unit, [_line(one, files, keys) for one in unit.activities.all()]) for unit in units]
    return {
        "row": row,
        "state": (str(STATES[row.state]), TONES[row.state]),
        "draft": version is not None and version.number is None,
        "number": version.number if version else None,
        "units": shown,
        "minutes": sum(unit.minutes for unit in units),
        "missing": sum(bool(line["wrong"]) for _unit, lines in shown for line in lines),
        "versions": queries.versions_of(row),
        "runs": list(queries.runs_of(row)),
        "skills": [text(one.name) for one in skills_by_key(row.skills).values()] if row.skills else [],
        "unit_form": forms.get("unit") or UnitForm(auto_id="unit_%s"),
        "activity_form": forms.get("activity") or NewActivityForm(kinds=kinds(), auto_id="activity_%s"),
        "publish": forms.get("publish") or PublishForm(auto_id="publish_%s"),
        "opened": forms.get("opened", ""),
        "writes": bool(rules.can_write(row)),
        "older": older_in(request, row.ref),
        "crumbs": to_courses(request, here(text(row.title))),
    }


def _line(one: Any, files: Any, keys: Any) -> dict[str, Any]:
    content = read(one.kind, one.content)
    missing = lacks(content)
    lost = gaps(content, files, keys)
    wrong = [str(LACKS[missing])] if missing else []
    wrong += [_("Leads nowhere: %(what)s") % {"what": what} for what in lost]
    return {"row": one, "kind": str(KINDS[one.kind]), "wrong": wrong}


@require_POST
def part(request: Request, organisation: str, course: str, verb: str) -> HttpResponse:
    """Add, rename, move or take out a unit or an activity."""
    row = written(request, course)
    key = request.POST.get("key", "")
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    back = redirect("courses:course", organisation, row.public_id)
    if verb in ("up", "down"):
        actions.move_part(row, key, up=verb == "up", **by)
        return back
    if verb == "drop":
        actions.drop_part(row, key, **by)
        messages.success(request, _("Taken out of the draft."))
        return back
    if verb == "add-activity":
        return _added(request, row, key)
    if verb not in ("add-unit", "keep-unit"):
        raise Http404
    form = UnitForm(request.POST, auto_id="unit_%s")

    def act() -> None:
        minutes = form.cleaned_data["minutes"] or 0
        if verb == "keep-unit":
            actions.keep_unit(row, key, title=form.title, minutes=minutes, **by)
        else:
            actions.add_units(row, [actions.NewUnit(form.title, minutes=minutes)], **by)

    status = tried(request, form, pgettext("what was written", "Kept."), act)
    return back if not status else render(
        request, "courses/course.html", outline(request, row, unit=form, opened="unit"), status=status
    )  # fmt: skip


def _added(request: Request, row: Course, unit: str) -> HttpResponse:
    form = NewActivityForm(request.POST, kinds=kinds(), auto_id="activity_%s")
    made: list[Any] = []

    def act() -> None:
        kind = form.cleaned_data["kind"]
        new = actions.NewActivity(kind, form.title, Content(kind))
        made.append(actions.add_activity(row, unit, new, by=request.actor, at=request.at))

    status = tried(request, form, _("Added. Write it now."), act)
    if not status:
        place = reverse("courses:edit", args=[request.organisation.key, row.public_id, made[0].key])
        return redirect(place)
    return render(
        request, "courses/course.html", outline(request, row, activity=form, opened=unit), status=status
    )


@require_POST
def move(request: Request, organisation: str, course: str, verb: str) -> HttpResponse:
    """Publish, put away, take up again."""
    row = written(request, course)
    back = redirect("courses:course", organisation, row.public_id)
    if verb == "archive":
        actions.archive_course(row, by=request.actor, at=request.at)
        messages.success(request, _("Put away. What runs goes on."))
        return back
    if verb == "restore":
        actions.restore_course(row, by=request.actor, at=request.at)
        messages.success(request, _("It is a draft again."))
        return back
    if verb != "publish":
        raise Http404
    form = PublishForm(request.POST, auto_id="publish_%s")

    def act() -> None:
        actions.publish_course(row, changes=form.cleaned_data["changes"], by=request.actor, at=request.at)

    done = _("Published. Whoever follows an earlier version stays on it until you move them.")
    status = tried(request, form, done, act)
    return back if not status else render(
        request, "courses/course.html", outline(request, row, publish=form), status=status
    )  # fmt: skip
