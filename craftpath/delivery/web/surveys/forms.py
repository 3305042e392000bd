"""Forms of surveys: how one begins, its words, one question, whom it asks, its days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.delivery.web.frameworks.choosing import Grouped
from craftpath.domain.surveys.questions import CHOICES, Option, Question, When
from craftpath.domain.surveys.rules import (
    LONGEST_QUESTION,
    LONGEST_TITLE,
    LONGEST_WORDS,
    OPERATORS,
    POINTS,
)
from craftpath.domain.surveys.texts import OPERATORS as OPERATOR_NAMES
from craftpath.domain.surveys.texts import ROLE_NAMES
from craftpath.values.text import Text

BLANK_ROWS = 3
MEMBERS = ("apprentice", "mentor", "trainer", "graduate")
Choices = Sequence[tuple[Any, Any]]


def words(label: Any, longest: int, *, rows: int = 0, hint: Any = "") -> forms.CharField:
    """One line or some, never required by itself: one of two languages is enough."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, required=False, max_length=longest, widget=widget, help_text=hint)


class TwoLanguages(forms.Form):
    """A form in which some texts stand twice, as `name_zh` and `name_en`."""

    def text(self, name: str) -> Text:
        """What was typed in both."""
        given = self.cleaned_data
        return Text(given.get(f"{name}_zh", "").strip(), given.get(f"{name}_en", "").strip())


def both(name: str, value: Any) -> dict[str, str]:
    """The initial values of a text in two fields."""
    told = Text.of(value)
    return {f"{name}_zh": told.zh, f"{name}_en": told.en}


PROMISE = [
    ("yes", _("Anonymous: nobody can tell who said what")),
    ("no", _("With names: whoever runs the survey reads who said what")),
]


class NewForm(TwoLanguages):
    """A title and where the questions come from."""

    source = forms.ChoiceField(label=_("Questions"), widget=forms.RadioSelect)
    title_zh = words(_("Title in Chinese"), LONGEST_TITLE, hint=_("Left empty, it is the title of the bank."))
    title_en = words(_("Title in English"), LONGEST_TITLE)
    anonymous = forms.ChoiceField(
        label=pgettext_lazy("of a survey", "Promise"),
        widget=forms.RadioSelect,
        choices=PROMISE,
        initial="yes",
    )

    def __init__(self, data: Any, *, sources: Choices, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial={**initial})
        self.fields["source"].choices = sources  # type: ignore[attr-defined]


class WordsForm(TwoLanguages):
    """Title, what is said before, length of the scales, promise."""

    title_zh = words(_("Title in Chinese"), LONGEST_TITLE)
    title_en = words(_("Title in English"), LONGEST_TITLE)
    intro_zh = words(_("Said before, in Chinese"), LONGEST_WORDS, rows=3)
    intro_en = words(_("Said before, in English"), LONGEST_WORDS, rows=3)
    points = forms.IntegerField(
        label=_("Points of every scale"), min_value=POINTS[0], max_value=POINTS[1],
        help_text=_("5 is usual. All scales of a survey have the same, so that they can be compared."),
    )  # fmt: skip
    months = forms.TypedChoiceField(
        label=_("Asked again after the end of training"), required=False, coerce=int, empty_value=None,
        choices=[("", _("no tracer")), (0, _("at the end")), (6, _("6 months later")), (12, _("12 months later")),
                 (24, _("24 months later"))],
    )  # fmt: skip
    anonymous = forms.ChoiceField(
        label=pgettext_lazy("of a survey", "Promise"), widget=forms.RadioSelect, choices=PROMISE,
        help_text=_("It is said before anybody answers, and cannot be changed once the survey is open."),
    )  # fmt: skip


