"""What happened to things that are booked, and to bookings, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craftpath.domain.bookings import texts as bookings

SENTENCES = {
    "bookings.thing_offered": _("offered %(subject)s to be booked"),
    "bookings.thing_changed": _("changed %(subject)s or the rules by which it is booked"),
    "bookings.thing_moved": _("%(subject)s: %(state)s"),
    "bookings.thing_closed": _("%(subject)s is out of order: %(because)s"),
    "bookings.thing_reopened": _("%(subject)s works again"),
    "bookings.booked": _("booked %(subject)s: %(state)s"),
    "bookings.moved": _("booking of %(subject)s: %(state)s %(because)s"),
}

STATES: dict[str, Mapping[str, object]] = {
    "bookings.thing_moved": bookings.OFFERS,
    "bookings.booked": bookings.STATES,
    "bookings.moved": bookings.STATES,
}

LABELS = {
    "bookings.thing_offered": _("Something offered to be booked"),
    "bookings.thing_changed": _("Rules of booking changed"),
    "bookings.thing_moved": _("No longer offered, or again"),
    "bookings.thing_closed": _("Out of order"),
    "bookings.thing_reopened": _("Works again"),
    "bookings.booked": _("Booked"),
    "bookings.moved": _("Booking a step further"),
}
