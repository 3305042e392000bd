"""The forms of agreements: somebody new, the terms with every clause, and the small ones beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.agreements import texts
from craftpath.domain.agreements.actions import Guardian, Newcomer, Written
from craftpath.domain.agreements.law import Law
from craftpath.domain.agreements.terms import Terms, WageStep
from craftpath.kernel.access import memberships_on
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.agreements.models import Agreement

STEPS = 6  # of pay that the form offers
FIRST, LAST = date(1900, 1, 1), date(2100, 1, 1)


def day_field(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """A day, with the browser's own calendar."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def words_field(label: Any, *, required: bool = False, rows: int = 3, hint: Any = "") -> forms.CharField:
    """Some lines of text."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=1000,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def line_field(label: Any, most: int, *, required: bool = False, hint: Any = "") -> forms.CharField:
    """One line of text."""
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint)


def choice(label: Any, options: Mapping[str, Any], *, any_word: Any = None, required: bool = True) -> Any:
    """One of some words."""
    choices = [("", any_word)] if any_word is not None else []
    return forms.ChoiceField(label=label, choices=[*choices, *options.items()], required=required)


def money_field(label: Any, *, required: bool = False, hint: Any = "") -> forms.DecimalField:
    """An amount with its hundredths."""
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=0,
        max_digits=11,
        decimal_places=2,
        help_text=hint,
        widget=forms.NumberInput(attrs={"step": "0.01", "inputmode": "decimal"}),
    )


def minor(amount: Decimal | None) -> int:
    """An amount as its hundredths."""
    return int((amount or Decimal(0)) * 100)


def mentors_at(place: Organisation, on: date) -> list[Person]:
    """Who is a mentor at an enterprise or below it."""
    rows = memberships_on(on).filter(organisation__in=place.below(), role=Role.MENTOR).order_by()
    return list(Person.objects.filter(pk__in=rows.values("person_id")).order_by("name", "pk"))


class NewForm(forms.Form):
    """Who, in which cohort, at which enterprise: the first two steps."""

    name = line_field(_("Name"), 120)
    name_latin = line_field(_("Name in Latin letters"), 120)
    birth_date = day_field(_("Birth date"), required=False, hint=_("Decides whether a guardian signs."))
    contact = line_field(_("E-mail or telephone"), 254)
    cohort = forms.ChoiceField(label=_("Cohort"))
    enterprise = forms.ChoiceField(label=_("Enterprise"))
    number = line_field(_("Student number"), 40, hint=_("Left empty, the next free one is taken."))
    starts_on = day_field(pgettext_lazy("of an agreement", "First day"))

    def __init__(
        self, data: Any, *, cohorts: Sequence[Any], places: Sequence[Organisation], known: Any, today: date
    ):
        start = max(known.starts_on, today) if known else today
        super().__init__(data, initial={"starts_on": start})
        self.cohorts = {row.public_id: row for row in cohorts}
        self.places = {row.key: row for row in places}
        self.known = known
        self.fields["cohort"].choices = [(key, text(row.name)) for key, row in self.cohorts.items()]  # type: ignore[attr-defined]
        self.fields["enterprise"].choices = [(key, text(row.name)) for key, row in self.places.items()]  # type: ignore[attr-defined]
        if known is not None:
            for name in ("name", "name_latin", "contact", "cohort", "number"):
                del self.fields[name]
            self.fields["birth_date"].initial = known.person.birth_date
        else:
            self.fields["name"].required = True

    def clean_birth_date(self) -> date | None:
        """A day of a living person."""
        return sensible(self.cleaned_data.get("birth_date"))

    def newcomer(self) -> Newcomer:
        """Somebody who is nobody here yet."""
        given = self.cleaned_data
        contact = given["contact"]
        mail = contact if "@" in contact else ""
        return Newcomer(
            given["name"], given["birth_date"], given["name_latin"], mail, "" if mail else contact[:30]
        )


def sensible(value: date | None) -> date | None:
    """The day, unless nobody alive can mean it."""
    if value is not None and not FIRST <= value <= LAST:
        raise forms.ValidationError(gettext("This day cannot be right."))
    return value


class TermsForm(forms.Form):
    """The parties and the terms: the last two steps, and the same for an amendment."""

    mentor = forms.ChoiceField(label=_("Mentor"), required=False)
    mentor_qualification = line_field(
        _("What qualifies the mentor"), 120, hint=_("Such as: technician, 12 years.")
    )
    birth_date = day_field(_("Birth date of the apprentice"), required=False)
    guardian_name = line_field(_("Guardian"), 120, hint=_("Signs for somebody under age on the first day."))
    guardian_contact = line_field(_("Guardian's telephone or e-mail"), 254)
    guardian_relation = line_field(_("Relation"), 40)
    starts_on = day_field(pgettext_lazy("of an agreement", "First day"))
    ends_on = day_field(_("Last day"))
    length_reason = line_field(_("Why the length is not the usual one"), 300)
    probation_end = day_field(_("Probation ends on"), required=False)
    induction_on = day_field(_("Safety induction on"), required=False)
    per = choice(_("Pay is counted"), texts.PER)
    pay_frequency = choice(_("Paid"), texts.FREQUENCIES, any_word="–", required=False)
    weekly_hours = forms.DecimalField(
        label=_("Hours a week"), required=False, min_value=1, max_value=168, max_digits=5, decimal_places=2
    )
    annual_leave_days = forms.DecimalField(
        label=_("Days of annual leave"),
        required=False,
        min_value=0,
        max_value=366,
        max_digits=5,
        decimal_places=1,
    )
    off_job_percent = forms.DecimalField(
        label=_("Share of it off the job"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=4,
        decimal_places=1,
        help_text=_("Lessons and practice at the college, of all hours."),
    )
    skilled_workers = forms.IntegerField(
        label=_("Skilled workers at the workplace"),
        required=False,
        min_value=0,
        max_value=100_000,
        help_text=_("Apprentices and skilled workers have to be in balance."),
    )
    record_form = choice(_("Training record"), texts.RECORD_FORMS, any_word="–", required=False)
    occupation_zh = line_field(_("Occupation in Chinese"), 80)
    occupation_en = line_field(_("Occupation in English"), 80)
    qualification_zh = line_field(_("Qualification in Chinese"), 120)
    qualification_en = line_field(_("Qualification in English"), 120)
    bond_cost = money_field(_("Cost of special training paid by the enterprise"))
    bond_months = forms.IntegerField(
        label=_("Months of service for it"), required=False, min_value=0, max_value=120
    )

    def __init__(
        self, data: Any, *, agreement: Agreement, law: Law, on: date, enterprise: Organisation | None = None
    ):
        self.terms = Terms.from_json(agreement.terms)
        self.agreement, self.law = agreement, law
        super().__init__(data, initial=_initial(agreement, self.terms))
        self.people = {
            person.public_id: person for person in mentors_at(enterprise or agreement.enterprise, on)
        }
        if agreement.mentor is not None and enterprise in (None, agreement.enterprise):
            self.people.setdefault(agreement.mentor.public_id, agreement.mentor)
        self.fields["mentor"].choices = [("", "–"), *((key, one.name) for key, one in self.people.items())]  # type: ignore[attr-defined]
        currency = self.terms.currency or law.currency
        for n in range(STEPS):
            self.fields[f"wage-{n}-day"] = day_field(_("From"), required=False)
            self.fields[f"wage-{n}-amount"] = money_field(_("Amount (%(currency)s)") % {"currency": currency})
        for clause in law.clauses:
            for language, label in (("zh", _("In Chinese")), ("en", _("In English"))):
                self.fields[f"clause-{clause.key}-{language}"] = words_field(label)

    @property
    def steps(self) -> list[tuple[Any, Any]]:
        """The pairs of fields for the steps of pay."""
        return [(self[f"wage-{n}-day"], self[f"wage-{n}-amount"]) for n in range(STEPS)]

    @property
    def has_more_steps(self) -> bool:
        """Whether there is something in the steps that are folded away."""
        return any(
            day.value() or amount.value() or day.errors or amount.errors for day, amount in self.steps[3:]
        )

    @property
    def clauses(self) -> list[tuple[str, Any, Any, bool]]:
        """Each clause: its name, both fields, and whether the model's words stand there."""
        found = []
        for clause in self.law.clauses:
            zh, en = self[f"clause-{clause.key}-zh"], self[f"clause-{clause.key}-en"]
            found.append((text(clause.name), zh, en, _same(zh, en, clause.text)))
        return found

    def clean(self) -> dict[str, Any]:
        """Dates in their order; a step of pay has both its parts."""
        given = super().clean() or {}
        for name in ("starts_on", "ends_on", "probation_end", "induction_on", "birth_date"):
            try:
                sensible(given.get(name))
            except forms.ValidationError as fault:
                self.add_error(name, fault)
        starts, ends = given.get("starts_on"), given.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", gettext("The last day lies before the first one."))
        for n in range(STEPS):
            day, amount = given.get(f"wage-{n}-day"), given.get(f"wage-{n}-amount")
            if (day is None) != (amount is None) and not self.has_error(f"wage-{n}-amount"):
                missing = f"wage-{n}-day" if day is None else f"wage-{n}-amount"
                self.add_error(missing, gettext("A step of pay has a day and an amount."))
        return given

    def written(self) -> Written:
        """What the form says; where a field does not hold yet, what stood there before."""
        given = self.cleaned_data
        steps = [
            WageStep(given[f"wage-{n}-day"], minor(given[f"wage-{n}-amount"]))
            for n in range(STEPS)
            if given.get(f"wage-{n}-day") and given.get(f"wage-{n}-amount") is not None
        ]
        clauses = {
            clause.key: Text(
                given.get(f"clause-{clause.key}-zh", "").strip(),
                given.get(f"clause-{clause.key}-en", "").strip(),
            )
            for clause in self.law.clauses
        }
        terms = replace(
            self.terms,
            currency=self.terms.currency or self.law.currency,
            per=given.get("per") or self.terms.per,
            wage=tuple(sorted(steps, key=lambda step: step.starts_on)),
            pay_frequency=given.get("pay_frequency", ""),
            weekly_hours=given.get("weekly_hours"),
            annual_leave_days=given.get("annual_leave_days"),
            probation_end=given.get("probation_end"),
            induction_on=given.get("induction_on"),
            occupation=Text(given.get("occupation_zh", ""), given.get("occupation_en", "")),
            qualification=Text(given.get("qualification_zh", ""), given.get("qualification_en", "")),
            mentor_qualification=given.get("mentor_qualification", ""),
            record_form=given.get("record_form", ""),
            length_reason=given.get("length_reason", ""),
            off_job_percent=given.get("off_job_percent"),
            skilled_workers=given.get("skilled_workers") or 0,
            bond_cost=minor(given.get("bond_cost")),
            bond_months=given.get("bond_months") or 0,
            clauses=clauses,
        )
        return Written(
            starts_on=given.get("starts_on") or self.agreement.starts_on,
            ends_on=given.get("ends_on") or self.agreement.ends_on,
            terms=terms,
            mentor=self.people.get(given.get("mentor", "")),
            guardian=Guardian(
                given.get("guardian_name", ""),
                given.get("guardian_contact", ""),
                given.get("guardian_relation", ""),
            ),
        )


