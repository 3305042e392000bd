"""A scheme from a file, such as `craftpath evaluate` takes: read, checked like a typed one, kept as a draft."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.programmes.editor import MOST_ITEMS, MOST_PARTS
from craftpath.delivery.web.programmes.keys import LONGEST
from craftpath.delivery.web.programmes.sentences import fault_sentence
from craftpath.delivery.web.programmes.to_file import FIGURES
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.programmes import actions, definition, queries
from craftpath.engines.evaluation.lines import line_of, lines_of
from craftpath.kernel.roles import Permission

LARGEST = 256 * 1024  # bytes; a scheme of 200 items has some 20,000
HEAD = (
    "mode",
    "decimals",
    "rules_use",
    "levels",
    "level_names",
    "scale",
    "supplement",
    "contest",
    "assumed",
)
PART = ("key", "weight", "missing", "drop_lowest", "grades", "grade_names", "target", "unit")
ITEM = ("key", "weight", "max", "area", "source", "raters")
RULE = ("kind", "value", "component", "components", "at_least", "table")
WHOLE = ("decimals", "drop_lowest", "at_least", "within_days", "unanswered", "every_days", "raters")
KEY = re.compile(rf"[A-Za-z0-9][A-Za-z0-9_.-]{{0,{LONGEST - 1}}}")
SCHEME_KEY = re.compile(r"[A-Za-z0-9_-]{1,80}")
LONGEST_NAME = 120
MOST = 10**12  # a whole figure above it is left for the engine to refuse
POSITION = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with the file, and on which line; 0 is the file as such."""

    line: int
    what: str


