"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

_KEPT = (True, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "CatalogueImport": {"made_by": (False, "keep")},
    "Chart": {"made_by": (False, "keep"), "adopted_by": (False, "keep")},
    "Panellist": {
        "chart": _KEPT,
        "person": _KEPT,
        "name": _KEPT,
        "employer": (True, "blank"),
        "years": _KEPT,
        "told_on": _KEPT,
    },
    "Step": {"made_by": (False, "keep")},
    "Verification": {"opened_by": (False, "keep")},
    "Answer": {
        "person": (True, "delete"),
        "mark": (False, "delete"),
        "name": (True, "delete"),
        "group": (True, "delete"),
        "ratings": (True, "delete"),
    },
}
