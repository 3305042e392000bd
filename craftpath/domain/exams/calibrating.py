"""Figures of a report are kept with the questions: what may be kept, on which scale, and the deed itself.

A difficulty b is measured from the mean of the candidates who were there, so those of two sittings do not compare.
Where at least `LEAST_COMMON` questions have figures of the same kind of model already, these lay the new scale onto
theirs (Stocking & Lord 1983); else the questions begin a scale of their own. See decision 28.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.exams import rules
from craftpath.domain.exams.analysis import LEAST_COMMON, Modelled, Sheet, modelled
from craftpath.domain.exams.calibrated import LEAST_OBSERVED, Kept, curve_on, kept_of
from craftpath.domain.exams.facts import FiguresKept
from craftpath.domain.exams.models import Calibration, ItemCalibration, ItemVersion, Sitting
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.engines.psychometrics.irt import Fitted


@dataclass(frozen=True, slots=True)
class Figure:
    """What one question did. `left` says why nothing of it is kept, `why` why it has no a and b."""

    version: int
    order: int
    n: int
    p: float | None
    r: float | None
    a: float | None = None
    b: float | None = None
    a_error: float | None = None
    b_error: float | None = None
    why: str = ""
    left: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What would be kept of one form over these sittings (public ids); `digest` names what was counted."""

    digest: str
    paper: int
    sittings: tuple[str, ...]
    n: int
    model: str
    figures: tuple[Figure, ...]

    @property
    def kept(self) -> list[Figure]:
        """Those that are kept."""
        return [one for one in self.figures if not one.left]


@dataclass(frozen=True, slots=True)
class Place:
    """On which scale the figures come: empty if they begin one, with how many questions in common and the line."""

    scale: str = ""
    common: int = 0
    scale_by: float | None = None
    shift_by: float | None = None


def drawn(sheet: Sheet, sittings: Sequence[Sitting], *, by: Actor) -> Drawn:
    """What this form says of its questions, and what of it cannot be kept: nothing is written."""
    found = modelled(sheet)
    model = "" if found.fitted is None else "2pl" if found.two_slopes else "rasch"
    figures = tuple(_figure(sheet, found, at, by) for at in range(len(sheet.columns)))
    if not any(one.b is not None for one in figures if not one.left):
        model = ""
    ids = tuple(sorted(one.public_id for one in sittings))
    named = repr((sittings[0].organisation_id, sheet.paper, ids, sheet.digest))
    digest = hashlib.sha256(named.encode()).hexdigest()
    return Drawn(digest, sheet.paper, ids, sheet.n, model, figures)


def _figure(sheet: Sheet, found: Modelled, at: int, by: Actor) -> Figure:
    version = sheet.table.lines[sheet.columns[at]].version
    p, r = sheet.classical.difficulty.one(at), sheet.classical.item_rest.one(at)
    one = Figure(version.pk, sheet.orders[at], p.n, p.value, r.value)
    if not rules.may_write(by, version.item.organisation):
        return replace(one, left="other_bank")
    if p.value is None or p.n < LEAST_OBSERVED:
        return replace(one, left="too_few_people")
    if found.fitted is None:
        return replace(one, why=found.why)
    a, b = found.fitted.slope.one(at), found.fitted.difficulty.one(at)
    if a.value is None or b.value is None:
        return replace(one, why=b.why or a.why)
    if not (math.isfinite(a.value) and a.value > 0 and math.isfinite(b.value)):
        return replace(one, why="slope_not_above_zero")
    errors = (found.slope_error, found.difficulty_error)
    a_error, b_error = (None if error is None else error.one(at).value for error in errors)
    return replace(one, a=a.value, b=b.value, a_error=a_error, b_error=b_error)


def placed(drawn: Drawn) -> Place:
    """The scale that most of the questions have figures on already, and the line onto it; one query."""
    fresh = {one.version: (one.a, one.b) for one in drawn.kept if one.a is not None and one.b is not None}
    if len(fresh) < LEAST_COMMON:
        return Place()
    known = kept_of(list(fresh))
    scales = sorted({one.scale for rows in known.values() for one in rows if one.model == drawn.model})
    shared = {scale: _on(known, scale, drawn.model) for scale in scales}
    best = max(shared, key=lambda scale: (len(shared[scale]), scale), default="")
    if not best or len(shared[best]) < LEAST_COMMON:
        return Place()
    return _line(best, shared[best], {version: fresh[version] for version in shared[best]})


