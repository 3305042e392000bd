"""One entry as a form: a line, a photo, how long; the rest is filled in from what is known."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from craftpath.delivery.web.frameworks.choosing import skill_groups
from craftpath.delivery.web.logbook.prefill import Prefill
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.logbook.actions import Content

if TYPE_CHECKING:
    from craftpath.domain.logbook.models import Entry
    from craftpath.domain.programmes.models import HourBucket
    from craftpath.domain.standards.models import Skill

HOUR = 60


class EntryForm(forms.Form):
    """What an apprentice writes; `content` is what it says. `made_id` names the entry from its first keystroke on."""

    made_id = forms.UUIDField(widget=forms.HiddenInput)
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    text = forms.CharField(
        label=gettext_lazy("What did you do?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-words": True, "enterkeyhint": "done"}),
    )
    photo = forms.FileField(
        label=gettext_lazy("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "data-photo": True}),
    )
    hours = forms.DecimalField(
        label=gettext_lazy("How long"),
        min_value=0,
        max_value=24,
        max_digits=4,
        decimal_places=2,
        required=False,
        widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
    )
    skill = forms.ChoiceField(label=gettext_lazy("Skill"), required=False)
    on = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    place = forms.CharField(label=gettext_lazy("Where"), required=False, max_length=120)
    bucket = forms.ChoiceField(label=gettext_lazy("Kind of hours"), required=False)
    unit = forms.SlugField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        buckets: Iterable[HourBucket],
        skills: Iterable[Skill],
        entry: Entry | None = None,
        prefill: Prefill | None = None,
    ) -> None:
        super().__init__(data, files, initial=_initial(entry, prefill), auto_id="entry_%s")
        self.fields["bucket"].choices = [(row.key, text(row.name)) for row in buckets]  # type: ignore[attr-defined]
        kept = (entry.skill if entry is not None else "", data.get("skill", "") if data else "")
        self.fields["skill"].choices = [("", "–"), *skill_groups(skills, kept)]  # type: ignore[attr-defined]

    @property
    def content(self) -> Content:
        """What was written, for a form that is valid."""
        given = self.cleaned_data
        minutes = (given["hours"] or Decimal(0)) * HOUR
        return Content(
            on=given["on"],
            text=given["text"].replace("\r\n", "\n").replace("\x00", ""),
            minutes=int(minutes.quantize(Decimal(1), ROUND_HALF_UP)),
            bucket=given["bucket"],
            place=given["place"],
            unit=given["unit"],
            skill=given["skill"],
        )


def _initial(entry: Entry | None, prefill: Prefill | None) -> dict[str, Any]:
    if entry is not None:
        shown = {
            name: getattr(entry, name)
            for name in ("made_id", "on", "text", "place", "bucket", "unit", "skill")
        }
        return shown | {"base": entry.revision, "hours": hours(entry.minutes)}
    known = prefill or Prefill()
    return {
        "made_id": uuid.uuid4(),
        "base": 0,
        "on": known.on,
        "place": known.place,
        "bucket": known.bucket,
        "unit": known.unit,
        "hours": hours(known.minutes) if known.minutes else None,
    }


def hours(minutes: int) -> Decimal:
    """Minutes as hours without needless zeros: 450 → 7.5."""
    exact = (Decimal(minutes) / HOUR).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()
