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
from craftpath.domain.programmes.definition import ItemInfo, items

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
            (item.key, text(item.name)) for item in items(version.decision.scheme.definition)
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
        self.items = {item.key: item for item in items(version.decision.scheme.definition)}
        for key, item in self.items.items():
            self.fields[f"item-{key}"] = self._field(item)

    def _field(self, item: ItemInfo) -> forms.CharField:
        mark = self.marks.get(item.key)
        return forms.CharField(
            label=gettext("%(item)s, of %(max)s") % {"item": text(item.name), "max": points(item.max)},
            required=False,
            max_length=20,
            initial=self._said(mark),
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        )

    @staticmethod
    def _said(mark: Mark | None) -> str:
        if mark is None or mark.status == "missing":
            return ""
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
        words = {str(MARK_STATES[state]).casefold(): state for state in WORDLESS}
        self.new: list[NewMark] = []
        for key, item in self.items.items():
            name = f"item-{key}"
            value = str(given.get(name) or "").strip()
            untouched = self.add_prefix(name) not in self.data or value == self._said(self.marks.get(key))
            if name in self.errors or untouched:
                continue
            state = words.get(value.casefold())
            score = None if state else _score(value)
            if state is None and (score is None or score > item.top):
                facts = {"max": points(item.top), "words": _choice()}
                self.add_error(name, gettext("Give a score from 0 to %(max)s, or %(words)s.") % facts)
                continue
            self.new.append(NewMark(self.version.enrolment_id, key, state or "scored", score, given=value))
        if not self.errors and not self.new:
            self.add_error(None, gettext("No mark was changed, so there is nothing to correct."))
        return given


def _choice() -> str:
    return " / ".join(str(MARK_STATES[state]) for state in WORDLESS)


def _score(value: str) -> Decimal | None:
    whole, _dot, part = value.partition(".")
    plain = value.isascii() and whole.isdigit() and (part.isdigit() or part == "")
    return Decimal(value) if plain and len(part) <= PLACES and len(whole) <= 6 else None
