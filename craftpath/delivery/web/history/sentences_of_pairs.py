"""What has happened to pairs and between the people in them, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "pairing.standing_set": _(
        "noted for %(subject)s: teaches at most %(capacity)s; qualification no longer holds from %(qualified_until)s"
    ),
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
    "pairing.change_asked": _("asked for a change"),
    "pairing.change_seen": _("read it"),
    "pairing.change_settled": _("answered it"),
    "pairing.change_withdrawn": _("took it back"),
    "mentoring.rules_set": _(
        "set the rules for meetings of %(subject)s: every %(every_days)s days, talk after %(talk_after_percent)s %%, "
        "agreement needed: %(needs_agreement)s"
    ),
    "mentoring.goal_set": _("set a goal in the pair %(subject)s, by %(due_on)s"),
    "mentoring.goal_reached": _("said that a goal of the pair %(subject)s is reached"),
    "mentoring.goal_dropped": _("dropped a goal of the pair %(subject)s"),
    "mentoring.goal_objected": _("objected that a goal of the pair %(subject)s is not reached yet"),
    "mentoring.meeting_written": _(
        "wrote down a meeting of the pair %(subject)s on %(on)s, %(minutes)s minutes"
    ),
    "mentoring.meeting_confirmed": _("confirmed a meeting of the pair %(subject)s"),
    "mentoring.meeting_corrected": _("corrected a meeting of the pair %(subject)s; version %(version)s"),
    "mentoring.talk_answered": _("answered the halfway talk of the pair %(subject)s"),
    "mentoring.talk_closed": _("closed the halfway talk of the pair %(subject)s; all sides have"),
    "mentoring.talk_waived": _("waived the halfway talk of the pair %(subject)s: %(because)s"),
    "mentoring.product_kept": _("wrote down the product of the pair %(subject)s: %(title)s"),
    "mentoring.product_shown": _(
        "noted that the product of the pair %(subject)s was shown on %(on)s: %(audience)s"
    ),
    "mentoring.agreement_drawn_up": _("drew up the agreement of the pair %(subject)s, version %(version)s"),
    "mentoring.agreement_signed": _(
        "everybody has signed the agreement of the pair %(subject)s, version %(version)s"
    ),
    "mentoring.agreement_replaced": _(
        "the agreement of the pair %(subject)s, version %(version)s, is replaced and kept"
    ),
    "mentoring.wording_written": _("wrote the clauses for pairs of %(subject)s, version %(version)s"),
    "mentoring.graduated": _(
        "the pair %(subject)s graduated on %(on)s: %(meetings)s meetings, %(minutes)s minutes, %(goals)s goals reached"
    ),
}
