"""`craftpath lake`: a made-up lake of so many apprentices, signed by its cities; the same seed makes the same files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.files import file_trouble

if TYPE_CHECKING:
    from craftpath.delivery.commands.made_up.nation import City

MOST = 100_000_000


def add_to(commands: Any) -> None:
    """Register the command and its arguments."""
    parser = commands.add_parser("lake", help="write a made-up lake of apprenticeships", description=__doc__)
    parser.add_argument("--people", type=_people, required=True, metavar="N", help="apprentices who begin")
    parser.add_argument("--seed", type=_seed, default=1, metavar="S", help="which nation (%(default)s)")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="a folder that is not there yet"
    )
    parser.set_defaults(run=run)


def _people(text: str) -> int:
    people = int(text)
    if not 1 <= people <= MOST:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and {MOST}")
    return people


def _seed(text: str) -> int:
    seed = int(text)
    if not 0 <= seed < 1 << 63:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and {(1 << 63) - 1}")
    return seed


def run(arguments: argparse.Namespace) -> int:
    """Make and write; raises `BadInput` where the folder is taken or cannot be written."""
    from craftpath.delivery.commands.made_up.writing import write_nation  # noqa: PLC0415  (slow to import)
    from craftpath.delivery.exchange.lake.writing import fresh_folder  # noqa: PLC0415  (the same)

    with file_trouble(arguments.out, "unwritable"), fresh_folder(arguments.out) as made:
        write_nation(made, arguments.people, arguments.seed, _tell)
    return 0


def _tell(city: City) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"{city.code}: {city.people}\n")
