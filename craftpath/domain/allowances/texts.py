"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "allowances.approved_by_another": _(
        "Whoever computed or checked a month does not approve it. Somebody else of your office does."
    ),
    "allowances.own_allowance": _(
        "Your own allowance stands in this month. Somebody without a line in it approves it."
    ),
    "allowances.no_month": _("Choose a month, such as 2026-11."),
    "allowances.month_to_come": _("This month has not begun. Compute it once it is over."),
    "allowances.no_reference": _("Write the payment's reference, in at most %(most)s characters."),
    "allowances.pay_day_to_come": _("Choose the day on which it was paid, up to today."),
    "allowances.no_words": _("Write something, in at most %(most)s characters."),
    "allowances.not_your_line": _("Only whoever is paid by this line asks about it."),
    "allowances.not_settled": _("This line is not approved yet; it may still change."),
    "allowances.not_your_answer": _("You asked this yourself; somebody else answers."),
    "allowances.question_waits": _(
        "You have asked about this line already. Wait for the answer, or take the question back first."
    ),
    "allowances.month_not_settled": _(
        "%(month)s is not approved yet. Compute it again instead of correcting it."
    ),
    "allowances.pair_ended": _(
        "This pair ended on %(on)s, before %(month)s: no allowance is due for that month."
    ),
    "allowances.nobody_named": _("No apprentice in your pairs is called “%(name)s”."),
    "allowances.several_named": _(
        "Several apprentices are called “%(name)s”. Name the teacher too, or look at the whole month again."
    ),
    "allowances.inputs_changed": _(
        "Pairs, hours, results or rules have changed since this was computed. "
        "Compute it again and look at the difference."
    ),
    "allowances.being_computed": _("This month is being computed now. Wait until it is done."),
    "allowances.no_rules": _("No rules are in force in %(month)s. Adopt some that are valid by then."),
    "allowances.two_currencies": _(
        "The rules of these months are in several currencies (%(currencies)s); a run is in one."
    ),
    "allowances.run_failed": _(
        "Something went wrong, and nothing was changed. Try again; if it happens twice, tell whoever runs this site."
    ),
    "allowances.run_without_role": _(
        "Whoever asked for this has no role here any more. Nothing was changed; start it again yourself."
    ),
    "allowances.not_approved": _("A payment file is made of an approved month only."),
    "allowances.reference_unclear": _(
        "A bank or payroll reference has 3 to 40 letters, digits, spaces, dashes, dots or slashes."
    ),
    "allowances.template_unknown": _("Choose what each column holds, and how the file is written."),
    "allowances.template_incomplete": _(
        "A payment file needs a column for the amount, and one for the name or the reference."
    ),
    "allowances.template_twice": _("There is a template “%(name)s” already."),
    "allowances.too_many_columns": _("A template has at most %(most)s columns."),
    "allowances.amount_unclear": _("“%(given)s” is no amount. Write it as 200 or 200.50."),
    # Rules and books
    "allowances.book_empty": _("There is no rule in it yet."),
    "allowances.book_not_later": _(
        "The rules in force hold from %(on)s on. New ones begin on a later day; earlier months are corrected instead."
    ),
    "allowances.currency_unknown": _("No currency has this code."),
    "allowances.too_many_rules": _("A version has at most %(most)s rules."),
    "allowances.results_from_unknown": _("Choose what the bands of results look at."),
    "allowances.too_many_bands": _("A rule has at most six bands."),
    "allowances.rule_without_name": _("Give the rule a name that trainers understand."),
    "allowances.rule_unknown": _("Choose what the rule pays for, and who pays."),
    "allowances.cap_unknown": _("Choose what the cap holds together."),
    "allowances.cap_negative": _("A cap is an amount from 0 on."),
    # What the engine finds wrong
    "allowances.rules_meet": _(
        "“%(rule)s” and “%(other)s” would both pay the same pair for the same days. "
        "Restrict one of them, or give one of them precedence."
    ),
    "allowances.rule_twice": _("“%(rule)s” stands twice in version %(version)s."),
    "allowances.versions_differ": _(
        "“%(rule)s” pays for something else, or in another currency, than in the version before. Give it another name."
    ),
    "allowances.amount_out_of_range": _("The amount of “%(rule)s” is not between 0 and 1,000,000."),
    "allowances.never_valid": _("“%(rule)s” would never be valid."),
    "allowances.number_negative": _("“%(rule)s”: hours, weeks and percentages are not below 0."),
    "allowances.factor_not_share": _("“%(rule)s”: a percentage lies between 0 and 100."),
    "allowances.bands_not_rising": _("“%(rule)s”: each band begins above the one before."),
    "allowances.cap_twice": _("The same cap stands there twice."),
    "allowances.columns_uneven": _("What was gathered does not fit together. Tell whoever runs this site."),
    "allowances.pair_without_name": _("A pair has no name. Tell whoever runs this site."),
    "allowances.start_missing": _("Pair %(pair)s has no first day. Put it right in the pair."),
    "allowances.end_before_start": _("Pair %(pair)s ends before it begins. Put it right in the pair."),
    "allowances.share_not_share": _("The share of pair %(pair)s does not lie between 0 and 100 %%."),
    "allowances.capacity_negative": _(
        "The capacity of the teacher in pair %(pair)s is below 0. Put it right among the teachers."
    ),
    "allowances.result_not_percent": _("The result in pair %(pair)s does not lie between 0 and 100."),
    "allowances.pair_has_two": _("Pair %(pair)s has two different people or places."),
    "allowances.pair_days_twice": _("Pair %(pair)s holds twice on %(day)s. Put it right in the pair."),
    "allowances.pair_unknown": _("There are hours of a pair that is not among the pairs (%(pair)s)."),
    "allowances.minutes_out_of_range": _("Pair %(pair)s has more minutes than a month."),
    "allowances.day_outside_month": _("Hours of pair %(pair)s lie outside the month."),
}

