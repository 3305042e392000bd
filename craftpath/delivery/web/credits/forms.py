"""Forms of the credit bank."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.curricula.forms import BothNames
from craftpath.delivery.web.shell.days import DayField
from craftpath.delivery.web.shell.fields import ManyFiles, ManyFilesField
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.certificates.levels import schemes
from craftpath.domain.credits import points
from craftpath.domain.credits.actions import LineVerdict, NewConversion, NewDiploma, NewEarning
from craftpath.domain.credits.texts import OUTCOMES

if TYPE_CHECKING:
    from craftpath.domain.credits.models import Area, Diploma, EarningRule, RequestLine
    from craftpath.kernel.organisations import Organisation

ROWS_OF_LEARNING = 3
ANY = ("", "–")
WORDS = {"rows": 3}


def levels_to_choose() -> list[Any]:
    """Every level under its scheme: a level is never said without it."""
    groups = [
        (text(scheme.name), [(f"{scheme.key}/{one.key}", text(one.name)) for one in reversed(scheme.levels)])
        for scheme in schemes()
    ]
    return [ANY, *groups]


def level_of(chosen: str) -> dict[str, str]:
    """Scheme and key of a chosen level; both blank where none was."""
    scheme, _slash, level = chosen.partition("/")
    return {"scheme": scheme, "level": level}


class PointsField(forms.CharField):
    """Points as people type them; cleaned to hundredths, None where nothing was typed."""

    def __init__(self, label: Any, *, required: bool = True, help_text: Any = "", least: int = 1) -> None:
        super().__init__(label=label, required=required, help_text=help_text, max_length=12)
        self.least = least
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> Any:
        """Hundredths."""
        typed = super().clean(value)
        if not typed:
            return None
        found = points.of_text(typed.replace("%", ""))
        if found is None or found < self.least:
            raise forms.ValidationError(gettext("Give a number with at most two decimals, such as 4.5."))
        return found


class MadeOnce(forms.Form):
    """A form that is sent once: the id stays when it is shown again."""

    made_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        more["initial"] = {"made_id": uuid.uuid4()} | (more.get("initial") or {})
        super().__init__(*args, **more)


class AskForm(MadeOnce):
    """Which credits, and what one wants to say with it."""

    credits = forms.TypedMultipleChoiceField(label=_("Credits"), coerce=int)
    words = forms.CharField(
        label=_("What the office should know"), required=False, max_length=1000, widget=forms.Textarea(attrs=WORDS)
    )  # fmt: skip

    def __init__(self, *args: Any, credits: Iterable[int], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["credits"].choices = [(one, str(one)) for one in credits]  # type: ignore[attr-defined]


class PriorForm(MadeOnce):
    """What was learned elsewhere, and what proves it."""

    organisation = forms.ChoiceField(label=_("Which institution should recognise it"))
    words = forms.CharField(
        label=_("How you have learned it"), max_length=1000, widget=forms.Textarea(attrs=WORDS)
    )

    def __init__(
        self, *args: Any, places: Sequence[Organisation], areas: Sequence[Area], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.places = {row.public_id: row for row in places}
        self.areas = {row.key: row for row in areas}
        self.fields["organisation"].choices = [(key, text(row.name)) for key, row in self.places.items()]  # type: ignore[attr-defined]
        self.fields["files"] = ManyFilesField(
            label=_("What proves it"),
            widget=ManyFiles(attrs={"multiple": True}),
            help_text=_("Photo, PDF or office file; several at once."),
        )
        for n in range(ROWS_OF_LEARNING):
            self.fields[f"title_{n}"] = forms.CharField(
                label=_("What you have learned, and where"), max_length=200, required=not n
            )
            self.fields[f"area_{n}"] = forms.ChoiceField(
                label=_("Area"), choices=[(key, text(row.name)) for key, row in self.areas.items()], required=not n
            )  # fmt: skip
            self.fields[f"points_{n}"] = PointsField(_("Points asked for"), required=not n)

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each row."""
        return [(self[f"title_{n}"], self[f"area_{n}"], self[f"points_{n}"]) for n in range(ROWS_OF_LEARNING)]

    def clean(self) -> dict[str, Any]:
        """A further row is filled in whole or not at all."""
        given = super().clean() or {}
        for n in range(1, ROWS_OF_LEARNING):
            if bool(given.get(f"title_{n}")) != bool(given.get(f"points_{n}")):
                name = "points" if given.get(f"title_{n}") else "title"
                if not self.has_error(f"{name}_{n}"):
                    self.add_error(f"{name}_{n}", gettext("Fill in the whole row, or none of it."))
        return given

    @property
    def learned(self) -> list[tuple[str, Area, int]]:
        """Rows that were filled in."""
        given = self.cleaned_data
        return [
            (given[f"title_{n}"], self.areas[given[f"area_{n}"]], given[f"points_{n}"])
            for n in range(ROWS_OF_LEARNING)
            if given[f"title_{n}"]
        ]


