"""The college's item bank: turning, welding, safety and core skills, every kind, and one that is retired."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from craftpath.delivery.commands.demo.itembank_by_hand import by_hand
from craftpath.delivery.commands.demo.itembank_drawn import drawn
from craftpath.delivery.commands.demo.itembank_families import families
from craftpath.delivery.commands.demo.itembank_pictures import draw_lathe, draw_weld
from craftpath.delivery.commands.demo.itembank_texts import CLASS_TEST, WELDING_TEST
from craftpath.delivery.exchange.exams.drafting import read_exam
from craftpath.domain.exams import actions, queries
from craftpath.domain.exams.actions import Draft
from craftpath.domain.exams.queries import Tags
from craftpath.domain.programmes.queries import outcomes
from craftpath.domain.standards.queries import skills
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text


def fill_bank(college: Organisation, *, by: Actor, at: datetime) -> None:
    """Some eighty items as a college has them, written over the last year by whoever may."""
    month = timedelta(days=30)
    lathe = actions.keep_picture(college, draw_lathe(), name="lathe.png", by=by, at=at - 9 * month)
    weld = actions.keep_picture(college, draw_weld(), name="weld.png", by=by, at=at - 8 * month)
    shared = actions.write_stimulus(
        college,
        title=Text("台阶轴的加工任务", "A stepped shaft to be turned"),
        body=Text(
            "材料 45 钢，毛坯 $\\phi 55 \\times 120$ mm，硬质合金刀具。"
            "粗车切削速度 $v_c = 100$ m/min，进给量 $f = 0.3$ mm/r。",
            "Steel C45, blank $\\phi 55 \\times 120$ mm, carbide tool. "
            "Roughing: $v_c = 100$ m/min, feed $f = 0.3$ mm/r.",
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

    written_ones = [*by_hand(shared.public_id), *drawn(lathe.public_id, weld.public_id, shared.public_id)]
    drafts = [Draft(content, tags(*more), ready=True) for content, more in written_ones]
    written = actions.write_items(college, drafts, by=by, at=at - 8 * month).items
    for text, ago in ((CLASS_TEST, 5), (WELDING_TEST, 3)):
        readings = [one for one in read_exam(text).readings if not one.faulty]
        pasted = [Draft(one.content, tags(one.difficulty or "medium", 60), ready=True) for one in readings]
        actions.write_items(college, pasted, source="text", by=by, at=at - ago * month)
    more = [Draft(content, tags(*one), ready=True) for content, one in families()]
    actions.write_items(college, more, by=by, at=at - 2 * month)
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
