"""What happened to teaching teams, as sentences; joined to the others in `sentences.py`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEACHING = {
    "teaching.team_proposed": _("proposed a teaching team for %(subject)s; people: %(people)s"),
    "teaching.team_formed": _("the teaching team of %(subject)s teaches; people: %(people)s"),
    "teaching.team_changed": _("changed the teaching team of %(subject)s; people: %(people)s"),
    "teaching.team_declined": _("the proposed team of %(subject)s was declined or taken back: %(because)s"),
    "teaching.team_ended": _("ended the teaching team of %(subject)s: %(because)s"),
    "teaching.hours_planned": _(
        "laid the hours of %(subject)s on weeks; minutes: %(minutes)s, left: %(left)s"
    ),
    "teaching.week_pinned": _("set the week of %(week)s in %(subject)s by hand; minutes: %(minutes)s"),
    "teaching.peak_noted": _("noted a production peak at %(subject)s (%(level)s) from %(starts_on)s"),
    "teaching.peak_withdrawn": _("took a production peak at %(subject)s back"),
    "teaching.availability_set": _("noted how much %(subject)s teaches a week; minutes at most: %(weekly)s"),
    "teaching.away_set": _("noted days of %(subject)s; away: %(away)s"),
    "teaching.taught_taken_over": _("took hours of sessions over in %(subject)s; entries: %(rows)s"),
    "teaching.taught_entered": _("entered hours taught by %(subject)s on %(on)s; minutes: %(minutes)s"),
    "teaching.taught_confirmed": _("confirmed taught hours in %(subject)s; entries: %(rows)s"),
    "teaching.taught_sent_back": _("sent taught hours of %(subject)s back: %(because)s"),
    "teaching.taught_withdrawn": _("took taught hours of %(subject)s back"),
}
