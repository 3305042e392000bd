"""What people of the demo's pairs wrote to one another."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

GOALS = (
    "独立完成对刀、试切和首件检验",
    "能看懂薄壁件工艺卡并说出装夹理由",
    "三坐标测量一次合格率达到 95 %",
    "会编写宏程序并说明每个变量",
    "能独立处理两类常见报警",
)
TOPICS = (
    ("对刀和试切，讲了让刀的原因。", "练习十件，记录尺寸", "准备薄壁件毛坯"),
    ("看图：形位公差怎么读，基准怎么选。", "画三张工序图", "找一张难一点的图纸"),
    ("换刀后尺寸跑了，一起找原因：刀尖磨损。", "每班首件测三次", ""),
    ("安全：切屑飞溅、护罩、换夹具先断电。", "背熟停机步骤", "下次现场抽查"),
    ("宏程序第一次跑通，循环里少了退刀。", "把注释补全", "带一个椭圆的例子"),
    ("测量：三坐标找正，温度对尺寸的影响。", "", "借恒温室一上午"),
    ("振纹：转速、悬伸、支撑各试了一遍。", "整理对比表", "联系刀具厂"),
    ("复盘本月的废品，两件是装夹，一件是程序。", "写一页小结", ""),
)
MODES = ("bench", "bench", "office", "bench", "online", "bench", "phone", "bench")
ANSWERS = {
    "going_well": (4, "越来越顺手，师傅有耐心。"),
    "explanations": (4, "先讲原因再动手，听得懂。"),
    "time": (2, "旺季的时候一周碰不上一次。"),
    "safety": (5, "每次开机前都一起检查。"),
    "feedback": (4, "做得不好的地方当场就说。"),
    "change": (3, "希望固定一个下午。"),
}
OTHER_ANSWERS = {
    "going_well": (4, "学得快，手上有感觉。"),
    "explanations": (3, "有些理论我讲得不够系统。"),
    "time": (3, "夜班那周时间少。"),
    "safety": (5, "规矩立住了。"),
    "feedback": (4, "愿意听，也会追问。"),
    "change": (4, "多安排编程，少重复件。"),
}
STEPS = "每周三 14:00–16:00 固定带教，夜班周改为线上半小时；下季度以编程为主。"
PRODUCT = (
    "薄壁套减振夹具",
    "用三点浮动支撑代替四爪夹紧，壁厚 2 mm 的套类零件圆度由 0.05 mm 降到 0.015 mm，已在三台车床上使用。",
)
AUDIENCE = "数控车间两个班组，学院机械系主任和教研室"
THANKS = (
    "手艺是一刀一刀练出来的。你肯问、肯记、肯返工，这比天分要紧。往后带徒弟，也这样带。",
    "师傅教我的不只是尺寸，还有收工前把机床擦干净的习惯。谢谢您。",
)
SMALL_GOALS = ("会 PLC 点动与联锁", "会 TIG 平板对接")


def fixture() -> bytes:
    """A drawing of the fixture, as somebody would photograph it from a whiteboard."""
    image = Image.new("RGB", (1200, 900), "#f4f1ea")
    pen = ImageDraw.Draw(image)
    for n in range(0, 1200, 60):
        pen.line((n, 0, n, 900), fill="#e6e1d6")
        pen.line((0, n, 1200, n), fill="#e6e1d6")
    pen.ellipse((320, 170, 880, 730), outline="#1f4e79", width=14)
    pen.ellipse((380, 230, 820, 670), outline="#1f4e79", width=6)
    for x, y in ((600, 150), (348, 590), (852, 590)):
        pen.rectangle((x - 46, y - 46, x + 46, y + 46), fill="#b8731f", outline="#5c3a0d", width=5)
        pen.ellipse((x - 14, y - 14, x + 14, y + 14), fill="#f4f1ea")
    pen.line((600, 450, 600, 196), fill="#b5341f", width=5)
    pen.line((600, 450, 380, 566), fill="#b5341f", width=5)
    pen.line((600, 450, 820, 566), fill="#b5341f", width=5)
    pen.ellipse((584, 434, 616, 466), fill="#b5341f")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()
