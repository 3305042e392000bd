"""Forms of rounds: the days and ways of one, what matters, profiles, travel times."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.delivery.web.shell.days import DayField, LastDayField
from craftpath.domain.matching.rules import (
    CRITERIA,
    FAIRNESS,
    HEAVIEST,
    LANGUAGES,
    LONGEST_REASON,
    METHODS,
    OF_APPRENTICES,
    SHARES,
    SHIFTS,
    USUAL,
)
from craftpath.domain.matching.texts import LANGUAGES as LANGUAGE_NAMES
from craftpath.domain.matching.texts import METHODS as METHOD_NAMES
from craftpath.domain.matching.texts import SHIFTS as SHIFT_NAMES

if TYPE_CHECKING:
    from django.http import QueryDict

LONGEST_NAME = 120
ALL_WORDS = 8 * 42
WAYS = {
    "1000": _("One teacher"),
    "600-400": _("Two teachers, 60 and 40 %"),
    "500-300-200": _("Three, 50, 30 and 20 %"),
}


class RoundForm(forms.Form):
    """What a round is called, its days, and how it is decided."""

    made_id = forms.CharField(widget=forms.HiddenInput, max_length=36, required=False)
    name = forms.CharField(label=_("Name of the round"), max_length=LONGEST_NAME)
    starts_on = DayField(pgettext_lazy("of pairs", "First day"))
    ends_on = LastDayField(
        pgettext_lazy("of pairs", "Last day"),
        required=False,
        help_text=_("Without one they go on until they are ended."),
    )

    def __init__(self, data: Any, *, kind: str, name: str, today: date, keep: bool) -> None:
        initial = {"made_id": str(uuid.uuid4()), "name": name, "starts_on": today}
        super().__init__(data, initial=initial | {"shares": "1000", "method": "worth", "keep": keep})
        if kind == "master_apprentice":
            self.fields["shares"] = forms.ChoiceField(
                label=_("Who shares the work"), choices=list(WAYS.items())
            )
        if kind in OF_APPRENTICES:
            self.fields["method"] = forms.ChoiceField(
                label=_("What decides"), choices=[(key, METHOD_NAMES[key]) for key in METHODS]
            )
        if kind not in ("mutual", "red_white"):
            self.fields["keep"] = forms.BooleanField(
                label=_("Change as few of the pairs that stand as may be"), required=False
            )

    def ways(self) -> list[Any]:
        """The fields that only some kinds of pairs have."""
        return [self[name] for name in ("shares", "method", "keep") if name in self.fields]

    @property
    def shares(self) -> list[int]:
        """The chosen shares, in thousandths."""
        given = self.cleaned_data.get("shares", "1000")
        return list(next(one for one in SHARES if "-".join(map(str, one)) == given))


def weights_of(data: QueryDict) -> dict[str, int]:
    """What was set on the sliders; a criterion without one keeps the usual weight, what is no number becomes -1."""
    found = {}
    for name in (*CRITERIA, FAIRNESS):
        given = data.get(f"w-{name}")
        found[name] = USUAL[name] if given is None else _whole(given)
    return found


def numbers_of(data: QueryDict, prefix: str, most: int = 3) -> dict[str, int]:
    """key → whole number of the fields that begin with a prefix; empty ones are left out."""
    return {
        name.removeprefix(prefix): _whole(given, most)
        for name, given in data.items()
        if name.startswith(prefix) and isinstance(given, str) and given.strip()
    }


def _whole(given: str, most: int = 2) -> int:
    given = given.strip()
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= most else -1


def sliders(weights: Mapping[str, int], criteria: Sequence[tuple[str, str, str]]) -> list[dict[str, Any]]:
    """Each criterion with its weight, as a slider from 0 to 5."""
    return [
        {"name": f"w-{key}", "label": label, "hint": hint, "value": weights.get(key, 0), "max": HEAVIEST}
        for key, label, hint in criteria
    ]


class AskForm(forms.Form):
    """Until when everybody may answer."""

    until = DayField(_("Last day for answers"))


class DropForm(forms.Form):
    """Why nothing comes of it."""

    because = forms.CharField(
        label=_("Why"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2})
    )


class PublishForm(forms.Form):
    """How the new pairs begin, and the project of each where there is one."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    ask = forms.ChoiceField(
        label=_("How new pairs begin"),
        choices=[("no", _("Appoint: they hold at once")), ("yes", _("Ask everybody in them first"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any, *, groups: Mapping[int, str], number: int) -> None:
        super().__init__(data, auto_id="publish_%s", initial={"ask": "no", "number": number})
        for group, names in groups.items():
            self.fields[f"project-{group}"] = forms.CharField(
                label=names, max_length=200, help_text=_("What the two make together and show at the end.")
            )

    @property
    def projects(self) -> dict[int, str]:
        """group → project."""
        return {
            int(name.removeprefix("project-")): value.strip()
            for name, value in self.cleaned_data.items()
            if name.startswith("project-")
        }


class ProfileForm(forms.Form):
    """What somebody teaches and wants to learn, shift and languages."""

    teaches = forms.CharField(
        label=_("What I can teach"), required=False, max_length=ALL_WORDS,
        help_text=_("Up to eight things, with a comma between them, such as TIG welding, PLC."),
    )  # fmt: skip
    wants = forms.CharField(
        label=_("What I want to learn"), required=False, max_length=ALL_WORDS, help_text=_("The same way.")
    )
    shift = forms.ChoiceField(label=_("My shift"), required=False)
    first = forms.ChoiceField(label=_("The language I speak best"), required=False)
    second = forms.ChoiceField(label=_("Another language"), required=False)

    def __init__(self, data: Any, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.fields["shift"].choices = shift_choices()  # type: ignore[attr-defined]
        for name in ("first", "second"):
            self.fields[name].choices = language_choices()  # type: ignore[attr-defined]


def shift_choices() -> list[tuple[str, Any]]:
    """The shifts, and that nobody said."""
    return [("", _("not said")), *((key, SHIFT_NAMES[key]) for key in SHIFTS)]


def language_choices() -> list[tuple[str, Any]]:
    """The languages, and that nobody said."""
    return [("", _("not said")), *((key, LANGUAGE_NAMES[key]) for key in LANGUAGES)]


def words_of(given: str) -> list[str]:
    """What stands between commas and semicolons of any width, or on lines."""
    for sign in ("，", "、", ";", "；", "\n"):
        given = given.replace(sign, ",")
    return [word.strip() for word in given.split(",") if word.strip()]


class TravelForm(forms.Form):
    """Two places and the minutes between them."""

    one = forms.ChoiceField(label=_("From"))
    other = forms.ChoiceField(label=_("To"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=600)

    def __init__(self, data: Any, *, places: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        for name in ("one", "other"):
            self.fields[name].choices = [("", _("choose")), *places]  # type: ignore[attr-defined]
