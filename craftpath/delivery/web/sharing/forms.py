"""The form of a sharing rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.delivery.exchange.sharing.data_class import DataClass
from craftpath.delivery.web.shell.days import DayField
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.sharing.queries import LONGEST
from craftpath.domain.sharing.rules import Terms
from craftpath.domain.sharing.texts import BASES, WHOM
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.purposes import PURPOSES
from craftpath.values.ref import Ref

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.sharing.models import SharingRule

YEAR = timedelta(days=364)


class RuleForm(forms.Form):
    """To whom, which columns, of whom, for what, on which basis, and from when until when."""

    receiver = forms.ChoiceField(label=_("With whom"))
    columns = forms.MultipleChoiceField(
        label=pgettext_lazy("of a sharing rule", "Columns"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As few as the purpose needs. The receiver sees no other one."),
    )
    whom = forms.ChoiceField(label=pgettext_lazy("of a sharing rule", "Of whom"), widget=forms.RadioSelect)
    cohort = forms.ChoiceField(label=pgettext_lazy("of a sharing rule", "Which cohort"), required=False)
    purpose = forms.ChoiceField(label=pgettext_lazy("of a sharing rule", "Purpose"))
    basis = forms.ChoiceField(
        label=pgettext_lazy("of a sharing rule", "Basis"),
        widget=forms.RadioSelect,
        help_text=_(
            "On the agreement, the rule ends with it. Whatever the basis but law: "
            "who does not learn at the partner is shown only with a consent."
        ),
    )
    basis_words = forms.CharField(
        label=_("Which law, or which public interest"),
        required=False,
        max_length=LONGEST,
        help_text=_("Needed only for these two: the name with the article, or one sentence."),
    )
    starts_on = DayField(pgettext_lazy("of an agreement", "First day"))
    ends_on = DayField(_("Last day"))

    def __init__(
        self,
        data: Any,
        *,
        kind: DataClass,
        partners: Sequence[Organisation],
        cohorts: Sequence[Cohort],
        rule: SharingRule | None,
        on: date,
    ) -> None:
        super().__init__(data, initial=_initial(kind, rule, on))
        self.kind = kind
        self.partners = {row.key: row for row in partners}
        self.cohorts = {row.public_id: row for row in cohorts}
        choices = {
            "receiver": [(row.key, text(row.name)) for row in partners],
            "columns": [(one.key, text(one.title)) for one in kind.columns],
            "whom": [(key, WHOM[key]) for key in kind.whom],
            "cohort": [("", "–"), *((row.public_id, text(row.name)) for row in cohorts)],
            "purpose": [(one.key, text(one.name)) for one in PURPOSES.values()],
            "basis": list(BASES.items()),
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        if "cohort" not in kind.whom:
            del self.fields["cohort"]

    def terms(self, agreement: str) -> Terms:
        """What the actions take; `agreement` is the id of the one that binds both, if there is one."""
        given = self.cleaned_data
        cohort = self.cohorts.get(given.get("cohort", ""))
        return Terms(
            receiver=self.partners[given["receiver"]],
            data=self.kind.offered,
            columns=tuple(given["columns"]),
            whom=given["whom"],
            purpose=given["purpose"],
            basis=given["basis"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            agreement=str(Ref("partnership", "cooperation", agreement)) if agreement else "",
            basis_words=given["basis_words"],
            cohort=str(Ref("apprenticeships", "cohort", cohort.public_id)) if cohort else "",
            **({"cohort_name": cohort.title} if cohort else {}),
        )


def _initial(kind: DataClass, rule: SharingRule | None, on: date) -> dict[str, Any]:
    if rule is None:
        plain = [one.key for one in kind.columns if one.sensitivity != "sensitive"]
        return {
            "columns": plain,
            "whom": kind.whom[0],
            "basis": "agreement",
            "starts_on": on,
            "ends_on": on + YEAR,
        }
    names = ("columns", "whom", "cohort", "purpose", "basis", "basis_words", "starts_on", "ends_on")
    return {name: getattr(rule, name) for name in names} | {"receiver": rule.receiver.key}
