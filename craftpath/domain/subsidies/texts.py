"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "subsidies.own_file": _("You filed this yourself. Somebody else of the authority decides on it."),
    "subsidies.not_the_auditor": _(
        "Only the auditor who was invited writes findings, on the days of the access."
    ),
    "subsidies.authority_not_above": _("Choose an authority that stands above the enterprise."),
    "subsidies.scheme_not_valid": _(
        "This scheme does not hold on the first day of the training. Choose another one."
    ),
    "subsidies.scheme_no_days": _("The last day of a scheme comes after its first."),
    "subsidies.scheme_unclear": _("This is no scheme yet: give it a name, and look at its rates and papers."),
    "subsidies.scheme_without_rates": _("A scheme has at least one rate."),
    "subsidies.level_unknown": _("Choose the level that the class aims at."),
    "subsidies.months_out_of_range": _("The training lasts between 1 and %(most)s months."),
    "subsidies.nobody": _("Choose who is in the class; nobody is."),
    "subsidies.no_reason": _("Say why, in at most %(most)s characters."),
    "subsidies.no_words": _("Write something, in at most %(most)s characters."),
    "subsidies.people_fixed": _("Who counts is fixed now. The authority can change it while it checks."),
    "subsidies.return_first": _(
        "Return the claim first: whoever counts again is in the claim that is filed after it."
    ),
    "subsidies.exclusion_unknown": _("Choose a reason from the list."),
    "subsidies.papers_closed": _("This file is settled and takes no more papers."),
    "subsidies.paper_unknown": _("The scheme does not ask for this paper."),
    "subsidies.paper_of_whom": _("This paper is asked of each person: choose whose it is."),
    "subsidies.too_many_copies": _("There are %(most)s of this paper already. Replace one instead."),
    "subsidies.not_asked": _("Nobody asked you for this paper."),
    "subsidies.nobody_counts": _("Everybody in this file is excluded, so there is nothing to plan."),
    "subsidies.no_advance": _("This scheme pays no advance: complete the training and claim."),
    "subsidies.outcome_unknown": _("Say of everybody whether the training was finished, or when it ended."),
    "subsidies.outcome_missing": _("Of %(count)s people it is not said what became of the training."),
    "subsidies.day_in_future": _("This day has not come yet."),
    "subsidies.day_before": _("This comes after %(on)s, the day of the step before."),
    "subsidies.notice_runs": _("The public notice runs until %(on)s. Settle after it."),
    "subsidies.advance_paid": _(
        "An advance has been paid. Claim what was finished, or ask the authority to demand it back."
    ),
    "subsidies.refund_without_day": _("The scheme sets no day for the refund: choose one."),
    "subsidies.nothing_to_refund": _("There is nothing to give back."),
    "subsidies.is_refund": _("More was advanced than is due: demand the refund."),
    "subsidies.claimed_already": _(
        "A claim was already made elsewhere: %(name)s, %(level)s, from %(on)s (%(source)s). "
        "Take this person out, or have the other claim withdrawn."
    ),
    "subsidies.identity_invalid": _("Row %(row)s: this is no identity number."),
    "subsidies.identity_of_nobody": _("Row %(row)s: “%(number)s” is nobody in this file."),
    "subsidies.identity_twice": _("Row %(row)s: this identity number belongs to somebody else here."),
    "subsidies.sheet_columns": _("These columns are missing in the first row: %(columns)s."),
    "subsidies.sheet_row": _("Row %(row)s: “%(given)s” is not understood as %(column)s."),
    "subsidies.sheet_empty": _("There is no row below the first one."),
    "subsidies.sheet_too_long": _("At most %(most)s rows at a time."),
    "subsidies.auditor_unknown": _("Nobody with the role of an auditor signs in by “%(given)s”."),
    "subsidies.audit_days": _("Access begins today or later and lasts between one and %(most)s days."),
    "subsidies.sample_size": _("Draw between 1 and %(most)s people."),
    "subsidies.severity_unknown": _("Choose how grave it is."),
    "subsidies.pack_without_role": _(
        "Whoever asked for this has no role here any more. Ask for it yourself."
    ),
    "subsidies.pack_failed": _(
        "The archive could not be made. Try again; if it happens twice, tell whoever runs this site."
    ),
    "subsidies.pack_not_there": _("This archive is not ready."),
    # What the arithmetic refuses.
    "subsidies.currency_unknown": _("The scheme names a currency that does not exist."),
    "subsidies.advance_not_share": _("The advance is a share between 0 and 100 percent."),
    "subsidies.amount_negative": _("No amount of a scheme is below zero."),
    "subsidies.term_negative": _("The time for a refund is not below zero."),
    "subsidies.rate_twice": _("The scheme has two rates for the same level and kind."),
    "subsidies.rate_missing": _("This scheme has no rate for this level and kind of learner."),
    "subsidies.plan_empty": _("A plan has people and months."),
    "subsidies.number_negative": _("No number of a claim is below zero."),
    "subsidies.more_than_planned": _("The claim has %(heads)s people, and %(planned)s were registered."),
    "subsidies.uncertified_not_regulated": _(
        "This scheme does not say what is paid without a certificate. Set these people to “left”, or ask the authority."
    ),
}

