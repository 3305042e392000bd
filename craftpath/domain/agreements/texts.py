"""Labels, one sentence for each reason code, and one for each finding of the checklist."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "agreements.own": _("This is your own agreement. Somebody else who looks after agreements writes it."),
    "agreements.sent": _("It waits for signatures. Take it back first if something has to change."),
    "agreements.fixed": _("What is signed is not rewritten. Make an amendment."),
    "agreements.not_active": _("This is possible while the agreement is active."),
    "agreements.amendment_waits": _("An amendment waits for signatures. It is signed or withdrawn first."),
    "agreements.paused_already": _("The apprenticeship is paused."),
    "agreements.not_paused": _("The apprenticeship is not paused."),
    "agreements.outside_term": _("The days lie outside the agreement, which runs from %(start)s to %(end)s."),
    "agreements.absence_of_another": _("Only who asked for it takes it back."),
    "agreements.absence_overlaps": _(
        "From %(start)s to %(end)s an absence is asked for or approved already."
    ),
    "agreements.more_than_left": _(
        "%(days)s working days of annual leave in %(year)s, and %(left)s are left. It can be done all the same."
    ),
    "agreements.leave_used_up": _(
        "%(days)s working days of annual leave in %(year)s, and %(left)s are left. The law allows no more."
    ),
    "agreements.refusal_without_reason": _("Say why it is refused; the apprentice reads it."),
    "agreements.under_way": _("This apprentice has an agreement that is active or on its way."),
    "agreements.changed_meanwhile": _(
        "Somebody else saved this agreement meanwhile. Look at what stands now, then change it again."
    ),
    "agreements.nothing_to_waive": _("This item is met; there is nothing to waive."),
    "agreements.not_waivable": _("The law leaves no room here: nobody can waive this item."),
    "agreements.waiver_without_reason": _(
        "Say why the item is waived; it stands in the record with your name."
    ),
    "agreements.blocked": _(
        "%(count)s items of the checklist hold it up. Meet them, or waive what can be waived."
    ),
    "agreements.dates_unsound": _("These days do not fit together: the end comes after the beginning."),
    "agreements.nothing_changes": _("Nothing differs from what is agreed."),
    "agreements.amendment_without_reason": _("Say why it changes; the reason is part of what is signed."),
    "agreements.not_over": _("It runs until %(day)s and has not expired."),
    "agreements.leaving_dates": _(
        "The last day lies between %(start)s and %(end)s, not before it was said; and that is not in the future."
    ),
    "agreements.leaving_announced": _("It ends early already. Take that back first if something else holds."),
    "agreements.no_leaving": _("No early ending is recorded that could be taken back."),
    "agreements.take_back_without_reason": _("Say why it runs on; the reason stays in the record."),
    "agreements.same_cohort": _("The apprentice is in this cohort already."),
    "agreements.applied_already": _("%(name)s has applied for this cohort already."),
    "agreements.no_enterprise": _("Say first at which enterprise the applicant is to work."),
    "agreements.floor_there": _("A floor from %(day)s is entered already."),
}

STATES = {
    "draft": _("Draft"),
    "checked": _("Checked"),
    "awaiting_signatures": _("Waiting for signatures"),
    "signed": _("Signed by all"),
    "registered": _("Registered"),
    "active": _("Agreement in force"),
    "completed": _("Completed"),
    "terminated": _("Ended early"),
    "expired": _("Expired"),
    "void": _("Void"),
}
APPLICATION_STATES = {
    "applied": _("Applied"),
    "offered": _("Place offered"),
    "accepted": _("Place accepted"),
    "declined": _("Declined"),
    "withdrawn": _("Withdrawn by the applicant"),
}
AMENDMENT_STATES = {
    "awaiting_signatures": _("Waiting for signatures"),
    "agreed": _("Agreed, begins on its day"),
    "in_force": pgettext_lazy("an agreement", "In force"),
    "lapsed": _("Never began: the agreement ended before"),
    "withdrawn": _("Taken back"),
}
ABSENCE_STATES = {
    "requested": _("Asked, not answered yet"),
    "approved": _("Approved"),
    "refused": _("Refused"),
    "withdrawn": _("Taken back"),
}
PARTIES = {
    "apprentice": _("Apprentice"),
    "guardian": _("Guardian"),
    "enterprise": _("Enterprise"),
    "former_enterprise": _("Former enterprise"),
    "college": _("College"),
}
KINDS_OF_ABSENCE = {
    "annual_leave": _("Annual leave"),
    "illness": _("Illness"),
    "accident": _("Accident at work"),
    "family": _("Family"),
    "examination": _("Examination"),
    "unpaid": _("Unpaid leave"),
    "other": _("Something else"),
}
REASONS_TO_PAUSE = {
    "illness": _("Long illness"),
    "parental": _("Birth and parental leave"),
    "service": _("Service"),
    "production": _("The enterprise stands still"),
    "personal": _("Personal reasons"),
    "other": _("Something else"),
}
REASONS_TO_LEAVE = {
    "other_work": _("Other work"),
    "health": _("Health"),
    "family": _("Family"),
    "further_study": _("Further study"),
    "not_suited": _("The occupation does not suit"),
    "conduct": _("Conduct"),
    "enterprise_closed": _("The enterprise closes"),
    "breach_by_enterprise": _("The enterprise did not keep its part"),
    "mutual": _("By mutual consent"),
    "transfer": _("Goes on in another cohort"),
    "other": _("Something else"),
}
INITIATORS = {
    "apprentice": _("The apprentice"),
    "enterprise": _("The enterprise"),
    "college": _("The college"),
    "both": _("Both sides together"),
}
LEVELS = {"block": _("Blocks"), "warn": _("Gap"), "info": _("For your information")}
PER = {"month": _("a month"), "week": _("a week"), "hour": _("an hour")}
FREQUENCIES = {"monthly": _("Monthly"), "biweekly": _("Every two weeks"), "weekly": _("Weekly")}
RECORD_FORMS = {"electronic": _("Electronic"), "written": _("On paper")}
PARTS = {
    "wage": _("pay"),
    "pay_frequency": _("when it is paid"),
    "weekly_hours": _("hours of a week"),
    "annual_leave_days": _("annual leave"),
    "occupation": _("occupation"),
    "qualification": _("qualification"),
}

# What a finding says; `parts` and `roles` are names, ready for the reader, days are days as people say them.
FINDINGS = {
    "agreements.stated": _("Stated."),
    "agreements.not_stated": _("Not stated yet: %(parts)s."),
    "agreements.kept": pgettext_lazy("a floor", "Kept."),
    "agreements.paid": _("Pay is agreed."),
    "agreements.pay": _("Rises or stays, and is never under the floor."),
    "agreements.wage_missing": _("No pay is agreed yet."),
    "agreements.wage_gap": _("Pay begins later than the agreement."),
    "agreements.wage_order": _("The steps of pay do not follow one another; look at %(day)s."),
    "agreements.wage_falls": _("From %(day)s less is paid than before."),
    "agreements.wage_after_end": _("The step of %(day)s lies after the end."),
    "agreements.below_floor": _("On %(day)s %(paid)s a month is paid; the floor is %(floor)s."),
    "agreements.floor_unknown": _("No wage floor is known for this place and time. Enter it under wage floors."),
    "agreements.floor_unconfirmed": _("The local wage floor was entered and not confirmed yet."),
    "agreements.birth_date_missing": _("The birth date is not known."),
    "agreements.age": _("%(age)s years old on the first day."),
    "agreements.too_young": _("%(age)s years old on the first day; the law asks for %(least)s."),
    "agreements.induction": _("Safety induction on %(day)s."),
    "agreements.induction_missing": _("No day for the safety induction."),
    "agreements.induction_late": _("The safety induction on %(day)s comes after the first day, %(start)s."),
    "agreements.mentor_missing": _("No mentor is named."),
    "agreements.mentor_qualification_missing": _("What qualifies the mentor is not stated."),
    "agreements.length": _("Inside the programme's limits."),
    "agreements.too_short": _("Shorter than the programme's %(least)s months."),
    "agreements.too_long": _("Longer than the programme's %(most)s months."),
    "agreements.usual_length": _("The usual %(usual)s months."),
    "agreements.usual_length_unknown": _("The programme names no usual length."),
    "agreements.length_explained": _("Not the usual %(usual)s months, and the reason is stated."),
    "agreements.length_unexplained": _("Not the usual %(usual)s months: say why."),
    "agreements.hours": _("%(hours)s hours a week."),
    "agreements.hours_missing": _("The hours of a week are not stated."),
    "agreements.hours_too_many": _("%(hours)s hours a week; at most %(most)s are allowed."),
    "agreements.hours_over_usual": _("More than the usual %(usual)s hours a week."),
    "agreements.leave": _("%(days)s days a year."),
    "agreements.leave_missing": _("No annual leave is agreed."),
    "agreements.leave_too_short": _("%(days)s days a year; the law gives at least %(least)s."),
    "agreements.signatures_open": _("Signatures are still to come: %(roles)s."),
    "agreements.signed_by_all": _("Everybody has signed."),
    "agreements.registered": _("Registered under %(number)s."),
    "agreements.not_registered": _("Not registered yet."),
    "agreements.of_age": _("Of age: %(age)s years on the first day."),
    "agreements.guardian_missing": _("A minor: name the guardian who signs."),
    "agreements.guardian_open": _("A minor: the guardian has not signed yet."),
    "agreements.guardian_signed": _("The guardian has signed."),
    "agreements.probation": _("Probation until %(day)s."),
    "agreements.probation_missing": _("No probation is stated."),
    "agreements.no_probation": _("A contract of this length has no probation."),
    "agreements.probation_outside": _("Probation ends on %(day)s, outside the agreement."),
    "agreements.probation_too_long": _("Probation until %(day)s is longer than the %(most)s months allowed."),
    "agreements.probation_too_short": _("Probation until %(day)s is shorter than %(least)s months."),
    "agreements.record_form": _("Agreed."),
    "agreements.record_form_missing": _("Electronic or on paper: not agreed."),
    "agreements.contract_too_short": _("Shorter than the %(least)s months that the contract must have."),
    "agreements.cooperation_missing": _("No cooperation agreement of both sides is in force on the first day."),
    "agreements.governed": _("This agreement."),
    "agreements.one_place_only": _(
        "%(percent)s %% off the job: on-the-job and off-the-job learning both belong to it."
    ),
    "agreements.share": _("%(percent)s %% of the time off the job."),
    "agreements.share_missing": _("The share of the time off the job is not stated."),
    "agreements.headcount_unknown": _("How many apprentices learn there is not known."),
    "agreements.workers_missing": _("Apprentices there: %(apprentices)s. How many skilled workers is not stated."),
    "agreements.ratio_not_laid_down": _(
        "Apprentices there: %(apprentices)s, skilled workers: %(workers)s. No ratio is laid down."
    ),
    "agreements.ratio_kept": _(
        "Apprentices there: %(apprentices)s, skilled workers: %(workers)s; at most %(most)s apprentices."
    ),
    "agreements.too_many_apprentices": _(
        "Apprentices there: %(apprentices)s; at most %(most)s for %(workers)s skilled workers."
    ),
    "agreements.load_kept": _("Apprentices of the mentor: %(load)s; people in the class: %(size)s."),
    "agreements.mentor_overloaded": _("Apprentices of the mentor: %(load)s; at most %(most)s are allowed."),
    "agreements.class_too_large": _("People in the class: %(size)s; at most %(most)s are allowed."),
    "agreements.by_cooperation": _("Settled in the cooperation agreement that is in force on the first day."),
    "agreements.model_words": _("Every clause has the model's words."),
    "agreements.own_words": _("Own words stand in: %(parts)s."),
    "agreements.protected_age": _(
        "Under %(age)s until %(until)s: no hazardous work, no nights, health checks, and registration of young workers."
    ),
}  # fmt: skip

LAW_ITEMS = {
    "law-contract-length": _("The contract is long enough"),
    "law-usual-hours": _("The usual hours of a week"),
    "law-cooperation": _("Enterprise and college have a cooperation agreement"),
    "law-protected-age": _("A young worker is protected"),
    "law-floor-confirm": _("The local wage floor is confirmed"),
}
