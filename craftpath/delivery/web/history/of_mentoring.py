"""Sentences about what the people of a pair do together."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

MENTORING = {
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
