"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "appraisals.parts_unknown": _("The five parts of an appraisal stand in their order, each once."),
    "appraisals.weights_not_100": _("The weights come to %(sum)s. Let them come to exactly 100."),
    "appraisals.least_out_of_range": _("The fewest that say something lie between 1 and %(most)s."),
    "appraisals.voices_too_few": _(
        "Of fewer than %(least)s voices nothing is shown, so that nobody can be recognised."
    ),
    "appraisals.scale_does_not_rise": _(
        "A scale needs two points at least, each further than the one before."
    ),
    "appraisals.bands_have_gaps": _(
        "Bands begin at 0 and rise; there are at most %(most)s, and each begins below 100."
    ),
    "appraisals.band_without_name": _(
        "Give each band a name in both languages, of at most %(most)s characters."
    ),
    "appraisals.number_out_of_range": _("A period is half a year or a year; a share lies between 0 and 100."),
    "appraisals.days_out_of_range": _("Days are whole numbers from 1 to %(most)s."),
    "appraisals.valid_before_newest": _(
        "The newest version holds from %(on)s. Choose that day or a later one."
    ),
    "appraisals.period_not_over": _("This period goes on until %(on)s. Open its round when it is over."),
    "appraisals.round_already": _(
        "There is a round for this period already. Open a later version of it instead."
    ),
    "appraisals.not_draft": _("This round is not a draft any more."),
    "appraisals.not_computing": _("It is too late to cancel: the computation has ended."),
    "appraisals.not_computed": _("Compute the round first, and look at it."),
    "appraisals.not_shown": _("This round is not with its trainers now."),
    "appraisals.not_shown_yet": _("Your appraisal is not ready yet."),
    "appraisals.shown_already": _(
        "This round was shown to its trainers, so it stays. Open a later version instead."
    ),
    "appraisals.later_version": _("There is a later version of this round; go on with that one."),
    "appraisals.no_later_version": _("No later version was shown yet."),
    "appraisals.computed_it_oneself": _(
        "You computed this round, so somebody else of your office publishes it."
    ),
    "appraisals.hearing_open": _("The trainers may contest until %(on)s. Publish after that day."),
    "appraisals.contests_open": _("%(count)s contests are not answered. Answer them first."),
    "appraisals.to_correct": _("%(count)s contests were upheld. Open a later version, which takes them in."),
    "appraisals.nobody_taught": _(
        "Nobody taught an apprentice here in this period. Look at the pairs first, then compute again."
    ),
    "appraisals.failed": _(
        "The computation broke off. Nothing was kept; whoever looks after the site sees why."
    ),
    "appraisals.without_role": _(
        "Whoever asked for this has no role here any more. Compute it again under your own name."
    ),
    "appraisals.voices_asked_already": _("The apprentices of this round were asked already."),
    "appraisals.nobody_to_ask": _(
        "Nobody who learns now was taught in this period, so there is nobody to ask."
    ),
    "appraisals.voices_open": _("Apprentices answer until %(on)s. Compute after that day."),
    "appraisals.voices_over": _("The time for answers is over. Thank you all the same."),
    "appraisals.voice_not_whole": _("Choose one step for each of the three questions."),
    "appraisals.voice_not_yours": _("This question was put to somebody else."),
    "appraisals.contest_not_yours": _("Only whoever is appraised can contest an appraisal."),
    "appraisals.contest_too_late": _("It could be contested until %(on)s. Speak to your office."),
    "appraisals.contest_of_nothing": _("Choose what you contest: the whole, a part, or a line of progress."),
    "appraisals.contest_already": _("You have contested this already; the answer stands beside it."),
    "appraisals.contest_ended": _("This contest has ended; its answer stands beside it."),
    "appraisals.contest_own": _("This contest is your own, so somebody else answers it."),
    "appraisals.contest_own_round": _(
        "You computed or published this round, so somebody else of your office answers the contest."
    ),
    "appraisals.remedy_does_not_fit": _("Choose what changes: it has to fit what is contested."),
    "appraisals.no_words": _("Say why, in at most %(most)s characters."),
}

