"""Notes that two write at once, tasks, offers and wishes, proposals."""

from __future__ import annotations

import uuid

import pytest

from craftpath.domain.groups import actions, queries
from craftpath.domain.groups.merging import together
from craftpath.domain.groups.models import NotesVersion, Topic
from craftpath.domain.groups.proposing import KNOWS, NEEDS, SAID
from tests.cast import AT, Cast
from tests.domain.groups.world import mate, met, plan, refused

pytestmark = pytest.mark.usefixtures("all_rows")
BASE = "1 图样\n2 公差\n3 粗糙度"


@pytest.mark.parametrize(
    ("theirs", "mine", "both"),
    [
        (BASE, f"{BASE}\n4 焊缝", f"{BASE}\n4 焊缝"),
        (f"0 目标\n{BASE}", f"{BASE}\n4 焊缝", f"0 目标\n{BASE}\n4 焊缝"),
        ("1 图样\n2 公差带\n3 粗糙度", "1 图样\n2 公差表\n3 粗糙度", "1 图样\n2 公差带\n2 公差表\n3 粗糙度"),
        (f"{BASE}\n4 a", f"{BASE}\n4 b", f"{BASE}\n4 a\n4 b"),
        (f"{BASE}\n4 a", f"{BASE}\n4 a", f"{BASE}\n4 a"),
        ("1 图样\n3 粗糙度", f"{BASE}\n4 焊缝", "1 图样\n3 粗糙度\n4 焊缝"),
        ("", BASE, ""),
    ],
)
def test_what_two_wrote_at_once_is_both_there(theirs: str, mine: str, both: str) -> None:
    assert together(BASE, theirs, mine) == both


def test_two_editors_of_the_notes_both_keep_what_they_wrote(cast: Cast) -> None:
    group = met(cast, "26002")
    one, other = mate(cast, "26001"), mate(cast, "26002")
    actions.write_notes(group, text=BASE, revision=0, by=one, at=AT)
    _group, joined = actions.write_notes(group, text=f"0 目标\n{BASE}", revision=1, by=one, at=AT)
    assert not joined
    group, joined = actions.write_notes(group, text=f"{BASE}\n4 焊缝", revision=1, by=other, at=AT)
    assert joined
    assert group.notes == f"0 目标\n{BASE}\n4 焊缝"
    again, joined = actions.write_notes(group, text=f"{BASE}\n4 焊缝", revision=1, by=other, at=AT)
    assert (again.notes_revision, joined) == (3, False)
    assert [row.person for row in NotesVersion.objects.filter(group=group)] == [
        other.person,
        one.person,
        one.person,
    ]
    with refused("groups.notes_unknown"):
        actions.write_notes(group, text="x", revision=9, by=one, at=AT)
    with refused("groups.too_long"):
        actions.write_notes(group, text="字" * 20_001, revision=3, by=one, at=AT)
    with refused("groups.not_inside"):
        actions.write_notes(group, text="x", revision=3, by=cast.actor("trainer"), at=AT)


def test_tasks_are_added_once_done_and_taken_up_again(cast: Cast) -> None:
    group, by, name = met(cast, "26002"), mate(cast, "26001"), uuid.uuid4()
    values = {"words": " 带游标卡尺 ", "until": AT.date(), "made_id": name}
    task = actions.add_task(group, person=cast.enrolments["26002"].person, **values, by=by, at=AT)  # type: ignore[arg-type]
    assert actions.add_task(group, **values, by=by, at=AT).pk == task.pk  # type: ignore[arg-type]
    assert task.words == "带游标卡尺"
    assert queries.waiting_for(cast.enrolments["26002"].person, AT).tasks == [task]
    for _twice in range(2):
        task = actions.finish_task(task, by=mate(cast, "26002"), at=AT)
    assert (task.state, task.done_by) == ("done", cast.enrolments["26002"].person)
    task = actions.reopen_task(task, by=by, at=AT)
    assert (task.state, task.done_by) == ("open", None)
    assert actions.drop_task(task, by=by, at=AT).state == "dropped"
    with refused("groups.not_inside"):
        actions.add_task(
            group, words="x", person=cast.enrolments["26003"].person, made_id=uuid.uuid4(), by=by, at=AT
        )
    with refused("groups.not_inside"):
        actions.drop_task(task, by=mate(cast, "26003"), at=AT)


def _say(cast: Cast, number: str, offers: tuple[str, ...], wants: tuple[str, ...]) -> None:
    said = [("offers", "", one) for one in offers] + [("wants", "", one) for one in wants]
    actions.say_topics(cast.enrolments[number], said, by=mate(cast, number), at=AT)


