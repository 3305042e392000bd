"""Who makes, edits, reads and verifies charts, and what they must keep to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from craftpath.domain.occupations.models import (
    GROUPS,
    LISTS,
    LONGEST_NAME,
    LONGEST_WORDS,
    MATCHES,
    CatalogueImport,
    Chart,
    CodePair,
    Occupation,
    Panellist,
    Verification,
)
from craftpath.engines.occupations import SCALES, Criteria
from craftpath.engines.occupations.types import FEWEST
from craftpath.kernel.access import Actor, ActorKind, memberships_on
from craftpath.kernel.roles import Permission
from craftpath.kernel.signing import canonical
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation

__all__ = ["FEWEST", "GROUPS", "LISTS", "LONGEST_NAME", "LONGEST_WORDS", "SCALES"]

USUAL_DUTIES, USUAL_TASKS, USUAL_PANEL = (6, 12), (75, 125), (5, 12)
"""What charts of whole occupations usually come to, and how many workers a panel has; said as hints."""
MOST_DUTIES, MOST_TASKS, MOST_PANEL = 30, 400, 40
LIMITED = ("difficulty", "importance", "frequency")
MOST_ANSWERS = 2000
LONGEST_OPEN = 366


def may_keep(actor: Actor, organisation: Organisation | None) -> Verdict:
    """Whoever edits frameworks there; what is shared belongs to the program."""
    if organisation is None:
        return YES if actor.kind is ActorKind.SYSTEM else may_not("occupations.shared")
    return actor.may_at(Permission.EDIT_FRAMEWORKS, organisation)


def may_run(actor: Actor, chart: Chart) -> Verdict:
    """The office that had the chart made."""
    return actor.may_at(Permission.EDIT_FRAMEWORKS, chart.organisation)


def on_panel(actor: Actor, chart: Chart) -> bool:
    """Whether the actor sits on its panel; one query."""
    return actor.person is not None and Panellist.objects.filter(chart=chart, person=actor.person).exists()


def may_edit(actor: Actor, chart: Chart) -> Verdict:
    """The office, and the workers of the panel."""
    verdict = may_run(actor, chart)
    return YES if verdict or on_panel(actor, chart) else verdict


def may_read(actor: Actor, chart: Chart) -> Verdict:
    """Adopted ones everybody who sees them; those on their way who charts, who designs curricula, and the panel."""
    if chart.adopted_at is not None:
        return YES
    verdict = actor.may(Permission.DESIGN_CURRICULA)
    return YES if verdict else may_edit(actor, chart)


def may_read_figures(actor: Actor, chart: Chart) -> Verdict:
    """While answers come in, the office; afterwards whoever reads the chart."""
    return may_read(actor, chart) if chart.adopted_at is not None else may_run(actor, chart)


def asks(actor: Actor, asked: Verification, on: date) -> bool:
    """Whether somebody with an account has a seat that is asked; two queries."""
    if actor.person is None:
        return False
    held = memberships_on(on).filter(person=actor.person).values_list("organisation_id", "role")
    return not set(held).isdisjoint(asked.seats.values_list("place_id", "role"))


def can_name(name: Mapping[str, str]) -> Verdict:
    """Words in at least one language, and not too many."""
    given = [str(one).strip() for one in name.values()]
    if not any(given):
        return not_now("occupations.empty")
    return (
        YES
        if all(len(one) <= LONGEST_WORDS for one in given)
        else not_now("occupations.too_long", most=LONGEST_WORDS)
    )


def can_draw(chart: Chart) -> Verdict:
    """Only a draft is drawn on."""
    return YES if chart.state == "draft" else not_now("occupations.not_a_draft")


def can_set(chart: Chart) -> Verdict:
    """Days, lists and what decides, until it is adopted."""
    return YES if chart.state in ("draft", "verifying") else not_now("occupations.closed")


def lists_mark(chart: Chart) -> str:
    """What tells whether the lists beside a chart are still the same."""
    return hashlib.sha256(canonical(chart.lists).encode()).hexdigest()


def can_span(starts_on: date | None, ends_on: date | None) -> Verdict:
    """A last day needs a first one, not after it."""
    if ends_on is not None and (starts_on is None or ends_on < starts_on):
        return not_now("occupations.days")
    return YES


def can_decide_by(
    cut: Decimal, performed: int, limits: Mapping[str, Any], weights: Mapping[str, Any]
) -> Verdict:
    """Numbers on their scales; an index that weighs nothing is none."""
    on_scale = [cut, *(Decimal(str(limits[name])) for name in LIMITED if name in limits)]
    if not all(1 <= one <= 5 for one in on_scale) or not 0 <= performed <= 100:  # noqa: PLR2004
        return not_now("occupations.criteria")
    weighed = [Decimal(str(weights[name])) for name in SCALES if name in weights]
    if any(not 0 <= one <= 10 for one in weighed) or (weights and not any(weighed)):  # noqa: PLR2004
        return not_now("occupations.weights")
    return YES


def can_seat(panel: int, years: int | None) -> Verdict:
    """A panel that can talk, of people who have lived."""
    if panel >= MOST_PANEL:
        return not_now("occupations.panel_full", most=MOST_PANEL)
    return YES if years is None or years <= 70 else not_now("occupations.years")  # noqa: PLR2004


def can_verify(chart: Chart, tasks: int, closes_on: date, today: date, places: Sequence[Any]) -> Verdict:
    """Something to ask about, some days to answer, and somebody who is asked."""
    if not tasks:
        return not_now("occupations.nothing_to_ask")
    if not 0 <= (closes_on - today).days <= LONGEST_OPEN:
        return not_now("occupations.closes", most=LONGEST_OPEN)
    return YES if places else not_now("occupations.nobody_asked")


def can_return(answers: int) -> Verdict:
    """Only until somebody has answered: what was asked about may not change under the answers."""
    return YES if not answers else not_now("occupations.answered", answers=answers)


def can_answer(chart: Chart, asked: Verification, today: date) -> Verdict:
    """While it is open."""
    open_now = chart.state == "verifying" and asked.ended_at is None and today <= asked.closes_on
    return YES if open_now else not_now("occupations.verification_over")


def criteria(chart: Chart) -> Criteria:
    """What decides for a chart, as the engine takes it; what the chart does not say is the usual."""
    usual = Criteria()
    return Criteria(
        cut=Fraction(chart.cut),
        performed=Fraction(chart.performed, 100),
        limits={name: Fraction(str(chart.limits.get(name, usual.limits[name]))) for name in LIMITED},
        weights={name: Fraction(str(chart.weights.get(name, usual.weights.get(name, 0)))) for name in SCALES},
    )


def can_keep_name(occupation: Occupation | None, name: Mapping[str, str], codes: Sequence[str]) -> Verdict:
    """A name; codes of digits, dots and dashes."""
    verdict = can_name(name)
    if not verdict:
        return verdict
    return can_code(codes)


def can_code(codes: Iterable[str]) -> Verdict:
    """Codes of letters, digits, dots and dashes, or none."""
    plain = all(sign.isascii() and (sign.isalnum() or sign in "-.") for code in codes for sign in code)
    return YES if plain else not_now("occupations.code")


def may_import(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever edits frameworks there takes catalogues in, and holds codes against each other."""
    return actor.may_at(Permission.EDIT_FRAMEWORKS, organisation)


def can_undo_import(row: CatalogueImport, newest: CatalogueImport | None) -> Verdict:
    """As long as nothing was taken into its catalogue after it."""
    return YES if newest is None or newest.pk == row.pk else not_now("occupations.import_not_newest")


def may_pair(actor: Actor, pair: CodePair) -> Verdict:
    """What an office wrote itself; what comes with the program stays."""
    if pair.organisation is None:
        return may_not("occupations.pair_shared")
    return may_import(actor, pair.organisation)


def can_pair(kind: str, isco: str, cn: str, known: Mapping[str, bool]) -> Verdict:
    """Two codes that stand in a classification."""
    if kind not in MATCHES:
        return not_now("occupations.pair_kind")
    for code in (isco, cn):
        if not known.get(code):
            return not_now("occupations.code_unknown", given=code[:20])
    return YES
