"""The form in which a plan is asked for: weights, hours, least hours of areas, people and rooms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.curricula.saying import minutes_of, typed_hours
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.curricula.drafting_wishes import (
    LEAST_FACTOR,
    MOST_FACTOR,
    MOST_WEIGHT,
    USUAL_FACTOR,
    DraftWish,
)
from craftpath.domain.curricula.texts import TRAINERS

if TYPE_CHECKING:
    from craftpath.domain.programmes.models import HourBucket, LearningArea, Stage
    from craftpath.domain.standards.models import Skill

SEVERAL = "/"


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be said something about: skills that units practise, stages, kinds of hours, areas, people, rooms."""

    skills: Sequence[Skill]
    stages: Sequence[Stage]
    kinds: Sequence[HourBucket]
    areas: Sequence[LearningArea]
    trainers: Sequence[str]
    rooms: Sequence[str]


class HoursField(forms.CharField):
    """Hours as people type them, in minutes; empty is None."""

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, max_length=12, **more)
        self.widget.attrs |= {"inputmode": "decimal", "size": 6}

    def clean(self, value: Any) -> Any:
        typed = str(super().clean(value)).strip()
        if not typed:
            return None
        minutes = minutes_of(typed)
        if minutes is None:
            raise forms.ValidationError(_("Write hours as 40, 7.5 or 7:30."))
        return minutes


class DraftForm(forms.Form):
    """Fields by what there is; `wish()` is what they come to. What the form does not show is kept from `like`."""

    def __init__(self, choices: Choices, like: DraftWish, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.choices, self.like = choices, like
        self._weights()
        self._hours("total", _("Hours in all at most"), like.total)
        for stage in choices.stages:
            for kind in choices.kinds:
                label = f"{text(stage.name)} · {text(kind.name)}"
                self._hours(self._cell(stage, kind), label, like.cells.get((stage.key, kind.key)))
        self.fields["fill"] = forms.BooleanField(
            label=_("Use the hours that are left for further units"), initial=like.fill, required=False
        )
        for part, keys in self._parts():
            for at, (key, label) in enumerate(keys):
                self._hours(f"{part}-{at}", label, getattr(like, part).get(key))

    def _weights(self) -> None:
        stages = [
            ("", _("all stages alike")),
            *((one.key, text(one.name)) for one in self.choices.stages),
        ]
        for skill in self.choices.skills:
            self.fields[f"weight-{skill.key}"] = forms.DecimalField(
                label=text(skill.name),
                min_value=0,
                max_value=MOST_WEIGHT,
                decimal_places=1,
                initial=self.like.weights.get(skill.key, Decimal(0)),
                required=False,
                widget=forms.NumberInput(
                    attrs={"type": "range", "min": "0", "max": str(MOST_WEIGHT), "step": "0.1"}
                ),
            )
            self.fields[f"stage-{skill.key}"] = forms.ChoiceField(
                label=_("Stressed in"),
                choices=stages,
                initial=self.like.stressed.get(skill.key, ""),
                required=False,
            )
        self.fields["factor"] = forms.DecimalField(
            label=_("How many times a stressed skill counts"),
            min_value=LEAST_FACTOR,
            max_value=MOST_FACTOR,
            decimal_places=1,
            initial=self.like.factor,
            required=False,
        )

    def _hours(self, name: str, label: Any, minutes: int | None) -> None:
        initial = "" if minutes is None else typed_hours(minutes)
        self.fields[name] = HoursField(label=label, initial=initial)

    @staticmethod
    def _cell(stage: Stage, kind: HourBucket) -> str:
        return f"cell-{stage.key}-{kind.key}"

    def _parts(self) -> Iterable[tuple[str, list[tuple[str, str]]]]:
        yield "areas", [(area.key, text(area.name)) for area in self.choices.areas]
        yield "trainers", [(key, str(TRAINERS[key])) for key in self.choices.trainers]
        yield "rooms", [(key, key) for key in self.choices.rooms]

    def rows(self) -> list[tuple[Skill, Any, Any]]:
        """Each skill with the fields of its weight and its stage."""
        return [
            (skill, self[f"weight-{skill.key}"], self[f"stage-{skill.key}"]) for skill in self.choices.skills
        ]

    def cells(self) -> list[tuple[Stage, list[tuple[HourBucket, Any]]]]:
        """Each stage with its kinds of hours and their fields."""
        return [
            (stage, [(kind, self[self._cell(stage, kind)]) for kind in self.choices.kinds])
            for stage in self.choices.stages
        ]

    def part(self, name: str) -> list[Any]:
        """The fields of areas, trainers or rooms."""
        return [
            self[f"{name}-{at}"] for part, keys in self._parts() if part == name for at in range(len(keys))
        ]

    def area_fields(self) -> list[Any]:
        """Least hours by learning area."""
        return self.part("areas")

    def capacity_fields(self) -> list[Any]:
        """Hours at most by kind of trainer and by room."""
        return [*self.part("trainers"), *self.part("rooms")]

    def wish(self) -> DraftWish:
        """What was asked, once the form is valid."""
        typed = self.cleaned_data
        skills = [skill.key for skill in self.choices.skills]
        weights = {key: Decimal(typed[f"weight-{key}"] or 0).quantize(Decimal("0.1")) for key in skills}
        found = {
            part: {key: typed[f"{part}-{at}"] for at, (key, _label) in enumerate(keys)}
            for part, keys in self._parts()
        }
        cells = {
            (stage.key, kind.key): typed[self._cell(stage, kind)]
            for stage in self.choices.stages
            for kind in self.choices.kinds
        }
        return DraftWish(
            weights={key: weight for key, weight in weights.items() if weight},
            source=self.like.source,
            total=typed["total"],
            cells=_said(cells),
            areas=_said(found["areas"]),
            trainers=_said(found["trainers"]),
            rooms=_said(found["rooms"]),
            stressed={key: typed[f"stage-{key}"] for key in skills if typed[f"stage-{key}"] and weights[key]},
            factor=typed["factor"] or USUAL_FACTOR,
            pins=self.like.pins,
            fill=typed["fill"],
        )


def _said(hours: Mapping[Any, int | None]) -> dict[Any, int]:
    return {key: minutes for key, minutes in hours.items() if minutes is not None}
