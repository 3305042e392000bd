"""`craftpath needs`: answers to a survey of needs in, weighted needs by item and group out; small cells hidden."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.answers_file import read_answers
from craftpath.delivery.commands.files import earlier, refuse_ending, refuse_overwriting, setting_aside
from craftpath.delivery.commands.report import JSON_ENDINGS, write_report

if TYPE_CHECKING:
    from craftpath.engines.disclosure import Hidden
    from craftpath.engines.needs import Answers, Crossing, Sums


def add_to(commands: Any) -> None:
    """Register the command and its arguments."""
    parser = commands.add_parser("needs", help="weigh the needs of a survey", description=__doc__)
    parser.add_argument("--answers", type=Path, required=True, metavar="answers.csv")
    parser.add_argument(
        "--by",
        nargs="+",
        action="extend",
        default=[],
        metavar="COLUMN",
        help="group columns; the figures of each of their values are told too",
    )
    parser.add_argument(
        "--min-cell",
        type=_least,
        default=5,
        metavar="N",
        help="people from which on a cell is told (5); 1 hides nothing",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="needs.json")
    parser.set_defaults(run=run)


def _least(text: str) -> int:
    least = int(text)
    if least < 1:
        raise argparse.ArgumentTypeError(f"{text} is below 1")
    return least


def run(arguments: argparse.Namespace) -> int:
    """Read, weigh, write; raises `BadInput`."""
    inputs = (arguments.answers,)
    refuse_overwriting(arguments.out, inputs)
    refuse_overwriting(earlier(arguments.out), inputs)
    refuse_ending(arguments.out, JSON_ENDINGS)
    with setting_aside(arguments.out):
        answers = read_answers(arguments.answers, list(dict.fromkeys(arguments.by)))
        write_report(arguments.out, weighed_needs(answers, arguments.min_cell))
    return 0


def weighed_needs(answers: Answers, least: int) -> dict[str, Any]:
    """The report as plain values."""
    from craftpath.engines.disclosure import VERSION as HIDING  # noqa: PLC0415  (slow to import)
    from craftpath.engines.disclosure import Tables, hide  # noqa: PLC0415  (the same)
    from craftpath.engines.needs import VERSION, crossing, sums_of, weighed  # noqa: PLC0415  (the same)
    from craftpath.engines.needs.telling import told  # noqa: PLC0415  (the same)

    crossed = crossing(answers.groups, list(answers.groups), answers.respondents)
    sums = sums_of(answers, crossed.of, crossed.kinds)
    hidden = hide(_tables(crossed, sums, Tables), least)
    report = {
        **_counted(int(crossed.people.sum()), bool(hidden.whole[0])),
        "items": told(weighed(sums.whole()), 0, answers.items, hidden.whole[1:]),
        "groups": {
            name: _groups(answers, crossed, sums, hidden, at) for at, name in enumerate(crossed.names)
        },
    }
    method = {"version": VERSION, "disclosure": HIDING, "missing": "complete_pairs", "min_cell": least}
    return {**report, "method": method}


def _tables(crossed: Crossing, sums: Sums, tables: Any) -> Any:
    import numpy as np  # noqa: PLC0415  (slow to import)

    weights = np.vstack([crossed.people, sums.n.T]).astype(np.int64)
    return tables(crossed.codes, tuple(map(len, crossed.values)), weights)


def _groups(answers: Answers, crossed: Crossing, sums: Sums, hidden: Hidden, at: int) -> dict[str, Any]:
    import numpy as np  # noqa: PLC0415  (slow to import)

    from craftpath.engines.needs import weighed  # noqa: PLC0415  (the same)
    from craftpath.engines.needs.telling import told  # noqa: PLC0415  (the same)

    values, codes = crossed.values[at], crossed.codes[:, at]
    found = weighed(sums.over(codes, len(values)))
    people = np.bincount(codes[codes >= 0], crossed.people[codes >= 0], len(values)).tolist()
    flags = hidden.columns[at]
    return {
        value: {
            **_counted(int(people[place]), bool(flags[0, place])),
            "items": told(found, place, answers.items, flags[1:, place]),
        }
        for place, value in enumerate(values)
    }


def _counted(n: int, hidden: bool) -> dict[str, Any]:
    return {"n": None, "suppressed": True, "why": {"n": "suppressed"}} if hidden else {"n": n}
