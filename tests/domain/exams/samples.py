"""One item of every kind, with its key; texts in both languages where it matters."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from craftpath.domain.exams.content import Content
from craftpath.engines.scoring import Kind, Rule
from craftpath.values.text import Text

PICTURE = "zzzzpicture2"


def rows(*texts: str) -> list[dict[str, Any]]:
    """Options, entries or sides with the keys a, b, c …"""
    return [{"key": chr(97 + n), "text": {"zh": text}} for n, text in enumerate(texts)]


def single(**more: Any) -> Content:
    """M03 starts the spindle."""
    options = [
        {"key": "a", "text": {"zh": "程序结束", "en": "End of program"}},
        {"key": "b", "text": {"zh": "主轴正转", "en": "Spindle on, clockwise"}},
        {"key": "c", "text": {"zh": "切削液开", "en": "Coolant on"}},
    ]
    values: dict[str, Any] = {
        "kind": Kind.SINGLE,
        "stem": Text("M03 指令的含义是？", "What does M03 do?"),
        "details": {"options": options, "right": ["b"]},
        "points": Decimal(2),
        "explanation": Text("M03 为主轴正转，M04 为反转。"),
    }
    return Content(**(values | more))


def every_kind(picture: str = PICTURE) -> list[Content]:
    """All nine kinds; the hotspot shows the picture of this id."""
    regions = [
        {"key": "a", "name": {"zh": "卡盘", "en": "Chuck"}, "shape": "rect", "at": ["10", "10", "60", "60"]},
        {"key": "b", "name": {"zh": "尾座", "en": "Tailstock"}, "shape": "circle", "at": ["150", "80", "30"]},
    ]
    return [
        single(),
        Content(
            Kind.MULTIPLE,
            Text("下列哪些属于劳动防护用品？"),
            {"options": rows("护目镜", "工作帽", "手套（车削时）", "安全鞋"), "right": ["a", "b", "d"]},
            Decimal(3),
            Rule.HALF,
        ),
        Content(
            Kind.TRUE_FALSE,
            Text("车削时可以戴手套。", "Gloves may be worn when turning."),
            {"right": ["false"]},
        ),
        Content(
            Kind.NUMERIC,
            Text(r"工件 $d=50\,\text{mm}$，转速 800 r/min，切削速度 $v_c=\frac{\pi d n}{1000}$ 是多少？"),
            {"value": "125.7", "tolerance": "1", "percent": True, "unit": "m/min"},
            Decimal(4),
        ),
        Content(
            Kind.SHORT,
            Text("G 代码 ____ 表示快速定位，____ 表示直线插补。"),
            {
                "blanks": [{"key": "1", "accepted": ["G00", "G0"]}, {"key": "2", "accepted": ["G01", "G1"]}],
                "fold": {"case": True, "width": True, "space": True},
            },
            Decimal(4),
            Rule.EACH,
        ),
        Content(
            Kind.MATCHING,
            Text("把量具和用途连起来。"),
            {
                "left": rows("千分尺", "百分表"),
                "right_side": [
                    {"key": "x", "text": {"zh": "测外径"}},
                    {"key": "y", "text": {"zh": "测跳动"}},
                    {"key": "z", "text": {"zh": "测角度"}},
                ],
                "pairs": {"a": "x", "b": "y"},
            },
            Decimal(2),
            Rule.EACH,
        ),
        Content(
            Kind.ORDERING,
            Text("排出对刀的步骤。"),
            {"entries": rows("输入刀补", "试切外圆", "测量直径"), "order": ["b", "c", "a"]},
            Decimal(3),
        ),
        Content(
            Kind.HOTSPOT,
            Text("在图上指出尾座。", "Point at the tailstock."),
            {"picture": picture, "width": 200, "height": 120, "regions": regions, "right": ["b"]},
            Decimal(2),
        ),
        Content(
            Kind.ESSAY,
            Text("写出一个零件的加工工艺过程。"),
            {"file": True, "lines": 20, "guide": {"zh": "工序完整 5 分，参数合理 5 分"}},
            Decimal(10),
        ),
    ]
