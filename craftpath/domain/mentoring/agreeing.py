"""The agreement of a pair: drawn up, signed in any order, and drawn up anew when bonds or days change."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.mentoring import rules
from craftpath.domain.mentoring.acting import told, working
from craftpath.domain.mentoring.facts import AgreementDrawnUp, AgreementReplaced, AgreementSigned
from craftpath.domain.mentoring.models import Goal, PairAgreement
from craftpath.domain.mentoring.queries import meeting_rule, wording
from craftpath.domain.mentoring.states import AGREEMENT
from craftpath.domain.mentoring.wording import agreement_paper, terms
from craftpath.domain.pairing.rules import BOTH_WAYS
from craftpath.domain.pairing.seeing import learners_in, people_in
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.signing import Party, SigningParty, make_document, sign_document, withdraw_document
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Bond, Pair
    from craftpath.kernel.links import SignedLink

KIND = "pair_agreement"
"""The kind of its documents, by which duties know them."""


@action
def draw_up_agreement(pair: Pair, *, by: Actor, at: datetime) -> PairAgreement:
    """Fix the text from the pair as it stands and ask for signatures: who teaches, or the office.

    While bonds and days are those of the newest version, that one is given; nothing is written twice.
    """
    pair = working(pair)
    require(rules.may_finish(by, pair))
    if pair.state != "active":
        raise Refused(not_now("mentoring.not_active"))
    return _drawn_up(pair, by=by, at=at)


@action
def replace_agreement(pair: Pair, *, by: Actor, at: datetime) -> PairAgreement | None:
    """What a change of bonds or days asks for by itself: another version, if there is an agreement that differs."""
    pair = working(pair)
    last = _newest(pair)
    if last is None or pair.state != "active" or last.terms == terms(pair, _lasting(pair)):
        return last
    return _drawn_up(pair, by=by, at=at)


@action
def sign_agreement(
    party: SigningParty, *, seen: str, link: SignedLink | None = None, by: Actor, at: datetime
) -> bool:
    """Sign as one of the pair or as the office, in any order. Returns whether everybody has signed now."""
    public_id = Ref.parse(party.document.subject).public_id
    rows = PairAgreement._base_manager.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("pair__organisation").get(public_id=public_id)
    complete = sign_document(party, seen=seen, link=link, by=by, at=at)
    if complete and row.state == "awaiting":
        row.state, row.signed_at = AGREEMENT.after(row.state, "sign"), at
        row.save(update_fields=["state", "signed_at"])
        told(AgreementSigned(version=row.version), row.pair, by=by, at=at)
    return complete


def _newest(pair: Pair) -> PairAgreement | None:
    rows = PairAgreement._base_manager.select_for_update(of=("self",), no_key=True).filter(pair=pair)
    return rows.select_related("document").order_by("-version").first()


def _lasting(pair: Pair) -> list[Bond]:
    return [one for one in pair.bonds.all() if one.role != "deputy" and one.ends_on in (None, pair.ends_on)]


def _drawn_up(pair: Pair, *, by: Actor, at: datetime) -> PairAgreement:
    last, bonds = _newest(pair), _lasting(pair)
    wanted = terms(pair, bonds)
    if last is not None and last.terms == wanted:
        return last
    version = last.version + 1 if last else 1
    if last is not None:
        if last.document is not None and last.document.is_open:
            withdraw_document(last.document, by=by, at=at)
        last.state = AGREEMENT.after(last.state, "replace")
        last.save(update_fields=["state"])
        told(AgreementReplaced(version=last.version), pair, by=by, at=at)
    goals = Goal._base_manager.filter(pair=pair).exclude(state="dropped").select_related("person")
    clauses, _row = wording(pair.organisation)
    rule = meeting_rule(pair.organisation)
    paper = agreement_paper(pair, bonds, goals.order_by("due_on", "pk"), rule, clauses, version)
    row = PairAgreement(pair=pair, version=version, terms=wanted, made_by=by.person, made_at=at)
    row.document = make_document(
        row.ref, kind=KIND, content=paper.as_json(), text=paper.plain(), parties=_parties(pair),
        organisation=pair.organisation, by=by, at=at,
    )  # fmt: skip
    row.save()
    told(AgreementDrawnUp(version=version), pair, by=by, at=at)
    return row


def _parties(pair: Pair) -> list[Party]:
    """Everybody in it, and the office; who both teaches and learns is a partner."""
    learners = {person.pk for person in learners_in(pair)}
    counted: dict[str, int] = {}
    found = []
    for person in people_in(pair):
        role = "partner" if pair.kind in BOTH_WAYS else "learner" if person.pk in learners else "master"
        counted[role] = counted.get(role, 0) + 1
        found.append(Party(f"{role}_{counted[role]}", person.name, person=person))
    office = pair.organisation
    return [*found, Party("pair_office", office.title.both()[:160], organisation=office)]
