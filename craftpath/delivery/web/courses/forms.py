"""Forms of courses."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.fields import ManyFiles, ManyFilesField
from craftpath.delivery.web.shell.picking import PlaceField, below_field
from craftpath.domain.courses.content import LONGEST_TEXT, MOST_DRAWN
from craftpath.domain.courses.rules import (
    LONGEST_ANSWER,
    LONGEST_LINK,
    LONGEST_NAME,
    LONGEST_WORDS,
    MOST_MINUTES,
)
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text

Choices = Sequence[tuple[str, Any]]
LONGEST_PATH = 400


def made_id() -> forms.UUIDField:
    """One press of a button."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


def title_in(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_NAME, required=False)


def area(label: Any, most: int, rows: int, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": rows}),
        **more,
    )


class Titled(forms.Form):
    """A title in Chinese, in English, or both."""

    title_zh = title_in(pgettext_lazy("of a course", "Title in Chinese"))
    title_en = title_in(pgettext_lazy("of a course", "Title in English"))

    @property
    def title(self) -> Text:
        return Text(self.cleaned_data["title_zh"].strip(), self.cleaned_data["title_en"].strip())


class CourseForm(Titled):
    """What stands around a course; its skills are ticked beside it."""

    made_id = made_id()
    aim_zh = area(_("What it is for, in Chinese"), 600, 2)
    aim_en = area(_("What it is for, in English"), 600, 2)
    occupation = forms.ChoiceField(label=_("Occupation"), required=False)

    def __init__(self, data: Any = None, *, occupations: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["occupation"].choices = [("", gettext("none of the list")), *occupations]  # type: ignore[attr-defined]

    @property
    def aim(self) -> Text:
        return Text(self.cleaned_data["aim_zh"].strip(), self.cleaned_data["aim_en"].strip())


class UnitForm(Titled):
    """A unit and how long it takes."""

    minutes = forms.IntegerField(
        label=_("Minutes planned"), min_value=0, max_value=MOST_MINUTES, required=False, initial=45
    )


class ActivityForm(Titled):
    """What every activity has."""

    text_zh = area(_("Text in Chinese"), LONGEST_TEXT, 14)
    text_en = area(_("Text in English"), LONGEST_TEXT, 8)


class MediaForm(ActivityForm):
    """A video, a recording or a file of the course."""

    file = forms.ChoiceField(label=pgettext_lazy("of an activity", "File"), required=False)
    transcript_zh = area(_("What is said, in Chinese"), LONGEST_TEXT, 4)
    transcript_en = area(_("What is said, in English"), LONGEST_TEXT, 4)
    field_order = ["title_zh", "title_en", "file", "text_zh", "text_en"]

    def __init__(self, data: Any = None, *, files: Choices, heard: bool, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["file"].choices = [("", gettext("not chosen yet")), *files]  # type: ignore[attr-defined]
        if not heard:
            del self.fields["transcript_zh"], self.fields["transcript_en"]


class QuizForm(ActivityForm):
    """Questions of the bank: some by name, some drawn of a skill."""

    skill = forms.ChoiceField(label=_("Draw questions of this skill"), required=False)
    count = forms.IntegerField(
        label=_("How many are drawn"), min_value=0, max_value=MOST_DRAWN, required=False, initial=0
    )
    passes = forms.IntegerField(
        label=_("Passed from this percentage on"), min_value=0, max_value=100, initial=60
    )
    tries = forms.IntegerField(
        label=_("Tries at most"), min_value=0, max_value=20, required=False, initial=0,
        help_text=_("0: as often as one likes. The best try counts."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, skills: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["skill"].choices = [("", gettext("none")), *skills]  # type: ignore[attr-defined]


class ChecklistForm(ActivityForm):
    """Points, one a line: Chinese, and English behind a bar."""

    points = area(
        _("Points to tick, one a line"), 20_000, 8,
        help_text=_("Chinese, then English behind a bar if you like: 戴好防护面罩 | Face shield on"),
    )  # fmt: skip
    confirmed = forms.BooleanField(label=_("The mentor confirms each point"), required=False)


class JoinedForm(ActivityForm):
    """Something that another room keeps."""

    ref = forms.ChoiceField(label=_("Which one"), required=False)

    def __init__(self, data: Any = None, *, choices: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["ref"].choices = [("", gettext("not chosen yet")), *choices]  # type: ignore[attr-defined]


class NewActivityForm(Titled):
    """A kind and a title; the rest is written on its own page."""

    kind = forms.ChoiceField(label=pgettext_lazy("of an activity", "Kind"))

    def __init__(self, data: Any = None, *, kinds: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class UploadForm(forms.Form):
    """One file of a course."""

    file = forms.FileField(label=pgettext_lazy("of a course", "File"))
    heard = forms.BooleanField(label=_("It is heard only (a recording without a picture)"), required=False)


class CaptionsForm(forms.Form):
    """Captions of a video."""

    captions = forms.FileField(
        label=_("Captions (.vtt)"), widget=forms.ClearableFileInput(attrs={"accept": ".vtt,text/vtt"})
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("zh", "中文"), ("en", "English")], initial="zh"
    )


class PublishForm(forms.Form):
    """What is new, for those who decide whether a run goes on to it."""

    changes = forms.CharField(label=_("What is new, in a few words"), max_length=500, required=False)


class RunForm(forms.Form):
    """Who follows from when."""

    made_id = made_id()
    cohort = forms.ChoiceField(label=_("Who follows it"), required=False)
    place = PlaceField(
        _("Everybody of which organisation"),
        help_text=_("Only where no class is chosen."),
        required=False,
    )
    below = below_field()
    starts_on = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(
        self, data: Any = None, *, cohorts: Choices, rows: Iterable[Organisation], **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.fields["place"].grow(rows)  # type: ignore[attr-defined]
        self.fields["cohort"].choices = [*cohorts, ("", gettext("everybody here who wants to"))]  # type: ignore[attr-defined]


class SessionForm(forms.Form):
    """When a run meets, and where one joins."""

    starts_at = forms.DateTimeField(
        label=_("Begins"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600, initial=60)
    link = forms.URLField(label=_("Where one joins"), max_length=LONGEST_LINK, assume_scheme="https")


class HandInForm(forms.Form):
    """Words and a photo."""

    made_id = made_id()
    words = area(pgettext_lazy("of an assignment", "Your answer"), LONGEST_WORDS, 6)
    photo = forms.FileField(
        label=_("Photo"), required=False, widget=forms.ClearableFileInput(attrs={"accept": "image/*"})
    )


class SettleForm(forms.Form):
    """What a trainer says to it."""

    answer = area(pgettext_lazy("to an assignment", "Your words"), LONGEST_ANSWER, 2)


def _plain(path: str) -> str:
    """What can be the name of a file: no half characters, and nothing that ends a name before its end."""
    return path.replace("\0", "").encode("utf-8", "ignore").decode()


class ArrivalForm(forms.Form):
    """A file that may become a course, or a folder: its files, and by `paths` where each of them lies in it."""

    file = forms.FileField(
        label=_("Zip, .md, .docx or .imscc"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,.md,.markdown,.docx,.imscc"}),
    )
    folder = ManyFilesField(
        label=_("Or a whole folder"), required=False, widget=ManyFiles(attrs={"webkitdirectory": True})
    )
    paths = forms.JSONField(required=False, widget=forms.HiddenInput)

    def clean_paths(self) -> list[str]:
        """Names of files with their folders; whatever else was sent says nothing."""
        given = self.cleaned_data["paths"]
        return [_plain(str(one))[:LONGEST_PATH] for one in given] if isinstance(given, list) else []

    def clean(self) -> None:
        """One of the two."""
        if not self.errors and not self.cleaned_data.get("file") and not self.cleaned_data.get("folder"):
            self.add_error("file", _("Choose a file or a folder."))

    def named(self) -> str:
        """What a course without a title is called: as its file, or as the folder."""
        if not self.cleaned_data["folder"]:
            return str(self.cleaned_data["file"].name or "")
        top = next((one.partition("/")[0] for one in self.cleaned_data["paths"] if "/" in one), "")
        return f"{top or _('Folder')}.zip"
