"""Forms of what a pair does together; made for a thumb: what can be known is filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.days import DayField
from craftpath.domain.mentoring import rules
from craftpath.domain.mentoring.actions import Met
from craftpath.domain.mentoring.seeds import MARKS as STEPS
from craftpath.domain.mentoring.seeds import clause_names
from craftpath.domain.mentoring.texts import MARKS, MODES
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.mentoring.models import Goal, Meeting
    from craftpath.kernel.people import Person


def _words(label: Any, most: int, *, rows: int = 2, required: bool = True, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class WhyForm(forms.Form):
    """Only words that the others read."""

    because = _words(_("Why"), rules.LONGEST_REASON, hint=_("Everybody in the pair reads this."))


class GoalForm(forms.Form):
    """For whom, what, by when."""

    made_id = forms.CharField(widget=forms.HiddenInput, max_length=36, required=False)
    text = _words(pgettext_lazy("a goal of a pair", "What is to be reached"), rules.LONGEST_GOAL)
    due_on = DayField(pgettext_lazy("a goal of a pair", "By when"))
    person = forms.ChoiceField(label=pgettext_lazy("a goal of a pair", "For whom"))

    def __init__(self, data: Any, *, learners: Sequence[Person], initial: Mapping[str, Any]) -> None:
        super().__init__(data, auto_id="goal_%s", initial={**initial})
        self.learners = {one.public_id: one for one in learners}
        self.fields["person"].choices = [(key, one.name) for key, one in self.learners.items()]  # type: ignore[attr-defined]
        if len(self.learners) == 1:
            self.fields["person"].widget = forms.HiddenInput()
            self.initial["person"] = next(iter(self.learners))


class SaidForm(forms.Form):
    """What is said about a meeting, first or as a correction."""

    words = _words(
        _("What it was about"), rules.LONGEST_WORDS, rows=3, hint=_("One sentence is enough.")
    )  # fmt: skip
    on = DayField(pgettext_lazy("a meeting", "Day"))
    minutes = forms.IntegerField(
        label=pgettext_lazy("a meeting", "Minutes"), min_value=1, max_value=rules.MOST_MINUTES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    mode = forms.ChoiceField(
        label=pgettext_lazy("a meeting", "How"), choices=list(MODES.items()), widget=forms.RadioSelect
    )
    next_own = forms.CharField(label=_("Until next time I"), max_length=rules.LONGEST_GOAL, required=False)
    next_other = forms.CharField(label=_("and the other"), max_length=rules.LONGEST_GOAL, required=False)
    goals = forms.MultipleChoiceField(
        label=_("Goals that it was about"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, files: Any, *, goals: Iterable[Goal], **more: Any) -> None:
        super().__init__(data, files, **more)
        self.fields["goals"].choices = [(one.public_id, one.text) for one in goals]  # type: ignore[attr-defined]

    @property
    def met(self) -> Met:
        """What was typed, once it is valid."""
        given = self.cleaned_data
        return Met(
            given["on"], given["minutes"], given["mode"], given["words"], given["next_own"], given["next_other"],
            given["goals"],
        )  # fmt: skip


class MeetForm(SaidForm):
    """A new meeting: with whom, and a photo."""

    made_id = forms.CharField(widget=forms.HiddenInput, max_length=36)
    other = forms.ChoiceField(label=_("With whom"))
    photo = forms.FileField(
        label=_("Photo"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"})
    )

    def __init__(
        self,
        data: Any,
        files: Any,
        *,
        others: Sequence[Person],
        goals: Iterable[Goal],
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, files, goals=goals, initial={**initial})
        self.others = {one.public_id: one for one in others}
        self.fields["other"].choices = [(key, one.name) for key, one in self.others.items()]  # type: ignore[attr-defined]
        if len(self.others) == 1:
            self.fields["other"].widget = forms.HiddenInput()
            self.initial["other"] = next(iter(self.others))


class CorrectForm(SaidForm):
    """Another version, with a word why."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    because = _words(_("What was not so"), rules.LONGEST_REASON, hint=_("The other of the two reads this."))

    def __init__(self, data: Any, *, meeting: Meeting, goals: Iterable[Goal], own: bool) -> None:
        known = {name: getattr(meeting, name) for name in SaidForm.base_fields}
        super().__init__(data, None, goals=goals, initial=known | {"seen": meeting.version})
        if not own:  # each person reads whose task it is, whoever wrote it down first
            self.fields["next_own"].label = meeting.written_by.name
            self.fields["next_other"].label = gettext("I, until next time")
        self.order_fields(["because"])


