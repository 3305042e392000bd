"""Words for surveys: states with their tone, groups and their values, days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.surveys.rules import OTHER
from craftpath.domain.surveys.texts import GROUP_NAMES, OTHER_NAME, ROLE_NAMES, STATES

if TYPE_CHECKING:
    from craftpath.domain.surveys.models import Survey

__all__ = ["day"]
TONES = {"draft": "plain", "open": "attention", "closed": "info", "analysed": "info", "published": "good"}


def state(survey: Survey) -> tuple[str, str]:
    """The name of its state, and the tone of the badge."""
    return str(STATES[survey.state]), TONES.get(survey.state, "plain")


def group_name(group: str) -> str:
    """What a group is called."""
    return str(GROUP_NAMES[group])


def value_name(survey: Survey, group: str, value: str) -> str:
    """The words of a value that is kept; what was given up is called so."""
    if not value or value == OTHER:
        return str(OTHER_NAME)
    if group == "role":
        return str(ROLE_NAMES.get(value, value))
    return text(survey.group_names.get(group, {}).get(value, value))


def cell_name(survey: Survey, at: Mapping[str, str]) -> str:
    """A combination of groups as one line."""
    return " · ".join(value_name(survey, name, at.get(name, "")) for name in survey.groups)


def what_is_kept(survey: Survey, groups: Mapping[str, str]) -> list[tuple[str, str]]:
    """(name of a group, the words of its value) as they will stand beside an answer."""
    return [(group_name(name), value_name(survey, name, groups.get(name, ""))) for name in survey.groups]


def percent(part: int, whole: int) -> int:
    """A share in whole per cent, halves up."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def page(request: Request, survey: Survey, name: str = "survey", **more: Any) -> str:
    """The address of a page of a survey."""
    return reverse(f"surveys:{name}", args=[request.organisation.key, survey.public_id, *more.values()])
