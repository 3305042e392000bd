"""Answering, what it is worth to others, and keeping it kind."""

from __future__ import annotations

import json
import uuid
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest

from craftpath.delivery.exchange.own_record import write_record
from craftpath.domain.activity.models import Statement
from craftpath.domain.questions import actions, queries
from craftpath.domain.questions.models import Hiding, Question, Report
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.consents import give_consent
from craftpath.kernel.duties import KINDS, Asked, Clock, open_duties
from craftpath.kernel.facts import FACTS, REACTIONS, Told
from craftpath.kernel.tenancy import looking_for
from tests.cast import AT, TODAY, Cast
from tests.domain.questions.world import HOUR, answer, ask, picture, refused, trained

pytestmark = pytest.mark.usefixtures("all_rows")
LATER = AT + 2 * HOUR


def _due(code: str, days: int = 0) -> list[tuple[str, int, int]]:
    """(subject, who, steps that lie behind) of a kind, so many days later."""
    asked = Asked(at=AT + timedelta(days=days), today=TODAY + timedelta(days=days))
    return [
        (subject, int(who), int(reached))
        for some in open_duties(KINDS[code], Clock(asked))
        for subject, who, reached in zip(some.subjects, some.who, some.reached, strict=True)
    ]


def test_accepted_then_endorsed_then_the_oldest_comes_first(cast: Cast) -> None:
    question = ask(cast)
    old = answer(cast, question, "classmate", text="old")
    vouched = answer(cast, question, "coordinator", text="vouched", at=LATER)
    helped = answer(cast, question, "mentor", text="helped", at=LATER + HOUR)
    actions.endorse_answer(vouched, by=cast.actor("trainer"), at=LATER)
    actions.accept_answer(helped, by=cast.actor("apprentice"), at=LATER)
    question.refresh_from_db()
    assert (question.standing, question.answers, question.answered_at) == (3, 3, old.made_at)
    assert queries.thread(question, None).answers == [helped, vouched, old]


def test_sent_twice_is_one_answer_and_pressed_twice_one_thanks(cast: Cast) -> None:
    question, name = ask(cast), uuid.uuid4()
    one = answer(cast, question, made_id=name)
    assert answer(cast, question, made_id=name).pk == one.pk
    assert answer(cast, question).pk == one.pk  # the same words
    with refused("questions.form_used"):
        answer(cast, question, "classmate", made_id=name)
    by = {"by": cast.actor("classmate"), "at": LATER}
    actions.thank_answer(one, **by)
    actions.thank_answer(one, **by)
    assert queries.thread(question, cast.people["classmate"]).thanks == {one.pk: 1}
    actions.thank_answer(one, thanked=False, **by)
    assert queries.thread(question, cast.people["classmate"]).thanks == {}
    thanked = AuditEntry.objects.filter(fact="questions.thanked")
    assert {row.person for row in thanked} == {None}


def test_nobody_vouches_for_or_thanks_oneself_and_apprentices_vouch_for_nobody(cast: Cast) -> None:
    one = answer(cast, ask(cast))
    with refused("questions.own_answer"):
        actions.endorse_answer(one, by=cast.actor("trainer"), at=LATER)
    with refused("questions.own_answer"):
        actions.thank_answer(one, by=cast.actor("trainer"), at=LATER)
    with refused("questions.not_a_master"):
        actions.endorse_answer(one, by=cast.actor("classmate"), at=LATER)
    with refused("kernel.role_lacks"):
        actions.accept_answer(one, by=cast.actor("classmate"), at=LATER)
    actions.accept_answer(one, by=cast.actor("coordinator"), at=LATER)


def test_an_accepted_answer_that_is_withdrawn_is_accepted_no_longer(cast: Cast) -> None:
    question = ask(cast)
    one = answer(cast, question)
    actions.accept_answer(one, by=cast.actor("apprentice"), at=LATER)
    actions.withdraw_post(one, by=cast.actor("trainer"), at=LATER)
    question.refresh_from_db()
    assert (question.accepted, question.standing, question.answered_at) == (None, 0, None)
    with refused("questions.closed"):
        actions.accept_answer(one, by=cast.actor("apprentice"), at=LATER)


def test_answering_is_a_duty_of_those_who_are_asked_then_the_office_hears_of_it(cast: Cast) -> None:
    trained(cast)
    question = ask(cast)
    mentor, trainer = cast.people["mentor"].pk, cast.people["trainer"].pk
    assert {(subject, who) for subject, who, _ in _due("questions.answer")} == {
        (question.public_id, mentor),
        (question.public_id, trainer),
    }
    assert {reached for *_, reached in _due("questions.answer", 1)} == {0}
    assert {reached for *_, reached in _due("questions.answer", 4)} == {2}
    answer(cast, question)
    assert _due("questions.answer") == []


def test_what_nobody_is_asked_to_answer_is_the_offices(cast: Cast) -> None:
    question = ask(cast, "coordinator")
    assert _due("questions.find") == [(question.public_id, 0, 0)]
    assert _due("questions.answer") == []


def test_only_whoever_asked_hears_that_there_is_an_answer(cast: Cast) -> None:
    question = ask(cast, name_to="nobody")
    answer(cast, question, "apprentice", text="one thing more")
    assert _due("questions.read") == []
    answer(cast, question)
    assert [(subject, who) for subject, who, _ in _due("questions.read")] == [
        (question.public_id, cast.people["apprentice"].pk)
    ]
    assert KINDS["questions.read"].private
    actions.read_answers(question, by=cast.actor("apprentice"), at=LATER)
    assert _due("questions.read") == []