class DecideForm(forms.Form):
    """Points and reason of each line."""

    because = forms.CharField(
        label=_("To the whole request"), required=False, max_length=1000, widget=forms.Textarea(attrs=WORDS)
    )

    def __init__(self, *args: Any, lines: Sequence[RequestLine], **more: Any) -> None:
        super().__init__(*args, **more)
        self.lines = lines
        for line in lines:
            self.fields[f"points_{line.pk}"] = PointsField(_("Points accepted"), least=0)
            self.fields[f"points_{line.pk}"].initial = points.shown(line.proposed)
            self.fields[f"because_{line.pk}"] = forms.CharField(
                label=_("Reason"), required=False, max_length=200
            )

    def of(self, line: RequestLine) -> tuple[Any, Any]:
        """The two fields of a line."""
        return self[f"points_{line.pk}"], self[f"because_{line.pk}"]

    @property
    def verdicts(self) -> dict[int, LineVerdict]:
        """What was decided, by the lines' ids."""
        given = self.cleaned_data
        return {
            line.pk: LineVerdict(given[f"points_{line.pk}"], given[f"because_{line.pk}"])
            for line in self.lines
        }


class ReasonForm(forms.Form):
    """Only why."""

    because = forms.CharField(label=_("Why"), max_length=200)


class DiplomaForm(BothNames):
    """What an institution awards."""

    total = PointsField(_("Points in all"))
    share = PointsField(
        _("Part that conversion may make up, in percent"),
        required=False,
        help_text=_("Blank: no limit."),
        least=0,
    )
    source_zh = forms.CharField(
        label=_("Where the figures come from, in Chinese"), required=False, max_length=300
    )
    source_en = forms.CharField(
        label=_("Where the figures come from, in English"), required=False, max_length=300
    )
    example = forms.BooleanField(label=_("It is an example: real figures are set elsewhere"), required=False)

    def __init__(self, data: Any = None, *, row: Diploma | None = None) -> None:
        super().__init__(data, initial=_diploma(row))
        self.limits = row.limits if row is not None else {}

    @property
    def new(self) -> NewDiploma:
        """What was filled in."""
        given = self.cleaned_data
        source = {"zh": given["source_zh"].strip(), "en": given["source_en"].strip()}
        return NewDiploma(
            self.name(), given["total"], given["share"], self.limits,
            {key: words for key, words in source.items() if words}, given["example"],
        )  # fmt: skip


