"""The bank: items come in once, get versions, are tagged, released and retired; each by those who may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from craftpath.domain.exams import actions
from craftpath.domain.exams.actions import Draft
from craftpath.domain.exams.models import Item, ItemVersion, Picture
from craftpath.domain.exams.queries import (
    Tags,
    Wanted,
    content_of,
    counts_by_state,
    items,
    items_wanted,
    tags_of,
    versions_of,
)
from craftpath.domain.programmes.queries import outcomes
from craftpath.domain.standards.actions import load_frameworks
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.tenancy import everywhere, looking_for
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.exams.samples import every_kind, single
from tests.photos import picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _everything() -> Iterator[None]:
    with everywhere("a test looks at everything"):
        yield


def _by(cast: Cast, who: str = "trainer") -> dict[str, Any]:
    return {"by": cast.actor(who), "at": AT}


def _told() -> list[str]:
    return list(
        AuditEntry.objects.filter(fact__startswith="exams.").order_by("pk").values_list("fact", flat=True)
    )


def _numbered(count: int) -> list[Draft]:
    return [Draft(single(stem=Text(f"第 {n} 题")), ready=True) for n in range(count)]


def test_write_items_keeps_every_kind_with_its_content(cast: Cast) -> None:
    kept = actions.keep_picture(cast.college, picture(size=(200, 120)), **_by(cast))
    contents = every_kind(kept.public_id)
    written = actions.write_items(cast.college, [Draft(one) for one in contents], **_by(cast))
    assert [item.state for item in written.items] == ["draft"] * 9
    stored = {item.kind: content_of(item.newest, item.kind) for item in items()}
    assert list(stored.values())[::-1] == contents
    assert {item.newest.fingerprint for item in items()} == {one.fingerprint for one in contents}
    assert _told() == ["exams.items_written"]


def test_write_items_twice_writes_nothing_twice(cast: Cast) -> None:
    first = actions.write_items(cast.college, _numbered(3), **_by(cast))
    again = actions.write_items(cast.college, [*_numbered(4), *_numbered(4)], **_by(cast))
    assert [row.public_id for row in first.items] == list(again.known)
    assert len(again.items) == 1
    assert Item.objects.count() == 4


def test_write_items_writes_all_or_none(cast: Cast) -> None:
    with pytest.raises(Refused) as caught:
        actions.write_items(cast.college, [Draft(single()), Draft(single(stem=Text()))], **_by(cast))
    assert caught.value.verdict.reason == "exams.stem_missing"
    assert not Item.objects.exists()


def test_write_items_refuses_a_picture_that_is_not_there(cast: Cast) -> None:
    with pytest.raises(Refused) as caught:
        actions.write_item(cast.college, single(stem=Text("![](picture:nowhere)")), **_by(cast))
    assert caught.value.verdict.reason == "exams.picture_unknown"


def test_what_is_ready_without_a_key_stays_a_draft(cast: Cast) -> None:
    bare = single(details={"options": single().details["options"], "right": []})
    item = actions.write_item(cast.college, bare, ready=True, **_by(cast))
    assert (item.state, item.keyed) == ("draft", False)
    moved = actions.release_items([item], **_by(cast))
    assert [verdict.reason for _, verdict in moved.refused] == ["exams.release_without_key"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(state="ready")


@pytest.mark.parametrize("who", ["trainer", "coordinator", "administrator", "assessor"])
def test_those_whose_work_it_is_write_items(cast: Cast, who: str) -> None:
    with looking_for(cast.actor(who).scope):
        item = actions.write_item(cast.college, single(), **_by(cast, who))
        assert [row.pk for row in items()] == [item.pk]


@pytest.mark.parametrize("who", ["apprentice", "mentor", "hr", "officer", "auditor"])
def test_everybody_else_is_refused(cast: Cast, who: str) -> None:
    seat = {"mentor": cast.jinheng, "hr": cast.jinheng, "officer": cast.city, "auditor": cast.city}.get(who)
    with pytest.raises(Refused) as caught:
        actions.write_item(cast.college, single(), by=cast.actor(who, seat), at=AT)
    assert caught.value.verdict.reason == "kernel.role_lacks"


def test_the_bank_is_seen_below_and_above_and_by_no_neighbour(cast: Cast) -> None:
    item = actions.write_item(cast.college, single(), **_by(cast))
    for organisation, seen in ((cast.campus, 1), (cast.city, 1), (cast.jinheng, 0), (cast.neighbour, 0)):
        actor = replace(cast.actor("trainer"), organisation=organisation)
        with looking_for(actor.scope):
            assert Item.objects.filter(pk=item.pk).count() == seen, organisation.key
            assert ItemVersion.objects.count() == seen
    for who in ("apprentice", "mentor"):
        seat = cast.jinheng if who == "mentor" else cast.college
        with looking_for(cast.actor(who, seat).scope):
            assert not Item.objects.exists()


def test_rewrite_item_makes_a_next_version_and_leaves_the_old_one(cast: Cast) -> None:
    item = actions.write_item(cast.college, single(), ready=True, **_by(cast))
    changed = single(points=Decimal(5))
    version = actions.rewrite_item(item, changed, seen=1, **_by(cast))
    assert version.number == 2
    assert [(row.number, row.points) for row in versions_of(item)] == [(2, 5), (1, 2)]
    assert items().get().newest == version
    assert actions.rewrite_item(item, changed, seen=1, **_by(cast)) == version  # pressed twice
    assert _told() == ["exams.items_written", "exams.item_rewritten"]


def test_rewrite_item_overwrites_nobody_unawares(cast: Cast) -> None:
    item = actions.write_item(cast.college, single(), **_by(cast))
    actions.rewrite_item(item, single(points=Decimal(5)), seen=1, **_by(cast))
    with pytest.raises(Refused) as caught:
        actions.rewrite_item(item, single(points=Decimal(6)), seen=1, **_by(cast))
    assert (caught.value.verdict.reason, caught.value.verdict.facts["version"]) == ("exams.item_moved", 2)


def test_a_version_is_never_altered(cast: Cast) -> None:
    version = actions.write_item(cast.college, single(), **_by(cast)).newest
    assert version is not None
    version.points = Decimal(9)
    with pytest.raises(TypeError):
        version.save()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (every_kind()[2], "exams.kind_is_fixed"),
        (single(stem=Text()), "exams.stem_missing"),
        (single(details={"options": single().details["options"]}), "exams.ready_needs_key"),
        (single(stem=Text("![](picture:nowhere)")), "exams.picture_unknown"),
        (single(stimulus="nowhere"), "exams.stimulus_unknown"),
    ],
)
def test_rewrite_item_refuses(cast: Cast, change: Any, reason: str) -> None:
    item = actions.write_item(cast.college, single(), ready=True, **_by(cast))
    with pytest.raises(Refused) as caught:
        actions.rewrite_item(item, change, seen=1, **_by(cast))
    assert caught.value.verdict.reason == reason
    assert ItemVersion.objects.count() == 1


def test_a_retired_item_is_restored_before_it_changes(cast: Cast) -> None:
    item = actions.write_item(cast.college, single(), ready=True, **_by(cast))
    [retired] = actions.retire_items([item], **_by(cast)).done
    assert actions.retire_items([item], **_by(cast)).done == ()
    with pytest.raises(Refused) as caught:
        actions.rewrite_item(retired, single(points=Decimal(5)), seen=1, **_by(cast))
    assert caught.value.verdict.reason == "exams.item_is_retired"
    [restored] = actions.restore_items([item], **_by(cast)).done
    assert restored.state == "draft"
    assert _told()[1:] == ["exams.items_retired", "exams.items_restored"]


def test_the_college_does_not_write_in_the_city_s_bank(cast: Cast) -> None:
    officer = replace(cast.actor("administrator"), organisation=cast.city)
    item = actions.write_item(cast.city, single(), by=officer, at=AT)
    for act in (actions.retire_items, actions.release_items):
        with pytest.raises(Refused) as caught:
            act([item], **_by(cast))
        assert caught.value.verdict.reason == "kernel.belongs_to_another"


def test_tag_item_says_what_it_is_for(cast: Cast) -> None:
    load_frameworks(by=system(), at=AT)
    one, other = (row for row in actions.write_items(cast.college, _numbered(2), **_by(cast)).items)
    chosen = outcomes()[:2]
    tags = Tags(
        tuple(row.pk for row in chosen), ("teamwork",), "hard", Decimal("0.40"), 90, 3, (other.public_id,)
    )
    from craftpath.domain.standards.queries import skills

    tags = replace(tags, skills=(skills()[0].key,))
    actions.tag_item(one, tags, **_by(cast))
    fresh = items().get(pk=one.pk)
    assert tags_of(fresh) == tags
    assert tags_of(other).enemies == (one.public_id,)  # an enemy is one from both sides
    before = len(_told())
    actions.tag_item(one, tags, **_by(cast))
    assert len(_told()) == before
    assert list(items_wanted(Wanted(skill=tags.skills[0], outcome=chosen[0].pk, difficulty="hard"))) == [
        fresh
    ]


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        (Tags(outcomes=(10**9,)), "exams.outcome_unknown"),
        (Tags(skills=("no_such_skill",)), "exams.skill_unknown"),
        (Tags(enemies=("nobody",)), "exams.enemy_unknown"),
        (Tags(expected_p=Decimal(2)), "exams.expected_p_outside"),
    ],
)
def test_tag_item_refuses_what_is_not_there(cast: Cast, tags: Tags, reason: str) -> None:
    item = actions.write_item(cast.college, single(), **_by(cast))
    with pytest.raises(Refused) as caught:
        actions.tag_item(item, tags, **_by(cast))
    assert caught.value.verdict.reason == reason


def test_a_list_is_found_by_words_kind_and_state(cast: Cast) -> None:
    actions.write_items(cast.college, [Draft(one) for one in every_kind()[:3]], **_by(cast))
    assert [row.kind for row in items_wanted(Wanted(words="M03 spindle"))] == []
    assert [row.kind for row in items_wanted(Wanted(words="ｍ03 what"))] == []
    assert [row.kind for row in items_wanted(Wanted(words="m03 WHAT"))] == ["single"]
    assert [row.kind for row in items_wanted(Wanted(words="手套", kind="true_false"))] == ["true_false"]
    assert [row.kind for row in items_wanted(Wanted(state="ready"))] == []
    assert counts_by_state() == {"draft": 3}


def test_keep_picture_keeps_one_for_each_organisation(cast: Cast) -> None:
    content = picture(size=(300, 200))
    one = actions.keep_picture(cast.college, content, **_by(cast))
    assert actions.keep_picture(cast.college, content, **_by(cast)) == one
    kept = one.file.bytes()
    assert actions.keep_picture(cast.college, kept, **_by(cast)) == one  # what was exported comes back
    assert (one.width, one.height, Picture.objects.count()) == (300, 200, 1)
    with pytest.raises(Refused) as caught:
        actions.keep_picture(cast.college, b"<svg onload=alert(1)>", **_by(cast))
    assert caught.value.verdict.reason == "kernel.not_a_picture"


def test_write_stimulus_keeps_it_once(cast: Cast) -> None:
    text = {"title": Text("阅读材料"), "body": Text("某车间……")}
    one = actions.write_stimulus(cast.college, **text, **_by(cast))
    assert actions.write_stimulus(cast.college, **text, **_by(cast)) == one
    item = actions.write_item(cast.college, single(stimulus=one.public_id), **_by(cast))
    assert content_of(items().get(pk=item.pk).newest, item.kind).stimulus == one.public_id
    with pytest.raises(Refused):
        actions.write_stimulus(cast.college, title=Text("x"), body=Text(" "), **_by(cast))


@pytest.mark.parametrize("act", ["write", "retire", "list"])
def test_fifty_cost_as_many_queries_as_one(cast: Cast, act: str) -> None:
    from craftpath.domain.exams.queries import tags_by_item

    def deed(count: int, offset: int) -> None:
        if act == "write":
            drafts = [Draft(single(stem=Text(f"甲 {n + offset}"))) for n in range(count)]
            actions.write_items(cast.college, drafts, **_by(cast))
        elif act == "retire":
            actions.retire_items(list(Item.objects.all()[offset : offset + count]), **_by(cast))
        else:
            tags_by_item(list(items()[:count]))

    if act != "write":
        actions.write_items(cast.college, _numbered(60), **_by(cast))
    counted = []
    for count, offset in ((1, 0), (50, 1)):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            deed(count, offset)
        counted.append(len(caught))
    assert counted[0] == counted[1]
