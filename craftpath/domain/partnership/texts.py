"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "partnership.unfinished": _("Say how, what, for which cost and with which duties, before it is signed."),
    "partnership.same_side": _(
        "The sides are different organisations, at least one of them no public body, and none lies inside another."
    ),
    "partnership.sides_few": _("A partnership has two to eight sides."),
    "partnership.of_others": _("None of these organisations is yours."),
    "partnership.not_in_force": _("This is possible while the cooperation agreement is in force."),
    "partnership.own_contribution": _(
        "Another side confirms or questions what was given, and never the person who entered it."
    ),
    "partnership.no_rules": _("First let all sides agree on a valuation rule."),
    "partnership.rate_missing": _("The valuation rule has no such rate. Propose a version with it."),
    "partnership.figures_unclear": _(
        "The figures do not fit: none is below zero, and a machine is not used longer than it lives."
    ),
    "partnership.worth_too_much": _("That is worth more than can be entered in one line."),
    "partnership.counted_already": _("These bookings stand in a contribution already."),
    "partnership.rates_unclear": _(
        "Each rate has a name, says what it is for, and is above zero; at most %(most)s of them."
    ),
    "partnership.too_early": _("This day lies in the future."),
    "partnership.outside_term": _("This day lies outside the time of the agreement."),
    "partnership.agreed_already": _("Your side has agreed to this version already."),
    "partnership.older_rules": _("There is a newer version of the rule."),
    "partnership.countered_already": _("A counter-line for this exists already."),
    "partnership.not_confirmed": _("Only what was confirmed gets a counter-line; withdraw what was not."),
    "partnership.duty_fixed": _("Duties that were signed stay. Only one's own side takes on more."),
    "partnership.duty_done": _("Nothing is due of this any more."),
    "partnership.words_missing": _("Say it in Chinese or in English."),
    "partnership.pledge_gone": _("This pledge was taken back already."),
    "partnership.costs_are_own": _("Only the enterprise itself reckons what apprentices cost it."),
    "partnership.costs_unclear": _(
        "The figures do not fit: none is below zero, no share above 100, and nobody works more than all of the time."
    ),
}

STATES = {
    "draft": _("Draft"),
    "awaiting_signatures": _("Waiting for signatures"),
    "in_force": pgettext_lazy("an agreement", "In force"),
    "ended": _("Ended"),
    "void": _("Void"),
}
CONTRIBUTION_STATES = {
    "waiting": _("Waits for another side"),
    "confirmed": pgettext_lazy("a contribution", "Confirmed"),
    "questioned": pgettext_lazy("a contribution", "Questioned"),
    "withdrawn": pgettext_lazy("a contribution", "Withdrawn"),
}
ROLES = {
    "enterprise": _("Enterprise"),
    "college": _("College"),
    "public": pgettext_lazy("a side", "Public body"),
}
PARTIES = {f"{role}{n or ''}": name for role, name in ROLES.items() for n in range(9)}
KINDS = {
    "money": pgettext_lazy("a contribution", "Money"),
    "machine": pgettext_lazy("a contribution", "Machines"),
    "hours": pgettext_lazy("a contribution", "Hours of people"),
    "room": pgettext_lazy("a contribution", "Rooms"),
    "materials": pgettext_lazy("a contribution", "Materials"),
    "other": pgettext_lazy("a contribution", "Other"),
}
REPEATS = {
    "once": pgettext_lazy("a duty", "Once"),
    "term": pgettext_lazy("a duty", "Every half-year"),
    "year": pgettext_lazy("a duty", "Every year"),
}
FIGURES = {
    "amount": pgettext_lazy("of a contribution", "Amount"),
    "price": pgettext_lazy("of a contribution", "Price when new"),
    "months_used": pgettext_lazy("of a contribution", "Months used"),
    "life_months": pgettext_lazy("of a contribution", "Useful life in months"),
    "hours": pgettext_lazy("of a contribution", "Hours"),
    "square_metres": pgettext_lazy("of a contribution", "Square metres"),
    "months": pgettext_lazy("of a contribution", "Months"),
    "rate": pgettext_lazy("of a contribution", "Rate"),
    "price_hour": pgettext_lazy("of a contribution", "Price an hour"),
}
FORMULAS = {
    "money": _("Money counts as it is."),
    "machine": _("Price when new × months used ÷ months of useful life."),
    "hours": _("Hours × the rate of this kind of person."),
    "room": _("Hours × rate, or square metres × months × rate."),
    "materials": _("Materials count at what they cost."),
    "other": _("Counts at what it cost."),
}
BOOKED = _("Hours that a partner booked and used × the price of the booking.")
FOR = {
    "hours": pgettext_lazy("a rate", "Hour of a person"),
    "room_hours": pgettext_lazy("a rate", "Hour of a room"),
    "room_metres": pgettext_lazy("a rate", "Square metre a month"),
}
COSTS = {
    "pay": _("Pay and what comes on top"),
    "trainers": _("Time of those who train"),
    "allowances": _("Allowances of those who train"),
    "material": _("Material, machines, premises"),
    "recruitment": _("Finding apprentices"),
    "administration": pgettext_lazy("a cost", "Administration"),
    "fees": _("Fees and examinations"),
    "skilled_work": _("Work of skilled workers done"),
    "unskilled_work": _("Other work done"),
    "subsidies": pgettext_lazy("a benefit", "Subsidies"),
}
