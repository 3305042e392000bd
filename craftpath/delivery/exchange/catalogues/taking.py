"""A kept file of a catalogue: looked at, and taken in, where somebody waits or in a worker."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.delivery.exchange.catalogues import esco, listed, onet
from craftpath.delivery.exchange.catalogues.reading import Faults, tables_of
from craftpath.domain.occupations.actions import refuse_import, report_import, take_import
from craftpath.domain.occupations.cataloguing import CatalogueSaid
from craftpath.domain.occupations.importing import AT_ONCE
from craftpath.kernel.access import Actor
from craftpath.kernel.progress import counting, step

if TYPE_CHECKING:
    from craftpath.domain.occupations.models import CatalogueImport

READERS = {"esco": esco.read, "onet": onet.read, "list": listed.read}


def read(content: bytes, name: str, layout: str) -> tuple[CatalogueSaid, Faults]:
    """What a file says, and what is wrong with it."""
    faults = Faults()
    tables = tables_of(content, name, faults)
    step("reading", 1, 2)
    said = READERS[layout](tables, faults) if tables else CatalogueSaid("", "", {})
    step("reading", 2, 2)
    return said, faults


def carry_out(row: CatalogueImport, *, by: Actor, at: datetime) -> CatalogueImport:
    """The next step of an import: its report, or everything that it says. Done already, it stays as it is."""
    if row.state not in ("checking", "taking"):
        return row
    with counting(row.public_id, "catalogue"):
        said, faults = read(row.file.bytes(), row.file.name, row.layout)
        if faults:
            return refuse_import(row, faults.rows, more=faults.more, by=by, at=at)
        move = report_import if row.state == "checking" else take_import
        return move(row, said, by=by, at=at)


def at_once(row: CatalogueImport, *, by: Actor, at: datetime) -> CatalogueImport:
    """The same for a file that is small enough; a large one is with a worker."""
    return carry_out(row, by=by, at=at) if row.file.size <= AT_ONCE else row
