"""Resources: dropped, confirmed, shared as far as is said, reviewed, merged, used."""

from __future__ import annotations

import uuid

import pytest

from craftpath.domain.activity.models import Statement
from craftpath.domain.resources import actions, queries, rules
from craftpath.domain.resources.models import Pair, Resource, Use, Version
from craftpath.kernel.access import actor_in
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.tenancy import looking_for
from craftpath.values.ref import Ref
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.resources.world import WELDING, details, dropped, shared

pytestmark = pytest.mark.usefixtures("all_rows")
COURSE = Ref("courses", "course", "c1")


def reason(act: object) -> str:
    with pytest.raises(Refused) as refused:
        act()  # type: ignore[operator]
    return refused.value.verdict.reason


def test_a_dropped_file_is_read_and_shared_as_it_was_confirmed(cast: Cast) -> None:
    row = dropped(cast)
    assert row.state == "draft"
    assert row.guesses["title"] == {"value": {"zh": "焊条电弧焊：平角焊"}, "sure": "likely"}
    assert row.language == "zh"
    version = row.versions.get()
    assert (version.state, version.form, "引弧" in version.pages[0]) == ("ready", "md", True)
    row = actions.share_resource(row, details(), by=cast.actor("trainer"), at=AT)
    assert (row.state, row.current, row.guesses) == ("shared", version, {})
    again = actions.share_resource(row, details(licence="own"), by=cast.actor("trainer"), at=AT)
    assert again.licence == "ccby"
    assert Statement.objects.filter(verb="shared", person=cast.people["trainer"]).count() == 1


def test_the_same_form_sent_twice_keeps_one_file(cast: Cast) -> None:
    row = dropped(cast)
    again = dropped(cast, made_id=row.made_id)
    assert again == row
    assert Version.objects.count() == 1
    by = cast.actor("coordinator")
    assert reason(lambda: dropped(cast, made_id=row.made_id, by=by)) == "resources.form_used"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": Text(" ", "")}, "resources.untitled"),
        ({"title": Text("x" * 201)}, "resources.untitled"),
        ({"abstract": Text("x" * 2001)}, "resources.too_long"),
        ({"keywords": "x" * 201}, "resources.too_long"),
        ({"kind": "scroll"}, "resources.kind_unknown"),
        ({"licence": ""}, "resources.licence_missing"),
        ({"licence": "permitted"}, "resources.leave_unsaid"),
        ({"reach": "moon"}, "resources.reach_unknown"),
        ({"licence": "reserved", "reach": "public"}, "resources.licence_keeps_in"),
        ({"skills": ("no-such-skill",)}, "resources.skill_unknown"),
        ({"skills": tuple(map(str, range(13)))}, "resources.too_many_skills"),
    ],
)
def test_what_lacks_something_is_not_shared_and_says_what(
    cast: Cast, more: dict[str, object], code: str
) -> None:
    row = dropped(cast)
    assert (
        reason(lambda: actions.share_resource(row, details(**more), by=cast.actor("trainer"), at=AT)) == code
    )
    row.refresh_from_db()
    assert row.state == "draft"


def test_what_cannot_be_taken_says_why_and_is_let_go(cast: Cast) -> None:
    row = dropped(cast, b"\x00\x01\x02\x03" * 50, "x.bin")
    version = row.versions.get()
    assert (version.state, version.refusal["reason"], version.file) == (
        "refused",
        "resources.file_unknown",
        None,
    )
    act = lambda: actions.share_resource(row, details(), by=cast.actor("trainer"), at=AT)  # noqa: E731
    assert reason(act) == "resources.nothing_to_share"
    assert reason(lambda: dropped(cast, b"")) == "resources.empty"


def sees(cast: Cast, who: str, place: object = None) -> bool:
    found = actor_in(cast.people[who], place or cast.college, TODAY)  # type: ignore[arg-type]
    assert found is not None
    with looking_for(found.scope):
        return queries.shared().exists()


def test_it_is_seen_as_far_as_it_is_shared(cast: Cast) -> None:
    row = shared(cast)
    by = cast.actor("trainer")
    assert sees(cast, "coordinator")
    assert sees(cast, "apprentice")
    assert not sees(cast, "stranger", cast.neighbour)
    actions.change_resource(row, details(reach="site"), by=by, at=AT)
    assert sees(cast, "stranger", cast.neighbour)
    actions.change_resource(row, details(reach="partners"), by=by, at=AT)
    assert not sees(cast, "stranger", cast.neighbour)


def test_a_draft_is_nobody_else_s_to_change_and_the_office_may(cast: Cast) -> None:
    row = dropped(cast)
    mentor = cast.actor("mentor", cast.jinheng)
    with pytest.raises(Refused):
        actions.discard_resource(row, by=mentor, at=AT)
    assert actions.discard_resource(row, by=cast.actor("coordinator"), at=AT).state == "discarded"


def test_a_newer_file_is_offered_and_the_older_one_stays_where_it_is_used(cast: Cast) -> None:
    row, by = shared(cast), cast.actor("trainer")
    first = row.current
    assert first is not None
    actions.note_uses(COURSE, {"zh": "课"}, {first.public_id}, organisation=cast.college, by=by, at=AT)
    assert queries.older_in_use().count() == 0
    newer = actions.add_version(
        row, (WELDING + "补充：立角焊。").encode(), "2.md", made_id=row.made_id, by=by, at=AT
    )
    assert newer == first  # the id of the form named the first file
    second = actions.add_version(
        row, (WELDING + "补充：立角焊。").encode(), "2.md", made_id=uuid.uuid4(), words="立角焊", by=by, at=AT
    )
    row.refresh_from_db()
    assert (row.current, second.number) == (second, 2)
    assert Use.objects.get().version == first
    assert queries.older_at(row, cast.college).count() == 1
    assert actions.let_stay(row, organisation=cast.college, by=by, at=AT) == 1
    assert queries.older_in_use().count() == 0
    same = lambda: actions.add_version(  # noqa: E731
        row, (WELDING + "补充：立角焊。").encode(), "3.md", made_id=uuid.uuid4(), by=by, at=AT
    )
    assert reason(same) == "resources.same_file"


