"""What happened to places, as sentences."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "places.kept": _("described the place %(subject)s (public page: %(public)s)"),
    "places.seats_kept": _("wrote the seats of %(subject)s: %(seats)s in all"),
    "places.travel_kept": _("kept travel times of %(subject)s: %(rows)s rows"),
    "places.outline_kept": _("kept the outline of %(subject)s: %(corners)s corners"),
}

LABELS = {
    "places.kept": _("Place described"),
    "places.seats_kept": _("Seats of a place written"),
    "places.travel_kept": _("Travel times kept"),
    "places.outline_kept": _("Outline of an area kept"),
}
