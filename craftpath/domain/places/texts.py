"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

NETWORKS: dict[str, StrPromise] = {
    "": pgettext_lazy("network of a place", "not stated"),
    "good": pgettext_lazy("network of a place", "good"),
    "poor": pgettext_lazy("network of a place", "poor"),
    "none": pgettext_lazy("network of a place", "none"),
}

MODES: dict[str, StrPromise] = {
    "walk": _("on foot"),
    "bike": _("by bicycle"),
    "bus": _("by bus"),
    "car": _("by car"),
}

SYSTEMS: dict[str, StrPromise] = {
    "wgs84": _("GPS, OpenStreetMap (WGS-84)"),
    "gcj02": _("Amap, Tencent (GCJ-02)"),
    "bd09": _("Baidu (BD-09)"),
}

OFFERS: dict[str, StrPromise] = {
    "occupations": pgettext_lazy("what a place offers", "Occupations"),
    "courses": pgettext_lazy("what a place offers", "Courses"),
    "workshops": pgettext_lazy("what a place offers", "Workshops"),
    "equipment": pgettext_lazy("what a place offers", "Equipment"),
}

REASONS: dict[str, StrPromise] = {
    "places.position_unclear": _(
        "A position is two figures in degrees: latitude, longitude. Leave both empty if you do not know."
    ),
    "places.too_long": _("At most %(most)s characters in each line, and %(lines)s lines."),
    "places.network_unknown": _("The network is good, poor or none."),
    "places.seats_unclear": _(
        "A line of seats has an occupation, a first and a last day in this order, and a number."
    ),
    "places.seats_many": _("A place has at most %(most)s lines of seats."),
    "places.travel_unclear": _("Row %(row)s: from, to, minutes (1 to 600), mode (walk, bike, bus, car)."),
    "places.travel_place_unknown": _("Row %(row)s: there is no place “%(name)s” here."),
    "places.travel_empty": _("Paste at least one row."),
    "places.travel_many": _("At most %(most)s rows at once."),
    "places.outline_broken": _(
        "This file is no GeoJSON with an outline in degrees of longitude and latitude."
    ),
    "places.outline_large": _(
        "The file is larger than %(megabytes)s MB, or has too many corners. Export it more coarsely."
    ),
}
