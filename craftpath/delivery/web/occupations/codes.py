"""Codes of classifications in forms: typed, or looked for by words of a name in either script; no script is needed.

`CodeField` takes a code as it is. Words that mean one line only become its code; where they mean several, the page
comes again with these to choose from. With scripts they stand below the field while somebody types.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.occupations import catalogues as queries
from craftpath.domain.occupations.classifying import CN, ISCO

if TYPE_CHECKING:
    from craftpath.domain.occupations.models import CatalogueEntry

LONGEST = 60
MOST = 20
PICK = "-pick"
CODE_HINT = gettext_lazy("the code, or words of its name")
LONGEST_CODE = {CN: 20, ISCO: 8}
_CODE = re.compile(r"\d[\w.-]*", re.ASCII)
_NAME = re.compile(r"[\w-]{1,60}", re.ASCII)


class CodeInput(forms.TextInput):
    """A line of text; what was chosen below it counts more."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """The code that was chosen, else what was typed."""
        return data.get(f"{name}{PICK}") or super().value_from_datadict(data, files, name)


class CodeField(forms.CharField):
    """A code of one classification. After a refusal `found` are the lines that the words may mean."""

    widget = CodeInput

    def __init__(self, label: Any, scheme: str, **more: Any) -> None:
        super().__init__(label=label, max_length=LONGEST, **more)
        self.scheme = scheme
        self.found: list[CatalogueEntry] = []

    def clean(self, value: Any) -> str:
        """The code."""
        typed = " ".join(str(super().clean(value)).split())
        if not typed or _CODE.fullmatch(typed):
            if len(typed) > LONGEST_CODE[self.scheme]:
                raise forms.ValidationError(_("No code is as long as this one."))
            return typed
        self.found = lines(self.scheme, typed)
        named = [one for one in self.found if typed.lower() in {said.lower() for said in one.name.values()}]
        for few in (self.found, named):
            if len(few) == 1:
                return few[0].code
        if self.found:
            raise forms.ValidationError(_("Several lines have these words. Choose one, or add a word."))
        raise forms.ValidationError(_("No line has these words. Try others, or type the code."))


def lines(scheme: str, search: str) -> list[CatalogueEntry]:
    """The first lines with these words, each code once; one query."""
    once: dict[str, CatalogueEntry] = {}
    for one in queries.lines_with(scheme, search)[: 2 * MOST]:
        once.setdefault(one.code, one)
    return list(once.values())[:MOST]


@require_GET
def find(request: Request, organisation: str, kind: str) -> HttpResponse:
    """What stands below a field while somebody types in it; the field says its own name, `kind` the classification."""
    name = request.GET.get("name", "")
    if kind not in LONGEST_CODE or (name and not _NAME.fullmatch(name)):
        raise Http404
    search = request.GET.get(name or "q", "").replace("\0", "")[:LONGEST].strip()
    context = {"found": lines(kind, search) if search else [], "name": name}
    return render(request, "occupations/code_lines.html", context)
