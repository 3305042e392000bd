"""Labels, what papers say in both languages at once, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.values.text import Text

REASONS = {
    "certificates.kind_not_active": _("This kind of certificate is not in use. Put it into use first."),
    "certificates.kind_not_draft": _("A kind in use is not edited. Begin a new version of it."),
    "certificates.no_title": _("Say in Chinese or English what it certifies."),
    "certificates.too_long": _("At most %(most)s characters fit."),
    "certificates.purpose_unknown": _("Choose what it is for."),
    "certificates.level_unknown": _("Choose a level of the scheme, or neither."),
    "certificates.ground_missing": _("Say what it stands on."),
    "certificates.months_unclear": _("It holds for 1 to %(most)s months, or without an end."),
    "certificates.skill_unknown": _("Choose skills of the list."),
    "certificates.requirement_kind_unknown": _("Row %(place)s: choose what it asks for."),
    "certificates.requirement_incomplete": _("Row %(place)s: something is missing."),
    "certificates.requirement_level_unknown": _("Row %(place)s: the scheme has no such level."),
    "certificates.requirement_amount_unknown": _("Row %(place)s: say how much, as a whole number."),
    "certificates.requirement_twice": _("Row %(place)s says the same as one before it."),
    "certificates.requirement_too_many": _("At most %(place)s rows fit."),
    "certificates.asks_nothing": _(
        "It asks for nothing, so nobody is due. Add a row that says what it asks."
    ),
    "certificates.day_unclear": _("The day on the paper is today or earlier, not before %(first)s."),
    "certificates.because_missing": _("Say why, in at most %(most)s characters."),
    "certificates.stage_open": _("The stage is not passed yet."),
    "certificates.course_open": _("The course is not finished yet."),
    "certificates.skill_unseen": _(
        "The record shows no level, or fewer than %(least)s ratings and observations."
    ),
    "certificates.skill_below": _("The record shows level %(have)s; it takes %(want)s."),
    "certificates.service_short": _("%(have)s so far; it takes %(want)s."),
    "certificates.not_due": _("The record does not show what it stands on."),
    "certificates.requirement_missing": _("%(count)s of what it asks is missing."),
    "certificates.held_already": _("Has it already: %(number)s."),
    "certificates.revoked_before": _("Was revoked before: %(number)s. Look at that one first."),
    "certificates.not_printable": _("The font of the papers lacks %(characters)s."),
    "certificates.own": _("Nobody issues a certificate to oneself."),
    "certificates.nobody_chosen": _("Choose at least one person."),
    "certificates.too_many_people": _("At most %(most)s people fit into one batch."),
    "certificates.batch_without_role": _("Whoever began this no longer works there. Begin again."),
    "certificates.batch_waits": _("Somebody of this batch is still waiting."),
    "certificates.key_not_opened": _(
        "The key cannot be opened: the site's own key has changed. Begin a new key."
    ),
}

PURPOSES = {
    "stage": pgettext_lazy("a certificate for", "A stage"),
    "skill": pgettext_lazy("a certificate for", "A core skill"),
    "course": pgettext_lazy("a certificate for", "A course"),
    "workshop": pgettext_lazy("a certificate for", "A workshop"),
    "service": pgettext_lazy("a certificate for", "Service as a trainer"),
    "qualification": pgettext_lazy("a certificate for", "A qualification"),
    "diploma": pgettext_lazy("a certificate for", "A diploma"),
}

REQUIREMENTS = {
    "stage": _("Stage passed: %(name)s"),
    "course": _("Course finished: %(name)s"),
    "skill": _("%(name)s at level %(want)s or above"),
    "certificate": _("Certificate: %(name)s, or above"),
    "hours": _("%(want)s hours in the record"),
    "months": _("%(want)s months of apprenticeship"),
    "pair_served": _("%(want)s months of teaching apprentices"),
    "pairs": _("%(want)s apprentices taught"),
    "credits": _("%(want)s credits"),
}
"""How a requirement is said; of a kind that a noun above registers without one, its key."""
COUNTED = {
    "hours": pgettext_lazy("a requirement", "Hours in the record"),
    "months": pgettext_lazy("a requirement", "Months of apprenticeship"),
    "pair_served": pgettext_lazy("a requirement", "Months of teaching apprentices"),
    "pairs": pgettext_lazy("a requirement", "Apprentices taught"),
    "credits": pgettext_lazy("a requirement", "Credits"),
}

KINDS = {
    "draft": pgettext_lazy("a kind of certificate", "Draft"),
    "active": pgettext_lazy("a kind of certificate", "In use"),
    "retired": pgettext_lazy("a kind of certificate", "Out of use"),
}
STANDINGS = {
    "valid": pgettext_lazy("a certificate", "Valid"),
    "expired": pgettext_lazy("a certificate", "Expired"),
    "revoked": pgettext_lazy("a certificate", "Revoked"),
    "replaced": pgettext_lazy("a certificate", "Replaced"),
}
BATCHES = {
    "planned": pgettext_lazy("a batch", "To look at"),
    "issuing": pgettext_lazy("a batch", "Being issued"),
    "done": pgettext_lazy("a batch", "Done"),
    "cancelled": pgettext_lazy("a batch", "Stopped"),
}
KEYS = {
    "active": pgettext_lazy("a key", "Signs now"),
    "retired": pgettext_lazy("a key", "Signs no more"),
    "revoked": pgettext_lazy("a key", "Revoked"),
}
COLOURS = {
    "pine": pgettext_lazy("a colour of paper", "Pine"),
    "indigo": pgettext_lazy("a colour of paper", "Indigo"),
    "cinnabar": pgettext_lazy("a colour of paper", "Cinnabar"),
    "bronze": pgettext_lazy("a colour of paper", "Bronze"),
    "ink": pgettext_lazy("a colour of paper", "Ink"),
}
BORDERS = {
    "double": pgettext_lazy("a border", "Double line"),
    "line": pgettext_lazy("a border", "Single line"),
    "corners": pgettext_lazy("a border", "Corners"),
    "band": pgettext_lazy("a border", "Band at the side"),
    "none": pgettext_lazy("a border", "None"),
}

LINES = {
    "programme": Text("培训项目", "Programme"),
    "stage": Text("阶段", "Stage"),
    "enterprise": Text("企业", "Enterprise"),
    "passed_on": Text("通过日期", "Passed on"),
    "course": Text("课程", "Course"),
    "finished_on": Text("完成日期", "Finished on"),
    "score": Text("成绩", "Score"),
    "level": Text("水平", "Level"),
    "taught_since": Text("带徒起始", "Teaching since"),
    "months": Text("带徒时间", "Time of teaching"),
    "apprentices": Text("带过学徒", "Apprentices taught"),
}
"""What stands before a line of a paper, which is printed in both languages."""
UNITS = {"months": Text("{}个月", "{} months"), "apprentices": Text("{}人", "{}")}
