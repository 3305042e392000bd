"""Forms of outside certificates: what stands on one, more evidence, what an officer decides, an issuer."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.days import DayField
from craftpath.delivery.web.shell.fields import KeptFileField, ManyFiles, ManyFilesField
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.certificates import levels
from craftpath.domain.claims.actions import Told
from craftpath.domain.claims.rules import MOST_EVIDENCE
from craftpath.domain.claims.texts import HOW, REFUSING, RETURNING
from craftpath.domain.occupations.queries import occupations
from craftpath.kernel.exhibits import FILE_BYTES

if TYPE_CHECKING:
    from craftpath.domain.claims.models import Claim
    from craftpath.domain.occupations.models import Occupation

MOST_OCCUPATIONS = 300
EARLIEST = date(1950, 1, 1)
ACCEPT = "image/*,application/pdf,.pdf,.json,.jsonld,.jwt"
_BETWEEN = ":"


class IssueDayField(DayField):
    """A day of issue may lie in the last century."""

    def clean(self, value: Any) -> date | None:
        """A day within a working life."""
        found = forms.DateField.clean(self, value)
        if found is not None and not EARLIEST <= found <= date(2100, 1, 1):
            raise forms.ValidationError(gettext("Look at the year again."))
        return found


class FilesField(ManyFilesField):
    """Evidence: each file is measured before it is read."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=ManyFiles(attrs={"accept": ACCEPT}), max_length=255, **more)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files, neither too many nor too large."""
        found = super().clean(data, initial)
        if len(found) > MOST_EVIDENCE:
            raise forms.ValidationError(
                gettext("At most %(most)s files fit. Take one out first.") % {"most": MOST_EVIDENCE}
            )
        if any(one.size > FILE_BYTES for one in found):
            said = gettext("The file is larger than %(megabytes)s MB.") % {"megabytes": FILE_BYTES // 2**20}
            raise forms.ValidationError(said)
        return found


def level_choices() -> list[tuple[str, Any]]:
    """All levels by their schemes, the highest first; the word of a level never stands without its scheme."""
    groups: list[tuple[str, Any]] = [("", gettext("No level of these schemes"))]
    for scheme in levels.schemes():
        rows = [(f"{scheme.key}{_BETWEEN}{one.key}", text(one.name)) for one in reversed(scheme.levels)]
        groups.append((text(scheme.name), rows))
    return groups


class TellForm(forms.Form):
    """What stands on the certificate, in the order in which it is read."""

    title = forms.CharField(
        label=_("What it is called"), max_length=120, help_text=_("As it is printed on the certificate.")
    )
    level = forms.ChoiceField(label=_("Level"), required=False)
    occupation = forms.ChoiceField(label=_("Occupation"), required=False)
    issuer = forms.CharField(
        label=pgettext_lazy("a certificate", "Issued by"),
        max_length=120,
        help_text=_("The name on the seal."),
    )
    number = forms.CharField(label=_("Certificate number"), max_length=120)
    issued_on = IssueDayField(pgettext_lazy("a certificate", "Issued on"))
    valid_until = DayField(
        pgettext_lazy("a certificate", "Valid until"),
        required=False,
        help_text=_("Leave it empty if it does not expire."),
    )

    def __init__(self, data: Any = None, files: Any = None, *, row: Claim | None = None) -> None:
        super().__init__(data, files, initial=_initial(row))
        found = list(occupations()[:MOST_OCCUPATIONS])
        if row is not None and row.occupation is not None and row.occupation not in found:
            found.append(row.occupation)
        self.occupations: Mapping[str, Occupation] = {one.public_id: one for one in found}
        names = [(key, text(one.name)) for key, one in self.occupations.items()]
        self.fields["occupation"].choices = [("", gettext("Another one, or none")), *names]  # type: ignore[attr-defined]
        self.fields["level"].choices = level_choices()  # type: ignore[attr-defined]

    @property
    def told(self) -> Told:
        """What was filled in."""
        given = self.cleaned_data
        scheme, _colon, level = given["level"].partition(_BETWEEN)
        return Told(
            given["title"], given["issuer"], given["number"], given["issued_on"], given["valid_until"], scheme,
            level, self.occupations.get(given["occupation"]),
        )  # fmt: skip


def _initial(row: Claim | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {
        **{name: getattr(row, name) for name in ("title", "issuer", "number", "issued_on", "valid_until")},
        "level": f"{row.scheme}{_BETWEEN}{row.level}" if row.scheme else "",
        "occupation": row.occupation.public_id if row.occupation else "",
        "revision": row.revision,
    }


class ClaimForm(TellForm):
    """The same with the photo, which is what one has in the hand."""

    made_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    evidence = FilesField(
        label=_("Photo, PDF or digital credential"),
        help_text=_("Number and seal must be legible. Where a photo was taken is removed from it."),
    )
    field_order = ("evidence",)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial["made_id"] = uuid.uuid4()


class ChangeForm(TellForm):
    """The same of one that is there."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class FileForm(forms.Form):
    """One more file."""

    file = KeptFileField(label=_("Photo, PDF or digital credential"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["file"].widget.attrs["accept"] = ACCEPT


class _Deciding(forms.Form):
    """What every decision says: about which revision."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    words = forms.CharField(
        label=_("In own words"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, row: Claim, **more: Any) -> None:
        more.setdefault("initial", {}).setdefault("revision", row.revision)
        super().__init__(*args, **more)


class VerifyForm(_Deciding):
    """How it was verified, and that others who claim the number were looked at."""

    how = forms.ChoiceField(
        label=_("How did you verify it?"), choices=list(HOW.items()), widget=forms.RadioSelect
    )
    field_order = ("how", "words")

    def __init__(self, *args: Any, row: Claim, doubles: int, **more: Any) -> None:
        super().__init__(*args, row=row, **more)
        self.fields["words"].label = _("Note for the file")
        if doubles:
            self.initial["doubles"] = doubles
            self.fields["doubles"] = forms.IntegerField(
                widget=forms.HiddenInput, min_value=0, max_value=10_000
            )
            self.fields["looked"] = forms.BooleanField(label=_("I have looked at the other claims."))


class ReturnForm(_Deciding):
    """What is to be put right."""

    phrase = forms.ChoiceField(
        label=_("What is missing?"),
        choices=list(RETURNING.items()),
        widget=forms.RadioSelect,
        required=False,
    )
    field_order = ("phrase", "words")


class RefuseForm(_Deciding):
    """Why it is not so."""

    phrase = forms.ChoiceField(
        label=_("Why not?"), choices=list(REFUSING.items()), widget=forms.RadioSelect, required=False
    )
    field_order = ("phrase", "words")


class IssuerForm(forms.Form):
    """Who signs, and with which key."""

    name = forms.CharField(label=_("Name of the issuer"), max_length=120)
    did = forms.CharField(
        label=_("Identifier (DID)"),
        max_length=200,
        help_text=_("Such as did:web:example.cn or did:key:z6Mk…"),
    )
    public = forms.CharField(
        label=_("Public key"),
        max_length=80,
        required=False,
        help_text=_("For did:web only, as the issuer publishes it: z6Mk…"),
    )
