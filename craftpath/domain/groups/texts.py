"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "groups.form_used": _("This form was sent for something else already. Open the page again."),
    "groups.choice_unknown": _("Choose one of the list."),
    "groups.not_of_class": _("Whoever learns together is of one class. Choose people of that class."),
    "groups.not_inside": _("Only members of the group can do this."),
    "groups.not_asked": _("You are not invited to this group, or the invitation has been taken back."),
    "groups.closed": _("This group takes members by invitation. Ask somebody in it."),
    "groups.full": _("The group is full: at most %(most)s learn together here."),
    "groups.over": _("This group has ended."),
    "groups.too_many": _("You are in %(most)s groups already. Leave or end one first."),
    "groups.no_goal": _("Say in one sentence what the group is for, in at most %(most)s characters."),
    "groups.until_unclear": _("The last day lies between today and a year from now."),
    "groups.rhythm_unclear": _("A group meets every one to four weeks, for 15 minutes to 4 hours."),
    "groups.not_host": _("The host of this session or a trainer ticks who was there."),
    "groups.session_not_over": _("Tick who was there once the session has begun."),
    "groups.session_settled": _("Somebody has objected to this list: settle that instead."),
    "groups.say_what": _("Say in one line what was done, in at most %(most)s characters."),
    "groups.say_why": _("Say why, in at most %(most)s characters."),
    "groups.no_turn": _("The turns have changed meanwhile. Look at the rota, then ask again."),
    "groups.not_your_swap": _("Only whoever was asked answers this."),
    "groups.not_yours": _("Only whoever it is about can do this."),
    "groups.too_long": _("At most %(most)s characters fit."),
    "groups.notes_unknown": _(
        "These notes were never like that. Open the page again; copy your text before."
    ),
    "groups.too_many_tasks": _("At most %(most)s tasks fit. Finish or drop some first."),
    "groups.no_result": _("Say in a sentence or two what came out."),
    "groups.signs_missing": _(
        "Members still sign: %(missing)s. You can confirm once all have, or %(days)s days after the end."
    ),
    "groups.own_result": _("Nobody confirms the result of their own group."),
    "groups.nothing_such": _("The record of this group does not say so: look at the list again."),
    "groups.rule_makes_no_sense": _(
        "A group has between 2 and 20 people, the fewest not more than the most."
    ),
    "groups.too_many_topics": _("At most %(most)s of each fit. Choose what matters most."),
    "groups.learns_nowhere": _("You learn in no class here, so there is nobody to learn with."),
}

STATES = {
    "alive": pgettext_lazy("a study group", "meets"),
    "ended": pgettext_lazy("a study group", "result to be read"),
    "confirmed": pgettext_lazy("a study group", "ended, confirmed"),
    "dissolved": pgettext_lazy("a study group", "dissolved"),
}

MOVES = {
    "invite": pgettext_lazy("a member", "invited"),
    "ask": pgettext_lazy("a member", "asked to join"),
    "accept": pgettext_lazy("a member", "came in"),
    "decline": pgettext_lazy("a member", "stays out"),
    "leave": pgettext_lazy("a member", "left"),
    "add": pgettext_lazy("a task", "added"),
    "finish": pgettext_lazy("a task", "done"),
    "reopen": pgettext_lazy("a task", "taken up again"),
    "drop": pgettext_lazy("a task", "dropped"),
}

ROLES = {
    "host": pgettext_lazy("a turn", "hosts"),
    "brings": pgettext_lazy("a turn", "brings the exercise"),
}

SWAPS = {
    "asked": pgettext_lazy("a swap", "asked"),
    "agreed": pgettext_lazy("a swap", "agreed"),
    "refused": pgettext_lazy("a swap", "refused"),
}

REACHED = {
    "yes": pgettext_lazy("goal reached", "Yes"),
    "partly": pgettext_lazy("goal reached", "Partly"),
    "no": pgettext_lazy("goal reached", "Not yet"),
}

WEEKDAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip

KINDS = {
    "offers": pgettext_lazy("of a skill", "I can show others"),
    "wants": pgettext_lazy("of a skill", "I want to learn"),
}

CONTRIBUTIONS = {
    "led": pgettext_lazy("a contribution", "Sessions led: %(count)s"),
    "brought": pgettext_lazy("a contribution", "Exercises brought: %(count)s"),
    "attended": pgettext_lazy("a contribution", "Was there: %(count)s of %(out_of)s"),
    "notes": pgettext_lazy("a contribution", "Kept the notes: %(count)s times"),
    "tasks": pgettext_lazy("a contribution", "Tasks done: %(count)s"),
}
