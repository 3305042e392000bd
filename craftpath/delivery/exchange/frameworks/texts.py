"""Why a file of a framework is refused, a sentence for each code, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from craftpath.delivery.exchange import texts as sheets
from craftpath.domain.standards.content import Fault
from craftpath.domain.standards.texts import REASONS

SENTENCES = {
    "framework.not_utf8": _("This JSON file is not written in UTF-8. Save it as UTF-8 and upload it again."),
    "framework.json_deep": _("This file is nested too deeply to be a framework."),
    "framework.text_unfit": _(
        "This text has a character that cannot be kept: a null, or half of one. Type it again."
    ),
    "framework.number_unfit": _("This number is too large, or none at all."),
    "framework.other_form": _("Something of another form was expected here."),
    "framework.too_many": _("At most %(most)s are read here; these are %(given)s."),
    "framework.not_json": _("This is no JSON: it breaks off or goes wrong at this line and column."),
    "framework.no_document": _(
        "This is no CASE package: it has no CFDocument. A package has CFDocument, CFItems and CFAssociations."
    ),
    "framework.not_a_list": _("A list was expected here."),
    "framework.not_an_object": _("An object was expected here."),
    "framework.not_a_text": _("A text was expected here."),
    "framework.no_uuid": _("This is no identifier: a UUID such as 1f0a6c1e-… was expected."),
    "framework.no_stamp": _("This is no date with a time. The moment of the import is taken instead."),
    "framework.no_statement": _("This item says nothing: its fullStatement is missing."),
    "framework.association_unknown": _(
        "There is no such kind of association. Allowed are those of CASE 1.1, such as isChildOf, exactMatchOf, "
        "isRelatedTo, or “ext:” and a word."
    ),
    "framework.no_end": _("An association needs both its ends, each with an identifier."),
    "framework.end_missing": _("“%(given)s” is neither in the file nor on this site."),
    "framework.second_parent": _(
        "It hangs on something already. It stays there; the second association is carried along."
    ),
    "framework.hangs_on_nothing": _("It hangs on nothing, and is put at the top, after all others."),
    "framework.no_skills_sheet": _(
        "No sheet has the columns of a framework. At least two of these are needed: %(allowed)s."
    ),
    "framework.no_number": _("“%(given)s” is no whole number from %(least)s to %(most)s."),
    "framework.word_unknown": _("“%(given)s” is not known here. Allowed: %(allowed)s."),
    "framework.no_carried": _(
        "What is carried along was changed and is no JSON object any more. Empty the cell."
    ),
}

IMPORT_REASONS = {
    "framework.list_gone": _(
        "The list that this file was meant for is not there any more. Choose where it goes."
    ),
    "framework.cell_too_long": _(
        "“%(given)s” has a text of more than %(most)s characters, which no cell of a workbook holds. Download the "
        "CASE package instead; it holds all of it."
    ),
    "framework.has_faults": _(
        "The file has %(count)s faults by now, so nothing was taken in. They are listed below."
    ),
}


def sentence(fault: Fault) -> str:
    """Why, with what stood there."""
    known = SENTENCES.get(fault.code) or REASONS.get(fault.code)
    if known is None:
        return str(sheets.sentence(fault.code, fault.facts))
    return str(known) % {"place": fault.place, "given": fault.given, **fault.facts}
