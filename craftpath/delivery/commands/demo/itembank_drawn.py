"""The demo's items with a picture, those that a person marks, and an old one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from craftpath.delivery.commands.demo.itembank_by_hand import choice
from craftpath.domain.exams.content import Content
from craftpath.engines.scoring import Kind, Rule
from craftpath.values.text import Text


def drawn(lathe: str, weld: str, shared: str) -> list[tuple[Content, tuple[Any, ...]]]:
    """(content, tags); the pictures and the shared text by their public ids."""
    return [
        (
            Content(
                Kind.HOTSPOT,
                Text("在图上指出尾座。", "Point at the tailstock."),
                {
                    "picture": lathe,
                    "width": 640,
                    "height": 320,
                    "right": ["c"],
                    "regions": [
                        {
                            "key": "a",
                            "name": {"zh": "左侧箱体", "en": "box on the left"},
                            "shape": "rect",
                            "at": ["30", "60", "170", "220"],
                        },
                        {
                            "key": "b",
                            "name": {"zh": "中间滑板", "en": "slide in the middle"},
                            "shape": "rect",
                            "at": ["280", "130", "390", "225"],
                        },
                        {
                            "key": "c",
                            "name": {"zh": "右侧部件", "en": "part on the right"},
                            "shape": "rect",
                            "at": ["480", "95", "600", "225"],
                        },
                        {
                            "key": "d",
                            "name": {"zh": "圆盘", "en": "round disc"},
                            "shape": "circle",
                            "at": ["205", "135", "42"],
                        },
                    ],
                },
                Decimal(2),
            ),
            ("easy", 30, -1, 0, "0.85"),
        ),
        (
            Content(
                Kind.HOTSPOT,
                Text(
                    "焊缝剖面上有两处缺陷，把它们都指出来。",
                    "The section of this weld has two defects. Point at both.",
                ),
                {
                    "picture": weld,
                    "width": 640,
                    "height": 320,
                    "right": ["a", "c"],
                    "regions": [
                        {
                            "key": "a",
                            "name": {"zh": "1 号区", "en": "area 1"},
                            "shape": "circle",
                            "at": ["285", "150", "24"],
                        },
                        {
                            "key": "b",
                            "name": {"zh": "2 号区", "en": "area 2"},
                            "shape": "circle",
                            "at": ["360", "110", "24"],
                        },
                        {
                            "key": "c",
                            "name": {"zh": "3 号区", "en": "area 3"},
                            "shape": "circle",
                            "at": ["320", "232", "26"],
                        },
                    ],
                },
                Decimal(4),
                Rule.EACH,
                explanation=Text("1 号是气孔，3 号是未焊透。", "1 is a pore, 3 is lack of penetration."),
            ),
            ("hard", 60, -1, 4, "0.50"),
        ),
        (
            Content(
                Kind.ESSAY,
                Text(
                    "写出台阶轴的加工工艺过程，说明每道工序的装夹方法和切削用量。",
                    "Write the process plan of the stepped shaft, with clamping and cutting data of each step.",
                ),
                {
                    "file": True,
                    "lines": 20,
                    "guide": {
                        "zh": "工序完整 5 分；装夹合理 3 分；切削用量合理 4 分。",
                        "en": "complete 5, clamping 3, data 4",
                    },
                },
                Decimal(12),
                stimulus=shared,
            ),
            ("hard", 1200, 2, 1, "0.55"),
        ),
        (
            Content(
                Kind.ESSAY,
                Text(
                    "您在车间里遇到过什么分歧，是怎样谈妥的？",
                    "Which disagreement did you meet in the shop, and how was it settled?",
                ),
                {
                    "file": False,
                    "lines": 12,
                    "guide": {"zh": "说清事实 3 分；说出对方的立场 3 分；结果和反思 4 分。"},
                },
                Decimal(10),
            ),
            ("medium", 900, 6),
        ),
        (
            choice(
                Kind.SINGLE,
                Text("旧标准中表面粗糙度 $\\nabla 6$ 相当于", "In the old standard, $\\nabla 6$ stands for"),
                "b",
                ("$R_a\\ 6.3$", ""),
                ("$R_a\\ 1.6$", ""),
                ("$R_a\\ 0.8$", ""),
            ),
            ("hard", 40),
        ),
    ]
