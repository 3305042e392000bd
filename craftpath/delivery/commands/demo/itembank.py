"""The college's item bank: turning, welding, safety and core skills, every kind, some drafts and one that is retired."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from PIL import Image, ImageDraw

from craftpath.delivery.commands.demo.itembank_texts import CLASS_TEST, WELDING_TEST
from craftpath.delivery.exchange.exams.drafting import read_exam
from craftpath.domain.exams import actions, queries
from craftpath.domain.exams.actions import Draft
from craftpath.domain.exams.content import Content
from craftpath.domain.exams.queries import Tags
from craftpath.domain.programmes.queries import outcomes
from craftpath.domain.standards.queries import skills
from craftpath.engines.scoring import Kind, Rule
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text


def fill_bank(college: Organisation, *, by: Actor, at: datetime) -> None:
    """Some forty items as a college has them, written over the last year by whoever may."""
    month = timedelta(days=30)
    lathe = actions.keep_picture(college, draw_lathe(), name="lathe.png", by=by, at=at - 9 * month)
    weld = actions.keep_picture(college, draw_weld(), name="weld.png", by=by, at=at - 8 * month)
    shared = actions.write_stimulus(
        college,
        title=Text("台阶轴的加工任务", "A stepped shaft to be turned"),
        body=Text(
            "材料 45 钢，毛坯 $\\phi 55 \\times 120$ mm，硬质合金刀具。粗车切削速度 $v_c = 100$ m/min，进给量 $f = 0.3$ mm/r。",
            "Steel C45, blank $\\phi 55 \\times 120$ mm, carbide tool. Roughing: $v_c = 100$ m/min, feed $f = 0.3$ mm/r.",
        ),
        by=by,
        at=at - 9 * month,
    )
    core = [row.key for row in skills()]
    known = [row.pk for row in outcomes()]

    def tags(level: str, seconds: int, skill: int = -1, outcome: int = -1, share: str = "") -> Tags:
        return Tags(
            outcomes=(known[outcome % len(known)],) if outcome >= 0 and known else (),
            skills=(core[skill % len(core)],) if skill >= 0 and core else (),
            difficulty=level,
            expected_p=Decimal(share) if share else None,
            seconds=seconds,
        )

    drafts = [
        Draft(content, tags(*more), ready=True) for content, more in _by_hand(lathe, weld, shared.public_id)
    ]
    written = actions.write_items(college, drafts, by=by, at=at - 8 * month).items
    for text, ago in ((CLASS_TEST, 5), (WELDING_TEST, 3)):
        readings = [one for one in read_exam(text).readings if not one.faulty]
        pasted = [Draft(one.content, tags(one.difficulty or "medium", 60), ready=True) for one in readings]
        actions.write_items(college, pasted, source="text", by=by, at=at - ago * month)
    first, second = written[0], written[1]
    actions.tag_item(
        first, replace(queries.tags_of(first), enemies=(second.public_id,)), by=by, at=at - 2 * month
    )
    old = queries.content_of(first.newest, first.kind)  # type: ignore[arg-type]
    better = replace(
        old, points=Decimal(3), explanation=Text(f"{old.explanation.zh}M05 为主轴停止。", old.explanation.en)
    )
    actions.rewrite_item(first, better, seen=1, by=by, at=at - month)
    actions.retire_items([written[-1]], by=by, at=at - month)


def _rows(*texts: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"key": chr(97 + n), "text": Text(zh, en).as_json()} for n, (zh, en) in enumerate(texts)]


def _choice(
    kind: Kind, stem: Text, right: str, *texts: tuple[str, str], points: int = 2, **more: Any
) -> Content:
    return Content(kind, stem, {"options": _rows(*texts), "right": list(right)}, Decimal(points), **more)


def _by_hand(lathe: Any, weld: Any, shared: str) -> Sequence[tuple[Content, tuple[Any, ...]]]:
    """(content, tags) of the items that somebody wrote one by one; most in both languages."""
    fold = {"case": True, "width": True, "space": True}
    return [
        (_choice(Kind.SINGLE, Text("M03 指令的含义是", "What does M03 do?"), "b", ("程序结束", "End of program"),
                 ("主轴正转", "Spindle on, clockwise"), ("切削液开", "Coolant on"), ("主轴停止", "Spindle stop"),
                 explanation=Text("M03 为主轴正转，M04 为反转。", "M03 turns the spindle clockwise, M04 the other way.")),
         ("easy", 30, -1, 0, "0.90")),
        (_choice(Kind.SINGLE, Text("让主轴顺时针转动的指令是", "Which code turns the spindle clockwise?"), "a", ("M03", "M03"),
                 ("M04", "M04"), ("M05", "M05"), ("M08", "M08")), ("easy", 30, -1, 0)),
        (_choice(Kind.SINGLE, Text("车削细长轴时，为减小径向力，主偏角宜取", "Turning a slender shaft, which approach angle keeps the radial force small?"), "d",
                 ("$45^\\circ$", ""), ("$60^\\circ$", ""), ("$75^\\circ$", ""), ("$90^\\circ$", ""),
                 explanation=Text("主偏角 $\\kappa_r$ 越接近 $90^\\circ$，径向力越小。")), ("hard", 60, -1, 1, "0.45")),
        (_choice(Kind.MULTIPLE, Text("下列哪些属于车工的劳动防护用品？", "Which of these does a turner wear for protection?"), "abd",
                 ("护目镜", "Goggles"), ("工作帽", "Cap"), ("棉纱手套", "Cotton gloves"), ("安全鞋", "Safety shoes"), points=3,
                 rule=Rule.HALF, explanation=Text("车削时戴手套会被卷入。", "Gloves are drawn in by the work.")), ("medium", 60, 3, 2, "0.60")),
        (_choice(Kind.MULTIPLE, Text("切削用量三要素是", "What are the three cutting parameters?"), "abc", ("切削速度", "Cutting speed"), ("进给量", "Feed"),
                 ("背吃刀量", "Depth of cut"), ("刀具前角", "Rake angle"), points=3, rule=Rule.NO_WRONG), ("easy", 45, -1, 1)),
        (_choice(Kind.MULTIPLE, Text("班组里有人说“来不及了，先不戴护目镜”。哪些做法合适？", "Somebody in the team says “no time for goggles”. What is right to do?"),
                 "bc", ("装作没听见", "Not to have heard it"), ("停下来提醒他", "Stop and remind them"), ("和师傅商量怎样把时间排开", "Talk with the mentor about the schedule"),
                 ("自己也不戴", "Take one’s own off, too"), points=4, rule=Rule.EACH), ("medium", 90, 5, -1, "0.75")),
        (Content(Kind.TRUE_FALSE, Text("卡盘扳手用完后可以留在卡盘上。", "The chuck key may stay in the chuck after use."), {"right": ["false"]}, Decimal(1),
                 explanation=Text("开机前必须取下卡盘扳手。", "It is taken out before the machine starts.")), ("easy", 20, 3, 2, "0.95")),
        (Content(Kind.TRUE_FALSE, Text("测量工件必须在主轴停稳以后进行。", "The work is measured only when the spindle stands still."), {"right": ["true"]}), ("easy", 20, 3, 2)),
        (Content(Kind.NUMERIC, Text("工件直径 $d = 50$ mm，转速 $n = 800$ r/min。切削速度 $v_c = \\dfrac{\\pi d n}{1000}$ 是多少？",
                                    "Diameter $d = 50$ mm, speed $n = 800$ r/min. What is the cutting speed $v_c = \\dfrac{\\pi d n}{1000}$?"),
                 {"value": "125.7", "tolerance": "1", "percent": True, "unit": "m/min"}, Decimal(4),
                 explanation=Text("$v_c = \\pi \\times 50 \\times 800 / 1000 = 125.7$ m/min")), ("medium", 120, 1, 1, "0.65")),
        (Content(Kind.NUMERIC, Text("按给定的切削速度，粗车外圆时主轴转速应为多少？", "At the given cutting speed, how fast must the spindle turn for roughing?"),
                 {"value": "579", "tolerance": "15", "percent": False, "unit": "r/min"}, Decimal(4), stimulus=shared), ("medium", 150, 1, 1)),
        (Content(Kind.NUMERIC, Text("按给定的进给量，车 100 mm 长要走刀多少分钟（转速取 579 r/min）？", "At the given feed, how long does a cut of 100 mm take (579 r/min)?"),
                 {"value": "0.58", "tolerance": "0.02", "percent": False, "unit": "min"}, Decimal(4), stimulus=shared), ("hard", 150, 1, 1, "0.40")),
        (Content(Kind.SHORT, Text("G 代码 ____ 表示快速定位，____ 表示直线插补，____ 表示顺时针圆弧插补。", "____ is rapid positioning, ____ a straight cut, ____ a clockwise arc."),
                 {"blanks": [{"key": str(n), "accepted": [f"G0{n - 1}", f"G{n - 1}"]} for n in (1, 2, 3)], "fold": fold}, Decimal(3), Rule.EACH),
         ("medium", 60, -1, 0)),
        (Content(Kind.SHORT, Text("公差等于上极限偏差减去____偏差。", "The tolerance is the upper deviation less the ____ one."),
                 {"blanks": [{"key": "1", "accepted": ["下极限", "下", "lower"]}], "fold": fold}, Decimal(2)), ("easy", 40, -1, 3)),
        (Content(Kind.MATCHING, Text("把量具和它的用途连起来。", "Match each instrument with what it measures."),
                 {"left": _rows(("外径千分尺", "Micrometer"), ("百分表", "Dial gauge"), ("万能角度尺", "Bevel protractor")),
                  "right_side": [{"key": f"r{n}", "text": Text(*words).as_json()} for n, words in enumerate(
                      (("外圆直径", "outside diameter"), ("径向跳动", "run-out"), ("锥度", "taper"), ("表面粗糙度", "roughness")), 1)],
                  "pairs": {"a": "r1", "b": "r2", "c": "r3"}}, Decimal(3), Rule.EACH), ("medium", 90, -1, 3)),
        (Content(Kind.MATCHING, Text("师傅说的话和它的意思怎样对应？", "What does each remark of the mentor mean?"),
                 {"left": _rows(("“先看图再上机”", "“Read the drawing first”"), ("“首件要三检”", "“Check the first piece three times”")),
                  "right_side": [{"key": f"r{n}", "text": Text(*words).as_json()} for n, words in enumerate(
                      (("计划", "planning"), ("质量意识", "care for quality"), ("团队合作", "teamwork")), 1)],
                  "pairs": {"a": "r1", "b": "r2"}}, Decimal(2), Rule.EACH), ("easy", 60, 7)),
        (Content(Kind.ORDERING, Text("排出试切法对刀的步骤。", "Put the steps of setting a tool by a trial cut in order."),
                 {"entries": _rows(("测量试切后的直径", "Measure the diameter"), ("输入刀具补偿", "Enter the offset"), ("启动主轴", "Start the spindle"),
                                   ("试切外圆并沿 Z 向退刀", "Cut and retract along Z")), "order": ["c", "d", "a", "b"]}, Decimal(4), Rule.EACH), ("medium", 90, 2, 0)),
        (Content(Kind.ORDERING, Text("发现油桶着火，按先后排序。", "An oil drum burns. Put in order."),
                 {"entries": _rows(("报警并疏散", "Raise the alarm and clear the room"), ("切断电源", "Switch the power off"), ("用干粉灭火器灭火", "Use the powder extinguisher")),
                  "order": ["b", "a", "c"]}, Decimal(3)), ("medium", 60, 3, 2)),
        (Content(Kind.HOTSPOT, Text("在图上指出尾座。", "Point at the tailstock."),
                 {"picture": lathe.public_id, "width": 640, "height": 320, "right": ["c"], "regions": [
                     {"key": "a", "name": {"zh": "左侧箱体", "en": "box on the left"}, "shape": "rect", "at": ["30", "60", "170", "220"]},
                     {"key": "b", "name": {"zh": "中间滑板", "en": "slide in the middle"}, "shape": "rect", "at": ["280", "130", "390", "225"]},
                     {"key": "c", "name": {"zh": "右侧部件", "en": "part on the right"}, "shape": "rect", "at": ["480", "95", "600", "225"]},
                     {"key": "d", "name": {"zh": "圆盘", "en": "round disc"}, "shape": "circle", "at": ["205", "135", "42"]}]}, Decimal(2)),
         ("easy", 30, -1, 0, "0.85")),
        (Content(Kind.HOTSPOT, Text("焊缝剖面上有两处缺陷，把它们都指出来。", "The section of this weld has two defects. Point at both."),
                 {"picture": weld.public_id, "width": 640, "height": 320, "right": ["a", "c"], "regions": [
                     {"key": "a", "name": {"zh": "1 号区", "en": "area 1"}, "shape": "circle", "at": ["285", "150", "24"]},
                     {"key": "b", "name": {"zh": "2 号区", "en": "area 2"}, "shape": "circle", "at": ["360", "110", "24"]},
                     {"key": "c", "name": {"zh": "3 号区", "en": "area 3"}, "shape": "circle", "at": ["320", "232", "26"]}]}, Decimal(4), Rule.EACH,
                 explanation=Text("1 号是气孔，3 号是未焊透。", "1 is a pore, 3 is lack of penetration.")), ("hard", 60, -1, 4, "0.50")),
        (Content(Kind.ESSAY, Text("写出台阶轴的加工工艺过程，说明每道工序的装夹方法和切削用量。", "Write the process plan of the stepped shaft, with clamping and cutting data of each step."),
                 {"file": True, "lines": 20, "guide": {"zh": "工序完整 5 分；装夹合理 3 分；切削用量合理 4 分。", "en": "complete 5, clamping 3, data 4"}},
                 Decimal(12), stimulus=shared), ("hard", 1200, 2, 1, "0.55")),
        (Content(Kind.ESSAY, Text("您在车间里遇到过什么分歧，是怎样谈妥的？", "Which disagreement did you meet in the shop, and how was it settled?"),
                 {"file": False, "lines": 12, "guide": {"zh": "说清事实 3 分；说出对方的立场 3 分；结果和反思 4 分。"}}, Decimal(10)), ("medium", 900, 6)),
        (_choice(Kind.SINGLE, Text("旧标准中表面粗糙度 $\\nabla 6$ 相当于", "In the old standard, $\\nabla 6$ stands for"), "b",
                 ("$R_a\\ 6.3$", ""), ("$R_a\\ 1.6$", ""), ("$R_a\\ 0.8$", "")), ("hard", 40)),
    ]  # fmt: skip


def draw_lathe() -> bytes:
    """A lathe in a few strokes."""
    image = Image.new("RGB", (640, 320), "white")
    pen = ImageDraw.Draw(image)
    ink, grey = "#3a362f", "#d9d4c8"
    pen.rectangle((20, 225, 620, 255), fill=grey, outline=ink, width=3)
    pen.rectangle((30, 60, 170, 220), fill="#eee9dd", outline=ink, width=3)
    pen.ellipse((165, 95, 245, 175), fill="#e6e0d2", outline=ink, width=3)
    pen.rectangle((245, 122, 470, 148), fill="#c9d6e2", outline=ink, width=3)
    pen.rectangle((290, 175, 380, 222), fill="#eee9dd", outline=ink, width=3)
    pen.rectangle((315, 140, 355, 178), fill=grey, outline=ink, width=3)
    pen.polygon(((468, 135), (505, 118), (505, 152)), fill=grey, outline=ink)
    pen.rectangle((500, 100, 590, 222), fill="#eee9dd", outline=ink, width=3)
    pen.rectangle((40, 255, 120, 305), fill=grey, outline=ink, width=3)
    pen.rectangle((520, 255, 600, 305), fill=grey, outline=ink, width=3)
    return _png(image)


def draw_weld() -> bytes:
    """The section of a butt weld with a pore and an open root."""
    image = Image.new("RGB", (640, 320), "white")
    pen = ImageDraw.Draw(image)
    ink = "#3a362f"
    pen.polygon(((40, 100), (250, 100), (308, 240), (40, 240)), fill="#d9d4c8", outline=ink)
    pen.polygon(((600, 100), (390, 100), (332, 240), (600, 240)), fill="#d9d4c8", outline=ink)
    pen.polygon(((240, 100), (400, 100), (335, 222), (305, 222)), fill="#b8c9d9", outline=ink)
    pen.chord((240, 70, 400, 130), 180, 360, fill="#b8c9d9", outline=ink)
    pen.ellipse((275, 140, 295, 160), fill="white", outline=ink, width=2)
    return _png(image)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
