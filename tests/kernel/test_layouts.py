"""Layouts: tried, kept under a name, replaced, renamed, removed – and told, once."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from craftpath.kernel.access import Actor
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.layouts import (
    Layout,
    can_fill,
    keep_layout,
    layouts,
    layouts_for,
    remove_layout,
    rename_layout,
    serves,
    try_layout,
)
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def tried(cast: Cast, content: bytes = b"PK one", organisation: Organisation | None = None) -> Layout:
    by = Actor(organisation or cast.college, cast.people["coordinator"], frozenset({Role.COORDINATOR}))
    return try_layout(
        content=content, filename="表.xlsx", organisation=organisation or cast.college, by=by, at=AT
    )


def facts() -> list[tuple[str, dict[str, object]]]:
    rows = AuditEntry.objects.filter(fact__startswith="kernel.layout_").order_by("pk")
    return list(rows.values_list("fact", "payload"))


def refused(call: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as caught, transaction.atomic():
        call(*args, by=kwargs.pop("by"), at=AT, **kwargs)  # type: ignore[operator]
    return caught.value.verdict.reason


def test_what_is_tried_is_offered_to_nobody_until_it_is_kept(cast: Cast) -> None:
    by, layout = cast.actor("coordinator"), tried(cast)
    assert list(layouts_for(cast.college)) == []
    kept = keep_layout(layout, name="  成绩 \n汇总表 ", by=by, at=AT)
    assert (kept.name, kept.kept_by, kept.file.bytes()) == ("成绩 汇总表", by.person, b"PK one")
    assert list(layouts_for(cast.college)) == [kept]
    assert facts() == [("kernel.layout_kept", {"name": "成绩 汇总表", "file": "表.xlsx", "replaced": ""})]


def test_pressed_twice_or_sent_twice_it_is_one(cast: Cast) -> None:
    by = cast.actor("coordinator")
    first = keep_layout(tried(cast), name="a", by=by, at=AT)
    assert keep_layout(first, name="a", by=by, at=AT) == first
    assert keep_layout(tried(cast), name="a", by=by, at=AT) == first
    assert (layouts_for(cast.college).count(), len(facts())) == (1, 1)


def test_a_name_that_is_taken_is_replaced_only_if_asked_for(cast: Cast) -> None:
    by = cast.actor("coordinator")
    first, second = keep_layout(tried(cast), name="a", by=by, at=AT), tried(cast, b"PK two")
    assert refused(keep_layout, second, name="a", by=by) == "kernel.layout_name_taken"
    second = keep_layout(second, name="a", replace=True, by=by, at=AT)
    first.refresh_from_db()
    assert (first.state, first.removed_by, list(layouts_for(cast.college))) == (
        "removed",
        by.person,
        [second],
    )
    assert facts()[-1][1] == {"name": "a", "file": "表.xlsx", "replaced": first.public_id}
    assert first.file.bytes() == b"PK one"


def test_renaming(cast: Cast) -> None:
    by = cast.actor("coordinator")
    layout, other = (keep_layout(tried(cast, name.encode()), name=name, by=by, at=AT) for name in "ab")
    assert rename_layout(layout, name="a", by=by, at=AT).name == "a"
    assert refused(rename_layout, layout, name="b", by=by) == "kernel.layout_name_taken"
    assert refused(rename_layout, layout, name=" \0 ", by=by) == "kernel.layout_without_name"
    assert refused(rename_layout, layout, name="x" * 81, by=by) == "kernel.layout_name_too_long"
    assert rename_layout(layout, name="c", by=by, at=AT).name == "c"
    assert facts()[-1] == ("kernel.layout_renamed", {"name": "c", "before": "a"})
    assert len(facts()) == 3
    assert refused(rename_layout, tried(cast), name="d", by=by) == "kernel.layout_not_offered"
    assert other.name == "b"


def test_removing_it_twice_is_one_fact_and_its_name_is_free(cast: Cast) -> None:
    by = cast.actor("coordinator")
    layout = keep_layout(tried(cast), name="a", by=by, at=AT)
    assert remove_layout(layout, by=by, at=AT).state == "removed"
    assert remove_layout(layout, by=by, at=AT).state == "removed"
    assert [code for code, _ in facts()] == ["kernel.layout_kept", "kernel.layout_removed"]
    layout.refresh_from_db()
    assert can_fill(layout).reason == "kernel.layout_not_offered"
    assert refused(keep_layout, layout, name="a", by=by) == "flow.not_now"
    assert refused(remove_layout, tried(cast), by=by) == "flow.not_now"
    assert keep_layout(tried(cast), name="a", by=by, at=AT).state == "kept"


@pytest.mark.parametrize("who", ["trainer", "hr", "apprentice", "auditor"])
def test_only_who_runs_cohorts_may(cast: Cast, who: str) -> None:
    places = {"hr": cast.jinheng, "auditor": cast.city}
    by, layout = cast.actor(who, places.get(who)), tried(cast)
    kept = keep_layout(tried(cast), name="a", by=cast.actor("coordinator"), at=AT)
    assert refused(keep_layout, layout, name="b", by=by) == "kernel.role_lacks"
    assert refused(rename_layout, kept, name="b", by=by) == "kernel.role_lacks"
    assert refused(remove_layout, kept, by=by) == "kernel.role_lacks"
    new = {"content": b"x", "filename": "x", "organisation": cast.college}
    assert refused(try_layout, **new, by=by) == "kernel.role_lacks"
    stranger = cast.actor("stranger", cast.neighbour)
    assert refused(remove_layout, kept, by=stranger) == "kernel.belongs_to_another"


def test_a_layout_serves_its_organisation_and_those_below(cast: Cast) -> None:
    by = cast.actor("coordinator")
    above = keep_layout(tried(cast), name="a", by=by, at=AT)
    below = keep_layout(tried(cast, b"PK x", cast.campus), name="b", by=by, at=AT)
    assert list(layouts_for(cast.campus)) == [above, below]
    assert list(layouts_for(cast.college)) == [above]
    assert list(layouts_for(cast.city)) == []
    assert (serves(above, cast.campus), serves(below, cast.college)) == (True, False)
    campus = Actor(cast.campus, cast.people["coordinator"], frozenset({Role.COORDINATOR}))
    with looking_for(campus.scope):
        assert list(layouts()) == [above, below]
    assert refused(remove_layout, above, by=campus) == "kernel.belongs_to_another"
    with looking_for(cast.actor("stranger", cast.neighbour).scope):
        assert list(layouts()) == []


def test_the_database_holds_names_once_and_times_with_states(cast: Cast) -> None:
    by = cast.actor("coordinator")
    layout = keep_layout(tried(cast), name="a", by=by, at=AT)
    other = tried(cast, b"PK two")
    for change in (
        {"state": "kept", "name": "a", "kept_at": AT},
        {"state": "kept", "name": "b", "kept_at": None},
        {"state": "removed", "name": "b", "kept_at": AT},
        {"state": "lost"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Layout.objects.filter(pk=other.pk).update(**change)
    assert layout.state == "kept"
