"""Labels, and one sentence for each reason code and each finding."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "pilots.no_name": _("Give it a name in one language at least, with at most %(most)s characters."),
    "pilots.kind_unknown": _("Choose what kind of pilot it is."),
    "pilots.no_days": _("The last day does not lie before the first one."),
    "pilots.nobody": _("Choose who takes part; nobody does."),
    "pilots.too_many": _("At most %(most)s organisations take part."),
    "pilots.not_a_member": _(
        "%(name)s cannot take part here: only your organisation, those below it, and enterprises where your "
        "apprentices learn."
    ),
    "pilots.form_used": _(
        "This form was sent for something else already. Open the page again, then fill it in."
    ),
    "pilots.no_words": _("Write something, in at most %(most)s characters."),
    "pilots.no_reason": _("Say why, in at most %(most)s characters."),
    "pilots.ended": _("This pilot has ended. It stays as it is."),
    "pilots.step_closed": _("This step is closed. Reopen it first, with a reason."),
    "pilots.lacks": _(
        "Something is still missing (%(count)s). Supply it, or say why the step is closed without it."
    ),
    "pilots.lacks_nothing": _("Nothing is missing: close the step as done."),
    "pilots.next_round_begun": _("The next round has begun, so this one stays as it is."),
    "pilots.round_open": _("Close all steps of the round before first."),
    "pilots.not_an_owner": _("%(name)s has no office in this pilot. Choose somebody who has."),
    "pilots.deliverable_unknown": _("The step does not ask for this. Choose one of the list."),
    "pilots.too_many_deliverables": _("A step holds at most %(most)s deliverables. Take one back first."),
    "pilots.thing_unknown": _(
        "This address leads to nothing that can be linked. Open the page of the thing and copy its address."
    ),
    "pilots.no_what": _("Say what is to change, in at most %(most)s characters."),
    "pilots.step_unknown": _("Choose the step that takes it up."),
    "pilots.too_many_changes": _("A round has at most %(most)s changes."),
    "pilots.change_without_owner": _("Say who carries it out: somebody with an office in this pilot."),
    "pilots.case_of_the_program": _("This case came with the program. Write an own one instead."),
    "pilots.case_not_published": _("Publish the case first: whoever works at this step reads its title."),
    "pilots.no_consent": _("Say who agreed that this is told, in at most %(most)s characters."),
    "pilots.place_unknown": _("Name the country by its two letters, such as MY, SG or EU."),
    "pilots.case_without_step": _("Choose at least one step that it speaks of."),
    "pilots.no_source": _("Name the source, in at most %(most)s characters."),
    "pilots.steps_out_of_range": _("A cycle has between 1 and %(most)s steps."),
    "pilots.step_without_name": _("Step %(place)s has no name."),
    "pilots.step_lists": _(
        "Step %(place)s needs at least one deliverable, and at most %(most)s lines in each list."
    ),
    "pilots.step_keys": _("Step %(place)s names the same thing twice."),
    "pilots.step_twice": _("Two steps are the same."),
}

KINDS = {
    "organisation": pgettext_lazy("a kind of pilot", "An organisation"),
    "city": pgettext_lazy("a kind of pilot", "A city or region"),
    "sector": pgettext_lazy("a kind of pilot", "A sector"),
}

STEP_STATES = {
    "open": pgettext_lazy("a step of a pilot", "Open"),
    "done": pgettext_lazy("a step of a pilot", "Done"),
    "waived": pgettext_lazy("a step of a pilot", "Closed with a reason"),
}

STEP_MOVES = {
    "close": pgettext_lazy("a step of a pilot", "Closed as done"),
    "waive": pgettext_lazy("a step of a pilot", "Closed with a reason"),
    "reopen": pgettext_lazy("a step of a pilot", "Reopened"),
}

ROUND_STATES = {
    "open": pgettext_lazy("a round of a pilot", "Under way"),
    "closed": pgettext_lazy("a round of a pilot", "Closed"),
}

PILOT_STATES = {
    "running": pgettext_lazy("a pilot", "Under way"),
    "ended": pgettext_lazy("a pilot", "Ended"),
}

CHANGE_STATES = {
    "proposed": pgettext_lazy("a change of a pilot", "To be decided"),
    "accepted": pgettext_lazy("a change of a pilot", "We do it"),
    "postponed": pgettext_lazy("a change of a pilot", "Not now"),
    "declined": pgettext_lazy("a change of a pilot", "No"),
    "finished": pgettext_lazy("a change of a pilot", "Carried out"),
}

CASE_STATES = {
    "draft": pgettext_lazy("a country case", "Draft"),
    "published": pgettext_lazy("a country case", "Published"),
    "withdrawn": pgettext_lazy("a country case", "Withdrawn"),
}

SURE = {
    "read": pgettext_lazy("how sure a case is", "read in the source"),
    "memory": pgettext_lazy("how sure a case is", "from memory: check before quoting"),
    "own": pgettext_lazy("how sure a case is", "own experience"),
}

FINDINGS = {
    "needs_published": _("Needs analysis published on %(on)s, n = %(count)s"),
    "answers_in": _("Answers in surveys of this round: %(done)s of %(of)s asked"),
    "skills_covered": _("Prioritised skills with an outcome that is taught and assessed: %(done)s of %(of)s"),
    "skills_known": _("Skills in the frameworks of this site: %(count)s"),
    "plans_cover": _("Classes whose plan has a unit for every outcome: %(done)s of %(of)s"),
    "units_teamed": _("Units with a teaching team: %(done)s of %(of)s"),
    "sessions_staffed": _("Sessions of this round with somebody who teaches: %(done)s of %(of)s"),
    "sessions_held": _("Sessions that are over and were held, with a roll call: %(done)s of %(of)s"),
    "hours_taught": _("Hours taught by teaching teams and confirmed: %(done)s of %(of)s taken on"),
    "rubrics_ready": _("Rubrics that can be judged with: %(count)s"),
    "practicals_published": _("Pieces of practical work that are closed: %(done)s of %(of)s"),
    "results_decided": _("Apprentices with a decided result: %(done)s of %(of)s"),
    "report_issued": _("Report of the round: version %(version)s, issued on %(on)s"),
    "changes_decided": _("Changes decided: %(done)s of %(of)s"),
}
"""What was found, as a sentence over its facts; `done` and `of` are minutes where the key is in `IN_HOURS`."""

CHECKS = {
    "needs_published": _("A needs analysis is published"),
    "answers_in": _("Those who were asked have answered"),
    "skills_covered": _("Every prioritised skill has an outcome that is taught and assessed"),
    "skills_known": _("A framework of skills is there"),
    "plans_cover": _("Every outcome has a unit in the plan"),
    "units_teamed": _("Every unit has a teaching team"),
    "sessions_staffed": _("Every planned session has somebody who teaches"),
    "sessions_held": _("Sessions were held, with a roll call"),
    "hours_taught": _("The hours taken on were taught"),
    "rubrics_ready": _("There are rubrics to judge with"),
    "practicals_published": _("Practical work is judged and closed"),
    "results_decided": _("Every apprentice has a decided result"),
    "report_issued": _("The report of the round is issued"),
    "changes_decided": _("At least one change is decided"),
}
"""What a step asks the record for."""

NOT_YET = {
    "report_issued": _("No report of this round is issued yet"),
    "needs_published": _("No needs analysis is published yet"),
}
"""Sentences for findings that have no facts while they are not met."""

IN_HOURS = frozenset({"hours_taught"})

PLACES = {
    "AU": _("Australia"),
    "CL": _("Chile"),
    "CN": pgettext_lazy("a country", "China"),
    "DE": pgettext_lazy("a country", "Germany"),
    "EU": _("European Union"),
    "GB": _("United Kingdom"),
    "MY": _("Malaysia"),
    "SG": _("Singapore"),
    "US": _("United States"),
}
