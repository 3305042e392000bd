"""Forms of the studio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.frameworks.choosing import Grouped
from craftpath.delivery.web.occupations.codes import CODE_HINT, CodeField
from craftpath.delivery.web.occupations.forms import as_lines, from_lines
from craftpath.delivery.web.shell.days import DayField
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.domain.committees.texts import RULES
from craftpath.domain.occupations.classifying import CN, ISCO
from craftpath.domain.studio import rules
from craftpath.domain.studio.content import Content, DutySaid, Note, tidy
from craftpath.domain.studio.texts import LACKS, STATES
from craftpath.domain.studio.writing import noted, reworded
from craftpath.values.text import Text
from craftpath.values.verdict import not_now

Choices = Sequence[tuple[str, str]]
HEAD = "#"
LICENCES = ("CC BY 4.0", "CC BY-SA 4.0", "CC BY-NC-SA 4.0", "CC0 1.0")


def line(
    label: Any, *, most: int = rules.LONGEST_NAME, required: bool = False, **more: Any
) -> forms.CharField:
    """One line of words."""
    return forms.CharField(label=label, max_length=most, required=required, **more)


def area(
    label: Any, rows: int, *, most: int = rules.LONGEST_WORDS, required: bool = False, **more: Any
) -> forms.CharField:
    """Some sentences, or lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, required=required, widget=widget, **more)


