"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "mentoring.of_the_pair": _(
        "What a pair does together is read by those in it and by whoever looks after pairs."
    ),
    "mentoring.not_in_it": _("Only those who are in this pair do that."),
    "mentoring.graduated": _(
        "This pair has graduated: its page is kept as it was, and nothing changes any more."
    ),
    "mentoring.not_active": _("This pair does not hold, or was dissolved."),
    "mentoring.goal_for_whom": _("Choose somebody who learns in this pair."),
    "mentoring.goal_says_nothing": _(
        "Say in one sentence of at most %(most)s characters what is to be reached."
    ),
    "mentoring.goal_outside": _("Choose a day of the pair: from %(start)s to %(end)s."),
    "mentoring.goal_of_another": _("Choose goals of this pair."),
    "mentoring.teacher_says": _("Whoever teaches says that a goal is reached."),
    "mentoring.learner_objects": _("Whoever is to reach the goal may object."),
    "mentoring.no_words": _("Say it in words, at most %(most)s characters."),
    "mentoring.ahead": _("That day is still to come; today is %(on)s."),
    "mentoring.outside_pair": _("On %(on)s these two were not paired. Choose a day of the pair."),
    "mentoring.other_not_in_it": _(
        "Choose with whom you met: somebody whom you teach or who teaches you here."
    ),
    "mentoring.no_made_id": _("The form is not complete. Open it anew."),
    "mentoring.minutes": _("A meeting takes from 1 to %(most)s minutes."),
    "mentoring.mode_unknown": _("Choose how you met."),
    "mentoring.meeting_says_nothing": _("Say what it was about, in at most %(most)s characters."),
    "mentoring.next_too_long": _("Say in at most %(most)s characters what each does until next time."),
    "mentoring.other_answers": _("The other of the two says whether it was so."),
    "mentoring.too_late": _(
        "It has stood for more than %(days)s days and stays as unconfirmed. If it was not so, correct it."
    ),
    "mentoring.changed_meanwhile": _("Somebody has changed it meanwhile. Read it again, then go on."),
    "mentoring.nothing_changed": _("This says the same as before. Change what was not so."),
    "mentoring.days_out_of_range": _("Meetings are at most %(most)s days apart."),
    "mentoring.percent_out_of_range": _("The halfway talk is due after 10 to 90 percent of the days."),
    "mentoring.answer_all": _("Answer every question on one of the five steps."),
    "mentoring.answer_too_long": _("Say it in at most %(most)s characters for each question."),
    "mentoring.answered_already": _("You have answered already; answers are not changed any more."),
    "mentoring.not_shown_yet": _(
        "The answers lie side by side once everybody has answered, or a week after the first."
    ),
    "mentoring.talk_settled": _("No halfway talk is open in this pair."),
    "mentoring.talk_not_yet": _("The questions can be answered from %(on)s on."),
    "mentoring.no_steps": _("Write down what you agreed, in at most %(most)s characters."),
    "mentoring.no_title": _("Give it a title of at most %(most)s characters."),
    "mentoring.words_too_long": _("Describe it in at most %(most)s characters."),
    "mentoring.too_many_files": _("At most %(most)s photos and files stand with it."),
    "mentoring.no_audience": _("Say to whom it was shown, in at most %(most)s characters."),
    "mentoring.not_ending": _(
        "A pair graduates when it has ended, or within %(days)s days before its planned end."
    ),
    "mentoring.lacks_goals_settled": _(
        "Some goals are open. Say first that they are reached, or drop them with a word why."
    ),
    "mentoring.lacks_goals_both": _("In this pair each side has a goal, and one side has none."),
    "mentoring.lacks_talk": _("The halfway talk is not closed. Close it, or waive it with a reason."),
    "mentoring.lacks_product": _("The product has not been shown yet."),
    "mentoring.clause_lacks": _("Write every clause in both languages, each in at most %(most)s characters."),
}

MODES = {
    "bench": pgettext_lazy("how people met", "At the bench"),
    "office": pgettext_lazy("how people met", "In the office"),
    "online": pgettext_lazy("how people met", "Online"),
    "phone": pgettext_lazy("how people met", "By phone"),
}

GOAL_STATES = {
    "open": pgettext_lazy("a goal of a pair", "Open"),
    "reached": pgettext_lazy("a goal of a pair", "Reached"),
    "dropped": pgettext_lazy("a goal of a pair", "Dropped"),
}

MEETING_STATES = {
    "written": pgettext_lazy("a meeting", "To confirm"),
    "confirmed": pgettext_lazy("a meeting", "Confirmed"),
    "unconfirmed": pgettext_lazy("a meeting", "Unconfirmed"),
}

TALK_STATES = {
    "open": pgettext_lazy("a halfway talk", "Under way"),
    "closed": pgettext_lazy("a halfway talk", "Held"),
    "waived": pgettext_lazy("a halfway talk", "Waived"),
}

AGREEMENT_STATES = {
    "awaiting": pgettext_lazy("an agreement of a pair", "To sign"),
    "signed": pgettext_lazy("an agreement of a pair", "Signed"),
    "replaced": pgettext_lazy("an agreement of a pair", "Replaced"),
}

RHYTHMS = {
    "in_time": pgettext_lazy("meetings of a pair", "In time"),
    "late": pgettext_lazy("meetings of a pair", "Overdue"),
    "never": pgettext_lazy("meetings of a pair", "Never met"),
}

CHECKS = {
    "goals_settled": _("Every goal is reached, or dropped with a reason"),
    "goals_both": _("Each side has a goal"),
    "talk": _("The halfway talk was held, or waived with a reason"),
    "product": _("The product was shown"),
}

MARKS = {
    1: pgettext_lazy("a step of five", "Not at all"),
    2: pgettext_lazy("a step of five", "Rather not"),
    3: pgettext_lazy("a step of five", "So-so"),
    4: pgettext_lazy("a step of five", "Rather yes"),
    5: pgettext_lazy("a step of five", "Fully"),
}

PARTIES = {
    **{
        f"master_{n}": pgettext_lazy("of an agreement of a pair", "Who teaches in the pair")
        for n in range(1, 10)
    },
    **{
        f"learner_{n}": pgettext_lazy("of an agreement of a pair", "Who learns in the pair")
        for n in range(1, 10)
    },
    **{f"partner_{n}": pgettext_lazy("of an agreement of a pair", "Partner") for n in range(1, 10)},
    "pair_office": pgettext_lazy("of an agreement of a pair", "The office that looks after the pair"),
}