class AnswerForm(forms.Form):
    """The questions of the halfway talk: a step of five each, and a sentence."""

    def __init__(self, data: Any, *, questions: Sequence[Mapping[str, str]], language: str) -> None:
        super().__init__(data, auto_id="answer_%s")
        self.questions = questions
        for one in questions:
            said = Text(one["zh"], one["en"]).say(language)
            self.fields[f"mark-{one['key']}"] = forms.TypedChoiceField(
                label=said,
                choices=[(step, MARKS[step]) for step in STEPS],
                coerce=int,
                widget=forms.RadioSelect,
            )
            self.fields[f"words-{one['key']}"] = forms.CharField(
                label=_("In a sentence"), max_length=rules.LONGEST_ANSWER, required=False
            )

    def rows(self) -> Iterable[tuple[Any, Any]]:
        """The two fields of each question."""
        for one in self.questions:
            yield self[f"mark-{one['key']}"], self[f"words-{one['key']}"]

    @property
    def answers(self) -> dict[str, dict[str, Any]]:
        """key → mark and words, once it is valid."""
        given = self.cleaned_data
        return {
            one["key"]: {"mark": given[f"mark-{one['key']}"], "words": given[f"words-{one['key']}"]}
            for one in self.questions
        }


class StepsForm(forms.Form):
    """What was agreed; `seen` counts its changes."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    steps = _words(_("What we agreed"), rules.LONGEST_STEPS, rows=4)


class ProductForm(forms.Form):
    """Title and words."""

    title = forms.CharField(label=pgettext_lazy("a product", "Title"), max_length=rules.LONGEST_TITLE)
    words = _words(_("What it is, and what it is good for"), rules.LONGEST_STEPS, rows=4, required=False)


class FileForm(forms.Form):
    """A photo or a file."""

    file = forms.FileField(label=_("Photo or file"))


class ShowingForm(forms.Form):
    """When and to whom."""

    on = DayField(pgettext_lazy("a product", "Shown on"))
    audience = forms.CharField(
        label=pgettext_lazy("a product", "To whom"), max_length=rules.LONGEST_AUDIENCE,
        help_text=_("Such as: the shift of the turning shop, and the college's head."),
    )  # fmt: skip

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data, auto_id="show_%s", initial={"on": today})


class ThanksForm(forms.Form):
    """Words for the page to keep."""

    words = _words(
        _("Words of thanks"), rules.LONGEST_REASON, rows=3, required=False,
        hint=_("They stand on the page to keep. Leave it empty to say none."),
    )  # fmt: skip


class RulesForm(forms.Form):
    """How often, when, and whether."""

    every_days = forms.IntegerField(
        label=_("Days between two meetings, at most"), min_value=1, max_value=rules.MOST_DAYS
    )
    talk_after_percent = forms.IntegerField(
        label=_("Halfway talk after this part of the days"), min_value=10, max_value=90,
        help_text=_("In percent. A pair without an end talks every half-year."),
    )  # fmt: skip
    needs_agreement = forms.BooleanField(label=_("Every pair signs an agreement"), required=False)


class WordingForm(forms.Form):
    """Every clause in both languages."""

    def __init__(self, data: Any, *, kept: Mapping[str, Mapping[str, str]]) -> None:
        initial = {f"{key}-{lang}": words[lang] for key, words in kept.items() for lang in ("zh", "en")}
        super().__init__(data, initial=initial)
        for key in clause_names():
            for lang, name in (("zh", _("Chinese")), ("en", _("English"))):
                self.fields[f"{key}-{lang}"] = _words(name, rules.LONGEST_CLAUSE, rows=5)

    def rows(self) -> Iterable[tuple[Text, Any, Any]]:
        """Each clause with its two fields."""
        for key, name in clause_names().items():
            yield name, self[f"{key}-zh"], self[f"{key}-en"]

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """The clauses, once it is valid."""
        return {
            key: {lang: self.cleaned_data[f"{key}-{lang}"] for lang in ("zh", "en")} for key in clause_names()
        }
