"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.domain.exams.blueprint_texts import REFUSALS, TYPED

FAULTS = {
    "exams.stem_missing": _("Write what is asked, in Chinese or in English."),
    "exams.text_too_long": _("At most %(most)s characters fit here. Nothing was cut."),
    "exams.points_outside": _(
        "Points are more than 0 and at most %(most)s, with two decimal places at most."
    ),
    "exams.rule_of_another_kind": _("This way of counting does not fit this kind of item."),
    "exams.too_few_rows": _("At least %(least)s are needed here."),
    "exams.too_many_rows": _("At most %(most)s fit here."),
    "exams.keys_unclear": _("Each needs a key of its own, such as a, b, c."),
    "exams.row_empty": _("Number %(number)s is empty. Fill it in or take it out."),
    "exams.key_unknown": _("The answer names %(keys)s, which does not stand among them."),
    "exams.one_right_only": _("Only one can be right here. For several, choose “several right answers”."),
    "exams.not_a_number": _("“%(given)s” is not a number."),
    "exams.tolerance_wrong": _("“%(given)s” is not a tolerance: write a number from 0 on."),
    "exams.gaps_disagree": _("The text shows %(gaps)s blanks, and there are answers for %(blanks)s."),
    "exams.too_many_variants": _("At most %(most)s variants, and none longer than a few lines."),
    "exams.order_incomplete": _("The right order must name every entry once."),
    "exams.picture_missing": _("Choose a picture first."),
    "exams.region_outside": _(
        "Area %(number)s does not lie in the picture (%(width)s × %(height)s points), or its figures cannot be read."
    ),
    "exams.lines_outside": _("Between 0 and %(most)s lines."),
}

REASONS = FAULTS | {
    "exams.item_is_retired": _("This item is retired. Restore it first; it is a draft then."),
    "exams.cannot_release": _("Only a draft can be released."),
    "exams.cannot_retire": _("This item is retired already."),
    "exams.cannot_restore": _("Only a retired item can be restored."),
    "exams.release_without_key": _("It does not say yet what is right. Add the answer, then release it."),
    "exams.ready_needs_key": _(
        "This item is in use, so it must say what is right. Add the answer, or retire it."
    ),
    "exams.item_moved": _(
        "Somebody else has written version %(version)s since you opened this page. All that you typed is still here: "
        "look at theirs, then save again to put yours after it."
    ),
    "exams.kind_is_fixed": _("The kind of an item never changes. Write a new item of the other kind."),
    "exams.picture_unknown": _("A picture that the text names is not in this bank. Add it again."),
    "exams.stimulus_unknown": _("The shared text that was chosen is not in this bank."),
    "exams.too_many_at_once": _("At most %(most)s items at once. Take in the first ones, then the others."),
    "exams.outcome_unknown": _("One of the outcomes is not known here. Reload the page and choose again."),
    "exams.skill_unknown": _("One of the core skills is not known here. Reload the page and choose again."),
    "exams.enemy_unknown": _("“%(given)s” is no item of this bank. Copy the number from its page."),
    "exams.expected_p_outside": _("The expected share lies between 0 and 1, such as 0.65."),
    "exams.picture_too_large": _(
        "%(name)s has %(megabytes)s MB. A picture may have %(limit)s MB; make it smaller."
    ),
    "exams.nothing_chosen": _("Choose at least one item."),
}

