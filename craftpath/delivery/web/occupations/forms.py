"""Forms of occupations and charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.occupations.codes import CODE_HINT, CodeField
from craftpath.delivery.web.shell.days import DayField
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.domain.occupations import rules
from craftpath.domain.occupations.classifying import CN, ISCO
from craftpath.domain.occupations.texts import GROUPS, LISTS, SCALES
from craftpath.kernel.roles import Role
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.occupations.models import Chart, Occupation

Choices = Sequence[tuple[str, str]]
LINES = 40
ASKED_ROLES = (Role.MENTOR, Role.TRAINER, Role.ASSESSOR, Role.HR)


def words(
    label: Any, *, most: int = rules.LONGEST_WORDS, required: bool = False, **more: Any
) -> forms.CharField:
    """One line of words."""
    return forms.CharField(label=label, max_length=most, required=required, **more)


class OccupationForm(forms.Form):
    """Names in both languages, codes, and words of programmes."""

    zh = words(_("Name in Chinese"), most=rules.LONGEST_NAME)
    en = words(_("Name in English"), most=rules.LONGEST_NAME)
    code_cn = CodeField(_("Chinese occupational code"), CN, required=False, help_text=CODE_HINT)
    code_isco = CodeField(
        pgettext_lazy("a classification", "ISCO-08"), ISCO, required=False, help_text=CODE_HINT
    )
    code_other = words(_("Another code"), most=60, help_text=_("with the list that it is from"))
    words = forms.CharField(
        label=_("Words of programmes"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line. By these it is found too, such as the name of a class."),
    )  # fmt: skip

    def name(self) -> dict[str, str]:
        """What it is called."""
        return {"zh": self.cleaned_data["zh"], "en": self.cleaned_data["en"]}

    def codes(self) -> dict[str, str]:
        """The three codes."""
        return {key: self.cleaned_data[key] for key in ("code_cn", "code_isco", "code_other")}


def as_typed(row: Occupation) -> dict[str, Any]:
    """The initial values of an occupation that is changed."""
    return {"zh": row.title.zh, "en": row.title.en, "code_cn": row.code_cn, "code_isco": row.code_isco,
            "code_other": row.code_other, "words": row.words}  # fmt: skip


def figure(label: Any, low: str, high: str, **more: Any) -> forms.DecimalField:
    """A number with two places between two others."""
    return forms.DecimalField(
        label=label, min_value=Decimal(low), max_value=Decimal(high), decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.1"}), **more,
    )  # fmt: skip


class FrameForm(forms.Form):
    """Who leads the workshop, where and when; and what decides after verification."""

    facilitator = words(
        _("Facilitator"),
        most=rules.LONGEST_NAME,
        help_text=_("Neutral: leads the talk, does not work in the trade."),
    )
    place = words(pgettext_lazy("of a workshop", "Place"), most=rules.LONGEST_NAME)
    starts_on = DayField(pgettext_lazy("of a workshop", "First day"), required=False)
    ends_on = DayField(pgettext_lazy("of a workshop", "Last day"), required=False)
    cut = figure(_("Kept from a mean importance of"), "1", "5", help_text=_("on the scale from 1 to 5"))
    performed = forms.IntegerField(label=_("and done by at least"), min_value=0, max_value=100)

    def __init__(self, data: Any = None, *, chart: Chart) -> None:
        usual = rules.criteria(chart)
        initial = {
            name: getattr(chart, name)
            for name in ("facilitator", "place", "starts_on", "ends_on", "cut", "performed")
        }
        initial |= {f"limit_{name}": _plain(value) for name, value in usual.limits.items()}
        initial |= {f"weight_{name}": _plain(value) for name, value in usual.weights.items()}
        super().__init__(data, initial=initial)
        for name in rules.LIMITED:
            self.fields[f"limit_{name}"] = figure(SCALES[name], "1", "5")
        for name in rules.SCALES:
            self.fields[f"weight_{name}"] = figure(SCALES[name], "0", "10")

    def limits(self) -> list[Any]:
        """The fields of the tree."""
        return [self[f"limit_{name}"] for name in rules.LIMITED]

    def weights(self) -> list[Any]:
        """The fields of the index."""
        return [self[f"weight_{name}"] for name in rules.SCALES]

    def frame(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        kept = {
            name: given[name] for name in ("facilitator", "place", "starts_on", "ends_on", "cut", "performed")
        }
        kept["limits"] = {name: _text(given[f"limit_{name}"]) for name in rules.LIMITED}
        kept["weights"] = {name: _text(given[f"weight_{name}"]) for name in rules.SCALES}
        return kept


def _plain(value: Any) -> str:
    return _text(Decimal(value.numerator) / Decimal(value.denominator))


def _text(value: Decimal) -> str:
    return str(value.quantize(Decimal("0.01")).normalize() + 0) if value else "0"


class ListsForm(forms.Form):
    """The four lists beside the chart, a line each; Chinese and English side by side, with a slash between."""

    was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, data: Any = None, *, chart: Chart) -> None:
        initial = {name: as_lines(chart.lists.get(name, [])) for name in rules.LISTS}
        super().__init__(data, initial=initial | {"was": rules.lists_mark(chart)})
        for name in rules.LISTS:
            self.fields[name] = forms.CharField(
                label=LISTS[name], required=False, max_length=12_000, widget=forms.Textarea(attrs={"rows": 8})
            )

    def clean(self) -> dict[str, Any] | None:
        """Not more lines, and not longer ones, than fit."""
        for name in rules.LISTS:
            rows = from_lines(self.cleaned_data.get(name, ""))
            if len(rows) > LINES:
                self.add_error(name, gettext("At most %(most)s lines.") % {"most": LINES})
            elif any(len(one) > rules.LONGEST_WORDS for row in rows for one in row.values()):
                self.add_error(
                    name, gettext("At most %(most)s characters a line.") % {"most": rules.LONGEST_WORDS}
                )
        return super().clean()

    def beside(self, chart: Chart) -> None:
        """After a refusal: below each list how it reads by now, so that pressing again goes on from there."""
        typed = {name: self.data.get(name, "") for name in self.fields}
        self.data = typed | {"was": rules.lists_mark(chart)}
        for name in rules.LISTS:
            now = chart.lists.get(name, [])
            if now != from_lines(self.data.get(name, "")):
                said = "; ".join(as_lines(now).splitlines()) or "–"
                self[name].help_text = gettext("By now it reads: %(now)s") % {"now": said}

    def lists(self) -> dict[str, list[dict[str, str]]]:
        """What the action takes."""
        found = {name: from_lines(self.cleaned_data[name]) for name in rules.LISTS}
        return {name: rows for name, rows in found.items() if rows}


def as_lines(rows: Sequence[Mapping[str, str]]) -> str:
    """Lines as they are typed."""
    return "\n".join(" / ".join(one for one in (Text.of(row).zh, Text.of(row).en) if one) for row in rows)


def from_lines(given: str) -> list[dict[str, str]]:
    """Chinese before the slash, English after it; without one the script tells which it is."""
    rows = []
    for line in given.splitlines():
        zh, slash, en = (part.strip() for part in line.partition(" / "))
        if not slash and zh.isascii():
            zh, en = "", zh
        row = Text(zh=zh, en=en).as_json()
        if row and row not in rows:
            rows.append(row)
    return rows


class PanelForm(forms.Form):
    """An expert worker: somebody with an account, or a name; employer, years, and that they were told."""

    person = forms.ChoiceField(label=_("Somebody with an account"), required=False)
    name = words(_("or a name"), most=rules.LONGEST_NAME)
    employer = words(_("Employer"), most=rules.LONGEST_NAME)
    years = forms.IntegerField(label=_("Years in the trade"), required=False, min_value=0, max_value=70)
    told = forms.BooleanField(
        label=_(
            "They were told and agree: name, employer and years stand on the chart, as those who know the trade."
        ),
        required=False,
    )

    def __init__(self, data: Any = None, *, people: Sequence[tuple[str, Choices]]) -> None:
        super().__init__(data)
        self.fields["person"].choices = [("", gettext("nobody")), *people]  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """Whose people are asked, in which roles, until when, and whether names are kept."""

    places = forms.MultipleChoiceField(
        label=_("Whose people are asked"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one place whose people are asked.")},
    )  # fmt: skip
    roles = forms.MultipleChoiceField(
        label=_("In which roles"), widget=forms.CheckboxSelectMultiple,
        choices=[(role.value, ROLE_NAMES[role]) for role in ASKED_ROLES],
    )  # fmt: skip
    named = forms.ChoiceField(
        label=_("Names"), widget=forms.RadioSelect, initial="no",
        choices=[("no", _("Without names: nobody reads who said what")), ("yes", _("With names"))],
        help_text=_("Everybody reads this before the first question."),
    )  # fmt: skip
    closes_on = DayField(_("Last day for answers"))

    def __init__(self, data: Any = None, *, places: Choices, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        self.fields["places"].choices = places  # type: ignore[attr-defined]


class GroupForm(forms.Form):
    """Who somebody is who answers."""

    group = forms.ChoiceField(
        label=_("You answer as somebody who says:"), widget=forms.RadioSelect, choices=list(GROUPS.items())
    )
    name = words(_("Your name"), most=rules.LONGEST_NAME)
