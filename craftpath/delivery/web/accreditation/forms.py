"""Forms of the register: what an enterprise says of itself, what the city finds, places, the rule."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.days import DayField
from craftpath.domain.accreditation.rules import MOST_PLACES
from craftpath.domain.accreditation.texts import LEVELS, LINES
from craftpath.domain.accreditation.trades import LONGEST
from craftpath.domain.accreditation.wording import LONGEST_NAME, LONGEST_PHRASE, LONGEST_WORDS
from craftpath.kernel.exhibits import LARGEST
from craftpath.values.credit_code import is_credit_code, tidy
from craftpath.values.verdict import Refused, not_now

Choices = Sequence[tuple[str, Any]]
MOST_LINES = 40
MOST_WORKERS = 1_000_000
_PAIR = re.compile(r"[,，、\t]")


def words(label: Any, *, rows: int = 3, most: int = LONGEST_WORDS, **more: Any) -> forms.CharField:
    """A few lines."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


class ContactFields(forms.Form):
    """Whom the city talks to."""

    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=LONGEST_NAME, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=LONGEST_NAME, required=False)
    contact_name = forms.CharField(label=_("Contact person"), max_length=80)
    contact_phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    contact_mail = forms.EmailField(label=_("Mail address"), required=False)

    def clean(self) -> dict[str, Any]:
        """A name in one language, and one way to reach somebody."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not values.get("name_zh") and not values.get("name_en"):
            self.add_error("name_zh", gettext("Give the name in one language at least."))
        reachable = values.get("contact_phone") or values.get("contact_mail")
        if not reachable and not {"contact_phone", "contact_mail"} & set(self.errors):
            self.add_error("contact_phone", gettext("Give a telephone number or a mail address."))
        return values

    @property
    def names(self) -> dict[str, str]:
        """The name in the languages that were given."""
        given = {"zh": self.cleaned_data["name_zh"], "en": self.cleaned_data["name_en"]}
        return {language: said for language, said in given.items() if said}


class BeginForm(ContactFields):
    """Just enough to keep a draft."""

    made_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class WholeForm(ContactFields):
    """All that an enterprise says of itself; a draft may say less, and a wrong code is told at once."""

    credit_code = forms.CharField(
        label=_("Unified social credit code"), max_length=24, required=False,
        help_text=_("18 digits and capitals, from the business licence."),
    )  # fmt: skip
    address = forms.CharField(
        label=pgettext_lazy("of an enterprise", "Address"), max_length=200, required=False
    )
    workers = forms.IntegerField(
        label=_("Skilled workers in all"), min_value=0, max_value=MOST_WORKERS, required=False
    )
    occupations = words(
        _("Occupations for which you would train"), rows=3, required=False,
        help_text=_("One a line: occupation, number of apprentices. For example: 数控车工, 6"),
    )  # fmt: skip
    masters = words(
        _("Masters"), rows=3, required=False,
        help_text=_("One a line: name, qualification. For example: 周国栋, 高级技师"),
    )  # fmt: skip
    equipment = words(_("Machines and equipment for learning"), required=False)
    safety = words(
        _("Safety and health"), required=False,
        help_text=_("Who is responsible, training, protective equipment, insurance."),
    )  # fmt: skip
    rooms = words(_("Rooms for learning, changing and breaks"), rows=2, required=False)
    pays = words(
        _("What apprentices are paid"), rows=2, required=False,
        help_text=_("Monthly, by stage; allowances, board and lodging."),
    )  # fmt: skip

    def clean_credit_code(self) -> str:
        """The code as it is kept, if its last sign fits."""
        code = tidy(self.cleaned_data["credit_code"])
        if code and not is_credit_code(code):
            raise forms.ValidationError(
                gettext(
                    "This is no unified social credit code: it has 18 signs, and the last one checks the others."
                )
            )
        return code

    def clean_occupations(self) -> list[tuple[str, int]]:
        """(occupation, apprentices) of each line."""
        found = []
        for line in self._lines("occupations"):
            name, _sign, count = line.rpartition(next(iter(_PAIR.findall(line)[-1:]), ","))
            if not name.strip() or not count.strip().isascii() or not count.strip().isdigit():
                raise forms.ValidationError(
                    gettext("“%(line)s” does not say an occupation and a number, with a comma between.")
                    % {"line": line}
                )
            if not 1 <= int(count) <= MOST_PLACES or len(name.strip()) > LONGEST:
                raise forms.ValidationError(
                    gettext("“%(line)s”: from one to %(most)s apprentices.")
                    % {"line": line, "most": MOST_PLACES}
                )
            found.append((name.strip(), int(count)))
        return found

    def clean_masters(self) -> list[tuple[str, str]]:
        """(name, qualification) of each line."""
        found = []
        for line in self._lines("masters"):
            parts = [part.strip() for part in _PAIR.split(line, maxsplit=1)]
            if len(parts) < 2 or not all(parts):
                raise forms.ValidationError(
                    gettext("“%(line)s” does not say a name and a qualification, with a comma between.")
                    % {"line": line}
                )
            found.append((parts[0], parts[1]))
        return found

    def _lines(self, field: str) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data[field].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(gettext("At most %(most)s lines fit here.") % {"most": MOST_LINES})
        return lines


class EvidenceForm(forms.Form):
    """A file beside a part of the form."""

    line = forms.ChoiceField(label=_("It shows"), choices=list(LINES.items()))
    file = forms.FileField(label=_("A file"), help_text=_("Photo, PDF or office file."))

    def __init__(self, data: Any = None, files: Any = None, **more: Any) -> None:
        super().__init__(data, files, auto_id="evidence_%s", **more)

    def content(self) -> tuple[bytes, str]:
        """(bytes, name) of the file."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise Refused(not_now("kernel.file_too_large", megabytes=LARGEST // 2**20))
        return file.read(), file.name


