"""Forms of workshops: what it is, its days, sites and agenda, who comes, polls and cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.frameworks.choosing import Grouped
from craftpath.delivery.web.shell.days import DayField
from craftpath.delivery.web.shell.fields import ManyFiles, ManyFilesField
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.surveys.forms import TwoLanguages, both, words
from craftpath.domain.workshops.actions import Comer, Line, Told, Words
from craftpath.domain.workshops.rules import LONGEST_TITLE, LONGEST_WORDS
from craftpath.domain.workshops.texts import (
    GENDERS,
    ITEM_KINDS,
    KINDS,
    LICENCES,
    POLL_KINDS,
    WAYS,
)
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.workshops.models import Day, Item, Registration, Site, Speaker, Workshop

Choices = Sequence[tuple[Any, Any]]
LONGEST_PHONE = 30


def _line(label: Any, longest: int, *, required: bool = True, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=required, help_text=hint)


def _tick(label: Any, hint: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text=hint)


def _clock(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class WorkshopForm(TwoLanguages):
    """What a workshop is, and how one comes to it."""

    title_zh = words(_("Title in Chinese"), LONGEST_TITLE)
    title_en = words(_("Title in English"), LONGEST_TITLE)
    aims_zh = words(_("Aims, in Chinese"), LONGEST_WORDS, rows=3)
    aims_en = words(_("Aims, in English"), LONGEST_WORDS, rows=3)
    spoken_zh = words(_("Languages and interpretation, in Chinese"), 200)
    spoken_en = words(_("Languages and interpretation, in English"), 200)
    time_zone = forms.ChoiceField(label=_("Time zone of the place"))
    link = forms.URLField(
        label=_("Link to join on line"), required=False, max_length=400, assume_scheme="https",
        help_text=_("Shown only to those who are registered, from an hour before each day begins."),
    )  # fmt: skip
    public = _tick(_("On the public list, so that everybody can register"))
    asks_gender = _tick(
        _("Ask women and men"), _("Answering is free; figures are shown from five of each on.")
    )
    closes_on = DayField(_("Last day to register"), required=False)
    share = forms.IntegerField(
        label=_("Part of the time for a certificate"), min_value=1, max_value=100,
        help_text=_("In percent of all days together."),
    )  # fmt: skip
    call_zh = words(
        _("Call for cases, in Chinese"), LONGEST_WORDS, rows=2, hint=_("Left empty, no cases are asked for.")
    )
    call_en = words(_("Call for cases, in English"), LONGEST_WORDS, rows=2)
    call_until = DayField(_("Cases until"), required=False)

    def __init__(self, data: Any = None, *, row: Workshop | None = None, zone: str = "") -> None:
        initial: dict[str, Any] = {"time_zone": zone, "public": True, "share": 80}
        if row is not None:
            plain = ("time_zone", "link", "public", "asks_gender", "closes_on", "share", "call_until")
            initial = {name: getattr(row, name) for name in plain}
            for name in ("title", "aims", "spoken", "call"):
                initial |= both(name, getattr(row, name))
        super().__init__(data, initial=initial)
        self.fields["time_zone"].choices = [(one, one) for one in sorted(available_timezones())]  # type: ignore[attr-defined]

    @property
    def words(self) -> Words:
        """What was filled in."""
        given = self.cleaned_data
        names = ("time_zone", "link", "public", "asks_gender", "closes_on", "share", "call_until")
        texts: dict[str, Any] = {name: self.text(name) for name in ("title", "aims", "spoken", "call")}
        return Words(**texts, **{name: given[name] for name in names})


class DayForm(forms.Form):
    """A day with its times."""

    on = DayField(pgettext_lazy("of a workshop", "Day"))
    starts = _clock(pgettext_lazy("of an event", "From"))
    ends = _clock(pgettext_lazy("of an event", "Until"))


class SiteForm(TwoLanguages):
    """A site with its seats."""

    name_zh = words(_("Name in Chinese"), LONGEST_TITLE)
    name_en = words(_("Name in English"), LONGEST_TITLE)
    address = _line(_("Address"), 200, required=False)
    room = _line(_("Room"), 80, required=False)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=100_000)


class SpeakerForm(forms.Form):
    """Somebody who speaks."""

    name = _line(_("Name"), 80)
    organisation_name = _line(_("Organisation"), 120, required=False)
    bio = _line(_("In a few words"), 400, required=False)
    pictures = _tick(_("Agreed to be seen in pictures of the event"))


class ItemForm(TwoLanguages):
    """A line of the agenda."""

    day = forms.ChoiceField(label=pgettext_lazy("of a workshop", "Day"))
    starts = _clock(pgettext_lazy("of an event", "From"))
    ends = _clock(pgettext_lazy("of an event", "Until"))
    kind = forms.ChoiceField(
        label=pgettext_lazy("of an agenda item", "Kind"), choices=list(ITEM_KINDS.items())
    )
    title_zh = words(_("Title in Chinese"), LONGEST_TITLE)
    title_en = words(_("Title in English"), LONGEST_TITLE)
    room = _line(_("Room or track"), 80, required=False, hint=_("Left empty, it is for everybody."))
    chair = _line(_("Chaired by"), 80, required=False)
    speakers = forms.MultipleChoiceField(
        label=_("Speakers"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: Any = None, *, days: Sequence[Day], speakers: Sequence[Speaker], item: Item | None = None
    ) -> None:
        initial: dict[str, Any] = {}
        if item is not None:
            initial = {name: getattr(item, name) for name in ("starts", "ends", "kind", "room", "chair")}
            initial |= both("title", item.title) | {"day": item.day.public_id}
            initial["speakers"] = [one.public_id for one in item.speakers.all()]
        super().__init__(data, initial=initial)
        self.days = {one.public_id: one for one in days}
        self.known = {one.public_id: one for one in speakers}
        self.fields["day"].choices = [(key, f"{one.on:%Y-%m-%d}") for key, one in self.days.items()]  # type: ignore[attr-defined]
        self.fields["speakers"].choices = [(key, one.name) for key, one in self.known.items()]  # type: ignore[attr-defined]

    @property
    def line(self) -> Line:
        """What was filled in."""
        given = self.cleaned_data
        return Line(
            day=self.days[given["day"]], title=self.text("title"),
            speakers=[self.known[key] for key in given["speakers"]],
            **{name: given[name] for name in ("starts", "ends", "kind", "room", "chair")},
        )  # fmt: skip


class MaterialForm(forms.Form):
    """A file for an item."""

    title = _line(_("Title"), 120)
    file = forms.FileField(label=_("File"))


class ComerForm(forms.Form):
    """Who comes, from where and how."""

    name = _line(_("Your name"), 80)
    organisation_name = _line(_("Your organisation"), 120)
    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=[("", "–"), *KINDS.items()])
    city = _line(_("City"), 60)
    place = forms.ChoiceField(label=_("How you come"), widget=forms.RadioSelect)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = _line(_("Telephone"), LONGEST_PHONE, required=False)
    needs = _line(
        _("What you need"), 400, required=False, hint=_("Access without steps, food, language – or nothing.")
    )
    gender = forms.ChoiceField(
        label=_("You are"), required=False, choices=[("", _("I would rather not say")), *GENDERS.items()]
    )
    pictures = _tick(_("I may be seen in pictures of the event"), _("You can take this back at any time."))
    notice = _tick(_("I have read what is done with my data"))

    def __init__(
        self, data: Any = None, *, workshop: Workshop, sites: Sequence[Site], row: Registration | None = None,
        initial: dict[str, Any] | None = None, version: int = 0,
    ) -> None:  # fmt: skip
        start = dict(initial or {})
        if row is not None:
            names = (
                "name",
                "organisation_name",
                "kind",
                "city",
                "email",
                "phone",
                "needs",
                "gender",
                "pictures",
            )
            start = {name: getattr(row, name) for name in names}
            start["place"] = row.site.public_id if row.site else "online"
        super().__init__(data, initial=start)
        self.sites, self.version, self.row = {one.public_id: one for one in sites}, version, row
        self.fields["place"].choices = [*self._places(workshop)]  # type: ignore[attr-defined]
        if not workshop.asks_gender:
            del self.fields["gender"]
        if row is not None or not version:
            del self.fields["notice"]

    def _places(self, workshop: Workshop) -> Iterable[tuple[str, str]]:
        for key, one in self.sites.items():
            where = " · ".join(filter(None, (text(one.name), one.room, one.address)))
            full = "" if one.free > 0 else gettext(" – full, waiting list")
            yield key, f"{where}{full}"
        if workshop.link:
            yield "online", str(WAYS["online"])

    def clean_notice(self) -> bool:
        """It must have been read."""
        if not self.cleaned_data["notice"]:
            raise forms.ValidationError(gettext("Say that you have read what is done with your data."))
        return True

    @property
    def comer(self) -> Comer:
        """Who comes, as it was filled in."""
        given = self.cleaned_data
        site = self.sites.get(given["place"])
        names = ("name", "organisation_name", "kind", "city", "email", "phone", "needs", "pictures")
        return Comer(
            **{name: given[name] for name in names}, gender=given.get("gender", ""),
            way="site" if site else "online", site=site, notice_version=self.version,
        )  # fmt: skip


def _reached(contact: str) -> bool:
    """An address that mail can go to, or a number."""
    if "@" not in contact:
        return len(contact) <= LONGEST_PHONE and any(one.isdigit() for one in contact)
    try:
        forms.EmailField().clean(contact)
    except forms.ValidationError:
        return False
    return True


class ManyForm(forms.Form):
    """The people of an organisation, a line each."""

    organisation_name = _line(_("Organisation"), 120)
    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=list(KINDS.items()))
    place = forms.ChoiceField(label=_("How they come"))
    lines = forms.CharField(
        label=_("People"), max_length=40_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One a line: name, e-mail or telephone, city – with commas, or copied from a sheet."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, workshop: Workshop, sites: Sequence[Site]) -> None:
        super().__init__(data)
        self.sites = {one.public_id: one for one in sites}
        places = [(key, text(one.name)) for key, one in self.sites.items()]
        online = [("online", WAYS["online"])] if workshop.link else []
        self.fields["place"].choices = [*places, *online]  # type: ignore[attr-defined]

    def clean_lines(self) -> list[tuple[str, str, str]]:
        """(name, contact, city) of each line; the first one that is unclear is named."""
        found = []
        rows = [row for row in self.cleaned_data["lines"].splitlines() if row.strip()]
        for number, row in enumerate(rows, start=1):
            parts = [one.strip() for one in row.replace("\t", ",").replace("，", ",").split(",")]
            if (
                len(parts) != 3
                or not all(parts)
                or len(parts[0]) > 80
                or len(parts[2]) > 60
                or not _reached(parts[1])
            ):
                words = gettext(
                    "Line %(line)s: name, e-mail or telephone, and city, with commas between them."
                )
                raise forms.ValidationError(words % {"line": number})
            found.append((parts[0], parts[1], parts[2]))
        return found

    @property
    def comers(self) -> list[Comer]:
        """Everybody who was named."""
        given = self.cleaned_data
        site = self.sites.get(given["place"])
        return [
            Comer(
                name=name, organisation_name=given["organisation_name"], kind=given["kind"], city=city,
                way="site" if site else "online", site=site, email=contact if "@" in contact else "",
                phone="" if "@" in contact else contact,
            )
            for name, contact, city in given["lines"]
        ]  # fmt: skip


class PollForm(TwoLanguages):
    """A question to the hall, with its answers."""

    kind = forms.ChoiceField(label=pgettext_lazy("of a poll", "Kind"), choices=list(POLL_KINDS.items()))
    title_zh = words(_("Question in Chinese"), LONGEST_TITLE)
    title_en = words(_("Question in English"), LONGEST_TITLE)
    answers = forms.CharField(
        label=pgettext_lazy("of a poll", "Answers"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line, two to ten; Chinese and English with a | between them. None for a scale or words."),
    )  # fmt: skip
    sensitive = _tick(_("Sensitive: results only from five answers on"))

    @property
    def options(self) -> list[Text]:
        """The answers in their order."""
        found = []
        for row in self.cleaned_data["answers"].splitlines():
            zh, _bar, en = row.partition("|")
            found.append(
                Text(zh.strip()[:LONGEST_TITLE], en.strip()[:LONGEST_TITLE] or zh.strip()[:LONGEST_TITLE])
            )
        return [one for one in found if one != Text()]


class CaseForm(forms.Form):
    """A case of one's own organisation."""

    title = _line(_("Title"), 120)
    situation = forms.CharField(
        label=_("Situation"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was the difficulty, and for whom?"),
    )  # fmt: skip
    done = forms.CharField(
        label=_("What was done"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    result = forms.CharField(
        label=_("Result"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("With figures: before, after, how many people, how long."),
    )  # fmt: skip
    lessons = forms.CharField(
        label=_("What others can learn from it"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    for_whom = _line(_("Useful for"), 200)
    skill = forms.ChoiceField(label=_("Core skill"), required=False)
    step = forms.ChoiceField(label=_("Step of the circle"), required=False)
    licence = forms.ChoiceField(label=_("Licence"), choices=list(LICENCES.items()))
    attached = ManyFilesField(
        label=_("Files"),
        required=False,
        widget=ManyFiles(),
        help_text=_("PDF, office files, photos; 12 MB each."),
    )
    consent = _tick(_("Those who are shown or named agree"))

    def __init__(
        self, data: Any = None, files: Any = None, *, skills: Grouped, steps: Choices, initial: Any = None
    ) -> None:
        super().__init__(data, files, initial=initial)
        self.fields["skill"].choices = [("", "–"), *skills]  # type: ignore[attr-defined]
        self.fields["step"].choices = [("", "–"), *steps]  # type: ignore[attr-defined]

    @property
    def told(self) -> Told:
        """What was filled in."""
        return Told(**{name: value for name, value in self.cleaned_data.items() if name != "attached"})
