"""The small forms beside the terms: a pause, an absence, leaving, a transfer, an application, a wage floor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.agreements.forms import (
    choice,
    day_field,
    line_field,
    money_field,
    sensible,
    words_field,
)
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.agreements import texts
from craftpath.domain.agreements.actions import Newcomer
from craftpath.kernel.organisations import Organisation


class PauseForm(forms.Form):
    """From when, until when about, and why."""

    on = day_field(_("Rests from"))
    until = day_field(_("Expected to go on from"), required=False)
    because = choice(_("Reason"), texts.REASONS_TO_PAUSE)


class AbsenceForm(forms.Form):
    """Leave asked for, or an absence told."""

    kind = choice(_("What kind"), texts.KINDS_OF_ABSENCE)
    starts_on = day_field(_("First day away"))
    ends_on = day_field(_("Last day away"))
    reason = words_field(_("Reason"), hint=_("Only whoever decides opens it, and that is recorded."))


class LeavingForm(forms.Form):
    """Why, on whose wish, when it was said, and the last day."""

    because = choice(_("Reason"), texts.REASONS_TO_LEAVE)
    initiator = choice(_("On whose wish"), texts.INITIATORS)
    told_on = day_field(_("Said on"))
    last_day = day_field(_("Last day"))
    note = words_field(_("Remark"))


class TransferForm(forms.Form):
    """Where it goes on, and the last day here."""

    cohort = forms.ChoiceField(label=_("New cohort"))
    number = line_field(_("Student number"), 40, hint=_("Left empty, the next free one is taken."))
    last_day = day_field(_("Last day here"))

    def __init__(self, data: Any, *, cohorts: Sequence[Any], **kwargs: Any):
        super().__init__(data, **kwargs)
        self.cohorts = {row.public_id: row for row in cohorts}
        self.fields["cohort"].choices = [(key, text(row.name)) for key, row in self.cohorts.items()]  # type: ignore[attr-defined]


class ApplyForm(forms.Form):
    """Somebody who would like a place."""

    name = line_field(_("Name"), 120, required=True)
    name_latin = line_field(_("Name in Latin letters"), 120)
    birth_date = day_field(_("Birth date"), required=False)
    contact = line_field(_("E-mail or telephone"), 254)
    cohort = forms.ChoiceField(label=_("Cohort"))
    enterprise = forms.ChoiceField(label=_("Enterprise"), required=False)
    note = words_field(_("Remark"))

    def __init__(self, data: Any, *, cohorts: Sequence[Any], places: Sequence[Organisation]):
        super().__init__(data)
        self.cohorts = {row.public_id: row for row in cohorts}
        self.places = {row.key: row for row in places}
        self.fields["cohort"].choices = [(key, text(row.name)) for key, row in self.cohorts.items()]  # type: ignore[attr-defined]
        rows = [(key, text(row.name)) for key, row in self.places.items()]
        self.fields["enterprise"].choices = [("", _("not known yet")), *rows]  # type: ignore[attr-defined]

    def clean_birth_date(self) -> date | None:
        """A day of a living person."""
        return sensible(self.cleaned_data.get("birth_date"))

    def newcomer(self) -> Newcomer:
        """Who applies."""
        given = self.cleaned_data
        contact = given["contact"]
        mail = contact if "@" in contact else ""
        return Newcomer(
            given["name"], given["birth_date"], given["name_latin"], mail, "" if mail else contact[:30]
        )


class FloorForm(forms.Form):
    """A local minimum wage."""

    place = forms.ChoiceField(label=_("Organisation"))
    amount = money_field(_("Amount"), required=True)
    currency = forms.RegexField(r"^[A-Z]{3}$", label=_("Currency"), initial="CNY", max_length=3)
    per = choice(_("Counted"), {key: name for key, name in texts.PER.items() if key != "week"})
    valid_from = day_field(_("From"))
    source = line_field(_("Source"), 200, required=True, hint=_("The notice in which it stands."))

    def __init__(self, data: Any, *, places: Sequence[Organisation]):
        super().__init__(data)
        self.places = {row.key: row for row in places}
        self.fields["place"].choices = [(key, text(row.name)) for key, row in self.places.items()]  # type: ignore[attr-defined]
