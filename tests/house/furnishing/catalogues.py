"""Classifications with the program; a catalogue that the college took in, a file that waits, a pair of codes."""

from __future__ import annotations

import uuid
from typing import Any

from craftpath.delivery.exchange.catalogues.taking import carry_out
from craftpath.domain.occupations import actions as trades
from craftpath.domain.occupations.models import Catalogue, CatalogueImport, CodePair
from craftpath.kernel.access import system
from tests.cast import AT, Cast

LIST = "code,title_zh,parent\nA,甲,\nA1,乙,A\n"


def classify(cast: Cast) -> dict[str, Any]:
    """Once."""
    own = Catalogue._base_manager.filter(organisation=cast.college)
    if not own.exists():
        trades.load_classifications(by=system(), at=AT)
        by = {"by": cast.actor("coordinator"), "at": AT}
        for n in range(2):
            row = trades.keep_import(
                content=f"{LIST}A{n + 2},丙,A\n".encode(), name="list.csv", layout="list", made_id=uuid.uuid4(),
                organisation=cast.college, **by,
            )  # fmt: skip
            row = carry_out(row, **by)
            if not n:
                carry_out(trades.begin_import(row, **by), **by)
        trades.pair_codes(cast.college, code_isco="7212", code_cn="6-18-02-04", kind="same", **by)
    catalogue = own.get()
    return {
        "catalogue": catalogue.public_id,
        "entry": catalogue.entries.earliest("pk").pk,
        "taken": CatalogueImport._base_manager.get(state="ready").public_id,
        "pair": CodePair._base_manager.get(organisation=cast.college).public_id,
    }
