"""`craftpath pair`: trainers, apprentices and possible pairs in, the best plan with its bound out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from craftpath.delivery.commands.files import earlier, refuse_ending, refuse_overwriting, setting_aside
from craftpath.delivery.commands.pairing_file import read_people, read_problem
from craftpath.delivery.commands.report import JSON_ENDINGS, write_report


def add_to(commands: Any) -> None:
    """Register the command and its arguments."""
    parser = commands.add_parser("pair", help="pair trainers and apprentices", description=__doc__)
    parser.add_argument("--problem", type=Path, required=True, metavar="problem.json")
    parser.add_argument("--mutual", action="store_true", help="pair people among equals instead")
    parser.add_argument("--out", type=Path, required=True, metavar="plan.json")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Read, pair, write; raises `BadInput`."""
    inputs = (arguments.problem,)
    refuse_overwriting(arguments.out, inputs)
    refuse_overwriting(earlier(arguments.out), inputs)
    refuse_ending(arguments.out, JSON_ENDINGS)
    with setting_aside(arguments.out):
        plan = _mutual(arguments.problem) if arguments.mutual else _plan(arguments.problem)
        write_report(arguments.out, plan)
    return 0


def _plan(problem: Path) -> dict[str, Any]:
    from craftpath.engines.pairing import assign  # noqa: PLC0415  (slow to import)

    plan = assign(read_problem(problem))
    return {
        "pairs": plan.pairs(),
        "unmatched": plan.unmatched(),
        "total": plan.total,
        "upper_bound": plan.upper_bound,
        "proven_optimal": plan.proven_optimal,
    }


def _mutual(problem: Path) -> dict[str, Any]:
    from craftpath.engines.pairing.mutual import match  # noqa: PLC0415  (slow to import)

    found = match(read_people(problem))
    return {
        "pairs": found.pairs(),
        "total": found.total,
        "upper_bound": found.upper_bound,
        "proven_optimal": found.proven_optimal,
    }
