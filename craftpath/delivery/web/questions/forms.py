"""Forms of questions: ask, answer, change, report, a reason, a promise."""

from __future__ import annotations

import hashlib
import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.delivery.web.frameworks.choosing import skill_groups
from craftpath.delivery.web.shell.fields import ManyFiles, ManyFilesField
from craftpath.domain.questions.texts import AUDIENCES, NAMES, NAMES_MEAN, REPORT_REASONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from craftpath.domain.standards.models import Skill

LONGEST = 4000
LONGEST_WORDS = 400
PICTURES = "image/jpeg,image/png,image/webp"
Files = list[tuple[uuid.UUID, str, bytes]]


class PostForm(forms.Form):
    """Words with photos; `made_id` is one press of the button."""

    made_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text = forms.CharField(
        required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3, "data-words": True})
    )
    photos = ManyFilesField(
        label=_("Photos"), required=False, widget=ManyFiles(attrs={"accept": PICTURES, "data-files": True})
    )

    def attached(self) -> Files:
        """The photos and, of an answer, the recording, each under a name that the same press makes again."""
        given = [("photo", one) for one in self.cleaned_data["photos"]]
        if self.cleaned_data.get("voice"):
            given.append(("voice", self.cleaned_data["voice"]))
        found: Files = []
        for kind, one in given:
            content = one.read()
            name = uuid.uuid5(self.cleaned_data["made_id"], hashlib.sha256(content).hexdigest())
            found.append((name, kind, content))
        return list({one[0]: one for one in found}.values())


class AskForm(PostForm):
    """A question: words, photos, who sees the name, who sees the question, and a skill."""

    name_to = forms.ChoiceField(
        label=_("Who sees my name"),
        choices=list(NAMES.items()),
        initial="everybody",
        widget=forms.RadioSelect,
    )
    audience = forms.ChoiceField(
        label=_("Who sees the question"), choices=list(AUDIENCES.items()), initial="college", required=False
    )
    skill = forms.ChoiceField(label=_("Skill"), required=False)

    def __init__(self, *args: Any, skills: Iterable[Skill], classes: bool, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "ask_%s", **more})
        words = self.fields["text"]
        words.label = _("Your question")
        words.widget.attrs["placeholder"] = _("What do you want to know?")
        offered = skill_groups(skills)
        self.fields["skill"].choices = [("", _("by itself, from the words")), *offered]  # type: ignore[attr-defined]
        if not offered and not self.is_bound:
            del self.fields["skill"]
        if not classes:
            del self.fields["audience"]

    @property
    def names(self) -> list[tuple[str, Any, Any, bool]]:
        """(value, label, what it means, whether it is chosen) of each choice."""
        chosen = self["name_to"].value()
        return [(key, NAMES[key], NAMES_MEAN[key], key == chosen) for key in NAMES]


class AnswerForm(PostForm):
    """An answer; it may be spoken."""

    voice = forms.FileField(
        label=pgettext_lazy("of a voice", "Recording"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "audio/*", "data-files": True}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "answer_%s", **more})
        self.fields["text"].label = pgettext_lazy("to a question", "Your answer")


class ChangeForm(forms.Form):
    """The words anew, of the revision that was read."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    text = forms.CharField(
        label=_("Text"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )
    skill = forms.ChoiceField(label=_("Skill"), required=False)

    def __init__(self, *args: Any, skills: Iterable[Skill] | None, **more: Any) -> None:
        super().__init__(*args, **more)
        if skills is None:
            del self.fields["skill"]
        else:
            self.fields["skill"].choices = [("", _("none")), *skill_groups(skills)]  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    """What is wrong, and a word to it."""

    reason = forms.ChoiceField(
        label=pgettext_lazy("of a report", "What is wrong"), choices=list(REPORT_REASONS.items())
    )
    words = forms.CharField(label=_("A word to it"), required=False, max_length=LONGEST_WORDS)


class ReasonForm(forms.Form):
    """Only why."""

    because = forms.CharField(
        label=_("Why"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 2})
    )


class PromiseForm(forms.Form):
    """Within how many workdays."""

    workdays = forms.IntegerField(label=_("Answers within so many workdays"), min_value=1, max_value=10)
