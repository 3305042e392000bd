"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "accreditation.not_writable": _("This registration lies with the city and cannot be changed now."),
    "accreditation.no_such_city": _("This city keeps no register here."),
    "accreditation.code_wrong": _(
        "The last sign does not fit the others: look for a slip in the unified social credit code."
    ),
    "accreditation.code_taken": _("An enterprise with this code is registered in this city already."),
    "accreditation.lines_missing": _("%(count)s parts of the form say too little yet. They are marked."),
    "accreditation.no_words": _("Say why, in a few words."),
    "accreditation.too_many_words": _("At most %(most)s characters fit here."),
    "accreditation.not_submitted": _("The enterprise has not submitted this, or it was decided already."),
    "accreditation.nothing_asked": _("Ask something about at least one line before you give it back."),
    "accreditation.lines_open": _("%(count)s lines are not accepted yet."),
    "accreditation.not_visited": _(
        "The last visit has not found the enterprise fit, or there was none. Note a visit first."
    ),
    "accreditation.visit_ahead": _("A visit is noted once it has taken place."),
    "accreditation.ends_before_start": _("The last day lies before the first one."),
    "accreditation.too_long": _("At most %(years)s years; it can be renewed."),
    "accreditation.not_over": _("Its last day has not passed yet."),
    "accreditation.no_such_enterprise": _("Choose an enterprise of this city, or one of its sites."),
    "accreditation.not_registered": _("Register the enterprise first."),
    "accreditation.more_mentors_than_workers": _("Mentors are skilled workers: there cannot be more of them."),
    "accreditation.too_many_places": _("By the rule of the city there are at most %(most)s places, and at least one."),
    "accreditation.no_occupation": _("Say for which occupation."),
    "accreditation.place_there": _("This occupation is accredited there already. Renew it instead."),
    "accreditation.asked_already": _("You have asked for this occupation there, and the city has not decided yet."),
    "accreditation.place_ended": _("This accreditation has ended."),
    "accreditation.rule_unsound": _(
        "One to fifty skilled workers for an apprentice, one to fifty apprentices of a mentor."
    ),
    "accreditation.line_unknown": _("Choose a part of the form."),
    "accreditation.too_much_evidence": _("At most %(most)s files stand beside one registration."),
    "accreditation.no_place_left": _(
        "No accredited place for this occupation is free at %(enterprise)s: there are %(capacity)s, and %(taken)s "
        "are taken. The city does not allow more agreements there."
    ),
}  # fmt: skip

REGISTRATION_STATES = {
    "draft": pgettext_lazy("a registration", "Draft"),
    "submitted": pgettext_lazy("a registration", "Submitted"),
    "returned": pgettext_lazy("a registration", "Returned with questions"),
    "checked": pgettext_lazy("a registration", "Papers checked"),
    "registered": pgettext_lazy("a registration", "Registered"),
    "suspended": pgettext_lazy("a registration", "On hold"),
    "expired": pgettext_lazy("a registration", "Expired"),
    "withdrawn": pgettext_lazy("a registration", "Withdrawn"),
}

PLACE_STATES = {
    "valid": pgettext_lazy("a training place", "Valid"),
    "suspended": pgettext_lazy("a training place", "On hold"),
    "ended": pgettext_lazy("a training place", "Ended"),
}

APPLICATION_STATES = {
    "asked": pgettext_lazy("an application for places", "Waits for the city"),
    "granted": pgettext_lazy("an application for places", "Accredited"),
    "declined": pgettext_lazy("an application for places", "Declined"),
    "withdrawn": pgettext_lazy("an application for places", "Withdrawn"),
}

LINES = {
    "identity": _("Name, code and address"),
    "contact": pgettext_lazy("of an enterprise", "Contact"),
    "occupations": _("Occupations and skilled workers"),
    "masters": _("Masters and their qualification"),
    "equipment": pgettext_lazy("of an enterprise", "Equipment"),
    "safety": _("Safety and health"),
    "rooms": _("Rooms for learning"),
    "pays": _("What apprentices are paid"),
}

OUTCOMES = {
    "accepted": pgettext_lazy("a line of a registration", "Accepted"),
    "asked": pgettext_lazy("a line of a registration", "Asked back"),
}

LEVELS = {
    "none": pgettext_lazy("when places run out", "say nothing"),
    "warn": pgettext_lazy("when places run out", "warn"),
    "block": pgettext_lazy("when places run out", "refuse the agreement"),
}

MOVES = {
    "accredit": _("accredited"),
    "renew": _("counted and dated anew"),
    "suspend": _("put on hold"),
    "resume": _("taken up again"),
    "end": _("ended for good"),
}
