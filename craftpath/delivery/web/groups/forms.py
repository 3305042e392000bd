"""Forms of study groups."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.delivery.web.frameworks.choosing import skill_groups
from craftpath.delivery.web.groups.saying import every_words
from craftpath.delivery.web.shell.days import DayField
from craftpath.domain.groups.actions import Plan, Result
from craftpath.domain.groups.rules import LONGEST_MINUTES, MOST_TOPICS, SHORTEST_MINUTES
from craftpath.domain.groups.texts import REACHED, WEEKDAYS

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.groups.models import Member, StudyGroup, Topic

SPAN = timedelta(weeks=8)  # until when a group meets unless somebody says otherwise
LONGEST_GOAL, LONGEST_NOTES, LONGEST_TASK, LONGEST_LINE, LONGEST_WORDS, LONGEST_TOPIC = (
    80,
    20_000,
    160,
    200,
    400,
    40,
)
LARGEST_LINK = 400


class PlanForm(forms.Form):
    """What a group is for, until when, how often and where."""

    goal = forms.CharField(
        label=_("What we want to be able to do"),
        max_length=LONGEST_GOAL,
        help_text=_("One sentence, such as: we can read the welding drawings of the second stage."),
    )
    skill = forms.ChoiceField(label=_("Skill"), required=False)
    until = DayField(pgettext_lazy("of a study group", "Until when"))
    weekday = forms.TypedChoiceField(
        label=_("On which day"), choices=[(n, name) for n, name in enumerate(WEEKDAYS)], coerce=int
    )
    time = forms.TimeField(
        label=_("At what time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    every_weeks = forms.TypedChoiceField(
        label=pgettext_lazy("a rhythm", "How often"),
        choices=[(n, n) for n in range(1, 5)],
        coerce=int,
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=SHORTEST_MINUTES, max_value=LONGEST_MINUTES)
    place = forms.CharField(label=pgettext_lazy("where", "Place"), required=False, max_length=120)
    link = forms.URLField(
        label=_("Link to join online"), required=False, max_length=LARGEST_LINK, assume_scheme="https"
    )
    open_to_join = forms.BooleanField(label=_("Others of the class may ask to join"), required=False)

    def __init__(
        self, data: Any = None, *, group: StudyGroup | None = None, today: date, **more: Any
    ) -> None:
        if group is not None:
            names = [*self.base_fields]
            initial = {name: getattr(group, name) for name in names}
        else:
            initial = {
                "until": today + SPAN, "weekday": 2, "time": time(16, 30), "every_weeks": 1, "minutes": 60,
            }  # fmt: skip
        super().__init__(data, initial={**initial, **more.pop("initial", {})}, **more)
        self.fields["every_weeks"].choices = [(n, every_words(n)) for n in range(1, 5)]  # type: ignore[attr-defined]
        skills = self.fields["skill"]
        skills.choices = [("", _("none in particular")), *skill_groups(kept=[self.chosen])]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> str:
        """The skill that was chosen, offered still or not."""
        return str(self["skill"].value() or "")

    @property
    def plan(self) -> Plan:
        """What was filled in."""
        return Plan(**{name: self.cleaned_data[name] for name in Plan.__dataclass_fields__})


class MatesForm(forms.Form):
    """Whom to invite."""

    made_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    mates = forms.MultipleChoiceField(
        label=_("Whom to invite"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, mates: Sequence[Enrolment], **more: Any) -> None:
        super().__init__(data, **more)
        self.known = {row.public_id: row for row in mates}
        self.fields["mates"].choices = [(key, row.person.name) for key, row in self.known.items()]  # type: ignore[attr-defined]

    @property
    def picked(self) -> list[Enrolment]:
        """Those who were ticked."""
        return [self.known[key] for key in self.cleaned_data["mates"]]

    @property
    def ticked(self) -> set[str]:
        """What stands ticked when the form is shown again."""
        return set(self["mates"].value() or ())


class NotesForm(forms.Form):
    """The notes, of the revision that was read."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = forms.CharField(
        label=pgettext_lazy("of a study group", "Notes"),
        required=False,
        max_length=LONGEST_NOTES,
        widget=forms.Textarea(attrs={"rows": 16}),
    )