def _proposed(cast: Cast, **more: object) -> list[queries.Proposal]:
    values = {"fewest": 3, "most": 8, **more}
    return queries.proposals(queries.topics_in(cast.cohort.pk), **values)  # type: ignore[arg-type]


def _ids(cast: Cast, *numbers: str) -> tuple[int, ...]:
    return tuple(cast.enrolments[one].pk for one in numbers)


def test_two_who_have_what_the_other_wants_are_proposed_until_they_meet(cast: Cast) -> None:
    _say(cast, "26001", ("TIG",), ("PLC",))
    _say(cast, "26002", ("ｐｌｃ",), ("tig",))
    _say(cast, "26003", (), ("CAD",))
    (pair,) = _proposed(cast)
    assert set(pair.people) == set(_ids(cast, "26001", "26002"))
    assert {(one.teacher, one.topic, one.because) for one in pair.arrows} == {
        (cast.enrolments["26001"].pk, "tig", SAID), (cast.enrolments["26002"].pk, "plc", SAID),
    }  # fmt: skip
    ids = {row.pk: row.public_id for row in cast.enrolments.values()}
    why = [{"teacher": ids[a.teacher], "learner": ids[a.learner], "topic": a.topic} for a in pair.arrows]
    actions.form_group(
        cast.cohort, plan(), invite=[cast.enrolments["26001"], cast.enrolments["26002"]], why=why,
        made_id=uuid.uuid4(), by=cast.actor("trainer"), at=AT,
    )  # fmt: skip
    assert not _proposed(cast)


def test_three_go_round_and_several_who_want_the_same_make_a_group(cast: Cast) -> None:
    _say(cast, "26001", ("a",), ("c",))
    _say(cast, "26002", ("b",), ("a",))
    _say(cast, "26003", ("c",), ("b",))
    (ring,) = _proposed(cast)
    assert len(ring.people) == len(ring.arrows) == 3
    assert {(one.teacher, one.learner) for one in ring.arrows} == {
        _ids(cast, "26001", "26002"), _ids(cast, "26002", "26003"), _ids(cast, "26003", "26001"),
    }  # fmt: skip
    _say(cast, "26001", ("a",), ())
    _say(cast, "26003", (), ("a",))
    _say(cast, "26004", (), ("a",))
    (group,) = _proposed(cast)
    assert group.kind == "group"
    assert group.people == _ids(cast, "26001", "26002", "26003", "26004")
    assert not _proposed(cast, fewest=5)


def test_levels_add_to_what_people_say_and_never_stand_alone(cast: Cast) -> None:
    one, other, third = _ids(cast, "26001", "26002", "26003")
    levels = {(one, "communication"): 0.9, (other, "teamwork"): 0.2, (third, "communication"): 0.9}
    assert not _proposed(cast, levels=levels)
    for number, kind, skill in (("26001", "offers", "teamwork"), ("26002", "wants", "communication")):
        actions.say_topics(cast.enrolments[number], [(kind, skill, "")], by=mate(cast, number), at=AT)
    assert not _proposed(cast)
    found = queries.proposals(queries.topics_in(cast.cohort.pk), levels=levels, fewest=3, most=8)
    assert not found  # the third said nothing, and two arrows of one direction close no ring
    said = [("offers", "", "PLC"), ("wants", "communication", "")]
    actions.say_topics(cast.enrolments["26002"], said, by=mate(cast, "26002"), at=AT)
    said = [("offers", "teamwork", ""), ("wants", "", "plc")]
    actions.say_topics(cast.enrolments["26001"], said, by=mate(cast, "26001"), at=AT)
    (pair,) = _proposed(cast, levels=levels)
    assert {arrow.because for arrow in pair.arrows} == {SAID, KNOWS}
    assert NEEDS not in {arrow.because for arrow in pair.arrows}


def test_said_anew_takes_the_place_of_what_was_said(cast: Cast) -> None:
    _say(cast, "26001", ("TIG", " tig "), ("PLC",))
    assert Topic.objects.filter(person=cast.enrolments["26001"].person).count() == 2
    _say(cast, "26001", (), ("PLC",))
    assert [row.words for row in queries.topics_of(cast.enrolments["26001"])] == ["PLC"]
    with refused("groups.learns_nowhere"):
        actions.say_topics(cast.enrolments["26001"], [], by=mate(cast, "26002"), at=AT)
    with refused("groups.too_many_topics"):
        _say(cast, "26001", tuple(f"t{n}" for n in range(9)), ())
    with refused("groups.too_long"):
        _say(cast, "26001", ("字" * 41,), ())
