"""What is said of pasted questions, files and packages, one translated sentence for each code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NOTES = {
    "paste.no_key": _("There is no answer yet. It comes in as a draft; add the answer there or here."),
    "paste.two_keys": _("Two answers were found: “%(one)s” and “%(other)s”. Take one away."),
    "paste.key_unclear": _("The answer “%(key)s” does not fit this kind of question."),
    "paste.number_twice": _(
        "Number %(number)s stands twice in this section; the first one is at line %(line)s."
    ),
    "paste.matching_by_hand": _(
        "Its two sides are not understood: number the left one (1), (2) … and give letters to the right one. "
        "As it stands, it comes in as an essay."
    ),
}

QTI = {
    "qti.name_leads_out": _("The name “%(name)s” leads out of the package. Nothing of it was read."),
    "qti.other_kind": _("This is neither a package (.zip) nor an item (.xml) of QTI."),
    "qti.not_xml": _("This is not well-formed XML."),
    "qti.forbidden_xml": _(
        "This XML declares a document type or entities, which items never need; it was not read."
    ),
    "qti.too_deep": _("It is nested more than %(limit)s levels deep and was not read."),
    "qti.more_remarks": _("There is more to remark than is listed here. Read it with care."),
    "qti.no_item": _("No item was found in this file."),
    "qti.no_manifest": _("The package has no imsmanifest.xml and no items."),
    "qti.no_manifest_but_items": _("The package has no imsmanifest.xml; every XML file in it was looked at."),
    "qti.too_many_items": _("The package has more than %(limit)s items; the others were not read."),
    "qti.no_tests": _("The test %(name)s was passed over: only items are taken in."),
    "qti.file_missing": _("The file %(name)s is not in the package."),
    "qti.file_too_large": _("The file %(name)s is too large for an item."),
    "qti.picture_outside": _(
        "The picture %(name)s lies outside the package, and nothing is fetched from outside."
    ),
    "qti.not_an_item": _("This is no item but a “%(name)s”."),
    "qti.no_body": _("The item has no body."),
    "qti.no_interaction": _("There is nothing to answer in this item."),
    "qti.several_interactions": _("It asks %(names)s questions at once, which is too many for one item."),
    "qti.templates": _(
        "It makes its figures anew for each candidate, in a way that is not followed here. Read it before you "
        "release it."
    ),
    "qti.drawn_once": _("It makes its figures anew for each candidate. They were drawn once and stay."),
    "qti.identifier": _("The identifier “%(name)s” is not one that the bank can keep."),
    "qti.match_sets": _("Pairs need two sides."),
    "qti.choice_named": _("A choice has no words that can be kept. It is called as the file calls it."),
    "qti.inline_as_single": _("The choices inside the text became options below it."),
    "qti.hottext_as_options": _("The places to choose inside the text became options below it."),
    "qti.by_hand": _(
        "It is answered by %(names)s, which the bank has no kind for. It came in to be marked by hand."
    ),
    "qti.divided": _("It asks %(count)s questions in one item. Each became an item; they share its text."),
    "qti.divided_evenly": _(
        "It asks %(count)s questions in one item and counts them together. Each became an item with its share of "
        "the points."
    ),
    "qti.only_text": _("It asks nothing. It comes in as a shared text."),
    "qti.title_as_stem": _("The body asks nothing in words. The title of the item stands for it."),
    "qti.counts_otherwise": _(
        "Other answers have some of the points there. Here only the best one is right."
    ),
    "qti.nothing_earns": _("There no answer at all has points. Here it has none."),
    "qti.feedback_left": _("Words shown inside the text after an answer were left out."),
    "qti.adaptive": _("It shows its parts one after another. Here all of them are shown at once."),
    "qti.rubric_left": _("Notes for markers were left out, since a key marks this kind."),
    "qti.part_left": _("Left out: %(name)s."),
    "qti.left_out": _("Left out, since the bank has no place for them: %(names)s."),
    "qti.picture_kind": _("The picture %(name)s is not a PNG, JPEG or WebP and was left out."),
    "qti.shape_around": _("A place of the shape “%(shape)s” became the rectangle around it."),
    "qti.places_added": _(
        "The item knows only right places in its picture. Wrong ones were laid beside them."
    ),
    "qti.places_by_name": _("The picture is missing. Its places became options with their positions."),
    "qti.none_added": _("Something has no partner. “(none)” was added to choose for it."),
    "qti.pairs_as_choices": _("Pairs of more than one partner became options, one for each pair."),
    "qti.order_as_pairs": _("Only some of the things are put in order. Each place became a pair."),
    "qti.slider_as_number": _("The slider became a field for a number."),
    "qti.drawing_as_file": _("The drawing is handed in as a file and marked by hand."),
    "qti.text_as_blank": _("The long text has a key. It became a blank."),
}

REASONS = QTI | {
    "exam.other_kind": _("This is a %(kind)s. Give a .docx, .xlsx or .txt file, or paste the text."),
    "exam.old_word": _("This is an old .doc file. Open it in the text program and save it as .docx."),
    "exam.damaged": _("This file is damaged or ends in the middle. Save it again and give it once more."),
    "exam.password": _("This file is protected by a password. Save it without one."),
    "exam.macros": _("This file holds macros, which are never run here. Save it as .docx without macros."),
    "exam.too_big": _("The file has %(megabytes)s MB; at most %(limit)s MB are read."),
    "exam.unpacks_too_big": _("Unpacked, the file has %(megabytes)s MB; at most %(limit)s MB are read."),
    "exam.packed_too_tight": _("The file is packed more than %(ratio)s-fold, which no office program does."),
    "exam.large_form": _(
        "The file is written as ZIP64, which no file of this size needs. Pack it as an ordinary ZIP."
    ),
    "exam.too_many_parts": _("The file has more than %(limit)s parts."),
    "exam.empty": _("Nothing that could be a question was found in this file."),
    "exam.too_many_pictures": _("The file has more than %(limit)s pictures. Divide it into several files."),
    "exam.picture_refused": _(
        "The picture %(name)s cannot be taken: it is too large or is not a JPEG, PNG or WebP."
    ),
    "exam.no_header": _(
        "No row names the columns. The first row should say 题干/stem, A, B, C, 答案/answer."
    ),
    "exam.table_moved": _("The table has changed since you looked at it. Look at its columns again."),
    "exam.table_without_question": _("Say which column holds the question."),
    "exam.table_twice": _("Two columns are both “%(what)s”. Choose one of them."),
    "exam.too_long": _(
        "The text would have %(characters)s characters; at most %(limit)s are read. Take in what stands here first, "
        "or divide the file."
    ),
    "exam.encoding": _("The text cannot be read. Save it as UTF-8."),
}
