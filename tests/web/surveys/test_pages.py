"""Pages of surveys: built, opened, answered in every way, watched, read; each figure and each refusal at its place."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from craftpath.domain.surveys import queries
from craftpath.domain.surveys.actions import answer_survey, close_survey, publish_survey
from craftpath.domain.surveys.bank import instrument, instruments
from craftpath.domain.surveys.models import Answer, Asked, Survey
from craftpath.kernel.people import Person
from craftpath.kernel.receipts import Receipt
from craftpath.kernel.tenancy import everywhere
from craftpath.values.text import Text
from tests.cast import Cast
from tests.domain.surveys.world import DAY, SHORT, as_asked, candidates, drafted, opened

HOME = "/o/lanchuan/surveys"
Browse = Callable[[str], Client]
FULL = {"a-comm-importance": "5", "a-comm-own": "2", "a-like": "4", "a-stay": "yes"}


@pytest.fixture(autouse=True)
def _rows(all_rows: None) -> None:
    """Tests look at every row; requests open scopes of their own."""


def now() -> datetime:
    return timezone.now()


def _with(cast: Cast, *names: str, people: int = 8, **more: Any) -> Survey:
    """An open survey in which people of the cast are asked among others."""
    survey = opened(cast, candidates(people), at=now(), **more)
    for name in names:
        role = "mentor" if name == "mentor" else "apprentice"
        Asked.objects.create(survey=survey, person=_person(cast, name), role=role, groups={"role": role})
    return survey


def _person(cast: Cast, name: str) -> Person:
    return cast.people[name]


def _answered(cast: Cast, count: int = 6, **more: Any) -> Survey:
    survey = _with(cast, "apprentice", people=count, **more)
    rows = Asked.objects.filter(survey=survey).select_related("survey__organisation", "person")
    for at, asked in enumerate(rows.order_by("pk")[:count]):
        said = {
            "comm": [5, 1 + at % 2, None],
            "like": 4,
            "stay": "no" if at else "yes",
            "why": f"because {at}",
        }
        answer_survey(asked, said, by=as_asked(asked), at=now())
    return survey


def _url(survey: Survey, page: str = "") -> str:
    return f"{HOME}/{survey.public_id}/{page}"


# ---- Building -------------------------------------------------------------------------------------------


def test_a_survey_is_begun_from_the_bank_addressed_and_opened(cast: Cast, browse: Browse) -> None:
    page = browse("coordinator")
    for one in instruments():
        assert one.title.en in page.get(f"{HOME}/new/").content.decode()
    made = page.post(f"{HOME}/new/", {"source": "bank-core_skills", "anonymous": "yes"})
    survey = Survey.objects.get()
    assert made["Location"] == _url(survey)
    assert len(survey.questions) == len(instrument("core_skills").questions)  # type: ignore[union-attr]
    for name in ("", "words/", "send/", "preview/?in=en", "preview/?as=mentor&in=zh"):
        assert page.get(_url(survey, name)).status_code == 200, name
    whom = {"whom": "1", "roles": ["apprentice", "mentor"], "groups": ["role"], "draw": "all"}
    assert page.post(_url(survey, "send/"), whom).status_code == 302
    days = {"opens_on": f"{timezone.localdate()}", "closes_on": f"{timezone.localdate() + 9 * DAY}"}
    few = page.post(_url(survey, "open/"), days)
    assert few.status_code == 409
    assert "Only 2 would be asked of: Mentors." in few.content.decode()
    page.post(_url(survey, "send/"), whom | {"roles": ["apprentice"]})
    assert page.post(_url(survey, "open/"), days)["Location"] == _url(survey, "watch/")
    assert [row.role for row in Asked.objects.filter(survey=survey)] == ["apprentice"] * 5
    assert page.post(_url(survey, "open/"), days).status_code == 302  # once more changes nothing
    assert Asked.objects.filter(survey=survey).count() == 5


def test_what_is_refused_at_the_opening_stays_in_the_form(cast: Cast, browse: Browse) -> None:
    survey = drafted(cast)
    days = {"opens_on": "2026-01-01", "closes_on": f"{timezone.localdate() + 9 * DAY}"}
    answer = browse("coordinator").post(_url(survey, "open/"), days)
    assert answer.status_code == 409
    assert "Nobody would be asked" in answer.content.decode()
    assert days["closes_on"] in answer.content.decode()


def test_questions_are_written_moved_and_taken_out(cast: Cast, browse: Browse) -> None:
    survey, page = drafted(cast), browse("coordinator")
    typed = {"title_zh": "", "title_en": "Which shift?", "options-key": ["", "", ""], "options-zh": ["", "", ""],
             "options-en": ["Early", "Late", ""], "group": "on", "when": "stay", "operator": "is",
             "value": "2"}  # fmt: skip
    assert page.post(_url(survey, "questions/new-single/"), typed).status_code == 302
    survey.refresh_from_db()
    shift = survey.asked_for[-1]
    assert [one.text.en for one in shift.options] == ["Early", "Late"]
    assert (shift.group, shift.when.values) == (True, ("no",))  # type: ignore[union-attr]
    again = page.get(_url(survey, f"questions/{shift.key}/")).content.decode()
    assert 'value="Early"' in again
    moved = page.post(_url(survey, "questions/why/move/"), {"to": "up"})
    assert moved.status_code == 409
    assert "question 4, which is not asked before it" in moved.content.decode()
    assert page.post(_url(survey, "questions/stay/remove/")).status_code == 409
    assert page.post(_url(survey, "questions/like/move/"), {"to": "up"}).status_code == 302
    survey.refresh_from_db()
    assert [one.key for one in survey.asked_for][:2] == ["like", "comm"]
    assert page.post(_url(survey, "questions/like/remove/")).status_code == 302
    assert page.post(_url(survey, "questions/like/remove/")).status_code == 302


def test_faults_stand_at_their_question_and_one_language_is_told(cast: Cast, browse: Browse) -> None:
    broken = [*SHORT, {"key": "one", "kind": "single", "title": {"en": "Only one?"},
                       "options": [{"key": "a", "text": {"en": "A"}}]}]  # fmt: skip
    text = browse("coordinator").get(_url(drafted(cast, broken))).content.decode()
    assert "Question 5 needs at least two options" in text
    assert "one language only" in text
    assert "Not ready to be opened" in text


def test_what_has_asked_is_not_altered_but_its_next_wave_is(cast: Cast, browse: Browse) -> None:
    survey, page = _with(cast), browse("coordinator")
    refused = page.post(_url(survey, "questions/comm/remove/"))
    assert refused.status_code == 409
    assert "Begin the next wave" in refused.content.decode()
    made = page.post(_url(survey, "wave/"))
    wave = Survey.objects.get(wave=2)
    assert made["Location"] == _url(wave)
    assert page.post(_url(survey, "wave/"))["Location"] == _url(wave)  # one that waits is it
    page.post(_url(wave, "questions/like/"), {"title_en": "I like it", "labels-key": ["1", "2"],
              "labels-zh": ["", ""], "labels-en": ["good", "bad"]})  # fmt: skip
    assert "named otherwise than in the wave before" in page.get(_url(wave)).content.decode()


# ---- Answering ------------------------------------------------------------------------------------------


def test_a_member_reads_what_is_kept_answers_once_and_the_first_stands(cast: Cast, browse: Browse) -> None:
    survey, page = _with(cast, "apprentice"), browse("apprentice")
    assert "until" in page.get(f"{HOME}/mine/").content.decode()
    assert _url(survey, "answer/") in page.get("/o/lanchuan/").content.decode()
    form = page.get(_url(survey, "answer/"))
    assert form["X-Offline"] == "keep"
    assert "Your name is not kept with your answer" in form.content.decode()
    missing = page.post(_url(survey, "answer/"), {"a-like": "4", "a-comm-importance": "5"})
    assert missing.status_code == 422
    assert 'value="4" checked' in missing.content.decode()
    assert page.post(_url(survey, "answer/"), FULL)["Location"] == f"{HOME}/mine/"
    again = page.post(_url(survey, "answer/"), {**FULL, "a-like": "1"}, follow=True)
    assert "your first answer stands" in again.content.decode()
    assert _url(survey, "answer/") not in page.get("/o/lanchuan/").content.decode()
    assert Answer.objects.get(survey=survey).said == {"comm": [5, 2, None], "like": 4, "stay": "yes"}


def test_a_mentor_gives_the_view_of_the_apprentices_together(cast: Cast, browse: Browse) -> None:
    survey, page = _with(cast, "mentor"), browse("mentor")
    there = _url(survey, "answer/").replace("lanchuan", "jinheng")
    assert "taken together" in page.get(there).content.decode()
    assert (
        page.post(there, {"a-comm-importance": "5", "a-comm-mentor": "3", "a-comm-own": "5"}).status_code
        == 302
    )
    assert Answer.objects.get(survey=survey).said == {"comm": [5, None, 3]}


def _send(client: Client, survey: Survey, key: str, fields: dict[str, Any]) -> dict[str, Any]:
    write = {"key": key, "kind": "surveys.answer", "data": {"survey": survey.public_id, "fields": fields}}
    answer = client.post("/o/lanchuan/sync/", {"writes": json.dumps([write])})
    found: dict[str, Any] = answer.json()["answers"][0]
    return found


def test_an_answer_of_the_outbox_counts_once_without_a_receipt(cast: Cast, browse: Browse) -> None:
    survey, page = _with(cast, "apprentice"), browse("apprentice")
    fields = {name: [value] for name, value in FULL.items()}
    key = str(uuid.uuid4())
    assert _send(page, survey, key, fields)["outcome"] == {"taken": True}
    assert _send(page, survey, key, fields)["outcome"] == {"taken": False}
    assert "first answer stands" in _send(page, survey, str(uuid.uuid4()), fields)["said"][0]["words"]
    assert (Answer.objects.filter(survey=survey).count(), Receipt.objects.count()) == (1, 0)
    assert _send(browse("trainer"), survey, key, fields)["status"] == "refused"


def test_the_open_link_takes_one_answer_a_device(cast: Cast, browse: Browse) -> None:
    survey, phone = _with(cast, link=True), browse("")
    there = f"/s/{survey.door}/"
    page = phone.get(there)
    ticket = page.context["ticket"]
    assert "Communication" in page.content.decode()
    sent = {**FULL, "ticket": ticket}
    assert phone.post(there, sent)["Location"] == f"{there}?done"
    assert phone.post(there, sent)["Location"] == f"{there}?before"
    assert "already" in phone.get(there).content.decode()
    assert Answer.objects.filter(survey=survey).count() == 1
    other = phone.get(f"{there}?again").context["ticket"]
    assert other != ticket
    assert "At least five people" not in phone.get(f"{there}?again").content.decode()  # nobody counts them
    assert phone.post(there, {**FULL, "ticket": other})["Location"] == f"{there}?done"
    assert [row.groups for row in Answer.objects.filter(survey=survey)] == [{"role": "guest"}] * 2


def test_a_personal_link_answers_in_its_place_and_a_forged_one_nowhere(cast: Cast, browse: Browse) -> None:
    survey, phone = _with(cast), browse("")
    asked = Asked.objects.filter(survey=survey).first()
    assert asked is not None
    there = f"/s/{queries.personal_token(asked)}/"
    page = phone.get(there)
    assert "At least five people are asked who have all of this in common." in page.content.decode()
    assert 'name="ticket"' not in page.content.decode()
    assert "data-device" not in page.content.decode()
    assert phone.post(there, {}).status_code == 422
    assert phone.post(there, FULL)["Location"] == f"{there}?done"
    assert phone.post(there, FULL)["Location"] == f"{there}?before"
    assert not [name for name in phone.cookies if name.startswith("survey-")]
    asked.refresh_from_db()
    assert asked.answered
    for forged in (f"{asked.public_id}.x", "nothing", "a" * 300, "ü"):
        assert phone.get(f"/s/{forged}/").status_code == 404, forged


def test_out_of_its_days_it_takes_nothing_and_says_so(cast: Cast, browse: Browse) -> None:
    survey, page = _with(cast, "apprentice", link=True), browse("apprentice")
    Survey.objects.filter(pk=survey.pk).update(closes_on=timezone.localdate() - DAY, opens_on=None)
    assert "is over" in page.get(_url(survey, "answer/"), follow=True).content.decode()
    answer = browse("").post(f"/s/{survey.door}/", FULL)
    assert answer.status_code == 409
    assert "is over" in answer.content.decode()
    assert 'value="5" checked' in answer.content.decode()  # nothing that was typed is lost


def test_whoever_has_answered_hears_so_after_the_last_day_too(cast: Cast, browse: Browse) -> None:
    survey, phone = _with(cast, link=True), browse("")
    asked = Asked.objects.filter(survey=survey).first()
    assert asked is not None
    links = (f"/s/{survey.door}/", f"/s/{queries.personal_token(asked)}/")
    for there in links:
        phone.get(there)
        phone.post(there, {**FULL, "ticket": "mine"})
    Survey.objects.filter(pk=survey.pk).update(closes_on=timezone.localdate() - DAY, opens_on=None)
    for there in links:
        text = phone.get(there).content.decode()
        assert "has answered this survey already" in text or "have answered this survey already" in text
        assert "?again" not in text
        assert phone.post(there, {**FULL, "ticket": "mine"})["Location"] == f"{there}?before"


def test_an_open_link_does_not_take_answers_without_end(cast: Cast, browse: Browse, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"survey": "2/m/ip"}
    survey, phone = _with(cast, link=True), browse("")
    sent = [phone.post(f"/s/{survey.door}/", FULL).status_code for _turn in range(3)]
    assert sent == [302, 302, 429]
    asked = Asked.objects.filter(survey=survey).first()
    assert asked is not None
    assert phone.post(f"/s/{queries.personal_token(asked)}/", FULL).status_code == 302


def test_what_no_text_may_hold_is_not_looked_for(cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert queries.by_token("no\0link") == (None, None)


# ---- Watching, results ----------------------------------------------------------------------------------


def test_the_response_is_live_and_results_wait_for_the_closing(cast: Cast, browse: Browse) -> None:
    survey, page = _answered(cast), browse("coordinator")
    live = page.get(_url(survey, "watch/"), headers={"HX-Request": "true"}).content.decode()
    assert "every 10s" in live
    assert "86" in live  # 6 of 7
    refused = page.get(_url(survey, "results/"))
    assert refused.status_code == 409
    assert "once the survey is closed" in refused.content.decode()
    assert page.post(_url(survey, "remind/")).status_code == 302
    assert page.post(_url(survey, "remind/")).status_code == 409
    assert page.post(_url(survey, "extend/"), {"closes_on": "2020-01-01"}).status_code == 409
    assert page.post(_url(survey, "close/"))["Location"] == _url(survey, "results/")
    text = page.get(_url(survey, "results/")).content.decode()
    assert "3.50" in text  # 5 less a mean of 1.5
    assert "because 3" in text


def test_fewer_than_five_words_are_not_shown(cast: Cast, browse: Browse) -> None:
    survey = _answered(cast, count=5)
    close_survey(survey, by=cast.actor("coordinator"), at=now())
    text = browse("coordinator").get(_url(survey, "results/")).content.decode()
    assert "because" not in text  # four of five gave a reason
    assert "Fewer than five answered" in text
    csv = browse("coordinator").get(_url(survey, "results/answers.csv"))
    assert "because" not in csv.content.decode("utf-8-sig")
    assert csv.content.decode("utf-8-sig").splitlines()[0].startswith("respondent,item,importance,ability")


def test_those_who_were_asked_read_it_once_it_is_published(cast: Cast, browse: Browse) -> None:
    survey, mine = _answered(cast), browse("apprentice")
    assert mine.get(_url(survey, "results/")).status_code == 404
    close_survey(survey, by=cast.actor("coordinator"), at=now())
    published = browse("coordinator").post(_url(survey, "publish/"), {"summary_en": "More time to talk."})
    assert published.status_code == 302
    text = mine.get(_url(survey, "results/")).content.decode()
    assert "More time to talk." in text
    assert "Mark as analysed" not in text
    assert mine.get(_url(survey, "results/answers.csv")).status_code == 404
    assert mine.get(_url(survey)).status_code == 404


def test_slips_are_for_those_who_do_not_sign_in_and_have_not_answered(cast: Cast, browse: Browse) -> None:
    survey = _answered(cast, count=6, link=True)
    someone, someone_else = (row.person for row in candidates(2))
    for more in (
        {"name": "Owner Li", "role": "guest"},
        {"name": "Owner Wu", "role": "guest", "answered": True},
        {"person": someone, "role": "graduate"},
        {"person": someone_else, "role": "graduate", "answered": True},
    ):
        Asked.objects.create(survey=survey, **more)
    page = browse("coordinator")
    text = page.get(_url(survey, "slips/")).content.decode()
    assert str(survey.door) in text
    assert "data:image/svg" in text
    of = {row.pk: queries.personal_token(row) in text for row in Asked.objects.filter(survey=survey)}
    shown = Asked.objects.filter(pk__in=[pk for pk, there in of.items() if there])
    assert {row.person or row.name for row in shown} == {"Owner Li", someone}
    assert _person(cast, "apprentice").name not in text  # has not answered, and signs in
    shown.delete()
    Survey.objects.filter(pk=survey.pk).update(door=None)
    assert "No slips to print" in page.get(_url(survey, "slips/")).content.decode()


def test_the_list_asks_as_much_for_many_surveys_as_for_few(cast: Cast, browse: Browse) -> None:
    page = browse("coordinator")
    page.get(f"{HOME}/")
    counts = []
    for _turn in range(2):
        for _one in range(2):
            _with(cast)
        with CaptureQueriesContext(connection) as caught:
            page.get(f"{HOME}/")
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_a_published_result_says_what_follows_in_both_languages(cast: Cast) -> None:
    survey = _answered(cast)
    by = cast.actor("coordinator")
    close_survey(survey, by=by, at=now())
    with everywhere("a test"):
        done = publish_survey(survey, summary=Text(zh="多聊聊", en="Talk more"), by=by, at=now())
    assert (done.state, done.summary) == ("published", {"zh": "多聊聊", "en": "Talk more"})


def test_outsiders_are_named_one_a_line_and_leave_the_draft_at_the_opening(
    cast: Cast, browse: Browse
) -> None:
    survey, page = drafted(cast), browse("coordinator")
    lines = "\n".join([*(f"Owner {at}, 1380000{at}" for at in range(5)), "", "Owner 0, 13800000"])
    whom = {"whom": "1", "outsiders": lines, "draw": "all"}
    assert page.post(_url(survey, "send/"), whom).status_code == 302
    assert "Owner 3, 13800003" in page.get(_url(survey, "send/")).content.decode()
    today = timezone.localdate()
    page.post(_url(survey, "open/"), {"opens_on": f"{today}", "closes_on": f"{today}"})
    survey.refresh_from_db()
    assert (survey.state, "outsiders" in survey.audience) == ("open", False)
    assert Asked.objects.filter(survey=survey, role="guest").count() == 5
    assert "Owner 4" in page.get(_url(survey, "slips/")).content.decode()


def test_with_names_the_file_has_them(cast: Cast, browse: Browse) -> None:
    survey = drafted(cast)
    Survey.objects.filter(pk=survey.pk).update(anonymous=False)
    survey = opened(cast, candidates(1), survey=survey, at=now())
    asked = Asked.objects.select_related("survey__organisation", "person").get(survey=survey)
    answer_survey(asked, {"comm": [5, 2, None]}, by=as_asked(asked), at=now())
    close_survey(survey, by=cast.actor("coordinator"), at=now())
    text = browse("coordinator").get(_url(survey, "results/answers.csv")).content.decode("utf-8-sig")
    assert "1,communication,5,2,,,Person 0" in text
