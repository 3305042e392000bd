"""What the layout pages post: a workbook, and a name."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.exchange import texts
from craftpath.delivery.exchange.book import SheetRefused
from craftpath.delivery.exchange.layout_kinds import require_opens
from craftpath.kernel.layouts import NAME_LENGTH


class LayoutForm(forms.Form):
    """One workbook or document; why it cannot be opened is the field's error."""

    file = forms.FileField(
        label=_("Choose your workbook or document, or drop it here"),
        error_messages={"empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.docx"}),
    )
    content: bytes

    def clean_file(self) -> object:
        """Open it once, so that nothing is kept that nobody could ever fill."""
        file = self.cleaned_data["file"]
        self.content = file.read()
        try:
            require_opens(self.content)
        except SheetRefused as refused:
            raise forms.ValidationError(texts.refusal(refused)) from refused
        return file


class NameForm(forms.Form):
    """What a layout is called."""

    name = forms.CharField(
        label=_("Name of the layout"), max_length=NAME_LENGTH, help_text=_("As your office calls it.")
    )


class KeepForm(NameForm):
    """The same for one that is new, which may take the place of another."""

    replace = forms.BooleanField(label=_("Replace the layout that is called so"), required=False)
