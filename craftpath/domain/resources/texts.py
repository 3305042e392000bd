"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

STATES: dict[str, StrPromise] = {
    "draft": pgettext_lazy("of a resource", "draft"),
    "shared": pgettext_lazy("of a resource", "shared"),
    "retired": pgettext_lazy("of a resource", "retired"),
    "merged": pgettext_lazy("of a resource", "merged"),
    "discarded": pgettext_lazy("of a resource", "discarded"),
}

VERSION_STATES: dict[str, StrPromise] = {
    "reading": pgettext_lazy("of a file in the library", "being read"),
    "ready": pgettext_lazy("of a file in the library", "read"),
    "refused": pgettext_lazy("of a file in the library", "not taken"),
}

SOURCE_STATES: dict[str, StrPromise] = {
    "on": pgettext_lazy("of a catalogue", "read every day"),
    "stopped": pgettext_lazy("of a catalogue", "stopped"),
    "failed": pgettext_lazy("of a catalogue", "stopped after failures"),
}

RECOMMENDED: dict[str, StrPromise] = {
    "on": pgettext_lazy("of a resource", "recommended"),
    "off": pgettext_lazy("of a resource", "no longer recommended"),
}

KINDS: dict[str, StrPromise] = {
    "document": pgettext_lazy("kind of resource", "Document"),
    "slides": pgettext_lazy("kind of resource", "Slides"),
    "video": pgettext_lazy("kind of resource", "Video"),
    "audio": pgettext_lazy("kind of resource", "Recording"),
    "picture": pgettext_lazy("kind of resource", "Picture"),
    "package": pgettext_lazy("kind of resource", "Course package"),
    "exercise": pgettext_lazy("kind of resource", "Exercise"),
    "case": pgettext_lazy("kind of resource", "Case"),
    "toolkit": pgettext_lazy("kind of resource", "Toolkit"),
    "template": pgettext_lazy("kind of resource", "Template"),
    "link": pgettext_lazy("kind of resource", "Web page"),
}

LICENCES: dict[str, StrPromise] = {
    "own": pgettext_lazy("a licence", "Made here, free to use"),
    "cc0": pgettext_lazy("a licence", "CC0 (no rights kept)"),
    "ccby": pgettext_lazy("a licence", "CC BY (name the author)"),
    "ccbysa": pgettext_lazy("a licence", "CC BY-SA (name the author, same licence)"),
    "ccbync": pgettext_lazy("a licence", "CC BY-NC (name the author, not for money)"),
    "ccbyncsa": pgettext_lazy("a licence", "CC BY-NC-SA (name the author, not for money, same licence)"),
    "ccbynd": pgettext_lazy("a licence", "CC BY-ND (name the author, unchanged)"),
    "ccbyncnd": pgettext_lazy("a licence", "CC BY-NC-ND (name the author, not for money, unchanged)"),
    "public": pgettext_lazy("a licence", "Public domain"),
    "permitted": pgettext_lazy("a licence", "With leave, for this house only"),
    "reserved": pgettext_lazy("a licence", "All rights reserved, for this house only"),
}

ALLOWS: dict[str, StrPromise] = {
    "pass_on": _("may be passed on"),
    "keep_in": _("stays in this house: not exported, not public"),
    "change": _("may be changed"),
    "unchanged": _("only unchanged"),
    "commerce": _("may be used for money"),
    "no_commerce": _("not for money"),
    "name_author": _("name the author"),
    "share_alike": _("changed versions under the same licence"),
}
"""What a licence lets one do."""

LANGUAGES: dict[str, StrPromise] = {
    "zh": pgettext_lazy("language of a resource", "Chinese"),
    "en": pgettext_lazy("language of a resource", "English"),
    "both": pgettext_lazy("language of a resource", "Chinese and English"),
    "other": pgettext_lazy("language of a resource", "another language, or none"),
}

REACHES: dict[str, StrPromise] = {
    "own": _("Our organisation and those below it"),
    "partners": _("Our partners, too"),
    "site": _("Everybody with an account here"),
    "public": _("Everybody, in public catalogues, too"),
}

CRITERIA: dict[str, StrPromise] = {
    "correct": _("What it says is correct"),
    "clear": _("It is easy to understand"),
    "usable": _("It can be used in the workshop as it is"),
    "rights": _("The licence is right, and pictures may be shown"),
}

SURE: dict[str, StrPromise] = {
    "told": pgettext_lazy("how sure a guess is", "the file says so"),
    "likely": pgettext_lazy("how sure a guess is", "likely"),
    "unsure": pgettext_lazy("how sure a guess is", "a guess, please look"),
    "none": pgettext_lazy("how sure a guess is", "nothing found"),
}
"""How sure a guessed field is."""

