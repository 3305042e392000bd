"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASONS = {
    "apprenticeships.cohort_exists": _("A cohort of this name, with this first day, is planned already."),
    "apprenticeships.cohort_completed": _("This cohort is completed and takes nobody in any more."),
    "apprenticeships.enrolled_already": _("%(name)s has a place in this cohort already."),
    "apprenticeships.number_taken": _(
        "The student number %(number)s belongs to somebody else in this cohort."
    ),
    "apprenticeships.mentor_of_oneself": _("Nobody is supervised by oneself. Choose another mentor."),
    "apprenticeships.not_one_cohort": _("Choose at least one apprentice, all of one cohort."),
    "apprenticeships.stage_not_open": _("%(count)s of the apprentices are not in this stage."),
    "apprenticeships.undo_built_on": _(
        "Nothing was undone: others have built on %(count)s of the people whom this roster brought."
    ),
}

ENROLMENT_STATES = {
    "enrolled": _("Has a place"),
    "active": _("Active"),
    "suspended": _("Paused"),
    "ended": _("Left"),
}
COHORT_STATES = {"planned": _("Planned"), "running": _("Running"), "completed": _("Completed")}
STAGE_STATES = {"locked": _("Not begun"), "open": _("Under way"), "passed": _("Passed")}
PARTY_ROLES = {"mentor": _("Mentor"), "trainer": _("Trainer"), "assessor": _("Assessor")}
