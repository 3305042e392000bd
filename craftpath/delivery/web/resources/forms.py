"""What is asked of a resource: a few fields that were guessed, and all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from craftpath.delivery.exchange.plain_text import has_chinese
from craftpath.delivery.web.frameworks.choosing import skill_groups
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.occupations.queries import occupations
from craftpath.domain.programmes.queries import areas_everywhere, stages_everywhere
from craftpath.domain.resources.actions import Details
from craftpath.domain.resources.rules import LONGEST_ABSTRACT, LONGEST_LINE, LONGEST_TITLE
from craftpath.domain.resources.states import KINDS
from craftpath.domain.resources.texts import KINDS as KIND_NAMES
from craftpath.domain.resources.texts import LANGUAGES, LICENCES, REACHES
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.occupations.models import Occupation
    from craftpath.domain.resources.models import Resource

Choices = list[tuple[str, Any]]
MOST_OCCUPATIONS = 500


def trades() -> dict[str, Occupation]:
    """public id → occupation, of those that the reader sees; one query."""
    return {row.public_id: row for row in occupations()[:MOST_OCCUPATIONS]}


def skill_names() -> list[tuple[str, Choices]]:
    """Skills to choose from, in their groups."""
    return [(name, list(some)) for name, some in skill_groups()]


def _occupations(known: dict[str, Occupation]) -> Choices:
    return [("", _("none, or all")), *((key, text(row.name)) for key, row in known.items())]


class DraftForm(forms.Form):
    """What was guessed of one file: its title, what it is about, and what may be done with it."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=LONGEST_TITLE)
    occupation = forms.ChoiceField(label=gettext_lazy("Occupation"), required=False)
    skills = forms.MultipleChoiceField(
        label=gettext_lazy("Skills"), required=False, widget=forms.CheckboxSelectMultiple
    )
    licence = forms.ChoiceField(label=gettext_lazy("Licence"))
    licence_words = forms.CharField(
        label=gettext_lazy("Who gave leave, and for what"), max_length=LONGEST_LINE, required=False
    )
    reach = forms.ChoiceField(label=gettext_lazy("Shared with"))

    def __init__(
        self, data: Any, *, row: Resource, trades: dict[str, Occupation], skills: dict[str, str]
    ) -> None:
        guesses = row.guesses
        offered = [key for key in guesses.get("skills", {}).get("value", []) if key in skills]
        said = guesses.get("title", {}).get("value") or row.title
        first = {
            "title": text(said), "occupation": guesses.get("occupation", {}).get("value", ""),
            "skills": offered, "licence": guesses.get("licence", {}).get("value", ""), "reach": row.reach,
            "licence_words": guesses.get("rights", {}).get("value", ""),
        }  # fmt: skip
        super().__init__(data, prefix=row.public_id, initial=first)
        self.row, self.trades = row, trades
        fields: Any = self.fields
        fields["occupation"].choices = _occupations(trades)
        fields["skills"].choices = [(key, skills[key]) for key in offered]
        fields["licence"].choices = list(LICENCES.items())
        fields["reach"].choices = list(REACHES.items())
        if not offered:
            del self.fields["skills"]

    def details(self) -> Details:
        """What is confirmed; what else was read in the file goes along."""
        given, guesses = self.cleaned_data, self.row.guesses

        def read(name: str) -> Any:
            return guesses.get(name, {}).get("value") or ""

        title, said = given["title"].strip(), read("title") or self.row.title
        new = Text(zh=title) if has_chinese(title) else Text(en=title)
        return Details(
            title=Text.of(said) if title in Text.of(said).as_json().values() else new,
            abstract=Text.of(read("abstract") or {}),
            kind=self.row.kind, language=self.row.language, licence=given["licence"],
            licence_words=given["licence_words"].strip(), authors=str(read("authors"))[:LONGEST_LINE],
            keywords=str(read("keywords"))[:LONGEST_LINE], audience=str(read("audience"))[:LONGEST_LINE],
            occupation=self.trades.get(given["occupation"]), skills=given.get("skills") or (), reach=given["reach"],
        )  # fmt: skip


