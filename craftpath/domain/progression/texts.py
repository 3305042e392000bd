"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "progression.own_gate": _("Nobody opens the gate before oneself."),
    "progression.not_yours_to_note": _(
        "Papers are noted by the college, or by the enterprise where the apprentice learns."
    ),
    "progression.not_waivable": _("This condition cannot be waived."),
    "progression.no_reason": _("Say why, in at most %(most)s characters."),
    "progression.until_is_past": _("Choose a day that lies ahead."),
    "progression.condition_unknown": _("This gate does not ask for that."),
    "progression.nothing_to_waive": _("This condition is met; there is nothing to waive."),
    "progression.not_ready": _("%(count)s apprentices do not meet every condition. Nobody went through."),
    "progression.changed_meanwhile": _("A condition has changed since you looked. Look again, then decide."),
    "progression.opened_already": _("This gate was opened already, by %(name)s."),
    "progression.nobody_there": _("Nobody whom this concerns is in this stage."),
    "progression.version_changed": _(
        "Somebody has written this gate anew meanwhile. Read it, then change it."
    ),
    "progression.condition_twice": _("Line %(place)s stands twice."),
    "progression.condition_none": _("A gate asks for one thing at least."),
    "progression.condition_too_many": _("A gate asks for twenty things at most."),
    "progression.condition_kind_unknown": _("Line %(place)s is of no known kind."),
    "progression.condition_supplier_unknown": _("Line %(place)s does not say who supplies it."),
    "progression.condition_share_unknown": _("Line %(place)s needs a share over 0 and up to 100 percent."),
    "progression.condition_months_unknown": _("Line %(place)s needs a number of months from 1 to 60."),
    "progression.condition_document_without_name": _("Line %(place)s needs the name of the paper."),
}

CONDITIONS = {
    "agreement": _("Signed agreement in force"),
    "mentor": _("A mentor"),
    "hours": _("Hours"),
    "log": _("Weeks of the log confirmed"),
    "attendance": _("Attendance"),
    "reviews": _("Reviews held that were due"),
    "colour": _("Last review not red"),
    "result": _("Result decided as passed"),
    "months": _("Months in this stage"),
    "document": pgettext_lazy("a condition", "A paper"),
}

SUPPLIERS = {
    "apprentice": _("Apprentice"),
    "mentor": _("Mentor"),
    "enterprise": _("Enterprise"),
    "college": _("College"),
}

GATES = {"stage": _("Gate of the stage"), "exam": _("Admission to the examination")}

OUTCOMES = {
    "passed": pgettext_lazy("a decision at a gate", "Passed"),
    "admitted": pgettext_lazy("a decision at a gate", "Admitted"),
    "repeat": pgettext_lazy("a decision at a gate", "To repeat"),
}

DETAILS = {
    "no_agreement": _("no agreement in force is in the record"),
    "no_mentor": _("nobody is named"),
    "undecided": _("the result is not decided yet"),
    "not_passed": _("the result is decided as not passed"),
    "on_paper": _("no scheme judges this stage: the decision is on paper"),
    "nothing_planned": _("nothing is planned for this stage"),
    "nothing_due": _("nothing was due yet"),
    "no_review": _("no review was held yet"),
    "red": _("the last review was red"),
    "no_paper": _("nobody has noted it yet"),
}
