"""One way to choose organisations in any form: the tree, and "and all below", which is ticked unless somebody says no.

`{% put "organisation-pick" field=form.places below=form.below %}` shows them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.templatetags.say import kind, text
from craftpath.kernel.organisations import Organisation

MOST = 2000
"""Organisations that a form offers: a larger tree is chosen by its upper branches."""


def tree(organisation: Organisation) -> list[Organisation]:
    """An organisation and all below it, in the order of the tree; one query."""
    return list(organisation.below().order_by("path")[:MOST])


class _Tree:
    """What both fields know: the organisations by key, how deep each lies, and what it is."""

    known: dict[str, Organisation]
    depths: dict[str, int]
    kinds: dict[str, str]

    def grow(self, rows: Iterable[Organisation]) -> None:
        """Offer these; the choices of the field are their keys."""
        offered = list(rows)
        top = min((row.depth for row in offered), default=0)
        self.known = {row.key: row for row in offered}
        self.depths = {row.key: min(row.depth - top, 5) for row in offered}
        self.kinds = {row.key: kind(row.kind) for row in offered}
        self.choices: Any = [(row.key, text(row.name)) for row in offered]


class PlacesField(_Tree, forms.MultipleChoiceField):
    """Some organisations of a tree; cleaned to organisations."""

    def __init__(self, label: Any, *, help_text: Any = "", required: bool = True) -> None:
        widget = forms.CheckboxSelectMultiple
        super().__init__(label=label, help_text=help_text, widget=widget, required=required)
        self.grow(())

    def clean(self, value: Any) -> list[Organisation]:
        """The organisations, in the order of the tree."""
        keys = set(super().clean(value))
        return [row for key, row in self.known.items() if key in keys]


class PlaceField(_Tree, forms.ChoiceField):
    """One organisation of a tree; cleaned to the organisation."""

    def __init__(self, label: Any, *, help_text: Any = "", required: bool = True) -> None:
        super().__init__(label=label, help_text=help_text, widget=forms.RadioSelect, required=required)
        self.grow(())

    def clean(self, value: Any) -> Organisation | None:
        """The organisation, or None where it may be left out."""
        return self.known.get(super().clean(value))


def below_field() -> forms.BooleanField:
    """Whether all below is meant, too: yes, unless somebody takes the tick away."""
    return forms.BooleanField(label=_("and all below"), required=False, initial=True)
