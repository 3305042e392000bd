"""Every code of the exchange as one sentence in the reader's language, and labels for drop-downs.

`sheet.*` refuse a file, `column.*` and `cell.*` a cell by what it holds, `roster.*` a row by what the rest of the
register holds, `exchange.*` the commit; `remark.*` stop nothing.

With `layout_texts` the only module of the exchange that knows the translator.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.exchange.book import Remark, SheetRefused
from craftpath.delivery.exchange.cells import shown
from craftpath.delivery.exchange.columns import IGNORE, ItemChoice, targets
from craftpath.delivery.exchange.fields import MARKS_FIELDS, ROSTER_FIELDS, Kind
from craftpath.delivery.exchange.layout_texts import LAYOUTS
from craftpath.delivery.exchange.plans import CellError
from craftpath.values.text import Text

REFUSALS = {
    "sheet.empty_file": _("The file is empty."),
    "sheet.no_content": _("The workbook opens, but all its sheets are blank."),
    "sheet.too_big": _(
        "The file has %(megabytes)s MB; at most %(limit)s MB can be read. Split it into several files."
    ),
    "sheet.unpacks_too_big": _(
        "Unpacked, the workbook would take %(megabytes)s MB, far more than it shows. At most %(limit)s MB "
        "can be read. Copy the cells into a new workbook and try again."
    ),
    "sheet.packed_too_tight": _(
        "Packed, the workbook is more than %(ratio)s times smaller than what it holds, as no office's sheet is. "
        "It was not read. Copy the cells into a new workbook and try again."
    ),
    "sheet.too_many_columns": _(
        "The sheet “%(sheet)s” has %(count)s columns; at most %(limit)s can be read. "
        "Delete the columns that are not needed."
    ),
    "sheet.too_many_rows": _(
        "The sheet “%(sheet)s” has %(count)s rows; at most %(limit)s can be read. "
        "Split it into several files."
    ),
    "sheet.too_many_cells": _(
        "The sheets have %(count)s cells together; at most %(limit)s can be read. Split the file."
    ),
    "sheet.damaged": _(
        "The workbook is damaged or only half uploaded. Open it in your spreadsheet program, save it "
        "again as .xlsx, and upload that file."
    ),
    "sheet.package_lacks": _("The OneRoster package lacks %(part)s, or its manifest does not name it."),
    "sheet.package_not_unicode": _("%(part)s in the OneRoster package is not UTF-8."),
    "sheet.package_heads": _("%(part)s in the OneRoster package lacks the columns %(names)s."),
    "sheet.package_width": _(
        "%(part)s in the OneRoster package has more or fewer cells than columns in line %(line)s."
    ),
    "sheet.package_version": _("The OneRoster package is of version “%(given)s”; 1.1 and 1.2 are read."),
    "sheet.package_delta": _(
        "%(part)s in the OneRoster package holds changes only (delta). Export it whole (bulk) and upload that."
    ),
    "sheet.package_pointer": _(
        "%(part)s in the OneRoster package names “%(given)s”, which is not in the package."
    ),
    "sheet.package_value": _("%(part)s in the OneRoster package: “%(given)s” is no %(column)s."),
    "sheet.package_unnamed": _("%(part)s is in the OneRoster package, and its manifest says that it is not."),
    "sheet.package_twice": _("%(part)s in the OneRoster package holds the id “%(given)s” twice."),
    "sheet.password": _("The workbook is protected by a password. Save a copy without one and upload that."),
    "sheet.old_excel": _("This is an old Excel file (.xls). Save it as .xlsx and upload that file."),
    "sheet.other_kind": _("This is a %(kind)s file, not a table. Upload an .xlsx workbook or a .csv file."),
    "sheet.macros": _(
        "The workbook holds macros, which are never read here. Save it as .xlsx and upload that file."
    ),
    "sheet.links": _(
        "The workbook takes values from other files, which are not here and may have changed since. Break the links "
        "(Data → Edit links), or copy the cells as values, and upload it again."
    ),
    "sheet.web_page": _(
        "This is a web page that only bears the name of a table, as some systems export it. Open it "
        "in your spreadsheet program, save it as .xlsx, and upload that file."
    ),
    "sheet.not_a_table": _("This is not a table. Upload an .xlsx workbook or a .csv file."),
    "sheet.encoding_unknown": _(
        "The characters of this file cannot be read. Save it as “CSV UTF-8” or as .xlsx and upload that file."
    ),
    "sheet.quotes": _(
        "From line %(line)s on, a quotation mark is not closed or stands in the wrong place. Correct "
        "that line, or save the table as .xlsx."
    ),
}

ERRORS = {
    "column.number_missing": _(
        "No column is chosen for the student number. Without it nobody can be recognised."
    ),
    "column.no_item": _("No column is chosen for marks. Choose at least one item."),
    "column.score_missing": _("A column is chosen for the item, but none for the score."),
    "column.twice": _(
        "Two columns are chosen for the same content; the first is %(first)s. Ignore one of them."
    ),
    "column.no_such_target": _("This column is mapped to something that does not exist here: %(target)s."),
    "cell.number_missing": _("This row has no student number."),
    "cell.number_twice": _("This student number stands in the sheet twice; the first is in %(first)s."),
    "cell.number_lost_digits": _(
        "The spreadsheet has cut the last digits off this long number. Format the column as text and "
        "enter the number again."
    ),
    "cell.not_a_number_of_a_person": _("This is not a student number."),
    "cell.unknown_number": _("Nobody here has this student number."),
    "cell.name_missing": _("This person is new here and needs a name."),
    "cell.too_long": _("This text is too long; at most %(limit)s characters are kept."),
    "cell.not_an_email": _("This is not an e-mail address."),
    "cell.not_a_date": _("This is not a date that can be read without doubt. Write it like 2026-09-01."),
    "cell.no_such_day": _("There is no such day in the calendar."),
    "cell.several_have_this_name": _(
        "This name is borne by several in the register (%(count)s). Use the number instead."
    ),
    "cell.unknown_name": _("This name is not in the register."),
    "cell.unknown_enterprise": _(
        "This enterprise is not in the register. Correct the cell, or tick “Add unknown enterprises” and check again."
    ),
    "cell.unknown_mentor": _("No mentor has this number."),
    "cell.mentor_name_missing": _("This mentor is new here and needs a name beside the number."),
    "cell.unknown_item": _("The evaluation scheme has no such item."),
    "cell.unknown_word": _("This word has no meaning yet. Choose one for it, or correct the cell."),
    "cell.unknown_grade": _("This is not one of the grades."),
    "cell.not_a_score": _("This is not a score."),
    "cell.score_with_comma": _("A comma in a score can be read in two ways. Write it with a point."),
    "cell.score_out_of_range": _("This score is out of range."),
    "cell.score_too_fine": _("A score has at most %(places)s decimal places."),
    "cell.score_and_status": _("A score is given although the status says %(status)s. Keep one of the two."),
    "cell.mark_twice": _("This person has this item twice in the sheet; the first mark is in %(first)s."),
    "cell.result_decided": _(
        "The result of %(number)s is decided, so its marks stay (here: %(known)s). Correct it on its own page."
    ),
    "roster.email_taken": _("This e-mail address belongs to somebody else already."),
    "roster.email_twice": _("This e-mail address stands in the sheet twice; the first is in %(first)s."),
    "roster.person_here_already": _("%(name)s is in this cohort already, with another student number."),
}

REMARKS = {
    "remark.wrong_extension": _(
        "The file is named %(given)s, but its content is %(kind)s. It was read as that."
    ),
    "remark.hidden_sheets": _("Hidden sheets were not read: %(sheets)s."),
    "remark.uncalculated": _(
        "Formulas that have no result yet count as blank: %(count)s. Open and save the file in "
        "your spreadsheet program if they should count."
    ),
    "remark.row_passed_over": _("Not read, since it looks like a total or a note: %(text)s."),
    "remark.leading_zeros": _(
        "Read as %(known)s: the spreadsheet has dropped the zeros in front of %(given)s."
    ),
    "remark.name_differs": _("%(number)s is %(known)s in the register; the sheet says %(given)s."),
    "remark.will_be_added": _("New in the register: %(field)s %(name)s."),
    "remark.people_untouched": _(
        "People in the register whom this sheet does not mention stay as they are: %(count)s."
    ),
    "remark.mark_becomes_missing": _("The mark of %(number)s, %(known)s, would become missing."),
    "remark.item_sourced": _(
        "%(item)s is not taken in: the scheme works it out from confirmed facts, or raters agree on it. A single "
        "figure that was worked out is changed on the apprentice’s page, with a reason."
    ),
    "remark.looks_like_shares": _(
        "All scores in “%(column)s” are at most 1, but %(maximum)s can be reached. Are they percentages?"
    ),
    "roster.stage_stays": _(
        "%(number)s stays in the stage %(known)s: a stage is passed by a recorded decision, not by a sheet."
    ),
    "roster.known_elsewhere": _(
        "%(number)s is known from another cohort as %(name)s; the same person is enrolled here too."
    ),
}

# Why a sheet that was checked is not taken in; the shell says them like every refusal of an action.
REASONS = {
    "exchange.check_moved": _(
        "Since you looked, somebody recorded something or chose another reading, so this would not do what you saw. "
        "Nothing was imported. Look at the check again; it is up to date now."
    ),
    "exchange.sheet_has_errors": _(
        "Nothing was imported: the sheet has cells with errors now (%(count)s). Look at the check again."
    ),
    "exchange.sheet_has_no_rows": _("Nothing was imported: the sheet has no rows that can be read."),
}

NOTES_HEAD = _("what to mend in this row")
"""The head of the column that an annotated sheet has at its right, after our name."""

_CODES = REFUSALS | ERRORS | REMARKS | LAYOUTS

_STATUSES = {
    "scored": _("scored"),
    "absent": _("absent"),
    "deferred": _("deferred"),
    "exempt": _("exempt"),
    "missing": _("missing"),
    "": _("not chosen yet"),
}

_LABELS = {field.key: field.label for field in (*ROSTER_FIELDS, *MARKS_FIELDS)}


def sentence(code: str, facts: Mapping[str, Any]) -> str:
    """What a code means, with its facts; KeyError for a code that the exchange does not know."""
    return str(_CODES[code]) % {name: _fact(name, value) for name, value in facts.items()}


def refusal(refused: SheetRefused) -> str:
    """Why a file cannot be read, and what to do."""
    return sentence(refused.code, refused.facts)


def error(fault: CellError) -> str:
    """The whole line about a cell: where, what was given, why not, what would be allowed."""
    said = {"cell": fault.cell, "given": fault.given, "why": sentence(fault.code, fault.facts)}
    line = str(_("%(cell)s: “%(given)s”. %(why)s") if fault.given else _("%(cell)s: blank. %(why)s")) % said
    possible = allowed(fault)
    if possible:
        line += _joint() + str(_("Allowed: %(values)s.")) % {"values": possible}
    more = similar(fault.facts)
    return f"{line}{_joint()}{more}" if more else line


def allowed(fault: CellError) -> str:
    """What the cell may hold, such as `0–100 or absent, deferred, exempt`; "" if no list would help."""
    facts = fault.facts
    if "grades" in facts:
        names = [name.say(_language()) for name in facts["grades"]]
        return _join([*names, *(status_label(word) for word in facts.get("words", ()))])
    if "maximum" in facts:
        scale = f"{_fact('', facts['minimum'])}–{_fact('', facts['maximum'])}"
        words = _join([status_label(word) for word in facts.get("words", ())])
        return str(_("%(scale)s or %(words)s")) % {"scale": scale, "words": words} if words else scale
    if facts.get("words"):
        return _join([status_label(word) for word in facts["words"]])
    return _join(facts.get("choices", ()))


def remark(note: Remark) -> str:
    """A remark, with its cell in front if it has one."""
    text, more = sentence(note.code, note.facts), similar(note.facts)
    text += _joint() + more if more else ""
    return str(_("%(cell)s: %(text)s")) % {"cell": note.cell, "text": text} if note.cell else text


def column_label(fault: CellError) -> str:
    """The header above the cell; a fault that only the register knows names a field instead."""
    return field_label(fault.column) if fault.code.startswith("roster.") else fault.column


def field_label(key: str) -> str:
    """The name of a field, as the templates write it."""
    return _LABELS[key].say(_language())


def target_choices(kind: Kind, items: Sequence[ItemChoice] = ()) -> list[tuple[str, str]]:
    """(target, label) of everything that a column may be mapped to, for a drop-down."""
    names = {item.target: Text(zh=item.zh, en=item.en).say(_language()) or item.key for item in items}
    return [
        (target, str(_("(do not read)")) if target == IGNORE else names.get(target) or field_label(target))
        for target in targets(kind, items)
    ]


def status_label(status: str) -> str:
    """The name of a mark's status."""
    return str(_STATUSES[status])


def similar(facts: Mapping[str, Any]) -> str:
    """Known values that look like the one given, as a sentence of its own; "" if there are none."""
    return (
        str(_("Similar and known: %(near)s.")) % {"near": _join(facts["near"])} if facts.get("near") else ""
    )


def _language() -> str:
    return get_language() or "en"


def _joint() -> str:
    """Between two sentences: Chinese sets no space there."""
    return "" if _language().startswith("zh") else " "


def _join(words: Sequence[str]) -> str:
    return ("、" if _language().startswith("zh") else ", ").join(str(word) for word in words)


def _fact(name: str, value: Any) -> str:
    if name == "field":
        return field_label(value)
    if name == "status":
        return status_label(value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, list | tuple):
        return _join(value)
    return shown(value)