def _on(known: Mapping[int, list[Kept]], scale: str, model: str) -> dict[int, tuple[float, float]]:
    pairs = ((version, curve_on(rows, scale, model)) for version, rows in known.items())
    return {version: curve for version, curve in pairs if curve is not None}


def _line(
    scale: str, ours: Mapping[int, tuple[float, float]], fresh: Mapping[int, tuple[float, float]]
) -> Place:
    from craftpath.engines.psychometrics.irt import Link, equate  # noqa: PLC0415  (slow to import)

    line = equate(_fitted(ours), _fitted(fresh), Link.STOCKING_LORD)
    if line.scale is None or line.shift is None or not 0 < line.scale < math.inf:
        return Place()
    return Place(scale, line.n, line.scale, line.shift)


def _fitted(curves: Mapping[int, tuple[float, float]]) -> Fitted:
    """Figures as the engine links them."""
    from craftpath.engines.psychometrics.irt import Course, Fitted, Model  # noqa: PLC0415  (the same)
    from craftpath.figures.figure import Missing, Why, absent, column  # noqa: PLC0415  (slow to import)

    slopes, places = zip(*curves.values(), strict=True)
    return Fitted(
        Model.TWO_PL,
        tuple(str(version) for version in curves),
        column(slopes, 0, "kept", Missing.IGNORED, ()),
        column(places, 0, "kept", Missing.IGNORED, ()),
        absent(Why.NO_MODEL, 0, "kept", Missing.IGNORED),
        0,
        0,
        Course(True, 0, 0, 0.0),
    )


@action
def keep_calibration(sitting: Sitting, drawn: Drawn, *, seen: str, by: Actor, at: datetime) -> Calibration:
    """Keep the figures that somebody has looked at (`seen` is their digest); the same again is the row that is there.

    Refused while the sitting runs, with nothing to keep, or if what was counted has changed since it was looked at.
    """
    require(rules.may_write(by, sitting.organisation))
    if sitting.state != "closed":
        raise Refused(not_now("exams.figures_of_open"))
    if drawn.digest != seen:
        raise Refused(not_now("exams.figures_moved"))
    kept = drawn.kept
    if not kept:
        raise Refused(not_now("exams.figures_none", least=LEAST_OBSERVED))
    versions = ItemVersion.objects.filter(pk__in=[one.version for one in kept])
    for organisation in Organisation.objects.filter(pk__in=versions.values("item__organisation")):
        require(rules.may_write(by, organisation))
    # Two presses, or two people: one after the other, so that the second finds what the first has kept.
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=sitting.organisation_id)
    standing = Calibration._base_manager.filter(digest=drawn.digest).first()
    if standing is not None:
        return standing
    place = placed(drawn) if drawn.model else Place()
    row = Calibration(
        public_id=new_public_id(),
        digest=drawn.digest,
        organisation=sitting.organisation,
        paper_id=drawn.paper,
        sittings=list(drawn.sittings),
        n=drawn.n,
        model=drawn.model,
        linked=place.common,
        link_scale=place.scale_by,
        link_shift=place.shift_by,
        kept_by=by.person,
        kept_at=at,
    )
    row.scale = (place.scale or row.public_id) if drawn.model else ""
    row.save()
    ItemCalibration.objects.bulk_create(_row(row, one, place) for one in kept)
    told = FiguresKept(len(kept), sum(one.b is not None for one in kept), drawn.n)
    tell(told, by=by, at=at, organisation=sitting.organisation, subject=row.ref)
    return row


def _row(calibration: Calibration, one: Figure, place: Place) -> ItemCalibration:
    """Figures on the scale where they come: b becomes A b + B, a becomes a / A."""
    if one.p is None:
        raise TypeError("a question without a share is left out")
    scale, shift = place.scale_by or 1.0, place.shift_by or 0.0

    def times(value: float | None, factor: float, more: float = 0.0) -> float | None:
        return None if value is None else value * factor + more

    return ItemCalibration(
        calibration=calibration,
        version_id=one.version,
        n=one.n,
        p=one.p,
        r=one.r,
        a=times(one.a, 1 / scale),
        b=times(one.b, scale, shift),
        a_error=times(one.a_error, 1 / scale),
        b_error=times(one.b_error, scale),
    )