REASONS: dict[str, StrPromise] = {
    "resources.form_used": _("This form was sent before, for something else. Open it anew."),
    "resources.too_big": _(
        "A file has at most %(megabytes)s MB. Put a larger one where it can be watched, and add its address."
    ),
    "resources.too_many": _("Drop at most %(most)s files at once. None of these was kept."),
    "resources.empty": _("The file is empty."),
    "resources.no_file": _("Choose at least one file, or give an address."),
    "resources.file_unknown": _(
        "This kind of file is not taken. PDF, Word, slides, sheets, pages, text, captions, pictures, recordings, "
        "videos and course packages are."
    ),
    "resources.locked": _("The file asks for a password. Save it without one, and drop it again."),
    "resources.damaged": _("The file is damaged and cannot be read. Save it again, and drop it once more."),
    "resources.macros": _(
        "The file holds macros, which are programs. Save it without them, and drop it again."
    ),
    "resources.too_long_to_read": _(
        "Reading this file took too long. Split it, or save it again as PDF, and drop it once more."
    ),
    "resources.without_role": _(
        "Whoever dropped this file has no role here any more. It was not read; drop it again yourself."
    ),
    "resources.failed": _(
        "Something went wrong while the file was read, and it was not kept. Try again; if it happens twice, tell "
        "whoever runs this site."
    ),
    "resources.link_unfit": _("An address begins with http:// or https:// and has no spaces."),
    "resources.untitled": _("Give it a title, at most %(most)s characters in each language."),
    "resources.too_long": _("At most %(most)s characters, please."),
    "resources.kind_unknown": _("Choose kind and language from the lists."),
    "resources.licence_missing": _("Say what may be done with it: choose a licence."),
    "resources.leave_unsaid": _("Say who gave leave, and for what."),
    "resources.reach_unknown": _("Say how far it is shared."),
    "resources.licence_keeps_in": _(
        "Its licence keeps it in this house: it can be neither public nor taken out of here."
    ),
    "resources.too_many_skills": _("Choose at most %(most)s skills: those that are learnt with it."),
    "resources.skill_unknown": _("One of these skills is no longer in the lists. Open the page anew."),
    "resources.not_a_draft": _("It has been shared or discarded already."),
    "resources.nothing_to_share": _("There is no file to share: it was not taken."),
    "resources.still_read": _("The file is still being read. Wait a moment, and press again."),
    "resources.not_shared": _("This is for resources that are shared."),
    "resources.same_file": _("This is the very file that is offered already."),
    "resources.own_work": _("What you brought in yourself is reviewed by somebody else."),
    "resources.own_stars": _("Stars are for what others brought in."),
    "resources.stars_of_five": _("Give one to five stars."),
    "resources.criterion_unknown": _("One of these points is no longer asked. Open the page anew."),
    "resources.say_what_lacks": _("Where something does not hold, say in a few words what."),
    "resources.pair_unknown": _("Choose which of the two is kept."),
    "resources.keep_what_is_shared": _("Keep the one that is shared; the other leads to it."),
    "resources.gone_already": _("One of the two was merged or discarded already."),
    "resources.source_unnamed": _("Give the catalogue a name."),
    "resources.source_twice": _("This catalogue is read already."),
    "resources.sources_too_many": _("An organisation reads at most %(most)s catalogues."),
    "resources.sheet_too_long": _("A sheet has at most %(most)s lines. Choose something to see fewer."),
    "resources.told_of_one": _("A description is of one file or one address: drop one at a time with it."),
    "resources.told_too_big": _("A description has at most %(megabytes)s MB."),
    "resources.told_unreadable": _(
        "The description is neither LOM nor Dublin Core in XML, or it says nothing."
    ),
    "resources.no_cartridge": _("This is no package of a course that can be taken in this way."),
    "resources.gone_there": _("The other catalogue has taken this back."),
    "resources.not_a_catalogue": _("What came from there is no answer of an OAI-PMH catalogue."),
    "resources.catalogue_says": _("The catalogue refused: %(code)s."),
    "resources.catalogue_repeats": _("The catalogue gives the same part of its list again and again."),
    "resources.catalogue_endless": _(
        "The list of the catalogue has more than %(most)s parts and was not read on."
    ),
    "resources.catalogue_too_large": _(
        "At most %(most)s records of one catalogue are kept. Read only a set of it."
    ),
    "resources.answer_too_long": _("The answer has more than %(megabytes)s MB and was not read."),
}
