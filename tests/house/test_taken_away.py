"""Tables that leave the site: in the registry of lists, which one test holds equal, or named here with a reason."""

from __future__ import annotations

import re
from pathlib import Path

from django.urls import get_resolver

from craftpath.delivery import web
from craftpath.delivery.web.shell.lists import LISTS

WEB = Path(web.__file__).parent
_ = get_resolver().url_patterns  # rooms register with their addresses
SHEET = re.compile(r"\b(?:CSV|XLSX|write_csv|write_xlsx)\b")
TABLE_OF_A_FIGURE = "the table under a drawing, opened in place; a file for whoever draws it anew"
READ_AGAIN = "a form with rows filled in, which an import reads again: its columns are the import's"
ANOTHER_SHAPE = {
    "apprenticeships/exporting.py": READ_AGAIN,
    "catalogues/texts.py": "the name of a form that is read, not written",
    "components/tabled.py": TABLE_OF_A_FIGURE,
    "curricula/sheets.py": READ_AGAIN,
    "demo/views.py": "a sheet of marks to try an import with",
    "directives/receipts.py": "a row for each organisation and role, where the page has one for each organisation",
    "evaluation/grid.py": READ_AGAIN,
    "frameworks/carrying.py": READ_AGAIN,
    "growth/cohort.py": "every proof as a row of its own, for statistics; what the page shows is a list",
    "indicators/journeys.py": TABLE_OF_A_FIGURE,
    "indicators/one.py": TABLE_OF_A_FIGURE,
    "itemreport/files.py": "points of everybody without names, and parameters of a model, for statistics",
    "layouts/views.py": "the office's own form, filled from the list of results",
    "needs/files.py": "unrounded figures with intervals and method, for statistics",
    "occupations/sheets.py": READ_AGAIN,
    "papers/sending.py": "papers to print, each held against its page and workbook by tests of its own",
    "partnership/statement.py": "the yearly statement: six small tables in one workbook, held by its balance letter",
    "passport/along.py": "one's own record, whole, in the forms of the page itself",
    "pilots/board.py": "a row for each step, where the page has a matrix with a row for each pilot",
    "reading/leading.py": "everybody's reading, where the page has only what waits to be confirmed",
    "resources/sheet.py": "all that is catalogued of a resource, where the page has cards",
    "sharing/listing.py": "the register of what is shared, given and received in one; the page has two lists of cards",
    "sharing/seeing.py": "what another organisation shares, with basis, purpose and name of the reader in it",
    "sheets/checking.py": "the office's own sheet with remarks on its cells",
    "sheets/evidence.py": "the office's own sheet as it was uploaded",
    "sheets/views.py": READ_AGAIN,
    "shell/downloads.py": "where files are sent",
    "shell/lists.py": "the registry itself",
    "subsidies/claimed.py": READ_AGAIN,
    "subsidies/people.py": READ_AGAIN,
    "surveys/resulting.py": "answers without names, question by question, for statistics",
}


def test_every_table_that_leaves_the_site_is_in_the_registry_or_says_why_not() -> None:
    found = {
        str(path.relative_to(WEB))
        for path in WEB.rglob("*.py")
        if SHEET.search(path.read_text(encoding="utf-8"))
    }
    assert found == set(ANOTHER_SHAPE)


def test_what_the_registry_has_is_offered_on_its_page_by_one_component() -> None:
    pages = [
        path.read_text(encoding="utf-8") for path in WEB.rglob("*.html") if path.parent.name != "components"
    ]
    offered = sum(page.count('{% put "exports"') for page in pages)
    assert offered == len(LISTS) - 1  # the ledger is one template on two pages
