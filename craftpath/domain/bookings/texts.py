"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "bookings.no_name": _("Say what it is called, in Chinese or English."),
    "bookings.site_elsewhere": _("It stands at your organisation or below it."),
    "bookings.hours_unclear": _("Opening hours are whole quarters of an hour, from before until."),
    "bookings.no_trainer": _("Choose who it is: somebody with a role at your organisation."),
    "bookings.trainer_twice": _("This person can be booked already."),
    "bookings.numbers_unclear": _("One of the numbers is too small or too large."),
    "bookings.form_used": _("This form was sent for something else already. Open the page again."),
    "bookings.retired": _("It is no longer offered for booking."),
    "bookings.say_what_for": _("Say in a few words what it is for, in at most %(most)s characters."),
    "bookings.say_why": _("Say why, in at most %(most)s characters."),
    "bookings.quarters": _("Bookings begin and end on a quarter of an hour, on one day, the start first."),
    "bookings.past": _("This time is over."),
    "bookings.too_far": _("It can be booked at most a year ahead."),
    "bookings.too_soon": _("It must be booked at least %(hours)s hours ahead."),
    "bookings.too_long": _("It can be booked for at most %(minutes)s minutes at a time."),
    "bookings.not_open": _("It is not open at that time."),
    "bookings.closed": _("It is out of order then: %(because)s"),
    "bookings.taken": _("Taken by %(who)s, %(since)s to %(until)s."),
    "bookings.taken_partly": _("Only %(left)s of %(seats)s places are free then; one is taken by %(who)s."),
    "bookings.taken_now": _("Somebody else booked this time at the same moment. Look at the week again."),
    "bookings.too_many_seats": _("It has %(seats)s places."),
    "bookings.person_away": _("%(name)s is away on that day."),
    "bookings.person_teaching": _("%(name)s teaches at that time."),
    "bookings.not_shared": _("It is not shared with your organisation."),
    "bookings.no_basis": _("No cooperation agreement between your organisations is in force on that day."),
    "bookings.after_basis": _(
        "The cooperation agreement ends on %(last)s; nothing is shared after that day."
    ),
    "bookings.not_yours": _("Whoever booked, that person's office, or the owner can do this."),
    "bookings.not_begun": _("Say so once the time has begun."),
    "bookings.over": _("The time has begun. Say whether it was used instead."),
    "bookings.none_free": _("None of these times is free."),
    "bookings.not_all_free": _("Not all of these times are free. Book those that are, or choose others."),
    "bookings.weeks_unclear": _("A series has 2 to %(most)s bookings."),
    "bookings.basis_ended": _("The cooperation agreement under which it was booked has ended."),
    "bookings.span_unclear": _("The end comes after the start."),
    "bookings.booked_then": _(
        "There are bookings in that time: %(count)s. Cancel them first, so that whoever booked hears of it."
    ),
}

KINDS = {
    "equipment": pgettext_lazy("something to book", "Equipment"),
    "room": pgettext_lazy("something to book", "Room"),
    "trainer": pgettext_lazy("something to book", "Teacher or master"),
    "other": pgettext_lazy("something to book", "Other"),
}

STATES = {
    "asked": pgettext_lazy("a booking", "Waits for the owner"),
    "booked": pgettext_lazy("a booking", "Booked"),
    "used": pgettext_lazy("a booking", "Used"),
    "not_used": pgettext_lazy("a booking", "Not used"),
    "cancelled": pgettext_lazy("a booking", "Cancelled"),
}

OFFERS = {
    "offered": pgettext_lazy("something to book", "can be booked again"),
    "retired": pgettext_lazy("something to book", "no longer offered"),
}
