"""Forms of certificates: a kind with what it stands on and asks, why one ends, what takes its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from craftpath.delivery.web.certificates import saying
from craftpath.delivery.web.curricula.forms import BothNames
from craftpath.delivery.web.shell.days import DayField
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.certificates import holding, levels
from craftpath.domain.certificates.actions import Words
from craftpath.domain.certificates.design import BORDERS, COLOURS, LONGEST
from craftpath.domain.certificates.rules import LONGEST_BECAUSE
from craftpath.domain.certificates.texts import BORDERS as BORDER_WORDS
from craftpath.domain.certificates.texts import COLOURS as COLOUR_WORDS
from craftpath.domain.certificates.texts import COUNTED, PURPOSES

if TYPE_CHECKING:
    from craftpath.domain.certificates.models import Kind

Choices = list[tuple[str, Any]]
FREE_ROWS, MOST_AMOUNT = 3, 100_000
AREA = {"rows": 3}
KEPT = "kept"
"""A row that this form cannot say, such as a stage of one programme only, stays as it is unless it is taken out."""


class KindForm(BothNames):
    """What a kind says, stands on, asks and looks like."""

    key = forms.SlugField(widget=forms.HiddenInput, required=False, max_length=40)
    criteria_zh = forms.CharField(
        label=_("What the holder has shown, in Chinese"), required=False, max_length=600,
        widget=forms.Textarea(attrs=AREA),
    )  # fmt: skip
    criteria_en = forms.CharField(
        label=_("What the holder has shown, in English"), required=False, max_length=600,
        widget=forms.Textarea(attrs=AREA),
    )  # fmt: skip
    ground = forms.ChoiceField(
        label=_("What it stands on"),
        help_text=_(
            "Whoever has this in the record is due. For workshops and diplomas their own rooms say who is."
        ),
    )
    ground_amount = forms.IntegerField(
        label=_("How much"), required=False, min_value=1, max_value=MOST_AMOUNT,
        help_text=_("Of a skill the level from 1 to 4; of service the months or the apprentices."),
    )  # fmt: skip
    level = forms.ChoiceField(
        label=pgettext_lazy("a certificate", "Level"), required=False,
        help_text=_("A level always goes with its scheme: 高级 of 1+X is not 高级工."),
    )  # fmt: skip
    valid_months = forms.IntegerField(
        label=_("Holds for how many months"), required=False, min_value=1, max_value=240,
        help_text=_("Without a number it does not expire."),
    )  # fmt: skip
    skills = forms.MultipleChoiceField(
        label=_("Skills that it stands for"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("They go into the signed credential, with the address of their framework."),
    )  # fmt: skip
    colour = forms.ChoiceField(label=_("Colour"), choices=[(one, COLOUR_WORDS[one]) for one in COLOURS])
    border = forms.ChoiceField(label=_("Border"), choices=[(one, BORDER_WORDS[one]) for one in BORDERS])
    signatory_zh = forms.CharField(label=_("Who signs, in Chinese"), required=False, max_length=LONGEST)
    signatory_en = forms.CharField(label=_("Who signs, in English"), required=False, max_length=LONGEST)
    position_zh = forms.CharField(
        label=_("Position of who signs, in Chinese"), required=False, max_length=LONGEST
    )
    position_en = forms.CharField(
        label=_("Position of who signs, in English"), required=False, max_length=LONGEST
    )

    def __init__(self, data: Any = None, *, row: Kind | None, key: str = "", names: saying.Names) -> None:
        self._kept = list(row.requirements) if row is not None else []
        self._old_ground: Mapping[str, Any] = row.ground if row is not None else {}
        self._occupation = row.occupation if row is not None else None
        super().__init__(data, initial={"key": key} | _initial(row, names))
        self.fields["name_zh"].label = _("Title in Chinese")
        self.fields["name_en"].label = _("Title in English")
        grounds = _grounds(names)
        if row is not None and not _has(grounds, _ground_of(row)):
            grounds.append((_ground_of(row), saying.ground(row, names)))
        self.fields["ground"].choices = [("", "–"), *grounds]  # type: ignore[attr-defined]
        self.fields["level"].choices = [("", pgettext("a level", "none")), *_levels()]  # type: ignore[attr-defined]
        skills = list(names.of("skill").items())
        if row is not None:
            skills += [(one, names.say("skill", one)) for one in row.skills if one not in dict(skills)]
        self.fields["skills"].choices = skills  # type: ignore[attr-defined]
        asked = _asked(names)
        self.rows = min(len(self._kept) + FREE_ROWS, holding.MOST_ROWS)
        for n in range(self.rows):
            self._add_row(n, asked, names)

    def _add_row(self, n: int, asked: Choices, names: saying.Names) -> None:
        choices, initial, amount = list(asked), "", None
        if n < len(self._kept):
            initial, amount = _row_of(self._kept[n]), self._kept[n].get("at_least")
            if not _has(choices, initial):
                initial = f"{KEPT}:{n}"
                choices.append((initial, saying.requirement(self._kept[n], names)))
        self.fields[f"what_{n}"] = forms.ChoiceField(
            label=_("What it asks"), required=False, initial=initial, choices=[("", "–"), *choices]
        )
        self.fields[f"amount_{n}"] = forms.IntegerField(
            label=_("How much"), required=False, initial=amount, min_value=1, max_value=MOST_AMOUNT
        )

    @property
    def asks(self) -> list[tuple[Any, Any]]:
        """The fields of each row."""
        return [(self[f"what_{n}"], self[f"amount_{n}"]) for n in range(self.rows)]

    @property
    def words(self) -> Words:
        """What was filled in."""
        given = self.cleaned_data
        purpose, _colon, about = given["ground"].partition(":")
        scheme, _slash, level = given["level"].partition("/")
        return Words(
            purpose=purpose,
            title=self.name(),
            criteria={"zh": given["criteria_zh"], "en": given["criteria_en"]},
            scheme=scheme,
            level=level,
            occupation=self._occupation,
            ground=self._ground(purpose, about, given["ground_amount"]),
            requirements=self._requirements(),
            skills=given["skills"],
            valid_months=given["valid_months"],
            design={
                "colour": given["colour"],
                "border": given["border"],
                "signatory": {"zh": given["signatory_zh"], "en": given["signatory_en"]},
                "position": {"zh": given["position_zh"], "en": given["position_en"]},
            },
        )

    def _ground(self, purpose: str, about: str, amount: int | None) -> dict[str, Any]:
        if purpose == "service":
            return {"unit": about, "at_least": amount}
        if purpose not in ("stage", "course", "skill"):
            return {}
        # Of a stage that stands already the programme is kept, which the form does not name.
        kept = dict(self._old_ground) if self._old_ground.get(purpose) == about else {}
        said = kept | {purpose: about}
        return said | {"at_least": amount} if purpose == "skill" else said

    def _requirements(self) -> list[dict[str, Any]]:
        found = []
        for n in range(self.rows):
            kind, _colon, about = self.cleaned_data[f"what_{n}"].partition(":")
            amount = self.cleaned_data[f"amount_{n}"]
            if kind == KEPT:
                found.append(dict(self._kept[int(about)]))
            elif kind:
                found.append(_row(kind, about, amount))
        return found


def _row(kind: str, about: str, amount: int | None) -> dict[str, Any]:
    if kind == "certificate":
        scheme, _slash, level = about.partition("/")
        return {"kind": kind, "scheme": scheme, "level": level}
    row: dict[str, Any] = {"kind": kind}
    if kind in holding.WORDS:
        row[kind] = about
    if kind == "skill" or kind not in holding.WORDS:
        row["at_least"] = amount
    return row


def _row_of(row: Mapping[str, Any]) -> str:
    """The choice that says a row; one that says more has none."""
    kind = row["kind"]
    about = {"certificate": f"{row.get('scheme')}/{row.get('level')}"}.get(kind) or str(row.get(kind, ""))
    said = _row(kind, about, row.get("at_least"))
    return f"{kind}:{about}" if said == dict(row) else ""


def _ground_of(row: Kind) -> str:
    about = row.ground.get("unit" if row.purpose == "service" else row.purpose, "")
    return f"{row.purpose}:{about}"


def _grounds(names: saying.Names) -> Choices:
    rest: Choices = [(f"{one}:", PURPOSES[one]) for one in ("qualification", "workshop", "diploma")]
    return [
        *_named(names),
        (str(PURPOSES["service"]), [(f"service:{unit}", COUNTED[kind]) for unit, kind in _SERVICE.items()]),
        (pgettext("what a certificate stands on", "Something else"), rest),
    ]


_SERVICE = {"months": "pair_served", "pairs": "pairs"}


def _asked(names: saying.Names) -> Choices:
    counted = [one for one in holding.PROVIDERS if one not in holding.WORDS]
    held = [
        (f"certificate:{scheme.key}/{one.key}", f"{text(one.name)} · {text(scheme.name)}")
        for scheme in levels.schemes()
        for one in scheme.levels
    ]
    return [
        *_named(names),
        (pgettext("a requirement", "A certificate of a level or above"), held),
        (pgettext("a requirement", "So much of it"), [(f"{one}:", COUNTED.get(one, one)) for one in counted]),
    ]


def _named(names: saying.Names) -> Choices:
    return [
        (str(PURPOSES[sort]), [(f"{sort}:{key}", name) for key, name in names.of(sort).items()])
        for sort in ("stage", "course", "skill")
        if names.of(sort)
    ]


def _levels() -> Choices:
    return [
        (text(scheme.name), [(f"{scheme.key}/{one.key}", text(one.name)) for one in scheme.levels])
        for scheme in levels.schemes()
    ]


def _has(choices: Choices, value: str) -> bool:
    return bool(value) and any(
        value in dict(one) if isinstance(one, list) else value == key for key, one in choices
    )


def _initial(row: Kind | None, names: saying.Names) -> dict[str, Any]:
    if row is None:
        return {"colour": "pine", "border": "double"}
    said = {
        f"{name}_{language}": words.get(language, "")
        for name, words in (
            ("name", row.title),
            ("criteria", row.criteria),
            ("signatory", row.design.get("signatory") or {}),
            ("position", row.design.get("position") or {}),
        )
        for language in ("zh", "en")
    }
    return said | {
        "ground": _ground_of(row),
        "ground_amount": row.ground.get("at_least"),
        "level": f"{row.scheme}/{row.level}" if row.level else "",
        "valid_months": row.valid_months,
        "skills": row.skills,
        "colour": row.design.get("colour", "pine"),
        "border": row.design.get("border", "double"),
    }


class RevokeForm(forms.Form):
    """Only why."""

    because = forms.CharField(
        label=_("Why"), max_length=LONGEST_BECAUSE, help_text=_("Whoever looks the certificate up reads it.")
    )


class ReplaceForm(forms.Form):
    """Why, from when on, and whether its time begins again."""

    because = forms.CharField(
        label=_("Why"),
        max_length=LONGEST_BECAUSE,
        help_text=_("Such as: name corrected, paper lost, renewed after a refresher course."),
    )
    on = DayField(_("Day on the paper"))
    renew = forms.BooleanField(label=_("Its time begins again, by the kind as it is now"), required=False)


class BatchForm(forms.Form):
    """For whom, and which day stands on the paper."""

    on = DayField(_("Day on the paper"))
    made_id = forms.UUIDField(widget=forms.HiddenInput)
    everybody = forms.BooleanField(required=False)
