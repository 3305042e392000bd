"""One result taken apart for reading: total, components, items, evidence, rules. Words only; the engine counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from craftpath.delivery.web.components.shapes import Part, colour
from craftpath.delivery.web.evaluation.figures import exact
from craftpath.delivery.web.evaluation.sentences import rounding, together
from craftpath.delivery.web.shell.templatetags.say import moment, points, text
from craftpath.domain.evaluation.queries import Derivation, decimals_of
from craftpath.domain.evaluation.texts import MARK_STATES, ROLES_IN_SUM
from craftpath.domain.programmes.definition import ComponentInfo
from craftpath.engines.evaluation import ComponentShare, ItemShare, Role, Status
from craftpath.values.rounding import half_up

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Mark

TONES = {
    Role.COUNTED: "good",
    Role.ZERO: "wrong",
    Role.DROPPED: "plain",
    Role.LEFT: "info",
    Role.OPEN: "attention",
}
STATUS_KEYS = {status: status.name.lower() for status in Status}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One item: what was given, what it does in the sum, and the mark that says so."""

    label: str
    figure: str
    note: str
    badge: str
    tone: str
    mark: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Branch:
    """One component with its items."""

    label: str
    colour: str
    figure: str
    note: str
    open: bool
    leaves: tuple[Leaf, ...]


def branches(derived: Derivation) -> list[Branch]:
    """The components in scheme order, opened where there is something to read."""
    parts = {part.key: part for part in derived.parts}
    return [
        Branch(
            label=text(parts[share.key].name),
            colour=colour(share.key, place),
            figure=exact(share.points),
            note=together(_sum(share)),
            open=True,
            leaves=tuple(_leaf(share, item, parts[share.key], derived.marks) for item in share.items),
        )
        for place, share in enumerate(derived.explanation.components)
    ]


def _sum(share: ComponentShare) -> list[str]:
    """The component's arithmetic, sentence by sentence."""
    if share.left:
        return [_("Everything here is exempt; its weight goes to the other components.")]
    said = [_("Weight %(weight)s.") % {"weight": points(share.weight)}]
    if share.effective != share.weight:
        said.append(
            _("With the weight of exempt components: %(effective)s.") % {"effective": exact(share.effective)}
        )
    if share.grade:
        said.append(_("Grade: %(grade)s.") % {"grade": share.grade})
    if share.value is not None:
        decided = share.effective - share.open
        facts = {
            "value": exact(share.value),
            "weight": exact(decided),
            "points": exact(share.points),
        }
        if share.open:
            said.append(
                _("So far %(value)s of 100: %(weight)s × %(value)s ÷ 100 = %(points)s points.") % facts
            )
        else:
            said.append(_("%(value)s of 100: %(weight)s × %(value)s ÷ 100 = %(points)s points.") % facts)
    if share.open:
        said.append(_("Still open: %(open)s points.") % {"open": exact(share.open)})
    return said


def _leaf(share: ComponentShare, item: ItemShare, part: ComponentInfo, marks: Mapping[str, Mark]) -> Leaf:
    names = {info.key: text(info.name) for info in part.items}
    mark = marks.get(item.key)
    return Leaf(
        label=names[item.key],
        figure=exact(item.points) if item.role in (Role.COUNTED, Role.ZERO) else "",
        note=together(_item(share, item)),
        badge=str(ROLES_IN_SUM[item.role]),
        tone=TONES[item.role],
        mark=mark.public_id if mark else "",
        evidence=evidence(mark) if mark else "",
    )


