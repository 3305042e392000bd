"""A proposal becomes pairs: what stands goes on, teachers are replaced, what is missing is formed; all or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.matching import rules
from craftpath.domain.matching.facts import RoundPublished
from craftpath.domain.matching.gathering import gather, standing_bonds
from craftpath.domain.matching.models import ProposedPair, Round, Seat
from craftpath.domain.matching.opening import held
from craftpath.domain.matching.states import ROUND
from craftpath.domain.pairing.actions import (
    Planned,
    Replacement,
    Wanted,
    end_pair,
    form_pairs,
    replace_teachers,
)
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.matching.models import Proposal
    from craftpath.domain.pairing.models import Bond
    from craftpath.kernel.organisations import Organisation


@action
def publish_round(
    row: Round,
    proposal: Proposal,
    *,
    ask: bool = False,
    projects: Mapping[int, str] | None = None,
    by: Actor,
    at: datetime,
) -> Round:
    """Let a proposal hold. `projects` has one for each group of a red suit and a white smock.

    Refused where anything that the proposal rests on has changed, or where a pair has no room any more: then nothing
    has happened. With `ask`, new pairs wait for a yes; those that stand keep on, or get another teacher at once.
    """
    row = held(row)
    require(rules.may_match(by, row.organisation))
    if row.state == "published":
        return row
    after = ROUND.after(row.state, "publish")
    if gather(row).digest != proposal.digest:
        raise Refused(not_now("matching.changed_since"))
    arrows = list(
        ProposedPair.objects.filter(proposal=proposal)
        .select_related(
            "teacher__person",
            "teacher__place",
            "learner__person",
            "learner__place",
            "learner__enrolment__cohort__organisation",
            "learner__enrolment__enterprise",
            "learner__enrolment__person",
        )
        .order_by("group", "-share", "pk")
    )
    if not arrows:
        raise Refused(not_now("matching.nothing_proposed"))
    plan = _Plan(row, arrows, projects or {})
    replace_teachers(plan.replaced, on=row.starts_on, because=row.name, by=by, at=at)
    for bond in plan.ended:
        end_pair(bond.pair, on=row.starts_on, because=row.name, by=by, at=at)
    for office, planned in plan.by_office():
        form_pairs(
            row.kind,
            planned,
            organisation=office,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            ask=ask,
            by=by,
            at=at,
        )
    row.state, row.ended_at = after, at
    row.save(update_fields=["state", "ended_at"])
    told = RoundPublished(
        number=proposal.number, formed=plan.formed, replaced=len(plan.replaced), kept=plan.kept
    )
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


class _Plan:
    """What a proposal changes about the pairs of today."""

    def __init__(self, row: Round, arrows: Sequence[ProposedPair], projects: Mapping[int, str]) -> None:
        self.row, self.projects = row, projects
        self.replaced: list[Replacement] = []
        self.ended: list[Bond] = []
        self.groups: dict[int, list[ProposedPair]] = defaultdict(list)
        self.kept = 0
        groups: dict[int, list[ProposedPair]] = defaultdict(list)
        for arrow in arrows:
            groups[arrow.group].append(arrow)
        both = row.kind in rules.BOTH_WAYS
        standing = {} if both else standing_bonds(row, [arrow.learner for arrow in arrows])
        for number, group in sorted(groups.items()):
            self._place(number, group, standing.get(group[0].learner.person_id, []))

    def _place(self, number: int, group: list[ProposedPair], bonds: Sequence[Bond]) -> None:
        """Keep what stands as it is proposed, replace one teacher by one, or end what stands and form anew."""
        if not bonds:
            self.groups[number] = group
            return
        now = {(bond.teacher_id, bond.share) for bond in bonds}
        if now == {(arrow.teacher.person_id, arrow.share) for arrow in group}:
            self.kept += 1
        elif len(bonds) == len(group) == 1:
            self.replaced.append(Replacement(bonds[0], group[0].teacher.person, group[0].teacher.place))
        else:
            self.ended += [next(bond for bond in bonds if bond.pair_id == pk) for pk in _once(bonds)]
            self.groups[number] = group

    @property
    def formed(self) -> int:
        """How many pairs are made anew."""
        return len(self.groups)

    def by_office(self) -> list[tuple[Organisation, list[Planned]]]:
        """The pairs to form by the office that runs them: an apprentice's college, else whoever holds the round."""
        found: dict[int, tuple[Organisation, list[Planned]]] = {}
        for number, group in sorted(self.groups.items()):
            enrolment = group[0].learner.enrolment
            office = enrolment.cohort.organisation if enrolment is not None else self.row.organisation
            planned = Planned(
                self._bonds(group), self.projects.get(number, ""), made_id=f"{self.row.public_id}-{number}"
            )
            found.setdefault(office.pk, (office, []))[1].append(planned)
        return [found[pk] for pk in sorted(found)]

    def _bonds(self, group: Sequence[ProposedPair]) -> list[Wanted]:
        if self.row.kind == "red_white":
            [arrow] = group
            return [
                _wanted(arrow.teacher, arrow.learner, "responsible", 1000, arrow.subject),
                _wanted(arrow.learner, arrow.teacher, "responsible", 1000, arrow.subject_back),
            ]
        both = self.row.kind in rules.BOTH_WAYS
        return [
            _wanted(
                arrow.teacher,
                arrow.learner,
                "responsible" if both or not turn else "second",
                1000 if both else arrow.share,
                arrow.subject,
            )
            for turn, arrow in enumerate(group)
        ]


def _once(bonds: Sequence[Bond]) -> list[int]:
    return sorted({bond.pair_id for bond in bonds})


def _wanted(teacher: Seat, learner: Seat, role: str, share: int, subject: str) -> Wanted:
    return Wanted(teacher.person, learner.person, teacher.place, learner.enrolment, role, share, subject)
