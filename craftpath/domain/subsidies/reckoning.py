"""The arithmetic of a file: what would be advanced, what is due, and how its lines are kept once they are decided.

The engine's door brings NumPy along, which only the search for double claims needs, so it is opened where it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from craftpath.domain.subsidies.measuring import measures_of
from craftpath.domain.subsidies.models import FilePerson, SubsidyFile
from craftpath.domain.subsidies.rules import faulty
from craftpath.domain.subsidies.schemes import engine_scheme
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.engines.allowances.subsidies import Advance, Plan, Settlement, Step


def plan_of(file: SubsidyFile, heads: int) -> Plan:
    """The class as the engine reads it."""
    from craftpath.engines.allowances.subsidies import Plan  # noqa: PLC0415 - see above

    return Plan(file.level, heads, file.months, file.kind)


def advance_of(file: SubsidyFile, heads: int) -> Advance:
    """What may be advanced for so many people; refused with the engine's first fault."""
    from craftpath.engines.allowances.subsidies import SubsidyFaulty, advance  # noqa: PLC0415 - see above

    try:
        return advance(engine_scheme(file.scheme), plan_of(file, heads))
    except SubsidyFaulty as fault:
        raise Refused(faulty(fault)) from fault


def settlement_of(file: SubsidyFile, people: Sequence[FilePerson], on: date) -> Settlement:
    """What is due for these people on a day, with what was advanced; refused with the engine's first fault.

    Months, the size of the class and what the record measures are held against the scheme's bounds.
    """
    from craftpath.engines.allowances.subsidies import Claim, SubsidyFaulty, settle  # noqa: PLC0415 - see above

    counted = [row for row in people if not row.excluded]
    heads = file.heads or len(counted)
    claim = Claim(
        plan=plan_of(file, heads),
        advance=file.advance or 0,
        certified=sum(row.outcome == "certified" for row in counted),
        uncertified=sum(row.outcome == "uncertified" for row in counted),
        left=tuple(row.months for row in counted if row.outcome == "left"),
        figures={"months": file.months, "class_size": heads, **measures_of(file, people, on)},
    )
    try:
        return settle(engine_scheme(file.scheme), claim, on=on)
    except SubsidyFaulty as fault:
        raise Refused(faulty(fault)) from fault


def lines(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """Steps as they are frozen: numbers and a share as text, the amount in minor units."""
    return [
        {
            "code": step.code,
            "heads": step.heads,
            "rate": step.rate,
            "months": step.months,
            "share": str(step.share),
            "amount": step.amount.minor,
        }
        for step in steps
    ]
