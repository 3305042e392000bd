"""`craftpath evaluate`: a scheme and its scores in, results out, without a browser or a database."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from craftpath.delivery.commands.complaints import BadInput, Complaint
from craftpath.delivery.commands.derivation import derivation
from craftpath.delivery.commands.evaluate_sentences import SCORES
from craftpath.delivery.commands.files import earlier, refuse_ending, refuse_overwriting, setting_aside
from craftpath.delivery.commands.scheme_file import read_scheme
from craftpath.delivery.commands.scores_file import read_scores
from craftpath.delivery.commands.speech import say
from craftpath.delivery.commands.tables import Column, write_table
from craftpath.engines.evaluation import Marks, Results, evaluate, explain


def add_to(commands: Any) -> None:
    """Register the command and its arguments."""
    parser = commands.add_parser("evaluate", help="evaluate scores by a scheme", description=__doc__)
    parser.add_argument("--scheme", type=Path, required=True, metavar="scheme.toml")
    parser.add_argument("--scores", type=Path, required=True, metavar="scores.csv")
    parser.add_argument("--out", type=Path, required=True, metavar="results.csv|results.xlsx")
    parser.add_argument("--explain", metavar="PERSON", help="also print how this person's result comes about")
    parser.add_argument(
        "--latest", action="store_true", help="of several rows for one person and item take the last"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Read, evaluate, write; raises `BadInput`."""
    inputs = (arguments.scheme, arguments.scores)
    refuse_overwriting(arguments.out, inputs)
    refuse_overwriting(earlier(arguments.out), inputs)
    refuse_ending(arguments.out)
    with setting_aside(arguments.out):
        scheme = read_scheme(arguments.scheme)
        marks = read_scores(arguments.scores, scheme, arguments.latest)
        row = None if arguments.explain is None else _row_of(marks, arguments.explain, arguments.scores)
        write_table(arguments.out, result_columns(evaluate(scheme, marks)))
    if row is not None:
        sys.stdout.write(derivation(scheme, explain(scheme, marks, row)))
    return 0


def _row_of(marks: Marks, person: str, scores: Path) -> int:
    if person not in marks.people:
        reason = say(SCORES, "person_unknown", given=person)
        raise BadInput([Complaint(str(scores), 1, "person", reason)])
    return marks.people.index(person)


def result_columns(results: Results) -> list[Column]:
    """The table of results: one row a person in the order of the scores, one column a component."""
    scheme = results.scheme
    columns = [
        Column("person", results.people),
        Column("state", _words(results.complete.astype(np.int8), {0: "incomplete", 1: "complete"})),
        Column("total", _figures(results.total, results.decimals), figures=True),
        Column("to_date", _figures(results.to_date, results.decimals), figures=True),
        Column("open", _figures(results.open, results.decimals), figures=True),
        Column("passed", _words(results.passed, {-1: "", 0: "false", 1: "true"})),
    ]
    if scheme.mode.grades:
        columns.append(Column("grade", _words(results.grade, {-1: "", **dict(enumerate(scheme.levels))})))
    for index, component in enumerate(scheme.components):
        if component.grades:
            names = {-1: "", **dict(enumerate(component.grades))}
            columns.append(Column(component.key, _words(results.component_grade[:, index], names)))
        else:
            shown = np.where(results.has_component[:, index], results.components[:, index], -1)
            columns.append(Column(component.key, _figures(shown, results.decimals), figures=True))
    return columns


def _words(codes: npt.NDArray[Any], words: dict[int, str]) -> list[str]:
    return [words[code] for code in codes.tolist()]


def _figures(figures: npt.NDArray[Any], decimals: int) -> list[str]:
    """Scaled integers as decimal text; -1 is empty. Few figures differ, so each is written once."""
    scale = 10**decimals
    texts = {
        figure: ""
        if figure < 0
        else f"{figure // scale}" + (f".{figure % scale:0{decimals}d}" if decimals else "")
        for figure in np.unique(figures).tolist()
    }
    return [texts[figure] for figure in figures.tolist()]
