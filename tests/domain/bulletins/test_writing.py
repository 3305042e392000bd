"""Beginning, composing and writing a bulletin."""

from __future__ import annotations

import io
import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PIL import Image

from craftpath.domain.bulletins import actions, queries, rules
from craftpath.domain.bulletins.counted import bars_of
from craftpath.domain.bulletins.figures import PROVIDERS, Figure
from craftpath.domain.bulletins.models import Block, Bulletin
from craftpath.domain.bulletins.places import PLACES
from craftpath.domain.workshops import actions as workshops
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.files import KeptFile
from craftpath.values.text import Text
from tests.cast import AT, TODAY, Cast
from tests.domain.bulletins.world import (
    ALT,
    LEAD,
    LOOK,
    begun,
    maker,
    pictured,
    published,
    refused,
    save,
    second,
    written,
)
from tests.domain.workshops.world import FIRST, SECOND, came, day_of, opened
from tests.photos import picture

pytestmark = pytest.mark.usefixtures("all_rows")


def told(code: str) -> int:
    return AuditEntry.objects.filter(fact=f"bulletins.{code}").count()


# ---- Beginning --------------------------------------------------------------------------------------


def test_a_bulletin_begins_with_all_places_empty_and_once(cast: Cast) -> None:
    made = uuid.uuid4()
    row, again = begun(cast, made_id=made), begun(cast, made_id=made, number=9)
    assert row == again
    assert list(queries.blocks_of(row)) == [place.key for place in PLACES]
    assert {block.revision for block in row.blocks.all()} == {0}
    assert told("begun") == 1


def test_a_number_stands_once_and_the_next_free_one_is_named(cast: Cast) -> None:
    begun(cast, number=7)
    with refused("bulletins.number_taken") as found:
        begun(cast, number=7)
    assert found.value.verdict.facts == {"number": 7, "free": 8}
    assert begun(cast).number == 8


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"number": 0}, "bulletins.number_unclear"),
        ({"look": replace(LOOK, until=LOOK.since - timedelta(days=1))}, "bulletins.period_unclear"),
        ({"look": replace(LOOK, since=date(2020, 1, 1))}, "bulletins.period_unclear"),
        ({"look": replace(LOOK, theme="pink")}, "bulletins.look_unknown"),
    ],
)
def test_what_is_no_bulletin_is_not_begun(cast: Cast, more: dict[str, object], reason: str) -> None:
    with refused(reason):
        begun(cast, **more)
    assert not Bulletin._base_manager.exists()


@pytest.mark.parametrize("who", ["apprentice", "trainer", "auditor"])
def test_only_the_office_makes_bulletins(cast: Cast, who: str) -> None:
    with refused("kernel.role_lacks"):
        begun(cast, by=cast.actor(who))


def test_the_name_of_another_form_makes_nothing(cast: Cast) -> None:
    row = begun(cast)
    with refused("bulletins.form_used"):
        begun(cast, made_id=row.made_id, by=second(cast))


# ---- Writing ----------------------------------------------------------------------------------------


def test_a_block_is_saved_once_however_often_it_is_sent(cast: Cast) -> None:
    row = begun(cast)
    first = save(cast, row, "lead", LEAD, 0)
    again = save(cast, row, "lead", LEAD, 0)
    assert (first.revision, again.revision) == (1, 1)
    assert told("block_changed") == 1


def test_nobody_writes_over_words_that_he_has_not_read(cast: Cast) -> None:
    row = begun(cast)
    save(cast, row, "lead", LEAD, 0)
    other = LEAD | {"head": {"zh": "另一个标题"}}
    with refused("bulletins.changed_meanwhile") as found:
        save(cast, row, "lead", other, 0, by=second(cast))
    assert found.value.verdict.facts == {"who": cast.people["coordinator"].name}
    assert queries.blocks_of(row)["lead"].content == LEAD
    assert save(cast, row, "lead", other, 1, by=second(cast)).content["head"] == {"zh": "另一个标题"}


