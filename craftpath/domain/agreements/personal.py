"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

Sensitive: `Absence.kind` and `Absence.reason` (health), `Pause.because`, `EarlyLeaving`, the birth date of an
applicant, what somebody is paid (`terms`), and the guardian of a minor. The reason of an absence is opened one at a
time, and told.
"""

# Whoever applied and was taken.
WAYS: dict[str, tuple[str, ...]] = {"Application": ("enrolment__person",)}

PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Application": {
        "enrolment": (True, "keep"),
        "name": (True, "blank"),
        "name_latin": (True, "blank"),
        "birth_date": (True, "blank"),
        "contact": (True, "blank"),
        "note": (True, "blank"),
        "made_by": (True, "keep"),
        "ended_by": (True, "keep"),
    },
    "Agreement": {
        "enrolment": (True, "keep"),
        "kind": (True, "keep"),
        "state": (True, "keep"),
        "jurisdiction": (True, "keep"),
        "active_on": (True, "keep"),
        "registered_on": (True, "keep"),
        "registration_no": (True, "keep"),
        "made_at": (True, "keep"),
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
    "Waiver": {
        "item": (True, "keep"),
        "reason": (True, "keep"),
        "made_by": (True, "keep"),
        "made_at": (True, "keep"),
    },
    "Amendment": {
        "changed": (True, "keep"),
        "takes_effect_on": (True, "keep"),
        "state": (True, "keep"),
        "made_at": (True, "keep"),
        "ended_at": (True, "keep"),
        "before": (True, "keep"),
        "after": (True, "keep"),
        "reason": (True, "keep"),
        "mentor": (True, "keep"),
        "made_by": (True, "keep"),
    },
    "Pause": {
        "because": (True, "blank"),
        "starts_on": (True, "keep"),
        "until": (True, "keep"),
        "resumed_on": (True, "keep"),
        "made_by": (True, "keep"),
        "made_at": (True, "keep"),
    },
    "Absence": {
        "state": (True, "keep"),
        "made_at": (True, "keep"),
        "ended_at": (True, "keep"),
        "kind": (True, "keep"),
        "reason": (True, "blank"),
        "answer": (True, "blank"),
        "starts_on": (True, "keep"),
        "ends_on": (True, "keep"),
        "made_by": (True, "keep"),
        "ended_by": (True, "keep"),
    },
    "EarlyLeaving": {
        "told_on": (True, "keep"),
        "made_at": (True, "keep"),
        "because": (True, "keep"),
        "initiator": (True, "keep"),
        "note": (True, "blank"),
        "last_day": (True, "keep"),
        "taken_back_at": (True, "keep"),
        "taken_back_by": (True, "keep"),
        "taken_back_because": (True, "blank"),
        "consequences": (True, "keep"),
        "made_by": (True, "keep"),
    },
    "WageFloor": {"entered_by": (True, "keep"), "confirmed_by": (True, "keep")},
}
