"""Sentences about pairs and the rounds that lead to them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

OF_PAIRS = {
    "pairing.standing_set": _(
        "noted for %(subject)s: teaches at most %(capacity)s; qualification no longer holds from %(qualified_until)s"
    ),
    "pairing.result_noted": _("noted the result of a published appraisal with %(subject)s"),
    "pairing.house_rules_set": _(
        "set the rules for pairs at %(subject)s; longest gap in days: %(gap_days)s; days for objections: "
        "%(objection_days)s; ratio: %(ratio)s"
    ),
    "pairing.proposed": _("proposed the pair %(subject)s (%(kind)s); people: %(people)s"),
    "pairing.formed": _("the pair %(subject)s is formed (%(kind)s); people: %(people)s"),
    "pairing.declined": _("the proposed pair %(subject)s was declined or taken back: %(because)s"),
    "pairing.ended": _(
        "ended the pair %(subject)s from %(on)s; by objection: %(dissolved)s; reason: %(because)s"
    ),
    "pairing.renewed": _("renewed the pair %(subject)s; it ends on %(until)s"),
    "pairing.teacher_replaced": _(
        "somebody else teaches in the pair %(subject)s from %(on)s; reason: %(because)s"
    ),
    "pairing.deputy_appointed": _(
        "named a deputy in the pair %(subject)s from %(starts_on)s, until before %(ends_on)s"
    ),
    "pairing.mentors_taken_over": _("made pairs of the mentors of the roster of %(subject)s: %(pairs)s"),
    "matching.profile_written": _("wrote down what %(subject)s teaches and wants to learn"),
    "matching.travel_noted": _("noted the way from %(one)s to %(other)s: %(minutes)s minutes"),
    "matching.round_opened": _(
        "opened the round “%(subject)s” (%(kind)s): %(learners)s who learn, %(teachers)s who teach"
    ),
    "matching.round_weighed": _("set what matters in “%(subject)s”"),
    "matching.seats_changed": _(
        "changed who takes part in “%(subject)s”: %(learners)s who learn, %(teachers)s who teach"
    ),
    "matching.pair_marked": _("pinned two people in “%(subject)s”, kept them apart, or took that away"),
    "matching.preferences_asked": _("asked everybody in “%(subject)s” for wishes until %(until)s"),
    "matching.preferences_closed": _("ended the asking for wishes in “%(subject)s”"),
    "matching.preferences_stated": _("said whom they would like"),
    "matching.proposal_made": _(
        "proposed pairs in “%(subject)s” (proposal %(number)s); without a teacher: %(without)s"
    ),
    "matching.round_published": _(
        "published proposal %(number)s of “%(subject)s”: %(formed)s pairs formed, %(replaced)s teachers replaced, "
        "%(kept)s pairs go on"
    ),
    "matching.round_dropped": _("dropped the round “%(subject)s”: %(because)s"),
    "pairing.change_asked": _("asked for a change"),
    "pairing.change_seen": _("read it"),
    "pairing.change_settled": _("answered it"),
    "pairing.change_withdrawn": _("took it back"),
}
