"""How far the keying of a sitting is, which sheet comes next for whom, and how well two keyings agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from craftpath.domain.exams.codes import plain_code, sheet_code
from craftpath.domain.exams.keyed import differing
from craftpath.domain.exams.keying import different
from craftpath.domain.exams.models import Candidate, Keying
from craftpath.kernel.access import Actor


@dataclass(frozen=True, slots=True)
class Sheet:
    """One answer sheet: what was keyed from it, and whether its answers stand."""

    candidate: Candidate
    keyings: Mapping[int, Keying]
    settled: bool

    @property
    def whole(self) -> int:
        """How many keyings are whole."""
        return sum(one.done_at is not None for one in self.keyings.values())

    @property
    def differing(self) -> list[int]:
        """Where two whole keyings differ, also after that was decided."""
        return different(self.keyings[1], self.keyings[2]) if self.whole == 2 else []

    @property
    def disputed(self) -> bool:
        """Whether somebody has to look a third time."""
        return self.whole == 2 and not self.settled


@dataclass(frozen=True, slots=True)
class Keyed:
    """How far the keying of a sitting is, and how well two keyings agree: `unequal` of `compared` answers differ."""

    sheets: Sequence[Sheet] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.sheets)

    @property
    def once(self) -> int:
        """Sheets that were keyed at least once."""
        return sum(one.whole >= 1 for one in self.sheets)

    @property
    def twice(self) -> int:
        """Sheets that were keyed twice."""
        return sum(one.whole == 2 for one in self.sheets)

    @property
    def disputed(self) -> int:
        """Sheets with differences that nobody has decided."""
        return sum(one.disputed for one in self.sheets)

    @property
    def settled(self) -> int:
        """Sheets whose answers stand."""
        return sum(one.settled for one in self.sheets)

    @property
    def compared(self) -> int:
        """Answers that were keyed twice; who did not come by both counts for none."""
        both = [one for one in self.sheets if one.whole == 2]
        return sum(len(one.keyings[1].given.keys() | one.keyings[2].given.keys()) for one in both)

    @property
    def unequal(self) -> int:
        """Of these, how many were keyed differently."""
        both = [one for one in self.sheets if one.whole == 2]
        return sum(len(differing(one.keyings[1].given, one.keyings[2].given)) for one in both)


def keyed(people: Sequence[Candidate]) -> Keyed:
    """The sheets of these candidates, in their order; one query beside theirs, which brings their settlements."""
    on_paper = [one for one in people if one.on_paper]
    if not on_paper:
        return Keyed()
    rows: dict[int, dict[int, Keying]] = {one.pk: {} for one in on_paper}
    for row in Keying.objects.filter(candidate__in=list(rows)).select_related("keyer"):
        rows[row.candidate_id][row.round] = row
    return Keyed([Sheet(one, rows[one.pk], hasattr(one, "settlement")) for one in on_paper])


def next_sheet(sheets: Sequence[Sheet], by: Actor, after: str = "") -> Sheet | None:
    """The next sheet that this person can key: one begun, else one keyed by nobody, else one keyed by somebody else.

    `after` is the public id of the candidate from whom on one looks, round to the beginning.
    """
    start = next((n for n, one in enumerate(sheets, start=1) if one.candidate.public_id == after), 0)
    turned = [*sheets[start:], *sheets[:start]]
    ranked = [(_rank(one, by), n) for n, one in enumerate(turned) if one.candidate.public_id != after]
    best = min((pair for pair in ranked if pair[0] < 9), default=None)
    return None if best is None else turned[best[1]]


def _rank(sheet: Sheet, by: Actor) -> int:
    person = by.person
    if person is None or sheet.settled or person.pk == sheet.candidate.enrolment.person_id:
        return 9
    own = [one for one in sheet.keyings.values() if one.keyer_id == person.pk]
    if any(one.done_at is None for one in own):
        return 0
    if own:
        mayhap = sheet.candidate.sitting.same_keyer and len(sheet.keyings) == 1
        return 3 if mayhap else 9
    return {0: 1, 1: 2}.get(len(sheet.keyings), 9)


def find_sheet(sheets: Sequence[Sheet], typed: str) -> list[Sheet]:
    """Those whose code, number or scanned square this is: one, or none, or more where two numbers look alike."""
    wanted = plain_code(typed)
    if not wanted:
        return []
    by_code = [one for one in sheets if wanted in _codes(one.candidate)]
    return by_code or [one for one in sheets if plain_code(one.candidate.enrolment.number) == wanted]


def _codes(candidate: Candidate) -> tuple[str, str]:
    return plain_code(sheet_code(candidate.public_id)), candidate.public_id.upper()
