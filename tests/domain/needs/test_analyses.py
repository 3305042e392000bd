"""Analyses of surveys: worked out once, hidden where few answered, published, signed, superseded."""

from __future__ import annotations

from typing import Any

import pytest

from craftpath.domain.needs import queries
from craftpath.domain.needs.actions import (
    drop_analysis,
    make_analysis,
    publish_analysis,
    retry_analysis,
    sign_analysis,
    supersede_analysis,
)
from craftpath.domain.needs.computing import carry_out
from craftpath.domain.needs.models import Analysis, SignOff
from craftpath.domain.surveys.models import Answer
from craftpath.domain.surveys.results import results_of
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.tenancy import looking_for
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.needs.world import TRADES, better, needy, survey
from tests.domain.surveys.world import opened, refused

pytestmark = pytest.mark.usefixtures("all_rows")


def made(cast: Cast, *surveys: Any, by: str = "coordinator", **more: Any) -> Analysis:
    more = {"groups": ["occupation", "role"], **more}
    return make_analysis(cast.college, surveys, by=cast.actor(by), at=AT, **more)


def item(row: Analysis, key: str) -> dict[str, Any]:
    return next(one for one in row.figures["items"] if one["key"] == key)


class TestOneSurvey:
    def test_figures_are_worked_out_once_with_all_that_they_rest_on(self, cast: Cast) -> None:
        asked = survey(cast)
        row = made(cast, asked)
        asked.refresh_from_db()
        assert asked.state == "analysed"
        assert (row.state, row.people, row.version, row.least, len(row.fingerprint)) == (
            "computed",
            24,
            "1",
            5,
            64,
        )
        talk = item(row, "communication")
        assert (talk["n"], talk["importance"]["value"], talk["ability"]["value"]) == (24, 5, 2)
        assert (talk["mwds"]["value"], talk["nr"], talk["rds"]["value"]) == (pytest.approx(15), 100, -100)
        assert talk["ranks"]["mwds"] == {"place": 1, "tied": False}
        assert talk["quadrant"] == "concentrate"
        solving = item(row, "problem_solving_decisions")
        assert solving["n"] == 20, "whoever left a side out is in no figure of the skill"
        assert row.figures["grid"]["crosshair"] == "means"
        assert row.figures["agreement"]["mwds_rds"]["value"] == pytest.approx(3**0.5 / 2), (
            "two are tied by RDS"
        )
        assert [row.figures["reliability"][side]["n"] for side in ("importance", "ability")] == [24, 20]
        [motivation] = row.figures["constructs"]
        assert (motivation["name"], motivation["alpha"]["value"]) == ("motivation", pytest.approx(1))
        assert motivation["columns"][0]["mean"]["value"] == pytest.approx(3), "the third item is turned"
        codes = set(AuditEntry.objects.filter(fact__startswith="needs.").values_list("fact", flat=True))
        assert codes == {"needs.analysis_asked", "needs.analysis_computed"}

    def test_groups_are_told_apart_and_the_mentors_view_stands_beside(self, cast: Cast) -> None:
        row = made(cast, survey(cast))
        trade, role = row.figures["groups"]
        assert [(one["value"], one["n"]) for one in trade["values"]] == [("welder", 16), ("turner", 8)]
        assert trade["values"][0]["name"] == {"zh": "焊工", "en": "Welder"}
        assert [cell["n"] for cell in trade["values"][1]["cells"]] == [8, 8, 7]
        assert [one["value"] for one in role["values"]] == ["apprentice"], "mentors rate no own level"
        talk = row.figures["mentors"][0]
        assert (talk["n"], talk["mentors"], talk["own"], talk["mentor"]) == (24, 6, 2, 2)

    def test_few_answers_to_one_skill_hide_it_in_both_groups(self, cast: Cast) -> None:
        def silent(who: int) -> dict[str, Any]:
            return {**needy(who), "communication": [5, None, None]} if who >= 20 else needy(who)

        trade = made(cast, survey(cast, silent)).figures["groups"][0]
        for value in trade["values"]:
            assert value["cells"][0] == {"n": None, "why": "suppressed"}
            assert value["n"] is not None
            assert value["cells"][1]["n"] is not None

    @pytest.mark.parametrize(("silent", "told"), [(0, True), (1, False), (4, False), (5, True)])
    def test_a_construct_is_told_unless_a_few_left_a_part_out(
        self, cast: Cast, silent: int, told: bool
    ) -> None:
        """Results tell each item of everybody, the construct those who answered all: the rest would follow."""

        def said(who: int) -> dict[str, Any]:
            return {key: value for key, value in needy(who).items() if key != "m2" or who >= silent}

        asked = survey(cast, said)
        [construct] = made(cast, asked).figures["constructs"]
        [column] = construct["columns"]
        counts = [one.n for one in results_of(asked) if one.question.key.startswith("m")]
        assert counts == [24, 24 - silent, 24]
        assert (column["n"], "mean" in column) == (24 - silent if told else None, told)
        assert (construct["alpha"]["value"] is not None) is told

    def test_the_same_is_made_once(self, cast: Cast) -> None:
        asked = survey(cast)
        row = made(cast, asked)
        assert made(cast, asked, groups=["role", "occupation"]) == row
        assert made(cast, asked, crosshair="middle") != row
        assert Analysis.objects.count() == 2

    def test_few_people_are_refused_with_the_survey_s_name(self, cast: Cast) -> None:
        def mute(who: int) -> dict[str, Any]:
            return {"m1": 3} if who >= 4 else needy(who)

        row = made(cast, survey(cast, mute))
        assert (row.state, row.failed, row.failed_facts["least"]) == ("failed", "needs.too_few", 5)
        assert retry_analysis(row, by=cast.actor("coordinator"), at=AT).state == "failed"
        assert drop_analysis(row, by=cast.actor("coordinator"), at=AT).state == "dropped"


