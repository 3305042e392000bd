"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "insight.too_few": _("Too few people to be shown."),
    "insight.protects_others": _("Not shown, because a small group would follow from it."),
    "insight.being_decided": _("Being counted. Look again in a minute."),
    "insight.empty": _("Not available: nothing was counted."),
    "insight.open_end": _("Not available: too many are still in training to say how it will end."),
    "insight.too_fine": _("Not published this finely. Choose at most one dimension beside the quarter."),
    "insight.not_recorded": _("Not available: this site does not record it."),
    "insight.unknown_indicator": _("There is no such indicator."),
    "insight.wrong_county": _("The code of a county has six digits (GB/T 2260), such as 330106."),
    "insight.no_county": _("Say first in which county %(name)s lies: the lake is sorted by its code."),
    "insight.say_to_whom": _("Say who receives the figures, in at most %(most)s characters."),
    "insight.say_what_for": _("Say what the figures are for, in at most %(most)s characters."),
    "insight.nothing_to_hand_over": _("There is nothing to hand over yet."),
    "insight.handover_failed": _("The hand-over could not be made. Try again, or ask whoever runs the site."),
    "insight.handover_without_role": _("Whoever asked for it has no role there any more."),
    "insight.keys_not_opened": _(
        "The keys of the city cannot be opened, because the key of this site has changed. Restore it first."
    ),
    "insight.say_the_source": _("Say whose lake it is, in at most %(most)s characters."),
    "insight.taken_already": _("This roll-up was taken in already."),
    "insight.from_the_future": _(
        "This roll-up says it was made in the future. Look at the clock of its machine."
    ),
    "insight.no_figures": _("This file has no figures."),
}

STATES = {
    "asked": pgettext_lazy("a hand-over", "Being made"),
    "made": pgettext_lazy("a hand-over", "Handed over"),
    "refused": pgettext_lazy("a hand-over", "Not made"),
}

STEPS = {
    "applied": _("Applied"),
    "enrolled": _("Enrolled"),
    "signed": _("Agreement in force"),
    "begun": _("Began"),
    "completed": _("Completed training"),
    "diploma": _("Holds a diploma"),
}
"""Steps of the funnel that are no stages; a stage has its own name."""

OUTCOMES = {
    "completed": _("Completed training"),
    "left": pgettext_lazy("how it ended", "Left early"),
    "transferred": pgettext_lazy("how it ended", "Went on elsewhere"),
}
