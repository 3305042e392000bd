"""Figures of the report go to the questions: first what would be kept and what not, then one press."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.exams.showing import plain
from craftpath.delivery.web.itemreport.figures import number, reason
from craftpath.delivery.web.itemreport.reading import Reading, count, page, read
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import listed, moment
from craftpath.delivery.web.sittings.places import found
from craftpath.domain.exams import actions, rules
from craftpath.domain.exams.analysis import LEAST_COMMON, LEAST_RASCH
from craftpath.domain.exams.calibrated import LEAST_OBSERVED, Kept, begun, calibration_by, kept_of
from craftpath.domain.exams.calibrating import Drawn, Figure, drawn, placed
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.exams.analysis import Sheet


@dataclass(frozen=True, slots=True)
class Line:
    """A question in the preview, its figures as texts; `before` is what it has by now."""

    order: int
    words: str
    n: int
    p: str
    r: str
    b: str
    b_error: str
    a: str
    before: str
    note: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT_MARKS)
def keep(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """What would be kept; posted, it is, if it is still what one has looked at."""
    row = found(sitting)
    require(rules.may_write(request.actor, row.organisation))
    if request.method != "POST":
        return page(request, sitting, "itemreport/keep.html", _filled)
    reading = read(request, row)
    if row.state == "closed":
        count(reading, reading.held)
    if reading.sheet is None:
        return redirect(reading.address("keep"))
    try:
        kept = actions.keep_calibration(
            row,
            drawn(reading.sheet, reading.held, by=request.actor),
            seen=request.POST.get("seen", ""),
            by=request.actor,
            at=request.at,
        )
    except Refused as refused:
        if refused.verdict.who:
            raise
        messages.warning(request, sentence(refused.verdict))
        return redirect(reading.address("keep"))
    many = kept.figures.count()
    words = ngettext(
        "Figures of %(count)s question are kept with it. Blueprints use them from now on.",
        "Figures of %(count)s questions are kept with them. Blueprints use them from now on.",
        many,
    )
    messages.success(request, words % {"count": many})
    return redirect(reading.address("questions"))


def _filled(reading: Reading) -> dict[str, Any]:
    sheet = reading.sheet
    if sheet is None:
        return {}
    what = drawn(sheet, reading.held, by=reading.request.actor)
    before = kept_of([one.version for one in what.figures])
    standing = calibration_by(what.digest)
    return {
        "n": sheet.n,
        "here": _("Keep with the questions"),
        "digest": what.digest,
        "many": len(what.kept),
        "all": len(what.figures),
        "standing": standing,
        "facts": _facts(what),
        "left": _left(what),
        "firmer": sum(_firmer(one, before.get(one.version)) for one in what.kept),
        "lines": _lines(sheet, what, before),
        "modelled": any(one.b is not None for one in what.kept),
        "back": reading.address("questions"),
    }


def _firmer(one: Figure, before: list[Kept] | None) -> bool:
    """Whether what a question has by now rests on more candidates."""
    return before is not None and before[0].n > one.n


def _facts(what: Drawn) -> list[tuple[str, str]]:
    """What is kept, in words."""
    modelled = sum(one.b is not None for one in what.kept)
    many = ngettext("%(count)s question of %(all)s", "%(count)s questions of %(all)s", len(what.kept))
    return [
        (_("What is kept"), many % {"count": len(what.kept), "all": len(what.figures)}),
        (
            _("Counted over"),
            ngettext("%(count)s candidate", "%(count)s candidates", what.n) % {"count": what.n}
            + " · "
            + ngettext("%(count)s sitting", "%(count)s sittings", len(what.sittings))
            % {"count": len(what.sittings)},
        ),
        (_("Difficulty b and slope a"), _model(what, modelled)),
        *([(_("Scale"), _scale(what))] if modelled else []),
    ]


def _model(what: Drawn, modelled: int) -> str:
    if not modelled:
        whys = {one.why for one in what.kept if one.why}
        if "too_few_people" in whys:
            return _("none: a model needs %(least)s candidates") % {"least": LEAST_RASCH}
        return _("none: %(why)s") % {"why": listed(sorted(reason(one) for one in whys))}
    words = (
        ngettext("for %(count)s question, each with a slope of its own (2PL)",
                 "for %(count)s questions, each with a slope of its own (2PL)", modelled)
        if what.model == "2pl"
        else ngettext("for %(count)s question, all with one slope (Rasch)",
                      "for %(count)s questions, all with one slope (Rasch)", modelled)
    )  # fmt: skip
    return words % {"count": modelled}


def _scale(what: Drawn) -> str:
    """Where the difficulties can be compared with those of others."""
    place = placed(what)
    if not place.scale:
        return _(
            "a scale of its own, with 0 for the mean of these candidates: fewer than %(least)s of these questions "
            "have figures of this kind of model yet"
        ) % {"least": LEAST_COMMON}
    root = begun(place.scale)
    title = root.paper.title if root else place.scale
    return _(
        "laid onto the scale of “%(title)s” by %(common)s questions that have figures there "
        "(Stocking and Lord: A = %(a)s, B = %(b)s)"
    ) % {
        "title": title,
        "common": place.common,
        "a": number(place.scale_by),
        "b": number(place.shift_by),
    }


def _left(what: Drawn) -> list[str]:
    """What is not kept, each reason with the numbers of its questions."""
    few = _("fewer than %(least)s candidates") % {"least": LEAST_OBSERVED}
    said = [
        *_grouped(what.figures, "left", {"too_few_people": few, "other_bank": _("kept by another bank")}),
    ]
    if what.model:
        said += [
            _("%(said)s: without b and a") % {"said": one}
            for one in _grouped(what.kept, "why", {"slope_not_above_zero": _("the slope is not above 0")})
        ]
    return said


def _grouped(figures: Iterable[Figure], name: str, words: dict[str, str]) -> list[str]:
    found: dict[str, list[str]] = {}
    for one in figures:
        if code := getattr(one, name):
            found.setdefault(code, []).append(str(one.order))
    return [
        ngettext("Question %(numbers)s – %(why)s", "Questions %(numbers)s – %(why)s", len(numbers))
        % {"numbers": listed(numbers), "why": words.get(code) or reason(code)}
        for code, numbers in found.items()
    ]


def _lines(sheet: Sheet, what: Drawn, before: dict[int, list[Kept]]) -> list[Line]:
    lines = []
    for one, at in zip(what.figures, sheet.columns, strict=True):
        had = before.get(one.version)
        old = ""
        if had:
            old = f"{number(had[0].p)} · n = {had[0].n} · {moment(had[0].at)}"
        lines.append(
            Line(
                one.order,
                plain(sheet.table.lines[at].version.stem, 60),
                one.n,
                number(one.p),
                number(one.r),
                "" if one.b is None else number(one.b),
                "" if one.b_error is None else f"± {number(one.b_error)}",
                "" if one.a is None else number(one.a),
                old,
                _("not kept") if one.left else "",
            )
        )
    return lines
