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
        "Pairs are not understood from text. It comes in as an essay; write it anew as matching."
    ),
}

REASONS = {
    "exam.other_kind": _("This is a %(kind)s. Give a .docx, .xlsx or .txt file, or paste the text."),
    "exam.old_word": _("This is an old .doc file. Open it in the text program and save it as .docx."),
    "exam.damaged": _("This file is damaged or ends in the middle. Save it again and give it once more."),
    "exam.password": _("This file is protected by a password. Save it without one."),
    "exam.macros": _("This file holds macros, which are never run here. Save it as .docx without macros."),
    "exam.too_big": _("The file has %(megabytes)s MB; at most %(limit)s MB are read."),
    "exam.unpacks_too_big": _("Unpacked, the file has %(megabytes)s MB; at most %(limit)s MB are read."),
    "exam.packed_too_tight": _("The file is packed more than %(ratio)s-fold, which no office program does."),
    "exam.too_many_parts": _("The file has more than %(limit)s parts."),
    "exam.empty": _("Nothing that could be a question was found in this file."),
    "exam.too_many_pictures": _("The file has more than %(limit)s pictures. Divide it into several files."),
    "exam.picture_refused": _(
        "The picture %(name)s cannot be taken: it is too large or is not a JPEG, PNG or WebP."
    ),
    "exam.no_header": _(
        "No row names the columns. The first row should say 题干/stem, A, B, C, 答案/answer."
    ),
    "exam.encoding": _("The text cannot be read. Save it as UTF-8."),
}
