"""The demo's evaluation schemes: 3-3-4 with the items that its college marks."""

from __future__ import annotations

from typing import Any

AREAS = (
    "career_aspiration_belief",
    "professional_consciousness",
    "general_professional_knowledge",
    "general_professional_skills",
)


def _item(key: str, zh: str, en: str, weight: int, area: int, top: int = 100) -> dict[str, Any]:
    return {
        "key": key,
        "name": {"zh": zh, "en": en},
        "weight": str(weight),
        "max": str(top),
        "area": AREAS[area],
    }


PROCESS = [
    _item("attendance", "出勤", "Attendance", 1, 1),
    _item("log", "培训日志", "Training log", 1, 1),
    _item("quiz1", "随堂测验一", "Quiz 1", 1, 2, 20),
    _item("quiz2", "随堂测验二", "Quiz 2", 1, 2, 20),
    _item("quiz3", "随堂测验三", "Quiz 3", 1, 2, 20),
    _item("career", "职业素养课", "Career lessons", 1, 0),
    _item("mentor", "师傅评价", "Mentor's appraisal", 2, 1),
]

SOURCES: dict[str, dict[str, Any]] = {
    "attendance": {
        "source": {"kind": "attendance", "late": "0.5", "left_early": "0.5", "at_least": 5},
    },
    "log": {
        "source": {
            "kind": "weeks_confirmed",
            "late": "0.5",
            "within_days": 7,
            "at_least": 4,
            "unanswered": 3,
        },
    },
}

# Two raters, and a third one where they are more than 15 points apart.
RATED = {"raters": {"method": "mean", "raters": 2, "gap": "15", "beyond": "third_rater"}}

TASKS = {
    "welder": [
        _item("task1", "平板对接焊", "Butt weld", 1, 3),
        _item("task2", "管板角焊", "Tube-to-plate fillet", 1, 3),
        _item("task3", "返修项目", "Repair project", 2, 3),
    ],
    "turner": [
        _item("task1", "阶梯轴加工", "Stepped shaft", 1, 3),
        _item("task2", "螺纹配合件", "Threaded fit", 1, 3),
        _item("task3", "夹具改进项目", "Fixture improvement", 2, 3) | RATED,
    ],
    "robot": [
        _item("task1", "示教编程", "Teach-in programming", 1, 3),
        _item("task2", "产线故障排除", "Line fault-finding", 2, 3),
        _item("task3", "节拍优化项目", "Cycle-time project", 2, 3),
    ],
}

EXAM = [
    _item("theory", "理论考试", "Written examination", 2, 2),
    _item("practice", "技能考核", "Practical examination", 3, 3),
]


def definition(occupation: str) -> dict[str, Any]:
    """3-3-4: the lowest quiz-like mark of the process part is dropped, a missing one counts zero.

    The youngest class has its attendance and its log worked out from what was confirmed.
    """
    process = [item | SOURCES.get(item["key"], {}) for item in PROCESS] if occupation == "turner" else PROCESS
    return {
        "mode": "weighted",
        "decimals": 1,
        "rules_use": "rounded",
        "component": [
            _part("process", "过程性评价", "Process evaluation", 30, "zero", 1, process),
            _part("practical_activity", "实践活动评价", "Practical activity evaluation", 30, "incomplete", 0,
                  TASKS[occupation]),
            _part("final_exam", "期末考试", "Final examination", 40, "incomplete", 0, EXAM),
        ],
        "rule": [{"kind": "overall_min", "value": "60"},
                 {"kind": "component_min", "component": "final_exam", "value": "50"}],
    }  # fmt: skip


def _part(
    key: str, zh: str, en: str, weight: int, missing: str, drop: int, items: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "key": key,
        "name": {"zh": zh, "en": en},
        "weight": str(weight),
        "missing": missing,
        "drop_lowest": drop,
        "item": items,
    }
