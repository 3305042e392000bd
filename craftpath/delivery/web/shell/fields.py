"""Fields that forms of several rooms have."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext

from craftpath.kernel.exhibits import LARGEST

_MOMENT = "%Y-%m-%dT%H:%M"


def moment_field(label: Any, hint: Any = "", *, required: bool = True, **more: Any) -> forms.DateTimeField:
    """A day and an hour by the clock of the organisation, which is the current zone of every request."""
    return forms.DateTimeField(
        label=label,
        help_text=hint,
        required=required,
        input_formats=[_MOMENT, "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
        **more,
    )


class KeptFileField(forms.FileField):
    """A file that will be read whole: one larger than any kind may be is refused before that."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=255, **more)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file, if one was chosen."""
        found = super().clean(data, initial)
        if found and found.size > LARGEST:
            said = gettext("The file is larger than %(megabytes)s MB.") % {"megabytes": LARGEST // 2**20}
            raise forms.ValidationError(said)
        return found


class ManyFiles(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """What came with it as a list, each file looked at as a single one is."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files, none of which is empty."""
        return [super(ManyFilesField, self).clean(one, initial) for one in data or ()]
