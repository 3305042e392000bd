"""Forms of pilots: the pilot itself, a step's owner and day, deliverables, reasons, changes, cases."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.days import DayField, LastDayField
from craftpath.domain.pilots.rules import KINDS as KIND_KEYS
from craftpath.domain.pilots.rules import LONGEST_NAME, LONGEST_WORDS
from craftpath.domain.pilots.texts import KINDS
from craftpath.kernel.exhibits import LARGEST

Choices = Sequence[tuple[str, Any]]
LONGEST_WHAT = 300


def made_id() -> forms.UUIDField:
    """One press of a button."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


def words(label: Any, *, rows: int = 3, most: int = LONGEST_WORDS, **more: Any) -> forms.CharField:
    """A few lines."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


def line(label: Any, *, most: int = LONGEST_NAME, **more: Any) -> forms.CharField:
    """One line."""
    return forms.CharField(label=label, max_length=most, **more)


class PilotForm(forms.Form):
    """Name, kind, goals, days; members and classes are ticked."""

    made_id = made_id()
    name_zh = line(_("Name in Chinese"), required=False)
    name_en = line(_("Name in English"), required=False)
    kind = forms.ChoiceField(label=_("Kind of pilot"), choices=[(key, KINDS[key]) for key in KIND_KEYS])
    goals = words(
        _("Goals"), required=False, help_text=_("What is to be different after it, and how you will see it.")
    )
    starts_on = DayField(pgettext_lazy("of a pilot", "First day"))
    ends_on = LastDayField(pgettext_lazy("of a pilot", "Last day"), required=False)
    members = forms.MultipleChoiceField(
        label=pgettext_lazy("of a pilot", "Who takes part"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    classes = forms.MultipleChoiceField(
        label=_("Classes that count"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Without any, all classes of those who take part."),
    )  # fmt: skip

    def __init__(self, data: Any, *, members: Choices, classes: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["members"].choices = members  # type: ignore[attr-defined]
        self.fields["classes"].choices = classes  # type: ignore[attr-defined]

    def name(self) -> dict[str, str]:
        """The name in the languages that were given."""
        return both(self.cleaned_data, "name")


def both(given: Mapping[str, Any], name: str) -> dict[str, str]:
    """What two fields `name_zh` and `name_en` hold; empty sides are left out."""
    found = {"zh": given.get(f"{name}_zh", "").strip(), "en": given.get(f"{name}_en", "").strip()}
    return {language: said for language, said in found.items() if said}


class ReasonForm(forms.Form):
    """Only why."""

    because = words(_("Why"), rows=2)


class BeginForm(forms.Form):
    """On which version of which steps a round begins."""

    cycle = forms.ChoiceField(label=pgettext_lazy("of pilots", "Steps"))

    def __init__(self, data: Any, *, cycles: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["cycle"].choices = cycles  # type: ignore[attr-defined]


class PlanForm(forms.Form):
    """Whose a step is, and by when."""

    owner = forms.ChoiceField(label=pgettext_lazy("of a step", "Owner"), required=False)
    due_on = DayField(_("Due on"), required=False)

    def __init__(self, data: Any, *, people: Choices, **more: Any) -> None:
        super().__init__(data, auto_id="plan_%s", **more)
        self.fields["owner"].choices = [("", gettext("nobody yet")), *people]  # type: ignore[attr-defined]


class GiveForm(forms.Form):
    """A deliverable: in words, by the address of a page of this site, or as a file."""

    made_id = made_id()
    key = forms.ChoiceField(label=_("What you hand in"), required=False)
    words = words(_("In words"), required=False, help_text=_("What it says, or where it is kept."))
    address = line(
        _("Address of a page of this site"), most=500, required=False,
        help_text=_(
            "Open the survey, the plan, the results … and copy its address. Readers see the name of the thing only if "
            "they may open it."
        ),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Photo, PDF or office file"),
        required=False,
        widget=forms.ClearableFileInput(
            attrs={"accept": "image/*,video/mp4,video/webm,.pdf,.docx,.xlsx,.pptx,.txt"}
        ),
    )

    def __init__(self, data: Any = None, files: Any = None, *, wanted: Choices, **more: Any) -> None:
        super().__init__(data, files, auto_id="give_%s", **more)
        self.fields["key"].choices = [*wanted, ("", gettext("something besides"))]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """Not read before it is known to be small enough."""
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST:
            raise forms.ValidationError(
                gettext("The file is larger than %(megabytes)s MB.") % {"megabytes": LARGEST // 2**20}
            )
        return file

    def clean(self) -> dict[str, Any]:
        """One of file and address, not both."""
        given = super().clean() or self.cleaned_data
        if given.get("file") and given.get("address"):
            self.add_error("address", gettext("Give a file or an address; hand the other in besides."))
        return given


class ChangeForm(forms.Form):
    """What is to change, from which evidence, and which step takes it up."""

    made_id = made_id()
    what = line(_("What is to change"), most=LONGEST_WHAT)
    why = words(_("Why: from which evidence"), rows=3)
    source = forms.ChoiceField(label=_("A finding that it rests on"), required=False)
    into = forms.ChoiceField(label=_("Taken up by step"))

    def __init__(self, data: Any, *, steps: Choices, findings: Choices, **more: Any) -> None:
        super().__init__(data, auto_id="change_%s", **more)
        self.fields["into"].choices = steps  # type: ignore[attr-defined]
        self.fields["source"].choices = [("", gettext("none of them")), *findings]  # type: ignore[attr-defined]


class AcceptForm(forms.Form):
    """Who carries it out, by when, and what is to be said of it."""

    owner = forms.ChoiceField(label=_("Who carries it out"))
    due_on = DayField(_("Due on"), required=False)
    because = words(_("Remark"), rows=2, required=False)

    def __init__(self, data: Any, *, people: Choices, key: str, **more: Any) -> None:
        super().__init__(data, auto_id=f"accept_{key}_%s", **more)
        self.fields["owner"].choices = people  # type: ignore[attr-defined]


class CaseForm(forms.Form):
    """A case in two languages; one is enough to begin with."""

    made_id = made_id()
    place = forms.CharField(
        label=_("Country, by its two letters"),
        min_length=2,
        max_length=2,
        help_text=_("CN, MY, SG, AU, CL; EU for the European Union."),
    )
    title_zh = line(_("Title in Chinese"), required=False)
    title_en = line(_("Title in English"), required=False)
    done_zh = words(_("What was done, in Chinese"), required=False)
    done_en = words(_("What was done, in English"), required=False)
    learnt_zh = words(_("What can be learnt, in Chinese"), required=False)
    learnt_en = words(_("What can be learnt, in English"), required=False)
    steps = forms.MultipleChoiceField(
        label=_("Steps that it speaks of"), widget=forms.CheckboxSelectMultiple, required=False
    )
    source = line(_("Source"), most=300, help_text=_("Who told it, or where it is written."))

    def __init__(self, data: Any, *, steps: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["steps"].choices = steps  # type: ignore[attr-defined]


class ConsentForm(forms.Form):
    """Who agreed that it is told."""

    consent = line(
        _("Who agreed that it is told"),
        most=300,
        help_text=_("Names and how: in writing, in a meeting of which day."),
    )
