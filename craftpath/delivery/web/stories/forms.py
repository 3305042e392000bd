"""Forms of stories."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.domain.stories.rules import LONGEST_ABOUT, LONGEST_COMMENT, LONGEST_NAME, LONGEST_REASON
from craftpath.domain.stories.texts import CHECKS, FORMS, REACHES

Choices = Sequence[tuple[str, Any]]
LANGUAGES = [("zh", "中文"), ("en", "English")]


def made_id() -> forms.UUIDField:
    """One press of a button."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


def few_words(label: Any, most: int, *, rows: int = 3, **more: Any) -> forms.CharField:
    """A few lines."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


class NewForm(forms.Form):
    """Whose story, its title, and how it is told."""

    made_id = made_id()
    title = forms.CharField(
        label=pgettext_lazy("of a story", "Title"),
        max_length=LONGEST_NAME,
        help_text=_("A few words that make somebody want to know more. You can change it later."),
    )
    form = forms.ChoiceField(
        label=_("How it is told"), choices=list(FORMS.items()), widget=forms.RadioSelect, initial="text"
    )
    language = forms.ChoiceField(
        label=_("Language in which it is told"), choices=LANGUAGES, widget=forms.RadioSelect, initial="zh"
    )


class NewForForm(NewForm):
    """The same by the office, which writes down what somebody else tells."""

    teller = forms.ChoiceField(label=_("Who tells it"), required=False)
    name = forms.CharField(
        label=_("Name, if not in the list"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("For somebody without an account here, such as a master who has retired."),
    )
    field_order = ["made_id", "teller", "name", "title", "form", "language"]

    def __init__(self, data: Any, *, tellers: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["teller"].choices = [("", gettext("somebody else, by name")), *tellers]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Somebody of the list, or a name."""
        given = super().clean() or self.cleaned_data
        if not given.get("teller") and not given.get("name"):
            self.add_error("name", gettext("Say who tells it."))
        return given


class DetailsForm(forms.Form):
    """What stands around a story, and where it leads."""

    title = forms.CharField(label=pgettext_lazy("of a story", "Title"), max_length=LONGEST_NAME)
    name = forms.CharField(
        label=_("Name, as it is shown"),
        max_length=LONGEST_NAME,
        help_text=_("Such as “Master Zhou” or a full name."),
    )
    about = forms.CharField(
        label=_("Trade and years"),
        max_length=LONGEST_ABOUT,
        required=False,
        help_text=_("Such as: fitter, 31 years in the workshop."),
    )
    occupation = forms.ChoiceField(label=_("Occupation"), required=False)
    address = forms.CharField(
        label=_("An exercise it leads to, by the address of its page here"),
        max_length=500,
        required=False,
        help_text=_(
            "A unit, a task card, a piece of practical work, a question: open it and copy its address. Readers see its "
            "name only if they may open it."
        ),
    )

    def __init__(self, data: Any, *, occupations: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["occupation"].choices = [("", gettext("none of the list")), *occupations]  # type: ignore[attr-defined]


class TranscriptForm(forms.Form):
    """What is said, in writing."""

    transcript = few_words(
        _("What is said, in writing"),
        20_000,
        rows=10,
        required=False,
        help_text=_(
            "One sentence a line. Where every line begins with its time, such as 0:12, captions are made of it."
        ),
    )


class RecordingForm(forms.Form):
    """A recording."""

    file = forms.FileField(label=pgettext_lazy("of a story", "Recording"))

    def __init__(self, data: Any = None, files: Any = None, *, accept: str, **more: Any) -> None:
        super().__init__(data, files, **more)
        self.fields["file"].widget.attrs["accept"] = accept


class PictureForm(forms.Form):
    """A picture with what it shows."""

    file = forms.FileField(
        label=_("Picture of the master or the work"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
    )
    words = forms.CharField(
        label=_("What the picture shows"),
        max_length=LONGEST_ABOUT,
        help_text=_("For those who do not see it, such as: a hand with a file over a vice."),
    )


class AgreeForm(forms.Form):
    """How far it may be shown."""

    reach = forms.ChoiceField(
        label=_("Who may see it"), choices=list(REACHES.items()), widget=forms.RadioSelect, initial="inside"
    )


class AgreeForForm(AgreeForm):
    """The same, written down for somebody without an account."""

    how = few_words(
        _("How the master agreed"),
        LONGEST_REASON,
        rows=2,
        help_text=_("When, to whom, in writing or by word."),
    )


class ChecksForm(forms.Form):
    """What the office has looked at."""

    checks = forms.MultipleChoiceField(
        label=_("Looked at"),
        choices=list(CHECKS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class ReasonForm(forms.Form):
    """Only why."""

    because = few_words(_("Why"), LONGEST_REASON, rows=2)


class CommentForm(forms.Form):
    """A comment, or a question."""

    made_id = made_id()
    words = few_words(pgettext_lazy("on a story", "Your comment"), LONGEST_COMMENT, rows=2)


class AskForm(CommentForm):
    """A question to the master."""

    words = few_words(
        _("Your question"),
        LONGEST_COMMENT,
        rows=2,
        help_text=_("Only the master reads it, and only you read the answer."),
    )


class AnswerForm(forms.Form):
    """An answer."""

    answer = few_words(_("Your answer"), 4_000, rows=3)