def test_what_one_person_types_in_an_hour_is_one_line_of_the_history(cast: Cast) -> None:
    row = begun(cast)
    for minute in (0, 1, 2, 200):
        save(cast, row, "lead", {"head": {"zh": f"第 {minute} 稿"}}, at=AT + timedelta(minutes=minute))
    assert told("block_changed") == 2


def test_a_block_keeps_its_own_fields_as_words_and_nothing_else(cast: Cast) -> None:
    row = begun(cast)
    nasty = {"head": {"zh": " <script>\0 \u202e题 ", "xx": "y"}, "body": ["no"], "evil": {"zh": "x"}}
    assert save(cast, row, "lead", nasty).content == {"head": {"zh": "<script> 题"}, "body": {}}


def test_a_field_keeps_what_is_too_long_for_the_sheet_but_not_everything(cast: Cast) -> None:
    row = begun(cast)
    assert len(save(cast, row, "lead", {"body": {"zh": "长" * 3000}}).content["body"]["zh"]) == 3000
    with refused("bulletins.far_too_long"):
        save(cast, row, "lead", {"body": {"zh": "长" * 10_000}})


@pytest.mark.parametrize("place", ["nowhere", "voices"])
def test_there_is_nothing_to_write_where_no_place_is(cast: Cast, place: str) -> None:
    with refused("bulletins.place_unknown"):
        actions.save_block(begun(cast), place, {}, revision=0, by=maker(cast), at=AT)


def test_dates_are_kept_in_order_and_have_to_be_days(cast: Cast) -> None:
    row = begun(cast)
    lines = [
        {"on": "2026-10-02", "what": {"zh": "乙"}},
        {"on": "2026-10-01", "what": {"en": "A"}},
        {"on": "", "what": {}},
    ]
    kept = save(cast, row, "dates", {"lines": lines}).content["lines"]
    assert [one["on"] for one in kept] == ["2026-10-01", "2026-10-02"]
    with refused("bulletins.date_unclear"):
        save(cast, row, "dates", {"lines": [{"on": "tomorrow", "what": {"zh": "乙"}}]})


def test_figures_are_those_that_somebody_counts(cast: Cast) -> None:
    row = begun(cast)
    assert save(cast, row, "figures", {"keys": ["workshops.held"] * 3}).content == {
        "keys": ["workshops.held"]
    }
    with refused("bulletins.figure_unknown"):
        save(cast, row, "figures", {"keys": ["workshops.beauty"]})


def test_only_a_draft_is_written_in(cast: Cast) -> None:
    row = published(cast)
    for act in (
        lambda: save(cast, row, "lead", {}),
        lambda: actions.set_look(row, LOOK, by=maker(cast), at=AT),
        lambda: actions.compose_bulletin(row, by=maker(cast), at=AT),
        lambda: pictured(cast, row),
    ):
        with refused("bulletins.not_a_draft"):
            act()


def test_a_look_is_chosen_once(cast: Cast) -> None:
    row, other = begun(cast), replace(LOOK, language="en", theme="jade")
    for _ in range(2):
        row = actions.set_look(row, other, by=maker(cast), at=AT)
    assert (row.language, row.theme, told("look_changed")) == ("en", "jade", 1)
    with refused("bulletins.look_unknown"):
        actions.set_look(row, replace(LOOK, language="fr"), by=maker(cast), at=AT)


# ---- Pictures ---------------------------------------------------------------------------------------


def test_a_picture_loses_where_it_was_taken(cast: Cast) -> None:
    row = begun(cast)
    pictured(cast, row)
    kept = queries.blocks_of(row)["lead_picture"].picture
    assert kept is not None
    with Image.open(io.BytesIO(kept.bytes())) as shown:
        assert (shown.format, dict(shown.getexif())) == ("JPEG", {})


