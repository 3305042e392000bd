"""Rules to start from: examples with made-up or published amounts, and nobody's law. Amounts in minor units of CNY."""

from __future__ import annotations

from typing import Any

PRESETS: dict[str, list[dict[str, Any]]] = {
    # One region's published rate: 200 yuan a month for each apprentice.
    "flat": [
        {
            "key": "flat",
            "name": {"zh": "带徒津贴", "en": "Allowance for an apprentice"},
            "amount": 200_00,
            "kinds": ["master_apprentice"],
        }
    ],
    "ratio": [
        {
            "key": "ratio",
            "name": {"zh": "带徒津贴（按人数）", "en": "Allowance by number"},
            "amount": 200_00,
            "kinds": ["master_apprentice"],
            "ratio": [(2, 1000), (4, 800), (8, 500)],
            "over_capacity": 0,
        }
    ],
    "results": [
        {
            "key": "flat",
            "name": {"zh": "带徒津贴", "en": "Allowance for an apprentice"},
            "amount": 200_00,
            "kinds": ["master_apprentice"],
        },
        {
            "key": "results",
            "name": {"zh": "成绩津贴", "en": "Allowance for results"},
            "component": "results",
            "amount": 100_00,
            "kinds": ["master_apprentice"],
            "results": [(60_00, 500), (80_00, 1000)],
        },
    ],
    "hours": [
        {
            "key": "hours",
            "name": {"zh": "课时津贴", "en": "Allowance by hours"},
            "component": "hours",
            "basis": "apprentice_hour",
            "amount": 5_00,
            "kinds": ["master_apprentice"],
        }
    ],
    "tutors": [
        {
            "key": "tutors",
            "name": {"zh": "导师津贴", "en": "Allowance for tutors"},
            "component": "tutoring",
            "payer": "college",
            "amount": 150_00,
            "kinds": ["college_tutor"],
        }
    ],
}
