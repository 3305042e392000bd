"""What is written about a decided result: a contest, its answer, a correction with other marks."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.templatetags.say import points, text
from craftpath.domain.evaluation.actions import NewMark
from craftpath.domain.evaluation.contests import WORDS
from craftpath.domain.evaluation.marking import PLACES
from craftpath.domain.evaluation.texts import MARK_STATES
from craftpath.domain.evaluation.versions import items_of
from craftpath.domain.programmes.definition import ItemInfo

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Mark, ResultVersion

WORDLESS = ("absent", "exempt")  # what a correction may say instead of a score


def _words(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=WORDS, widget=forms.Textarea(attrs={"rows": 5})
    )


class ContestForm(forms.Form):
    """An apprentice's own words, and the items that they are about."""

    use_required_attribute = False
    in_question = forms.MultipleChoiceField(
        label=_("Which marks are in question?"),
        help_text=_("Tick none if it is about the result as a whole."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = _words(
        _("What is wrong?"),
        _("In your own words. Only you and those who answer read it; no enterprise and no mentor."),
    )

    def __init__(self, *args: Any, version: ResultVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["in_question"].choices = [  # type: ignore[attr-defined]
            (item.key, text(item.name)) for item in items_of(version)
        ]


class AnswerForm(forms.Form):
    """Why a result stands."""

    use_required_attribute = False
    answer = _words(_("Why does the result stand?"), _("The apprentice reads exactly this."))


class CorrectionForm(forms.Form):
    """Other marks for one result, item by item, and why. A field left as it is changes nothing."""

    use_required_attribute = False
    reason = _words(_("Why is it corrected?"), _("The reason stands beside the new version for good."))

    def __init__(
        self, *args: Any, version: ResultVersion, marks: dict[str, Mark], first: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.version, self.marks, self.first = version, marks, first
        self.items = {item.key: item for item in items_of(version)}
        for key, item in self.items.items():
            self.fields[f"item-{key}"] = self._field(item)

    def _field(self, item: ItemInfo) -> forms.CharField | forms.ChoiceField:
        said = self._said(item)
        if item.grades:
            words = (*(text(name) for name in item.grades.values()), *_wordless())
            choices = [(word, word or "–") for word in (words if said in words else (said, *words))]
            return forms.ChoiceField(label=text(item.name), required=False, initial=said, choices=choices)
        return forms.CharField(
            label=gettext("%(item)s, of %(max)s") % {"item": text(item.name), "max": points(item.max)},
            required=False,
            max_length=20,
            initial=said,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        )

    def _said(self, item: ItemInfo) -> str:
        mark = self.marks.get(item.key)
        if mark is None or mark.status == "missing":
            return ""
        if mark.grade:
            return text(item.grade(mark.grade))
        return points(mark.score) if mark.score is not None else str(MARK_STATES[mark.status])

    @property
    def asked_fields(self) -> list[forms.BoundField]:
        """The fields of the items in question."""
        return [self[f"item-{key}"] for key in self.first if key in self.items]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """The fields of all others, in the scheme's order."""
        return [self[f"item-{key}"] for key in self.items if key not in self.first]

    @property
    def others_touched(self) -> bool:
        """Whether something was typed there, so that it is shown again."""
        return self.is_bound and any(
            field.errors or field.value() != field.initial for field in self.other_fields
        )

    @property
    def words_offered(self) -> str:
        """What may stand instead of a score."""
        return _choice()

    def clean(self) -> dict[str, Any]:
        """Each changed field holds a score in its range or one of the words."""
        given = super().clean() or {}
        words = {word.casefold(): state for state, word in zip(WORDLESS, _wordless(), strict=True)}
        self.new: list[NewMark] = []
        for key, item in self.items.items():
            name = f"item-{key}"
            value = str(given.get(name) or "").strip()
            untouched = self.add_prefix(name) not in self.data or value == self._said(item)
            if name in self.errors or untouched:
                continue
            state = words.get(value.casefold())
            grade = (
                "" if state else next((one for one, said in item.grades.items() if text(said) == value), "")
            )
            score = None if state or item.grades else _score(value)
            if state is None and not grade and (score is None or score > item.top):
                facts = {"max": points(item.top), "words": _choice()}
                self.add_error(
                    name,
                    gettext("Choose a grade.")
                    if item.grades
                    else gettext("Give a score from 0 to %(max)s, or %(words)s.") % facts,
                )
                continue
            self.new.append(
                NewMark(self.version.enrolment_id, key, state or "scored", score, given=value, grade=grade)
            )
        if not self.errors and not self.new:
            self.add_error(None, gettext("No mark was changed, so there is nothing to correct."))
        return given


def _wordless() -> list[str]:
    return [str(MARK_STATES[state]) for state in WORDLESS]


def _choice() -> str:
    return " / ".join(_wordless())


def _score(value: str) -> Decimal | None:
    whole, _dot, part = value.partition(".")
    plain = value.isascii() and whole.isdigit() and (part.isdigit() or part == "")
    return Decimal(value) if plain and len(part) <= PLACES and len(whole) <= 6 else None
