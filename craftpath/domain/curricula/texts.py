"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.domain.curricula.drafting_texts import DRAFT_REASONS

REASONS = {
    **DRAFT_REASONS,
    "curricula.own_version": _("Somebody else approves a version than whoever made it or changed it last."),
    "curricula.no_edit_in_review": _(
        "Version %(number)s is in review: nobody changes what others vote on. Take it back from the review first."
    ),
    "curricula.no_edit_approved": _(
        "Version %(number)s is approved and stays as it is. Begin a new version from it."
    ),
    "curricula.no_edit_active": _(
        "Version %(number)s is in force and stays as it is. Begin a new version from it."
    ),
    "curricula.no_edit_retired": _(
        "Version %(number)s is retired and stays as it is. Begin a new version from it."
    ),
    "curricula.changed_meanwhile": _(
        "%(who)s has changed this draft since you opened it. What you typed is still here: look at the draft as it is "
        "now, then press again."
    ),
    "curricula.without_name": _("Write the name in at least one language."),
    "curricula.name_too_long": _("A name has at most %(most)s characters."),
    "curricula.no_words": _("Write a few words."),
    "curricula.words_too_long": _("Say it in at most %(most)s characters."),
    "curricula.hours_out_of_range": _("A unit has hours between one minute and %(most)s hours."),
    "curricula.stage_unknown": _("The programme has no stage or kind of hours “%(stage)s”."),
    "curricula.stage_not_suited": _("“%(unit)s” is not meant for this stage. Its card says for which it is."),
    "curricula.bucket_unknown": _("The programme does not count the kind of hours that “%(unit)s” brings."),
    "curricula.key_unclear": _(
        "“%(given)s” is no key. A key has small letters, digits, - and _, and begins with a letter or digit."
    ),
    "curricula.key_twice": _("A unit stands in the list twice."),
    "curricula.curriculum_exists": _(
        "There is a curriculum with the key “%(key)s” already. Choose another key."
    ),
    "curricula.chart_not_adopted": _(
        "A curriculum follows a chart that is adopted in its organisation or above it."
    ),
    "curricula.source_unclear": _("Choose a rubric or an examination from the list, or say it in words."),
    "curricula.scheme_of_another": _("This evaluation scheme belongs to another programme."),
    "curricula.card_unknown": _("The library does not offer this unit."),
    "curricula.card_exists": _(
        "There is a unit with the key “%(key)s” already. Open that one, or choose another key."
    ),
    "curricula.card_changed_meanwhile": _(
        "Somebody else has changed this unit since you opened it. What you typed is still here: compare, then press "
        "again."
    ),
    "curricula.too_many_cards": _("A library has at most %(most)s units."),
    "curricula.too_many_units": _("A version has at most %(most)s units."),
    "curricula.too_many_rows": _("There are at most %(most)s of these in a version."),
    "curricula.too_many_resources": _("A unit has at most %(most)s resources."),
    "curricula.unit_unknown": _("This version has no unit “%(unit)s”."),
    "curricula.outcome_unknown": _("“%(outcome)s” is not in this version any more. Load the page anew."),
    "curricula.outcome_twice": _("The outcome “%(key)s” stands in this unit twice."),
    "curricula.prerequisite_unknown": _("“%(unit)s” needs “%(wanted)s”, which is not in the library."),
    "curricula.prerequisites_circle": _(
        "These units need each other in a circle: %(circle)s. Take one link out."
    ),
    "curricula.not_one_of": _("“%(given)s” is not one of the words that are known here."),
    "curricula.strength_out_of_range": _(
        "The strength of “%(skill)s” lies between 1 and 100, not at %(given)s."
    ),
    "curricula.link_unclear": _("“%(given)s” is no address. It begins with https:// or http://."),
    "curricula.resource_without_words": _("Say in a few words what the resource is."),
    # Sheets
    "curricula.sheet_without_units": _(
        "No sheet of this file is called “Units” (单元). Take the template, or name the sheet so."
    ),
    "curricula.sheet_without_rows": _("There is no unit in this file: the rows below the heads are empty."),
    "curricula.column_missing": _("There is no column “%(column)s” in the first row."),
    "curricula.key_missing": _("Give the row a key, so that it can be told from the others."),
    "curricula.key_stands_twice": _("This key stands in %(first)s already."),
    "curricula.hours_unclear": _("Hours are written as 40, 7.5 or 7:30."),
    "curricula.word_unknown": _("This is not known here. Known: %(allowed)s."),
    "curricula.skill_unknown": _("No framework here has a skill “%(skill)s”."),
    "curricula.yes_or_no": _("Write yes or no."),
    "curricula.unit_not_in_sheet": _("This unit does not stand in the sheet of units."),
    "curricula.assessment_not_in_sheet": _("“%(assessment)s” does not stand in the sheet of assessments."),
    # Reviews
    "curricula.nobody_asked": _("Choose at least one person who reviews."),
    "curricula.too_many_asked": _("At most %(most)s people review a version."),
    "curricula.asked_twice": _("Everybody is asked once, for one side."),
    "curricula.asked_not_there": _("%(name)s has no role there today, so cannot be asked for that side."),
    "curricula.not_a_partner": _(
        "No cooperation agreement with %(name)s is in force, so nobody there can be asked."
    ),
    "curricula.due_out_of_range": _("The last day for votes lies between today and %(most)s days from now."),
    "curricula.not_asked": _("Only those who were asked to review vote."),
    "curricula.no_vote": _("Choose: agree, agree with changes, or against."),
    "curricula.review_closed": _("This review is closed."),
    "curricula.review_over": _("Votes were taken until %(due_on)s."),
    "curricula.press_unclear": _("The page is too old for that. Load it anew, then press again."),
    "curricula.about_unknown": _("This version does not have what the remark is about."),
    "curricula.not_reviewed": _("This version is not in review."),
    "curricula.nobody_voted": _("Nobody has voted yet, so nothing can be approved."),
    "curricula.votes_missing": _(
        "Votes still missing: %(count)s. Wait for them, or until %(due_on)s is over."
    ),
    "curricula.gaps_remain": _(
        "Gaps that remain: %(count)s. Close them, or say below why this version may be approved with them."
    ),
    # What a version lacks; computed, never stored.
    "curricula.gap_no_units": _("This version has no units yet."),
    "curricula.gap_no_scheme": _("No evaluation scheme goes with this curriculum."),
    "curricula.gap_hours_over": _("%(stage)s, %(bucket)s: %(minutes)s too many (%(have)s of %(target)s)."),
    "curricula.gap_hours_under": _("%(stage)s, %(bucket)s: %(minutes)s missing (%(have)s of %(target)s)."),
    "curricula.gap_programme_hours": _(
        "%(bucket)s: the hours of the stages come to %(planned)s, the programme asks for %(whole)s."
    ),
    "curricula.gap_over_cap": _("%(bucket)s: %(have)s, and at most %(most)s may count."),
    "curricula.gap_outcome_untaught": _("No unit teaches “%(outcome)s”: give it to a unit, or leave it out."),
    "curricula.gap_outcome_unseen": _("No assessment shows “%(outcome)s”: tick one."),
    "curricula.gap_unit_empty": _("“%(unit)s” leads to no outcome: add one, or take the unit out."),
    "curricula.gap_assessment_empty": _("“%(assessment)s” shows no outcome: tick some, or leave it out."),
    "curricula.gap_needs_missing": _("“%(unit)s” needs “%(wanted)s”, which is not in this version."),
    "curricula.gap_needs_later": _("“%(unit)s” comes before “%(wanted)s”, which it needs."),
    "curricula.gap_circle": _("These units need each other in a circle: %(circle)s."),
}

