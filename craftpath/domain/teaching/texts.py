"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "teaching.no_minutes": _("“%(unit)s” has no hours in this plan, so nobody teaches it."),
    "teaching.unit_of_another": _("This unit is not in the plan of the class. Choose one of its units."),
    "teaching.team_already": _(
        "“%(unit)s” has a team in this class already. Change that one, or end it first."
    ),
    "teaching.nobody": _("Choose at least one person who teaches."),
    "teaching.too_many": _("A team has at most %(most)s members."),
    "teaching.twice_in_it": _("%(name)s stands in the team twice."),
    "teaching.kind_unknown": _(
        "Say for %(name)s what he or she is: trainer, master, mentor or entrepreneur."
    ),
    "teaching.one_lead": _("Exactly one of the team leads it; now it is %(count)s."),
    "teaching.share_out_of_range": _("The share of %(name)s lies between 0.1 and 100 %%."),
    "teaching.shares_over": _(
        "The shares come to %(percent)s %%, which is more than the whole. Take %(over)s %% off."
    ),
    "teaching.ends_before_start": _("The last day comes after the first."),
    "teaching.too_long": _("A team teaches a unit for at most %(years)s years."),
    "teaching.member_outside": _("The days of %(name)s lie outside those of the team, %(start)s to %(end)s."),
    "teaching.guest_unnamed": _("Write the guest's name."),
    "teaching.guest_has_account": _("%(name)s has an account here: choose the person from the list."),
    "teaching.has_taught": _(
        "%(name)s has taught in this unit already. Set a last day instead of taking the person out."
    ),
    "teaching.not_in_it": _("Only those who are asked to teach in this team answer for it."),
    "teaching.not_yours_to_plan": _("The office of the college plans this team; ask a coordinator."),
    "teaching.no_reason": _("Say why, in at most %(most)s characters."),
    "teaching.not_teaching": _("This team does not teach now, so there is nothing to plan or to enter."),
    "teaching.week_outside": _("The week of %(week)s lies outside the days of this team."),
    "teaching.week_past": _("The week of %(week)s is over: what was taught then is entered, not planned."),
    "teaching.minutes_out_of_range": _("Write hours between 0 and %(most)s."),
    "teaching.no_level": _("Say how hard it is: lightly, hard, or nobody can be spared."),
    "teaching.peak_overlaps": _(
        "From %(start)s to %(end)s there is a peak already for the same place. Take that one back first, or choose "
        "other days."
    ),
    "teaching.peak_of_another": _("This department belongs to another enterprise."),
    "teaching.words_too_long": _("Say it in at most %(most)s characters."),
    "teaching.no_weekday": _("Choose at least one day of the week."),
    "teaching.away_overlaps": _("You are away already from %(start)s to %(end)s."),
    "teaching.day_outside": _("%(on)s lies outside the days of %(name)s in this team, %(start)s to %(end)s."),
    "teaching.day_ahead": _("%(on)s is still to come. Enter it when it is taught."),
    "teaching.day_full": _("On %(on)s that would make more than 24 hours."),
    "teaching.no_topic": _("Say what was taught, in at most %(most)s characters."),
    "teaching.not_own": _("Only whoever taught writes this down."),
    "teaching.own_hours": _("Nobody confirms the own hours. The office does, or the lead."),
    "teaching.not_yours_to_confirm": _("The lead of the team or the office confirms this."),
    "teaching.session_elsewhere": _("This session is not one of this team, or it was taken over already."),
    "teaching.not_yours_to_say": _("Everybody says for oneself; for guests the office of the team does."),
    "teaching.no_day": _("“%(given)s” is no day of this century. Write it as 2027-08-31."),
    "teaching.line_unclear": _(
        "Line %(line)s: write first day, last day, how hard, and if you like a few words."
    ),
    # What planning has to say. These stand in `Team.notes`.
    "teaching.week_left_out_peak": _("Left out because of a peak at %(place)s: %(week)s."),
    "teaching.weeks_left_out_free": _(
        "Weeks without anybody of the class in this unit, left out: %(count)s."
    ),
    "teaching.week_thin_peak": _("Less because of a peak at %(place)s: %(week)s."),
    "teaching.minutes_left": _(
        "%(hours)s of %(name)s fit into no week. Give part of the share to somebody else."
    ),
    "teaching.no_weeks": _("No week is left to plan: the unit is over, or nobody of the class is in it."),
    # Conflicts; computed, never stored.
    "teaching.conflict_peak": _(
        "%(name)s: %(planned)s in %(week)s, but the peak at %(place)s leaves %(left)s."
    ),
    "teaching.conflict_over": _("%(name)s: %(planned)s in %(week)s in all teams, at most %(most)s a week."),
    "teaching.conflict_away": _("%(name)s is away in %(week)s and plans %(planned)s: a deputy is needed."),
    "teaching.conflict_twice": _(
        "%(name)s teaches at two places at once on %(on)s: “%(one)s” and “%(other)s”."
    ),
}

KINDS = {
    "trainer": pgettext_lazy("in a teaching team", "College trainer"),
    "skilled_master": pgettext_lazy("in a teaching team", "Skilled master"),
    "enterprise_mentor": pgettext_lazy("in a teaching team", "Enterprise mentor"),
    "entrepreneur": pgettext_lazy("in a teaching team", "Entrepreneur"),
}

ROLES = {
    "lead": pgettext_lazy("in a teaching team", "Lead"),
    "member": pgettext_lazy("in a teaching team", "Member"),
}

TEAM_STATES = {
    "proposed": pgettext_lazy("a teaching team", "Waits for a yes"),
    "active": pgettext_lazy("a teaching team", "Teaches"),
    "declined": pgettext_lazy("a teaching team", "Declined"),
    "withdrawn": pgettext_lazy("a teaching team", "Withdrawn"),
    "ended": pgettext_lazy("a teaching team", "Ended"),
}

LEVELS = {
    "light": pgettext_lazy("a production peak", "Lightly busy"),
    "hard": pgettext_lazy("a production peak", "Very busy"),
    "nobody": pgettext_lazy("a production peak", "Nobody can be spared"),
}

TAUGHT_STATES = {
    "entered": pgettext_lazy("taught hours", "To be confirmed"),
    "confirmed": pgettext_lazy("taught hours", "Confirmed"),
    "sent_back": pgettext_lazy("taught hours", "Sent back"),
    "withdrawn": pgettext_lazy("taught hours", "Taken back"),
}
