"""Lists that come with the program, lists of an organisation's own: begun, edited, published, seen by whom."""

from __future__ import annotations

from collections import Counter
from importlib import import_module

import pytest
from django.apps import apps

from craftpath.domain.standards import actions
from craftpath.domain.standards.actions import load_frameworks
from craftpath.domain.standards.content import Content, Level, Node
from craftpath.domain.standards.models import Framework, Skill
from craftpath.domain.standards.queries import (
    equivalents,
    frameworks,
    pairs_between,
    same_as,
    skills,
    skills_by_key,
    ties_of,
)
from craftpath.domain.standards.uses import counts_uses, uses_of
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.roles import Permission
from craftpath.kernel.tenancy import Scope, everywhere, looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast

pytestmark = [pytest.mark.django_db]
ILO = "ilo-core-skills-2021"


@pytest.fixture
def loaded(cast: Cast) -> Cast:
    with everywhere("a test loads the lists"):
        load_frameworks(by=system(), at=AT)
    return cast


def reason(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.verdict.reason


def own(cast: Cast, **about: object) -> Framework:
    """A list of the college's with a domain, two skills and one below the second."""
    by = cast.actor("coordinator")
    with looking_for(by.scope):
        row = actions.draft_framework(
            organisation=cast.college, name={"zh": "车间十条", "en": "Shop rules"}, about=about, by=by, at=AT
        )
        top = actions.add_node(row, Node("", kind="domain", name={"en": "Order"}), by=by, at=AT)
        for name in ("Tidy", "On time"):
            last = actions.add_node(row, Node("", parent=top.key, name={"en": name}), by=by, at=AT)
        actions.add_node(row, Node("", parent=last.key, name={"zh": "不迟到"}), by=by, at=AT)
    return row


def keys(row: Framework) -> list[str]:
    return [f"{'·' * node.depth}{node.key}" for node in Skill.objects.filter(framework=row).order_by("order")]


def test_four_domains_and_nineteen_skills_in_both_languages_with_what_one_sees(loaded: Cast) -> None:
    with everywhere("a test looks at everything"):
        load_frameworks(by=system(), at=AT)
        assert Framework.objects.count() == 2
        found = skills(ILO)
    assert Counter(skill.domain for skill in found) == {
        "social_emotional": 4,
        "cognitive_metacognitive": 9,
        "basic_digital": 3,
        "basic_green": 3,
    }
    for skill in found:
        texts = [skill.name, skill.meaning, *skill.indicators, *skill.levels.values()]
        assert all(words["zh"] and words["en"] for words in texts), skill.key
        assert (len(skill.indicators), len(skill.levels)) == (3, 4), skill.key


def test_an_older_site_is_filled_up_and_keeps_what_was_written(loaded: Cast) -> None:
    with everywhere("an older site"):
        row = Framework.objects.get(key=ILO)
        Skill.objects.filter(framework=row).exclude(key="communication").update(indicators=[], levels={})
        Skill.objects.filter(key="communication").update(
            indicators=[{"en": "Ours"}], meaning={"en": "Ours too"}
        )
        Skill.objects.filter(key="basic_green").delete()
        Framework.objects.filter(pk=row.pk).update(levels=[], levels_by="")
        load_frameworks(by=system(), at=AT)
        after = {skill.key: skill for skill in skills(ILO)}
    assert len(after) == 19
    assert after["communication"].indicators == [{"en": "Ours"}]
    assert after["communication"].meaning == {"en": "Ours too"}
    assert len(after["career_management"].levels) == 4
    assert after["energy_water_efficiency"].domain == "basic_green"


def test_a_skill_is_found_by_its_key_and_an_unknown_one_is_left_out(loaded: Cast) -> None:
    assert set(skills_by_key(["communication", "flying", ""])) == {"communication"}


def test_an_own_list_is_a_tree_whose_keys_bear_its_prefix(loaded: Cast) -> None:
    row = own(loaded)
    assert row.prefix
    assert keys(row) == [
        f"{row.prefix}-order",
        f"·{row.prefix}-tidy",
        f"·{row.prefix}-on_time",
        f"··{row.prefix}-s1",
    ]
    deepest = Skill.objects.get(key=f"{row.prefix}-s1")
    assert (deepest.domain, deepest.domain_name) == (f"{row.prefix}-order", {"en": "Order"})


def test_a_node_moves_with_what_hangs_on_it(loaded: Cast) -> None:
    row, by = own(loaded), loaded.actor("coordinator")
    p = row.prefix
    actions.move_node(row, f"{p}-on_time", move="up", by=by, at=AT)
    assert keys(row) == [f"{p}-order", f"·{p}-on_time", f"··{p}-s1", f"·{p}-tidy"]
    actions.move_node(row, f"{p}-tidy", move="in", by=by, at=AT)
    assert keys(row) == [f"{p}-order", f"·{p}-on_time", f"··{p}-s1", f"··{p}-tidy"]
    actions.move_node(row, f"{p}-on_time", move="out", by=by, at=AT)
    assert keys(row) == [f"{p}-order", f"{p}-on_time", f"·{p}-s1", f"·{p}-tidy"]
    before = AuditEntry._base_manager.count()
    actions.move_node(row, f"{p}-order", move="up", by=by, at=AT)  # is the first already
    assert AuditEntry._base_manager.count() == before
    assert actions.remove_node(row, f"{p}-on_time", by=by, at=AT) == 3
    assert actions.remove_node(row, f"{p}-on_time", by=by, at=AT) == 0
    assert keys(row) == [f"{p}-order"]


def test_the_same_press_twice_adds_one(loaded: Cast) -> None:
    row, by = own(loaded), loaded.actor("coordinator")
    node = Node("", name={"en": "Again"}, identifier="0b9c1d9e-55a1-4c0e-8a53-0d3a5b6c7d8e")
    first = actions.add_node(row, node, by=by, at=AT)
    assert actions.add_node(row, node, by=by, at=AT).key == first.key
    assert len(keys(row)) == 5


def test_a_level_that_goes_takes_its_descriptions_along(loaded: Cast) -> None:
    row, by = own(loaded), loaded.actor("coordinator")
    scale = [Level("a", {"en": "A"}), Level("b", {"en": "B"})]
    actions.set_levels(row, scale, levels_by="own", by=by, at=AT)
    tidy = f"{row.prefix}-tidy"
    actions.change_node(row, tidy, levels={"a": {"en": "some"}, "b": {"en": "all"}}, by=by, at=AT)
    with pytest.raises(Refused) as refused:
        actions.change_node(row, tidy, levels={"c": {"en": "?"}}, by=by, at=AT)
    assert reason(refused) == "standards.level_unknown"
    actions.set_levels(row, scale[:1], levels_by="own", by=by, at=AT)
    assert Skill.objects.get(key=tidy).levels == {"a": {"en": "some"}}


def test_what_is_published_is_offered_and_no_longer_changed(loaded: Cast) -> None:
    row, by = own(loaded), loaded.actor("coordinator")
    tidy = f"{row.prefix}-tidy"
    with looking_for(by.scope):
        assert tidy not in {skill.key for skill in skills()}
        first = actions.publish_framework(row, by=by, at=AT)
        assert actions.publish_framework(row, by=by, at=AT).state == "published"
        assert tidy in {skill.key for skill in skills()}
        with pytest.raises(Refused) as refused:
            actions.change_node(first, tidy, name={"en": "Neat"}, by=by, at=AT)
        assert reason(refused) == "standards.not_a_draft"
        second = actions.draft_version(first, by=by, at=AT)
        assert actions.draft_version(first, by=by, at=AT) == second
        actions.change_node(second, tidy, name={"en": "Neat"}, by=by, at=AT)
        assert skills_by_key([tidy])[tidy].name == {"en": "Tidy"}
        actions.publish_framework(second, by=by, at=AT)
        states = {one.version: one.state for one in frameworks().filter(key=row.key)}
        assert states == {1: "retired", 2: "published"}
        assert skills_by_key([tidy])[tidy].name == {"en": "Neat"}
        actions.retire_framework(second, by=by, at=AT)
        assert tidy not in {skill.key for skill in skills()}
        assert skills_by_key([tidy])[tidy].name == {"en": "Neat"}


def test_an_empty_list_is_not_published_and_a_draft_can_be_put_away(loaded: Cast) -> None:
    by = loaded.actor("coordinator")
    with looking_for(by.scope):
        row = actions.draft_framework(organisation=loaded.college, name={"en": "E"}, about={}, by=by, at=AT)
        again = actions.draft_framework(organisation=loaded.college, name={"en": "E"}, about={}, by=by, at=AT)
        assert again == row
        with pytest.raises(Refused) as refused:
            actions.publish_framework(row, by=by, at=AT)
        assert reason(refused) == "standards.nothing_in_it"
        actions.discard_framework(row, by=by, at=AT)
        assert not frameworks().filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("who", "place"), [("trainer", "college"), ("coordinator", "campus"), ("stranger", "neighbour")]
)
def test_others_do_not_edit(loaded: Cast, who: str, place: str) -> None:
    row = own(loaded)
    with pytest.raises(Refused) as refused:
        actions.publish_framework(row, by=loaded.actor(who, getattr(loaded, place)), at=AT)
    assert refused.value.verdict.who


