"""Which columns name a person, and what export and erasure do with them (see `kernel/personal.py`)."""

_BY = (True, "keep")
PERSONAL: dict[str, dict[str, tuple[bool, str]]] = {
    "Cooperation": {"made_by": _BY},
    "SideDuty": {"made_by": _BY},
    "DutyDone": {"done_by": _BY},
    "RuleBook": {"made_by": _BY},
    "RuleAgreement": {"agreed_by": _BY},
    "Pledge": {"made_by": _BY},
    "Contribution": {"made_by": _BY, "looked_by": (False, "keep")},  # nobody else's name
    "CostStatement": {"made_by": _BY},
    "BalanceLetter": {"issued_by": _BY},
}
