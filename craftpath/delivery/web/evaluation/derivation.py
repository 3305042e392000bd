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
from craftpath.delivery.web.evaluation.sentences import rounding
from craftpath.delivery.web.evaluation.sourced_words import counts_in_words, open_in_words
from craftpath.delivery.web.programmes.amounts import amount, reached
from craftpath.delivery.web.programmes.sentences import target_sentence
from craftpath.delivery.web.shell.templatetags.say import moment, points, text, together
from craftpath.domain.evaluation.evidence import Evidence, evidence_in
from craftpath.domain.evaluation.queries import Derivation, decimals_of
from craftpath.domain.evaluation.texts import MARK_STATES, ROLES_IN_SUM
from craftpath.domain.programmes.definition import ComponentInfo, judged_items
from craftpath.domain.programmes.details import level_names
from craftpath.engines.evaluation import ORAL, ComponentShare, ItemShare, Role, Status, oral_key
from craftpath.values.ref import Ref
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
    """One item: what was given, what it does in the sum, and the mark that says so.

    `worked` is the key of an item that is worked out, whose own page shows from what; `judged` the practical assessment
    whose raters agreed on it.
    """

    label: str
    figure: str
    note: str
    badge: str
    tone: str
    mark: str
    evidence: str
    worked: str = ""
    judged: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """One component with its items."""

    label: str
    colour: str
    figure: str
    unit: str
    note: str
    open: bool
    leaves: tuple[Leaf, ...]


def branches(derived: Derivation, counted: Mapping[str, Evidence]) -> list[Branch]:
    """The components in scheme order, opened where there is something to read.

    `counted` is the evidence of today, of items that are worked out; a decided result has none, and tells what its
    marks keep.
    """
    parts = {part.key: part for part in derived.parts}
    names = {item.key: text(item.name) for item in judged_items(derived.evaluation.scheme.definition)}
    return [
        Branch(
            label=text(parts[share.key].name),
            colour=colour(share.key, place),
            figure=exact(share.points) if share.weight else "",
            unit=_("points") if share.weight else "",
            note=together([*_sum(share, parts[share.key]), *_supplemented(share, derived)]),
            open=True,
            leaves=tuple(
                _leaf(share, item, parts[share.key], names[item.key], derived.marks, counted)
                for item in share.items
                if not _is_unused_oral(item, derived)
            ),
        )
        for place, share in enumerate(derived.explanation.components)
    ]


def _sum(share: ComponentShare, part: ComponentInfo) -> list[str]:
    """The component's arithmetic, sentence by sentence; a required part or a graded method has no weight to say."""
    if share.left:
        return [_("Everything here is exempt; its weight goes to the other components.")]
    if share.grade:
        return [_("Grade: %(grade)s.") % {"grade": text(part.grades.get(share.grade, share.grade))}]
    if part.target is not None or part.grades:
        return [target_sentence(part) or _("Not graded yet.")]
    said = [_("Weight %(weight)s.") % {"weight": points(share.weight)}] if share.weight else []
    if share.weight and share.effective != share.weight:
        said.append(
            _("With the weight of exempt components: %(effective)s.") % {"effective": exact(share.effective)}
        )
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


def _is_unused_oral(item: ItemShare, derived: Derivation) -> bool:
    """Nobody is told of an oral mark that was not given."""
    return item.key.endswith(ORAL) and item.key not in derived.marks


def _supplemented(share: ComponentShare, derived: Derivation) -> list[str]:
    """How a written and an oral mark were weighed, where both are there."""
    if len(share.items) != 2 or share.items[1].key not in derived.marks or share.value is None:
        return []
    written, oral = share.items
    if oral.key != oral_key(written.key) or written.score is None or oral.score is None:
        return []
    facts = {
        "written": points(written.score),
        "oral": points(oral.score),
        "weights": f"{points(written.weight)}:{points(oral.weight)}",
        "value": exact(share.value * Fraction(written.max) / 100),
    }
    return [_("Written %(written)s, oral %(oral)s, weighed %(weights)s: %(value)s.") % facts]