class TestRefusals:
    def test_what_cannot_be_analysed(self, cast: Cast) -> None:
        with refused("needs.no_survey"):
            made(cast)
        with refused("needs.survey_open"):
            made(cast, opened(cast))
        asked = survey(cast)
        with refused("kernel.role_lacks"):
            made(cast, asked, by="trainer")
        with refused("needs.crosshair_unknown"):
            made(cast, asked, crosshair="elsewhere")
        with refused("needs.title_too_long"):
            made(cast, asked, title=Text(en="x" * 121))
        with refused("needs.survey_of_another"):
            make_analysis(cast.jinheng, [asked], groups=[], by=cast.actor("hr", cast.jinheng), at=AT)

    def test_surveys_on_other_scales_are_not_laid_together(self, cast: Cast) -> None:
        one, two = survey(cast), survey(cast)
        two.points = 7
        with refused("needs.scales_differ"):
            made(cast, one, two)


class TestSeveral:
    def test_wave_against_wave(self, cast: Cast) -> None:
        first = survey(cast)
        row = made(cast, first, survey(cast, better, before=first))
        assert row.people == 24, "what holds today is the newest wave"
        [waves] = row.figures["waves"]
        assert [(one["wave"], one["n"]) for one in waves["waves"]] == [(1, 24), (2, 24)]
        talk = waves["items"][0]["ability"]
        assert (talk["before"]["value"], talk["after"]["value"]) == (2, 4)
        assert talk["difference"]["value"] == pytest.approx(2)
        assert 1 < talk["difference"]["low"] < 2 < talk["difference"]["high"]
        [motivation] = row.figures["constructs"]
        assert motivation["difference"]["value"] == pytest.approx(1.5)

    def test_two_organisations_stand_side_by_side(self, cast: Cast) -> None:
        here, there = survey(cast), survey(cast, better, organisation=cast.campus, by="coordinator")
        row = made(cast, here, there)
        assert row.people == 48
        assert [one["n"] for one in row.figures["across"]] == [24, 24]
        assert row.figures["across"][1]["organisation"]["en"] == "East Campus"
        assert row.figures["mentors"] is None

    def test_what_one_survey_hides_the_sum_hides_too(self, cast: Cast) -> None:
        """Eight turners here; there, four of six turners rate nothing: their two would follow from the sum."""

        def silent(who: int) -> dict[str, Any]:
            return {"m1": 3} if who >= 20 else better(who)

        there = survey(cast, silent, (*TRADES[:18], *("turner",) * 6), organisation=cast.campus)
        both = made(cast, survey(cast), there)
        assert [one["n"] for one in both.figures["groups"][0]["values"]] == [None, None]


