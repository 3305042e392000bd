"""Forms of curricula: begun from a programme."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.curricula.rules import LONGEST_NAME
from craftpath.domain.programmes.queries import programmes, schemes
from craftpath.values.text import Text


def name_field(label: Any, **more: Any) -> forms.CharField:
    """A name in one of the languages."""
    return forms.CharField(label=label, max_length=LONGEST_NAME, required=False, **more)


class BothNames(forms.Form):
    """A name in two languages, of which one is enough."""

    name_zh = name_field(gettext_lazy("Name in Chinese"))
    name_en = name_field(gettext_lazy("Name in English"))

    def clean(self) -> dict[str, Any]:
        """It has a name in one of the languages."""
        given = super().clean() or {}
        wrong = self.has_error("name_zh") or self.has_error("name_en")
        if not wrong and not given.get("name_zh", "").strip() and not given.get("name_en", "").strip():
            self.add_error("name_zh", _("Write it in at least one language."))
        return given

    def name(self) -> dict[str, str]:
        """As JSON fields keep it."""
        given = self.cleaned_data
        return Text(zh=given["name_zh"].strip(), en=given["name_en"].strip()).as_json()


class StartForm(BothNames):
    """The programme to grow from, with the scheme that judges it, the occupation, and a key for addresses of files."""

    programme = forms.ChoiceField(label=gettext_lazy("Grows from the programme"))
    scheme = forms.ChoiceField(
        label=gettext_lazy("Evaluation scheme"),
        help_text=gettext_lazy("Its parts become the assessments of the first version."),
    )
    occupation_zh = name_field(gettext_lazy("Occupation in Chinese"))
    occupation_en = name_field(gettext_lazy("Occupation in English"))
    key = forms.SlugField(
        label=gettext_lazy("Key"),
        max_length=60,
        help_text=gettext_lazy("Short, in small letters: cnc-turner"),
    )
    field_order = ("name_zh", "name_en", "occupation_zh", "occupation_en", "key", "programme", "scheme")

    def __init__(self, request: Request, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.programmes = {row.public_id: row for row in programmes()}
        self.schemes = {row.public_id: row for row in schemes().exclude(state="retired")}
        self.fields["programme"].choices = [  # type: ignore[attr-defined]
            (key, f"{text(row.name)} · {row.version}") for key, row in self.programmes.items()
        ]
        self.fields["scheme"].choices = [  # type: ignore[attr-defined]
            (key, f"{text(row.name)} {row.version} · {text(row.programme.name)}")
            for key, row in self.schemes.items()
        ]

    def clean(self) -> dict[str, Any]:
        """The scheme judges that programme."""
        given = super().clean()
        programme = self.programmes.get(given.get("programme", ""))
        scheme = self.schemes.get(given.get("scheme", ""))
        if programme and scheme and scheme.programme_id != programme.pk:
            self.add_error("scheme", _("This evaluation scheme belongs to another programme."))
        return given

    def wanted(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        occupation = Text(zh=given["occupation_zh"].strip(), en=given["occupation_en"].strip())
        return {
            "programme": self.programmes[given["programme"]],
            "scheme": self.schemes[given["scheme"]],
            "key": given["key"],
            "name": self.name(),
            "occupation": occupation.as_json(),
        }
