"""A bank of questions, sittings, blueprints, figures of questions."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.db import transaction

from craftpath.domain.exams import actions as exams
from craftpath.domain.exams.essays import Essay, essays_of
from craftpath.domain.exams.marking import essays_to_mark, scored
from craftpath.domain.exams.models import (
    Assembly,
    Calibration,
    Item,
    ItemCalibration,
    Package,
    Paper,
    Picture,
    Sitting,
)
from craftpath.domain.exams.outcomes import keep_outcomes, lines_by_version, outcome_of
from craftpath.domain.exams.queries import Tags
from craftpath.domain.exams.wishes import Row, Wish
from craftpath.domain.programmes.queries import outcomes
from craftpath.domain.standards.actions import load_frameworks
from craftpath.domain.standards.queries import skills
from craftpath.values.text import Text
from tests.cast import AT, Cast
from tests.domain.exams.hall import ESSAY, NOBODY, OPENS, RIGHT, answer, begin, opened
from tests.domain.exams.samples import every_kind, single
from tests.domain.exams.sheets import key
from tests.house.furnishing.name import NAME
from tests.photos import picture


def fill_the_bank(cast: Cast) -> Item:
    """An item with a stimulus, a skill, an outcome and an enemy, a picture and a package that waits; once."""
    standing = Item.objects.order_by("pk").first()
    if standing is not None:
        return standing
    by = {"by": cast.actor("coordinator"), "at": AT}
    load_frameworks(**by)
    kept = exams.keep_picture(cast.college, picture(size=(200, 120)), **by)
    shared = exams.write_stimulus(cast.college, title=Text("材料"), body=Text("某车间"), **by)
    item = exams.write_item(cast.college, single(stimulus=shared.public_id), ready=True, **by)
    other = exams.write_item(cast.college, every_kind(kept.public_id)[7], **by)
    tags = Tags((outcomes()[0].pk,), (skills()[0].key,), "easy", enemies=(other.public_id,))
    exams.tag_item(item, tags, **by)
    exams.keep_package(cast.college, one_item(), name="item.xml", **by)
    return item


def in_the_bank(cast: Cast) -> dict[str, str]:
    """Ids for addresses of the bank."""
    item = fill_the_bank(cast)
    return {
        "item": item.public_id,
        "picture": Picture.objects.get().public_id,
        "package": Package.objects.get().public_id,
    }


def one_item() -> bytes:
    """A QTI item with nothing but an essay."""
    body = '<itemBody><p>Why?</p><extendedTextInteraction responseIdentifier="R"/></itemBody>'
    return f'<assessmentItem identifier="x" title="x">{body}</assessmentItem>'.encode()


def sit_together(cast: Cast) -> dict[str, str]:
    """An examination that is published, essays marked and to mark, a sheet of paper settled, an appeal. Once."""
    fill_the_bank(cast)
    row = Sitting.objects.select_related("paper").first()
    if row is None:
        row, codes = opened(cast, marking=exams.EssayPlan(raters=2))
        held = begin(codes["26001"])
        answer(held, RIGHT | {ESSAY: {"text": "先粗后精。"}})
        made_id, sketch = uuid.uuid5(NAME, "sketch"), b"G00 X100\n"
        exams.add_answer_file(held, order=ESSAY, made_id=made_id, content=sketch, by=NOBODY, at=OPENS)
        answer(begin(codes["26002"]), {ESSAY: {"text": "先车端面。"}})
        by = {"by": cast.actor("coordinator"), "at": OPENS}
        exams.name_invigilators(row, [cast.people["administrator"]], **by)
        on_paper = exams.put_on_paper(row.candidates.get(enrolment=cast.enrolments["26003"]), True, **by)
        row = exams.close_sitting(row, **by)
        key(cast, on_paper, "trainer", {ESSAY: ["."]})
        key(cast, on_paper, "coordinator", {1: ["c"], ESSAY: ["."]})
        exams.settle_sheet(on_paper, {1: ["b"]}, **by)
        own = cast.enrolments["26001"].pk
        essay = next(one for one in essays_to_mark(row, by["by"]) if one.candidate.enrolment_id == own)
        exams.mark_essay(essay.candidate, essay.line, points=essay.most, **by)
        moderate(cast, row, essay)
        table = scored(row)
        lines = lines_by_version(table)
        done = [
            outcome_of(table, n, lines, OPENS) for n in range(len(table.candidates)) if not table.waits(n)
        ]
        # As publishing does it, without marks: results may be decided already where a test furnishes.
        with transaction.atomic():
            keep_outcomes(row, done, evaluation=cast.evaluation.public_id, item="final_exam", **by)
        first = row.candidates.earliest("pk")
        exams.lodge_appeal(first, [5], words="请再看一下。", by=cast.actor("apprentice"), at=OPENS)
    first = row.candidates.earliest("pk")
    candidate, appeal = first.public_id, first.appeal.public_id
    essay = essays_of(row)[0].key
    asked = row.paper.lines.select_related("version__item").earliest("order").version.item.public_id
    return {
        "sitting": row.public_id, "paper": row.paper.public_id, "candidate": candidate, "essay": essay,
        "asked": asked, "appeal": appeal,
    }  # fmt: skip


def moderate(cast: Cast, row: Sitting, essay: Essay) -> None:
    """Two markers differ; an administrator settles it and sends the second marker's marks back."""
    of, by = (essay.candidate, essay.line), {"by": cast.actor("administrator"), "at": OPENS}
    exams.mark_essay(*of, points=Decimal(2), by=cast.actor("trainer"), at=OPENS)
    exams.open_marks(row, **by)
    exams.settle_essay(*of, points=Decimal(7), because="切槽漏看", **by)
    exams.return_marks(row, cast.people["trainer"], because="没有按评分要点", **by)


def plan_papers(cast: Cast) -> dict[str, str]:
    """A blueprint of two forms and what was put together by it; ids for addresses. Once."""
    fill_the_bank(cast)
    row = Assembly.objects.select_related("blueprint").first()
    if row is None:
        by = {"by": cast.actor("coordinator"), "at": AT}
        wish = Wish((Row(1, 1, kind="single"),), questions=(1, 1), minutes=10, forms=2, overlap=1)
        plan = exams.make_blueprint(
            wish, organisation=cast.college, made_id=uuid.uuid5(NAME, "plan"), title="期末", **by
        )
        exams.ask_forms(plan, made_id=uuid.uuid5(NAME, "forms"), **by)
        row = Assembly.objects.select_related("blueprint").get()
    return {
        "blueprint": row.blueprint.public_id,
        "assembly": row.public_id,
        "letter": "A",
        "item": row.found["forms"][0][0][0],
    }


def calibrate(cast: Cast) -> None:
    """Figures of a question that somebody kept, as rows: no sitting of the tests is large enough. Once."""
    if Calibration.objects.exists():
        return
    item = fill_the_bank(cast)
    paper = Paper.objects.filter(organisation=cast.college).order_by("pk")[0]
    row = Calibration.objects.create(
        digest="0" * 64,
        organisation=cast.college,
        paper=paper,
        sittings=[],
        n=60,
        kept_by=cast.people["coordinator"],
        kept_at=AT,
    )
    ItemCalibration.objects.create(calibration=row, version=item.newest, n=60, p=0.6)
