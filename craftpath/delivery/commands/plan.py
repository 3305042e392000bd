"""`craftpath plan`: units, needs and limits in, the units that cover most in teaching order with the bound out."""

from __future__ import annotations

import argparse
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

from craftpath.delivery.commands.complaints import BadInput, Complaint
from craftpath.delivery.commands.files import earlier, refuse_ending, refuse_overwriting, setting_aside
from craftpath.delivery.commands.planning_file import Reading
from craftpath.delivery.commands.planning_sentences import PLANNING
from craftpath.delivery.commands.report import JSON_ENDINGS, write_report
from craftpath.delivery.commands.speech import say

SECONDS = 60.0


def add_to(commands: Any) -> None:
    """Register the command and its arguments."""
    parser = commands.add_parser("plan", help="choose units for a curriculum", description=__doc__)
    parser.add_argument("--problem", type=Path, required=True, metavar="problem.json")
    parser.add_argument("--out", type=Path, required=True, metavar="plan.json")
    parser.add_argument(
        "--seconds", type=float, default=SECONDS, help="at most, where no proof is found (%(default)s)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Read, choose, write; raises `BadInput`."""
    inputs = (arguments.problem,)
    refuse_overwriting(arguments.out, inputs)
    refuse_overwriting(earlier(arguments.out), inputs)
    refuse_ending(arguments.out, JSON_ENDINGS)
    with setting_aside(arguments.out):
        write_report(arguments.out, _plan(arguments.problem, arguments.seconds))
    return 0


def _plan(path: Path, seconds: float) -> dict[str, Any]:
    from craftpath.engines.curriculum import Effort, NothingFits, TimeRanOut, choose  # noqa: PLC0415  (slow to import)

    if not 0 < seconds < math.inf:
        raise _refused(path, "seconds_wrong", given=seconds)
    reading = Reading(path)
    problem = reading.problem()
    try:
        plan = choose(problem, Effort(seconds))
    except NothingFits as nothing:
        reading.quarrel(nothing.blame)
        raise
    except TimeRanOut:
        raise _refused(path, "time_ran_out", seconds=seconds) from None
    return {
        "units": list(plan.order),
        "covered": {skill: float(cover) for skill, cover in plan.covered.items()},
        "objective": float(plan.objective),
        "bound": float(plan.objective) if plan.proven_optimal else _upwards(plan.bound),
        "proven_optimal": plan.proven_optimal,
    }


def _refused(path: Path, code: str, **facts: object) -> BadInput:
    return BadInput([Complaint(str(path), 1, "file", say(PLANNING, code, **facts))])


def _upwards(bound: Fraction) -> float:
    """The nearest number that is not below it: what is written is a bound too."""
    near = float(bound)
    return near if near >= bound else math.nextafter(near, math.inf)
