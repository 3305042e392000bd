"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASONS = {
    "training.day_too_full": _(
        "%(on)s would have %(minutes)s minutes of training, more than a day has. Correct the hours first."
    ),
    "training.programme_without_units": _(
        "The programme of this cohort lists no units, so there is nothing to draft a plan from."
    ),
    "training.plan_changed_meanwhile": _(
        "Somebody else has changed the plan meanwhile. Read it again, then make your changes."
    ),
    "training.unit_unknown": _("The plan has no unit “%(unit)s” with hours."),
    "training.without_name": _("Write a name in at least one language."),
    "training.hours_out_of_range": _("A unit has from 0 to %(most)s hours."),
    "training.own_without_hours": _("A unit of your own has hours; without any it would not be in the plan."),
    "training.too_many_units": _("A plan has at most %(most)s units."),
    "training.unit_exists": _("The plan has a unit of this name already."),
    "training.not_of_programme": _(
        "Choose a stage, a kind of hours, outcomes and areas that the programme of this cohort has."
    ),
    "training.unit_of_programme": _(
        "This unit comes from the programme. Give it no hours, and it is left out of the plan."
    ),
    "training.unit_has_stays": _(
        "The unit stays in the plan: stays were planned in it (%(count)s). Give it no hours to leave it out."
    ),
    "training.two_departments": _("A unit has one department of each enterprise."),
    "training.capacity_out_of_range": _("A department takes from 1 to 9999 apprentices, or any number."),
    "training.department_exists": _("A department of this name is there already."),
    "training.department_elsewhere": _("This department belongs to another enterprise."),
    "training.no_steps": _("Choose at least one unit and its weeks."),
    "training.too_long": _(
        "A pattern has at most 40 steps of a week or more, and at most %(most)s weeks in all."
    ),
    "training.nobody_there": _("Nobody is left for whom stays could be planned."),
    "training.choose_somebody": _("Choose at least one apprentice."),
    "training.not_in_cohort": _("A stay is for apprentices who are in this cohort now."),
    "training.stay_too_long": _("A stay has at most %(most)s weeks."),
    "training.offer_changed": _(
        "Something has changed since this preview was made. Look at it again before you publish."
    ),
    "training.pattern_blocked": _(
        "Clashes must be settled first (%(count)s). Nothing was published; "
        "leave those people out, or change the pattern."
    ),
    "training.undone_already": _("This rotation was taken back already."),
    "training.stays_changed": _("Stays were changed since (%(count)s), so the rotation remains as it is."),
    "training.hours_posted": _(
        "Hours were recorded since (lines: %(count)s), so the rotation remains as it is."
    ),
    "training.stay_over": _("This stay has ended or was cancelled."),
    "training.stay_begun": _("This stay has begun. It can end early instead."),
    "training.stay_begun_keeps_day": _(
        "A stay that has begun keeps its first day, and none begins in the past."
    ),
    "training.stay_past": _("The last day would lie in the past. End the stay early instead."),
    "training.ends_before_start": _("The last day lies before the first one."),
    "training.ends_outside": _("A stay from %(first)s to %(last)s ends early on a day before its last."),
    "training.stay_blocked": _("The stay was not moved: it would clash."),
    "training.say_why": _("Say why; the apprentice will read it."),
}

CLASHES = {
    "training.clash_overlap": _("Two stays at one time: %(unit)s and %(other)s"),
    "training.clash_block": _("A stay during the block at the college: %(unit)s and %(other)s"),
    "training.clash_before": _("%(unit)s begins before the apprenticeship"),
    "training.clash_after": _("%(unit)s goes on after the apprenticeship"),
    "training.clash_minor": _("%(unit)s is hazardous work, for people of eighteen or more (from %(of_age)s)"),
    "training.clash_full": _("%(department)s has %(people)s apprentices and takes %(most)s"),
    "training.clash_mentor": _("%(person)s answers for %(people)s apprentices; %(most)s are allowed"),
    "training.clash_mentor_near": _("%(person)s answers for %(people)s apprentices of %(most)s allowed"),
}

LEVELS = {"block": _("must be settled"), "warn": _("look at it"), "info": _("for information")}
STAY_STATES = {"planned": _("Stay planned"), "ended": _("Ended early"), "cancelled": _("Cancelled")}
PLACES = {"workplace": _("At the workplace"), "college": _("At the college"), "online": _("Online")}
