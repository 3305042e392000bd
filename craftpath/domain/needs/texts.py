"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "needs.signs_nobody": _("Sign as yourself, in an organisation that you belong to."),
    "needs.title_too_long": _("A title has at most %(most)s characters."),
    "needs.no_survey": _("Choose at least one survey."),
    "needs.too_many_surveys": _("At most %(most)s surveys are analysed together."),
    "needs.survey_of_another": _("“%(survey)s” belongs to another organisation."),
    "needs.survey_open": _(
        "“%(survey)s” is not closed yet. Answers that still come would change the figures: close the survey first."
    ),
    "needs.no_skills_asked": _("“%(survey)s” asks about no skill by importance and own level."),
    "needs.scales_differ": _(
        "These surveys rate on scales of different length (%(least)s and %(most)s points), so their figures cannot be "
        "laid together. Analyse them one by one."
    ),
    "needs.crosshair_unknown": _("Choose where the lines of the map stand."),
    "needs.too_few": _(
        "In “%(survey)s”, wave %(wave)s, fewer than %(least)s people rated both sides of a skill. So few could be "
        "recognised, also in a sum with others: leave this survey out."
    ),
    "needs.method_unknown": _("Choose a method from the list."),
    "needs.priorities_count": _("A list of priorities has between 1 and %(most)s skills."),
    "needs.not_published": _("Only a published list can be signed."),
    "needs.without_role": _(
        "Whoever asked for this analysis has no role here any more. Somebody else can try again."
    ),
    "needs.failed": _(
        "The analysis came to a stop because of a fault in the program. Try again; nothing is lost."
    ),
}

STATES = {
    "computing": pgettext_lazy("state of an analysis", "being worked out"),
    "failed": pgettext_lazy("state of an analysis", "not possible"),
    "computed": pgettext_lazy("state of an analysis", "worked out"),
    "published": pgettext_lazy("state of an analysis", "published"),
    "superseded": pgettext_lazy("state of an analysis", "superseded"),
    "dropped": pgettext_lazy("state of an analysis", "put away"),
}

METHODS = {
    "mwds": _("Weighted need (MWDS)"),
    "rds": _("Ranked discrepancy (RDS)"),
    "gap": pgettext_lazy("of a skill", "Gap"),
}

QUADRANTS = {
    "concentrate": _("Concentrate here"),
    "keep_up": _("Keep up"),
    "low": _("Low priority"),
    "overkill": _("Possible overkill"),
}

GROUPS = {
    "role": pgettext_lazy("group of respondents", "Role"),
    "occupation": _("Occupation"),
    "stage": _("Stage"),
    "site": pgettext_lazy("group of respondents", "Site"),
    "organisation": pgettext_lazy("group of respondents", "Organisation"),
}

CONSTRUCTS = {
    "motivation": _("Wanting to learn general skills"),
    "understanding": _("Understanding general skills"),
}

CROSSHAIRS = {
    "means": _("at the means of all skills"),
    "middle": _("in the middle of the scale"),
}

WHY = {
    "suppressed": _("Too few people, or others could be worked out from it."),
    "no_pairs": _("Nobody here rated both sides."),
    "too_few_items": _("There are too few items for it."),
    "too_few_rows": _("Too few people answered all of it."),
    "no_complete_rows": _("Nobody answered all of it."),
    "no_variation": _("All answers are alike, so there is nothing to compare."),
    "unasked": _("Not asked here."),
}