def test_a_shared_list_is_changed_at_the_top_of_the_site_only(loaded: Cast) -> None:
    with everywhere("a test looks at everything"):
        ilo = Framework.objects.get(key=ILO)
    with pytest.raises(Refused) as refused:
        actions.draft_version(ilo, by=loaded.actor("coordinator"), at=AT)
    assert reason(refused) == "standards.shared_by_the_top"
    with pytest.raises(Refused) as refused:  # nobody is above the neighbour, and the site is not its own
        actions.draft_version(ilo, by=loaded.actor("stranger", loaded.neighbour), at=AT)
    assert reason(refused) == "standards.shared_by_the_top"
    officer = loaded.actor("officer", loaded.city)
    assert actions.draft_version(ilo, by=officer, at=AT).version == 2


def test_who_sees_an_own_list(loaded: Cast) -> None:
    """A draft: who looks after it. Published for the site: everybody. For its own: the college, not a neighbour."""
    row, by = own(loaded, audience="own"), loaded.actor("coordinator")

    def sees(name: str, place: object = None) -> bool:
        with looking_for(loaded.actor(name, place or loaded.college).scope):  # type: ignore[arg-type]
            return frameworks().filter(pk=row.pk).exists()

    assert sees("coordinator")
    assert not sees("mentor", loaded.jinheng)
    assert not sees("stranger", loaded.neighbour)
    actions.publish_framework(row, by=by, at=AT)
    assert sees("coordinator")
    assert sees("officer", loaded.city)
    assert not sees("stranger", loaded.neighbour)
    with everywhere("a test looks at everything"):
        Framework.objects.filter(pk=row.pk).update(audience="site")
    assert sees("stranger", loaded.neighbour)
    assert sees("mentor", loaded.jinheng)


