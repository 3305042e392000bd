"""What items can be tagged with: outcomes of programmes and core skills, as choices of a form."""

from __future__ import annotations

from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.programmes.queries import outcomes
from craftpath.domain.standards.queries import skills

Choices = list[tuple[str, str]]


def skill_choices() -> Choices:
    """Every core skill by its key; one query."""
    return [(key, name) for key, name in {row.key: text(row.name) for row in skills()}.items()]


def outcome_choices() -> Choices:
    """Every outcome of the programmes that the reader sees, with its unit; one query."""
    return [(str(row.pk), f"{text(row.unit.name)} · {text(row.name)}") for row in outcomes()]