def _leaf(
    share: ComponentShare,
    item: ItemShare,
    part: ComponentInfo,
    label: str,
    marks: Mapping[str, Mark],
    counted: Mapping[str, Evidence],
) -> Leaf:
    mark = marks.get(item.key)
    own = next((one for one in part.items if one.key == item.key), None)
    kept = evidence_in(mark, own) if mark and own else None
    found = counted.get(item.key) or kept
    in_amounts = part.target is not None and len(part.items) == 1
    return Leaf(
        label=label,
        figure=exact(item.points)
        if item.role in (Role.COUNTED, Role.ZERO) and not (in_amounts or part.grades)
        else "",
        note=together(_worked(found, mark, _item(share, item, part)) if found else _item(share, item, part)),
        badge=str(ROLES_IN_SUM[item.role]),
        tone=TONES[item.role],
        mark=mark.public_id if mark else "",
        evidence=_how(found) if item.key in counted else evidence(mark) if mark else "",
        worked=item.key if item.key in counted else "",
        judged=judged_at(mark) if mark else "",
    )


def _how(found: Evidence | None) -> str:
    return _("how it is worked out") if found else ""


def _worked(found: Evidence, mark: Mark | None, said: list[str]) -> list[str]:
    """What a mark was worked out from, or why another one stands in its place."""
    if mark and mark.reason:
        who = mark.recorded_by.name if mark.recorded_by else ""
        return [*said, _("Given by hand by %(who)s: %(reason)s") % {"who": who, "reason": mark.reason}]
    if found.worked.score is None:
        return [open_in_words(found), *said[1:]]
    return [*said, _("%(counts)s.") % {"counts": counts_in_words(found)}]


def _item(share: ComponentShare, item: ItemShare, part: ComponentInfo) -> list[str]:
    said = []
    if item.grade:
        return [text(part.grades.get(item.grade, item.grade))]
    if part.grades:
        return [str(MARK_STATES[STATUS_KEYS[item.status]])]
    if part.target is not None and len(part.items) == 1:
        return _of_target(item, part)
    if item.score is not None and item.share is not None:
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
    in_sum = [one for one in share.items if one.role in (Role.COUNTED, Role.ZERO, Role.OPEN)]
    if item.role in (Role.COUNTED, Role.ZERO, Role.OPEN) and len(part.items) + len(in_sum) > 2:
        whole = sum((one.weight for one in in_sum), Decimal(0))
        said.append(
            _("Weight %(weight)s of %(whole)s.") % {"weight": points(item.weight), "whole": points(whole)}
        )
    if item.role is Role.OPEN:
        said.append(_("Still open: %(open)s points.") % {"open": exact(item.open)})
    return said


def _of_target(item: ItemShare, part: ComponentInfo) -> list[str]:
    """How much of an asked amount is there: 7,400 of 8,000 hours."""
    if item.score is not None:
        said = [reached(item.score, part.target, part.unit)]
        if part.target is not None and item.score > part.target:
            said.append(_("More than is asked for counts as what is asked for."))
        return said
    state = str(MARK_STATES[STATUS_KEYS[item.status]])
    return [
        _("%(state)s; asked for: %(amount)s.") % {"state": state, "amount": amount(part.target, part.unit)}
    ]


def judged_at(mark: Mark) -> str:
    """The public id of the practical assessment that a mark comes from; empty for any other."""
    return Ref.parse(mark.origin).public_id if mark.origin.startswith("judging/practical/") else ""


def examined_at(mark: Mark) -> str:
    """The public id of the sitting that a mark comes from; empty for any other."""
    return Ref.parse(mark.origin).public_id if mark.origin.startswith("exams/sitting/") else ""


def evidence(mark: Mark) -> str:
    """Where a mark comes from, in few words: file and cell, else who and when. Its own page says the rest."""
    if judged_at(mark):
        return _("what the raters saw")
    if examined_at(mark):
        return _("an examination")
    if mark.source:
        return " · ".join(bit for bit in (mark.source.file.name, mark.cell) if bit)
    who = mark.recorded_by.name if mark.recorded_by else _("worked out") if mark.evidence else ""
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
    return list(dict.fromkeys(found))  # a kind of scheme may ask by itself for what a rule of it asks again


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
    """Parts of the ring and the bar, with the weights after redistribution; levels are reached and not drawn."""
    if level_names(derived.evaluation.scheme.definition):
        return []
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


def level_in_words(derived: Derivation) -> str | None:
    """The name of the level; "" while there is none, None where points are added up."""
    levels = level_names(derived.evaluation.scheme.definition)
    if not levels:
        return None
    grade = derived.explanation.grade
    return text(levels.get(grade, grade)) if grade else ""