def test_a_voice_needs_a_consent_and_never_tells_a_hidden_name(cast: Cast) -> None:
    question = ask(cast, name_to="nobody")
    spoken = [(uuid.uuid4(), "voice", b"OggS" + bytes(40))]
    with refused("kernel.consent_missing"):
        answer(cast, question, text="", files=spoken)
    give_consent(cast.people["trainer"], "voice_answers", by=cast.actor("trainer"), at=AT)
    one = answer(cast, question, text="", files=spoken)
    assert [row.kind for row in one.files.all()] == ["voice"]
    give_consent(cast.people["apprentice"], "voice_answers", by=cast.actor("apprentice"), at=AT)
    with refused("questions.voice_tells"):
        answer(cast, question, "apprentice", text="", files=[(uuid.uuid4(), "voice", b"OggS" + bytes(40))])


def test_a_report_is_once_a_person_and_hiding_tells_the_writer_why(cast: Cast) -> None:
    question = ask(cast)
    rude = answer(cast, question, "classmate", text="rude")
    report = actions.report_post(rude, reason="unkind", by=cast.actor("apprentice"), at=LATER)
    assert actions.report_post(rude, reason="other", by=cast.actor("apprentice"), at=LATER).pk == report.pk
    assert [subject for subject, *_ in _due("questions.report")] == [question.public_id]
    with refused("kernel.role_lacks"):
        actions.uphold_report(report, because="x", by=cast.actor("trainer"), at=LATER)
    with refused("questions.no_reason"):
        actions.uphold_report(report, because=" ", by=cast.actor("coordinator"), at=LATER)
    hiding = actions.uphold_report(report, because="伤人的话", by=cast.actor("coordinator"), at=LATER)
    assert Report.objects.get().state == "upheld"
    assert [(who) for _, who, _ in _due("questions.hidden")] == [cast.people["classmate"].pk]
    question.refresh_from_db()
    assert question.answered_at is None
    again = actions.hide_post(rude, because="other", by=cast.actor("coordinator"), at=LATER)
    assert (again.pk, again.because) == (hiding.pk, "伤人的话")


def test_one_appeal_and_what_is_lifted_stands_as_before(cast: Cast) -> None:
    question = ask(cast)
    hiding = actions.hide_post(question, because="private", by=cast.actor("coordinator"), at=LATER)
    with looking_for(cast.actor("classmate").scope):
        assert not Question.objects.exists()
    with looking_for(cast.actor("apprentice").scope):
        assert Question.objects.exists()
    with refused("questions.not_own"):
        actions.appeal_hiding(hiding, words="x", by=cast.actor("classmate"), at=LATER)
    actions.appeal_hiding(hiding, words="我没有写名字", by=cast.actor("apprentice"), at=LATER)
    assert [subject for subject, *_ in _due("questions.report")] == [question.public_id]
    with refused("flow.not_now"):
        actions.appeal_hiding(hiding, words="once more", by=cast.actor("apprentice"), at=LATER)
    actions.lift_hiding(hiding, by=cast.actor("coordinator"), at=LATER)
    actions.lift_hiding(hiding, by=cast.actor("coordinator"), at=LATER)
    assert Question.objects.get().state == "open"
    assert queries.similar(question.text) == [question]
    assert _due("questions.hidden") != []  # what was decided is still to be read
    actions.hear_hiding(Hiding.objects.get(), by=cast.actor("apprentice"), at=LATER)
    assert _due("questions.hidden") == []


def test_own_files_hold_own_words_and_tell_nobody_who_asked(cast: Cast) -> None:
    question = ask(cast, name_to="nobody", files=[(uuid.uuid4(), "photo", picture())])
    helped = answer(cast, question)
    actions.thank_answer(helped, by=cast.actor("apprentice"), at=LATER)
    actions.accept_answer(helped, by=cast.actor("apprentice"), at=LATER)

    def record(who: str) -> tuple[str, list[str]]:
        stream = BytesIO()
        write_record(stream, cast.people[who], at=AT)
        with zipfile.ZipFile(stream) as archive:
            return archive.read("record.json").decode(), archive.namelist()

    said, names = record("apprentice")
    assert question.text in said
    assert any("photo-" in name for name in names)
    theirs, _names = record("trainer")
    tables = json.loads(theirs)["tables"]
    assert helped.text in json.dumps(tables["questions.Answer"], ensure_ascii=False)
    about = {label: rows for label, rows in tables.items() if label.startswith("questions.")}
    assert cast.people["apprentice"].name not in json.dumps(about, ensure_ascii=False)


@pytest.mark.parametrize("name_to", ["everybody", "staff", "nobody"])
def test_only_what_was_asked_under_a_name_is_kept_as_a_statement(cast: Cast, name_to: str) -> None:
    question = ask(cast, name_to=name_to)
    answer(cast, question)
    answer(cast, question, "apprentice", text="mine")
    for entry in AuditEntry.objects.filter(fact__in=("questions.asked", "questions.answered")):
        for reaction in REACTIONS[entry.fact]:
            reaction(Told(FACTS[entry.fact](**entry.payload), entry))
    rows = Statement._base_manager.filter(object_id__contains="/questions/")
    said = {(row.person, row.verb.rpartition("/")[2]) for row in rows}
    me = cast.people["apprentice"]
    own = {(me, "asked"), (me, "answered")} if name_to == "everybody" else set()
    assert said == {(cast.people["trainer"], "answered"), *own}