PARTS = {
    "progress": pgettext_lazy("part of an appraisal", "Progress of the apprentices"),
    "verification": pgettext_lazy("part of an appraisal", "Care in confirming"),
    "response": pgettext_lazy("part of an appraisal", "Time to an answer"),
    "continuity": pgettext_lazy("part of an appraisal", "Continuity"),
    "voice": pgettext_lazy("part of an appraisal", "The apprentices' voice"),
}

HINTS = {
    "progress": _("How far decided results lie beyond what start, stage and programme predict, in points."),
    "verification": _(
        "Percent of confirmed log entries that were sent back or remarked on first; talks by others that held "
        "count too."
    ),
    "response": _(
        "Days from an entry handed in to its answer, on the average; unanswered ones count with their wait."
    ),
    "continuity": _(
        "Percent of the planned days on which no deputy had to stand in. A pair that ended plans no days."
    ),
    "voice": _("Three questions of five steps, without names; shown from five voices on."),
}

UNITS = {
    "progress": pgettext_lazy("what is counted", "apprentices"),
    "verification": pgettext_lazy("what is counted", "entries"),
    "response": pgettext_lazy("what is counted", "entries"),
    "continuity": pgettext_lazy("what is counted", "days"),
    "voice": pgettext_lazy("what is counted", "voices"),
}

QUESTIONS = {
    "shows": _("Shows me how it is done, and why"),
    "helps": _("Is there when I need help"),
    "respects": _("Treats me with respect"),
}

STEPS = {
    1: pgettext_lazy("a step of an answer", "never"),
    2: pgettext_lazy("a step of an answer", "seldom"),
    3: pgettext_lazy("a step of an answer", "sometimes"),
    4: pgettext_lazy("a step of an answer", "often"),
    5: pgettext_lazy("a step of an answer", "always"),
}

ROUND_STATES = {
    "draft": pgettext_lazy("a round of appraisals", "Draft"),
    "computing": pgettext_lazy("a round of appraisals", "Being computed"),
    "computed": pgettext_lazy("a round of appraisals", "Computed"),
    "hearing": pgettext_lazy("a round of appraisals", "With the trainers"),
    "published": pgettext_lazy("a round of appraisals", "Published"),
    "replaced": pgettext_lazy("a round of appraisals", "Replaced"),
    "dropped": pgettext_lazy("a round of appraisals", "Put away"),
}

CONTEST_STATES = {
    "open": pgettext_lazy("a contest of an appraisal", "Waits for an answer"),
    "upheld": pgettext_lazy("a contest of an appraisal", "Upheld"),
    "rejected": pgettext_lazy("a contest of an appraisal", "Rejected"),
    "withdrawn": pgettext_lazy("a contest of an appraisal", "Taken back"),
}

REMEDIES = {
    "line_out": _("This line counts no longer"),
    "part_out": _("This part counts no longer for this trainer"),
    "again": _("The record was mended: compute again"),
}

WHYS = {
    "too_few_apprentices": _("too few apprentices to say anything"),
    "nobody_to_compare": _("nobody else teaches the same stage or programme"),
    "nothing_between_trainers": _("the apprentices' results differ no more between trainers than by chance"),
    "no_variation": _("everybody reached what was expected"),
    "too_few_trainers": _("too few trainers to compare with"),
    "too_few_cases": _("too few results to say anything"),
    "not_separable": _("trainer and chance cannot be told apart"),
    "no_cases": _("no result was decided in this period"),
    "too_few": _("not enough to say anything"),
    "nothing_counted": _("nothing was recorded"),
    "not_measured": _("nothing was recorded"),
    "corrected": _("left out after a contest"),
    "part_missing": _("a part that is needed has no figure"),
    "too_little_measured": _("too little of the weight has a figure"),
}

LEFT_OUT = {
    "no_decided_result": _("no result was decided in the period"),
    "no_total": _("the result is a grade and no number"),
    "outside_scale": _("the result lies outside 0 to 100"),
    "mostly_untaught": _("nobody taught for most of the stage"),
    "corrected": _("left out after a contest"),
}
