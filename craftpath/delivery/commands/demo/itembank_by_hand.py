"""The demo's items that somebody wrote one by one, most in both languages, of every kind."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from craftpath.domain.exams.content import Content
from craftpath.engines.scoring import Kind, Rule
from craftpath.values.text import Text


def rows(*texts: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"key": chr(97 + n), "text": Text(zh, en).as_json()} for n, (zh, en) in enumerate(texts)]


def choice(
    kind: Kind, stem: Text, right: str, *texts: tuple[str, str], points: int = 2, **more: Any
) -> Content:
    return Content(kind, stem, {"options": rows(*texts), "right": list(right)}, Decimal(points), **more)


def by_hand(shared: str) -> list[tuple[Content, tuple[Any, ...]]]:
    """(content, tags) of the items that somebody wrote one by one; most in both languages."""
    fold = {"case": True, "width": True, "space": True}
    return [
        (
            choice(
                Kind.SINGLE,
                Text("M03 指令的含义是", "What does M03 do?"),
                "b",
                ("程序结束", "End of program"),
                ("主轴正转", "Spindle on, clockwise"),
                ("切削液开", "Coolant on"),
                ("主轴停止", "Spindle stop"),
                explanation=Text(
                    "M03 为主轴正转，M04 为反转。", "M03 turns the spindle clockwise, M04 the other way."
                ),
            ),
            ("easy", 30, -1, 0, "0.90"),
        ),
        (
            choice(
                Kind.SINGLE,
                Text("让主轴顺时针转动的指令是", "Which code turns the spindle clockwise?"),
                "a",
                ("M03", "M03"),
                ("M04", "M04"),
                ("M05", "M05"),
                ("M08", "M08"),
            ),
            ("easy", 30, -1, 0),
        ),
        (
            choice(
                Kind.SINGLE,
                Text(
                    "车削细长轴时，为减小径向力，主偏角宜取",
                    "Turning a slender shaft, which approach angle keeps the radial force small?",
                ),
                "d",
                ("$45^\\circ$", ""),
                ("$60^\\circ$", ""),
                ("$75^\\circ$", ""),
                ("$90^\\circ$", ""),
                explanation=Text("主偏角 $\\kappa_r$ 越接近 $90^\\circ$，径向力越小。"),
            ),
            ("hard", 60, -1, 1, "0.45"),
        ),
        (
            choice(
                Kind.MULTIPLE,
                Text("下列哪些属于车工的劳动防护用品？", "Which of these does a turner wear for protection?"),
                "abd",
                ("护目镜", "Goggles"),
                ("工作帽", "Cap"),
                ("棉纱手套", "Cotton gloves"),
                ("安全鞋", "Safety shoes"),
                points=3,
                rule=Rule.HALF,
                explanation=Text("车削时戴手套会被卷入。", "Gloves are drawn in by the work."),
            ),
            ("medium", 60, 3, 2, "0.60"),
        ),
        (
            choice(
                Kind.MULTIPLE,
                Text("切削用量三要素是", "What are the three cutting parameters?"),
                "abc",
                ("切削速度", "Cutting speed"),
                ("进给量", "Feed"),
                ("背吃刀量", "Depth of cut"),
                ("刀具前角", "Rake angle"),
                points=3,
                rule=Rule.NO_WRONG,
            ),
            ("easy", 45, -1, 1),
        ),
        (
            choice(
                Kind.MULTIPLE,
                Text(
                    "班组里有人说“来不及了，先不戴护目镜”。哪些做法合适？",
                    "Somebody in the team says “no time for goggles”. What is right to do?",
                ),
                "bc",
                ("装作没听见", "Not to have heard it"),
                ("停下来提醒他", "Stop and remind them"),
                ("和师傅商量怎样把时间排开", "Talk with the mentor about the schedule"),
                ("自己也不戴", "Take one’s own off, too"),
                points=4,
                rule=Rule.EACH,
            ),
            ("medium", 90, 5, -1, "0.75"),
        ),
        (
            Content(
                Kind.TRUE_FALSE,
                Text("卡盘扳手用完后可以留在卡盘上。", "The chuck key may stay in the chuck after use."),
                {"right": ["false"]},
                Decimal(1),
                explanation=Text("开机前必须取下卡盘扳手。", "It is taken out before the machine starts."),
            ),
            ("easy", 20, 3, 2, "0.95"),
        ),
        (
            Content(
                Kind.TRUE_FALSE,
                Text(
                    "测量工件必须在主轴停稳以后进行。",
                    "The work is measured only when the spindle stands still.",
                ),
                {"right": ["true"]},
            ),
            ("easy", 20, 3, 2),
        ),
        (
            Content(
                Kind.NUMERIC,
                Text(
                    "工件直径 $d = 50$ mm，转速 $n = 800$ r/min。切削速度 $v_c = \\dfrac{\\pi d n}{1000}$ 是多少？",
                    "Diameter $d = 50$ mm, speed $n = 800$ r/min. "
                    "What is the cutting speed $v_c = \\dfrac{\\pi d n}{1000}$?",
                ),
                {"value": "125.7", "tolerance": "1", "percent": True, "unit": "m/min"},
                Decimal(4),
                explanation=Text("$v_c = \\pi \\times 50 \\times 800 / 1000 = 125.7$ m/min"),
            ),
            ("medium", 120, 1, 1, "0.65"),
        ),
        (
            Content(
                Kind.NUMERIC,
                Text(
                    "按给定的切削速度，粗车外圆时主轴转速应为多少？",
                    "At the given cutting speed, how fast must the spindle turn for roughing?",
                ),
                {"value": "579", "tolerance": "15", "percent": False, "unit": "r/min"},
                Decimal(4),
                stimulus=shared,
            ),
            ("medium", 150, 1, 1),
        ),
        (
            Content(
                Kind.NUMERIC,
                Text(
                    "按给定的进给量，车 100 mm 长要走刀多少分钟（转速取 579 r/min）？",
                    "At the given feed, how long does a cut of 100 mm take (579 r/min)?",
                ),
                {"value": "0.58", "tolerance": "0.02", "percent": False, "unit": "min"},
                Decimal(4),
                stimulus=shared,
            ),
            ("hard", 150, 1, 1, "0.40"),
        ),
        (
            Content(
                Kind.SHORT,
                Text(
                    "G 代码 ____ 表示快速定位，____ 表示直线插补，____ 表示顺时针圆弧插补。",
                    "____ is rapid positioning, ____ a straight cut, ____ a clockwise arc.",
                ),
                {
                    "blanks": [{"key": str(n), "accepted": [f"G0{n - 1}", f"G{n - 1}"]} for n in (1, 2, 3)],
                    "fold": fold,
                },
                Decimal(3),
                Rule.EACH,
            ),
            ("medium", 60, -1, 0),
        ),
        (
            Content(
                Kind.SHORT,
                Text(
                    "公差等于上极限偏差减去____偏差。",
                    "The tolerance is the upper deviation less the ____ one.",
                ),
                {"blanks": [{"key": "1", "accepted": ["下极限", "下", "lower"]}], "fold": fold},
                Decimal(2),
            ),
            ("easy", 40, -1, 3),
        ),
        (
            Content(
                Kind.MATCHING,
                Text("把量具和它的用途连起来。", "Match each instrument with what it measures."),
                {
                    "left": rows(
                        ("外径千分尺", "Micrometer"),
                        ("百分表", "Dial gauge"),
                        ("万能角度尺", "Bevel protractor"),
                    ),
                    "right_side": [
                        {"key": f"r{n}", "text": Text(*words).as_json()}
                        for n, words in enumerate(
                            (
                                ("外圆直径", "outside diameter"),
                                ("径向跳动", "run-out"),
                                ("锥度", "taper"),
                                ("表面粗糙度", "roughness"),
                            ),
                            1,
                        )
                    ],
                    "pairs": {"a": "r1", "b": "r2", "c": "r3"},
                },
                Decimal(3),
                Rule.EACH,
            ),
            ("medium", 90, -1, 3),
        ),
        (
            Content(
                Kind.MATCHING,
                Text("师傅说的话和它的意思怎样对应？", "What does each remark of the mentor mean?"),
                {
                    "left": rows(
                        ("“先看图再上机”", "“Read the drawing first”"),
                        ("“首件要三检”", "“Check the first piece three times”"),
                    ),
                    "right_side": [
                        {"key": f"r{n}", "text": Text(*words).as_json()}
                        for n, words in enumerate(
                            (
                                ("计划", "planning"),
                                ("质量意识", "care for quality"),
                                ("团队合作", "teamwork"),
                            ),
                            1,
                        )
                    ],
                    "pairs": {"a": "r1", "b": "r2"},
                },
                Decimal(2),
                Rule.EACH,
            ),
            ("easy", 60, 7),
        ),
        (
            Content(
                Kind.ORDERING,
                Text("排出试切法对刀的步骤。", "Put the steps of setting a tool by a trial cut in order."),
                {
                    "entries": rows(
                        ("测量试切后的直径", "Measure the diameter"),
                        ("输入刀具补偿", "Enter the offset"),
                        ("启动主轴", "Start the spindle"),
                        ("试切外圆并沿 Z 向退刀", "Cut and retract along Z"),
                    ),
                    "order": ["c", "d", "a", "b"],
                },
                Decimal(4),
                Rule.EACH,
            ),
            ("medium", 90, 2, 0),
        ),
        (
            Content(
                Kind.ORDERING,
                Text("发现油桶着火，按先后排序。", "An oil drum burns. Put in order."),
                {
                    "entries": rows(
                        ("报警并疏散", "Raise the alarm and clear the room"),
                        ("切断电源", "Switch the power off"),
                        ("用干粉灭火器灭火", "Use the powder extinguisher"),
                    ),
                    "order": ["b", "a", "c"],
                },
                Decimal(3),
            ),
            ("medium", 60, 3, 2),
        ),
    ]
