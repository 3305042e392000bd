"""Asking: once, to whom, by when, found again; a name that is hidden stands nowhere."""

from __future__ import annotations

import json
import uuid
from datetime import date, timedelta

import pytest

from craftpath.domain.activity.models import Statement
from craftpath.domain.questions import actions, queries, rules
from craftpath.domain.questions.models import Attachment, Question, QuestionWord
from craftpath.domain.questions.promising import pace
from craftpath.domain.questions.wording import words_of
from craftpath.kernel.access import Actor
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.files import KeptFile
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import EVERYWHERE, Scope, looking_for
from tests.cast import AT, TODAY, Cast
from tests.domain.questions.world import HOUR, SAID, answer, ask, picture, refused, trained

pytestmark = pytest.mark.usefixtures("all_rows")


def _seen(cast: Cast, who: str, place: object = None) -> set[int]:
    with looking_for(cast.actor(who, place).scope):  # type: ignore[arg-type]
        return set(Question.objects.values_list("pk", flat=True))


def test_sent_twice_or_the_same_words_again_is_one_question(cast: Cast) -> None:
    name = uuid.uuid4()
    first = ask(cast, made_id=name)
    assert ask(cast, made_id=name).pk == first.pk
    assert ask(cast, text=f"  {SAID} ").pk == first.pk
    assert ask(cast, at=AT + timedelta(days=2)).pk != first.pk
    with refused("questions.form_used"):
        ask(cast, "classmate", made_id=name)


def test_what_no_text_may_hold_is_left_out_and_too_much_is_refused(cast: Cast) -> None:
    assert ask(cast, text="a\x00b <b>c</b>").text == "ab <b>c</b>"
    with refused("questions.too_long"):
        ask(cast, text="字" * 10_000)
    with refused("questions.empty"):
        ask(cast, text=" \x00 ")
    with refused("questions.choice_unknown"):
        ask(cast, text="x", name_to="me")


def test_so_much_that_nobody_could_read_it_is_refused(cast: Cast) -> None:
    for n in range(rules.MOST_AN_HOUR):
        ask(cast, text=f"question {n}")
    with refused("questions.too_often"):
        ask(cast, text="one more")
    assert ask(cast, text="later", at=AT + 2 * HOUR).pk


def test_the_own_master_and_the_trainers_are_asked_until_the_promised_day(cast: Cast) -> None:
    trained(cast)
    question = ask(cast)
    assert queries.calls_of(question) == [cast.people["mentor"], cast.people["trainer"]]
    assert question.due_on == date(2026, 9, 16)
    actions.set_promise(cast.college, workdays=5, by=cast.actor("coordinator"), at=AT)
    assert ask(cast, text="next").due_on == date(2026, 9, 21)
    with refused("questions.promise_out_of_range"):
        actions.set_promise(cast.college, workdays=0, by=cast.actor("coordinator"), at=AT)


def test_without_a_name_the_own_master_is_not_asked_since_that_would_tell_it(cast: Cast) -> None:
    trained(cast)
    assert queries.calls_of(ask(cast, name_to="nobody")) == [cast.people["trainer"]]


def test_a_class_that_would_tell_who_asks_is_not_kept_and_cannot_be_the_audience(cast: Cast) -> None:
    trained(cast)
    type(cast.enrolments["26002"])._base_manager.exclude(number="26001").update(state="ended", ended_on=TODAY)
    question = ask(cast, name_to="nobody")
    assert question.cohort is None
    assert queries.calls_of(question) == []
    with refused("questions.class_too_small"):
        ask(cast, text="x", name_to="nobody", audience="cohort")
    assert ask(cast, text="with a name", audience="cohort").cohort == cast.cohort


@pytest.mark.parametrize("name_to", ["staff", "nobody"])
def test_nothing_that_is_kept_for_others_tells_a_hidden_name(cast: Cast, name_to: str) -> None:
    question = ask(cast, name_to=name_to, files=[(uuid.uuid4(), "photo", picture())])
    mine = {"by": cast.actor("apprentice"), "at": AT + HOUR}
    helped = answer(cast, question)
    own = answer(
        cast, question, "apprentice", text="我再补充一张照片", files=[(uuid.uuid4(), "photo", picture())]
    )
    actions.change_post(question, text="改过的问题", revision=1, **mine)
    actions.change_post(own, text="改过的补充", revision=1, **mine)
    actions.thank_answer(helped, **mine)
    actions.report_post(helped, reason="other", **mine)
    actions.accept_answer(helped, **mine)
    actions.withdraw_post(own, **mine)
    me = cast.people["apprentice"]
    told = AuditEntry.objects.filter(fact__startswith="questions.")
    assert {row.fact for row in told} >= {"questions.asked", "questions.changed", "questions.accepted"}
    assert not told.filter(person=me).exists()
    written = json.dumps([row.payload for row in told], ensure_ascii=False)
    assert me.public_id not in written
    assert me.name not in written
    assert not Statement._base_manager.filter(person=me, object_id__contains="/questions/").exists()
    files = KeptFile._base_manager.all()
    assert files.count() == 2
    for row in files:
        assert row.kept_by is None
        assert b"PhoneOfChenYutong" not in row.bytes()
        assert me.name not in row.name


