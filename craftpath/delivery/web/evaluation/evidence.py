"""One mark with its origin and its history, and links to the sheet for those who may open it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from craftpath.delivery.web.evaluation.derivation import examined_at, judged_at
from craftpath.delivery.web.evaluation.sourced_words import counts_in_words, open_in_words
from craftpath.delivery.web.programmes.amounts import reached
from craftpath.delivery.web.shell.templatetags.say import points, text
from craftpath.domain.evaluation.evidence import evidence_in
from craftpath.domain.evaluation.queries import history_of
from craftpath.domain.evaluation.texts import MARK_STATES
from craftpath.domain.programmes.definition import ItemInfo, judged_items
from craftpath.kernel.sheets import imports

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Mark


@dataclass(frozen=True, slots=True)
class Entry:
    """One mark of the history, ready to be read."""

    public_id: str
    said: str
    given: str
    file: str
    sheet: str
    cell: str
    who: str
    at: datetime
    current: bool
    undone: str = ""


def page_of(mark: Mark, organisation: str) -> dict[str, Any]:
    """What the mark's page shows; the file's links only where the import lies in the reader's scope."""
    known = {item.key: item for item in judged_items(mark.evaluation.scheme.definition)}
    item = known[mark.item]
    sheet_seen = mark.source_id is not None and imports().filter(pk=mark.source_id).exists()
    address = {"sheet": mark.sheet_name, "cell": mark.cell}
    return {
        "mark": mark,
        "item": text(item.name),
        "in_points": mark.score is not None and not item.unit,
        "max": points(item.max),
        "entry": _entry(mark, item),
        "counts": _counts(mark, item),
        "judged": judged_at(mark),
        "examined": examined_at(mark),
        "history": [_entry(one, item) for one in history_of(mark)],
        "cell_url": f"{_sheet_url('cell', mark, organisation)}?{urlencode(address)}"
        if sheet_seen and mark.cell
        else "",
        "file_url": _sheet_url("file", mark, organisation) if sheet_seen else "",
    }


def _counts(mark: Mark, item: ItemInfo) -> str:
    """What a mark was worked out from, when it was."""
    found = evidence_in(mark, item)
    return "" if found is None else open_in_words(found) or counts_in_words(found)


def _sheet_url(name: str, mark: Mark, organisation: str) -> str:
    source = mark.source
    return reverse(f"sheets:{name}", args=[organisation, source.public_id]) if source else ""


def _entry(mark: Mark, item: ItemInfo) -> Entry:
    return Entry(
        public_id=mark.public_id,
        said=_mark_in_words(mark, item),
        given=mark.given,
        file=mark.source.file.name if mark.source else "",
        sheet=mark.sheet_name,
        cell=mark.cell,
        who=mark.recorded_by.name if mark.recorded_by else "",
        at=mark.recorded_at,
        current=mark.is_current,
        undone=mark.undoes.file.name if mark.undoes else "",
    )


def _mark_in_words(mark: Mark, item: ItemInfo) -> str:
    """The score with its unit, the name of the grade, or the word of the status."""
    if mark.grade:
        return text(item.grade(mark.grade))
    if mark.score is None:
        return str(MARK_STATES[mark.status])
    return reached(mark.score, item.target or item.max, item.unit) if item.unit else points(mark.score)
