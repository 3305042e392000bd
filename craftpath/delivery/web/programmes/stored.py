"""From one form to one row of the definition: values as typed, names, keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from craftpath.delivery.web.programmes.forms import GradeForm, ItemForm, RuleForm
from craftpath.delivery.web.programmes.keys import fresh_key
from craftpath.delivery.web.programmes.sourced import SOURCE, source_of_form
from craftpath.delivery.web.programmes.typed import NEW_ITEM, Row, made_up, plain
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.engines.evaluation import RuleKind
from craftpath.engines.evaluation.checking import WITH_VALUE
from craftpath.values.text import Text


def value_of(form: forms.Form, name: str) -> Any:
    """The cleaned value, or what was typed where the field itself is at fault."""
    if name in form.cleaned_data:
        return form.cleaned_data[name] or ""
    typed = form[name].value()
    return plain(typed)[:200] if isinstance(typed, str) else typed or ""


def called(form: forms.Form) -> str:
    """The row's name as typed, in the reader's language, else its key."""
    typed = {name: str(form[name].value() or "").strip() for name in ("name_zh", "name_en", "key")}
    return text(Text(zh=typed["name_zh"], en=typed["name_en"])) or typed["key"] or "–"


def whole(text: Any) -> Any:
    """Plain digits as an int, as the definition keeps them; anything else for the engine to refuse."""
    return (
        int(text) if isinstance(text, str) and text.isascii() and text.isdecimal() and len(text) < 9 else text
    )


def name_of(form: forms.Form) -> dict[str, str]:
    """The name as it is stored."""
    return Text(zh=str(value_of(form, "name_zh")), en=str(value_of(form, "name_en"))).as_json()


def keyed(form: forms.Form, kind: str, taken: set[str]) -> dict[str, Any]:
    """Key and name of a row; a new one gets a key from its name that nobody has yet."""
    name = name_of(form)
    key = str(value_of(form, "key")) or fresh_key(name.get("en", "") or name.get("zh", ""), kind, taken)
    taken.add(key)
    return {"key": key, "name": name}


def item_row(form: ItemForm, taken: set[str]) -> dict[str, Any]:
    """An item as it is stored."""
    return keyed(form, "item", taken) | {
        "weight": value_of(form, "weight") or NEW_ITEM["weight"],
        "max": value_of(form, "max") or NEW_ITEM["max"],
        "area": value_of(form, "area"),
        **source_of_form({name: value_of(form, name) for name in SOURCE}),
    }


def rule_row(row: Row, form: RuleForm, named: list[str]) -> dict[str, Any]:
    """A pass rule as it is stored; `named` are the keys of the parts that it speaks of."""
    kind = str(value_of(form, "kind"))
    rule: dict[str, Any] = {"kind": kind}
    if kind in WITH_VALUE:
        rule["value"] = value_of(form, "value") or None
    if kind == RuleKind.COMPONENT_MIN:
        return rule | {"component": named[0] if named else ""}
    if kind != RuleKind.OVERALL_MIN and named:
        rule["components"] = named
    if kind == RuleKind.COUNT_MIN:
        given = value_of(form, "at_least")
        rule["at_least"] = whole(given) if given else None
    return rule


def final_keys(forms_of: list[GradeForm], stored: Iterable[str]) -> dict[str, str]:
    """typed key → the key to store: a new row's made-up key gives way to one made from its name."""
    known, found = set(stored), dict[str, str]()
    for form in forms_of:
        key, name = str(value_of(form, "key")), name_of(form)
        better = key in known or not made_up(key)
        others = (
            known | set(found.values()) | {str(value_of(one, "key")) for one in forms_of if one is not form}
        )
        found[key] = key if better else fresh_key(name.get("en", ""), key.rstrip("0123456789"), others)
    return found