class TaskForm(forms.Form):
    """What, who, by when."""

    made_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    words = forms.CharField(label=pgettext_lazy("of a task", "What is to be done"), max_length=LONGEST_TASK)
    person = forms.ChoiceField(label=pgettext_lazy("of a task", "Who"), required=False)
    until = DayField(pgettext_lazy("of a task", "By when"), required=False)

    def __init__(self, data: Any = None, *, members: Iterable[Member], **more: Any) -> None:
        super().__init__(data, auto_id="task_%s", **more)
        self.known = {row.person.public_id: row.person for row in members}
        names = [(key, person.name) for key, person in self.known.items()]
        self.fields["person"].choices = [("", _("whoever takes it")), *names]  # type: ignore[attr-defined]


class HeldForm(forms.Form):
    """What was done, and who was away."""

    done = forms.CharField(label=_("What was done, in one line"), max_length=LONGEST_LINE)
    away = forms.MultipleChoiceField(
        label=_("Who was away"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, members: Iterable[Member], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["away"].choices = [(row.person.public_id, row.person.name) for row in members]  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    """Only why."""

    because = forms.CharField(label=_("Why"), max_length=LONGEST_LINE)


class ObjectForm(forms.Form):
    """What was otherwise."""

    words = forms.CharField(label=_("A word to it"), required=False, max_length=LONGEST_WORDS)


class ResultForm(forms.Form):
    """What came out."""

    result = forms.CharField(
        label=_("What came out, in a sentence or two"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reached = forms.ChoiceField(
        label=_("Goal reached"), choices=list(REACHED.items()), widget=forms.RadioSelect
    )
    again = forms.CharField(
        label=_("What we would do again"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    link = forms.URLField(
        label=_("Link to what we made"), required=False, max_length=LARGEST_LINK, assume_scheme="https"
    )
    file = forms.FileField(
        label=_("A photo or a file of it"),
        required=False,
        help_text=_("Photo, PDF, office file or video; photos lose where they were taken."),
    )

    @property
    def said(self) -> Result:
        """What was filled in."""
        given = self.cleaned_data
        upload = given["file"]
        return Result(
            given["result"], given["reached"], given["again"], given["link"],
            upload.read() if upload else b"", upload.name[:120] if upload else "",
        )  # fmt: skip


class TopicsForm(forms.Form):
    """Skills to choose from and lines of one's own, for what one offers and for what one wants."""

    def __init__(self, data: Any = None, *, known: Iterable[Topic], **more: Any) -> None:
        super().__init__(data, **more)
        known = list(known)
        offered = skill_groups(stored=[row.skill for row in known if row.skill])
        labels = {"offers": _("Skills that I can show others"), "wants": _("Skills that I want to learn")}
        lines = {"offers": _("I can also show"), "wants": _("I also want to learn")}
        for kind in ("offers", "wants"):
            mine = [row for row in known if row.kind == kind]
            self.fields[f"{kind}_words"] = forms.CharField(
                label=lines[kind], required=False, max_length=MOST_TOPICS * (LONGEST_TOPIC + 2),
                widget=forms.Textarea(attrs={"rows": 3}), initial="\n".join(row.words for row in mine if row.words),
                help_text=_("One a line, such as: TIG welding"),
            )  # fmt: skip
            self.fields[f"{kind}_skills"] = forms.MultipleChoiceField(
                label=labels[kind], required=False, choices=offered, widget=forms.CheckboxSelectMultiple,
                initial=[row.skill for row in mine if row.skill],
            )  # fmt: skip

    @property
    def said(self) -> list[tuple[str, str, str]]:
        """What was filled in, as topics."""
        found = []
        for kind in ("offers", "wants"):
            found += [(kind, skill, "") for skill in self.cleaned_data[f"{kind}_skills"]]
            found += [
                (kind, "", line) for line in self.cleaned_data[f"{kind}_words"].splitlines() if line.strip()
            ]
        return found


class RuleForm(forms.Form):
    """How many make a group."""

    fewest = forms.IntegerField(label=_("At least so many"), min_value=2, max_value=20)
    most = forms.IntegerField(label=_("At most so many"), min_value=2, max_value=20)