class QuestionForm(TwoLanguages):
    """One question; which fields it has depends on its kind."""

    title_zh = words(_("Words in Chinese"), LONGEST_QUESTION)
    title_en = words(_("Words in English"), LONGEST_QUESTION)
    hint_zh = words(_("Hint in Chinese"), LONGEST_QUESTION)
    hint_en = words(_("Hint in English"), LONGEST_QUESTION)

    def __init__(
        self, data: Any, *, question: Question, points: int, earlier: Choices, skills: Grouped
    ) -> None:
        self.question, self.points = question, points
        super().__init__(data, initial=_initial(question))
        self._by_kind(question.kind, skills)
        self._condition(earlier)

    def _tick(self, name: str, label: Any, hint: Any = "") -> None:
        self.fields[name] = forms.BooleanField(label=label, required=False, help_text=hint)

    def _by_kind(self, kind: str, skills: Grouped) -> None:
        if kind != "section":
            self._tick("required", _("Must be answered"))
        if kind == "need":
            self.fields["skill"] = forms.ChoiceField(
                label=pgettext_lazy("asked about", "Skill"), required=False, choices=[("", "–"), *skills],
                help_text=_("By the skill answers of several surveys are set side by side."),
            )  # fmt: skip
            self._tick("mentor", _("Ask mentors for their view too"))
        if kind in ("scale", "matrix"):
            self.fields["construct"] = forms.CharField(
                label=pgettext_lazy("of items that measure one thing", "Part of"), required=False, max_length=40,
                help_text=_("Questions with the same word here measure one thing together, such as motivation."),
            )  # fmt: skip
            self._tick("turned", _("Turned: the high end means little"))
        if kind == "single":
            self._tick("group", _("Tell answers apart by this choice"))
        if kind == "number":
            self.fields["least"] = forms.FloatField(label=_("Least"), required=False)
            self.fields["most"] = forms.FloatField(label=_("Greatest"), required=False)
        self.fields["roles"] = forms.MultipleChoiceField(
            label=_("Ask only"), required=False, choices=list(ROLE_NAMES.items()),
            widget=forms.CheckboxSelectMultiple, help_text=_("Nobody ticked: everybody is asked."),
        )  # fmt: skip

    def _condition(self, earlier: Choices) -> None:
        if not earlier:
            return
        self.fields["when"] = forms.ChoiceField(
            label=_("Only if the answer to"), required=False, choices=[("", _("always asked")), *earlier]
        )
        self.fields["operator"] = forms.ChoiceField(
            label=_("compares so"), choices=[(one, OPERATOR_NAMES[one]) for one in OPERATORS], required=False
        )
        self.fields["value"] = forms.CharField(
            label=_("to"), required=False, max_length=60,
            help_text=_("For a choice the number of the option, for a scale or number the figure; 1, 3 for several."),
        )  # fmt: skip

    def pairs(self, name: str) -> list[dict[str, str]]:
        """Rows of two languages as they stand in the form: what was typed, else what is stored, and some blank ones."""
        if self.is_bound:
            return list(_typed(self.data, name))
        stored = getattr(self.question, name)
        if name == "labels":
            texts = (
                {0: stored[0], self.points - 1: stored[-1]} if len(stored) == 2 else dict(enumerate(stored))
            )
            return [{"key": str(at + 1), **_sides(texts.get(at, Text()))} for at in range(self.points)]
        rows = [{"key": one.key, **_sides(one.text)} for one in stored]
        return rows + [{"key": "", "zh": "", "en": ""}] * (BLANK_ROWS if rows else BLANK_ROWS + 2)

    def made(self, earlier: Sequence[Question], new_key: Any) -> Question:
        """The question that was typed; `new_key` makes keys for options that had none."""
        given = self.cleaned_data
        plain = {name: given.get(name, False) for name in ("required", "mentor", "turned", "group")}
        return Question(
            key=self.question.key,
            kind=self.question.kind,
            title=self.text("title"),
            hint=self.text("hint"),
            construct=given.get("construct", "").strip(),
            skill=given.get("skill", ""),
            roles=tuple(given.get("roles", ())),
            labels=self._labels(),
            options=self._options("options", new_key),
            rows=self._options("rows", new_key),
            least=given.get("least"),
            most=given.get("most"),
            when=self._when(earlier),
            **plain,
        )

    def _labels(self) -> tuple[Text, ...]:
        typed = [Text(row["zh"], row["en"]) for row in _typed(self.data, "labels")]
        if not any(label != Text() for label in typed):
            return ()
        named = [label for label in typed if label != Text()]
        ends = len(named) == 2 and typed[0] != Text() and typed[-1] != Text()
        return tuple(named) if ends else tuple(typed) if len(named) == len(typed) else tuple(named)

    def _options(self, name: str, new_key: Any) -> tuple[Option, ...]:
        rows = [row for row in _typed(self.data, name) if row["zh"] or row["en"]]
        known = {one.key for one in getattr(self.question, name)}
        return tuple(
            Option(row["key"] if row["key"] in known else new_key(), Text(row["zh"], row["en"]))
            for row in rows
        )

    def _when(self, earlier: Sequence[Question]) -> When | None:
        given = self.cleaned_data
        one = next((one for one in earlier if one.key == given.get("when")), None)
        if one is None:
            return None
        parts = [
            part.strip() for part in given.get("value", "").replace("，", ",").split(",") if part.strip()
        ]
        if one.kind in CHOICES:
            numbered = {str(at): option.key for at, option in enumerate(one.options, start=1)}
            parts = [numbered.get(part, part) for part in parts]
        return When(one.key, given.get("operator") or "is", tuple(parts))


def _sides(told: Text) -> dict[str, str]:
    return {"zh": told.zh, "en": told.en}


def _typed(data: Any, name: str) -> Iterator[dict[str, str]]:
    """The rows of two languages that a form brings, each text cut to its length, as many as there can be."""
    sides = [
        data.getlist(f"{name}-{side}")[:40] if hasattr(data, "getlist") else []
        for side in ("key", "zh", "en")
    ]
    for key, zh, en in zip(*sides, strict=False):
        yield {"key": key[:40], "zh": _plain(zh), "en": _plain(en)}


def _plain(typed: str) -> str:
    return typed.replace("\0", "").strip()[:LONGEST_QUESTION]


def _initial(question: Question) -> dict[str, Any]:
    plain = ("required", "mentor", "turned", "group", "construct", "skill", "least", "most")
    found = {name: getattr(question, name) for name in plain}
    found |= both("title", question.title) | both("hint", question.hint) | {"roles": list(question.roles)}
    if question.when is not None:
        found |= {"when": question.when.question, "operator": question.when.operator}
    return found
