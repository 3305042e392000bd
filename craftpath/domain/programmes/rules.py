"""Who may change schemes, and when they still can be."""

from __future__ import annotations

from craftpath.domain.programmes.models import EvaluationScheme
from craftpath.domain.programmes.states import SCHEME
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, may_not, not_now


def may_edit_schemes(actor: Actor) -> Verdict:
    """Coordinators and administrators."""
    return actor.may(Permission.EDIT_SCHEMES)


def may_edit(actor: Actor, scheme: EvaluationScheme) -> Verdict:
    """The same, and the scheme is their organisation's own: a preset is copied, not changed."""
    verdict = may_edit_schemes(actor)
    if not verdict:
        return verdict
    if scheme.organisation_id is None:
        return not_now("programmes.scheme_is_preset")
    own = actor.organisation is None or scheme.organisation_id == actor.organisation.pk
    return YES if own else may_not("programmes.scheme_of_another")


def can_change(scheme: EvaluationScheme) -> Verdict:
    """Only a draft changes; a scheme in use, or retired, gets a next version instead."""
    if scheme.state == SCHEME.start:
        return YES
    reason = "programmes.scheme_is_retired" if scheme.state == "retired" else "programmes.scheme_in_use"
    return not_now(reason, version=scheme.version)


def may_adopt(actor: Actor, scheme: EvaluationScheme) -> Verdict:
    """Presets, and what is in use above or below, serve everybody there; a draft is its own organisation's to adopt."""
    verdict = may_edit_schemes(actor)
    if not verdict or scheme.organisation_id is None or scheme.state != SCHEME.start:
        return verdict
    return may_edit(actor, scheme)


def can_retire(scheme: EvaluationScheme) -> Verdict:
    """Once: a retired scheme stays retired."""
    if SCHEME.can(scheme.state, "retire"):
        return YES
    return not_now("programmes.scheme_is_retired", version=scheme.version)
