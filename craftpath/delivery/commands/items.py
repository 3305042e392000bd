"""`craftpath items`: answers in, an analysis of the test and its items out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.files import earlier, refuse_ending, refuse_overwriting, setting_aside
from craftpath.delivery.commands.report import JSON_ENDINGS, fields, with_reasons, write_report
from craftpath.delivery.commands.responses_file import read_responses
from craftpath.delivery.commands.tables import write_sheets

if TYPE_CHECKING:
    from craftpath.engines.psychometrics import Figure, Figures, Responses

MODELS = ("ctt", "rasch", "2pl")
SLOPES = ("fixed", "common")
COLUMNS = ("item", "n", "difficulty", "discrimination", "a", "b")


def add_to(commands: Any) -> None:
    """Register the command and its arguments."""
    parser = commands.add_parser("items", help="analyse a test and its items", description=__doc__)
    parser.add_argument("--responses", type=Path, required=True, metavar="responses.csv")
    parser.add_argument("--patterns", action="store_true", help="rows are patterns with their counts")
    parser.add_argument("--key", type=Path, metavar="key.csv", help="score answers by equality with this key")
    parser.add_argument("--model", choices=MODELS, required=True, metavar="|".join(MODELS))
    parser.add_argument(
        "--slope",
        choices=SLOPES,
        default="fixed",
        metavar="|".join(SLOPES),
        help="of the Rasch model: 1, or one that is estimated",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="report.json|report.xlsx")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Read, analyse, write; raises `BadInput`."""
    inputs = [path for path in (arguments.responses, arguments.key) if path is not None]
    refuse_overwriting(arguments.out, inputs)
    refuse_overwriting(earlier(arguments.out), inputs)
    refuse_ending(arguments.out, (*JSON_ENDINGS, ".xlsx"))
    with setting_aside(arguments.out):
        responses = read_responses(arguments.responses, arguments.patterns, arguments.key)
        report = analysed(responses, arguments.model, arguments.slope)
        if arguments.out.suffix.lower() == ".xlsx":
            write_sheets(arguments.out, _sheets(report))
        else:
            write_report(arguments.out, report)
    return 0


def analysed(responses: Responses, model: str, slope: str) -> dict[str, Any]:
    """The report as plain values."""
    from craftpath.engines.psychometrics import VERSION  # noqa: PLC0415  (slow to import)
    from craftpath.engines.psychometrics.items import classical  # noqa: PLC0415  (the same)

    found = classical(responses)
    slopes, difficulties, likelihood, course = _modelled(responses, model, slope)
    whole, why = fields({"alpha": found.alpha, "kr20": found.kr20, "log_likelihood": likelihood})
    columns = {
        "difficulty": found.difficulty,
        "discrimination": found.item_rest,
        "a": slopes,
        "b": difficulties,
    }
    rows = []
    for at, item in enumerate(responses.items):
        values, reasons = fields({name: figures.one(at) for name, figures in columns.items()})
        row = {"item": item, "n": int(found.difficulty.n[at]), **values}
        rows.append(with_reasons(row, reasons))
    methods: dict[str, Figure | Figures] = {
        **columns,
        "alpha": found.alpha,
        "kr20": found.kr20,
        "log_likelihood": likelihood,
    }
    report = {"n": responses.n, "n_complete": responses.n_complete, **whole, "items": rows}
    return {
        **with_reasons(report, why),
        "method": {
            "version": VERSION,
            **course,
            "figures": {
                name: {"method": figure.method, "missing": figure.missing.value}
                for name, figure in methods.items()
            },
        },
    }


def _modelled(
    responses: Responses, model: str, slope: str
) -> tuple[Figures, Figures, Figure, dict[str, Any]]:
    """Slopes, difficulties, log-likelihood and how the estimation went; absent without a model."""
    from craftpath.engines.psychometrics import irt, without_model  # noqa: PLC0415  (slow to import)

    if model == "ctt":
        none = without_model(responses)
        return none, none, none.one(0), {"model": model}
    kind = irt.Model.TWO_PL if model == "2pl" else irt.Model.COMMON if slope == "common" else irt.Model.RASCH
    fitted = irt.fit(responses, kind)
    course = {
        "model": model,
        "slope": "item" if kind is irt.Model.TWO_PL else slope,
        "nodes": fitted.nodes,
        "converged": fitted.course.converged,
        "iterations": fitted.course.iterations,
    }
    return fitted.slope, fitted.difficulty, fitted.log_likelihood, course


def _sheets(report: dict[str, Any]) -> dict[str, list[list[Any]]]:
    """The items as a table, and the figures of the whole test as another."""
    table = [[*COLUMNS, "why"]]
    for row in report["items"]:
        table.append([*(row[name] for name in COLUMNS), _told(row)])
    why = report.get("why", {})
    names = ("n", "n_complete", "alpha", "kr20", "log_likelihood")
    whole = [["figure", "value", "why"], *([name, report[name], why.get(name, "")] for name in names)]
    return {"items": table, "test": whole}


def _told(row: dict[str, Any]) -> str:
    return ", ".join(f"{name}: {why}" for name, why in row.get("why", {}).items())
