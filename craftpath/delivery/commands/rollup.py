"""`craftpath rollup`: a lake in, the indicators of the nation out, on the engine in this process or on Spark."""

from __future__ import annotations

import argparse
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.complaints import BadInput, Complaint
from craftpath.delivery.commands.files import file_complaint, file_trouble, setting_aside
from craftpath.delivery.commands.lake_sentences import LAKE
from craftpath.delivery.commands.report import write_report
from craftpath.delivery.commands.scheme_file import read_scheme
from craftpath.delivery.commands.speech import say

if TYPE_CHECKING:
    from craftpath.delivery.exchange.lake.reading import Lake
    from craftpath.delivery.exchange.lake.types import LakeFault
    from craftpath.engines.evaluation import Scheme

INDICATORS = "indicators.csv"
REPORT = "report.json"
ENGINES = ("duckdb", "spark")
MOST_WORKERS = 64


def add_to(commands: Any) -> None:
    """Register the command and its arguments."""
    parser = commands.add_parser(
        "rollup", help="work out the indicators of a lake of cities", description=__doc__
    )
    parser.add_argument("--lake", type=Path, required=True, metavar="DIR")
    parser.add_argument("--engine", choices=ENGINES, default="duckdb", help="(%(default)s)")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="results of before are replaced"
    )
    parser.add_argument(
        "--trusted",
        type=Path,
        metavar="cities.json",
        help="cities and their keys, instead of the lake's own list",
    )
    parser.add_argument(
        "--workers",
        type=_workers,
        default=2,
        metavar="N",
        help="worker processes of Spark here (%(default)s)",
    )
    parser.add_argument(
        "--master", default="", metavar="URL", help="a Spark cluster, instead of workers here"
    )
    parser.add_argument(
        "--results",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="scheme.toml",
        help="also recompute everybody's results by these schemes",
    )
    parser.set_defaults(run=run)


def _workers(text: str) -> int:
    workers = int(text)
    if not 1 <= workers <= MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and {MOST_WORKERS}")
    return workers


def run(arguments: argparse.Namespace) -> int:
    """Check, count, write; raises `BadInput` where nothing can be counted."""
    _refuse_out(arguments)
    with setting_aside(arguments.out / INDICATORS), setting_aside(arguments.out / REPORT):
        _roll(arguments)
    return 0


def _roll(arguments: argparse.Namespace) -> None:
    from craftpath.delivery.exchange.lake.reading import read_lake  # noqa: PLC0415  (slow to import)

    schemes = [_scheme(path) for path in arguments.results]
    with file_trouble(arguments.lake, "unreadable"):
        list(arguments.lake.iterdir())
    lake = read_lake(arguments.lake, datetime.now(UTC), arguments.trusted)
    complaints = [_complaint(lake, fault) for fault in lake.faults]
    if not lake.files:
        nothing = Complaint(str(arguments.lake), 1, "lake", say(LAKE, "nothing_to_count"))
        raise BadInput([*complaints, nothing])
    sys.stderr.write("".join(f"{complaint}\n" for complaint in complaints))
    _write(arguments, lake, schemes, complaints)


def _scheme(path: Path) -> Scheme:
    scheme = read_scheme(path)
    if any(component.grades for component in scheme.components):
        raise BadInput([Complaint(str(path), 1, "component", say(LAKE, "scheme_of_grades"))])
    return scheme


def _refuse_out(arguments: argparse.Namespace) -> None:
    """The results may not lie in the lake: the next look at it would find them there."""
    out, lake = arguments.out.resolve(), arguments.lake.resolve()
    if out == lake or lake in out.parents:
        raise BadInput([Complaint(str(arguments.out), 1, "out", say(LAKE, "out_in_lake"))])
    if arguments.out.exists() and not arguments.out.is_dir():
        raise BadInput([file_complaint(arguments.out, 1, "unwritable", why="not a folder")])


def _complaint(lake: Lake, fault: LakeFault) -> Complaint:
    facts = {**fault.facts, "city": fault.city}
    return Complaint(str(lake.folder / fault.file), 1, fault.city or "lake", say(LAKE, fault.code, **facts))


def _write(
    arguments: argparse.Namespace, lake: Lake, schemes: list[Scheme], complaints: list[Complaint]
) -> None:
    """All files of the results, made beside the folder and put in it at the end."""
    from craftpath.delivery.commands.rollup_out import Cells  # noqa: PLC0415  (slow to import)
    from craftpath.delivery.exchange.lake.rolling import rolled  # noqa: PLC0415  (the same)
    from craftpath.engines.indicators import CATALOGUE  # noqa: PLC0415  (the same)

    out: Path = arguments.out
    with file_trouble(out, "unwritable"):
        out.mkdir(parents=True, exist_ok=True)
        fresh = out / f".{REPORT}.making"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        try:
            with _engine(arguments, lake) as engine, Cells(fresh / INDICATORS) as cells:
                for published in rolled(engine.tables, CATALOGUE):
                    cells.write(published)
                results = {scheme.key: engine.results(scheme, fresh) for scheme in schemes}
            report = _report(arguments, lake, complaints, cells.told, results)
            write_report(fresh / REPORT, report)
            for made in sorted(fresh.iterdir()):
                made.replace(out / made.name)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def _engine(arguments: argparse.Namespace, lake: Lake) -> Any:
    from craftpath.delivery.commands.rollup_engines import duckdb_engine, spark_engine  # noqa: PLC0415  (slow)

    if arguments.engine == "duckdb":
        return duckdb_engine(lake)
    return spark_engine(lake, arguments.master, arguments.workers)


def _report(
    arguments: argparse.Namespace,
    lake: Lake,
    complaints: list[Complaint],
    told: dict[str, Any],
    results: dict[str, Any],
) -> dict[str, Any]:
    from craftpath.engines.indicators import VERSION  # noqa: PLC0415  (with the rest)

    faults = [
        {
            "code": fault.code,
            "file": fault.file,
            "city": fault.city or None,
            "facts": dict(fault.facts),
            "counted": fault.kept,
            "reason": complaint.reason,
        }
        for fault, complaint in zip(lake.faults, complaints, strict=True)
    ]
    return {
        "schema": VERSION,
        "made_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "engine": arguments.engine,
        "until": lake.until,
        "cities": lake.cities,
        "rows": dict(sorted(lake.rows.items())),
        "faults": faults,
        "indicators": told,
        **({"results": results} if results else {}),
    }
