"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "credits.own_only": _("Only the owner of the account can do this."),
    "credits.own_request": _("Nobody decides on credits of their own."),
    "credits.checked_by_you": _("You have checked this request. Somebody else decides on it."),
    "credits.of_the_site": _("Rules of the whole site are set when the site is set up."),
    "credits.preset_unknown": _("Choose one of the list."),
    "credits.diploma_open": _("It is open, so people plan by it. Only rows with dates can begin and end."),
    "credits.diploma_closed": _("It is not open for requests."),
    "credits.begins_before_today": _("A row begins today (%(today)s) at the earliest."),
    "credits.begins_too_early": _(
        "It replaces a row that begins on %(first)s, so it must begin after that day."
    ),
    "credits.ends_before_it_begins": _("The last day comes before the first one."),
    "credits.end_unclear": _(
        "It ends today (%(today)s) at the earliest, and never later than was said before."
    ),
    "credits.no_name": _("Give it a name in Chinese or English."),
    "credits.points_unclear": _("Give points as a number above 0 with at most two decimals."),
    "credits.rate_unclear": _("The rate is above 0 and at most 100 percent."),
    "credits.about_nothing": _("Say which credits it is about: an area, or a kind of outcome."),
    "credits.area_unknown": _("Choose an area of this diploma."),
    "credits.area_unclear": _("The most of an area is not below its least."),
    "credits.areas_unclear": _(
        "The areas do not add up: their minima must fit into the total, their maxima reach it."
    ),
    "credits.too_many": _("At most %(most)s fit."),
    "credits.no_rule": _("No rule gave credits for it on that day."),
    "credits.cap_reached": _("The cap of its rule was reached."),
    "credits.not_earned": _("Only credits that were earned can be taken back."),
    "credits.say_why": _("Say why, so that the learner understands it."),
    "credits.spent_already": _("It was converted already. Reverse that conversion first."),
    "credits.spent": _("It was converted already, or taken back."),
    "credits.not_earned_yet": _("It was earned on %(on)s, after the request."),
    "credits.expired": _("It expired on %(on)s."),
    "credits.no_row": _("The table has no row for it on this day."),
    "credits.over_rule": _(
        "It would exceed the cap of its row. Points left: %(left)s; it would give %(amount)s."
    ),
    "credits.over_area": _(
        "It would exceed the most of its area. Points left: %(left)s; it would give %(amount)s."
    ),
    "credits.over_share": _(
        "It would exceed the part that conversion may make up. Points left: %(left)s; it would give %(amount)s."
    ),
    "credits.over_year": _(
        "It would exceed what counts of one year. Points left: %(left)s; it would give %(amount)s."
    ),
    "credits.over_half": _(
        "It would exceed what counts of one half-year. Points left: %(left)s; it would give %(amount)s."
    ),
    "credits.over_certificates": _("No more than %(cap)s certificates count."),
    "credits.choose_some": _("Choose at least one credit, and at most %(most)s."),
    "credits.asked_already": _("A credit among them is in another request that is open."),
    "credits.say_what": _("Say what you have learned and where."),
    "credits.no_evidence": _("Add at least one file that proves it, and at most %(most)s."),
    "credits.too_long": _("At most %(most)s characters."),
    "credits.decide_every_line": _("Decide on every line."),
    "credits.more_than_table": _("No more than %(most)s points can be accepted here."),
    "credits.rule_changed": _(
        "The table of the day of the request gives %(now)s points by now; %(then)s were accepted. Nothing was posted."
    ),
    "credits.not_there": _("There is no such line, or it was taken back."),
    "credits.gives_nothing": _("At the rate of its row so few points give nothing."),
    "credits.earned_already": _("Credits for it are in the account already."),
    "credits.rule_not_in_force": _("The row is not in force on that day."),
}

KINDS = {
    "earned": pgettext_lazy("a line of credits", "Earned"),
    "converted": pgettext_lazy("a line of credits", "Converted"),
    "reversed": pgettext_lazy("a line of credits", "Reversed"),
}
OUTCOMES = {
    "certificate": pgettext_lazy("worth credits", "Certificate of this site"),
    "outside": pgettext_lazy("worth credits", "Certificate from elsewhere"),
    "stage": pgettext_lazy("worth credits", "Stage passed"),
    "course": pgettext_lazy("worth credits", "Course done"),
    "workshop": pgettext_lazy("worth credits", "Workshop"),
    "activity": pgettext_lazy("worth credits", "Confirmed activity"),
    "prior": pgettext_lazy("worth credits", "Recognised prior learning"),
}
STATES = {
    "submitted": pgettext_lazy("a request for credits", "Sent"),
    "checked": pgettext_lazy("a request for credits", "Checked"),
    "accepted": pgettext_lazy("a request for credits", "Accepted"),
    "partly": pgettext_lazy("a request for credits", "Partly accepted"),
    "rejected": pgettext_lazy("a request for credits", "Rejected"),
    "posted": pgettext_lazy("a request for credits", "Posted"),
    "reversed": pgettext_lazy("a request for credits", "Reversed"),
    "withdrawn": pgettext_lazy("a request for credits", "Withdrawn"),
}
VERDICTS = {
    "open": pgettext_lazy("a line of a request", "Open"),
    "accepted": pgettext_lazy("a line of a request", "Accepted"),
    "refused": pgettext_lazy("a line of a request", "Refused"),
}
REQUESTS = {
    "conversion": pgettext_lazy("a request for credits", "Conversion"),
    "prior": pgettext_lazy("a request for credits", "Prior learning"),
}
DIPLOMA_STATES = {
    "draft": pgettext_lazy("a diploma", "Draft"),
    "open": pgettext_lazy("a diploma", "Open"),
    "retired": pgettext_lazy("a diploma", "Retired"),
}