REASONS |= {
    "exams.paper_no_items": _("Choose at least one item for the paper."),
    "exams.paper_item_not_ready": _("“%(item)s” is not released; only released items stand in a paper."),
    "exams.paper_item_for_practice": _(
        "“%(item)s” is open to practice, so it stands in no paper. Keep it back first."
    ),
    "exams.open_unreleased": _("Only a released item is opened to practice."),
    "exams.open_essay": _("An essay needs somebody who marks it, so it is not practised here."),
    "exams.open_secret": _(
        "It stands in a paper that is in use. Put the paper away first, or choose another item."
    ),
    "exams.paper_item_used_up": _("“%(item)s” stands in %(limit)s papers already, as many as it may."),
    "exams.paper_enemies": _("“%(first)s” and “%(second)s” may not stand in one paper."),
    "exams.paper_too_long": _("At most %(most)s items stand in one paper."),
    "exams.paper_is_fixed": _("This paper is ready and never changes. Make a new one."),
    "exams.paper_not_ready": _("This paper is not ready, or is used no more."),
    "exams.no_title": _("Give it a title of at most %(most)s characters."),
    "exams.minutes_outside": _("Between 1 and %(most)s minutes."),
    "exams.sitting_too_far": _("A sitting begins within the next %(years)s years."),
    "exams.sitting_in_the_past": _("A sitting begins in the future."),
    "exams.no_file_here": _("No file belongs to this question."),
    "exams.too_many_files": _("Beside one answer stand %(most)s files at most. Take one back first."),
    "exams.too_many_forms": _("A sitting has %(most)s forms at most."),
    "exams.sitting_nobody": _("Nobody of this cohort is active."),
    "exams.sitting_not_planned": _(
        "This sitting is under way or over; nothing of its plan changes any more."
    ),
    "exams.sitting_not_closed": _("Close the sitting first."),
    "exams.no_reason": _("Say why, in at most %(most)s characters."),
    "exams.code_unknown": _("This code opens no examination. Compare it with your slip, letter by letter."),
    "exams.not_begun": _("The examination has not been opened yet. Wait for the invigilator’s word."),
    "exams.begun_too_late": _(
        "Nobody may begin any more: %(minutes)s minutes after the start the doors close."
    ),
    "exams.is_closed": _("This examination is over."),
    "exams.handed_in_already": _("This paper is handed in; nothing of it changes any more."),
    "exams.after_the_bell": _("Time is up. What was saved before the bell counts."),
    "exams.elsewhere": _(
        "This examination goes on on another device, where the code was entered last. Nothing that you wrote is lost."
    ),
    "exams.line_unknown": _("This question does not stand on your paper."),
    "exams.answer_too_long": _("This answer is too long to be saved: at most %(most)s characters."),
    "exams.essay_points": _("Give between 0 and %(most)s points, with at most two decimals."),
    "exams.essay_own": _("Nobody marks an own essay."),
    "exams.essay_enough": _("%(count)s have marked this essay already."),
    "exams.not_an_essay": _("Only essays that were written are marked by hand."),
    "exams.essay_decided": _("This essay is settled by a moderator’s decision; no further mark is needed."),
    "exams.essay_published": _(
        "The marks stand in the results, so yours changes no more. Tell the coordinator, who can settle the essay."
    ),
    "exams.essay_moderator": _(
        "You have opened the marks of this sitting and see what others gave. Somebody else marks its essays."
    ),
    "exams.essay_plan_unknown": _("Choose by how many essays are marked, and what a third marker does."),
    "exams.essay_sample_outside": _("A second marks between 1 and %(most)s percent of the essays."),
    "exams.essay_gap_outside": _(
        "Two marks may lie between 0 and %(most)s apart, with at most two decimals."
    ),
    "exams.essay_not_twice": _("Only an essay with two marks is settled by a decision."),
    "exams.not_moderator": _("Only a person opens the marks."),
    "exams.marks_not_opened": _("Open the marks of this sitting first."),
    "exams.nothing_to_return": _("No mark of this person holds here, so nothing was sent back."),
    "exams.not_marked": _("Essays of %(count)s candidates are not marked yet."),
}
THIRDS = {
    "nearer": _("the two marks that lie nearest count, by their mean"),
    "alone": _("the third mark decides"),
    "median": _("the middle one of the three counts"),
}
REASONS |= {
    "exams.study_method_unknown": _("Choose how judges give their values."),
    "exams.study_rounds_outside": _("Between 1 and %(most)s rounds."),
    "exams.study_no_candidate": _(
        "Describe the just-competent candidate, in at most %(most)s characters: all judges think of the same one."
    ),
    "exams.study_is_over": _("This study is over; nobody is asked any more."),
    "exams.judges_too_few": _("At least %(least)s judges are needed before a round begins."),
    "exams.judges_too_many": _("At most %(most)s judges fit into a study."),
    "exams.judge_other": _("Only the judge who is asked gives these values."),
    "exams.judge_is_excused": _("You are excused from this study; there is nothing to estimate."),
    "exams.round_is_closed": _(
        "Round %(number)s is closed; nothing of it changes any more. What you gave before counts."
    ),
    "exams.round_due_outside": _("Choose a day from today on, within a year."),
    "exams.rounds_used_up": _("At most %(most)s rounds; propose what the last one came to."),
    "exams.value_outside": _("A value lies between 0 and 100, in steps of %(step)s."),
    "exams.value_yes_or_no": _("Choose yes or no."),
    "exams.sitting_of_another_paper": _(
        "Only a closed sitting of this paper shows how hard its questions were."
    ),
    "exams.no_cut_yet": _(
        "No judge has a value for every question in the last round, so there is no cut score."
    ),
    "exams.no_body": _("Name the body that adopts the cut score, in at most %(most)s characters."),
    "exams.cut_outside": _("The cut score lies above 0 and at most at %(full)s points."),
    "exams.cut_differs": _(
        "The judges came to %(computed)s points. Say in at most %(most)s characters why another figure is adopted."
    ),
    "exams.adopted_in_the_future": _("A cut score is recorded on the day of the decision or later."),
}
REASONS |= REFUSALS
BLUEPRINT_FAULTS = TYPED | {
    "exams.points_outside": FAULTS["exams.points_outside"],
    "exams.too_many_rows": FAULTS["exams.too_many_rows"],
}
REASONS |= BLUEPRINT_FAULTS
ASSEMBLY_STATES = {
    "asked": pgettext_lazy("forms of a paper", "being put together"),
    "done": pgettext_lazy("forms of a paper", "to look at"),
    "impossible": pgettext_lazy("forms of a paper", "impossible"),
    "refused": pgettext_lazy("forms of a paper", "not put together"),
    "cancelled": pgettext_lazy("forms of a paper", "taken back"),
    "taken": pgettext_lazy("forms of a paper", "papers made"),
}
REASONS |= {
    "exams.sitting_on_paper": _("This sitting is held on paper; nobody goes to a device."),
    "exams.no_codes_on_paper": _("This sitting is held on paper; nobody needs a code."),
    "exams.goes_on_on_paper": _(
        "You go on on paper now. What was saved here stays; ask the invigilator for your answer sheet."
    ),
    "exams.not_on_paper": _("This candidate answers on a device; there is no sheet to key."),
    "exams.key_own": _("Nobody keys an own answer sheet."),
    "exams.key_other_person": _(
        "You have keyed this sheet. Somebody else keys it the second time, without seeing yours."
    ),
    "exams.keyed_by_others": _("Two others key this sheet, or have keyed it. Take the next one."),
    "exams.sheet_keyed_twice": _(
        "This sheet is keyed twice. What differs is decided by looking at the sheet again."
    ),
    "exams.sheet_stands": _("The answers of this sheet stand; nothing is keyed any more."),
    "exams.sheet_not_twice": _("This sheet was not keyed twice yet."),
    "exams.sheet_incomplete": _(
        "Not keyed yet: question %(questions)s. Type a full stop where nothing stands on the sheet."
    ),
    "exams.sheet_unknown": _(
        "“%(given)s” is neither a code nor a number of this sitting. Compare it with the sheet; "
        "it may belong to another sitting."
    ),
    "exams.sheets_missing": _(
        "Answer sheets that are not keyed and settled yet: %(count)s. Only then is the sitting complete."
    ),
    "exams.was_here": _("This candidate had begun on a device, so nobody can be absent here."),
    "exams.settle_who": _("Say first whether the candidate came."),
    "exams.settle_missing": _("Say what stands on the sheet: question %(questions)s."),
    "exams.key_no_question": _("Question %(question)s does not stand on this form."),
    "exams.key_no_such": _("Question %(question)s has no “%(given)s”; the last one is %(last)s."),
    "exams.key_one_only": _(
        "Question %(question)s takes one answer. If two are marked and none is crossed out, type a full stop."
    ),
    "exams.key_twice": _(
        "In question %(question)s one letter stands twice. If the sheet says so, type a full stop."
    ),
    "exams.key_yes_or_no": _("Question %(question)s: “%(given)s” is neither yes nor no."),
    "exams.key_apart": _("Question %(question)s: put a space between the numbers."),
    "exams.key_too_many": _("Question %(question)s has only %(most)s places."),
    "exams.key_too_long": _("Question %(question)s takes at most %(most)s characters."),
}
REASONS |= {
    "exams.watches_elsewhere": _("%(name)s watches over “%(title)s” at that time. Choose somebody else."),
    "exams.cannot_watch": _(
        "Invigilators are staff who may hold examinations here, and do not sit this one."
    ),
    "exams.too_many_watch": _("At most %(most)s people watch over a sitting."),
    "exams.sits_elsewhere": _(
        "%(names)s would sit in two examinations at once: “%(title)s” is at that time, too. Choose another time."
    ),
    "exams.terms_are_fixed": _("The marks are published, so the terms stay as candidates know them."),
    "exams.terms_outside": _(
        "The pass mark lies between 0 and 100 percent, there are at most 9 re-sits, and at most 365 days for an appeal."
    ),
    "exams.candidate_of_another": _("Only somebody who is active in this cohort can be added."),
    "exams.candidate_already": _("This candidate is on the list already."),
    "exams.candidate_has_begun": _("Whoever has begun stays on the list. Close the sitting instead."),
    "exams.candidate_was_there": _("This candidate was there, so there is no absence to excuse."),
    "exams.resit_before_results": _(
        "Publish the marks of the first sitting; then it is known who may sit again."
    ),
    "exams.resit_nobody": _("Choose at least one candidate for the re-sit."),
    "exams.resit_nothing_before": _("Only somebody with a result of the first sitting sits again."),
    "exams.resit_no_more": _("%(name)s has used up all re-sits: %(most)s at most."),
    "exams.resit_no_passed": _("%(name)s has passed and does not sit again."),
    "exams.resit_no_excused": _(
        "%(name)s was absent; by the terms of this sitting only those who failed sit again."
    ),
    "exams.resit_no_absent": _(
        "%(name)s was absent without a reason; the terms let nobody sit again for that."
    ),
    "exams.resit_no_coming": _("%(name)s is on the list of a re-sit already, or waits for its result."),
    "exams.resit_no_active": _("%(name)s is not active in the cohort any more."),
    "exams.appeal_nothing_marked": _("There is no published result yet against which one could appeal."),
    "exams.appeal_already": _("You have appealed already. One appeal names everything that is in question."),
    "exams.appeal_never": _(
        "For this sitting there is no appeal against the marking. The decided result can be contested."
    ),
    "exams.appeal_too_late": _(
        "The last day for an appeal was %(last)s. The decided result can still be contested."
    ),
    "exams.appeal_not_yours": _("Only the candidate appeals, and takes the appeal back."),
    "exams.appeal_no_question": _("Choose at least one question of your paper."),
    "exams.appeal_words": _("Say why, in at most %(most)s characters. Nothing that you wrote is lost."),
    "exams.appeal_by_somebody": _("A person looks at appeals, not the program."),
    "exams.appeal_own": _("Nobody judges the own appeal."),
    "exams.appeal_marked_before": _(
        "You have marked these answers already, so somebody else looks at them now."
    ),
    "exams.appeal_points_missing": _("Give points for every question in question."),
}
PAPER_STATES = {
    "draft": pgettext_lazy("a paper", "draft"),
    "ready": pgettext_lazy("a paper", "ready"),
    "shelved": pgettext_lazy("a paper", "put away"),
}
SITTING_STATES = {
    "planned": pgettext_lazy("a sitting", "planned"),
    "open": pgettext_lazy("a sitting", "under way"),
    "closed": pgettext_lazy("a sitting", "over"),
    "cancelled": pgettext_lazy("a sitting", "cancelled"),
}
STUDY_STATES = {
    "planned": pgettext_lazy("a standard setting", "planned"),
    "open": pgettext_lazy("a standard setting", "round open"),
    "between": pgettext_lazy("a standard setting", "round closed"),
    "proposed": pgettext_lazy("a standard setting", "proposed"),
    "adopted": pgettext_lazy("a standard setting", "adopted"),
    "withdrawn": pgettext_lazy("a standard setting", "withdrawn"),
}
STUDY_METHODS = {
    "percent": _("percent, in steps of 5 (Angoff)"),
    "yes_no": _("yes or no (Angoff, yes/no)"),
}
APPEAL_STATES = {
    "lodged": pgettext_lazy("an appeal", "waits for a second opinion"),
    "assessed": pgettext_lazy("an appeal", "waits for the decision"),
    "upheld": pgettext_lazy("an appeal", "the marking stands"),
    "changed": pgettext_lazy("an appeal", "points changed"),
    "rejected": pgettext_lazy("an appeal", "not admitted"),
    "withdrawn": pgettext_lazy("an appeal", "withdrawn"),
}
SITS_AGAIN = {
    "failed": _("whoever is below the pass mark"),
    "excused": _("also whoever was absent with a reason"),
    "absent": _("also whoever was absent without a reason"),
}
COUNTS = {
    "best": _("the best attempt"),
    "last": _("the last attempt"),
    "capped": _("the best, a re-sit with the pass mark at most"),
}
WHY_AGAIN = {
    "below": _("below the pass mark"),
    "excused": _("absent with a reason"),
    "absent": _("absent without a reason"),
    "no_passed": _("passed"),
    "no_excused": _("absent with a reason: not by these terms"),
    "no_absent": _("absent without a reason: not by these terms"),
    "no_more": _("no re-sit left"),
    "no_coming": _("a re-sit is planned or not published yet"),
    "no_active": _("not active any more"),
}

