"""One apprentice's work: photos, videos and files, what was published with all ratings, earlier versions."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.judging.places import found, found_work, to_list
from craftpath.delivery.web.judging.saying import badge_of_work, kind_and_item, mark_of
from craftpath.delivery.web.shell.downloads import shown_or_saved
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import points, text
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.judging import actions, queries, rules
from craftpath.domain.judging.rubrics import NOT_OBSERVED, criteria_of, levels_of
from craftpath.domain.judging.texts import EXHIBITS, METHODS, RATERS
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.judging.models import Practical
    from craftpath.domain.judging.settling import Seat, Work

MOST_BYTES = 40 * 2**20


class ExhibitForm(forms.Form):
    """A file of the work, and a word to it."""

    made_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    file = forms.FileField(
        label=gettext_lazy("Photo, video, PDF or DXF drawing"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,video/mp4,video/webm,.pdf,.dxf"}),
    )
    words = forms.CharField(label=gettext_lazy("What does it show?"), max_length=120, required=False)

    def clean_file(self) -> Any:
        """Not read before it is known to be small enough."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(megabytes)s MB.") % {"megabytes": MOST_BYTES // 2**20}
            )
        return file


@dataclass(frozen=True, slots=True)
class RatingShown:
    """One rating as it may be read: by whom, what it came to, the level of each criterion."""

    who: str
    kind: str
    mark: str
    counted: bool
    words: str
    levels: list[tuple[Any, str]]


@require_GET
@needs(Permission.SEE_RESULTS)
def work(request: Request, organisation: str, practical: str, enrolment: str) -> HttpResponse:
    """What the reader may see of it: an apprentice reads ratings once they are published."""
    row = found(practical)
    return _page(request, row, *found_work(row, enrolment))


def _page(
    request: Request,
    row: Practical,
    enrolment: Enrolment,
    work: Work,
    *,
    form: ExhibitForm | None = None,
    status: int = 200,
) -> HttpResponse:
    own = enrolment.person_id == request.user.pk
    publishes = bool(rules.may_publish(request.actor, row))
    mine = next((seat for seat in work.seats if seat.rater.person_id == request.user.pk), None)
    judgements = queries.judgements_at(row, enrolment.pk)
    # Whoever rates does it without knowing what the others said, until it is published.
    readable = publishes or work.in_force
    counted = set(work.settled.counted)
    may_exhibit = bool(
        rules.may_exhibit(
            request.actor, row, enrolment, rates=mine is not None and mine.rater.excused_at is None
        )
    ) and bool(rules.can_rate(row, published=work.in_force))
    badge, tone = badge_of_work(work, own=not publishes)
    context = {
        "practical": row,
        "enrolment": enrolment,
        "own": own,
        "what": kind_and_item(row),
        "badge": badge,
        "tone": tone,
        "exhibits": [
            (one, str(EXHIBITS[one.kind]))
            for one in queries.exhibits_of(row, [enrolment.pk]).get(enrolment.pk, [])
        ],
        "form": form or (ExhibitForm() if may_exhibit else None),
        "ratings": [
            _shown(row, seat, counted, named=publishes or seat.rater.kind != "peer")
            for seat in work.seats
            if seat.rating is not None and seat.rater.kind != "self" and (readable or seat is mine)
        ],
        "own_rating": _shown(row, work.own, counted, named=True)
        if work.own is not None and work.own.rating is not None and (own or publishes)
        else None,
        "rate": mine is not None and mine.rater.excused_at is None and row.state == "open",
        "judgement": work.judgement,
        "how": METHODS.get(work.judgement.method, "") if work.judgement else "",
        "mark": mark_of(work.judgement.mark) if work.judgement else "",
        "score": points(work.judgement.score) if work.judgement else "",
        "gap": mark_of(work.judgement.gap) if work.judgement and work.judgement.gap is not None else "",
        "judgements": judgements[1:],
        "may_reopen": publishes and work.in_force,
        "crumbs": _crumbs(request, row, enrolment) if publishes else to_list(request, here(row.title)),
    }
    return render(request, "judging/work.html", context, status=status)


def _crumbs(request: Request, row: Practical, enrolment: Enrolment) -> list[Crumb]:
    to = step(request, row.title, "judging:practical", row.public_id)
    return to_list(request, to, here(enrolment.person.name))


def _shown(row: Practical, seat: Seat, counted: set[str], *, named: bool) -> RatingShown:
    names = {one.value: one.name for one in levels_of(row.rubric.definition)}
    given = dict(seat.rating.levels) if seat.rating is not None else {}
    return RatingShown(
        who=seat.rater.person.name if named else "",
        kind=str(RATERS[seat.rater.kind]),
        mark=mark_of(seat.mark),
        counted=str(seat.rater.pk) in counted,
        words=seat.rating.words if seat.rating is not None else "",
        levels=[
            (
                one.name,
                _("not observed")
                if given.get(one.key) == NOT_OBSERVED
                else f"{points(Decimal(given[one.key]))} · {text(names[given[one.key]].as_json())}",
            )
            for one in criteria_of(row.rubric.definition)
            if one.key in given
        ],
    )


@require_POST
@needs(Permission.SEE_RESULTS)
def exhibit(request: Request, organisation: str, practical: str, enrolment: str) -> HttpResponse:
    """Put a photo, video, drawing or file beside the work."""
    row = found(practical)
    whose, work = found_work(row, enrolment)
    mine = next((seat for seat in work.seats if seat.rater.person_id == request.user.pk), None)
    rates = mine is not None and mine.rater.excused_at is None
    require(rules.may_exhibit(request.actor, row, whose, rates=rates))
    form, status = ExhibitForm(request.POST, request.FILES), 422
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.add_exhibit(
                row,
                whose,
                made_id=given["made_id"],
                content=given["file"].read(),
                words=given["words"],
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            if refused.verdict.who:
                raise
            form.add_error("file", sentence(refused.verdict))
            status = 409
        else:
            messages.success(request, _("Kept. Those who rate see it beside the work."))
            return redirect("judging:work", organisation, practical, enrolment)
    return _page(request, row, whose, work, form=form, status=status)


@require_GET
@needs(Permission.SEE_RESULTS)
def file(request: Request, organisation: str, exhibit: str) -> HttpResponse:
    """The file itself: pictures and videos to look at, all else to save."""
    row = get_object_or_404(queries.exhibits(), public_id=plain_id(exhibit))
    return shown_or_saved(row.kept.bytes(), row.words or row.kind, row.media_type)
