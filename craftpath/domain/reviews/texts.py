"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "reviews.not_yours": _("Only the apprentice, the mentor and the college take part in this review."),
    "reviews.led_by_others": _("The mentor or the college holds the review; you say your part and sign."),
    "reviews.link_for_mentors": _("Only a mentor signs a review by link; the others sign on screen."),
    "reviews.link_by_college": _("The college gives the mentor a link to sign."),
    "reviews.ends_before_start": _("A review ends after it begins, within four hours."),
    "reviews.text_is_fixed": _(
        "The text of this review is fixed. Take it back first if something must change."
    ),
    "reviews.held_already": _("This review was held already, or does not take place."),
    "reviews.not_yet": _("This review is planned for %(on)s; it can be written down from the day before."),
    "reviews.has_left": _("The apprenticeship ended on %(on)s; after that day no review is held."),
    "reviews.before_start": _("The apprenticeship began on %(on)s; before that day no review was held."),
    "reviews.no_colour": _("Say how it stands: green, amber or red."),
    "reviews.colour_without_reason": _("Amber and red need a reason, in a few words."),
    "reviews.no_reason": _("Say why, in at most 300 characters."),
    "reviews.written_meanwhile": _(
        "Somebody has written in this review meanwhile. Read it again, then send it."
    ),
    "reviews.nobody_to_plan": _("No active apprentice of this cohort can be planned for."),
    "reviews.changed_meanwhile": _(
        "Something has changed since the preview. Look at the new one, then publish."
    ),
    "reviews.pattern_unknown": _(
        "Choose days, hours and a length that leave room for at least one review a day."
    ),
    "reviews.trainer_unknown": _("Whoever reviews for the college works there."),
    "reviews.no_words": _("Write at least a word, at most %(most)s characters."),
    "reviews.goals_too_many": _("At most %(most)s goals can be open at once: settle one first."),
    "reviews.goal_of_another": _(
        "Only whoever took a goal on says that it is reached; the others do in a review."
    ),
    "reviews.goal_settled": _("This goal is settled already."),
    "reviews.goal_over": _("The apprenticeship is not under way; its goals rest."),
    "reviews.signed_by_them": _("This side has signed; there is nothing to excuse."),
    "reviews.signer_has_left": _(
        "%(name)s does not work with this apprentice any more and cannot sign. The college can excuse the signature."
    ),
    "reviews.somebody_busy": _(
        "Somebody who takes part cannot then: there is something else from %(start)s."
    ),
    "reviews.still_ahead": _("This review is planned for %(on)s; move it, or wait until then."),
    "reviews.in_the_future": _("A review cannot have been held on a day that has not come yet."),
    "reviews.not_waiting": _("This review does not wait for signatures."),
    "reviews.planned_already": _("For these apprentices reviews are planned in this time already."),
}

REVIEW_STATES = {
    "scheduled": pgettext_lazy("a review", "Arranged"),
    "held": pgettext_lazy("a review", "Held"),
    "missed": pgettext_lazy("a review", "Did not take place"),
    "cancelled": pgettext_lazy("a review", "Cancelled"),
    "written": pgettext_lazy("a review", "To sign"),
    "signed": pgettext_lazy("a review", "Signed"),
}

GOAL_STATES = {
    "open": pgettext_lazy("a goal", "Open"),
    "met": pgettext_lazy("a goal", "Met"),
    "dropped": pgettext_lazy("a goal", "Dropped"),
}

COLOURS = {
    "green": pgettext_lazy("how it stands", "On track"),
    "amber": pgettext_lazy("how it stands", "Needs attention"),
    "red": pgettext_lazy("how it stands", "At risk"),
}

COLOUR_HINTS = {
    "green": _("Everything goes as planned."),
    "amber": _("Something needs help soon; say what."),
    "red": _("The next stage is in danger; say why."),
}

ROLES = {"apprentice": _("Apprentice"), "mentor": _("Mentor"), "college": _("College")}

MODES = {"on_site": _("On site"), "online": _("Online"), "phone": _("By phone")}

CLASHES = {
    "reviews.apprentice_busy": _("%(name)s is at a session then."),
    "reviews.apprentice_reviewed": _("%(name)s has another review then."),
    "reviews.mentor_busy": _("%(name)s has another review then."),
    "reviews.trainer_busy": _("%(name)s has another review then."),
    "reviews.teaching": _("%(name)s teaches then."),
    "reviews.away": _("%(name)s is on leave then."),
}
