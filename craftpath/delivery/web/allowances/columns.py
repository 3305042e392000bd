"""The form of a payment file's template: columns chosen and ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.domain.allowances.actions import Column, columns_of
from craftpath.domain.allowances.rules import FIELDS
from craftpath.domain.allowances.texts import FIELDS as NAMES

if TYPE_CHECKING:
    from craftpath.domain.allowances.models import PayTemplate

ROWS = 10
USUAL = ("row", "name", "reference", "amount")


def _words(label: Any) -> forms.CharField:
    """A short text whose label stands in the empty field, as ten rows of labels would hide the columns."""
    return forms.CharField(
        label=label, max_length=60, required=False, widget=forms.TextInput(attrs={"placeholder": label})
    )


class TemplateForm(forms.Form):
    """What it is called, how it is written, and up to ten columns; an empty row is no column."""

    name = forms.CharField(
        label=pgettext_lazy("of a thing", "Name"),
        max_length=60,
        help_text=_("The file's name begins with it."),
    )
    form = forms.ChoiceField(
        label=_("File"), choices=[("xlsx", _("Excel (xlsx)")), ("csv", _("Text table (csv)"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    encoding = forms.ChoiceField(
        label=_("Characters of a text table"),
        choices=[("utf-8", "UTF-8"), ("gb18030", "GB 18030")],
        widget=forms.RadioSelect,
    )
    amounts = forms.ChoiceField(
        label=_("Amounts"), choices=[("major", _("68.00 (yuan)")), ("minor", _("6800 (fen)"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    total_row = forms.BooleanField(label=_("A last row with the sum"), required=False)

    def __init__(self, data: Any = None, *, template: PayTemplate | None) -> None:
        initial: dict[str, Any] = {"form": "xlsx", "encoding": "utf-8", "amounts": "major", "total_row": True}
        if template is not None:
            initial = {name: getattr(template, name) for name in (*initial, "name")}
        usual = [Column(str(NAMES[field]), field) for field in USUAL]
        for n, one in enumerate(columns_of(template) if template else usual, start=1):
            initial |= {f"heading_{n}": one.heading, f"field_{n}": one.field, f"fixed_{n}": one.fixed}
        super().__init__(data, initial=initial)
        choices = [("", pgettext_lazy("a column", "no column")), *((key, NAMES[key]) for key in FIELDS)]
        for n in range(1, ROWS + 1):
            self.fields[f"heading_{n}"] = _words(_("Head"))
            self.fields[f"field_{n}"] = forms.ChoiceField(label=_("Holds"), choices=choices, required=False)
            self.fields[f"fixed_{n}"] = _words(_("Fixed text"))

    def rows(self) -> list[tuple[int, Any, Any, Any]]:
        """The fields of each column."""
        return [(n, self[f"heading_{n}"], self[f"field_{n}"], self[f"fixed_{n}"]) for n in range(1, ROWS + 1)]

    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        told = self.cleaned_data
        columns = [
            Column(
                told[f"heading_{n}"].strip() or str(NAMES[told[f"field_{n}"]]),
                told[f"field_{n}"],
                told[f"fixed_{n}"],
            )
            for n in range(1, ROWS + 1)
            if told[f"field_{n}"]
        ]
        return {name: told[name] for name in ("name", "form", "encoding", "amounts", "total_row")} | {
            "columns": columns
        }
