"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`).

`Answer` and `Ticket` are not here: nothing in them leads to anybody.
"""

PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Survey": {"made_by": (True, "keep")},
    "Asked": {
        "survey": (True, "keep"),
        "person": (True, "keep"),
        "name": (True, "blank"),
        "contact": (True, "blank"),
        "role": (True, "keep"),
        "groups": (True, "keep"),
        "answered": (True, "keep"),
    },
    "NamedAnswer": {
        "asked": (True, "keep"),
        "groups": (True, "keep"),
        "said": (True, "keep"),
        "at": (True, "keep"),
    },
}
