"""What is said about an office's own layout: why it cannot be filled, and what it would lose."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

LAYOUTS = {
    "sheet.layout_not_a_workbook": _(
        "A layout is an Excel workbook (.xlsx); a text table has no looks to keep. Save it as .xlsx and upload that."
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
