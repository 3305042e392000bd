"""Drafts: begun from the bank, a copy or nothing; changed until they are opened; what a next wave asks otherwise."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from craftpath.domain.standards.actions import load_frameworks
from craftpath.domain.standards.queries import skills_by_key
from craftpath.domain.surveys.actions import (
    add_questions,
    address_survey,
    close_survey,
    describe_survey,
    discard_survey,
    draft_next_wave,
    draft_survey,
    move_question,
    open_survey,
    remove_question,
    write_question,
)
from craftpath.domain.surveys.bank import instrument, instruments
from craftpath.domain.surveys.comparing import changes, turned
from craftpath.domain.surveys.faults import faults, only_one_language
from craftpath.domain.surveys.models import Asked, Survey
from craftpath.domain.surveys.questions import Option, Question, When, read, stored
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.surveys.world import DAY, SHORT, candidates, drafted, opened, refused

pytestmark = pytest.mark.usefixtures("all_rows")
YES_NO = (Option("y", Text(en="Yes")), Option("n", Text(en="No")))


def test_no_ready_intro_promises_what_the_survey_may_not_keep() -> None:
    """Whether it is anonymous is chosen later, and the page itself says which."""
    for one in instruments():
        told = f"{one.intro.en} {one.about.en} {one.intro.zh} {one.about.zh}".lower()
        for promise in ("anonym", "nobody", "no one", "匿名", "没有人", "不记名"):
            assert promise not in told, one.key


@pytest.mark.parametrize("key", [one.key for one in instruments()])
def test_every_instrument_of_the_bank_can_be_asked_in_both_languages(key: str) -> None:
    one = instrument(key)
    assert one is not None
    assert faults(one.questions, one.points) == []
    assert only_one_language(one.questions, one.title, one.intro) == []
    assert read(stored(one.questions)) == list(one.questions)


def test_the_core_skills_of_the_bank_are_those_of_the_framework(cast: Cast) -> None:
    load_frameworks(by=system(), at=AT)
    one = instrument("core_skills")
    assert one is not None
    asked = [question.skill for question in one.questions if question.kind == "need"]
    assert len(asked) == 19
    assert set(skills_by_key(asked)) == set(asked)


def test_a_survey_begins_from_the_bank_or_as_a_copy_of_its_own(cast: Cast) -> None:
    by = cast.actor("coordinator")
    one = instrument("tracer")
    first = draft_survey(cast.college, title=Text(en="Tracer"), source=one, by=by, at=AT)
    copy = draft_survey(cast.college, title=Text(en="Another"), source=first, by=by, at=AT)
    assert (copy.questions, copy.points, copy.wave) == (first.questions, 5, 1)
    assert copy.series != first.series
    with refused("surveys.no_title"):
        draft_survey(cast.college, title=Text(), by=by, at=AT)
    with refused("kernel.role_lacks"):
        draft_survey(cast.college, title=Text(en="x"), by=cast.actor("trainer"), at=AT)
    with refused("kernel.belongs_to_another"):
        draft_survey(cast.neighbour, title=Text(en="x"), by=by, at=AT)


def test_a_draft_is_changed_and_the_same_once_more_is_not_told_again(cast: Cast) -> None:
    by, survey = cast.actor("coordinator"), drafted(cast)
    question = replace(survey.asked_for[1], title=Text(en="I like it much"))
    survey = write_question(survey, question, by=by, at=AT)
    told = AuditEntry.objects.count()
    write_question(survey, question, by=by, at=AT)
    add_questions(survey, [question], by=by, at=AT)
    remove_question(survey, "nothing", by=by, at=AT)
    assert AuditEntry.objects.count() == told
    survey = describe_survey(
        survey, title=Text(en="New"), intro=Text(), points=7, anonymous=False, by=by, at=AT
    )
    assert (survey.points, survey.anonymous) == (7, False)
    survey = address_survey(
        survey, audience={"roles": ["mentor"]}, groups=["site", "role"], sampling={}, by=by, at=AT
    )
    assert survey.groups == ["role", "site"]
    with refused("surveys.group_unknown"):
        address_survey(survey, audience={}, groups=["shoe_size"], sampling={}, by=by, at=AT)
    with refused("surveys.points_out_of_range"):
        describe_survey(survey, title=Text(en="New"), intro=Text(), points=1, anonymous=True, by=by, at=AT)


def test_a_condition_looks_back_only(cast: Cast) -> None:
    by, survey = cast.actor("coordinator"), drafted(cast)
    with refused("surveys.when_later"):
        move_question(survey, "why", 0, by=by, at=AT)
    with refused("surveys.when_later"):
        move_question(survey, "stay", 9, by=by, at=AT)
    with refused("surveys.when_unknown"):
        remove_question(survey, "stay", by=by, at=AT)
    itself = Question("me", "single", Text(en="Me?"), options=YES_NO, when=When("me", "is", ("y",)))
    with refused("surveys.when_later"):
        add_questions(survey, [itself], by=by, at=AT)
    for when, reason in (
        (When("why", "is", ("x",)), "when_kind"),
        (When("stay", "at_least", ("yes",)), "when_kind"),
        (When("stay", "is", ("perhaps",)), "when_value"),
        (When("like", "at_least", ("much",)), "when_value"),
    ):
        with refused(f"surveys.{reason}"):
            add_questions(survey, [replace(itself, when=when)], by=by, at=AT)
    survey = move_question(survey, "like", 0, by=by, at=AT)
    assert [one.key for one in survey.asked_for] == ["like", "comm", "stay", "why"]


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (Question("a", "scale", Text()), "untitled"),
        (Question("a", "single", Text(en="A"), options=YES_NO[:1]), "too_few_options"),
        (
            Question("a", "multiple", Text(en="A"), options=(YES_NO[0], Option("z", Text(en="Yes")))),
            "option_twice",
        ),
        (Question("a", "matrix", Text(en="A")), "no_rows"),
        (Question("a", "scale", Text(en="A"), labels=(Text(en="x"),) * 3), "labels_count"),
        (Question("a", "number", Text(en="A"), least=3, most=1), "least_over_most"),
        (Question("a", "multiple", Text(en="A"), options=YES_NO, group=True), "not_a_group"),
    ],
)
def test_each_fault_is_told_with_its_place_and_keeps_a_survey_from_opening(
    cast: Cast, question: Question, reason: str
) -> None:
    survey = write_question(drafted(cast), question, by=cast.actor("coordinator"), at=AT)
    [fault] = faults(survey.asked_for, survey.points)
    assert (fault.place, fault.verdict.reason) == (5, f"surveys.{reason}")
    with refused(f"surveys.{reason}"):
        opened(cast, survey=survey)


def test_one_skill_is_asked_about_once(cast: Cast) -> None:
    again = Question("c2", "need", Text(en="Again"), skill="communication")
    survey = write_question(drafted(cast), again, by=cast.actor("coordinator"), at=AT)
    assert [one.verdict.facts["other"] for one in faults(survey.asked_for, 5)] == [1]


def test_what_has_asked_is_never_altered(cast: Cast) -> None:
    by, survey = cast.actor("coordinator"), opened(cast)
    for change in (
        lambda: move_question(survey, "like", 0, by=by, at=AT),
        lambda: describe_survey(
            survey, title=Text(en="x"), intro=Text(), points=5, anonymous=False, by=by, at=AT
        ),
        lambda: address_survey(survey, audience={}, groups=[], sampling={}, by=by, at=AT),
    ):
        with refused("surveys.asked_already"):
            change()
    with pytest.raises(Refused, match="flow.not_now"):
        discard_survey(survey, by=by, at=AT)


def test_a_draft_is_thrown_away_once_and_asks_nobody(cast: Cast) -> None:
    by, survey = cast.actor("coordinator"), drafted(cast)
    assert discard_survey(discard_survey(survey, by=by, at=AT), by=by, at=AT).state == "discarded"
    with pytest.raises(Refused, match="flow.not_now"):
        opened(cast, survey=survey)


def test_the_opening_refuses_what_cannot_keep_its_promise(cast: Cast) -> None:
    survey = drafted(cast)
    for asked, more, reason in (
        ([], {}, "nobody_asked"),
        (candidates(4), {}, "too_few_to_hide"),
        (candidates(4), {"link": True}, "too_few_to_hide"),
        ([*candidates(9), *candidates(4, role="mentor")], {}, "too_few_of_a_role"),
        ([*candidates(4), *candidates(9, role="mentor")], {"link": True}, "too_few_of_a_role"),
        (candidates(6), {"opens_on": TODAY - DAY}, "opens_before_today"),
        (candidates(6), {"closes_on": TODAY - DAY}, "closes_before_opening"),
        (candidates(6), {"closes_on": TODAY + 400 * DAY}, "open_too_long"),
    ):
        with refused(f"surveys.{reason}"):
            opened(cast, asked, survey=survey, **more)
    by = cast.actor("coordinator")
    survey = describe_survey(
        survey, title=Text(en="x"), intro=Text(), points=5, anonymous=False, by=by, at=AT
    )
    with refused("surveys.link_is_anonymous"):
        opened(cast, survey=survey, link=True)
    assert opened(cast, candidates(2), survey=survey).state == "open"


def test_few_of_a_role_are_asked_where_everybody_gets_the_same_questions(cast: Cast) -> None:
    people = [*candidates(6), *candidates(2, role="trainer"), *candidates(1, role="mentor")]
    alike = [one for one in SHORT if one["kind"] != "need"]
    assert opened(cast, people, survey=drafted(cast, alike)).state == "open"
    assert opened(cast, people[:8], survey=drafted(cast)).state == "open"  # a trainer rates as apprentices do
    only = [*alike, {"key": "teach", "kind": "text", "title": "How do you teach?", "roles": ["trainer"]}]
    with refused("surveys.too_few_of_a_role"):
        opened(cast, people, survey=drafted(cast, only))


def test_somebody_who_is_named_twice_is_asked_once_and_a_second_press_changes_nothing(cast: Cast) -> None:
    people = candidates(6)
    survey = opened(cast, [*people, people[0]])
    again = open_survey(
        survey, candidates(9), opens_on=TODAY, closes_on=TODAY, by=cast.actor("coordinator"), at=AT
    )
    assert (again.closes_on, Asked.objects.filter(survey=survey).count()) == (survey.closes_on, 6)


def test_a_sample_takes_its_share_of_each_combination_and_can_be_drawn_again(cast: Cast) -> None:
    people = [*candidates(40), *candidates(10, occupation="turner")]
    by = cast.actor("coordinator")
    drawn = []
    for _turn in range(2):
        survey = address_survey(
            drafted(cast), audience={}, groups=["occupation"],
            sampling={"percent": 25, "least": 6, "seed": 11}, by=by, at=AT,
        )  # fmt: skip
        survey = opened(cast, people, survey=survey)
        drawn.append(set(Asked.objects.filter(survey=survey).values_list("person", flat=True)))
    assert drawn[0] == drawn[1]
    assert [(cell["at"], cell["invited"], cell["population"]) for cell in survey.cells] == [
        (["turner"], 6, 10),
        (["welder"], 10, 40),
    ]


def test_the_next_wave_asks_the_same_and_what_differs_is_told(cast: Cast) -> None:
    by = cast.actor("coordinator")
    ends = (Text(en="bad"), Text(en="good"))
    survey = write_question(drafted(cast), Question("q", "scale", Text(en="How?"), labels=ends), by=by, at=AT)
    survey = opened(cast, survey=survey)
    wave = draft_next_wave(survey, months=6, by=by, at=AT)
    assert draft_next_wave(survey, by=by, at=AT) == wave
    assert (wave.wave, wave.months, changes(survey, wave)) == (2, 6, [])
    wave = write_question(wave, replace(wave.asked_for[-1], labels=ends[::-1], turned=True), by=by, at=AT)
    wave = write_question(wave, replace(wave.asked_for[1], title=Text(en="Other words")), by=by, at=AT)
    wave = remove_question(wave, "why", by=by, at=AT)
    wave = describe_survey(wave, title=Text(en="x"), intro=Text(), points=7, anonymous=True, by=by, at=AT)
    found = changes(survey, wave)
    assert [(one.code, one.place) for one in found] == [
        ("points", 0), ("words", 2), ("turned_round", 4), ("turned_mark", 4), ("gone", 4),
    ]  # fmt: skip
    assert [one.code for one in turned(found)] == ["points", "turned_round"]


def test_the_next_wave_draws_as_the_last_and_a_tracer_goes_on_as_its_instrument_says(cast: Cast) -> None:
    by, tracer = cast.actor("coordinator"), instrument("tracer")
    survey = draft_survey(cast.college, title=Text(en="Tracer"), source=tracer, by=by, at=AT)
    survey = address_survey(
        survey, audience={}, groups=[], sampling={"size": 5, "least": 5, "seed": 3}, by=by, at=AT
    )
    months = [survey.months]
    for _turn in range(4):
        close_survey(opened(cast, survey=survey), by=by, at=AT)
        survey = draft_next_wave(survey, by=by, at=AT)
        months.append(survey.months)
    assert tracer is not None
    assert months == [*tracer.months, tracer.months[-1]]
    assert survey.sampling == {"size": 5, "least": 5, "seed": 3}


def test_what_was_typed_of_outsiders_goes_with_the_draft(cast: Cast) -> None:
    by = cast.actor("coordinator")
    audience = {"roles": [], "outsiders": [["Owner Li", "13800000000"]]}
    survey = address_survey(drafted(cast), audience=audience, groups=[], sampling={}, by=by, at=AT)
    discard_survey(survey, by=by, at=AT)
    assert "Owner Li" not in json.dumps(list(Survey.objects.values()), default=str)


def test_a_series_has_a_wave_once(cast: Cast) -> None:
    by, survey = cast.actor("coordinator"), opened(cast)
    close_survey(survey, by=by, at=AT)
    first = draft_next_wave(survey, by=by, at=AT)
    discard_survey(first, by=by, at=AT)
    again = draft_next_wave(survey, by=by, at=AT)
    assert (again.wave, again.pk == first.pk) == (2, False)
    assert Survey.objects.filter(series=survey.series).count() == 3
