"""Who may do what with credits, and what figures of rules and diplomas make sense. Amounts: `amounts.py`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from craftpath.domain.credits.models import Account, Diploma, Request
from craftpath.domain.credits.points import FULL_RATE, MOST
from craftpath.kernel.access import Actor, ActorKind
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.domain.credits.keeping import NewConversion, NewEarning

MOST_LINES, MOST_FILES, MOST_ROWS = 60, 8, 120


def may_look(actor: Actor, account: Account) -> Verdict:
    """Let the record be looked through for what was earned: oneself, an office that checks requests, the program."""
    mine = actor.person is not None and actor.person.pk == account.owner_id
    return YES if mine or actor.kind is ActorKind.SYSTEM else actor.may(Permission.CHECK_CREDITS)


def may_ask(actor: Actor, account: Account) -> Verdict:
    """Only for oneself."""
    mine = actor.person is not None and actor.person.pk == account.owner_id
    return YES if mine else may_not("credits.own_only")


def may_check(actor: Actor, request: Request) -> Verdict:
    """Of the institution that was asked; nobody the own request."""
    verdict = actor.may_at(Permission.CHECK_CREDITS, request.organisation)
    return _not_own(actor, request) if verdict else verdict


def may_decide(actor: Actor, request: Request) -> Verdict:
    """Of the institution that was asked; neither who asks nor who checked."""
    verdict = actor.may_at(Permission.DECIDE_CREDITS, request.organisation)
    if not verdict:
        return verdict
    if actor.person is not None and actor.person.pk == request.checked_by_id:
        return may_not("credits.checked_by_you")
    return _not_own(actor, request)


def may_close(actor: Actor, request: Request) -> Verdict:
    """Post or reverse what was decided: of the institution, and nobody the own request."""
    verdict = actor.may_at(Permission.DECIDE_CREDITS, request.organisation)
    return _not_own(actor, request) if verdict else verdict


def may_keep(actor: Actor, organisation: Organisation | None) -> Verdict:
    """Write tables, rules and diplomas of an organisation; those of the site only the program."""
    if organisation is None:
        return YES if actor.kind is ActorKind.SYSTEM else may_not("credits.of_the_site")
    return actor.may_at(Permission.DECIDE_CREDITS, organisation)


def _not_own(actor: Actor, request: Request) -> Verdict:
    own = actor.person is not None and actor.person.pk == request.account.owner_id
    return may_not("credits.own_request") if own else YES


def can_be_edited(diploma: Diploma) -> Verdict:
    """Only while it is a draft: people plan by what is open."""
    return YES if diploma.state == "draft" else not_now("credits.diploma_open")


def can_be_asked(diploma: Diploma) -> Verdict:
    """Only while it is open."""
    return YES if diploma.state == "open" else not_now("credits.diploma_closed")


def can_begin(valid_from: date, valid_to: date | None, today: date) -> Verdict:
    """From today on, so that nothing that was decided is decided by another rule afterwards."""
    if valid_from < today:
        return not_now("credits.begins_before_today", today=today)
    if valid_to is not None and valid_to < valid_from:
        return not_now("credits.ends_before_it_begins")
    return YES


def can_end(valid_from: date, valid_to: date | None, on: date, today: date) -> Verdict:
    """Today at the earliest, and never later than it was said before."""
    if on < today or on < valid_from or (valid_to is not None and on > valid_to):
        return not_now("credits.end_unclear", today=today)
    return YES


def earning_fits(new: NewEarning) -> Verdict:
    """A name, points above nothing, caps that let at least one in."""
    if not Text.of(new.name).both().strip():
        return not_now("credits.no_name")
    if not 0 < new.points <= MOST:
        return not_now("credits.points_unclear")
    caps = [cap for cap in (new.cap_year, new.cap_half, new.cap_total) if cap is not None]
    if any(not 0 < cap <= MOST for cap in caps):
        return not_now("credits.points_unclear")
    return YES


def conversion_fits(new: NewConversion, areas: set[str]) -> Verdict:
    """About something, to an area of the diploma, at a rate above nothing and at most one for one."""
    if not (new.area or new.outcome):
        return not_now("credits.about_nothing")
    if new.to_area not in areas:
        return not_now("credits.area_unknown")
    if not 0 < new.rate <= FULL_RATE:
        return not_now("credits.rate_unclear")
    return YES if new.cap is None or 0 < new.cap <= MOST else not_now("credits.points_unclear")
