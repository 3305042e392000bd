"""The scheme form as a whole: forms in rows, the definition that they stand for, and each fault at its field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from craftpath.delivery.web.programmes.forms import Choices, HeadForm, ItemForm, PartForm
from craftpath.delivery.web.programmes.keys import fresh_key
from craftpath.delivery.web.programmes.sentences import fault_sentence
from craftpath.delivery.web.programmes.typed import NEW_ITEM, Row, Typed, plain, split_rules
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.engines.evaluation import Fault, Mode
from craftpath.values.text import Text

MOST_PARTS, MOST_ITEMS = 20, 200
HUNDRED = Decimal(100)
_PLACE = re.compile(r"component\[(\d+)\](?:\.item\[(\d+)\])?(?:\.(\w+))?")
_RULE = re.compile(r"rule\[(\d+)\](?:\.(\w+))?")


@dataclass(frozen=True)
class PartRows:
    """The forms of one component."""

    number: int
    form: PartForm
    items: list[ItemForm]

    @property
    def title(self) -> str:
        """The part's name as it is being typed, in the reader's language."""
        return _called(self.form)


@dataclass(frozen=True)
class Context:
    """What the form needs to know beside what is typed: the stored definition, areas, rules without a field."""

    definition: Mapping[str, Any]
    areas: Choices
    others: Choices

    @property
    def totals(self) -> bool:
        """Whether weights have to total 100."""
        return not Mode(self.definition.get("mode", "weighted")).grades


@dataclass
class Editor:
    """All forms of one scheme; `judged` ones say what is wrong, others only show what was typed."""

    typed: Typed
    context: Context
    judged: bool = False
    head: HeadForm = field(init=False)
    parts: list[PartRows] = field(init=False)
    rule_places: list[tuple[forms.Form, str | None]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        """Make the forms, bound only if they are to be judged."""
        totals = self.context.totals
        self.head = self._form(
            HeadForm,
            self.typed.head | {"kept": self.typed.kept},
            "",
            others=self.context.others,
            totals=totals,
        )
        self.parts = [
            PartRows(
                n,
                self._form(PartForm, part.row, f"part-{n}"),
                [
                    self._form(ItemForm, row, f"part-{n}-item-{m}", areas=self.context.areas)
                    for m, row in enumerate(part.items)
                ],
            )
            for n, part in enumerate(self.typed.parts)
        ]

    def _form(self, kind: Callable[..., Any], row: Mapping[str, Any], prefix: str, **more: Any) -> Any:
        if not self.judged:
            return kind(initial=dict(row), prefix=prefix or None, use_required_attribute=False, **more)
        data = {f"{prefix}-{name}" if prefix else name: text for name, text in row.items()}
        return kind(data, prefix=prefix or None, use_required_attribute=False, **more)

    @property
    def every_form(self) -> Iterable[forms.Form]:
        """Head, then each part with its items."""
        yield self.head
        for part in self.parts:
            yield part.form
            yield from part.items

    @property
    def complaints(self) -> list[dict[str, str]]:
        """Every fault as a link to its field, for the summary above the form."""
        found = []
        for form in self.every_form:
            where = "" if form is self.head else _called(form)
            for name, errors in form.errors.items():
                bound = form[name] if name in form.fields else None
                words = [where, str(bound.label) if bound else ""]
                for error in errors:
                    found.append(
                        {
                            "target": bound.id_for_label or bound.auto_id
                            if bound
                            else form.prefix or "parts",
                            "where": " · ".join(word for word in words if word),
                            "what": str(error),
                        }
                    )
        return found

    def focus(self, prefix: str) -> None:
        """Let the first field of the row with this prefix take the focus."""
        for form in self.every_form:
            if prefix and form.prefix == prefix:
                form.fields["name_zh"].widget.attrs["autofocus"] = True

    def is_well_formed(self) -> bool:
        """Whether each field can be read at all; too many rows are said here too."""
        if len(self.parts) > MOST_PARTS:
            said = _("A scheme has at most %(most)s parts; these are %(given)s.")
            self.head.add_error(None, said % {"most": MOST_PARTS, "given": len(self.parts)})
        count = sum(len(part.items) for part in self.parts)
        if count > MOST_ITEMS:
            said = _("A scheme has at most %(most)s items; these are %(given)s.")
            self.head.add_error(None, said % {"most": MOST_ITEMS, "given": count})
        verdicts = [form.is_valid() for form in self.every_form]  # each one, so that all faults show at once
        return all(verdicts)

    @property
    def name(self) -> dict[str, str]:
        """The scheme's name as it is stored."""
        return _name(self.head)

    def definition(self) -> dict[str, Any]:
        """The definition that the forms stand for; what has no field stays as it was stored."""
        stored = {row["key"]: row for row in self.context.definition.get("component", [])}
        taken = {str(_value(form, "key")) for part in self.parts for form in (part.form, *part.items)} - {""}
        rows = [self._component(part, stored, taken) for part in self.parts]
        return {
            **self.context.definition,
            "decimals": _whole(_value(self.head, "decimals")),
            "rules_use": _value(self.head, "rules_use"),
            "component": rows,
            "rule": self._rules([row["key"] for row in rows]),
        }

    def _component(self, part: PartRows, stored: Mapping[str, Any], taken: set[str]) -> dict[str, Any]:
        before = stored.get(str(_value(part.form, "was")), {})
        row: dict[str, Any] = {name: before[name] for name in ("grades", "target") if name in before}
        row |= _keyed(part.form, "part", taken) | {
            "weight": _value(part.form, "weight") or None,
            "missing": _value(part.form, "missing"),
            "drop_lowest": _whole(_value(part.form, "drop_lowest") or "0"),
        }
        items = [_item(form, taken) for form in part.items]
        return row | ({"item": items} if items else {})

    def _rules(self, keys: list[str]) -> list[dict[str, Any]]:
        rules: list[dict[str, Any]] = []
        self.rule_places = []
        if "pass_mark" in self.head.fields and (mark := _value(self.head, "pass_mark")):
            rules.append({"kind": "overall_min", "value": mark})
            self.rule_places.append((self.head, "pass_mark"))
        for key, part in zip(keys, self.parts, strict=True):
            if minimum := _value(part.form, "minimum"):
                rules.append({"kind": "component_min", "component": key, "value": minimum})
                self.rule_places.append((part.form, "minimum"))
        kept = set(_value(self.head, "kept") or ()) if "kept" in self.head.fields else set()
        for index, rule in split_rules(self.context.definition)[2].items():
            if str(index) in kept:
                rules.append(dict(rule))
                self.rule_places.append((self.head, "kept"))
        return rules

    def mark(self, faults: Iterable[Fault]) -> None:
        """Show each fault where it is; a field that already says what is wrong is left alone."""
        for fault in faults:
            form, name = self._place(fault.place)
            if name is None or name not in form.errors:
                form.add_error(name, fault_sentence(fault))

    def _place(self, place: str) -> tuple[forms.Form, str | None]:
        form: forms.Form = self.head
        name: str | None = place
        if found := _PLACE.match(place):
            part = self.parts[int(found[1])]
            form, name = part.form, found[3]
            if found[2] is not None and int(found[2]) < len(part.items):
                form = part.items[int(found[2])]
        elif found := _RULE.match(place):
            form, name = self.rule_places[int(found[1])]
        return form, name if name in form.fields else None


