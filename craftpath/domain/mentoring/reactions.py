"""When bonds or days of a pair change, what was signed about it is signed anew."""

from __future__ import annotations

from craftpath.domain.mentoring.actions import replace_agreement
from craftpath.domain.mentoring.queries import is_graduated
from craftpath.domain.pairing.facts import PairRenewed, TeacherReplaced
from craftpath.domain.pairing.seeing import whole_pairs
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on
from craftpath.values.ref import Ref


@on(PairRenewed)
def on_pair_renewed(told: Told) -> None:
    """Other days."""
    _sign_anew(told)


@on(TeacherReplaced)
def on_teacher_replaced(told: Told) -> None:
    """Other people."""
    _sign_anew(told)


def _sign_anew(told: Told) -> None:
    pair = whole_pairs().filter(public_id=Ref.parse(told.entry.subject).public_id).first()
    if pair is not None and pair.state == "active" and not is_graduated(pair):
        replace_agreement(pair, by=system(told.entry.organisation), at=told.entry.at)