LEVELS = {
    "l4": pgettext_lazy("a skill level", "Intermediate worker"),
    "l3": pgettext_lazy("a skill level", "Advanced worker"),
    "l2": pgettext_lazy("a skill level", "Technician"),
    "l1": pgettext_lazy("a skill level", "Senior technician"),
}

KINDS = {
    "": _("any"),
    "employee_apprentice": _("Employed apprentices"),
    "student_apprentice": _("Student apprentices"),
}

FILE_STATES = {
    "draft": pgettext_lazy("a subsidy file", "Being put together"),
    "filed": pgettext_lazy("a subsidy file", "Filed, being checked"),
    "returned": pgettext_lazy("a subsidy file", "Returned"),
    "registered": pgettext_lazy("a subsidy file", "Registered"),
    "advanced": pgettext_lazy("a subsidy file", "Advance paid"),
    "completed": pgettext_lazy("a subsidy file", "Training completed"),
    "claimed": pgettext_lazy("a subsidy file", "Claimed, being checked"),
    "claim_returned": pgettext_lazy("a subsidy file", "Claim returned"),
    "noticed": pgettext_lazy("a subsidy file", "Public notice"),
    "settled": pgettext_lazy("a subsidy file", "Settled"),
    "refund_due": pgettext_lazy("a subsidy file", "Refund due"),
    "closed": pgettext_lazy("a subsidy file", "Closed"),
    "withdrawn": pgettext_lazy("a subsidy file", "Withdrawn"),
}

STEPS = {
    "register": pgettext_lazy("a step of a subsidy file", "Register"),
    "plan": pgettext_lazy("a step of a subsidy file", "Plan"),
    "advance": pgettext_lazy("a step of a subsidy file", "Advance"),
    "completion": pgettext_lazy("a step of a subsidy file", "Completion"),
    "claim": pgettext_lazy("a step of a subsidy file", "Claim"),
    "audit": pgettext_lazy("a step of a subsidy file", "Audit"),
}

MOVES = {
    "open": _("File opened"),
    "file": _("Plan filed"),
    "return": _("Returned"),
    "register": _("Plan registered"),
    "advance": _("Advance paid"),
    "complete": _("Training completed"),
    "claim": _("Claim filed"),
    "notice": _("Public notice begun"),
    "settle": _("Claim settled"),
    "pay": _("Balance paid"),
    "demand": _("Refund demanded"),
    "refund": _("Refund received"),
    "withdraw": _("Withdrawn"),
}

OUTCOMES = {
    "training": pgettext_lazy("an outcome of training", "in training"),
    "certified": pgettext_lazy("an outcome of training", "finished with a certificate"),
    "uncertified": pgettext_lazy("an outcome of training", "finished without a certificate"),
    "left": pgettext_lazy("an outcome of training", "left early"),
}

EXCLUSIONS = {
    "already_subsidised": _("subsidised already at the same or a higher level of this occupation"),
    "on_another_plan": _("on another plan"),
    "full_time_student": _("full-time student"),
    "no_contract": _("no labour contract of a year"),
    "other": pgettext_lazy("why somebody does not count", "another reason"),
}

PAPERS = {
    "training_plan": _("Training plan"),
    "cooperation_agreement": _("Cooperation agreement"),
    "roster": _("Roster of apprentices"),
    "training_agreement": pgettext_lazy("a paper of a subsidy", "Training agreement"),
    "advance_form": _("Form for the advance"),
    "attendance": pgettext_lazy("a paper of a subsidy", "Attendance sheets"),
    "class_hours": pgettext_lazy("a paper of a subsidy", "Class hours"),
    "results": pgettext_lazy("a paper of a subsidy", "Results"),
    "claim_form": _("Claim form"),
    "roster_passed": _("Roster of those who passed"),
    "training_video": _("Session video"),
    "certificate": pgettext_lazy("a paper of a subsidy", "Certificate"),
}

SEVERITIES = {
    "minor": pgettext_lazy("a finding", "Minor"),
    "major": pgettext_lazy("a finding", "Major"),
    "critical": pgettext_lazy("a finding", "Grave"),
}

FINDING_STATES = {
    "open": pgettext_lazy("a finding", "Open"),
    "answered": pgettext_lazy("a finding", "Answered"),
    "closed": pgettext_lazy("a finding", "Closed"),
}

PACK_STATES = {
    "asked": pgettext_lazy("an archive", "Being put together"),
    "done": pgettext_lazy("an archive", "Ready"),
    "refused": pgettext_lazy("an archive", "Not made"),
    "forgotten": pgettext_lazy("an archive", "No longer kept"),
}

MEASURES = {
    "months": _("Length of the training in months"),
    "class_size": _("People in a class"),
    "apprentices_per_mentor": _("Apprentices of one master"),
    "class_hours_per_year": _("Class hours a year"),
    "central_hours": _("Hours of central teaching"),
    "online_percent_of_central": _("Share online of the central teaching, in percent"),
    "recorded_percent": _("Share on video, in percent"),
}

READ = {
    "official": _("read in the rule or an official notice"),
    "secondary": _("read in a page about it: confirm before use"),
    "house": _("set by the office"),
}

MONEY = {
    "advance": _("advance"),
    "balance": _("balance"),
    "refund_due": _("refund demanded"),
    "refund": _("refund received"),
}

ELSEWHERE = _("by another enterprise on this site")
OWN_FILE = _("in another file of the enterprise")