def test_taking_a_file_deletes_nothing_that_it_does_not_mention_unless_asked(loaded: Cast) -> None:
    row, by = own(loaded), loaded.actor("coordinator")
    p = row.prefix
    file = Content(
        nodes=(Node(f"{p}-new", name={"en": "New"}), Node(f"{p}-tidy", parent=f"{p}-new", name={"en": "T"}))
    )
    with looking_for(by.scope):
        actions.take_content(file, framework=row, organisation=loaded.college, by=by, at=AT)
        assert keys(row) == [f"{p}-new", f"·{p}-tidy", f"{p}-order", f"·{p}-on_time", f"··{p}-s1"]
        actions.take_content(file, framework=row, organisation=loaded.college, remove=True, by=by, at=AT)
    assert keys(row) == [f"{p}-new", f"·{p}-tidy"]


def test_rows_of_an_older_site_become_a_tree(loaded: Cast) -> None:
    """The steps of the migration, on rows as they were: skills alone, with the names of their domains."""
    step = import_module("craftpath.domain.standards.migrations.0002_frameworks")
    with everywhere("an older site"):
        row = Framework.objects.get(key=ILO)
        Skill.objects.filter(framework=row).update(parent=None, depth=0)
        Skill.objects.filter(framework=row, kind="domain").delete()
        Framework.objects.exclude(pk=row.pk).delete()
        Framework.objects.update(state="draft", identifier="")
        step.name_rows(apps, None)
        step.hang_under_domains(apps, None)
        load_frameworks(by=system(), at=AT)
        after = Framework.objects.get(key=ILO)
    assert (after.state, len(after.identifier)) == ("published", 36)
    rows = list(Skill.objects.filter(framework=after).order_by("order"))
    assert [one.kind for one in rows[:6]] == ["domain", "skill", "skill", "skill", "skill", "domain"]
    assert all(one.parent.key == one.domain for one in rows if one.kind == "skill" and one.parent)
    assert len(rows) == 23