VERSION_STATES = {
    "draft": pgettext_lazy("a version of a curriculum", "Draft"),
    "in_review": pgettext_lazy("a version of a curriculum", "In review"),
    "approved": pgettext_lazy("a version of a curriculum", "Approved"),
    "active": pgettext_lazy("a version of a curriculum", "In force"),
    "retired": pgettext_lazy("a version of a curriculum", "Retired"),
}

CARD_STATES = {
    "offered": pgettext_lazy("a unit of the library", "Offered"),
    "retired": pgettext_lazy("a unit of the library", "Offered no more"),
}

REVIEW_STATES = {
    "open": pgettext_lazy("a review of a curriculum", "Open"),
    "closed": pgettext_lazy("a review of a curriculum", "Closed"),
}

SIDES = {
    "college": pgettext_lazy("who reviews a curriculum", "College"),
    "enterprise": pgettext_lazy("who reviews a curriculum", "Enterprise"),
    "apprentices": pgettext_lazy("who reviews a curriculum", "Apprentices"),
}

VOTES = {
    "agree": pgettext_lazy("a vote", "Agree"),
    "changes": pgettext_lazy("a vote", "Agree with changes"),
    "against": pgettext_lazy("a vote", "Against"),
}

TRAINERS = {
    "": pgettext_lazy("who teaches a unit", "whoever can"),
    "trainer": pgettext_lazy("who teaches a unit", "college trainer"),
    "skilled_master": pgettext_lazy("who teaches a unit", "skilled master"),
    "enterprise_mentor": pgettext_lazy("who teaches a unit", "enterprise mentor"),
    "entrepreneur": pgettext_lazy("who teaches a unit", "entrepreneur"),
}

PLACES = {
    "workplace": pgettext_lazy("where a unit is learned", "Workplace"),
    "college": pgettext_lazy("where a unit is learned", "College"),
    "online": pgettext_lazy("where a unit is learned", "Online"),
}
