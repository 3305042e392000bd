"""The first form of a site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.words import KIND_NAMES
from craftpath.delivery.web.start.opening import Answers
from craftpath.kernel.people import Person
from craftpath.values.text import Text

MOST_SET_UP = 64 << 10  # bytes of the file that sets a point up
PASSWORD = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class FirstForm(forms.Form):
    """One organisation, one administrator, one language."""

    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=120, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("What it is"), initial="college")
    person = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=80,
        help_text=_("Letters, digits, dot, hyphen; a staff number will do."),
        validators=[RegexValidator(r"^[\w.@+-]+$", _("Use letters, digits, and . - _ only."))],
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 8 characters, and none that many people use."),
        widget=PASSWORD,
    )
    password2 = forms.CharField(label=_("Password, once more"), strip=False, widget=PASSWORD)
    language = forms.ChoiceField(label=_("Your language"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(KIND_NAMES.items())  # type: ignore[attr-defined]
        self.fields["language"].choices = list(settings.LANGUAGES)  # type: ignore[attr-defined]
        self.fields["language"].initial = get_language()

    def clean_username(self) -> str:
        """A name that nobody has, whatever its case."""
        name: str = self.cleaned_data["username"]
        if Person.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(gettext("This sign-in name is taken."), code="taken")
        return name

    def clean(self) -> dict[str, Any]:
        """One name at least, and a password that holds and was typed the same way twice."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not values.get("name_zh") and not values.get("name_en"):
            self.add_error("name_zh", gettext("Give the name in one language at least."))
        first, second = values.get("password1"), values.get("password2")
        if first and second and first != second:
            self.add_error("password2", gettext("The two passwords differ."))
        elif first:
            try:
                validate_password(first, Person(username=values.get("username", "")))
            except forms.ValidationError as fault:
                self.add_error("password1", fault)
        return values

    def answers(self) -> Answers:
        """What was typed, as the action takes it."""
        given = self.cleaned_data
        return Answers(
            organisation=Text(zh=given["name_zh"], en=given["name_en"]),
            kind=given["kind"],
            person=given["person"],
            username=given["username"],
            password=given["password1"],
            language=given["language"],
        )


class PointForm(forms.Form):
    """What was carried from the main site: a file, words that open it, and the first bundle."""

    file = forms.FileField(
        label=_("The file for the laptop"), widget=forms.FileInput(attrs={"accept": ".cps"})
    )
    words = forms.CharField(
        label=_("Words"),
        max_length=60,
        help_text=_("Six groups of four letters and digits."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    bundle = forms.FileField(label=_("The first bundle"), widget=forms.FileInput(attrs={"accept": ".cpb"}))

    def clean_file(self) -> bytes:
        """Its bytes; a larger one is none."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_SET_UP:
            raise forms.ValidationError(_("This file does not set a point up."))
        return bytes(upload.read())