KINDS = {
    "single": _("one right answer"),
    "multiple": _("several right answers"),
    "true_false": _("true or false"),
    "numeric": _("number"),
    "short": _("short text"),
    "matching": _("matching"),
    "ordering": _("ordering"),
    "hotspot": _("place in a picture"),
    "essay": _("essay or file"),
}

RULES = {
    "all": _("only a wholly right answer has points"),
    "each": _("each part has its share"),
    "no_wrong": _("each right choice has its share; one wrong choice loses all"),
    "half": _("half of the points if something is missing and nothing is wrong"),
}
RULES_OF_SETS = RULES | {"each": _("each right choice has its share, each wrong one takes a share away")}

STATES = {
    "draft": pgettext_lazy("an item of an exam", "draft"),
    "ready": pgettext_lazy("an item of an exam", "ready"),
    "retired": pgettext_lazy("an item of an exam", "retired"),
}

DIFFICULTIES = {
    "easy": pgettext_lazy("an item of an exam", "easy"),
    "medium": pgettext_lazy("an item of an exam", "medium"),
    "hard": pgettext_lazy("an item of an exam", "hard"),
}

OUTCOMES = {
    "all_right": _("All of it is right."),
    "nothing_given": _("Nothing was answered."),
    "each_counts": _("Each part counts for itself."),
    "something_wrong": _("Something is wrong, so it has no points."),
    "something_missing": _("Something is missing, so it has no points."),
    "half_for_less": _("Nothing is wrong, but something is missing: half of the points."),
    "share_for_less": _("Nothing is wrong, but something is missing: the share of what is there."),
    "within": _("Within the tolerance."),
    "outside": _("Outside the tolerance."),
    "no_number": _("This cannot be read as a number."),
}
