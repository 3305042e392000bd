"""`craftpath credits`: an account, rules and a goal in, the shortest way to the goal with its bound out."""

from __future__ import annotations

import argparse
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

from craftpath.delivery.commands.complaints import BadInput, Complaint
from craftpath.delivery.commands.credits_file import read_problem
from craftpath.delivery.commands.credits_sentences import CREDITS
from craftpath.delivery.commands.files import earlier, refuse_ending, refuse_overwriting, setting_aside
from craftpath.delivery.commands.report import JSON_ENDINGS, write_report
from craftpath.delivery.commands.speech import say

SECONDS = 30.0


def add_to(commands: Any) -> None:
    """Register the command and its arguments."""
    parser = commands.add_parser(
        "credits", help="find the shortest way from credits to a diploma", description=__doc__
    )
    parser.add_argument("--account", type=Path, required=True, metavar="account.json")
    parser.add_argument("--rules", type=Path, required=True, metavar="rules.toml")
    parser.add_argument("--goal", type=Path, required=True, metavar="goal.toml")
    parser.add_argument("--out", type=Path, required=True, metavar="plan.json")
    parser.add_argument(
        "--seconds", type=float, default=SECONDS, help="at most, where no proof is found (%(default)s)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Read, plan, write; raises `BadInput`."""
    inputs = (arguments.account, arguments.rules, arguments.goal)
    refuse_overwriting(arguments.out, inputs)
    refuse_overwriting(earlier(arguments.out), inputs)
    refuse_ending(arguments.out, JSON_ENDINGS)
    with setting_aside(arguments.out):
        write_report(arguments.out, _plan(arguments))
    return 0


def _plan(arguments: argparse.Namespace) -> dict[str, Any]:
    from craftpath.engines.credits import Effort, plan  # noqa: PLC0415  (asked for only here)

    if not 0 < arguments.seconds < math.inf:
        said = say(CREDITS, "seconds_wrong", given=arguments.seconds)
        raise BadInput([Complaint(str(arguments.account), 1, "file", said)])
    found = plan(read_problem(arguments.account, arguments.rules, arguments.goal), Effort(arguments.seconds))
    return {
        "used": [
            {"credit": use.credit, "area": use.area, "points": _number(use.points)} for use in found.uses
        ],
        "missing": _number(found.missing),
        "steps": [step.id for step in found.steps],
        "weeks": _number(found.weeks),
        "bound": _downwards(found.bound) if found.bound < found.missing else _number(found.bound),
        "proven_optimal": found.proven_optimal,
    }


def _number(exact: Fraction) -> int | float:
    return int(exact) if exact.denominator == 1 else float(exact)


def _downwards(bound: Fraction) -> int | float:
    """The nearest number that is not above it: what is written is a bound too."""
    near = _number(bound)
    return near if near <= bound else math.nextafter(near, -math.inf)
