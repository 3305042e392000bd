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
