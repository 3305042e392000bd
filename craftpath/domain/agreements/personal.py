"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

Sensitive: `Absence.kind` and `Absence.reason` (health), `Pause.because`, `EarlyLeaving`, the birth date of an
applicant, what somebody is paid (`terms`), and the guardian of a minor. The reason of an absence is opened one at a
time, and told.
"""

PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Application": {
        "name": (True, "blank"),
        "name_latin": (True, "blank"),
        "birth_date": (True, "blank"),
        "contact": (True, "blank"),
        "note": (True, "blank"),
        "made_by": (True, "keep"),
        "ended_by": (True, "keep"),
    },
    "Agreement": {
        "mentor": (True, "keep"),
        "guardian_name": (True, "blank"),
        "guardian_contact": (True, "blank"),
        "guardian_relation": (True, "blank"),
        "terms": (True, "keep"),
        "starts_on": (True, "keep"),
        "ends_on": (True, "keep"),
        "ended_on": (True, "keep"),
        "made_by": (True, "keep"),
    },
    "Waiver": {"reason": (True, "keep"), "made_by": (True, "keep")},
    "Amendment": {
        "before": (True, "keep"),
        "after": (True, "keep"),
        "reason": (True, "keep"),
        "mentor": (True, "keep"),
        "made_by": (True, "keep"),
    },
    "Pause": {"because": (True, "blank"), "starts_on": (True, "keep"), "made_by": (True, "keep")},
    "Absence": {
        "kind": (True, "keep"),
        "reason": (True, "blank"),
        "answer": (True, "blank"),
        "starts_on": (True, "keep"),
        "ends_on": (True, "keep"),
        "made_by": (True, "keep"),
        "ended_by": (True, "keep"),
    },
    "EarlyLeaving": {
        "because": (True, "keep"),
        "initiator": (True, "keep"),
        "note": (True, "blank"),
        "last_day": (True, "keep"),
        "consequences": (True, "keep"),
        "made_by": (True, "keep"),
    },
    "WageFloor": {"entered_by": (True, "keep"), "confirmed_by": (True, "keep")},
}
