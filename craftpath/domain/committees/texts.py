"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "committees.not_a_side": _("Only an organisation that is a side of the committee names people for it."),
    "committees.not_yours": _("This is for the chair of the committee and the offices of its sides."),
    "committees.not_chair": _("Only the chair, or the chair's deputy, closes a vote."),
    "committees.no_seat": _("You have no seat with a vote in this committee."),
    "committees.seat_ended": _("This seat has ended, or has not begun."),
    "committees.advice_only": _("This seat advises and does not vote."),
    "committees.member_voted": _(
        "The member has voted already; the deputy votes only in the member's place."
    ),
    "committees.not_open": _("This motion is not open for votes."),
    "committees.no_seats": _("Nobody has a seat with a vote yet."),
    "committees.seated_already": _("This person has a seat for this side already."),
    "committees.own_deputy": _("Nobody is one's own deputy."),
    "committees.chaired_already": _("The committee has a chair; end that seat first."),
    "committees.ends_before": _("The last day lies before the first one."),
    "committees.ended_meeting": _("This meeting is over or cancelled; its agenda stands."),
    "committees.ended": _("This committee has ended."),
    "committees.empty": _("Say it in Chinese or in English."),
    "committees.quorum_unclear": _("A quorum is 1 to 100 percent of the seats."),
    "committees.not_owner": _("Whoever owns the decision ticks it off, or the chair."),
    "committees.sides_few": _("A committee has one to eight sides."),
    "committees.vote_open": _("A vote is still open; close or withdraw it first."),
    "committees.votes_open": _("A vote of this meeting is still open; close it before the minutes."),
}

MEETING_STATES = {
    "planned": _("Meeting planned"),
    "minuted": _("Minutes being written"),
    "awaiting_signatures": _("Minutes wait for signatures"),
    "signed": _("Minutes signed"),
    "cancelled": pgettext_lazy("a meeting", "Cancelled"),
}
MOTION_STATES = {
    "prepared": pgettext_lazy("a motion", "Prepared"),
    "open": pgettext_lazy("a motion", "Open for votes"),
    "closed": pgettext_lazy("a motion", "Closed"),
    "withdrawn": pgettext_lazy("a motion", "Withdrawn"),
}
OUTCOMES = {
    "carried": pgettext_lazy("a motion", "Carried"),
    "lost": pgettext_lazy("a motion", "Not carried"),
    "undecided": pgettext_lazy("a motion", "Not decided: too few took part"),
}
DECISION_STATES = {
    "open": pgettext_lazy("a decision", "Open"),
    "done": pgettext_lazy("a decision", "Done"),
    "dropped": pgettext_lazy("a decision", "Dropped"),
}
STATES = {**MEETING_STATES, **DECISION_STATES, **MOTION_STATES}
SEATS = {
    "chair": pgettext_lazy("a seat", "Chair"),
    "vote": pgettext_lazy("a seat", "With a vote"),
    "advice": pgettext_lazy("a seat", "Advises"),
}
RULES = {
    "simple": _("Simple majority"),
    "two_thirds": _("Two thirds"),
    "unanimous": _("Unanimous"),
    "each_side": _("Majority of each side"),
}
VOICES = {
    "yes": pgettext_lazy("a vote", "Yes"),
    "no": pgettext_lazy("a vote", "No"),
    "abstain": pgettext_lazy("a vote", "Abstain"),
}
PARTIES = {"chair": pgettext_lazy("a seat", "Chair")} | {
    f"side_{n}": pgettext_lazy("who signs minutes", "For a side") for n in range(1, 9)
}
