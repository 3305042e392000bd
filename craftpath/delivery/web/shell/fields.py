"""Fields that forms of several rooms have."""

from __future__ import annotations

from typing import Any

from django import forms

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


class ManyFiles(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """What came with it as a list, each file looked at as a single one is."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files, none of which is empty."""
        return [super(ManyFilesField, self).clean(one, initial) for one in data or ()]