def test_a_name_is_known_to_whom_it_was_said(cast: Cast) -> None:
    people = {
        who: cast.actor(who, cast.jinheng if who == "mentor" else cast.college)
        for who in ("apprentice", "classmate", "mentor", "trainer", "coordinator", "administrator")
    }

    def knowing(name_to: str) -> set[str]:
        question = ask(cast, text=name_to, name_to=name_to)
        return {who for who, actor in people.items() if rules.may_know(actor, question)}

    assert knowing("everybody") == set(people)
    assert knowing("staff") == set(people) - {"classmate"}
    assert knowing("nobody") == {"apprentice"}


def test_who_sees_a_question(cast: Cast) -> None:
    college, own = ask(cast), ask(cast, text="for my class", audience="cohort")
    both = {college.pk, own.pk}
    for who in ("apprentice", "classmate", "trainer", "coordinator"):
        assert _seen(cast, who) == both, who
    assert _seen(cast, "mentor", cast.jinheng) == both
    assert _seen(cast, "hr", cast.jinheng) == set()
    assert _seen(cast, "stranger", cast.neighbour) == set()
    assert _seen(cast, "assessor") == set()


def test_one_who_has_left_the_organisation_sees_nothing_by_a_link(cast: Cast) -> None:
    ask(cast)
    mentor = cast.people["mentor"]
    with looking_for(Scope(person_id=mentor.pk, within=(cast.college.path,))):
        assert not Question.objects.exists()


def test_similar_questions_are_found_by_their_rare_words_answered_ones_first(cast: Cast) -> None:
    ask(cast, text="怎么申请请假？")
    plain = ask(cast, text="气孔很多怎么办，焊缝不好看")
    solved = ask(cast, text="焊缝有气孔是什么原因")
    answer(cast, solved)
    with looking_for(cast.actor("classmate").scope):
        assert queries.similar("焊缝里有气孔") == [solved, plain]
        assert queries.similar("") == queries.similar("??") == []
    with looking_for(cast.actor("stranger", cast.neighbour).scope):
        assert queries.similar("焊缝里有气孔") == []
    with looking_for(EVERYWHERE):
        assert solved in queries.similar("气孔 原因")


def test_what_was_withdrawn_or_worded_anew_is_found_by_its_words_no_longer(cast: Cast) -> None:
    question = ask(cast, text="porosity in the weld seam")
    mine = {"by": cast.actor("apprentice"), "at": AT}
    actions.change_post(question, text="argon pressure", revision=1, **mine)
    assert queries.similar("porosity weld") == []
    assert queries.similar("argon") == [question]
    actions.withdraw_post(question, **mine)
    assert not QuestionWord.objects.exists()


def test_words_of_a_text() -> None:
    assert words_of("MIG-135 焊接, ＭＩＧ the 135; 好") == ["mig", "135", "焊接", "好"]
    assert len(words_of(" ".join(f"w{n:03}" for n in range(200)))) == 80


def test_how_long_it_usually_takes_is_said_from_five_answered_ones_on(cast: Cast) -> None:
    for n in range(4):
        answer(cast, ask(cast, text=f"q{n}"), at=AT + timedelta(days=n))
    assert pace(cast.college, TODAY).usual is None
    answer(cast, ask(cast, text="q4"), at=AT + timedelta(days=4))
    assert pace(cast.college, TODAY) == type(pace(cast.college, TODAY))(promised=2, usual=2)


def test_a_wording_is_kept_and_a_stale_change_refused(cast: Cast) -> None:
    question = ask(cast)
    mine = {"by": cast.actor("apprentice"), "at": AT}
    changed = actions.change_post(question, text="clearer", revision=1, **mine)
    assert changed.revision == 2
    assert [row.text for row in queries.wordings(question)[0]] == [SAID]
    assert actions.change_post(question, text="clearer", revision=1, **mine).revision == 2
    with refused("questions.changed_meanwhile"):
        actions.change_post(question, text="other", revision=1, **mine)
    with refused("questions.not_own"):
        actions.change_post(question, text="other", revision=2, by=cast.actor("trainer"), at=AT)


def test_a_file_that_is_no_photo_leaves_no_question_behind(cast: Cast) -> None:
    with refused("kernel.not_a_picture"):
        ask(cast, files=[(uuid.uuid4(), "photo", b"MZ\x00 a program")])
    assert not Question.objects.exists()
    with refused("questions.voice_tells"):
        ask(cast, files=[(uuid.uuid4(), "voice", b"OggS....")])
    assert not Attachment.objects.exists()


def test_who_runs_no_class_asks_the_college(cast: Cast) -> None:
    question = ask(cast, "coordinator")
    assert (question.organisation, question.cohort) == (cast.college, None)
    nobody = Actor(organisation=cast.college, roles=frozenset({Role.APPRENTICE}))
    with refused("kernel.role_lacks"):
        ask(cast, "coordinator", by=nobody)
