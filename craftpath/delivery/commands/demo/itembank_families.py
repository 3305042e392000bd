"""Families of demo items, as every turning shop has them: codes of a control, and the same sums with other figures."""

from __future__ import annotations

from decimal import Decimal
from math import pi
from typing import Any

from craftpath.delivery.commands.demo.itembank_by_hand import choice
from craftpath.domain.exams.content import Content
from craftpath.engines.scoring import Kind
from craftpath.values.text import Text

CODES = (
    ("G00", "快速定位", "rapid positioning"),
    ("G01", "直线插补", "straight line at feed"),
    ("G02", "顺时针圆弧插补", "clockwise arc"),
    ("G03", "逆时针圆弧插补", "counter-clockwise arc"),
    ("G04", "暂停", "dwell"),
    ("G28", "返回参考点", "return to the reference point"),
    ("G41", "刀尖圆弧半径左补偿", "nose radius compensation, left"),
    ("G42", "刀尖圆弧半径右补偿", "nose radius compensation, right"),
    ("G70", "精加工循环", "finishing cycle"),
    ("G71", "外圆粗车循环", "roughing cycle along the axis"),
    ("G96", "恒线速度控制", "constant cutting speed"),
    ("M00", "程序停止", "program stop"),
    ("M08", "切削液开", "coolant on"),
    ("M30", "程序结束并返回起点", "end of program, back to its start"),
)
GAUGES = (
    ("孔 φ30H7 的直径", "the bore φ30H7", "内径百分表", "a bore gauge"),
    ("外圆 φ25h6 的直径", "the outer diameter φ25h6", "外径千分尺", "an outside micrometer"),
    ("轴颈的径向圆跳动", "the run-out of a journal", "百分表", "a dial indicator"),
    ("外圆锥面的角度", "the angle of an outer cone", "万能角度尺", "a bevel protractor"),
    ("外螺纹的中径", "the pitch diameter of an outer thread", "螺纹千分尺", "a thread micrometer"),
)
SPEEDS = ((40, 630), (60, 500), (80, 400), (100, 320), (50, 710), (70, 450))
TURNS = ((100, 40), (120, 60), (90, 50), (150, 80), (80, 32), (110, 70))
FEEDS = ((120, "0.2", 600), (80, "0.1", 800), (200, "0.25", 400), (150, "0.15", 500))
LIMITS = (("+0.025", "-0.010", "0.035"), ("+0.015", "-0.015", "0.03"), ("0", "-0.021", "0.021"))
TAPERS = ((40, 32, 80), (50, 45, 100), (36, 30, 120), (60, 52, 64))


def families() -> list[tuple[Content, tuple[Any, ...]]]:
    """(content, tags) of some forty items."""
    return [*_codes(), *_gauges(), *_speeds(), *_turns(), *_feeds(), *_limits(), *_tapers()]


def _codes() -> list[tuple[Content, tuple[Any, ...]]]:
    found = []
    for n, (code, zh, en) in enumerate(CODES):
        others = [CODES[(n + step) % len(CODES)] for step in (1, 3, 6)]
        texts = [(one[1], one[2]) for one in others]
        texts.insert(n % 4, (zh, en))
        stem = Text(f"{code} 指令的含义是", f"What does {code} do?")
        item = choice(Kind.SINGLE, stem, chr(97 + n % 4), *texts)
        found.append((item, ("easy", 40, -1, 6, f"{0.90 - 0.02 * (n % 7):.2f}")))
    return found


def _gauges() -> list[tuple[Content, tuple[Any, ...]]]:
    found = []
    for n, (what, english, zh, en) in enumerate(GAUGES):
        others = [GAUGES[(n + step) % len(GAUGES)] for step in (1, 2, 3)]
        texts = [(one[2], one[3]) for one in others]
        texts.insert((n + 1) % 4, (zh, en))
        stem = Text(f"测量{what}，应选用", f"With what do you measure {english}?")
        item = choice(Kind.SINGLE, stem, chr(97 + (n + 1) % 4), *texts)
        found.append((item, ("medium", 50, -1, 2, f"{0.74 - 0.02 * n:.2f}")))
    return found


def _number(zh: str, en: str, value: float | str, unit: str, tolerance: str = "1") -> Content:
    figure = value if isinstance(value, str) else f"{value:.1f}"
    details = {"value": figure, "tolerance": tolerance, "percent": True, "unit": unit}
    return Content(Kind.NUMERIC, Text(zh, en), details, Decimal(2))


def _speeds() -> list[tuple[Content, tuple[Any, ...]]]:
    return [
        (
            _number(
                f"车削直径 {d} mm 的外圆，主轴转速 {n} r/min，切削速度是多少？",
                f"A diameter of {d} mm is turned at {n} r/min. What is the cutting speed?",
                pi * d * n / 1000,
                "m/min",
            ),
            ("medium", 150, -1, 6, f"{0.66 - 0.02 * at:.2f}"),
        )
        for at, (d, n) in enumerate(SPEEDS)
    ]


def _turns() -> list[tuple[Content, tuple[Any, ...]]]:
    return [
        (
            _number(
                f"要求切削速度 {v} m/min，工件直径 {d} mm，主轴转速应选多少？",
                f"The cutting speed is to be {v} m/min at a diameter of {d} mm. What speed of the spindle?",
                1000 * v / (pi * d),
                "r/min",
                "2",
            ),
            ("hard", 180, -1, 6, f"{0.50 - 0.02 * at:.2f}"),
        )
        for at, (v, d) in enumerate(TURNS)
    ]


def _feeds() -> list[tuple[Content, tuple[Any, ...]]]:
    return [
        (
            _number(
                f"车削长度 {length} mm，进给量 {feed} mm/r，转速 {n} r/min，走一刀需要多少分钟？",
                f"A length of {length} mm is turned with a feed of {feed} mm/r at {n} r/min. How many minutes?",
                f"{length / (float(feed) * n):.2f}",
                "min",
                "2",
            ),
            ("medium", 150, -1, 6, f"{0.62 - 0.02 * at:.2f}"),
        )
        for at, (length, feed, n) in enumerate(FEEDS)
    ]


def _limits() -> list[tuple[Content, tuple[Any, ...]]]:
    return [
        (
            _number(
                f"尺寸 50 mm 的上偏差为 {high} mm，下偏差为 {low} mm，公差是多少？",
                f"A size of 50 mm has the limits {high} mm and {low} mm. How wide is the tolerance?",
                width,
                "mm",
                "0",
            ),
            ("medium", 90, -1, 1, f"{0.72 - 0.03 * at:.2f}"),
        )
        for at, (high, low, width) in enumerate(LIMITS)
    ]


def _tapers() -> list[tuple[Content, tuple[Any, ...]]]:
    return [
        (
            _number(
                f"圆锥大端直径 {big} mm，小端直径 {small} mm，长度 {length} mm，锥度的分母是多少（1∶x）？",
                f"A cone is {big} mm wide at one end, {small} mm at the other, {length} mm long. "
                "What is x in its taper 1:x?",
                f"{length / (big - small):g}",
                "",
                "1",
            ),
            ("hard", 180, -1, 1, f"{0.46 - 0.02 * at:.2f}"),
        )
        for at, (big, small, length) in enumerate(TAPERS)
    ]
