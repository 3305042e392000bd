"""A launch: a unit, for somebody, in a registration and a session; and what the platform tells the unit of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from craftpath.engines.cmi5.words import SESSION

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unit:
    """An assignable unit: `publisher_id` is its makers' name for it, `activity_id` the platform's own."""

    activity_id: str
    publisher_id: str
    move_on: str = "NotApplicable"
    mastery: float | None = None
    method: str = "AnyWindow"
    parameters: str = ""
    entitlement: str = ""


@dataclass(frozen=True, slots=True)
class Launch:
    """One session of somebody in a unit; `mode` is Normal, Browse or Review."""

    session: str
    registration: str
    actor: Json
    unit: Unit
    mode: str = "Normal"


def context_template(launch: Launch) -> Json:
    """What every statement of this session has in its context."""
    return {
        "contextActivities": {"grouping": [{"id": launch.unit.publisher_id}]},
        "extensions": {SESSION: launch.session},
    }


def launch_data(launch: Launch, return_url: str = "") -> Json:
    """The document `LMS.LaunchData`; what a unit has not, it does not hold."""
    unit = launch.unit
    told: Json = {
        "contextTemplate": context_template(launch),
        "launchMode": launch.mode,
        "launchMethod": unit.method,
        "moveOn": unit.move_on,
    }
    if unit.parameters:
        told["launchParameters"] = unit.parameters
    if unit.mastery is not None:
        told["masteryScore"] = unit.mastery
    if unit.entitlement:
        told["entitlementKey"] = {"courseStructure": unit.entitlement}
    if return_url:
        told["returnURL"] = return_url
    return told
