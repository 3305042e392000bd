"""Forms of places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.days import DayField
from craftpath.domain.places.rules import LONGEST, LONGEST_ABOUT, MODES, OFFERS, Term, Told, Way
from craftpath.domain.places.texts import MODES as MODE_NAMES
from craftpath.domain.places.texts import NETWORKS, SYSTEMS
from craftpath.domain.places.texts import OFFERS as OFFER_NAMES
from craftpath.engines.geography import true_position
from craftpath.engines.geography.types import Position
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text

SEAT_ROWS = 8
_FIGURE = re.compile(r"[-+]?\d{1,3}(?:\.\d+)?")


def _lines(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line."),
    )  # fmt: skip


def _line(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LONGEST, help_text=hint)


class PlaceForm(forms.Form):
    """What is said about a place."""

    address = _line(pgettext_lazy("of a place", "Address"))
    position = _line(
        pgettext_lazy("of a place", "Position"),
        _("Latitude and longitude in degrees, as a map shows them: 31.2304, 121.4737."),
    )
    system = forms.ChoiceField(
        label=_("Copied from"), choices=list(SYSTEMS.items()), widget=forms.RadioSelect, initial="wgs84",
        help_text=_("Maps made in China show places some hundred metres aside. Say which map it was: it is put right."),
    )  # fmt: skip
    hours = _line(_("Opening hours"), _("For example: Monday to Friday 8:00–17:30"))
    contact = _line(_("Contact"), _("Telephone or mail of the office, not of a person."))
    about_zh = forms.CharField(
        label=_("About this place, in Chinese"),
        required=False,
        max_length=LONGEST_ABOUT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    about_en = forms.CharField(
        label=_("About this place, in English"),
        required=False,
        max_length=LONGEST_ABOUT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    occupations = _lines(OFFER_NAMES["occupations"])
    courses = _lines(OFFER_NAMES["courses"])
    workshops = _lines(OFFER_NAMES["workshops"])
    equipment = _lines(OFFER_NAMES["equipment"])
    languages = _line(_("Languages"))
    access = _line(_("Accessibility"), _("Lift, ramp, toilets, hearing loop …"))
    network = forms.ChoiceField(
        label=pgettext_lazy("of a place", "Network"),
        choices=list(NETWORKS.items()),
        widget=forms.RadioSelect,
        required=False,
    )
    photo = forms.FileField(
        label=_("Photo"), required=False, help_text=_("JPEG, PNG or WebP; please no people.")
    )
    photo_words = _line(_("What the photo shows"))
    is_public = forms.BooleanField(
        label=_("Public page: everybody reads this without signing in"), required=False
    )
    is_indexed = forms.BooleanField(label=_("Search engines may list the public page"), required=False)

    def clean_position(self) -> Position | None:
        """Two figures; the first one is the longitude where only that can be."""
        typed = self.cleaned_data["position"].strip()
        if not typed:
            return None
        figures = [float(one) for one in _FIGURE.findall(typed)]
        if len(figures) != 2 or abs(figures[0]) > 180 or abs(figures[1]) > 180:
            raise forms.ValidationError(gettext("Two figures in degrees: latitude, then longitude."))
        lat, lon = figures
        if abs(lat) > 90 >= abs(lon):
            lat, lon = lon, lat
        if abs(lat) > 90:
            raise forms.ValidationError(gettext("Two figures in degrees: latitude, then longitude."))
        return Position(lat, lon)

    def told(self) -> Told:
        """As the action takes it, with the position made true."""
        given = self.cleaned_data
        at = given["position"]
        names = {"zh": given["about_zh"].strip(), "en": given["about_en"].strip()}
        return Told(
            given["address"], None if at is None else true_position(at, given["system"]), given["hours"],
            given["contact"], {key: words for key, words in names.items() if words},
            {key: _listed(given[key]) for key in OFFERS}, given["languages"], given["access"], given["network"],
            given["photo_words"], given["is_public"], given["is_indexed"],
        )  # fmt: skip


def _listed(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]


class SeatsForm(forms.Form):
    """A line: which occupation, from when until when, how many."""

    occupation = forms.CharField(label=_("Occupation"), max_length=LONGEST)
    starts_on = DayField(pgettext_lazy("of a term", "First day"))
    ends_on = DayField(pgettext_lazy("of a term", "Last day"))
    count = forms.IntegerField(label=_("Seats"), min_value=0, max_value=100_000)

    @property
    def begun(self) -> bool:
        """Whether an occupation or a number stands in it."""
        return self.is_bound and any(
            str(self.data.get(self.add_prefix(name), "")).strip() for name in ("occupation", "count")
        )

    def term(self) -> Term:
        """As the action takes it."""
        given = self.cleaned_data
        zh, _slash, en = given["occupation"].partition("/")
        both = {"zh": zh.strip(), "en": en.strip()}
        return Term(
            {key: words for key, words in both.items() if words},
            given["starts_on"],
            given["ends_on"],
            given["count"],
        )


def seat_rows(data: Any, known: Iterable[dict[str, Any]]) -> list[SeatsForm]:
    """What is there, and some lines to write into."""
    first = [*known]
    first += [{}] * max(SEAT_ROWS - len(first), 3)
    return [SeatsForm(data, prefix=f"seats-{n}", initial=one) for n, one in enumerate(first)]


class TravelForm(forms.Form):
    """Rows pasted from a sheet."""

    rows = forms.CharField(
        label=_("Rows"),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "From, to, minutes, mode (walk, bike, bus, car), as copied from a sheet. "
            "The way back takes as long unless a row says otherwise."
        ),
    )

    def ways(self, organisations: Iterable[Organisation]) -> list[Way]:
        """As the action takes them; the first row that cannot be read stands in the form as an error."""
        names: dict[str, Organisation] = {}
        for one in organisations:
            said = Text.of(one.name)
            names |= {name.strip().casefold(): one for name in (one.key, said.zh, said.en) if name.strip()}
        found = []
        for row, line in enumerate(self.cleaned_data["rows"].splitlines(), start=1):
            cells = [cell.strip() for cell in re.split(r"\t|,|，|;", line)]
            if not any(cells):
                continue
            way = self._way(row, cells, names)
            if way is None:
                return []
            found.append(way)
        return found

    def _way(self, row: int, cells: list[str], names: dict[str, Organisation]) -> Way | None:
        modes = {str(words).casefold(): key for key, words in MODE_NAMES.items()} | {
            key: key for key in MODES
        }
        if (
            len(cells) != 4
            or not cells[2].isdecimal()
            or len(cells[2]) > 4
            or cells[3].casefold() not in modes
        ):
            self.add_error(
                "rows",
                gettext("Row %(row)s: from, to, minutes (1 to 600), mode (walk, bike, bus, car).")
                % {"row": row},
            )
            return None
        for name in cells[:2]:
            if name.casefold() not in names:
                self.add_error(
                    "rows",
                    gettext("Row %(row)s: there is no place “%(name)s” here.")
                    % {"row": row, "name": name[:60]},
                )
                return None
        origin, target = (names[name.casefold()] for name in cells[:2])
        return Way(origin, target, modes[cells[3].casefold()], int(cells[2]))


class OutlineForm(forms.Form):
    """A GeoJSON file, or none to take the outline away."""

    file = forms.FileField(
        label=_("Outline (GeoJSON)"),
        required=False,
        help_text=_(
            "Your own data, in degrees of longitude and latitude; it is simplified. "
            "Without a file the outline is taken away."
        ),
    )
