"""What people of the demo say in reviews: words of apprentice, mentor and college, how it stands, a goal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """One review in words."""

    colour: str
    because: str
    apprentice: str
    mentor: str
    college: str
    goal: str
    owner: str = "apprentice"


SAID = (
    Said("green", "", "对刀比上个月快了，首件基本一次合格。想早点学编程。",
         "手稳，肯问。量具用完能擦净放回，好习惯。", "理论课跟得上，作业按时交。",
         "独立完成一根阶梯轴，尺寸全部合格"),
    Said("green", "", "跟师傅做了两批法兰，知道先看基准再装夹。", "装夹已经不用我盯，下一步练磨刀。",
         "识图进步明显，公差标注还要多练。", "每周磨三把车刀，拿给师傅看"),
    Said("amber", "日志有两周没写，学时对不上。", "这段时间加班多，回宿舍就忘了写日志。",
         "活干得可以，就是不爱动笔，我也催晚了。", "请每周五下班前补齐，师傅周一确认。",
         "每周五交齐当周日志"),
    Said("green", "", "焊缝气孔少了，会自己看电流大小。", "平焊过关，可以上立焊。", "安全考核满分。",
         "立焊试板外观合格三次"),
    Said("amber", "车间排班临时调整，轮岗没按计划进行。", "一直在同一台设备上，想换岗位看看。",
         "产线赶订单，下月一定安排到磨床。", "已与企业沟通，轮岗计划需要调整。",
         "下月起安排两周磨削岗位", "mentor"),
    Said("green", "", "能独立换夹爪和重新标定了。", "遇到报警先查手册再动手，思路对。",
         "故障诊断课表现积极，可以带一带同学。", "整理一份常见报警处理表"),
    Said("amber", "图样理解慢，影响加工进度。", "剖视图还是看不太懂，不好意思老问。",
         "多问没关系，我每天留十分钟给你讲一张图。", "安排周三晚自习补识图。",
         "四周内看懂班组常用的十张图", "college"),
    Said("red", "连续缺勤四次，家里有事没有请假。", "家里老人住院，我没想到要先说。",
         "人不坏，但不打招呼车间没法排班。", "已与家长联系，按规定办理请假，落下的课补上。",
         "两周内补完缺的课，有事先请假"),
)  # fmt: skip