def test_a_second_person_reviews_and_readers_give_stars(cast: Cast) -> None:
    row = shared(cast)
    trainer, coordinator, apprentice = (cast.actor(one) for one in ("trainer", "coordinator", "apprentice"))
    everything = ["correct", "clear", "usable", "rights"]
    assert reason(lambda: actions.review_resource(row, everything, by=trainer, at=AT)) == "resources.own_work"
    lacking = lambda: actions.review_resource(row, ["clear"], by=coordinator, at=AT)  # noqa: E731
    assert reason(lacking) == "resources.say_what_lacks"
    actions.review_resource(row, ["clear"], "图 2 反了", by=coordinator, at=AT)
    assert queries.marks_of([row])[row.pk].reviewed == 0
    actions.review_resource(row, everything, by=coordinator, at=AT)
    assert queries.marks_of([row])[row.pk].reviewed == 1
    assert reason(lambda: actions.star_resource(row, 5, by=trainer, at=AT)) == "resources.own_stars"
    assert reason(lambda: actions.star_resource(row, 6, by=apprentice, at=AT)) == "resources.stars_of_five"
    actions.star_resource(row, 2, by=apprentice, at=AT)
    actions.star_resource(row, 5, by=apprentice, at=AT)
    actions.star_resource(row, 4, by=coordinator, at=AT)
    marks = queries.marks_of([row])[row.pk]
    assert (marks.stars, marks.n) == (4.5, 2)


def test_the_office_recommends_and_retires(cast: Cast) -> None:
    row, office = shared(cast), cast.actor("coordinator")
    with pytest.raises(Refused):
        actions.recommend_resource(row, True, by=cast.actor("trainer"), at=AT)
    assert (
        actions.recommend_resource(row, True, by=office, at=AT).recommended_by == cast.people["coordinator"]
    )
    before = AuditEntry.objects.count()
    actions.recommend_resource(row, True, by=office, at=AT)
    assert AuditEntry.objects.count() == before
    assert actions.retire_resource(row, by=office, at=AT).state == "retired"
    assert queries.shared().count() == 0
    assert actions.restore_resource(row, by=office, at=AT).state == "shared"


def test_doubles_are_found_and_merged_with_their_uses_and_stars(cast: Cast) -> None:
    first = shared(cast)
    same = shared(cast)
    like = shared(cast, WELDING.replace("七十度角", "七十五度角"))
    other = shared(cast, "急救：心肺复苏。先确认现场安全，拍肩呼叫，拨打急救电话，再开始胸外按压。")
    found = {(one.first, one.second, one.why) for one in Pair.objects.all()}
    assert found == {(first, same, "bytes"), (first, like, "text"), (same, like, "text")}
    assert other not in {one for pair in Pair.objects.all() for one in (pair.first, pair.second)}
    office = cast.actor("coordinator")
    assert same.current is not None
    actions.note_uses(COURSE, {}, {same.current.public_id}, organisation=cast.college, by=office, at=AT)
    actions.star_resource(same, 3, by=cast.actor("apprentice"), at=AT)
    pair = Pair.objects.get(first=first, second=same)
    assert (
        reason(lambda: actions.merge_pair(pair, other.public_id, by=office, at=AT))
        == "resources.pair_unknown"
    )
    with pytest.raises(Refused):
        actions.merge_pair(pair, first.public_id, by=cast.actor("trainer"), at=AT)
    assert actions.merge_pair(pair, first.public_id, by=office, at=AT) == first
    same.refresh_from_db()
    assert (same.state, same.into) == ("merged", first)
    assert [one.version for one in queries.uses_of(first)] == [same.current]
    assert queries.marks_of([first])[first.pk].stars == 3
    assert [one.second for one in queries.pairs(cast.college)] == [like]
    actions.part_pair(queries.pairs(cast.college).get(), by=office, at=AT)
    assert queries.pairs(cast.college).count() == 0
    assert queries.pairs(cast.jinheng).count() == 0
    assert Resource.objects.count() == 4


def test_what_was_merged_stays_for_those_elsewhere_who_use_it(cast: Cast) -> None:
    """It was shared with everybody: that a college merges it takes nothing from a course at another one."""
    kept, other = shared(cast, reach="site"), shared(cast, reach="site")
    pair = Pair.objects.get()
    actions.merge_pair(pair, kept.public_id, by=cast.actor("coordinator"), at=AT)
    other.refresh_from_db()
    stranger = actor_in(cast.people["stranger"], cast.neighbour, TODAY)
    assert stranger is not None
    assert other.current is not None
    with looking_for(stranger.scope):
        assert queries.version(other.current.public_id) is not None
        assert rules.may_see(stranger, other)
        assert list(queries.shared()) == [kept]


def test_uses_follow_what_a_course_says_now(cast: Cast) -> None:
    row, by = shared(cast), cast.actor("trainer")
    assert row.current is not None
    where = {"organisation": cast.college, "by": by, "at": AT}
    assert actions.note_uses(COURSE, {"zh": "课"}, {row.current.public_id, "nothing"}, **where) == 1
    actions.note_uses(COURSE, {"zh": "新名"}, {row.current.public_id}, **where)
    assert [one.name for one in queries.uses_of(row)] == [{"zh": "新名"}]
    actions.note_uses(COURSE, {}, (), **where)
    assert queries.uses_of(row) == []
