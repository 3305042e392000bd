"""`craftpath agreement`: ratings in, how far the raters agree out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.files import earlier, refuse_ending, refuse_overwriting, setting_aside
from craftpath.delivery.commands.ratings_file import read_ratings
from craftpath.delivery.commands.report import JSON_ENDINGS, fields, with_reasons, write_report

if TYPE_CHECKING:
    from craftpath.engines.psychometrics.agreement import Agreement

LEVELS = ("nominal", "ordinal", "interval", "ratio")


def add_to(commands: Any) -> None:
    """Register the command and its arguments."""
    parser = commands.add_parser("agreement", help="measure how far raters agree", description=__doc__)
    parser.add_argument("--ratings", type=Path, required=True, metavar="ratings.csv")
    parser.add_argument(
        "--level",
        choices=LEVELS,
        required=True,
        metavar="|".join(LEVELS),
        help="what may be done with the values",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="report.json")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Read, measure, write; raises `BadInput`."""
    from craftpath.engines.psychometrics.agreement import Level, agreement  # noqa: PLC0415  (slow to import)

    inputs = (arguments.ratings,)
    refuse_overwriting(arguments.out, inputs)
    refuse_overwriting(earlier(arguments.out), inputs)
    refuse_ending(arguments.out, JSON_ENDINGS)
    with setting_aside(arguments.out):
        level = Level(arguments.level)
        found = agreement(read_ratings(arguments.ratings, level), level)
        write_report(arguments.out, reported(found))
    return 0


def reported(found: Agreement) -> dict[str, Any]:
    """The report as plain values."""
    figures = {
        "percent_agreement": found.percent,
        "cohen_kappa": found.cohen,
        "weighted_kappa_linear": found.linear,
        "weighted_kappa_quadratic": found.quadratic,
        "fleiss_kappa": found.fleiss,
        "krippendorff_alpha": found.krippendorff,
    }
    values, why = fields(figures)
    correlations, reasons = fields(found.icc)
    icc: dict[str, Any] | None = with_reasons(correlations, reasons)
    if all(value is None for value in correlations.values()):
        icc, why = None, {**why, "icc": next(iter(reasons.values()))}
    report = {"units": found.units, "raters": found.raters, **values, "icc": icc}
    every = {**figures, "icc": next(iter(found.icc.values()))}
    return {
        **with_reasons(report, why),
        "method": {
            "version": found.percent.version,
            "level": found.level.value,
            "figures": {
                name: {"n": figure.n, "method": figure.method, "missing": figure.missing.value}
                for name, figure in every.items()
            },
        },
    }