class TestPublishing:
    def test_priorities_go_out_with_method_and_signature(self, cast: Cast) -> None:
        row = publish_analysis(made(cast, survey(cast)), count=2, by=cast.actor("coordinator"), at=AT)
        assert (row.state, row.priority_method) == ("published", "mwds")
        assert row.priorities == ["communication", "problem_solving_decisions"]
        assert [one.person for one in queries.signatures(row)] == [cast.people["coordinator"]]
        assert (
            publish_analysis(row, count=1, by=cast.actor("coordinator"), at=AT).priorities == row.priorities
        )
        sign_analysis(row, by=cast.actor("trainer"), at=AT)
        sign_analysis(row, by=cast.actor("trainer"), at=AT)
        assert SignOff.objects.count() == 2
        assert list(queries.published(cast.college)) == [row]
        with pytest.raises(Refused, match="flow.not_now"):
            drop_analysis(row, by=cast.actor("coordinator"), at=AT)

    def test_what_needs_nothing_is_no_priority(self, cast: Cast) -> None:
        row = publish_analysis(
            made(cast, survey(cast)), method="gap", count=3, by=cast.actor("coordinator"), at=AT
        )
        assert "planning_organising" not in row.priorities

    def test_a_later_one_takes_its_place(self, cast: Cast) -> None:
        by = cast.actor("coordinator")
        first = survey(cast)
        old = publish_analysis(made(cast, first), by=by, at=AT)
        new = publish_analysis(made(cast, first, survey(cast, better, before=first)), by=by, at=AT)
        old.refresh_from_db()
        assert (old.state, old.superseded_by) == ("superseded", new)
        assert list(queries.published(cast.college)) == [new]
        with pytest.raises(Refused, match="flow.not_now"):
            supersede_analysis(old, new, by=by, at=AT)

    def test_refusals(self, cast: Cast) -> None:
        row = made(cast, survey(cast))
        with refused("needs.not_published"):
            sign_analysis(row, by=cast.actor("trainer"), at=AT)
        with refused("needs.method_unknown"):
            publish_analysis(row, method="luck", by=cast.actor("coordinator"), at=AT)
        with refused("needs.priorities_count"):
            publish_analysis(row, count=0, by=cast.actor("coordinator"), at=AT)
        with refused("kernel.role_lacks"):
            publish_analysis(row, by=cast.actor("trainer"), at=AT)

    def test_weights_are_the_weighted_need_and_never_below_nothing(self, cast: Cast) -> None:
        row = made(cast, survey(cast))
        weights = queries.weights_of(row.public_id)
        assert weights["communication"] == pytest.approx(15)
        assert weights["planning_organising"] == 0
        with looking_for(cast.actor("stranger", cast.neighbour).scope), pytest.raises(Analysis.DoesNotExist):
            queries.weights_of(row.public_id)


def test_who_was_asked_sees_what_is_published_and_nobody_else_does(cast: Cast) -> None:
    asked = survey(cast)
    row = made(cast, asked)
    person = asked.asked.exclude(person=None).first().person
    from craftpath.kernel.tenancy import Scope

    mine = Scope(person_id=person.pk)
    with looking_for(mine):
        assert list(queries.published_for(person)) == []
    publish_analysis(row, by=cast.actor("coordinator"), at=AT)
    with looking_for(mine):
        assert list(queries.published_for(person)) == [row]
        assert queries.was_asked(row, person)
    with looking_for(cast.actor("officer", cast.city).scope):
        assert list(queries.published(cast.city)) == [row]
    with looking_for(cast.actor("hr", cast.jinheng).scope):
        assert not queries.analyses().exists()


def test_many_answers_are_left_to_a_worker(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int]] = []
    monkeypatch.setattr("craftpath.domain.needs.computing.AT_ONCE", 5)
    monkeypatch.setattr("craftpath.domain.needs.computing.enqueue", lambda name, pk: asked.append((name, pk)))
    row = made(cast, survey(cast))
    assert (row.state, asked) == ("computing", [("needs", row.pk)])
    by = cast.actor("coordinator")
    assert carry_out(row, by=by, at=AT).state == "computed"
    assert carry_out(row, by=by, at=AT).state == "computed", (
        "a second worker holds an old row and writes nothing"
    )
    assert AuditEntry.objects.filter(fact="needs.analysis_computed").count() == 1


def test_figures_read_answers_in_few_queries(cast: Cast, django_assert_max_num_queries: Any) -> None:
    asked = survey(cast)
    assert Answer.objects.filter(survey=asked).count() == 30
    with django_assert_max_num_queries(30):
        made(cast, asked)