def _diploma(row: Diploma | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {
        "name_zh": row.title.get("zh", ""), "name_en": row.title.get("en", ""), "total": points.shown(row.total),
        "share": points.shown(row.share) if row.share is not None else "", "source_zh": row.source.get("zh", ""),
        "source_en": row.source.get("en", ""), "example": row.example,
    }  # fmt: skip


class AreaForm(BothNames):
    """An area of a diploma."""

    key = forms.SlugField(
        label=_("Key"), max_length=40, help_text=_("Short, in small letters, such as major.")
    )
    least = PointsField(_("Points at least"), required=False, least=0)
    most = PointsField(_("Points at most"), required=False)


class MinimumForm(forms.Form):
    """So many points of one institution at least."""

    institution = forms.ChoiceField(label=_("Institution"))
    least = PointsField(_("Points at least"), least=0, help_text=_("0 takes the minimum out again."))

    def __init__(self, *args: Any, places: Sequence[Organisation], **more: Any) -> None:
        super().__init__(*args, **more)
        self.places = {row.key: row for row in places}
        self.fields["institution"].choices = [(key, text(row.name)) for key, row in self.places.items()]  # type: ignore[attr-defined]


class OfferForm(BothNames):
    """A step that leads nearer."""

    area = forms.ChoiceField(label=_("Area"))
    points = PointsField(pgettext_lazy("of credits", "Points"))
    weeks = forms.IntegerField(label=_("Weeks"), min_value=0, max_value=520)
    valid_from = DayField(pgettext_lazy("of a rule", "From"), required=False)
    valid_to = DayField(_("Last day"), required=False)

    def __init__(self, *args: Any, diploma: Diploma, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["area"].choices = [(row.key, text(row.name)) for row in diploma.areas.all()]  # type: ignore[attr-defined]


class ConversionForm(forms.Form):
    """A row of the table."""

    area = forms.ChoiceField(label=_("Credits of the area"), required=False)
    outcome = forms.ChoiceField(label=_("Earned by"), required=False, choices=[ANY, *OUTCOMES.items()])
    level = forms.ChoiceField(label=_("Level"), required=False, choices=levels_to_choose)
    subject = forms.CharField(label=_("Only this one"), required=False, max_length=80)
    to_area = forms.ChoiceField(label=_("Counts for"))
    rate = PointsField(_("Rate in percent"), help_text=_("100: one for one; never more."))
    cap = PointsField(_("Points at most for one person"), required=False)
    valid_from = DayField(pgettext_lazy("of a rule", "From"))
    valid_to = DayField(_("Last day"), required=False)
    replaces = forms.ChoiceField(label=_("Replaces the row"), required=False)

    def __init__(
        self,
        *args: Any,
        diploma: Diploma,
        areas: Sequence[Area],
        rows: Sequence[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["area"].choices = [ANY, *((row.key, text(row.name)) for row in areas)]  # type: ignore[attr-defined]
        self.fields["to_area"].choices = [(row.key, text(row.name)) for row in diploma.areas.all()]  # type: ignore[attr-defined]
        self.fields["replaces"].choices = [ANY, *rows]  # type: ignore[attr-defined]

    @property
    def new(self) -> NewConversion:
        """What was filled in."""
        given = {key: value for key, value in self.cleaned_data.items() if key != "replaces"}
        return NewConversion(**given | level_of(given["level"]))


class EarningForm(BothNames):
    """What an outcome is worth."""

    outcome = forms.ChoiceField(label=_("Earned by"), choices=list(OUTCOMES.items()))
    level = forms.ChoiceField(label=_("Level"), required=False, choices=levels_to_choose)
    subject = forms.CharField(label=_("Only this one"), required=False, max_length=80)
    area = forms.ChoiceField(label=_("Area"))
    points = PointsField(pgettext_lazy("of credits", "Points"))
    cap_half = PointsField(_("At most in a half-year"), required=False)
    cap_year = PointsField(_("At most in a year"), required=False)
    cap_total = PointsField(_("At most in all"), required=False)
    expires_months = forms.IntegerField(
        label=_("Expires after months"), required=False, min_value=1, max_value=600
    )
    valid_from = DayField(pgettext_lazy("of a rule", "From"))
    valid_to = DayField(_("Last day"), required=False)
    replaces = forms.ChoiceField(label=_("Replaces the row"), required=False)

    def __init__(self, *args: Any, areas: Sequence[Area], rows: Sequence[EarningRule], **more: Any) -> None:
        super().__init__(*args, **more)
        self.areas = {row.key: row for row in areas}
        self.fields["area"].choices = [(key, text(row.name)) for key, row in self.areas.items()]  # type: ignore[attr-defined]
        self.fields["replaces"].choices = [ANY, *((row.key, text(row.name)) for row in rows)]  # type: ignore[attr-defined]

    @property
    def new(self) -> NewEarning:
        """What was filled in."""
        other = {"replaces", "area", "name_zh", "name_en"}
        given = {key: value for key, value in self.cleaned_data.items() if key not in other}
        return NewEarning(name=self.name(), **given | level_of(given["level"]))


class PresetForm(forms.Form):
    """Which preset."""

    preset = forms.ChoiceField(label=_("Preset"))

    def __init__(self, *args: Any, presets: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["preset"].choices = list(presets)  # type: ignore[attr-defined]