class DraftForm(forms.Form):
    """Names, and who drafts along."""

    made_id = forms.UUIDField(widget=forms.HiddenInput)
    zh = line(_("Name in Chinese"))
    en = line(_("Name in English"))
    grown = forms.ChoiceField(
        label=_("It grows from"), required=False,
        help_text=_("What stands there is copied; nothing of it changes there."),
    )  # fmt: skip
    members = forms.MultipleChoiceField(
        label=_("Who drafts along"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Their people read and comment from the first draft on."),
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, members: Choices, grown: Sequence[Any] | None, initial: Mapping[str, Any]
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.fields["members"].choices = members  # type: ignore[attr-defined]
        if not members:
            del self.fields["members"]
        if grown is None:
            del self.fields["grown"]
        else:
            self.fields["grown"].choices = [("", gettext("nothing: begin with empty pages")), *grown]  # type: ignore[attr-defined]

    def name(self) -> dict[str, str]:
        """What it is called."""
        return {"zh": self.cleaned_data["zh"], "en": self.cleaned_data["en"]}


class PartForm(forms.Form):
    """One part of a version; `revision` tells whether somebody else has written since."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def fields_said(self, content: Content) -> dict[str, Any]:
        """What the action takes; `content` is what stands there now."""
        raise NotImplementedError


class AboutForm(PartForm):
    """What the occupation is, who can enter, its levels, hours and codes."""

    about_zh = area(_("Definition in Chinese"), 4)
    about_en = area(_("Definition in English"), 4)
    entry_zh = area(_("Who can enter, in Chinese"), 3)
    entry_en = area(_("Who can enter, in English"), 3)
    levels = area(
        _("Levels or stages"), 4, most=12_000,
        help_text=_("One a line, the lowest first; Chinese / English with a slash between."),
    )  # fmt: skip
    hours = forms.IntegerField(
        label=_("Hours of training"), required=False, min_value=1, max_value=rules.MOST_HOURS
    )
    code_cn = CodeField(_("Chinese occupational code"), CN, required=False, help_text=CODE_HINT)
    code_isco = CodeField(
        pgettext_lazy("a classification", "ISCO-08"), ISCO, required=False, help_text=CODE_HINT
    )

    def __init__(self, data: Any = None, *, content: Content, revision: int) -> None:
        said = {"revision": revision, "levels": as_lines(content.levels), "hours": content.hours,
                "code_cn": content.code_cn, "code_isco": content.code_isco}  # fmt: skip
        for name in ("about", "entry"):
            words = Text.of(getattr(content, name))
            said |= {f"{name}_zh": words.zh, f"{name}_en": words.en}
        super().__init__(data, initial=said)

    def fields_said(self, content: Content) -> dict[str, Any]:
        """Words in both languages, lines as rows."""
        given = self.cleaned_data
        words = {
            name: tidy({"zh": given[f"{name}_zh"], "en": given[f"{name}_en"]}) for name in ("about", "entry")
        }
        codes = {name: given[name].strip() for name in ("code_cn", "code_isco")}
        return {**words, **codes, "levels": tuple(from_lines(given["levels"])), "hours": given["hours"]}


class TasksForm(PartForm):
    """Every duty and task as lines of one field: a duty begins with #, the tasks under it stand a line each."""

    lines = area(
        _("Duties and tasks"), 28, most=120_000,
        help_text=_("A duty begins with #; its tasks follow, one a line. Chinese / English with a slash between."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, content: Content, revision: int) -> None:
        super().__init__(data, initial={"revision": revision, "lines": as_typed(content.duties)})

    def clean_lines(self) -> list[tuple[dict[str, str], list[dict[str, str]]]]:
        """(duty, its tasks); a task above the first duty is told with its line."""
        found: list[tuple[dict[str, str], list[dict[str, str]]]] = []
        for number, typed in enumerate(self.cleaned_data["lines"].splitlines(), start=1):
            row = from_lines(typed.strip().removeprefix(HEAD))
            if not row:
                continue
            if typed.strip().startswith(HEAD):
                found.append((row[0], []))
            elif not found:
                raise forms.ValidationError(sentence(not_now("studio.task_without_duty", line=number)))
            else:
                found[-1][1].append(row[0])
        if len(found) > rules.MOST_DUTIES:
            raise forms.ValidationError(sentence(not_now("studio.too_many_duties", most=rules.MOST_DUTIES)))
        if sum(len(tasks) for _duty, tasks in found) > rules.MOST_TASKS:
            raise forms.ValidationError(sentence(not_now("studio.too_many_tasks", most=rules.MOST_TASKS)))
        return found

    def fields_said(self, content: Content) -> dict[str, Any]:
        """The cards that stand there keep their keys and skills."""
        return {"duties": reworded(content.duties, self.cleaned_data["lines"])}


def as_typed(duties: Sequence[DutySaid]) -> str:
    """Duties and tasks as lines."""
    rows = []
    for duty in duties:
        rows += [f"{HEAD} {as_lines([duty.name])}", *(as_lines([task.statement]) for task in duty.tasks), ""]
    return "\n".join(rows)


class SkillsForm(PartForm):
    """Skills of published lists, and those that no list has yet."""

    skills = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=_("Skills of published lists")
    )
    new_skills = area(
        _("New skills"), 6, most=12_000,
        help_text=_("What no list has yet, one a line. They become a list once the occupation is published."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, content: Content, revision: int, groups: Grouped) -> None:
        said = {
            "revision": revision,
            "skills": list(content.skills),
            "new_skills": as_lines(content.new_skills),
        }
        super().__init__(data, initial=said)
        self.fields["skills"].choices = groups  # type: ignore[attr-defined]

    def fields_said(self, content: Content) -> dict[str, Any]:
        """Keys, and words of new ones."""
        given = self.cleaned_data
        return {"skills": tuple(given["skills"]), "new_skills": tuple(from_lines(given["new_skills"]))}


SOURCE = " — "


class NeedForm(PartForm):
    """Why the occupation is needed: people, notes with their sources, an analysis of needs."""

    workers = forms.IntegerField(
        label=_("People who work in it"), required=False, min_value=0, max_value=rules.MOST_PEOPLE
    )
    vacancies = forms.IntegerField(
        label=_("Open places"), required=False, min_value=0, max_value=rules.MOST_PEOPLE
    )
    notes = area(
        _("Notes on the labour market"), 8, most=12_000,
        help_text=_("One a line: Chinese / English, then — and the source."),
    )  # fmt: skip
    survey = forms.ChoiceField(label=_("Analysis of needs"), required=False)

    def __init__(self, data: Any = None, *, content: Content, revision: int, surveys: Choices) -> None:
        said = {"revision": revision, "workers": content.workers, "vacancies": content.vacancies,
                "survey": content.survey, "notes": "\n".join(_noted(one) for one in content.notes)}  # fmt: skip
        super().__init__(data, initial=said)
        known = dict(surveys)
        kept = [(content.survey, gettext("as it stands"))] if content.survey not in {"", *known} else []
        self.fields["survey"].choices = [("", gettext("none")), *kept, *surveys]  # type: ignore[attr-defined]

    def fields_said(self, content: Content) -> dict[str, Any]:
        """Numbers, and notes with their sources."""
        given = self.cleaned_data
        notes = []
        for typed in given["notes"].splitlines():
            words, _dash, source = typed.partition(SOURCE)
            notes += [noted(row, source) for row in from_lines(words)]
        return {"workers": given["workers"], "vacancies": given["vacancies"], "notes": tuple(notes),
                "survey": given["survey"]}  # fmt: skip


def _noted(one: Note) -> str:
    return as_lines([one.words]) + (f"{SOURCE}{one.source}" if one.source else "")


class CommentForm(forms.Form):
    """What somebody says."""

    made_id = forms.UUIDField(widget=forms.HiddenInput)
    words = area(_("Your comment"), 3, required=True)


class TrialForm(forms.Form):
    """Which class tries a version, from when, and what it is to show."""

    cohort = forms.ChoiceField(label=pgettext_lazy("of apprentices", "Class"))
    starts_on = DayField(_("First day of the trial"))
    question = area(_("What the trial is to show"), 3)

    def __init__(self, data: Any = None, *, cohorts: Choices, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        self.fields["cohort"].choices = cohorts  # type: ignore[attr-defined]


class EvidenceForm(forms.Form):
    """Costs, which no record here knows."""

    amount = line(
        _("Costs so far"), most=15, help_text=_("an amount such as 12500.00; leave it empty if nobody knows")
    )
    currency = forms.ChoiceField(
        label=_("Currency"),
        required=False,
        choices=[(one, one) for one in ("CNY", "USD", "EUR", "GBP", "AUD")],
    )
    source = line(_("Where the amount is from"))

    def costs(self) -> dict[str, str] | None:
        """What the action takes."""
        given = self.cleaned_data
        if not given["amount"].strip():
            return None
        return {
            "amount": given["amount"].strip(),
            "currency": given["currency"] or "CNY",
            "source": given["source"].strip(),
        }


class EndForm(forms.Form):
    """The last day."""

    ends_on = DayField(_("Last day of the trial"))


class VoteForm(forms.Form):
    """Which committee votes, and by which rule."""

    committee = forms.ChoiceField(label=_("Committee"))
    rule = forms.ChoiceField(
        label=_("It is carried by"), choices=list(RULES.items()), widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, committees: Choices) -> None:
        super().__init__(data, initial={"rule": next(iter(RULES))})
        self.fields["committee"].choices = committees  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """What a body decided in its own meeting."""

    outcome = forms.ChoiceField(
        label=_("The version was"), widget=forms.RadioSelect,
        choices=[("adopt", STATES["adopted"]), ("reject", STATES["rejected"])],
    )  # fmt: skip
    body = line(_("Who decided"), required=True, help_text=_("the committee or meeting, by its name"))
    on = DayField(_("Day of the decision"))
    yes = forms.IntegerField(label=_("Votes for it"), min_value=0, max_value=999)
    no = forms.IntegerField(label=_("Votes against it"), min_value=0, max_value=999)
    abstained = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=999)
    minutes = area(_("Where the minutes are"), 2, required=True)


class PublishForm(forms.Form):
    """For whom a project is, what others may do with it, and whether a curriculum begins from it."""

    audience_zh = area(_("For whom, in Chinese"), 2)
    audience_en = area(_("For whom, in English"), 2)
    licence = forms.ChoiceField(
        label=_("Licence"), choices=[(one, one) for one in LICENCES],
        help_text=_("Others may take it over as long as they keep to this, and say where it is from."),
    )  # fmt: skip
    programme = forms.ChoiceField(
        label=_("Begin a curriculum on the path of"), required=False,
        help_text=_("A curriculum is begun as a draft; hours and units are then yours to write."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, programmes: Choices) -> None:
        super().__init__(data)
        self.fields["programme"].choices = [("", gettext("no curriculum yet")), *programmes]  # type: ignore[attr-defined]
        if not programmes:
            del self.fields["programme"]

    def audience(self) -> dict[str, str]:
        """For whom."""
        return {
            "zh": self.cleaned_data["audience_zh"].strip(),
            "en": self.cleaned_data["audience_en"].strip(),
        }


def lacking(names: Sequence[str]) -> list[Any]:
    """What is missing, in words."""
    return [LACKS[name] for name in names]