def _value(form: forms.Form, name: str) -> Any:
    """The cleaned value, or what was typed where the field itself is at fault."""
    if name in form.cleaned_data:
        return form.cleaned_data[name] or ""
    typed = form[name].value()
    return plain(typed)[:200] if isinstance(typed, str) else typed or ""


def _called(form: forms.Form) -> str:
    typed = {name: str(form[name].value() or "").strip() for name in ("name_zh", "name_en", "key")}
    return text(Text(zh=typed["name_zh"], en=typed["name_en"])) or typed["key"] or "–"


def _whole(text: Any) -> Any:
    """Plain digits as an int, as the definition keeps them; anything else for the engine to refuse."""
    return (
        int(text) if isinstance(text, str) and text.isascii() and text.isdecimal() and len(text) < 9 else text
    )


def _name(form: forms.Form) -> dict[str, str]:
    return Text(zh=str(_value(form, "name_zh")), en=str(_value(form, "name_en"))).as_json()


def _keyed(form: forms.Form, kind: str, taken: set[str]) -> Row | dict[str, Any]:
    name = _name(form)
    key = str(_value(form, "key")) or fresh_key(name.get("en", "") or name.get("zh", ""), kind, taken)
    taken.add(key)
    return {"key": key, "name": name}


def _item(form: ItemForm, taken: set[str]) -> dict[str, Any]:
    return _keyed(form, "item", taken) | {
        "weight": _value(form, "weight") or NEW_ITEM["weight"],
        "max": _value(form, "max") or NEW_ITEM["max"],
        "area": _value(form, "area"),
    }
