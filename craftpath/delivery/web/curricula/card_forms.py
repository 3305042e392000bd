"""The form of a card: names, hours, where and when, skills with how strongly, what it needs, outcomes, resources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craftpath.delivery.web.curricula.forms import BothNames
from craftpath.delivery.web.curricula.saying import minutes_of, typed_hours
from craftpath.delivery.web.curricula.task_choices import TaskOffer, in_words
from craftpath.delivery.web.frameworks.choosing import Grouped, skill_groups
from craftpath.delivery.web.programmes.keys import fresh_key
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.curricula.cards import CardValues, OutcomeValues, key_of_same
from craftpath.domain.curricula.library import LONGEST_ROOM
from craftpath.domain.curricula.texts import TRAINERS
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import UnitCard
    from craftpath.domain.curricula.queries import Offer

LONGEST_OUTCOME = 300
SKILLS_EACH = 3
STRENGTH = "strength-"


class CardForm(BothNames):
    """A card without its outcomes and resources, which are sets of forms beside it."""

    key = forms.SlugField(
        label=gettext_lazy("Key"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("For spreadsheets. Left empty, it is made from the English name."),
    )
    hours = forms.CharField(
        label=gettext_lazy("Hours"), max_length=12, help_text=gettext_lazy("40, 7.5 or 7:30")
    )
    bucket = forms.ChoiceField(label=gettext_lazy("Counts as"))
    stages = forms.MultipleChoiceField(
        label=gettext_lazy("Suits the stages"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("None ticked: any stage."),
    )
    area = forms.ChoiceField(label=gettext_lazy("Learning area"), required=False)
    prerequisites = forms.MultipleChoiceField(
        label=gettext_lazy("Comes after"), widget=forms.CheckboxSelectMultiple, required=False
    )
    trainer = forms.ChoiceField(label=gettext_lazy("Taught by"), required=False)
    room = forms.CharField(label=gettext_lazy("Room or equipment"), max_length=LONGEST_ROOM, required=False)
    hazardous = forms.BooleanField(
        label=gettext_lazy("Hazardous work: not for people under eighteen"), required=False
    )

    def __init__(
        self, offer: Offer, others: Sequence[tuple[str, str]], posted: Any = None, **more: Any
    ) -> None:
        super().__init__(posted, **more)
        self.offer = offer
        offered: dict[str, Any] = {
            "bucket": named(offer.buckets),
            "stages": named(offer.stages),
            "area": [("", "–"), *named(offer.areas)],
            "trainer": list(TRAINERS.items()),
            "prerequisites": others,
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        strengths: Mapping[str, int] = (more.get("initial") or {}).get("skills", {})
        self.groups: Grouped = skill_groups(stored=strengths)
        for key, name in self._skills():
            self.fields[f"{STRENGTH}{key}"] = forms.IntegerField(
                label=name, min_value=1, max_value=100, required=False, initial=strengths.get(key)
            )

    def _skills(self) -> list[tuple[str, str]]:
        return [one for _group, some in self.groups for one in some]

    def strengths(self) -> Iterator[tuple[str, list[Any]]]:
        """Each domain of a framework with the fields of its skills."""
        for name, some in self.groups:
            yield name, [self[f"{STRENGTH}{key}"] for key, _name in some]

    def clean_hours(self) -> int:
        """In minutes."""
        found = minutes_of(self.cleaned_data["hours"])
        if found is None:
            raise forms.ValidationError(_("Write hours as 40, 7.5 or 7:30."))
        return found

    def values(self, key: str, outcomes: Any, resources: Any) -> CardValues:
        """What the action takes."""
        given = self.cleaned_data
        known = {key: given.get(f"{STRENGTH}{key}") for key, _name in self._skills()}
        return CardValues(
            key=key,
            name=self.name(),
            minutes=given["hours"],
            place=self.offer.buckets[given["bucket"]].place,
            bucket=given["bucket"],
            stages=given["stages"],
            area=given["area"],
            skills={skill: percent for skill, percent in known.items() if percent},
            prerequisites=given["prerequisites"],
            trainer=given["trainer"],
            room=given["room"].strip(),
            hazardous=given["hazardous"],
            resources=resource_values(resources),
            outcomes=outcome_values(outcomes),
        )

    def new_values(self, library: Mapping[str, UnitCard], outcomes: Any, resources: Any) -> CardValues:
        """The same of a new card: its key was typed, or is made of its English name; a second press finds it again."""
        found = self.values(self.cleaned_data["key"], outcomes, resources)
        if found.key:
            return found
        key = key_of_same(library, found) or fresh_key(self.cleaned_data["name_en"], "unit", library)
        return replace(found, key=key)


class OutcomeForm(forms.Form):
    """What somebody can do afterwards; an empty one is none."""

    key = forms.SlugField(max_length=60, required=False, widget=forms.HiddenInput)
    zh = forms.CharField(label=gettext_lazy("In Chinese"), max_length=LONGEST_OUTCOME, required=False)
    en = forms.CharField(label=gettext_lazy("In English"), max_length=LONGEST_OUTCOME, required=False)
    area = forms.ChoiceField(label=gettext_lazy("Learning area"), required=False)
    skills = forms.MultipleChoiceField(
        label=gettext_lazy("Skills"), widget=forms.CheckboxSelectMultiple, required=False
    )
    served = forms.MultipleChoiceField(
        label=gettext_lazy("Serves the tasks"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Tasks of the chart, by duty."),
    )
    tasks = forms.CharField(
        label=gettext_lazy("Further tasks in words"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Tasks that stand on no chart, one in each line."),
    )

    def __init__(
        self, *args: Any, areas: Any = (), known: Any = (), offer: TaskOffer | None = None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.offer = offer or TaskOffer()
        self.fields["area"].choices = areas  # type: ignore[attr-defined]
        self.fields["skills"].choices = known  # type: ignore[attr-defined]
        offer_tasks(self, self.offer)


class ResourceForm(forms.Form):
    """Something to teach with; an empty one is none."""

    words = forms.CharField(label=gettext_lazy("Resource"), max_length=LONGEST_ROOM, required=False)
    link = forms.CharField(label=gettext_lazy("Address"), max_length=300, required=False)


Outcomes = forms.formset_factory(OutcomeForm, extra=2, max_num=40, absolute_max=60)
Resources = forms.formset_factory(ResourceForm, extra=2, max_num=20, absolute_max=40)


def named(rows: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Keys with names, as choices."""
    return [(key, text(row.name)) for key, row in rows.items()]