@pytest.mark.parametrize(
    "content", [b"", b"<svg onload=alert(1)>", b"%PDF-1.7", b"\xff\xd8\xff" + b"x" * 400]
)
def test_what_is_no_picture_is_refused_and_what_hangs_stays(cast: Cast, content: bytes) -> None:
    row = begun(cast)
    pictured(cast, row)
    with refused("kernel.not_a_picture"):
        actions.hang_picture(row, "lead_picture", content, "a.jpg", alt=ALT, by=maker(cast), at=AT)
    assert queries.blocks_of(row)["lead_picture"].picture is not None


def test_a_picture_has_words_and_the_same_one_hangs_once(cast: Cast) -> None:
    row, by = begun(cast), {"by": maker(cast), "at": AT}
    with refused("bulletins.picture_without_words"):
        actions.hang_picture(row, "lead_picture", picture(), "a.jpg", alt={"zh": " "}, **by)
    for _ in range(2):
        block = actions.hang_picture(row, "lead_picture", picture(), "a.jpg", alt=ALT, **by)
    assert (block.revision, KeptFile._base_manager.count()) == (1, 1)
    with refused("bulletins.place_unknown"):
        actions.hang_picture(row, "lead", picture(), "a.jpg", alt=ALT, **by)


def test_another_picture_asks_anew_who_is_on_it_and_the_old_one_is_forgotten(cast: Cast) -> None:
    row = begun(cast)
    pictured(cast, row)
    by = {"by": maker(cast), "at": AT}
    block = actions.hang_picture(row, "lead_picture", picture(size=(99, 99)), "b.jpg", alt=ALT, **by)
    assert (block.content.get("people"), KeptFile._base_manager.count()) == (None, 1)
    for _ in range(2):
        block = actions.remove_picture(row, "lead_picture", **by)
    assert (block.picture, block.content, KeptFile._base_manager.count()) == (None, {}, 0)


# ---- Checks -----------------------------------------------------------------------------------------


def _checks(row: Bulletin) -> tuple[set[tuple[str, str]], set[str]]:
    blocks = queries.blocks_of(row)
    contents = {key: block.content for key, block in blocks.items()}
    pictures = {key: block.picture_id is not None for key, block in blocks.items()}
    lacks = {(one.place, one.what) for one in rules.lacks(row.language, contents, pictures)}
    return lacks, {one.place for one in rules.overs(row.language, contents, queries.voices_of(row))}


def test_what_is_missing_is_named_and_a_place_left_empty_is_not(cast: Cast) -> None:
    row = begun(cast)
    assert _checks(row)[0] == {
        ("masthead", "title"),
        ("lead", "head"),
        ("lead", "body"),
        ("imprint", "words"),
    }
    row = written(cast)
    assert _checks(row) == (set(), set())
    save(cast, row, "case", {"head": {"zh": "案例"}})
    assert _checks(row)[0] == {("case", "head"), ("case", "body")}


def test_a_picture_says_who_is_on_it_and_that_they_agreed(cast: Cast) -> None:
    row = written(cast)
    pictured(cast, row, people="")
    assert _checks(row)[0] == {("lead_picture", "people")}
    pictured(cast, row, people="agreed")
    assert _checks(row)[0] == {("lead_picture", "agreed")}
    pictured(cast, row, people="agreed", agreed="两人当面同意")
    assert _checks(row)[0] == set()


def test_in_one_language_nothing_is_asked_of_the_other_and_more_fits(cast: Cast) -> None:
    row = written(cast)
    save(cast, row, "lead", LEAD | {"body": {"zh": "长" * 400}})
    assert _checks(row) == ({("lead", "body")}, {"lead"})
    row = actions.set_look(row, replace(LOOK, language="zh"), by=maker(cast), at=AT)
    assert _checks(row) == (set(), set())


# ---- Composing --------------------------------------------------------------------------------------