class AskForm(forms.Form):
    """What is asked back about a line."""

    phrase = words(_("What is to be added or explained"), rows=2, most=LONGEST_PHRASE)

    def __init__(self, data: Any = None, *, line: str, **more: Any) -> None:
        super().__init__(data, auto_id=f"{line}_%s", **more)


class VisitForm(forms.Form):
    """What was seen at the enterprise."""

    on = DayField(_("Day of the visit"))
    fit = forms.TypedChoiceField(
        label=_("Can apprentices learn there?"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("Not as it is"))],
    )  # fmt: skip
    findings = words(pgettext_lazy("of a visit", "Findings"), rows=4)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="visit_%s", **more)


class RegisterForm(forms.Form):
    """As which organisation, and until when."""

    organisation = forms.ChoiceField(label=_("In the tree of organisations"), required=False)
    valid_until = DayField(_("Registered until"))

    def __init__(self, data: Any = None, *, known: Choices, **more: Any) -> None:
        super().__init__(data, auto_id="register_%s", **more)
        fresh = ("", _("a new organisation below the city"))
        self.fields["organisation"].choices = [*known, fresh]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why."""

    because = words(_("Reason"), rows=2, most=LONGEST_PHRASE)

    def __init__(self, data: Any = None, *, key: str, **more: Any) -> None:
        super().__init__(data, auto_id=f"{key}_%s", **more)


class RoomForm(forms.Form):
    """What is there, how many places, until when."""

    workers = forms.IntegerField(
        label=_("Skilled workers of this occupation"), min_value=0, max_value=MOST_WORKERS
    )
    mentors = forms.IntegerField(label=_("Of them qualified as mentors"), min_value=0, max_value=MOST_WORKERS)
    capacity = forms.IntegerField(label=_("Places for apprentices"), min_value=1, max_value=MOST_PLACES)
    valid_from = DayField(_("Valid from"))
    valid_until = DayField(_("Valid until"))
    conditions = words(_("Conditions"), rows=2, required=False)


class PlaceForm(RoomForm):
    """The same of a new one: where, and for which occupation."""

    organisation = forms.ChoiceField(label=_("Enterprise or site"))
    occupation = forms.CharField(
        label=_("Occupation"), max_length=LONGEST, widget=forms.TextInput(attrs={"list": "trades"})
    )
    field_order = ["organisation", "occupation"]

    def __init__(self, data: Any = None, *, organisations: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["organisation"].choices = organisations  # type: ignore[attr-defined]


class ApplyForm(forms.Form):
    """What an enterprise asks the city for."""

    made_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    organisation = forms.ChoiceField(label=_("Enterprise or site"))
    occupation = forms.CharField(
        label=_("Occupation"), max_length=LONGEST, widget=forms.TextInput(attrs={"list": "trades"})
    )
    workers = forms.IntegerField(
        label=_("Skilled workers of this occupation"), min_value=0, max_value=MOST_WORKERS
    )
    mentors = forms.IntegerField(label=_("Of them qualified as mentors"), min_value=0, max_value=MOST_WORKERS)
    capacity = forms.IntegerField(label=_("Places for apprentices"), min_value=1, max_value=MOST_PLACES)
    words = words(
        _("What is there"), rows=4, required=False,
        help_text=_("Machines, rooms, masters and their qualification; what has changed since the last visit."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, organisations: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["organisation"].choices = organisations  # type: ignore[attr-defined]
        if len(organisations) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()


class RuleForm(forms.Form):
    """What the city holds to."""

    workers = forms.IntegerField(label=_("Skilled workers for one apprentice"), min_value=1, max_value=50)
    per_mentor = forms.IntegerField(label=_("Apprentices of one mentor at most"), min_value=1, max_value=50)
    visit = forms.BooleanField(label=_("Nobody is registered without a visit"), required=False)
    level = forms.ChoiceField(
        label=_("When an agreement is begun and no accredited place is free"), choices=list(LEVELS.items())
    )
