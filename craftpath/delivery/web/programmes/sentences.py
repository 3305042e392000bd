"""Pass rules and faults of a scheme in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from craftpath.delivery.web.programmes.amounts import amount
from craftpath.delivery.web.shell.templatetags.say import listed, points, text
from craftpath.domain.programmes.definition import ComponentInfo
from craftpath.domain.programmes.texts import FAULTS, RULES
from craftpath.engines.evaluation import Fault
from craftpath.values.text import Text


def fault_sentence(fault: Fault) -> str:
    """What is wrong, said once; where it is wrong is shown by the field."""
    template = FAULTS.get(fault.code.removeprefix("evaluation."))
    if template is None:
        return fault.code
    return str(template) % {name: _said(value) for name, value in fault.facts.items()}


def rule_sentence(rule: Mapping[str, Any], names: Mapping[str, Text]) -> str:
    """A pass rule in words; `names` are those of the components by key, in scheme order."""
    template = RULES.get(rule["kind"])
    if template is None:
        return str(rule["kind"])
    said = {key: text(name) for key, name in names.items()}
    keys = rule.get("components") or list(names)
    value = rule.get("value")
    return str(template) % {
        "value": "–" if value is None else points(str(value)),
        "at_least": rule.get("at_least", ""),
        "component": said.get(rule.get("component", ""), rule.get("component", "")),
        "components": listed([said.get(key, key) for key in keys]),
    }


def target_sentence(info: ComponentInfo) -> str:
    """What a part asks for, where it asks for an amount: 8,000 hours."""
    if info.target is None:
        return ""
    return _("Asks for %(amount)s.") % {"amount": amount(info.target, info.unit)}


def supplement_sentence(definition: Mapping[str, Any], names: Mapping[str, Text]) -> str:
    """Where an oral mark may be added, and how it weighs; empty where it may not."""
    given = definition.get("supplement")
    if not given:
        return ""
    facts = {
        "components": listed([text(names[key]) for key in given["components"] if key in names]),
        "existing": given.get("existing", 2),
        "oral": given.get("oral", 1),
        "most": given.get("most", 1),
    }
    template = _(
        "Where it can decide, an oral mark may be added to one of these, at most %(most)s in all: %(components)s. "
        "The existing mark weighs %(existing)s, the oral one %(oral)s."
    )
    return template % facts


def _said(value: Any) -> str:
    if isinstance(value, Decimal):
        return points(value)
    if isinstance(value, Mapping):
        return listed([f"{key}: {inner}" for key, inner in value.items()])
    if isinstance(value, (list, tuple)):
        return listed(value)
    return "–" if value is None else str(value)
