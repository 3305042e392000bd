"""The errands of a demo: three things to try, each linked to the page where it is done."""

from __future__ import annotations

from decimal import Decimal
from html import unescape

from craftpath.domain.evaluation.actions import NewMark, record_marks
from craftpath.kernel.sheets import take_sheet
from craftpath.kernel.tenancy import everywhere
from craftpath.values.ref import Ref
from tests.cast import AT


def _mark_from_a_sheet(cast):
    with everywhere("a test records a mark from a sheet"):
        by = cast.actor("coordinator")
        sheet = take_sheet(
            content="学号,考试\n26002,70\n".encode(), name="exam.csv", kind="marks",
            target=Ref("evaluation", "evaluation", cast.evaluation.public_id), reading={},
            organisation=cast.college, by=by, at=AT,
        )  # fmt: skip
        found = [
            NewMark(
                cast.enrolments["26002"].pk, "task2", "scored", Decimal(70), sheet_name="exam", cell="B2"
            ),
            NewMark(
                cast.enrolments["26004"].pk, "task2", "absent", sheet_name="exam", cell="B3", given="缺考"
            ),
            NewMark(cast.enrolments["26004"].pk, "task1", "missing", sheet_name="exam", cell="C3", given="-"),
        ]
        record_marks(cast.evaluation, found, source=sheet, by=by, at=AT)


def test_a_demo_s_coordinator_gets_three_errands_that_lead_somewhere(cast, browse):
    _mark_from_a_sheet(cast)
    client = browse("coordinator")
    found = client.get("/o/lanchuan/").context["errands"]
    assert [errand.title for errand in found] == [
        "Import a sheet",
        "Read a result",
        "Follow a mark to its cell",
    ]
    assert [client.get(errand.url).status_code for errand in found] == [200, 200, 200]
    assert client.get(found[0].file).status_code == 200
    # Later marks of the sheet say "absent" and "not in yet": there would be no figure to follow.
    assert found[2].how == "From a mark of 林浩然 to cell B2 of the sheet that it came in."


def test_an_errand_without_its_thing_is_left_out(browse):
    found = browse("coordinator").get("/o/lanchuan/").context["errands"]
    assert [errand.title for errand in found] == ["Import a sheet", "Read a result"]
    assert browse("stranger").get("/o/dongling/").context["errands"] == []


def test_others_and_real_sites_get_none(browse, settings):
    assert browse("trainer").get("/o/lanchuan/").context["errands"] == []
    settings.DEMO = False
    answer = browse("coordinator").get("/o/lanchuan/")
    assert answer.context["errands"] == []
    assert "/demo/" not in unescape(answer.content.decode())