def test_the_same_skill_is_found_by_way_of_a_third_list_and_a_broader_one_is_not(loaded: Cast) -> None:
    row, by = own(loaded), loaded.actor("coordinator")
    tidy, late = f"{row.prefix}-tidy", f"{row.prefix}-on_time"
    with looking_for(by.scope):
        actions.publish_framework(row, by=by, at=AT)
        ways = {"organisation": loaded.college, "by": by, "at": AT}
        for _ in range(2):
            actions.match_skills(tidy, "ilo2013-work_with_others", kind="exact", strength=3, **ways)
        actions.match_skills(late, "planning_organising", kind="narrower", strength=2, **ways)
        assert same_as(tidy) == {tidy, "ilo2013-work_with_others", "collaboration_teamwork"}
        assert same_as(late) == {late}
        likes = equivalents([late, "planning_organising"])
        assert [(like.key, like.kind) for like in likes[late]] == [("planning_organising", "broader")]
        assert (late, "narrower") in {(like.key, like.kind) for like in likes["planning_organising"]}
        with pytest.raises(Refused) as refused:
            actions.match_skills(tidy, late, kind="exact", strength=3, **ways)
        assert reason(refused) == "standards.match_itself"
        # The college sees this otherwise than the program, and its word counts for the college.
        actions.match_skills(
            "ilo2013-work_with_others", "collaboration_teamwork", kind="related", strength=1, **ways
        )
        assert same_as(tidy) == {tidy, "ilo2013-work_with_others"}
    with looking_for(loaded.actor("stranger", loaded.neighbour).scope):
        # What the college says of two shared lists is its own; its list is for the whole site, and so are its ties.
        assert same_as("ilo2013-work_with_others") == {
            "ilo2013-work_with_others",
            "collaboration_teamwork",
            tidy,
        }


def test_ties_of_the_own_organisation_go_before_those_of_others(loaded: Cast) -> None:
    ends = "ilo2013-find_the_problem", "problem_solving_decision_making"
    for keeper, kind in ((loaded.college, "exact"), (loaded.city, "related")):
        actions.match_skills(*ends, kind=kind, strength=3, organisation=keeper, by=system(keeper), at=AT)
    for keeper, kind in ((loaded.college, "exact"), (loaded.campus, "exact"), (loaded.city, "related")):
        found = equivalents([ends[0]], ties_of(keeper))[ends[0]]
        assert {like.kind for like in found if like.key == ends[1]} == {kind}
        with looking_for(Scope(path=keeper.path)):
            [pair] = [
                pair for pair in pairs_between(ILO, "ilo-core-work-skills-2013") if pair.other == ends[0]
            ]
        assert (pair.one, pair.kind) == (ends[1], kind)


def test_uses_are_counted_for_whoever_may_read_them(loaded: Cast) -> None:
    with looking_for(loaded.actor("coordinator").scope):
        found = uses_of(["communication"], {Permission.WRITE_ITEMS})
    assert {"outcomes", "units", "items"} <= set(found)
    assert "entries" not in found
    with pytest.raises(TypeError):
        counts_uses("outcomes")(lambda keys: {})
