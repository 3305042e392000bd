"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
    "exams.paper_item_used_up": _("“%(item)s” stands in %(limit)s papers already, as many as it may."),
    "exams.paper_enemies": _("“%(first)s” and “%(second)s” may not stand in one paper."),
    "exams.paper_too_long": _("At most %(most)s items stand in one paper."),
    "exams.paper_is_fixed": _("This paper is ready and never changes. Make a new one."),
    "exams.paper_not_ready": _("This paper is not ready, or is used no more."),
    "exams.no_title": _("Give it a title of at most %(most)s characters."),
    "exams.minutes_outside": _("Between 1 and %(most)s minutes."),
    "exams.sitting_too_far": _("A sitting begins within the next %(years)s years."),
    "exams.sitting_in_the_past": _("A sitting begins in the future."),
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
    "exams.not_an_essay": _("Only essays are marked by hand."),
    "exams.not_marked": _("Essays of %(count)s candidates are not marked yet."),
}
REASONS |= {
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
