"""Lists of skills in the demo: an enterprise's own, published and with the next version begun; a retired one of the
college's; crosswalks to the ILO's list; files that wait, one of them with faults.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.delivery.exchange.frameworks.taking import NEW, keep_file
from craftpath.domain.standards import actions
from craftpath.domain.standards.actions import Content, Level, Node
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Role

DAY = timedelta(days=1)
SCALE = (
    Level("learns", {"zh": "学徒", "en": "Learns"}, {"zh": "跟着师傅做。", "en": "Works beside the master."}),
    Level("holds", {"zh": "顶岗", "en": "Holds the post"}, {"zh": "一个人顶得住。", "en": "Manages alone."}),
    Level("leads", {"zh": "带班", "en": "Leads"}, {"zh": "带得动一个班组。", "en": "Leads a crew."}),
)
# domain: (key, zh, en); skill: (key, zh, en, meaning, indicators, levels)
SHOP = (
    (
        ("order", "现场有规矩", "Order at the workplace"),
        (
            (
                "five_s", "整理整顿", "A place for everything",
                ("工位上只留用得着的，用完放回原处。", "Keeps only what is used, and puts it back."),
                (("下班前工具上墙、台面擦净。", "Tools hang on the wall and the bench is clean after the shift."),
                 ("找一件量具不超过半分钟。", "Finds any gauge within half a minute.")),
                (("提醒了会收。", "Puts away when told."), ("不用人说，天天收。", "Does it daily unasked."),
                 ("全班的工位都像样。", "The whole crew's places look it.")),
            ),
            (
                "check_first", "先点检再开机", "Check before starting",
                ("开机前按表点检，有异常先报。", "Checks by the list before starting and reports what is odd."),
                (("点检表一格不空。", "No box of the check list stays empty."),),
                (("照着表能做全。", "Does it by the list."),
                 ("听声音、看油位就知道不对。", "Hears and sees what is wrong."),
                 ("教新人看什么、听什么。", "Shows newcomers what to look and listen for.")),
            ),
            (
                "waste_bins", "废料分好桶", "Waste in the right bin",
                ("铁屑、铝屑、油布各归各桶。", "Steel, aluminium and oily rags each in their own bin."), (), (),
            ),
        ),
    ),
    (
        ("word", "话说到位", "Words that arrive"),
        (
            (
                "handover", "交接清楚", "Clear handover",
                ("交班写清做到哪、差什么、注意什么。", "Says what is done, what is missing and what to watch."),
                (("下一班不用打电话来问。", "The next shift need not telephone."),),
                (("问一句答一句。", "Answers what is asked."), ("自己写得清。", "Writes it clearly alone."),
                 ("全班的交接本都写得清。", "The whole crew's notes are clear.")),
            ),
            (
                "stop_and_ask", "不懂就停", "Stop and ask",
                ("没把握时先停下来问，不硬干。", "Stops and asks when unsure instead of going on."),
                (("图纸看不准，先问再上刀。", "Asks about the drawing before the first cut."),), (),
            ),
            (
                "report_early", "早报不瞒", "Report early",
                ("出了差错当场报，不藏不拖。", "Reports a slip at once and hides nothing."), (), (),
            ),
        ),
    ),
    (
        ("better", "干得更好", "Better every month"),
        (
            (
                "one_idea", "每月一个点子", "One idea a month",
                ("每个月提一条改善，并试出来。", "Makes one suggestion a month and tries it."),
                (("改善看板上有自己的名字。", "The own name stands on the improvement board."),), (),
            ),
            (
                "one_crew", "活一起干", "One crew",
                ("和班组商量着干，互相搭手，把活干成。", "Works the job out with the crew and gives a hand."),
                (("自己的干完了，去看谁还缺人手。", "Done with the own part, looks who is short of hands."),), (),
            ),
        ),
    ),
)  # fmt: skip
PAIRS = (
    ("five_s", "related", "planning_organising", 2),
    ("check_first", "narrower", "problem_solving_decision_making", 1),
    ("waste_bins", "narrower", "waste_reduction_management", 3),
    ("handover", "narrower", "communication", 3),
    ("stop_and_ask", "related", "communication", 2),
    ("report_early", "related", "emotional_intelligence", 1),
    ("one_idea", "narrower", "creative_innovative_thinking", 3),
    ("one_crew", "exact", "collaboration_teamwork", 3),
)
BAD = (
    "键 key,上级 parent,类别 kind,名称（中文） name_zh,名称（英文） name_en\r\n"
    "weld,,domain,焊接,Welding\r\n"
    "flat,upright,skill,平焊,Flat position\r\n"
    "upright,flat,skill,立焊,Vertical position\r\n"
    "flat,weld,skill,平焊,Flat position\r\n"
    "pipe,pipes,skil,管焊,Pipes\r\n"
)


def keep_lists(places: Places, staff: Staff, by: Actor, *, at: datetime) -> None:
    """All states of a list, and what comes in."""
    there = Actor(places.jinheng, staff.coordinator, frozenset({Role.COORDINATOR}))
    _shop(places, there, at)
    _retired(places, by, at)
    keep_file(
        content=BAD.encode("utf-8-sig"), name="焊接技能清单.csv", into=NEW, organisation=places.college,
        by=by, at=at - DAY,
    )  # fmt: skip


def _shop(places: Places, by: Actor, at: datetime) -> None:
    """The enterprise's list, half a year in use, and a draft of the next version."""
    begun = at - 180 * DAY
    nodes = []
    for (key, zh, en), skills in SHOP:
        nodes.append(Node(key, kind="domain", name={"zh": zh, "en": en}))
        nodes += [_node(key, *skill) for skill in skills]
    content = Content(
        key="jinheng-shop", prefix="jinheng", name={"zh": "金恒现场八条", "en": "Jinheng's eight at the workplace"},
        about={
            "zh": "金恒机械的师傅们自己写的：一个好徒弟在现场要做到的八件事。",
            "en": "Written by the masters of Jinheng: eight things that a good apprentice does at the workplace.",
        },
        publisher="金恒机械", year=begun.year, source="师傅例会讨论稿", levels=SCALE, levels_by="own",
        nodes=tuple(nodes),
    )  # fmt: skip
    row = actions.take_content(content, framework=None, organisation=places.jinheng, by=by, at=begun)
    actions.publish_framework(row, by=by, at=begun + DAY)
    for one, kind, other, strength in PAIRS:
        actions.match_skills(
            f"{row.prefix}-{one}", other, kind=kind, strength=strength, organisation=places.jinheng,
            by=by, at=begun + 2 * DAY,
        )  # fmt: skip
    draft = actions.draft_version(row, by=by, at=at - 3 * DAY)
    actions.change_node(
        draft, f"{row.prefix}-waste_bins", by=by, at=at - 2 * DAY,
        indicators=({"zh": "桶边没有放错的料。", "en": "Nothing lies beside or in the wrong bin."},),
    )  # fmt: skip
    new = Node("", parent=f"{row.prefix}-order", name={"zh": "随手关机关灯", "en": "Switch off what idles"})
    actions.add_node(draft, new, by=by, at=at - 2 * DAY)


