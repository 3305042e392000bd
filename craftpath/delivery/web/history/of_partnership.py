"""What happened to partnerships and in committees, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craftpath.domain.committees import texts as committees
from craftpath.domain.partnership import texts as partnership

SENTENCES = {
    "partnership.cooperation_saved": _("wrote the cooperation agreement %(subject)s"),
    "partnership.cooperation_moved": _("cooperation agreement %(subject)s: %(state)s"),
    "partnership.cooperation_filed": _("noted the filing number %(number)s of %(subject)s"),
    "partnership.duty_taken": _("wrote a duty with a day into %(subject)s"),
    "partnership.duty_ended": _("ticked off or took out a duty of %(subject)s, due on %(due_on)s"),
    "partnership.rules_proposed": _("proposed version %(version)s of the valuation rule of %(subject)s"),
    "partnership.rules_agreed": _("agreed to version %(version)s of the valuation rule of %(subject)s"),
    "partnership.pledge_made": _("pledged something for %(year)s: %(subject)s"),
    "partnership.pledge_withdrawn": _("took a pledge for %(year)s back: %(subject)s"),
    "partnership.contribution_given": _("entered a contribution to %(subject)s"),
    "partnership.contribution_moved": _("contribution to %(subject)s: %(state)s"),
    "partnership.costs_saved": _("saved version %(version)s of the own costs and benefits: %(subject)s"),
    "partnership.letter_issued": _(
        "issued the balance letter of %(subject)s for %(year)s, version %(version)s"
    ),
    "committees.committee_founded": _("founded the committee %(subject)s"),
    "committees.committee_ended": _("ended the committee %(subject)s"),
    "committees.seat_taken": _("named %(person)s for %(subject)s"),
    "committees.seat_changed": _("changed or ended a seat of %(subject)s"),
    "committees.meeting_moved": _("meeting of %(subject)s: %(state)s"),
    "committees.item_added": _("put something on an agenda of %(subject)s"),
    "committees.motion_moved": _("motion of %(subject)s: %(state)s"),
    "committees.vote_cast": _("voted in %(subject)s"),
    "committees.decision_moved": _("decision of %(subject)s: %(state)s"),
}

STATES: dict[str, Mapping[str, object]] = {
    "partnership.cooperation_moved": partnership.STATES,
    "partnership.contribution_moved": partnership.CONTRIBUTION_STATES,
    "committees.meeting_moved": committees.MEETING_STATES,
    "committees.motion_moved": committees.MOTION_STATES,
    "committees.decision_moved": committees.DECISION_STATES,
}

LABELS = {
    "partnership.cooperation_saved": _("Cooperation agreement written"),
    "partnership.cooperation_moved": _("Cooperation agreement changed"),
    "partnership.cooperation_filed": _("Cooperation agreement filed"),
    "partnership.duty_taken": _("Duty of a partnership written"),
    "partnership.duty_ended": _("Duty of a partnership done"),
    "partnership.rules_proposed": _("Valuation rule proposed"),
    "partnership.rules_agreed": _("Valuation rule agreed"),
    "partnership.pledge_made": _("Pledge made"),
    "partnership.pledge_withdrawn": _("Pledge taken back"),
    "partnership.contribution_given": _("Contribution entered"),
    "partnership.contribution_moved": _("Contribution looked at"),
    "partnership.costs_saved": _("Costs and benefits saved"),
    "partnership.letter_issued": _("Balance letter issued"),
    "committees.committee_founded": _("Committee founded"),
    "committees.committee_ended": _("Committee ended"),
    "committees.seat_taken": _("Seat of a committee taken"),
    "committees.seat_changed": _("Seat of a committee changed"),
    "committees.meeting_moved": _("Meeting of a committee"),
    "committees.item_added": _("Agenda of a committee"),
    "committees.motion_moved": _("Motion of a committee"),
    "committees.vote_cast": _("Vote cast"),
    "committees.decision_moved": _("Decision of a committee"),
}
