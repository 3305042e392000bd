"""A third look at a sheet of which two keyings say different things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from craftpath.domain.exams import rules
from craftpath.domain.exams.content import Content
from craftpath.domain.exams.keyed import is_keyed, read
from craftpath.domain.exams.keying import asked_of, can_key, different, keyings_of
from craftpath.domain.exams.models import Candidate, Settlement
from craftpath.domain.exams.standing import locked, stand
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, not_now, require


@action
def settle_sheet(
    candidate: Candidate,
    decided: Mapping[int, Sequence[str]],
    *,
    was_here: bool | None = None,
    by: Actor,
    at: datetime,
) -> Settlement | None:
    """Decide every difference, question → what stands on the sheet, keyed; the same again changes nothing.

    Where the keyings differ in whether anybody came, `was_here` decides: if not, it stands so; if yes, the keying
    that said no is thrown away, the sheet is keyed a second time, and there is no settlement yet.
    """
    row = locked(candidate)
    require(rules.may_hold(by, row.sitting.organisation))
    lines = asked_of(row)
    pairs = [(one.line, one.content) for one in lines]
    known = {one.line.order: one.content for one in lines}
    standing: Settlement | None = getattr(row, "settlement", None)
    if standing is not None and _same(standing, known, decided, was_here):
        return standing
    require(can_key(row, by))
    rows = keyings_of(row)
    if len(rows) < 2 or not all(one.done_at for one in rows.values()):
        raise Refused(not_now("exams.sheet_not_twice"))
    differ = different(rows[1], rows[2])
    if differ == [0]:
        if was_here is None:
            raise Refused(not_now("exams.settle_who"))
        if was_here:
            next(one for one in rows.values() if one.absent).delete()
            return None
        return stand(row, pairs, {}, decided={"0": None}, absent=True, by=by, at=at)
    missing = [n for n in differ if not is_keyed(decided.get(n, ()))]
    if missing:
        raise Refused(not_now("exams.settle_missing", questions=", ".join(map(str, missing))))
    chosen = {str(n): read(known[n], n, decided[n]) for n in differ}
    return stand(row, pairs, rows[1].given | chosen, decided=chosen, by=by, at=at)


def _same(
    standing: Settlement,
    known: Mapping[int, Content],
    decided: Mapping[int, Sequence[str]],
    was_here: bool | None,
) -> bool:
    """Whether just this was decided before."""
    if standing.absent:
        return was_here is False
    asked = [int(one) for one in standing.given]
    if not asked or any(n not in decided or n not in known for n in asked):
        return False
    return all(read(known[n], n, decided[n]) == standing.given[str(n)] for n in asked)