class FileForm(forms.Form):
    """The file, and the programme to which the scheme belongs."""

    programme = forms.ChoiceField(label=gettext_lazy("Programme"))
    file = forms.FileField(
        label=gettext_lazy("Choose the file, or drop it here"),
        error_messages={"empty": gettext_lazy("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A draft takes its programme from a scheme: any of that programme does.
        self.sources = {str(one.programme.public_id): one for one in queries.schemes()}
        self.fields["programme"].choices = [  # type: ignore[attr-defined]
            (
                key,
                _("%(name)s, version %(version)s")
                % {"name": text(one.programme.name), "version": one.programme.version},
            )
            for key, one in self.sources.items()
        ]

    def clean_file(self) -> str:
        """The text of the file."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                _("A scheme file has at most %(most)s KB.") % {"most": LARGEST // 1024}
            )
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("The file is not text in UTF-8.")) from None


@require_http_methods(["GET", "POST"])
@needs(Permission.EDIT_SCHEMES)
def from_file(request: Request, organisation: str) -> HttpResponse:
    """Choose a file; what is wrong with it is said line by line, what holds becomes a draft to go on with."""
    form = FileForm(request.POST or None, request.FILES or None)
    complaints: list[Complaint] = []
    if request.method == "POST" and form.is_valid():
        source = form.sources[form.cleaned_data["programme"]]
        found = read(form.cleaned_data["file"], [area.key for area in queries.areas_of(source.programme_id)])
        if isinstance(found, Found):
            draft = actions.draft_from_file(
                source,
                organisation=request.organisation,
                key=found.key,
                name=found.name,
                definition=found.definition,
                by=request.actor,
                at=request.at,
            )
            return redirect("programmes:edit", request.organisation.key, draft.public_id)
        complaints = found
    crumbs = [step(request, _("Evaluation schemes"), "programmes:schemes"), here(_("From a file"))]
    return render(
        request, "programmes/from_file.html", {"form": form, "complaints": complaints, "crumbs": crumbs}
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A scheme that holds."""

    key: str
    name: dict[str, str]
    definition: dict[str, Any]


def read(content: str, areas: list[str]) -> Found | list[Complaint]:
    """The scheme of a text, or everything that is wrong with it."""
    try:
        table = tomllib.loads(content, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        return [_not_toml(error)]
    reading = _Reading(areas)
    found = Found(
        reading.scheme_key(table), reading.name(table, "", table.get("key")), reading.definition(table)
    )
    lines = lines_of(content)
    told = [Complaint(line_of(lines, place), what) for place, what in reading.faults] or [
        Complaint(line_of(lines, fault.place), fault_sentence(fault))
        for fault in definition.faults(found.definition, found.key)
    ]
    return sorted(told, key=lambda complaint: complaint.line) or found


def _not_toml(error: Exception) -> Complaint:
    message = str(error)
    position = POSITION.search(message)
    why = POSITION.sub("", message).strip() if isinstance(error, ValueError) else type(error).__name__
    return Complaint(int(position[1]) if position else 0, _("This is not TOML: %(why)s") % {"why": why[:200]})


class _Reading:
    """Takes what a definition knows out of a table; whatever else stands there is left behind.

    The engine judges figures and rules. Here is judged what it does not read: keys, names, areas, numbers of rows.
    """

    def __init__(self, areas: list[str]) -> None:
        self.areas = areas
        self.faults: list[tuple[str, str]] = []

    def scheme_key(self, table: Mapping[str, Any]) -> str:
        key = table.get("key")
        if isinstance(key, str) and SCHEME_KEY.fullmatch(key):
            return key
        said = _("The scheme needs a key of letters a–z, digits, - and _, such as welder-334.")
        self.faults.append(("key", said))
        return ""

    def definition(self, table: Mapping[str, Any]) -> dict[str, Any]:
        parts = [
            self.part(row, f"component[{n}].") for n, row in enumerate(self.rows(table, "component", ""))
        ]
        count = sum(len(part.get("item", ())) for part in parts)
        if len(parts) > MOST_PARTS:
            said = _("A scheme has at most %(most)s parts; these are %(given)s.")
            self.faults.append(("component", said % {"most": MOST_PARTS, "given": len(parts)}))
        if count > MOST_ITEMS:
            said = _("A scheme has at most %(most)s items; these are %(given)s.")
            self.faults.append(("component", said % {"most": MOST_ITEMS, "given": count}))
        return {
            **self.known(table, HEAD, ""),
            "component": parts,
            "rule": [
                self.known(row, RULE, f"rule[{n}].") for n, row in enumerate(self.rows(table, "rule", ""))
            ],
        }

    def known(self, row: Mapping[str, Any], names: tuple[str, ...], place: str) -> dict[str, Any]:
        """What a definition knows; a text that could not be shown, nor kept by every database, is a fault."""
        found = _known(row, names)
        for name, value in found.items():
            if not _printable(value):
                self.faults.append((place + name, _("This text holds characters that cannot be shown.")))
        return found

    def part(self, row: Mapping[str, Any], place: str) -> dict[str, Any]:
        found = self.known(row, PART, place) | {"name": self.named(row, place)}
        items = [self.item(one, f"{place}item[{n}].") for n, one in enumerate(self.rows(row, "item", place))]
        # Where no weights are needed a file may leave them out; pages count on one.
        return {"weight": "0", **found} | ({"item": items} if items else {})

    def item(self, row: Mapping[str, Any], place: str) -> dict[str, Any]:
        area = row.get("area", "")
        if area and area not in self.areas:
            said = _("“%(given)s” is not a learning area of this programme.")
            self.faults.append((f"{place}area", said % {"given": str(area)[:80]}))
        return self.known(row, ITEM, place) | {"name": self.named(row, place)}

    def named(self, row: Mapping[str, Any], place: str) -> dict[str, str]:
        key = row.get("key")
        if not isinstance(key, str) or not KEY.fullmatch(key):
            said = _("Use letters a–z, digits and _ only, such as training_log.")
            self.faults.append((f"{place}key", said))
        return self.name(row, place, key)

    def name(self, row: Mapping[str, Any], place: str, default: Any) -> dict[str, str]:
        """A name as text or by language; without one the key is the name."""
        given = row.get("name") or str(default or "")
        by_language = {"zh": given, "en": given} if isinstance(given, str) else given
        known = by_language if isinstance(by_language, Mapping) else {"": ""}
        if not set(known) <= {"zh", "en"} or not all(
            isinstance(one, str) and one.isprintable() and len(one) <= LONGEST_NAME for one in known.values()
        ):
            said = _("A name is a text, or one for zh and one for en, of at most %(most)s characters.")
            self.faults.append((f"{place}name", said % {"most": LONGEST_NAME}))
            return {}
        return {language: one for language, one in known.items() if one}

    def rows(self, table: Mapping[str, Any], name: str, place: str) -> list[Mapping[str, Any]]:
        found = table.get(name, [])
        if isinstance(found, list) and all(isinstance(row, dict) for row in found):
            return found
        self.faults.append((place + name, _("This is not a list of rows.")))
        return []


def _known(row: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _one(name, row[name]) for name in names if name in row}


def _one(name: str, value: Any) -> Any:
    if name in WHOLE and not isinstance(value, dict):
        return _whole(value)
    if name in FIGURES and type(value) is int and abs(value) < MOST:
        return str(value)
    if name in ("source", "raters") and isinstance(value, dict):
        return _source(value)
    return _plain(value)


def _source(value: dict[str, Any]) -> dict[str, Any]:
    """A rule that makes marks: figures as texts, numbers of days and of people as whole ones."""
    found = {name: _one(name, one) for name, one in value.items()}
    steps = value.get("steps")
    if isinstance(steps, list) and all(isinstance(step, dict) for step in steps):
        found["steps"] = [{name: _one(name, one) for name, one in step.items()} for step in steps]
    return found


def _printable(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_printable(key) and _printable(inner) for key, inner in value.items())
    if isinstance(value, list):
        return all(map(_printable, value))
    return not isinstance(value, str) or value.isprintable()


def _whole(value: Any) -> Any:
    """2 for `2.0` and for `"2"`; what is no whole number stays, for the engine to name."""
    try:
        number = Decimal(str(value))
        return int(number) if number == number.to_integral_value() and abs(number) < 10**6 else _plain(value)
    except (ArithmeticError, ValueError):
        return _plain(value)


def _plain(value: Any) -> Any:
    """A TOML value as definitions keep it: decimals as texts without an exponent, as people type them."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, Decimal):
        short = value.is_finite() and abs(value.adjusted()) < 40
        return f"{value:f}" if short else str(value)
    return value if isinstance(value, (str, int, bool)) else str(value)