def _workshop(cast: Cast) -> None:
    row = opened(cast, seats=40)
    by = {"by": cast.actor("coordinator")}
    people = [came(row, number) for number in range(8)]
    for on in (FIRST, SECOND):
        day = day_of(row, on)
        rows = [(one, 300) for one in people[:6]]
        workshops.import_attendance(row, day, rows, at=day.ends_at(), **by)
    workshops.finish_workshop(row, at=day_of(row, SECOND).ends_at(), **by)


PERIOD = actions.Look(FIRST - timedelta(days=30), SECOND + timedelta(days=3))
LATER = AT + timedelta(days=14)


def test_composing_fills_from_the_record_in_both_languages(cast: Cast) -> None:
    _workshop(cast)
    row = begun(cast, look=PERIOD)
    count = actions.compose_bulletin(row, by=maker(cast), at=LATER)
    blocks = {key: block.content for key, block in queries.blocks_of(row).items() if block.content}
    assert {"masthead", "lead", "figures", "chart", "workshop", "imprint"} - set(blocks) == {
        "chart"
    }  # one kind only
    assert count == len(blocks)
    assert "6 人" in blocks["lead"]["head"]["zh"]
    assert "6 people" in blocks["lead"]["head"]["en"]
    assert "核心技能研讨会" in blocks["workshop"]["head"]["zh"]
    assert "workshops.came" in blocks["figures"]["keys"]
    assert _checks(row)[1] == set()
    counted = queries.figures_now(row)["workshops.came"]
    assert (counted.value, counted.n) == ("6", 8)


def test_composing_again_leaves_what_somebody_wrote(cast: Cast) -> None:
    _workshop(cast)
    row = begun(cast, look=PERIOD)
    save(cast, row, "lead", LEAD)
    actions.compose_bulletin(row, by=maker(cast), at=LATER)
    assert queries.blocks_of(row)["lead"].content == LEAD
    assert actions.compose_bulletin(row, by=maker(cast), at=LATER) == 0
    assert told("composed") == 1


def test_an_empty_record_invents_nothing(cast: Cast) -> None:
    row = begun(cast)
    actions.compose_bulletin(row, by=maker(cast), at=AT)
    blocks = {key: block.content for key, block in queries.blocks_of(row).items()}
    assert (blocks["lead"], blocks["workshop"], blocks["case"]) == ({}, {}, {})
    assert queries.figures_now(row)["workshops.came"].value is None


def test_of_fewer_than_five_people_nothing_is_told(cast: Cast) -> None:
    few = Figure("x", Text("甲", "A"), Text(), Text("乙", "B"), "4", 4, before="3", people=True)
    shown = few.told(TODAY)
    assert (shown["value"], shown["before"], shown["bars"], shown["few"]) == (None, None, [], True)
    assert replace(few, n=5).told(TODAY)["value"] == "4"


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([9, 8], [9, 8]),
        ([9, 8, 3], [9, 11]),  # alone the others would be three
        ([9, 4], [13]),
        ([4], [4]),  # of fewer than five the figure itself is not told
        ([20, 19, 18, 17, 16, 15, 14, 13], [20, 19, 18, 17, 16, 42]),
    ],
)
def test_no_bar_and_no_difference_tells_of_fewer_than_five(counts: list[int], shown: list[int]) -> None:
    assert [
        one.value for one in bars_of((Text(str(n), ""), count) for n, count in enumerate(counts))
    ] == shown


def test_a_noun_above_registers_its_own_figures(cast: Cast) -> None:
    own = Figure("own.one", Text("甲", "A"), Text(), Text("乙", "B"), "12", 20)
    PROVIDERS.append(lambda *_: [own])
    try:
        row = written(cast)
        save(cast, row, "figures", {"keys": ["own.one"]})
        assert queries.content_of(row, TODAY)["blocks"]["figures"]["figures"][0]["value"] == "12"
    finally:
        PROVIDERS.pop()
    assert Block.objects.filter(bulletin=row, place="figures").get().content == {"keys": ["own.one"]}
    assert queries.content_of(row, TODAY)["blocks"]["figures"]["figures"] == []