COMPONENTS = {
    "teaching": pgettext_lazy("an allowance", "Teaching an apprentice"),
    "hours": pgettext_lazy("an allowance", "Hours taught"),
    "results": pgettext_lazy("an allowance", "Results of the apprentice"),
    "tutoring": pgettext_lazy("an allowance", "Tutoring for the college"),
    "other": pgettext_lazy("an allowance", "Something else"),
}

PAYERS = {
    "enterprise": pgettext_lazy("who pays", "The enterprise"),
    "college": pgettext_lazy("who pays", "The college"),
    "subsidy": pgettext_lazy("who pays", "A subsidy"),
}

BASES = {
    "pair_month": pgettext_lazy("an allowance", "A month"),
    "apprentice_hour": pgettext_lazy("an allowance", "A confirmed hour"),
}

SCOPES = {
    "pair_month": _("A pair in a month"),
    "pair_total": _("A pair in all months together"),
    "trainer_month": _("A trainer in a month"),
    "run": _("All trainers in a month"),
}

BOOK_STATES = {
    "draft": pgettext_lazy("rules of allowances", "Draft"),
    "in_force": pgettext_lazy("rules of allowances", "In force"),
    "replaced": pgettext_lazy("rules of allowances", "Replaced"),
    "dropped": pgettext_lazy("rules of allowances", "Thrown away"),
}

RUN_STATES = {
    "open": pgettext_lazy("a month of allowances", "Begun"),
    "computed": pgettext_lazy("a month of allowances", "To check"),
    "checked": pgettext_lazy("a month of allowances", "To approve"),
    "approved": pgettext_lazy("a month of allowances", "To pay"),
    "paid": pgettext_lazy("a month of allowances", "Paid"),
}

LINE_KINDS = {
    "original": pgettext_lazy("a line of allowances", "Allowance"),
    "reversal": pgettext_lazy("a line of allowances", "Taken back"),
    "renewed": pgettext_lazy("a line of allowances", "Paid anew"),
}

QUESTION_STATES = {
    "asked": pgettext_lazy("a question", "Asked"),
    "answered": pgettext_lazy("a question", "Answered"),
    "withdrawn": pgettext_lazy("a question", "Taken back"),
}

WHYS = {
    "ended_before_month": _("ended before the month"),
    "begins_after_month": _("begins after the month"),
    "no_rule": _("no rule is meant for it"),
    "no_payer": _("the rule's payer is not known for it"),
    "minutes_outside_pair": _("hours on days on which it did not hold"),
}

PRESETS = {
    "flat": _("A flat amount for each apprentice"),
    "ratio": _("Less for each, the more there are"),
    "results": _("A flat amount, and more for good results"),
    "hours": _("By confirmed hours"),
    "tutors": _("For tutors of the college"),
}

FIELDS = {
    "row": pgettext_lazy("a column", "Row number"),
    "name": pgettext_lazy("a column", "Name"),
    "reference": pgettext_lazy("a column", "Bank or payroll reference"),
    "amount": pgettext_lazy("a column", "Amount"),
    "currency": pgettext_lazy("a column", "Currency"),
    "month": pgettext_lazy("a column", "Month"),
    "pairs": pgettext_lazy("a column", "Number of pairs"),
    "organisation": pgettext_lazy("a column", "Organisation"),
    "fixed": pgettext_lazy("a column", "Fixed text"),
}

RESULTS_FROM = {
    "decided": _("Decided results of the apprentice"),
    "appraisal": _("The published appraisal of the teacher"),
}
