"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "sharing.same_side": _("Whoever gives and whoever receives are two organisations."),
    "sharing.column_unknown": _("Choose at least one column, and only columns of this kind of data."),
    "sharing.whom_unclear": _("Say of whom: this kind of data cannot be shared in this way."),
    "sharing.cohort_missing": _("Choose the cohort that the rule is about."),
    "sharing.purpose_unknown": _("Choose a purpose of the list."),
    "sharing.purpose_asks_consent": _(
        "This purpose is only served with the consent of each person: choose that basis."
    ),
    "sharing.purpose_asks_no_consent": _(
        "For this purpose nobody is asked for a consent. Choose a purpose that asks, or another basis."
    ),
    "sharing.basis_unsaid": _(
        "Name the law with its article, or say in one sentence which public interest it is."
    ),
    "sharing.no_agreement": _(
        "No cooperation agreement of the two binds on the first day. Choose another basis, or let one be signed first."
    ),
    "sharing.outlives_basis": _(
        "A rule never outlives its basis: the cooperation agreement binds until %(last)s. Choose a day up to then."
    ),
    "sharing.days_unclear": _("The last day does not lie before the first one, nor before today."),
    "sharing.too_long": _("A rule runs for at most %(years)s years; then it is written anew."),
    "sharing.reason_unsaid": _("Say why, in at most %(most)s characters: the other side reads it."),
    "sharing.text_changed": _("The text has changed since you opened it. Read it again, then accept it."),
    "sharing.of_others": _(
        "Only an office of the organisation itself does this, for the giver or for the receiver; none above it."
    ),
    "sharing.replaced_already": _(
        "The next version of this rule is being written or waits for an answer already."
    ),
    "sharing.not_accepted": _("Nothing is shown yet: the receiver has not accepted this rule."),
    "sharing.not_begun": _("Nothing is shown yet: the rule begins on %(first)s."),
    "sharing.next_holds": _(
        "Nothing is shown: from %(first)s on the next version of this rule takes its place."
    ),
    "sharing.other_receiver": _(
        "The next version of a rule keeps its receiver. For somebody else, write a rule of its own."
    ),
    "sharing.over": _("Nothing is shown any more: the rule ended on %(last)s."),
    "sharing.basis_over": _(
        "Nothing is shown any more: the cooperation agreement on which the rule stands ended on %(last)s."
    ),
    "sharing.ended": _("Nothing is shown any more: this rule is not in force."),
}

STATES = {
    "draft": _("Draft"),
    "discarded": _("Discarded"),
    "offered": _("Waits for an answer"),
    "in_force": pgettext_lazy("an agreement", "In force"),
    "declined": pgettext_lazy("a rule", "Declined"),
    "revoked": pgettext_lazy("a rule", "Revoked"),
    "replaced": pgettext_lazy("a rule", "Replaced by the next version"),
    "over": pgettext_lazy("a rule", "Ended"),
    "not_begun": pgettext_lazy("a rule", "Accepted, not begun"),
}

BASES = {
    "agreement": _("Cooperation agreement in force"),
    "law": _("A law requires it"),
    "consent": _("Consent of each person"),
    "public_interest": _("Public interest"),
}

WHOM = {
    "cohort": _("Apprentices of one cohort"),
    "both": _("Apprentices who are at both"),
    "everybody": _("All whom the giver has"),
    "figures": _("Figures only, nobody by name"),
}

FORMS = {
    "page": pgettext_lazy("a look at data", "on the page"),
    "xlsx": pgettext_lazy("a look at data", "as a workbook"),
    "csv": pgettext_lazy("a look at data", "as a text table"),
}
