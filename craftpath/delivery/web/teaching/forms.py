"""Forms of teaching teams: the team itself, hours taught, times, peaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.days import DAY, DayField, LastDayField
from craftpath.delivery.web.shell.templatetags.say import hours, text
from craftpath.domain.teaching.rules import KINDS as KIND_KEYS
from craftpath.domain.teaching.rules import LEVELS as LEVEL_KEYS
from craftpath.domain.teaching.rules import LONGEST_TOPICS, LONGEST_WORDS, WHOLE, percent
from craftpath.domain.teaching.sharing import shares_left
from craftpath.domain.teaching.texts import KINDS, LEVELS, ROLES

if TYPE_CHECKING:
    from craftpath.domain.teaching.models import TeamMember

ROWS, GUESTS, LONGEST = 5, 2, 120
USUAL_KINDS = ("trainer", "enterprise_mentor", "skilled_master", "trainer", "enterprise_mentor")
Groups = Sequence[tuple[str, Sequence[tuple[str, str]]]]


def decimal(label: Any, most: int, places: int, **more: Any) -> forms.DecimalField:
    """A number for thumbs."""
    return forms.DecimalField(
        label=label, required=more.pop("required", False), min_value=Decimal(0), max_value=Decimal(most),
        decimal_places=places, widget=forms.NumberInput(attrs={"inputmode": "decimal"}), **more,
    )  # fmt: skip


class TeamForm(forms.Form):
    """Up to five people and two guests, each with kind, role, share or hours, topics and days of the own."""

    starts_on = DayField(pgettext_lazy("of teaching", "First day"))
    ends_on = LastDayField(pgettext_lazy("of teaching", "Last day"))
    ask = forms.ChoiceField(
        label=_("How it begins"),
        choices=[("yes", _("Ask everybody in it first")), ("no", _("Appoint: it teaches at once"))],
        widget=forms.RadioSelect,
        help_text=_("Of a guest you have the yes already."),
    )

    def __init__(
        self, data: Any, *, people: Groups, guests: Sequence[TeamMember], minutes: int,
        initial: Mapping[str, Any], rows: int = ROWS, change: bool = False,
    ) -> None:  # fmt: skip
        self.rows, self.minutes = max(ROWS, rows), minutes
        usual = {f"kind_{n}": USUAL_KINDS[(n - 1) % len(USUAL_KINDS)] for n in range(1, self.rows + 1)}
        usual |= {"role_1": "lead"} | {f"role_{n}": "member" for n in range(2, self.rows + 1)}
        super().__init__(data, initial={**usual, **initial})
        self.guests = {row.person.public_id: row for row in guests}
        for n in range(1, self.rows + 1):
            self.fields[f"person_{n}"] = forms.ChoiceField(
                label=pgettext_lazy("of teaching", "Who teaches"), required=False,
                choices=[("", gettext("nobody")), *people],
            )  # fmt: skip
            self._rest(str(n))
        known = [(key, f"{row.person.name} · {row.affiliation}") for key, row in self.guests.items()]
        for n in range(1, max(GUESTS, len(initial.get("guests", ()))) + 1):
            self._guest(n, known)
        if change:
            del self.fields["ask"]

    def _guest(self, n: int, known: list[tuple[str, str]]) -> None:
        key = f"g{n}"
        self.fields[f"known_{key}"] = forms.ChoiceField(
            label=_("A guest of before"), required=False, choices=[("", gettext("new, or nobody")), *known]
        )
        self.fields[f"name_{key}"] = forms.CharField(
            label=_("Name of the guest"), required=False, max_length=LONGEST
        )
        self.fields[f"affiliation_{key}"] = forms.CharField(
            label=_("Organisation and post"), required=False, max_length=LONGEST
        )
        self.fields[f"contact_{key}"] = forms.CharField(
            label=_("Telephone or mail"), required=False, max_length=LONGEST
        )  # fmt: skip
        self.initial.setdefault(f"kind_{key}", "entrepreneur")
        self.initial.setdefault(f"role_{key}", "member")
        self._rest(key)

    def _rest(self, key: str) -> None:
        self.fields[f"kind_{key}"] = forms.ChoiceField(
            label=_("as"), required=False, choices=[(one, KINDS[one]) for one in KIND_KEYS]
        )
        self.fields[f"role_{key}"] = forms.ChoiceField(
            label=_("Role"), required=False, choices=list(ROLES.items())
        )
        self.fields[f"share_{key}"] = decimal(pgettext_lazy("of teaching", "Share"), 100, 1)
        self.fields[f"hours_{key}"] = decimal(_("or hours"), 10_000, 2)
        self.fields[f"topics_{key}"] = forms.CharField(
            label=pgettext_lazy("of teaching", "Topics"), required=False, max_length=LONGEST_TOPICS
        )
        self.fields[f"from_{key}"] = DayField(_("From which day"), required=False)
        self.fields[f"until_{key}"] = LastDayField(_("Last day"), required=False)

    def people(self) -> Iterator[dict[str, Any]]:
        """The fields of each person."""
        for n in range(1, self.rows + 1):
            yield {"number": n, "who": self[f"person_{n}"], **self._bound(str(n))}

    def guest_rows(self) -> Iterator[dict[str, Any]]:
        """The fields of each guest."""
        n = 1
        while f"name_g{n}" in self.fields:
            own = {name: self[f"{name}_g{n}"] for name in ("known", "name", "affiliation", "contact")}
            yield {"number": n, **own, **self._bound(f"g{n}")}
            n += 1

    def _bound(self, key: str) -> dict[str, Any]:
        names = ("kind", "role", "share", "hours", "topics", "from", "until")
        found = {name: self[f"{name}_{key}"] for name in names}
        given = self[f"from_{key}"].value() or self[f"until_{key}"].value()
        return found | {
            "first": found["from"],
            "dated": bool(given),
            "wrong": any(f.errors for f in found.values()),
        }

    def chosen(self) -> list[dict[str, Any]]:
        """What was said of each member: `key` of a person, or `guest` by name; shares in thousandths."""
        given, found = self.cleaned_data, []
        for key in [str(n) for n in range(1, self.rows + 1)] + [
            f"g{row['number']}" for row in self.guest_rows()
        ]:
            who = given.get(f"person_{key}", "") or given.get(f"known_{key}", "")
            name = given.get(f"name_{key}", "").strip()
            if who or name:
                found.append(
                    {
                        "key": who, "name": name, "guest": key.startswith("g"), "share": self._share(key),
                        "affiliation": given.get(f"affiliation_{key}", ""), "contact": given.get(f"contact_{key}", ""),
                        **{part: given[f"{part}_{key}"] for part in ("kind", "role", "topics", "from", "until")},
                    }
                )  # fmt: skip
        shares = shares_left([one["share"] for one in found])
        return [one | {"share": share} for one, share in zip(found, shares, strict=True)]

    def _share(self, key: str) -> int | None:
        share, length = self.cleaned_data[f"share_{key}"], self.cleaned_data[f"hours_{key}"]
        if share is not None:
            return int((share * 10).quantize(Decimal(1), ROUND_HALF_UP))
        if length is None or not self.minutes:
            return None
        return int((length * 60 * WHOLE / self.minutes).quantize(Decimal(1), ROUND_HALF_UP))


def as_typed(members: Sequence[TeamMember]) -> dict[str, Any]:
    """The initial values of a team that is changed."""
    found: dict[str, Any] = {"guests": [row for row in members if row.guest]}
    people, guests = 0, 0
    for row in members:
        if row.guest:
            guests += 1
            key = f"g{guests}"
            found |= {f"known_{key}": row.person.public_id, f"affiliation_{key}": row.affiliation,
                      f"contact_{key}": row.contact}  # fmt: skip
        else:
            people += 1
            key = str(people)
            found[f"person_{key}"] = row.person.public_id
        found |= {f"kind_{key}": row.kind, f"role_{key}": row.role, f"share_{key}": percent(row.share),
                  f"topics_{key}": row.topics, f"from_{key}": row.starts_on,
                  f"until_{key}": row.ends_on - DAY if row.ends_on else None}  # fmt: skip
    return found


class ReasonForm(forms.Form):
    """Only why."""

    because = forms.CharField(
        label=_("Why"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody in the team reads this."),
    )  # fmt: skip


QUICK = (45, 90, 120, 180, 240)


class EntryForm(forms.Form):
    """What was taught at the workplace: for which team, when, how long, what."""

    made_id = forms.CharField(widget=forms.HiddenInput, max_length=36, required=False)
    member = forms.ChoiceField(label=_("Unit"))
    on = DayField(_("Day"))
    minutes = forms.ChoiceField(label=_("How long"), widget=forms.RadioSelect, required=False)
    other = decimal(_("or hours"), 24, 2)
    topic = forms.CharField(label=_("What was taught"), max_length=LONGEST_TOPICS)

    def __init__(
        self, data: Any, *, members: Mapping[str, str], initial: Mapping[str, Any], **more: Any
    ) -> None:
        super().__init__(data, initial={**initial}, **more)
        self.fields["member"].choices = list(members.items())  # type: ignore[attr-defined]
        if len(members) == 1:
            self.fields["member"].widget = forms.HiddenInput()
            self.initial["member"] = next(iter(members))
        self.fields["minutes"].choices = [(str(one), hours(one)) for one in QUICK]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the usual lengths, or another one."""
        given = super().clean() or {}
        if not given.get("minutes") and given.get("other") is None and not self.has_error("other"):
            self.add_error("minutes", gettext("Say how long it was."))
        return given

    def length(self) -> int:
        """Minutes."""
        other = self.cleaned_data["other"]
        if other is not None:
            return int((other * 60).quantize(Decimal(1), ROUND_HALF_UP))
        return int(self.cleaned_data["minutes"])


WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


class TimesForm(forms.Form):
    """Hours a week at most, and days of the week."""

    weekly = decimal(_("Hours a week at most"), 168, 1, required=True)
    weekdays = forms.MultipleChoiceField(
        label=_("Days on which I can teach"), widget=forms.CheckboxSelectMultiple,
        choices=[(str(n), name) for n, name in enumerate(WEEKDAYS)],
    )  # fmt: skip


class AwayForm(forms.Form):
    """First and last day away."""

    starts_on = DayField(_("Away from"))
    ends_on = LastDayField(_("Last day away"))


class PeakForm(forms.Form):
    """A peak of one enterprise."""

    starts_on = DayField(pgettext_lazy("of teaching", "First day"))
    ends_on = LastDayField(pgettext_lazy("of teaching", "Last day"))
    level = forms.ChoiceField(
        label=_("How hard"), widget=forms.RadioSelect, choices=[(one, LEVELS[one]) for one in LEVEL_KEYS]
    )
    departments = forms.MultipleChoiceField(
        label=_("Departments"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means all of them."),
    )  # fmt: skip
    words = forms.CharField(label=_("What it is"), required=False, max_length=LONGEST_WORDS)

    def __init__(self, data: Any, *, departments: Sequence[Any], key: str, today: date) -> None:
        super().__init__(data, auto_id=f"{key}_%s", initial={"level": "hard", "starts_on": today})
        self.rooms = {row.public_id: row for row in departments}
        choices = [(pk, text(row.name)) for pk, row in self.rooms.items()]
        self.fields["departments"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["departments"]

    def chosen(self) -> list[Any]:
        """The departments that are ticked."""
        return [self.rooms[key] for key in self.cleaned_data.get("departments", ())]


class PasteForm(forms.Form):
    """Rows of a sheet: first day, last day, how hard, words."""

    lines = forms.CharField(
        label=_("Rows from a sheet"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One peak a line: first day, last day, how hard, words. Copy the cells as they are."),
    )  # fmt: skip