def outcome_values(forms_: Any) -> tuple[OutcomeValues, ...]:
    """The outcomes that were written, each with a key of its own."""
    found: list[OutcomeValues] = []
    taken = {form.cleaned_data.get("key", "") for form in forms_}
    for form in forms_:
        given = form.cleaned_data
        name = Text(zh=given.get("zh", "").strip(), en=given.get("en", "").strip())
        if not name.as_json():
            continue
        key = given["key"] or fresh_key(name.en, "outcome", taken)
        taken.add(key)
        found.append(
            OutcomeValues(key, name.as_json(), given["skills"], given["area"], task_values(form, form.offer))
        )
    return tuple(found)


def offer_tasks(form: Any, offer: TaskOffer) -> None:
    """Tasks to choose among; a form without any has words only."""
    if offer.groups:
        form.fields["served"].choices = offer.groups
    else:
        del form.fields["served"]


def task_values(form: Any, offer: TaskOffer) -> list[dict[str, Any]]:
    """What was chosen and what was written, one a line; words that were there before stay as they were kept."""
    given, had = form.cleaned_data, list(form.initial.get("task_rows", ()))
    known = {text(one.get("words")): dict(one) for one in in_words(had)}
    lines = [line.strip() for line in given["tasks"].splitlines() if line.strip()]
    words = [known.get(line, {"ref": "", "words": line}) for line in lines]
    return offer.together(given.get("served", ()), had, words)


def task_lines(tasks: Sequence[Mapping[str, Any]]) -> str:
    """Tasks in words as the field shows them."""
    return "\n".join(text(one.get("words")) for one in in_words(tasks))


def resource_values(forms_: Any) -> list[dict[str, str]]:
    """The resources that were written."""
    rows = [(form.cleaned_data.get("words", ""), form.cleaned_data.get("link", "")) for form in forms_]
    return [
        {"words": words.strip(), "link": link.strip()}
        for words, link in rows
        if words.strip() or link.strip()
    ]


def initial_of(values: CardValues) -> dict[str, Any]:
    """A card as the form begins with it."""
    return {
        "key": values.key, "name_zh": values.name.get("zh", ""), "name_en": values.name.get("en", ""),
        "hours": typed_hours(values.minutes), "bucket": values.bucket, "stages": list(values.stages),
        "area": values.area, "skills": values.skills, "prerequisites": list(values.prerequisites),
        "trainer": values.trainer, "room": values.room, "hazardous": values.hazardous,
    }  # fmt: skip


def outcome_rows(values: CardValues, offer: TaskOffer) -> list[dict[str, Any]]:
    """Its outcomes as the set of forms begins with them."""
    return [
        {
            "key": one.key, "zh": one.name.get("zh", ""), "en": one.name.get("en", ""), "area": one.area,
            "skills": list(one.skills), "tasks": task_lines(one.tasks), "task_rows": list(one.tasks),
            "served": offer.chosen(one.tasks),
        }
        for one in values.outcomes
    ]  # fmt: skip
