"""Why a package of a course is refused, and what of it is left out: a sentence for each code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from craftpath.domain.standards.content import Fault

REASONS = {
    "course.not_a_package": _("This is no package: a .zip, .h5p or .imscc file was expected."),
    "course.other_kind": _(
        "This is a %(kind)s file. SCORM, cmi5, H5P and Common Cartridge are read as packages of a course."
    ),
    "course.damaged": _("The package is damaged or ends in the middle. Export it again and send that file."),
    "course.empty": _("There is no file in this package."),
    "course.too_many_files": _("The package has more than %(limit)s files."),
    "course.unpacks_too_big": _(
        "Unpacked, the package has %(megabytes)s MB; at most %(limit)s MB are taken. Put large videos in by "
        "themselves."
    ),
    "course.packed_too_tight": _(
        "The package is packed so tightly that it was made to fill a disk. It was not opened."
    ),
    "course.password": _(
        "The file “%(name)s” in the package is protected by a password. Pack it without one."
    ),
    "course.packed_otherwise": _(
        "The file “%(name)s” is packed in a way that is not read here. Pack it as an ordinary ZIP."
    ),
    "course.large_form": _(
        "The package is written as ZIP64, which no package of this size needs. Pack it as an ordinary ZIP."
    ),
    "course.file_is_link": _("“%(name)s” is no file but a link or a device, which no package needs."),
    "course.name_leads_out": _("The name “%(name)s” leads out of the package. Nothing of it was unpacked."),
    "course.name_unfit": _(
        "The name “%(name)s” is one that some computers cannot keep: a sign, a device's name, an ending or "
        "its length. Rename the file and pack again."
    ),
    "course.name_twice": _(
        "“%(name)s” and “%(other)s” are the same file on some computers. Rename one of them and pack again."
    ),
    "course.file_damaged": _("The file “%(name)s” in the package is damaged. Export the package again."),
    "course.file_too_big": _("The file “%(name)s” is larger than %(limit)s MB."),
    "course.not_xml": _("“%(name)s” is no well-formed XML (line %(line)s)."),
    "course.forbidden_xml": _(
        "“%(name)s” declares a document type or entities, which no package needs; it was not read."
    ),
    "course.not_json": _("“%(name)s” is not the JSON that was expected (%(at)s)."),
    "course.not_word": _("This is no .docx file. Open it in the text program and save it as .docx."),
    "course.macros": _("This file holds macros, which are never run here. Save it as .docx without macros."),
    "course.too_many_pictures": _("The file has more than %(limit)s pictures. Divide it into several files."),
    "course.played_not_made": _(
        "This is a package that is played as it is; no course of pages can be made of it. A zip of .md files, a Word "
        "file or a Common Cartridge was expected here."
    ),
    "course.no_pages": _("There is no page in it: a file whose name ends in .md was expected."),
}
"""What refuses a whole file."""

NOTES = {
    "course.not_a_manifest": _("The manifest begins with “%(given)s” instead of “manifest”."),
    "course.not_a_course": _("The description begins with “%(given)s” instead of “courseStructure”."),
    "course.no_course": _("The element “course” is missing."),
    "course.no_organisation": _(
        "No table of contents leads to what can be launched. The launchable files are listed in their own "
        "order."
    ),
    "course.nothing_to_launch": _("There is nothing here that can be launched."),
    "course.too_many_parts": _(
        "This is nested too deeply or has more than %(limit)s parts; the rest was left out."
    ),
    "course.identifier_twice": _("The identifier “%(given)s” stands twice; the first one counts."),
    "course.resource_missing": _("The resource “%(given)s” is not in the manifest."),
    "course.file_missing": _("The file “%(given)s” is not in the package."),
    "course.listed_file_missing": _(
        "The manifest lists “%(given)s”, which is not in the package. It may be needed later."
    ),
    "course.launch_outside": _("“%(given)s” lies outside the package, and nothing outside is launched."),
    "course.base_leads_out": _("The base “%(given)s” leads out of the package and was not followed."),
    "course.default_unknown": _(
        "The default organisation “%(given)s” does not exist; the first one is taken."
    ),
    "course.manifest_inside": _("A manifest within the manifest was not read."),
    "course.manifest_in_folder": _(
        "The manifest lies in a folder and not at the top, where it belongs. It was read all the same."
    ),
    "course.version_unknown": _(
        "The version “%(given)s” is not known; the package is read as SCORM %(version)s."
    ),
    "course.mastery_unfit": _("“%(given)s” is no number from %(least)s to %(most)s; it was left out."),
    "course.time_unfit": _(
        "“%(given)s” is no time limit, or no way to end at one, that SCORM knows; it was left out."
    ),
    "course.parameters_too_long": _(
        "The parameters of this item have more than %(most)s characters and were left out: “%(given)s”."
    ),
    "course.prerequisites_not_followed": _("The condition “%(given)s” to begin is shown, not enforced."),
    "course.sequencing_not_followed": _(
        "The rule of sequencing “%(given)s” is not followed: learners choose what comes next."
    ),
    "course.no_iri": _("“%(given)s” is no full identifier (an IRI such as https://example.org/unit/1)."),
    "course.words_missing": _("“%(given)s” is missing."),
    "course.block_empty": _("The block has nothing in it."),
    "course.objective_missing": _("The objective “%(given)s” is not described in the file."),
    "course.order_wrong": _("The elements stand in another order than the standard has them: %(given)s."),
    "course.namespace_unknown": _("The namespace “%(given)s” is not the one of cmi5 (%(known)s)."),
    "course.element_unknown": _("There is no element “%(given)s” in “%(parent)s”."),
    "course.element_twice": _("The element “%(given)s” stands more than once."),
    "course.word_unknown": _("“%(given)s” is not known. Allowed: %(allowed)s."),
    "course.query_taken": _(
        "The address “%(given)s” uses a name that the site puts there itself (%(names)s)."
    ),
    "course.address_unfit": _("“%(given)s” is no address of the web."),
    "course.address_without_package": _(
        "“%(given)s” names a file, and there is no package that it could lie in."
    ),
    "course.unit_elsewhere": _("The unit lies on %(host)s and not in the package."),
    "course.h5p_no_main": _(
        "The main library “%(given)s” is not among the libraries that the file says it needs."
    ),
    "course.h5p_library_missing": _(
        "The library %(given)s is needed and not in the file. Download the content with its libraries."
    ),
    "course.h5p_library_unfit": _(
        "A library is named here without a name and a version that can be read: %(given)s."
    ),
    "course.h5p_left_out": _("“%(given)s” is a kind of file that H5P does not have; it was left out."),
    "course.quiz_not_taken": _(
        "The quiz “%(given)s” with %(questions)s questions was not taken here. Give the same file to the item bank, "
        "under “Take in a QTI package”: it reads quizzes."
    ),
    "course.tool_not_taken": _("“%(given)s” is a tool on another site (LTI) and was not taken: %(address)s."),
    "course.tool_known": _(
        "“%(given)s” opens the tool “%(tool)s”, which is registered here. Make a link to it and put that into the "
        "course: %(address)s."
    ),
    "course.attachment_not_taken": _("The attachment “%(given)s” of a topic was not taken."),
    "course.kind_not_taken": _("A part of the kind “%(given)s” was not taken."),
    "course.no_text": _("This file is no text in UTF-8, UTF-16 or GB18030. Save it as UTF-8."),
    "course.page_twice": _(
        "There are two files for this page in one language (%(given)s); the first one counts."
    ),
    "course.picture_elsewhere": _(
        "The picture “%(given)s” lies on another site; nothing is fetched from there. Put it into the folder."
    ),
    "course.drawing_not_taken": _(
        "The drawing “%(given)s” is of a kind that no browser shows. Paste it as a picture."
    ),
}
"""What is told of a part of a package."""


def sentence(fault: Fault) -> str:
    """Why, with what stood there."""
    said = NOTES.get(fault.code) or REASONS[fault.code]
    return str(said) % {"place": fault.place, "given": fault.given, **fault.facts}
