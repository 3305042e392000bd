"""The form of a scheme's own version: every figure, and the papers as a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.days import DayField, LastDayField
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.domain.subsidies.texts import EXCLUSIONS, KINDS, LEVELS, PAPERS, STEPS
from craftpath.kernel.roles import Role
from craftpath.values.money import MINOR_DIGITS

if TYPE_CHECKING:
    from craftpath.domain.subsidies.models import SubsidyScheme

ROLES = (Role.HR, Role.COORDINATOR, Role.TRAINER, Role.MENTOR, Role.APPRENTICE)
MOST = Decimal(1_000_000)
LONGEST_NAME, LONGEST_DOCUMENT = 80, 200
NOTICE = {"days": _("days"), "workdays": _("workdays")}


class CopyForm(forms.Form):
    """Amounts are whole units of the currency with its decimals; empty ones are not regulated."""

    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=LONGEST_NAME)
    name_en = forms.CharField(label=_("Name in English"), max_length=LONGEST_NAME, required=False)
    document = forms.CharField(label=_("Document that sets it"), max_length=LONGEST_DOCUMENT)
    valid_from = DayField(_("Valid from"))
    valid_to = LastDayField(_("Valid until"), required=False)
    advance = forms.DecimalField(
        label=_("Advance, of the first year"), min_value=0, max_value=100, decimal_places=1
    )
    uncertified = forms.DecimalField(
        label=_("Finished without a certificate, a year"), required=False, min_value=0, max_value=MOST,
        decimal_places=2, help_text=_("Empty: not regulated."),
    )  # fmt: skip
    left = forms.DecimalField(
        label=_("Left early, a year by full months"), min_value=0, max_value=MOST, decimal_places=2
    )
    notice_days = forms.IntegerField(
        label=_("Days of public notice"), required=False, min_value=0, max_value=90
    )
    notice = forms.ChoiceField(label=_("These are"), choices=list(NOTICE.items()))
    refund_months = forms.IntegerField(
        label=_("Months for a refund"), required=False, min_value=0, max_value=60
    )
    once_per_level = forms.BooleanField(label=_("Paid once a level of an occupation"), required=False)
    excludes = forms.MultipleChoiceField(
        label=_("Who may not be counted"), required=False, choices=list(EXCLUSIONS.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, data: Any, *, row: SubsidyScheme, today: date) -> None:
        self.row, said = row, row.definition
        self.digits = MINOR_DIGITS[said["currency"]]
        super().__init__(
            data,
            initial={
                "name_zh": row.name.get("zh", ""),
                "name_en": row.name.get("en", ""),
                "document": row.document,
                "valid_from": today,
                "advance": Decimal(said.get("advance", 0)) / 10,
                "uncertified": self._units(said.get("uncertified")),
                "left": self._units(said.get("left", 0)),
                "notice_days": said.get("notice_days"),
                "notice": said.get("notice", "days"),
                "refund_months": said.get("refund_months"),
                "once_per_level": said.get("once_per_level", False),
                "excludes": row.excludes,
            },
        )
        for n, rate in enumerate(self._rates()):
            self.fields[f"rate-{n}"] = forms.DecimalField(
                label=self._of(rate), initial=self._units(rate["amount"]), min_value=0, max_value=MOST,
                decimal_places=self.digits, required=False,
            )  # fmt: skip
        asked = {one["paper"]: one for one in said.get("papers", ())}
        for paper in PAPERS:
            self._paper(paper, asked.get(paper, {}))

    def _rates(self) -> list[dict[str, Any]]:
        """The rates that are there; where there are none, one for each level."""
        return list(self.row.definition.get("rates", ())) or [
            {"level": level, "amount": 0} for level in LEVELS
        ]

    def _of(self, rate: dict[str, Any]) -> str:
        parts = [str(LEVELS[rate["level"]])] if rate.get("level") else []
        parts += [str(KINDS.get(rate["kind"], rate["kind"]))] if rate.get("kind") else []
        return " · ".join(parts) or gettext("Everybody")

    def _paper(self, paper: str, one: dict[str, Any]) -> None:
        name = PAPERS[paper]
        self.fields[f"paper-{paper}"] = forms.ChoiceField(
            label=name, required=False, initial=one.get("step", ""),
            choices=[("", gettext("not asked for")), *((key, STEPS[key]) for key in list(STEPS)[1:5])],
        )  # fmt: skip
        self.fields[f"role-{paper}"] = forms.ChoiceField(
            label=pgettext_lazy("of subsidies", "Who supplies it"), initial=one.get("role", "hr"), required=False,
            choices=[(role.value, ROLE_NAMES[role]) for role in ROLES],
        )  # fmt: skip
        self.fields[f"per-{paper}"] = forms.ChoiceField(
            label=pgettext_lazy("of a paper", "Of"), initial=one.get("per", "class"), required=False,
            choices=[("class", _("the class")), ("person", _("each person"))],
        )  # fmt: skip
        self.fields[f"least-{paper}"] = forms.IntegerField(
            label=_("At least"), initial=one.get("least", 1), min_value=1, max_value=40, required=False
        )

    def rates(self) -> Iterator[Any]:
        """The fields of the rates."""
        for n in range(len(self._rates())):
            yield self[f"rate-{n}"]

    def papers(self) -> Iterator[tuple[Any, Any, Any, Any]]:
        """The fields of each paper."""
        for paper in PAPERS:
            yield tuple(self[f"{part}-{paper}"] for part in ("paper", "role", "per", "least"))  # type: ignore[misc]

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        changes: dict[str, Any] = {
            "advance": int(said["advance"] * 10),
            "uncertified": self._minor(said["uncertified"]),
            "left": self._minor(said["left"]) or 0,
            "notice_days": said["notice_days"],
            "notice": said["notice"],
            "refund_months": said["refund_months"],
            "once_per_level": said["once_per_level"],
            "rates": [
                {**rate, "amount": self._minor(said[f"rate-{n}"])}
                for n, rate in enumerate(self._rates())
                if said[f"rate-{n}"] is not None
            ],
            "papers": list(self._asked(said)),
        }
        return {
            "name": {key: value for key in ("zh", "en") if (value := said[f"name_{key}"])},
            "document": said["document"],
            "valid_from": said["valid_from"],
            "valid_to": said["valid_to"],
            "changes": changes,
            "excludes": said["excludes"],
        }

    def _asked(self, said: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Papers in the order of the steps."""
        for step in STEPS:
            for paper in PAPERS:
                if said[f"paper-{paper}"] == step:
                    yield {
                        "step": step,
                        "paper": paper,
                        "role": said[f"role-{paper}"] or "hr",
                        "per": said[f"per-{paper}"] or "class",
                        "least": said[f"least-{paper}"] or 1,
                    }

    def _units(self, minor: int | None) -> Decimal | None:
        if minor is None:
            return None
        whole = Decimal(minor).scaleb(-self.digits)
        return whole.quantize(Decimal(1)) if whole == whole.to_integral_value() else whole

    def _minor(self, units: Decimal | None) -> int | None:
        return None if units is None else int(units.scaleb(self.digits))