def _item(share: ComponentShare, item: ItemShare) -> list[str]:
    said = []
    if item.grade:
        said.append(item.grade)
    elif item.score is not None and item.share is not None:
        facts = {"score": points(item.score), "max": points(item.max), "share": exact(item.share * 100)}
        over = item.score > item.max
        said.append(
            _("%(score)s of %(max)s counts as %(max)s.") % facts
            if over
            else _("%(score)s of %(max)s is %(share)s %%.") % facts
        )
    else:
        state = str(MARK_STATES[STATUS_KEYS[item.status]])
        said.append(_("%(state)s; full marks are %(max)s.") % {"state": state, "max": points(item.max)})
    if item.role in (Role.COUNTED, Role.ZERO, Role.OPEN) and len(share.items) > 1:
        whole = sum(
            (one.weight for one in share.items if one.role in (Role.COUNTED, Role.ZERO, Role.OPEN)),
            Decimal(0),
        )
        said.append(
            _("Weight %(weight)s of %(whole)s.") % {"weight": points(item.weight), "whole": points(whole)}
        )
    if item.role is Role.OPEN:
        said.append(_("Still open: %(open)s points.") % {"open": exact(item.open)})
    return said


def evidence(mark: Mark) -> str:
    """Where a mark comes from, in few words: file and cell, else who and when. Its own page says the rest."""
    if mark.source:
        return " · ".join(bit for bit in (mark.source.file.name, mark.cell) if bit)
    who = mark.recorded_by.name if mark.recorded_by else ""
    return " · ".join(bit for bit in (who, moment(mark.recorded_at)) if bit)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A pass rule, the figures that it looked at, and how it stands."""

    label: str
    note: str
    badge: str
    tone: str


def rule_lines(derived: Derivation) -> list[RuleLine]:
    """Every pass rule with the figure used, and whether it is met – so far, while something is open."""
    names = {"": _("Total")} | {part.key: text(part.name) for part in derived.parts}
    found = []
    for rule in derived.explanation.rules:
        known = [(key, figure, least) for key, figure, least in rule.figures if figure is not None]
        reached = sum(figure >= least for _key, figure, least in known)
        met = reached >= min(rule.reach, len(known)) if rule.met is None else rule.met
        note = _("%(name)s %(figure)s, needed %(least)s")
        found.append(
            RuleLine(
                label=_rule_label(rule.kind, rule.reach, rule.figures, names),
                note="; ".join(
                    note % {"name": names[key], "figure": exact(figure), "least": exact(least)}
                    for key, figure, least in known
                ),
                badge=_standing(met, final=rule.met is not None),
                tone=("good" if met else "wrong")
                if rule.met is not None
                else ("info" if met else "attention"),
            )
        )
    return found


def _standing(met: bool, *, final: bool) -> str:
    if final:
        return _("met") if met else _("not met")
    return _("met so far") if met else _("not yet met")


def _rule_label(
    kind: str, reach: int, figures: tuple[tuple[str, Fraction | None, Fraction], ...], names: dict[str, str]
) -> str:
    least = exact(figures[0][2]) if figures else ""
    facts = {"least": least, "name": names[figures[0][0]] if figures else "", "reach": reach}
    if kind == "overall_min":
        return _("The total reaches %(least)s") % facts
    if kind == "component_min":
        return _("%(name)s reaches %(least)s") % facts
    if kind == "count_min":
        return _("At least %(reach)s components reach %(least)s") % facts
    if kind == "none_below":
        return _("No component stands below %(least)s") % facts
    return _("Everything that is asked for is there")


def drawn(derived: Derivation) -> list[Part]:
    """Parts of the ring and the bar, with the weights after redistribution."""
    places = decimals_of(derived.evaluation)
    return [
        Part(
            key=colour(share.key, place),
            label=text(part.name),
            weight=half_up(share.effective, places),
            earned=half_up(share.points, places),
            open=half_up(share.open, places),
        )
        for place, (part, share) in enumerate(zip(derived.parts, derived.explanation.components, strict=True))
        if share.effective
    ]


def total_in_words(derived: Derivation) -> str:
    """How the printed total came from the exact one; for points so far while something is open."""
    found = derived.explanation
    return rounding(found.to_date, found.to_date_rounded, decimals_of(derived.evaluation))
