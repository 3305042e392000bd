"""Forms of forums: open one, plan a meeting, write, suggest, take away."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.delivery.web.questions.forms import PostForm
from craftpath.delivery.web.shell.days import DayField
from craftpath.delivery.web.shell.fields import moment_field
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.forums import actions, rules
from craftpath.domain.forums.texts import AUDIENCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.kernel.people import Person

Photos = list[tuple[uuid.UUID, bytes]]


def named() -> forms.UUIDField:
    """One press of the button."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class ForumForm(forms.Form):
    """What a forum is called, for whom it is, when and where it meets."""

    made_id = named()
    title = forms.CharField(label=_("Title"), max_length=rules.LONGEST_TITLE)
    about = forms.CharField(
        label=pgettext_lazy("of a forum", "What it is about"), required=False, max_length=rules.LONGEST_ABOUT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    audience = forms.ChoiceField(
        label=pgettext_lazy("of a forum", "For whom"), choices=list(AUDIENCES.items())
    )
    cohort = forms.ChoiceField(label=_("Class"), required=False)
    every = forms.IntegerField(
        label=_("Weeks from one meeting to the next"), min_value=0, max_value=rules.MOST_WEEKS, initial=2,
        help_text=_("0: no rhythm; each meeting is planned by itself"),
    )  # fmt: skip
    weekday = forms.TypedChoiceField(
        label=_("On which day"), choices=list(WEEKDAYS.items()), coerce=int, initial=3
    )
    at = forms.TimeField(
        label=_("Hour"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(
        label=pgettext_lazy("of a meeting", "Minutes"), min_value=1, max_value=rules.MOST_MINUTES, initial=60
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=rules.LONGEST_PLACE)
    link = forms.URLField(
        label=_("Link for those who join online"),
        required=False,
        max_length=rules.LONGEST_LINK,
        assume_scheme="https",
    )

    def __init__(self, *args: Any, cohorts: Iterable[Cohort], **more: Any) -> None:
        super().__init__(*args, **more)
        self.cohorts = {one.public_id: one for one in cohorts}
        named = [(key, text(one.name)) for key, one in self.cohorts.items()]
        self.fields["cohort"].choices = [("", "–"), *named]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        said = self.cleaned_data
        rhythm = actions.Rhythm(
            every=said["every"], weekday=said["weekday"], at=said["at"], minutes=said["minutes"],
            place=said["place"], link=said["link"],
        )  # fmt: skip
        cohort = self.cohorts.get(said["cohort"]) if said["audience"] == "cohort" else None
        return {
            "title": said["title"], "about": said["about"], "audience": said["audience"], "cohort": cohort,
            "rhythm": rhythm,
        }  # fmt: skip


class MeetingForm(forms.Form):
    """A date with its agenda."""

    made_id = named()
    starts_at = moment_field(pgettext_lazy("of a meeting", "Begins"))
    minutes = forms.IntegerField(
        label=pgettext_lazy("of a meeting", "Minutes"), min_value=1, max_value=rules.MOST_MINUTES
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=rules.LONGEST_PLACE)
    link = forms.URLField(
        label=_("Link for those who join online"),
        required=False,
        max_length=rules.LONGEST_LINK,
        assume_scheme="https",
    )
    agenda = forms.CharField(
        label=_("Agenda"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One item a line."),
    )

    def clean_agenda(self) -> list[str]:
        """The lines that say something."""
        return [line.strip() for line in self.cleaned_data["agenda"].splitlines() if line.strip()]


class SeriesForm(forms.Form):
    """How many of the next dates are planned at once."""

    made_id = named()
    count = forms.IntegerField(
        label=pgettext_lazy("how many", "Dates"), min_value=1, max_value=rules.MOST_SERIES, initial=1
    )


class WriteForm(PostForm):
    """Words with photos, which may quote a post of the thread."""

    quoted = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "write_%s", **more})
        self.fields["text"].label = pgettext_lazy("of a post", "Your words")
        self.fields["text"].widget.attrs["rows"] = 4

    def photos_given(self) -> Photos:
        """The photos, each under a name that the same press makes again."""
        return [(name, content) for name, _kind, content in self.attached()]


class ThreadForm(WriteForm):
    """A thread: its title and the first post; the host may make it news."""

    title = forms.CharField(label=_("Title"), max_length=rules.LONGEST_TITLE)
    news = forms.BooleanField(
        label=pgettext_lazy("of a thread", "This is news for everybody"), required=False
    )

    def __init__(self, *args: Any, hosts: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not hosts:
            del self.fields["news"]


class TopicForm(forms.Form):
    """A line."""

    made_id = named()
    words = forms.CharField(label=_("What would you like to talk about?"), max_length=rules.LONGEST_LINE)


class TakeawayForm(forms.Form):
    """A sentence, who does it, by when."""

    made_id = named()
    words = forms.CharField(label=_("What came of it"), max_length=rules.LONGEST_LINE)
    person = forms.ChoiceField(label=_("Who sees to it"), required=False)
    by_on = DayField(_("By when"), required=False)

    def __init__(self, *args: Any, people: Sequence[Person], **more: Any) -> None:
        super().__init__(*args, **more)
        self.people = {one.public_id: one for one in people}
        named = [(key, one.name) for key, one in self.people.items()]
        self.fields["person"].choices = [("", _("nobody in particular")), *named]  # type: ignore[attr-defined]