def _same(zh: Any, en: Any, model: Text) -> bool:
    return (zh.value() or "").strip() == model.zh and (en.value() or "").strip() == model.en


def _initial(agreement: Agreement, terms: Terms) -> dict[str, Any]:
    found: dict[str, Any] = {
        "mentor": agreement.mentor.public_id if agreement.mentor else "",
        "mentor_qualification": terms.mentor_qualification,
        "birth_date": agreement.enrolment.person.birth_date,
        "guardian_name": agreement.guardian_name,
        "guardian_contact": agreement.guardian_contact,
        "guardian_relation": agreement.guardian_relation,
        "starts_on": agreement.starts_on,
        "ends_on": agreement.ends_on,
        "length_reason": terms.length_reason,
        "probation_end": terms.probation_end,
        "induction_on": terms.induction_on,
        "per": terms.per,
        "pay_frequency": terms.pay_frequency,
        "weekly_hours": terms.weekly_hours,
        "annual_leave_days": terms.annual_leave_days,
        "record_form": terms.record_form,
        "off_job_percent": terms.off_job_percent,
        "skilled_workers": terms.skilled_workers or None,
        "occupation_zh": terms.occupation.zh,
        "occupation_en": terms.occupation.en,
        "qualification_zh": terms.qualification.zh,
        "qualification_en": terms.qualification.en,
        "bond_cost": Decimal(terms.bond_cost) / 100 if terms.bond_cost else None,
        "bond_months": terms.bond_months or None,
    }
    for n in range(STEPS):
        step = terms.wage[n] if n < len(terms.wage) else None
        found[f"wage-{n}-day"] = step.starts_on if step else (agreement.starts_on if n == 0 else None)
        found[f"wage-{n}-amount"] = Decimal(step.amount) / 100 if step else None
    for key, words in terms.clauses.items():
        found[f"clause-{key}-zh"], found[f"clause-{key}-en"] = words.zh, words.en
    return found


class AmendForm(TermsForm):
    """The same for a change, with its reason, its day, and perhaps another enterprise."""

    enterprise = forms.ChoiceField(label=_("Enterprise"))
    takes_effect_on = day_field(_("Takes effect on"))
    reason = words_field(_("Why it changes"), required=True, hint=_("Part of what is signed."))

    def __init__(self, data: Any, *, places: Sequence[Organisation], **kwargs: Any):
        self.places = {row.key: row for row in places}
        super().__init__(data, **kwargs)
        self.fields["enterprise"].choices = [(key, text(row.name)) for key, row in self.places.items()]  # type: ignore[attr-defined]
        self.fields["enterprise"].initial = self.agreement.enterprise.key
        self.fields["takes_effect_on"].initial = kwargs["on"]
        for name in ("starts_on", "birth_date", "guardian_name", "guardian_contact", "guardian_relation"):
            del self.fields[name]
