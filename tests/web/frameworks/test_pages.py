"""Pages of frameworks: who reads and writes what, what is refused stays, the same queries for few and for many."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from craftpath.delivery.exchange.frameworks.table_out import TEMPLATE, write_book
from craftpath.domain.standards import actions
from craftpath.domain.standards.actions import load_frameworks
from craftpath.domain.standards.content import Level, Node
from craftpath.domain.standards.models import Crosswalk, Framework, Skill
from craftpath.kernel.access import system
from craftpath.kernel.sheets import SheetImport
from tests.cast import AT, Cast
from tests.exchange.frameworks.shape import wrong
from tests.exchange.frameworks.test_reading import package

pytestmark = pytest.mark.usefixtures("all_rows")
ILO = "ilo-core-skills-2021"


@pytest.fixture
def loaded(cast: Cast, all_rows: None) -> Cast:
    load_frameworks(by=system(), at=AT)
    return cast


def client(cast: Cast, who: str = "coordinator") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: str, at: str = "lanchuan") -> str:
    return reverse(f"frameworks:{page}", args=[at, *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def ilo() -> Framework:
    return Framework.objects.get(key=ILO)


def draft(cast: Cast, **about: Any) -> Framework:
    by = cast.actor("coordinator")
    row = actions.draft_framework(
        organisation=cast.college, name={"zh": "车间十条", "en": "Shop rules"}, about=about, by=by, at=AT
    )
    top = actions.add_node(row, Node("", kind="domain", name={"zh": "秩序", "en": "Order"}), by=by, at=AT)
    actions.add_node(row, Node("", parent=top.key, name={"zh": "整理", "en": "Tidy"}), by=by, at=AT)
    return row


def file(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def upload(asks: Client, content: bytes, name: str, **more: str) -> SheetImport:
    answer = asks.post(url("imports"), {"file": file(content, name), **more})
    assert answer.status_code == 302, text(answer)
    return SheetImport.objects.latest("pk")


# ---- Reading -------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["coordinator", "trainer", "apprentice"])
def test_everybody_reads_what_is_published(loaded: Cast, who: str) -> None:
    asks, row = client(loaded, who), ilo()
    page = text(asks.get(url("framework", row.public_id) + "?all&both"))
    assert page.count('<details class="fw-skill') == 19
    assert "The handover note says what is done" in page
    assert "交接班写清了做到哪" in page
    skill = text(asks.get(url("skill", row.public_id, "communication")))
    assert "With guidance" in skill
    assert "Listen and speak" in skill  # by the crosswalk to the list of 2013
    assert asks.get(url("skill", row.public_id, "flying")).status_code == 404


def test_a_draft_is_not_there_for_others(loaded: Cast) -> None:
    row = draft(loaded)
    assert client(loaded).get(url("framework", row.public_id)).status_code == 200
    stranger = client(loaded, "stranger")
    assert stranger.get(url("framework", row.public_id, at="dongling")).status_code == 404
    assert "Shop rules" not in text(stranger.get(url("list", at="dongling")))


@pytest.mark.parametrize("page", ["list", "framework", "edit", "crosswalk"])
def test_a_page_asks_the_same_of_few_and_of_many(loaded: Cast, page: str) -> None:
    asks, by, row = client(loaded), loaded.actor("coordinator"), draft(loaded)
    ids = {"list": (), "crosswalk": (ILO, "ilo-core-work-skills-2013")}.get(page, (row.public_id,))
    counts = []
    for n in range(2):
        asks.get(url(page, *ids))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert asks.get(url(page, *ids)).status_code == 200
        counts.append(len(asked))
        for k in range(3):
            actions.add_node(row, Node("", name={"en": f"More {n} {k}"}), by=by, at=AT)
            actions.draft_framework(
                organisation=loaded.campus, name={"en": f"List {n} {k}"}, about={}, by=by, at=AT
            )
        ends = {"one": "strategic_thinking", "other": ["ilo2013-negotiate", "ilo2013-use_numbers"][n]}
        actions.match_skills(**ends, kind="related", strength=1, organisation=loaded.college, by=by, at=AT)
    assert counts[0] == counts[1]


# ---- Writing -------------------------------------------------------------------------------------


def test_a_list_is_begun_filled_moved_and_published(loaded: Cast) -> None:
    asks = client(loaded)
    answer = asks.post(
        url("new"), {"name_zh": "", "name_en": "", "year": "old", "wording": "own", "audience": "site"}
    )
    assert answer.status_code == 422
    assert "Give it a name" in text(answer) or "whole number" in text(answer)
    about = {"name_en": "Ours", "publisher": "We", "wording": "own", "audience": "own"}
    answer = asks.post(url("new"), about)
    row = Framework.objects.get(state="draft")
    assert answer.url == url("edit", row.public_id)
    levels = {"levels_by": "own", "name-0-en": "Low", "name-1-en": "High", "meaning-1-zh": "高"}
    assert asks.post(url("levels", row.public_id), levels).status_code == 302
    assert asks.post(url("add", row.public_id), {"name_en": "Part", "kind": "domain"}).status_code == 302
    top = Skill.objects.get(framework=row)
    made = {
        "name_zh": "整理", "name_en": "Tidy", "kind": "skill", "under": top.key,
        "indicators_zh": "工具上墙\n\n台面干净", "indicators_en": "Tools hang\nFloor swept",
        "level-l1-en": "When told", "hints_zh": "整理、清扫", "then": "another",
    }  # fmt: skip
    answer = asks.post(url("add", row.public_id), made)
    assert answer.url == url("add", row.public_id) + f"?under={top.key}"
    tidy = Skill.objects.get(name__en="Tidy")
    assert tidy.parent == top
    assert tidy.indicators == [
        {"zh": "工具上墙", "en": "Tools hang"},
        {"en": "Floor swept"},
        {"zh": "台面干净"},
    ]
    assert tidy.levels == {"l1": {"en": "When told"}}
    assert tidy.hints == {"zh": ["整理", "清扫"]}
    page = asks.get(url("node", row.public_id, tidy.key))
    assert "工具上墙\n\n台面干净" in text(page)
    asks.post(url("move", row.public_id, tidy.key), {"move": "out"})
    assert Skill.objects.get(pk=tidy.pk).parent is None
    answer = asks.post(url("move", row.public_id, tidy.key), {"move": "in"}, HTTP_HX_REQUEST="true")
    assert "fw-moved" in text(answer)
    assert asks.post(url("do", row.public_id, "publish")).status_code == 302
    assert asks.post(url("node", row.public_id, tidy.key), made).status_code == 409
    assert asks.post(url("do", row.public_id, "version")).status_code == 302
    second = Framework.objects.get(key=row.key, version=2)
    assert asks.post(url("remove", second.public_id, top.key)).status_code == 302
    asks.post(url("do", second.public_id, "discard"))
    assert asks.get(url("framework", second.public_id)).status_code == 404


def test_two_versions_side_by_side(loaded: Cast) -> None:
    row, by = draft(loaded), loaded.actor("coordinator")
    actions.publish_framework(row, by=by, at=AT)
    second = actions.draft_version(row, by=by, at=AT)
    tidy = Skill.objects.get(framework=second, kind="skill")
    actions.change_node(second, tidy.key, name={"zh": "整顿", "en": "Orderly"}, by=by, at=AT)
    actions.add_node(second, Node("", name={"en": "Swept"}), by=by, at=AT)
    page = text(client(loaded).get(url("compare", second.public_id, row.public_id)))
    assert "<del>整理 Tidy</del>" in page
    assert "<ins>整顿 Orderly</ins>" in page
    assert "1 new" in page
    assert "1 changed" in page


def test_who_only_reads_finds_no_buttons_and_is_refused(loaded: Cast) -> None:
    asks, row = client(loaded, "trainer"), ilo()
    assert "Next version" not in text(asks.get(url("framework", row.public_id)))
    assert asks.post(url("do", row.public_id, "version")).status_code == 403
    # The college edits lists of its own, and not those of the site.
    assert client(loaded).post(url("do", row.public_id, "version")).status_code == 403


def test_skills_are_tied_and_taken_back(loaded: Cast) -> None:
    row, by, asks = draft(loaded), loaded.actor("coordinator"), client(loaded)
    actions.publish_framework(row, by=by, at=AT)
    tidy = Skill.objects.get(framework=row, kind="skill").key
    there = url("crosswalk", row.key, ILO)
    pair = {"one": tidy, "kind": "narrower", "other": "planning_organising", "strength": "2"}
    assert asks.post(there, pair | {"kind": "wider"}).status_code == 422
    assert asks.post(there, pair).status_code == 302
    kept = Crosswalk.objects.get(organisation=loaded.college)
    assert (kept.one, kept.kind) == (
        min(tidy, "planning_organising"),
        "broader" if tidy > "planning_organising" else "narrower",
    )
    assert "Tidy is narrower than Planning and organizing" in text(asks.get(there))
    assert "Planning and organizing is broader than Tidy" in text(asks.get(url("crosswalk", ILO, row.key)))
    for _ in range(2):
        asks.post(url("unmatch", ILO, row.key), {"one": "planning_organising", "other": tidy})
    assert not Crosswalk.objects.filter(organisation=loaded.college).exists()


def test_a_pair_tells_nothing_of_a_list_that_its_reader_does_not_see(loaded: Cast) -> None:
    by = system(loaded.jinheng)
    row = actions.draft_framework(
        organisation=loaded.jinheng, name={"en": "House secrets"}, about={"audience": "own"}, by=by, at=AT
    )
    node = actions.add_node(row, Node("", name={"en": "Hush"}), by=by, at=AT)
    actions.publish_framework(row, by=by, at=AT)
    ways = {"organisation": loaded.city, "by": system(loaded.city), "at": AT}
    actions.match_skills(node.key, "communication", kind="exact", strength=3, **ways)
    for who, seen in (("officer", True), ("coordinator", False)):
        asks, at = client(loaded, who), "lanchuan-bureau" if seen else "lanchuan"
        page = text(asks.get(url("skill", ilo().public_id, "communication", at=at)))
        package = text(asks.get(url("export", ilo().public_id, "json", at=at)))
        assert ("Hush" in page, "Hush" in package) == (seen, seen)


# ---- Out and in ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["json", "xlsx", "csv"])
def test_a_list_goes_out_comes_in_on_an_empty_site_and_goes_out_the_same(loaded: Cast, form: str) -> None:
    """The list of 2021 with its crosswalk; the second site has the list of 2013 already."""
    asks, row = client(loaded), ilo()
    first = asks.get(url("export", row.public_id, form)).content
    if form == "json":
        assert wrong(json.loads(first)) == []
    sheet = upload(asks, first, f"ilo.{form}", into="new")
    page = text(asks.get(url("check", sheet.public_id)))
    assert "23 new" in page
    assert asks.post(url("take", sheet.public_id)).status_code == 302
    made = Framework.objects.get(state="draft")
    assert made.organisation == loaded.college
    again = asks.get(url("export", made.public_id, form)).content
    sheet = upload(asks, again, f"again.{form}")
    assert sheet.reading["into"] == made.public_id
    page = text(asks.get(url("check", sheet.public_id)))
    assert "23 the same" in page
    asks.post(url("take", sheet.public_id))
    if form == "json":
        assert asks.get(url("export", made.public_id, form)).content == again
    assert asks.post(url("take", sheet.public_id)).status_code == 302  # pressed twice
    assert Skill.objects.filter(framework=made).count() == 23


def test_a_filled_form_becomes_a_list(loaded: Cast) -> None:
    asks = client(loaded)
    row = draft(loaded)
    sheet = upload(asks, write_book(TEMPLATE), "form.xlsx", into=row.public_id)
    actions.add_node(row, Node("", name={"en": "Stays"}), by=loaded.actor("coordinator"), at=AT)
    # What the form calls `order` and `tidy` are the keys that the list has already.
    assert "2 changed" in text(asks.get(url("check", sheet.public_id)))
    asks.post(url("take", sheet.public_id))
    names = {one.name["en"] for one in Skill.objects.filter(framework=row)}
    assert names == {"Stays", "Order at work", "Tidy workplace"}
    assert Framework.objects.get(pk=row.pk).name["en"] == "Shop rules"
    assert asks.get(url("template", "xlsx")).status_code == 200


def test_a_file_with_faults_takes_nothing_in_and_stays(loaded: Cast) -> None:
    asks, row = client(loaded), draft(loaded)
    table = "key,parent,name_en\na,,A\nb,d,B\na,,A again\nc,nowhere,C\nd,b,D\nilo2013-negotiate,,N\n"
    sheet = upload(asks, table.encode(), "bad.csv", into=row.public_id)
    page = text(asks.get(url("check", sheet.public_id)))
    assert "A4" in page  # a second a
    assert "goes round in a circle" in page
    assert "nowhere" in page
    assert "ilo2013-negotiate” names a skill of another list" in page
    assert asks.post(url("take", sheet.public_id)).status_code == 409
    assert Skill.objects.filter(framework=row).count() == 2
    assert "bad.csv" in text(asks.get(url("imports")))
    asks.post(url("discard", sheet.public_id))
    assert SheetImport.objects.get(pk=sheet.pk).state == "discarded"
    assert asks.get(reverse("sheets:columns", args=["lanchuan", sheet.public_id])).status_code == 404


def test_the_check_holds_a_file_against_the_draft_that_it_goes_into(loaded: Cast) -> None:
    row, by, asks = draft(loaded), loaded.actor("coordinator"), client(loaded)
    actions.publish_framework(row, by=by, at=AT)
    tidy = Skill.objects.get(framework=row, kind="skill").key
    second = actions.draft_version(row, by=by, at=AT)
    actions.change_node(second, tidy, name={"zh": "整顿", "en": "Orderly"}, by=by, at=AT)
    sheet = upload(asks, f"key,name_en\n{tidy},Orderly\n".encode(), "t.csv", into=row.public_id)
    page = text(asks.get(url("check", sheet.public_id)))
    assert "2 the same" in page  # the skill, and the domain that it goes on hanging on
    asks.post(url("take", sheet.public_id))
    assert Skill.objects.get(framework=second, key=tidy).name == {"zh": "整顿", "en": "Orderly"}


def test_a_list_that_is_gone_is_said_and_none_is_made_instead(loaded: Cast) -> None:
    row, by, asks = draft(loaded), loaded.actor("coordinator"), client(loaded)
    sheet = upload(asks, b"key,name_en\na,A\n", "t.csv", into=row.public_id)
    assert "not there any more" not in text(asks.get(url("check", sheet.public_id)))
    actions.discard_framework(row, by=by, at=AT)
    assert "not there any more" in text(asks.get(url("check", sheet.public_id)))
    many = Framework.objects.count()
    answer = asks.post(url("take", sheet.public_id))
    assert (answer.status_code, Framework.objects.count()) == (409, many)
    assert "not there any more" in text(answer)
    asks.post(url("check", sheet.public_id), {"into": "new"})
    assert asks.post(url("take", sheet.public_id)).status_code == 302


def test_a_draft_can_be_edited_after_a_file_with_another_scale(loaded: Cast) -> None:
    row, by, asks = draft(loaded), loaded.actor("coordinator"), client(loaded)
    actions.set_levels(row, [Level("low", {"en": "Low"})], levels_by="own", by=by, at=AT)
    tidy = Skill.objects.get(framework=row, kind="skill").key
    actions.change_node(row, tidy, levels={"low": {"en": "When told"}}, by=by, at=AT)
    sheet = upload(asks, b"key,name_en,level:high:en\nnew,New,Well\n", "t.csv", into=row.public_id)
    asks.post(url("take", sheet.public_id))
    assert [one["key"] for one in Framework.objects.get(pk=row.pk).levels] == ["low", "high"]
    actions.change_node(row, tidy, name={"en": "Tidier"}, by=by, at=AT)
    assert Skill.objects.get(framework=row, key=tidy).levels == {"low": {"en": "When told"}}


def test_what_would_not_hold_together_with_what_stays_is_told_before_it_is_taken(loaded: Cast) -> None:
    row, asks = draft(loaded), client(loaded)
    top = Skill.objects.get(framework=row, kind="domain")
    inner = Node("", kind="domain", parent=top.key, name={"en": "Inner"})
    actions.add_node(row, inner, by=loaded.actor("coordinator"), at=AT)
    sheet = upload(asks, f"key,name_en,kind\n{top.key},Order,skill\n".encode(), "t.csv", into=row.public_id)
    assert "A domain cannot hang on the skill" in text(asks.get(url("check", sheet.public_id)))
    assert asks.post(url("take", sheet.public_id)).status_code == 409
    assert Skill.objects.get(pk=top.pk).kind == "domain"


@pytest.mark.parametrize(
    "item", [{"x": 10**30}, {"x": "\ud800"}, {"uri": 5}, {"extensions": {"craftpath": {"levels": [1]}}}]
)
def test_a_package_of_any_form_has_its_page_and_takes_nothing_in(loaded: Cast, item: dict[str, Any]) -> None:
    row, asks = draft(loaded), client(loaded)
    sheet = upload(asks, json.dumps(package(item)).encode(), "t.json", into=row.public_id)
    assert "Nothing can be taken in" in text(asks.get(url("check", sheet.public_id)))
    assert asks.post(url("take", sheet.public_id)).status_code == 409
    assert Skill.objects.filter(framework=row).count() == 2


def test_a_text_that_no_cell_holds_is_refused_as_a_workbook_and_goes_out_as_a_package(loaded: Cast) -> None:
    row, asks = draft(loaded), client(loaded)
    Skill.objects.filter(framework=row, kind="skill").update(carried={"strange": {"x": "y" * 40_000}})
    answer = asks.get(url("export", row.public_id, "xlsx"))
    assert answer.status_code == 409
    assert "no cell of a workbook holds" in text(answer)
    assert "y" * 40_000 in text(asks.get(url("export", row.public_id, "json")))


def test_the_picker_groups_by_list_and_domain_and_keeps_what_is_stored(loaded: Cast) -> None:
    from craftpath.delivery.web.frameworks.choosing import skill_groups

    with override("en"):
        groups = dict(skill_groups(kept=["typed-anything"], stored=["stored-long-ago", "communication"]))
    assert groups.pop("No longer offered") == [("stored-long-ago", "stored-long-ago")]
    assert len([name for name in groups if name.startswith("Core skills for life")]) == 4
    offered = [key for some in groups.values() for key, _name in some]
    assert offered.count("communication") == 1
    assert "ilo2013-work_with_others" in offered
    assert "typed-anything" not in offered