def _node(
    parent: str,
    key: str,
    zh: str,
    en: str,
    meaning: tuple[str, str],
    signs: tuple[tuple[str, str], ...],
    levels: tuple[tuple[str, str], ...],
) -> Node:
    return Node(
        key, parent=parent, name={"zh": zh, "en": en}, meaning={"zh": meaning[0], "en": meaning[1]},
        indicators=tuple({"zh": one, "en": other} for one, other in signs),
        levels={level.key: {"zh": one, "en": other} for level, (one, other) in zip(SCALE, levels, strict=False)},
    )  # fmt: skip


def _retired(places: Places, by: Actor, at: datetime) -> None:
    """What the college used before, kept for what is tagged with it."""
    row = actions.draft_framework(
        organisation=places.college, name={"zh": "职业素养（旧）", "en": "Professional conduct (old)"},
        about={"audience": "own", "publisher": "澜川技师学院"}, by=by, at=at - 400 * DAY,
    )  # fmt: skip
    for zh, en in (("守时", "Punctuality"), ("礼貌", "Courtesy"), ("着装", "Dress")):
        actions.add_node(row, Node("", name={"zh": zh, "en": en}), by=by, at=at - 400 * DAY)
    actions.publish_framework(row, by=by, at=at - 399 * DAY)
    actions.retire_framework(row, by=by, at=at - 30 * DAY)
