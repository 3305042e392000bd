"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "pairing.not_in_it": _("Only those who are in this pair answer for it."),
    "pairing.kind_unknown": _("Choose a kind of pair."),
    "pairing.nobody": _("Choose who teaches and who learns."),
    "pairing.ends_before_start": _("The last day comes after the first."),
    "pairing.with_oneself": _("Nobody is paired with oneself."),
    "pairing.twice_the_same": _("The same two people stand here twice."),
    "pairing.role_unknown": _(
        "Somebody is responsible or second; a deputy is named later, for certain days."
    ),
    "pairing.needs_apprentice": _("A pair of this kind is about an apprenticeship: choose an apprentice."),
    "pairing.shares_not_whole": _("The shares of those who teach %(name)s come to %(percent)s, not to 100."),
    "pairing.one_responsible": _("Exactly one of those who teach %(name)s is responsible."),
    "pairing.not_mutual": _("Two or three people learn from one another: each teaches once and learns once."),
    "pairing.says_not_what": _("Say for each of them what is taught."),
    "pairing.teacher_full": _(
        "%(name)s may teach %(capacity)s at once and teaches %(load)s on %(on)s. "
        "Choose somebody else, or raise the capacity."
    ),
    "pairing.not_qualified_yet": _("%(name)s is qualified from %(on)s. Let the pair begin then."),
    "pairing.not_qualified": _("The qualification of %(name)s no longer holds from %(on)s. Renew it first."),
    "pairing.qualified_until": _(
        "The qualification of %(name)s no longer holds from %(on)s. End the pair before, or renew the qualification."
    ),
    "pairing.ratio_full": _(
        "%(place)s has room for %(most)s apprentices by its ratio, and has %(load)s on %(on)s."
    ),
    "pairing.has_left": _("The apprenticeship of %(name)s ends on %(on)s: end the pair by then."),
    "pairing.responsible_already": _(
        "Somebody else is responsible for %(name)s on %(on)s. End that pair first, or replace the teacher in it."
    ),
    "pairing.circle": _("This would close a circle: %(way)s."),
    "pairing.no_reason": _("Say why, in at most %(most)s characters."),
    "pairing.outside": _("Choose a day of the pair; it began on %(start)s."),
    "pairing.no_day": _("“%(given)s” is no day of this century. Write it as 2027-08-31."),
    "pairing.no_end": _("This pair has no last day, so there is nothing to renew."),
    "pairing.not_later": _("The pair holds until %(on)s already. Choose a later day."),
    "pairing.not_teaching": _("This person does not teach in the pair now."),
    "pairing.deputy_already": _("%(name)s stands in already from %(on)s."),
    "pairing.capacity_out_of_range": _("Somebody teaches between 0 and %(most)s people at once."),
    "pairing.result_out_of_range": _("A result lies between 0 and %(most)s."),
    "pairing.objection_over": _("Objections were possible until %(on)s. Ask for a change instead."),
    "pairing.no_project": _("Name the project: what the two make together and show at the end."),
    "pairing.only_who_learns": _("Whoever learns in this pair asks for a change in it."),
    "pairing.wish_unknown": _("Choose what should change."),
    "pairing.wish_too_long": _("Say it in at most %(most)s characters."),
    "pairing.wish_open": _(
        "You have asked for a change already. Take that back first, or wait for the answer."
    ),
    "pairing.wish_not_yours": _(
        "This is between whoever asked and the college's office, and not for those who teach in the pair."
    ),
    "pairing.no_answer": _("Write an answer of at most %(most)s characters; whoever asked reads it."),
    "pairing.rule_below_zero": _("Write whole numbers from 0 on; the skilled workers of a ratio from 1 on."),
}

KINDS = {
    "master_apprentice": _("Master and apprentice"),
    "college_tutor": _("College tutor"),
    "layered": _("Chain of masters"),
    "mutual": _("Learning from one another"),
    "red_white": _("Red suit and white smock"),
}

HINTS = {
    "master_apprentice": _("One apprentice, up to three teachers with shares; one of them is responsible."),
    "college_tutor": _("A teacher of the college looks after an apprentice, beside the master."),
    "layered": _("Staff who teach staff: expert, chief technician, senior technician, technician."),
    "mutual": _("Two or three, each of whom teaches one thing and learns another."),
    "red_white": _("A technician and a professional with a project of their own."),
}

ROLES = {
    "responsible": pgettext_lazy("a teacher in a pair", "Responsible"),
    "second": pgettext_lazy("a teacher in a pair", "Second teacher"),
    "deputy": pgettext_lazy("a teacher in a pair", "Deputy"),
}

PAIR_STATES = {
    "proposed": pgettext_lazy("a pair", "Waits for a yes"),
    "active": pgettext_lazy("a pair", "Active"),
    "declined": pgettext_lazy("a pair", "Declined"),
    "withdrawn": pgettext_lazy("a pair", "Withdrawn"),
    "ended": pgettext_lazy("a pair", "Ended"),
    "dissolved": pgettext_lazy("a pair", "Dissolved"),
}

WISHES = {
    "another_teacher": _("Another teacher"),
    "other_times": _("Other times"),
    "talk_first": _("Talk about it first"),
}

WISH_STATES = {
    "asked": pgettext_lazy("a change asked for", "Asked"),
    "seen": pgettext_lazy("a change asked for", "Read"),
    "settled": pgettext_lazy("a change asked for", "Answered"),
    "withdrawn": pgettext_lazy("a change asked for", "Taken back"),
}
