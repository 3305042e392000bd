"""What is said about an office's own layout: why it cannot be filled, and what it would lose."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

LAYOUTS = {
    "sheet.layout_not_a_workbook": _(
        "A layout is an Excel workbook (.xlsx) or a Word document (.docx); a text table has no looks to keep. "
        "Save it as one of them and upload that."
    ),
    "sheet.old_word": _("This is an old Word file (.doc). Save it as .docx and upload that file."),
    "sheet.layout_password": _(
        "The file is protected by a password. Save a copy without one and upload that."
    ),
    "sheet.layout_other_kind": _(
        "This is a %(kind)s file. A form is an Excel workbook (.xlsx) or a Word document (.docx): "
        "save it as one of them and upload that."
    ),
    "sheet.document_damaged": _(
        "The document is damaged or only half uploaded. Open it in your word processor, save it again as .docx, "
        "and upload that file."
    ),
    "sheet.document_macros": _(
        "The document holds macros, controls or embedded programs, which are never passed on here. "
        "Save it as .docx without them and upload that file."
    ),
    "sheet.document_links": _(
        "The document takes a template, a picture or text from another file or address. "
        "Put it into the document itself, break the link, and upload it again."
    ),
    "sheet.document_field": _(
        "The document holds a field (%(named)s) that fetches or runs something when it is opened. "
        "Replace it by its text and upload the document again."
    ),
    "sheet.layout_outside_row": _(
        "The placeholder %(written)s differs from person to person and stands outside a table’s row, "
        "so this cannot be a list of everybody."
    ),
    "sheet.layout_other_row": _(
        "The placeholder %(written)s stands in a second row of the same table. One row of a table is repeated."
    ),
    "sheet.layout_too_big": _(
        "The layout has %(megabytes)s MB, packed or unpacked; at most %(limit)s MB can be filled. "
        "Copy what is needed into a new workbook."
    ),
    "sheet.layout_too_many_cells": _(
        "The layout has too many cells with looks or content, or under merged areas; at most %(limit)s are filled. "
        "Delete the empty rows and columns at its end."
    ),
    "sheet.layout_too_many_filled": _(
        "Filled, the repeated rows would have %(count)s cells; at most %(limit)s are filled at once. "
        "Filter the results to fewer people, or take columns away."
    ),
    "sheet.layout_too_much_text": _(
        "%(sheet)s, %(cell)s: up to here the layout holds more text or placeholders than can be filled. "
        "Take away what is not needed."
    ),
    "sheet.layout_no_room": _(
        "The sheet “%(sheet)s” has content so far down that no room is left for the people."
    ),
    "sheet.layout_formula": _(
        "%(sheet)s, %(cell)s: the placeholder %(written)s stands in a formula. Put it into a cell of its own and let "
        "the formula look at that cell."
    ),
    "sheet.layout_two_rows": _(
        "%(sheet)s, %(cell)s: there are placeholders of a person in another row than in %(first)s. One row of a sheet "
        "is repeated; put all of them into one row, or the second table on a sheet of its own."
    ),
    "sheet.layout_tall": _(
        "%(sheet)s, %(cell)s: the merged area %(area)s reaches over the row that is repeated. Let merged areas of that "
        "row lie within it."
    ),
    "sheet.layout_asks_nothing": _(
        "No cell holds a placeholder that is known here, so there is nothing to fill. "
        "Write one such as {name} into a cell."
    ),
    "remark.layout_loses_pictures": _(
        "Pictures and drawings of this workbook will be missing in the filled one."
    ),
    "remark.layout_loses_charts": _("Charts of this workbook will be missing in the filled one."),
    "remark.layout_loses_pivots": _("Pivot tables of this workbook will be missing in the filled one."),
    "remark.layout_loses_objects": _(
        "Embedded objects, buttons and threaded comments of this workbook will be missing in the filled one."
    ),
    "remark.layout_loses_effects": _(
        "Some newer effects of this workbook (such as sparklines or icon rules) will be missing in the filled one."
    ),
}
