"""What is taken as an answer and what is not; one answer each; what comes out of them."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from craftpath.domain.surveys.actions import (
    analyse_survey,
    answer_by_link,
    answer_survey,
    close_survey,
    describe_survey,
    extend_survey,
    publish_survey,
    remind_survey,
)
from craftpath.domain.surveys.bank import instruments
from craftpath.domain.surveys.duties import to_answer, to_answer_now, to_close
from craftpath.domain.surveys.models import Answer, Asked, NamedAnswer, Survey
from craftpath.domain.surveys.opening import Candidate
from craftpath.domain.surveys.questions import read, stored
from craftpath.domain.surveys.reading import checked, meant_for
from craftpath.domain.surveys.results import results_of
from craftpath.kernel.access import Actor
from craftpath.kernel.duties import Asked as Moment
from craftpath.values.text import Text
from tests.cast import AT, TODAY, Cast
from tests.domain.surveys.world import DAY, LAST, as_asked, candidates, drafted, opened, refused

pytestmark = pytest.mark.usefixtures("all_rows")
NOBODY = Actor(organisation=None)
HIGH = {"question": "z", "operator": "at_least", "values": ["5"]}
EVERY = read(
    [
        {"key": "n", "kind": "need", "title": "n", "mentor": True, "required": True},
        {"key": "m", "kind": "matrix", "title": "m", "rows": [{"key": "a"}, {"key": "b"}], "required": True},
        {"key": "o", "kind": "multiple", "title": "o", "options": [{"key": "x"}, {"key": "y"}]},
        {
            "key": "r",
            "kind": "ranking",
            "title": "r",
            "options": [{"key": "x"}, {"key": "y"}],
            "required": True,
        },
        {"key": "z", "kind": "number", "title": "z", "least": 0, "most": 10},
        {
            "key": "h",
            "kind": "section",
            "title": "h",
            "when": HIGH,
        },
        {"key": "t", "kind": "text", "title": "t", "required": True},
    ]
)
GOOD = {"n": [5, 4, None], "m": {"a": 1, "b": 2}, "r": ["y", "x"]}


def _faults(role: str = "apprentice", **more: Any) -> dict[str, str]:
    found = checked(EVERY, 5, role, {**GOOD, **more})
    return {key: verdict.reason.removeprefix("surveys.") for key, verdict in found.faults.items()}


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({}, {}),
        ({"n": [5, None, None]}, {"n": "answer_missing"}),
        ({"n": [6, 1, None]}, {"n": "not_an_answer"}),
        ({"n": "5"}, {"n": "not_an_answer"}),
        ({"m": {"a": 1}}, {"m": "answer_missing"}),
        ({"m": [1]}, {"m": "not_an_answer"}),
        ({"o": ["x", "x"]}, {"o": "not_an_answer"}),
        ({"o": ["elsewhere"]}, {"o": "not_an_answer"}),
        ({"r": ["y"]}, {"r": "answer_missing"}),
        ({"r": [""]}, {"r": "not_an_answer"}),
        ({"z": "11"}, {"z": "not_an_answer"}),
        ({"z": "nan"}, {"z": "not_an_answer"}),
        ({"z": "4,5"}, {}),
        ({"z": "5"}, {"t": "answer_missing"}),
        ({"z": "5", "t": "words" * 500}, {"t": "not_an_answer"}),
    ],
)
def test_each_fault_stands_at_its_question(more: dict[str, Any], wrong: dict[str, str]) -> None:
    assert _faults(**more) == wrong


def test_mentors_give_their_view_and_no_own_level() -> None:
    assert _faults("mentor", n=[5, None, 2]) == {}
    assert checked(EVERY, 5, "mentor", {**GOOD, "n": [5, 4, 2]}).said["n"] == [5, None, 2]
    assert _faults("mentor") == {"n": "answer_missing"}


_LEAF = st.sampled_from(
    [None, -3, 0, 3, 12, 1.5, math.nan, math.inf, True, "", "x", "y", "3", "４", "-1e999", "\0"]
)
_ANY = _LEAF | st.lists(_LEAF, max_size=3) | st.sampled_from([[[]], {"a": 3}, {"a": [1]}, {"x": {}}])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([one.key for one in EVERY]), _ANY, max_size=5))
def test_whatever_is_sent_is_kept_or_told_and_what_is_kept_can_be_counted(given: dict[str, Any]) -> None:
    found = checked(EVERY, 5, "apprentice", given)
    assert set(found.said) <= {one.key for one in EVERY if one.kind != "section"}
    again = checked(EVERY, 5, "apprentice", found.said)
    assert again.said == found.said  # what is kept reads as itself
    told = results_of(Survey(questions=stored(EVERY), points=5), [found.said] * 5)
    assert {one.n for one in told} <= {0, 5}


@pytest.mark.parametrize("step", [0.1, 7, 1e-4, 1e9])
def test_numbers_lie_in_parts_and_none_is_lost(step: float) -> None:
    survey = Survey(questions=[{"key": "z", "kind": "number", "title": "z"}], points=5)
    [told] = results_of(survey, [{"z": 12345 + at * step} for at in range(21)])
    assert len(told.spreads[0].counts) == 10
    assert sum(told.spreads[0].counts.values()) == 21


def test_an_answer_to_what_was_not_asked_is_left_out(cast: Cast) -> None:
    said = checked(
        drafted(cast).asked_for, 5, "apprentice", {"stay": "yes", "why": "because", "comm": [1, 1, 1]}
    ).said
    assert said == {"stay": "yes", "comm": [1, 1, None]}


def test_every_instrument_can_be_answered_in_every_role_that_it_asks() -> None:
    for one in instruments():
        for role in one.roles or ("guest",):
            assert [it for it in meant_for(one.questions, role) if it.kind != "section"], (one.key, role)


def _one(survey: Survey) -> Asked:
    found = Asked.objects.filter(survey=survey).select_related("survey__organisation", "person").first()
    assert found is not None
    return found


def test_one_answer_each_and_the_first_stands(cast: Cast) -> None:
    survey = opened(cast)
    asked = _one(survey)
    with refused("surveys.answer_missing"):
        answer_survey(asked, {"like": 4}, by=as_asked(asked), at=AT)
    assert answer_survey(asked, {"comm": [5, 2, None]}, by=as_asked(asked), at=AT)
    assert not answer_survey(asked, {"comm": [1, 1, None]}, by=as_asked(asked), at=AT)
    assert [row.said for row in Answer.objects.filter(survey=survey)] == [{"comm": [5, 2, None]}]
    with refused("surveys.asked_another"):
        answer_survey(asked, {"comm": [1, 1, None]}, by=cast.actor("trainer"), at=AT)


def test_a_survey_takes_answers_from_its_first_day_to_its_last(cast: Cast) -> None:
    survey = opened(cast, opens_on=TODAY + DAY)
    asked = _one(survey)
    for at, reason in ((AT, "not_open_yet"), (AT + 20 * DAY, "over")):
        with refused(f"surveys.{reason}"):
            answer_survey(asked, {"comm": [5, 2, None]}, by=as_asked(asked), at=at)
    assert answer_survey(asked, {"comm": [5, 2, None]}, by=as_asked(asked), at=AT + 14 * DAY)
    with refused("surveys.no_link"):
        answer_by_link(survey, "t", {"comm": [5, 2, None]}, by=NOBODY, at=AT + DAY)


def test_a_device_answers_once_by_the_link(cast: Cast) -> None:
    survey = opened(cast, [], link=True)
    assert answer_by_link(survey, "a", {"comm": [5, 2, None]}, by=NOBODY, at=AT)
    assert not answer_by_link(survey, "a", {"comm": [1, 1, None]}, by=NOBODY, at=AT)
    assert answer_by_link(survey, "b", {"comm": [1, 1, None]}, by=NOBODY, at=AT)
    assert Answer.objects.filter(survey=survey).count() == 2


def test_with_names_the_name_is_kept_because_it_was_said(cast: Cast) -> None:
    by, survey = cast.actor("coordinator"), drafted(cast)
    survey = describe_survey(
        survey, title=Text(en="x"), intro=Text(), points=5, anonymous=False, by=by, at=AT
    )
    survey = opened(cast, survey=survey)
    asked = _one(survey)
    answer_survey(asked, {"comm": [5, 2, None]}, by=as_asked(asked), at=AT)
    assert NamedAnswer.objects.get().asked == asked
    assert not Answer.objects.exists()


def test_reminders_more_time_and_the_way_to_publication(cast: Cast) -> None:
    by, survey = cast.actor("coordinator"), opened(cast)
    assert remind_survey(survey, by=by, at=AT) == 8
    with refused("surveys.reminded_today"):
        remind_survey(survey, by=by, at=AT)
    with refused("surveys.closes_in_the_past"):
        extend_survey(survey, TODAY - DAY, by=by, at=AT)
    assert extend_survey(survey, LAST + DAY, by=by, at=AT).closes_on == LAST + DAY
    for asked in Asked.objects.filter(survey=survey).select_related("survey__organisation", "person")[:4]:
        answer_survey(asked, {"comm": [5, 2, None]}, by=as_asked(asked), at=AT)
    for _turn in range(2):
        survey = close_survey(survey, by=by, at=AT)
    for _turn in range(2):
        survey = analyse_survey(survey, by=by, at=AT)
    with refused("surveys.too_few_answers"):
        publish_survey(survey, by=by, at=AT)
    assert {row.n for row in results_of(survey)} == {None, 0}
    with refused("surveys.over"):
        remind_survey(survey, by=by, at=AT)


def test_a_reminder_counts_whom_it_reaches(cast: Cast) -> None:
    """Outsiders have no account: a slip is theirs, and no reminder says that it went to them."""
    by = cast.actor("coordinator")
    survey = opened(cast, [*candidates(5), *(Candidate("guest", name=f"客人{n}") for n in range(5))])
    assert remind_survey(survey, by=by, at=AT) == 5


def test_who_is_asked_has_a_duty_until_the_answer_and_nobody_is_named(cast: Cast) -> None:
    by = cast.actor("coordinator")
    survey = opened(cast)
    moment = Moment(at=AT, today=TODAY)
    assert len(to_answer(moment)) == 8
    asked = _one(survey)
    answer_survey(asked, {"comm": [5, 2, None]}, by=as_asked(asked), at=AT)
    assert len(to_answer(moment)) == 7
    remind_survey(survey, by=by, at=AT)
    assert (len(to_answer(moment)), len(to_answer_now(moment))) == (0, 7)
    assert (len(to_close(moment)), len(to_close(Moment(at=AT, today=LAST + DAY)))) == (0, 1)


def test_results_count_and_take_means_of_complete_pairs(cast: Cast) -> None:
    survey = opened(cast, candidates(7))
    rows = list(Asked.objects.filter(survey=survey).select_related("survey__organisation", "person"))
    for at, asked in enumerate(rows):
        said: dict[str, Any] = {"comm": [5, 1 + at % 2, None], "stay": "no", "why": f"w{at}"}
        answer_survey(asked, said | ({"like": 3} if at < 4 else {}), by=as_asked(asked), at=AT)
    found = {one.question.key: one for one in results_of(survey)}
    importance, own, mentor = found["comm"].spreads
    assert (importance.mean, own.n, own.counts[1], mentor.n) == (5, 7, 4, 0)
    assert found["stay"].spreads[0].counts == {"yes": 0, "no": 7}
    assert found["why"].words == tuple(f"w{at}" for at in range(7))
    assert (found["like"].n, found["like"].spreads) == (None, ())  # four ticked it
