"""The names by which the standard calls things."""

from __future__ import annotations

_ADL, _W3ID = "http://adlnet.gov/expapi/verbs/", "https://w3id.org/xapi/adl/verbs/"
UNITS_VERBS = {f"{_ADL}{one}": one for one in ("initialized", "completed", "passed", "failed", "terminated")}
"""Verbs with which a unit says something that the standard defines."""
PLATFORMS_VERBS = {
    f"{_ADL}launched": "launched",
    **{f"{_W3ID}{one}": one for one in ("abandoned", "waived", "satisfied")},
}
VERBS = {name: iri for iri, name in (UNITS_VERBS | PLATFORMS_VERBS).items()}
VOIDED = f"{_ADL}voided"

_CMI5 = "https://w3id.org/xapi/cmi5/"
DEFINED = f"{_CMI5}context/categories/cmi5"
MOVE_ON = f"{_CMI5}context/categories/moveon"
SESSION = f"{_CMI5}context/extensions/sessionid"
MASTERY = f"{_CMI5}context/extensions/masteryscore"
EXTENSION = f"{_CMI5}context/extensions/"
REASON = f"{_CMI5}result/extensions/reason"
TYPE = f"{_CMI5}activitytype/"

LAUNCH_DATA = "LMS.LaunchData"
PREFERENCES = "cmi5LearnerPreferences"
