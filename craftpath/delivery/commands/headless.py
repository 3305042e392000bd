"""The command `craftpath`: files in, files out. Django is loaded for backup and restore only.

Exit 0: done. Exit 2: bad input, one line a fault on standard error, and nothing written. Exit 1 has `verify` alone: the
credential does not hold.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence

from craftpath.delivery.commands import (
    agreement,
    api,
    credits,
    evaluate,
    items,
    keeping,
    lake,
    look,
    needs,
    pair,
    plan,
    rollup,
    verify,
)
from craftpath.delivery.commands.complaints import BadInput

COMMANDS = (api, evaluate, items, agreement, pair, needs, plan, credits, verify, look, lake, rollup, keeping)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may not know every character
    parser = argparse.ArgumentParser(prog="craftpath", description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(commands)
    chosen = parser.parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except BadInput as bad:
        sys.stderr.write("".join(f"{complaint}\n" for complaint in bad.complaints))
        return 2


if __name__ == "__main__":
    sys.exit(main())
