"""Forms of pairs: one for each kind, and the small ones of a pair that is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.pairing.people import Groups, with_none
from craftpath.delivery.web.shell.days import DAY, DayField, LastDayField
from craftpath.domain.pairing.rules import BOTH_WAYS, LONGEST_REASON, OF_APPRENTICES, WHOLE
from craftpath.domain.pairing.texts import ROLES

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Bond

TEACHERS, LONGEST_SUBJECT, LONGEST_PROJECT = 3, 120, 200


def reason(*, required: bool = True) -> forms.CharField:
    """Why; whoever is in the pair reads it."""
    return forms.CharField(
        label=_("Why"),
        max_length=LONGEST_REASON,
        required=required,
        help_text=_("Everybody in the pair reads this."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PairForm(forms.Form):
    """What every pair has; subclasses say who."""

    made_id = forms.CharField(widget=forms.HiddenInput, max_length=36, required=False)
    starts_on = DayField(pgettext_lazy("of pairs", "First day"))
    ends_on = LastDayField(
        pgettext_lazy("of pairs", "Last day"),
        required=False,
        help_text=_("Without one it goes on until it is ended."),
    )
    ask = forms.ChoiceField(
        label=_("How it begins"),
        choices=[("yes", _("Ask everybody in it first")), ("no", _("Appoint: it holds at once"))],
        widget=forms.RadioSelect,
    )


class TaughtForm(PairForm):
    """One learns from up to three: role and share for each."""

    learner = forms.ChoiceField(label=_("Who learns"))

    def __init__(self, data: Any, *, learners: Groups, teachers: Groups, initial: Mapping[str, Any]) -> None:
        first = {"role_1": "responsible", "role_2": "second", "role_3": "second", "share_1": "100"}
        super().__init__(data, initial={**first, **initial})
        self.fields["learner"].choices = with_none(learners, gettext("choose"))  # type: ignore[attr-defined]
        roles = [(key, ROLES[key]) for key in ("responsible", "second")]
        for n in range(1, TEACHERS + 1):
            needed = n == 1
            self.fields[f"teacher_{n}"] = forms.ChoiceField(
                label=pgettext_lazy("of pairs", "Who teaches"),
                required=needed,
                choices=with_none(teachers, gettext("choose") if needed else pgettext("of pairs", "nobody")),
            )
            self.fields[f"role_{n}"] = forms.ChoiceField(label=_("Role"), choices=roles, required=needed)
            self.fields[f"share_{n}"] = forms.DecimalField(
                label=pgettext_lazy("of pairs", "Share"), required=False,
                min_value=Decimal("0.1"), max_value=Decimal(100),
                decimal_places=1, widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
            )  # fmt: skip
        self.order_fields(["made_id", "learner"])

    def rows(self) -> Iterator[tuple[Any, Any, Any]]:
        """The fields of each teacher."""
        for n in range(1, TEACHERS + 1):
            yield self[f"teacher_{n}"], self[f"role_{n}"], self[f"share_{n}"]

    def teachers(self) -> list[tuple[str, str, int]]:
        """(key, role, share in thousandths); what no share was typed for gets what is left, in equal parts."""
        given = self.cleaned_data
        found = [
            (given[f"teacher_{n}"], given[f"role_{n}"] or "second", given[f"share_{n}"])
            for n in range(1, TEACHERS + 1)
            if given[f"teacher_{n}"]
        ]
        typed = [_thousandths(share) for _, _, share in found]
        free, left = typed.count(None), WHOLE - sum(share or 0 for share in typed)
        each = max(0, left) // free if free else 0
        extra = max(0, left) - each * free if free else 0
        shares = []
        for share in typed:
            if share is None:
                share, extra = each + extra, 0  # noqa: PLW2901 - the odd thousandth goes to the first
            shares.append(share)
        return [(key, role, share) for (key, role, _), share in zip(found, shares, strict=True)]


def _thousandths(share: Decimal | None) -> int | None:
    return None if share is None else int((share * 10).quantize(Decimal(1), ROUND_HALF_UP))


class TogetherForm(PairForm):
    """Two or three who learn from one another, each with what is taught; or two with a project."""

    def __init__(self, data: Any, *, kind: str, people: Groups, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial={**initial})
        self.several = 2 if kind == "red_white" else 3
        for n in range(1, self.several + 1):
            needed = n <= 2  # noqa: PLR2004 - a pair
            self.fields[f"person_{n}"] = forms.ChoiceField(
                label=_who(kind, n),
                required=needed,
                choices=with_none(people, gettext("choose") if needed else pgettext("of pairs", "nobody")),
            )
            self.fields[f"subject_{n}"] = forms.CharField(
                label=_("Teaches what"), required=needed, max_length=LONGEST_SUBJECT
            )
        if kind == "red_white":
            self.fields["project"] = forms.CharField(
                label=_("The project"), max_length=LONGEST_PROJECT,
                help_text=_("What the two make together and show at the end."),
            )  # fmt: skip
        self.order_fields(["made_id"])

    def rows(self) -> Iterator[tuple[Any, Any]]:
        """The fields of each person."""
        for n in range(1, self.several + 1):
            yield self[f"person_{n}"], self[f"subject_{n}"]

    def people(self) -> list[tuple[str, str]]:
        """(key, what is taught) of those who were chosen."""
        given = self.cleaned_data
        return [
            (given[f"person_{n}"], given[f"subject_{n}"].strip())
            for n in range(1, self.several + 1)
            if given[f"person_{n}"]
        ]


def _who(kind: str, n: int) -> Any:
    if kind == "red_white":
        return _("In the red suit (technician)") if n == 1 else _("In the white smock (professional)")
    return (_("First"), _("Second"), _("Third"))[n - 1]


def of_learners(kind: str) -> bool:
    """Whether a kind of pair has one who learns; else all learn from one another."""
    return kind not in BOTH_WAYS


def of_apprentices(kind: str) -> bool:
    """Whether a kind of pair is about an apprenticeship."""
    return kind in OF_APPRENTICES


class EndForm(forms.Form):
    """From which day, and why."""

    on = LastDayField(pgettext_lazy("of pairs", "Last day"))
    because = reason()


class RenewForm(forms.Form):
    """Until when it goes on."""

    until = LastDayField(_("New last day"))


class ReasonForm(forms.Form):
    """Only why."""

    because = reason()


class BondForm(forms.Form):
    """About one teacher of the pair; with a single one there is nothing to choose."""

    def __init__(self, data: Any, *, bonds: list[Bond], **more: Any) -> None:
        super().__init__(data, **more)
        names = {str(bond.pk): f"{bond.teacher.name} → {bond.learner.name}" for bond in bonds}
        self.bonds = {str(bond.pk): bond for bond in bonds}
        self.fields["bond"] = forms.ChoiceField(label=_("Whom"), choices=list(names.items()))
        if len(bonds) == 1:
            self.fields["bond"].widget = forms.HiddenInput()
            self.initial["bond"] = next(iter(names))

    @property
    def bond(self) -> Bond:
        """The chosen one."""
        return self.bonds[self.cleaned_data["bond"]]


class ReplaceForm(BondForm):
    """Another teacher, from which day, and why."""

    teacher = forms.ChoiceField(label=_("Who teaches now"))
    on = DayField(_("From which day"))
    because = reason()

    def __init__(self, data: Any, *, bonds: list[Bond], teachers: Groups, today: date) -> None:
        super().__init__(data, bonds=bonds, auto_id="replace_%s", initial={"on": today})
        self.fields["teacher"].choices = with_none(teachers, gettext("choose"))  # type: ignore[attr-defined]
        self.order_fields(["bond"])


class DeputyForm(BondForm):
    """Who stands in, from when until when."""

    deputy = forms.ChoiceField(label=_("Who stands in"))
    starts_on = DayField(pgettext_lazy("of pairs", "First day"))
    ends_on = LastDayField(pgettext_lazy("of pairs", "Last day"))

    def __init__(self, data: Any, *, bonds: list[Bond], teachers: Groups, today: date) -> None:
        week = {"starts_on": today, "ends_on": today + 6 * DAY}
        super().__init__(data, bonds=bonds, auto_id="deputy_%s", initial=week)
        self.fields["deputy"].choices = with_none(teachers, gettext("choose"))  # type: ignore[attr-defined]
        self.order_fields(["bond"])
