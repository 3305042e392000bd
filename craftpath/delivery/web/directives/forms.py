"""Forms of notices, plans and quotas."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.days import DayField
from craftpath.delivery.web.shell.fields import ManyFiles, ManyFilesField
from craftpath.delivery.web.shell.picking import PlacesField, below_field
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.domain.directives.rules import LONGEST_REASON, LONGEST_TITLE, LONGEST_WORDS, OFFICES, Quota
from craftpath.domain.directives.texts import ANSWERS, KINDS
from craftpath.kernel.organisations import Organisation

QUOTA_ROWS = 12
READERS = (
    "coordinator",
    "hr",
    "administrator",
    "trainer",
    "mentor",
    "apprentice",
    "assessor",
    "auditor",
    "officer",
)


def said(given: Mapping[str, Any], name: str) -> dict[str, str]:
    """What two fields `name_zh` and `name_en` hold; empty sides are left out."""
    both = {language: given.get(f"{name}_{language}", "").strip() for language in ("zh", "en")}
    return {language: words for language, words in both.items() if words}


def words(label: Any, most: int, *, rows: int = 6, **more: Any) -> forms.CharField:
    """Some lines."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


class WordsForm(forms.Form):
    """Title and text, in one language or both."""

    title_zh = forms.CharField(
        label=pgettext_lazy("of a notice", "Title in Chinese"), max_length=LONGEST_TITLE, required=False
    )
    title_en = forms.CharField(
        label=pgettext_lazy("of a notice", "Title in English"), max_length=LONGEST_TITLE, required=False
    )
    words_zh = words(_("Text in Chinese"), LONGEST_WORDS, required=False)
    words_en = words(_("Text in English"), LONGEST_WORDS, required=False)


class DirectiveForm(WordsForm):
    """What is said, to whom, and what is asked for in return."""

    made_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    kind = forms.ChoiceField(
        label=pgettext_lazy("of a notice", "What it is"),
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
        initial="notice",
    )
    places = PlacesField(pgettext_lazy("of a notice", "To which organisations"))
    below = below_field()
    roles = forms.MultipleChoiceField(
        label=_("Who reads it there"),
        choices=[(role, ROLE_NAMES[role]) for role in READERS],  # type: ignore[index]
        widget=forms.CheckboxSelectMultiple,
        initial=[role.value for role in OFFICES],
    )
    understood = forms.BooleanField(
        label=_("Readers confirm that they have read and understood it"), required=False
    )
    answer = forms.ChoiceField(
        label=_("Answer"), choices=list(ANSWERS.items()), widget=forms.RadioSelect, initial="none"
    )
    ask = forms.CharField(label=_("What is asked for"), max_length=LONGEST_REASON, required=False)
    answer_by = DayField(_("Answer by"), required=False)
    shown_from = DayField(
        _("Publish on"), required=False, help_text=_("Left empty, it is published at once.")
    )
    attached = ManyFilesField(
        label=_("Files"),
        required=False,
        widget=ManyFiles,
        help_text=_("PDF, office files, pictures or plain text, up to 12 MB each."),
    )

    def __init__(self, data: Any, files: Any, *, rows: Iterable[Organisation], **more: Any) -> None:
        super().__init__(data, files, **more)
        offered = list(rows)
        self.fields["places"].grow(offered)  # type: ignore[attr-defined]
        self.quotas = [
            QuotaForm(data, offered, prefix=f"quota-{n}", initial=first)
            for n, first in enumerate(self._first_lines())
        ]

    def _first_lines(self) -> list[dict[str, Any]]:
        known = list(self.initial.get("quotas", ()))
        return [*known, *({} for _n in range(max(QUOTA_ROWS - len(known), 2)))]

    def clean(self) -> dict[str, Any]:
        """With every line of a quota that somebody began."""
        given = super().clean() or {}
        if given.get("answer") == "none":
            given["ask"], given["answer_by"] = "", None
        lines = [form for form in self.quotas if form.begun]
        for form in lines:
            if not form.is_valid():
                self.add_error(None, gettext("A line of the quota is not complete."))
                break
        given["quotas"] = [form.line() for form in lines if form.is_valid()]
        if given.get("kind") == "notice":
            given["quotas"] = []
        return given


class QuotaForm(forms.Form):
    """A line: where, which occupation, which year, how many."""

    place = forms.ChoiceField(label=_("Organisation"), required=False)
    occupation = forms.CharField(label=_("Occupation"), max_length=LONGEST_TITLE)
    stage = forms.CharField(label=pgettext_lazy("of a quota", "Stage"), max_length=60, required=False)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    count = forms.IntegerField(label=pgettext_lazy("of a quota", "Number"), min_value=1, max_value=1_000_000)

    def __init__(self, data: Any, rows: list[Organisation], **more: Any) -> None:
        super().__init__(data, **more)
        self.known = {row.key: row for row in rows}
        names = [(key, text(row.name)) for key, row in self.known.items()]
        self.fields["place"].choices = [("", "–"), *names]  # type: ignore[attr-defined]

    @property
    def begun(self) -> bool:
        """Whether something stands in it beside the year."""
        return self.is_bound and any(
            str(self.data.get(self.add_prefix(name), "")).strip() for name in ("place", "occupation", "count")
        )

    def line(self) -> Quota:
        """As the action takes it."""
        given = self.cleaned_data
        place = self.known.get(given["place"]) or next(iter(self.known.values()))
        name = given["occupation"].strip()
        zh, _slash, en = name.partition("/")
        occupation = {"zh": zh.strip(), "en": en.strip()} if en else {"zh": name}
        return Quota(place, occupation, given["year"], given["count"], given["stage"].strip())


class CorrectForm(WordsForm):
    """The words anew, why, and whether they must be read again."""

    because = forms.CharField(label=_("What was wrong"), max_length=LONGEST_REASON)
    again = forms.BooleanField(label=_("Those who have read it read it again"), required=False, initial=True)


class PublishForm(forms.Form):
    """From which day on."""

    shown_from = DayField(
        _("Publish on"), required=False, help_text=_("Left empty, it is published at once.")
    )


class ReasonForm(forms.Form):
    """Only why."""

    because = forms.CharField(label=_("Why"), max_length=LONGEST_REASON)


class AnswerForm(forms.Form):
    """What is asked for, and nothing else."""

    words = words(_("Your answer"), LONGEST_WORDS, rows=4, required=False)
    figure = forms.DecimalField(label=_("Figure"), max_digits=14, decimal_places=2, required=False)
    file = forms.FileField(label=_("File"), required=False)

    def __init__(self, data: Any, files: Any, *, asked: str, **more: Any) -> None:
        super().__init__(data, files, **more)
        kept = {"text": {"words"}, "figure": {"figure", "words"}, "file": {"file", "words"}}[asked]
        for name in set(self.fields) - kept:
            del self.fields[name]
        if asked != "text":
            self.fields["words"].label = _("Remark")