class DetailsForm(forms.Form):
    """All that is said of a resource."""

    title_zh = forms.CharField(
        label=gettext_lazy("Title in Chinese"), max_length=LONGEST_TITLE, required=False
    )
    title_en = forms.CharField(
        label=gettext_lazy("Title in English"), max_length=LONGEST_TITLE, required=False
    )
    abstract_zh = forms.CharField(
        label=gettext_lazy("What it is about, in Chinese"), max_length=LONGEST_ABSTRACT, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    abstract_en = forms.CharField(
        label=gettext_lazy("What it is about, in English"), max_length=LONGEST_ABSTRACT, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    kind = forms.ChoiceField(label=pgettext_lazy("of resource", "Kind"))
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    authors = forms.CharField(label=gettext_lazy("Authors"), max_length=LONGEST_LINE, required=False)
    licence = forms.ChoiceField(label=gettext_lazy("Licence"))
    licence_words = forms.CharField(
        label=gettext_lazy("Who gave leave, and for what"), max_length=LONGEST_LINE, required=False
    )
    reach = forms.ChoiceField(label=gettext_lazy("Shared with"))
    occupation = forms.ChoiceField(label=gettext_lazy("Occupation"), required=False)
    stage = forms.ChoiceField(label=gettext_lazy("Stage"), required=False)
    area = forms.ChoiceField(label=gettext_lazy("Learning area"), required=False)
    audience = forms.CharField(label=gettext_lazy("For whom"), max_length=LONGEST_LINE, required=False)
    keywords = forms.CharField(
        label=gettext_lazy("Other words for it"), max_length=LONGEST_LINE, required=False
    )

    def __init__(self, data: Any, *, row: Resource) -> None:
        self.trades = trades()
        title, abstract = Text.of(row.title), Text.of(row.abstract)
        first = {name: getattr(row, name) for name in _SAME} | {
            "title_zh": title.zh, "title_en": title.en, "abstract_zh": abstract.zh, "abstract_en": abstract.en,
            "occupation": row.occupation.public_id if row.occupation else "",
        }  # fmt: skip
        super().__init__(data, initial=first)
        if row.occupation is not None:
            self.trades.setdefault(row.occupation.public_id, row.occupation)
        fields: Any = self.fields
        fields["kind"].choices = [(key, KIND_NAMES[key]) for key in KINDS]
        fields["language"].choices = list(LANGUAGES.items())
        fields["licence"].choices = list(LICENCES.items())
        fields["reach"].choices = list(REACHES.items())
        fields["occupation"].choices = _occupations(self.trades)
        fields["stage"].choices = _once(stages_everywhere(), row.stage)
        fields["area"].choices = _once(areas_everywhere(), row.area)

    def details(self, row: Resource, skills: list[str]) -> Details:
        """What was written."""
        given = self.cleaned_data
        same = {name: given[name].strip() for name in _SAME}
        return Details(
            title=Text(given["title_zh"].strip(), given["title_en"].strip()),
            abstract=Text(_lines(given["abstract_zh"]), _lines(given["abstract_en"])),
            occupation=self.trades.get(given["occupation"]), skills=skills, outcomes=row.outcomes, **same,
        )  # fmt: skip


_SAME = (
    "kind", "language", "authors", "licence", "licence_words", "reach", "stage", "area", "audience", "keywords",
)  # fmt: skip


def _once(rows: Any, kept: str) -> Choices:
    """Each key once, with its name, and the one that is kept."""
    names = {row.key: text(row.name) for row in rows}
    if kept:
        names.setdefault(kept, kept)
    return [("", _("any")), *names.items()]


def _lines(words: str) -> str:
    return words.replace("\r\n", "\n").strip()
