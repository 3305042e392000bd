"""Pages of questions: asked in two taps, answered in two clicks, kept kind; a hidden name stands on no page."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.delivery.web.questions import listing
from craftpath.domain.questions import actions
from craftpath.domain.questions.models import Answer, Attachment, Hiding, Promise, Question, Report
from tests.cast import AT, Cast
from tests.domain.questions.world import HOUR, SAID, answer, ask, picture, trained

pytestmark = pytest.mark.usefixtures("all_rows")
PLACES = {"mentor": "jinheng", "hr": "jinheng", "officer": "lanchuan-bureau"}


def client(cast: Cast, who: str = "apprentice") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: Any, who: str = "apprentice") -> str:
    return reverse(f"questions:{page}", args=[PLACES.get(who, "lanchuan"), *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def form(**more: Any) -> dict[str, Any]:
    return {"made_id": str(uuid.uuid4()), "text": SAID, "name_to": "everybody", **more}


def photo(name: str = "IMG_ChenYutong.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture(), "image/jpeg")


def test_asked_on_the_page_itself_with_photos_and_sent_twice_once(cast: Cast) -> None:
    sent = form(photos=[photo(), photo("other.jpg")])
    made = client(cast)
    response = made.post(url("ask"), sent, follow=True)
    assert SAID in text(response)
    assert "An answer is promised by" in text(response)
    sent["photos"] = [photo()]
    made.post(url("ask"), sent)
    row = Question.objects.get()
    assert row.audience == "college"
    assert Attachment.objects.count() == 1  # both were the same photo
    assert made.get(url("file", Attachment.objects.get().public_id)).headers["Content-Type"] == "image/jpeg"


def test_the_form_stands_on_the_home_page(cast: Cast) -> None:
    for who in ("apprentice", "trainer", "mentor"):
        home = client(cast, who).get(reverse("desks:home", args=[PLACES.get(who, "lanchuan")]))
        assert url("ask", who=who) in text(home)
    assert url("ask") not in text(client(cast, "hr").get(reverse("desks:home", args=["jinheng"])))


def test_what_cannot_be_asked_stays_in_the_form_with_the_reason(cast: Cast) -> None:
    made = client(cast)
    long = made.post(url("ask"), form(text="字" * 10_000))
    assert long.status_code == 422
    assert made.post(url("ask"), form(text="")).status_code == 409
    assert made.post(url("ask"), form(text="a\x00b")).status_code == 422
    assert made.post(url("ask"), form(name_to="me")).status_code == 422
    wrong = made.post(url("ask"), form(photos=[SimpleUploadedFile("a.jpg", b"MZ no photo")]))
    assert wrong.status_code == 409
    assert "no picture that can be read" in text(wrong)
    assert SAID in text(wrong)
    assert not Question.objects.exists()


def test_html_is_shown_as_text(cast: Cast) -> None:
    row = ask(cast, text="<script>alert(1)</script>")
    for page in (url("question", row.public_id), url("list"), url("mine")):
        assert "<script>alert" not in text(client(cast).get(page))
        assert "&lt;script&gt;alert(1)" in text(client(cast).get(page))


@pytest.mark.parametrize(("name_to", "knows"), [("staff", True), ("nobody", False)])
def test_a_hidden_name_stands_on_no_page_of_others(cast: Cast, name_to: str, knows: bool) -> None:
    trained(cast)
    row = ask(cast, name_to=name_to, files=[(uuid.uuid4(), "photo", picture())])
    mine = {"by": cast.actor("apprentice"), "at": AT + HOUR}
    answer(cast, row, "apprentice", text="noch etwas")
    helped = answer(cast, row, "coordinator")
    actions.thank_answer(helped, **mine)
    actions.hide_post(row, because="x", by=cast.actor("coordinator"), at=AT + HOUR)
    hiding = Hiding.objects.get()
    actions.appeal_hiding(hiding, words="please", **mine)
    name = cast.people["apprentice"].name
    office = client(cast, "coordinator")
    assert (name in text(office.get(url("minding")))) is knows
    actions.lift_hiding(hiding, by=cast.actor("coordinator"), at=AT + HOUR)
    pages = [url("list"), url("question", row.public_id), url("list") + "?q=气孔"]
    for page in pages:
        assert name not in text(client(cast, "classmate").get(page)), page
        assert "Name hidden" in text(client(cast, "classmate").get(page)), page
        for who in ("trainer", "coordinator"):
            assert (name in text(client(cast, who).get(page))) is knows, (who, page)
    history = text(office.get(reverse("history:list", args=["lanchuan"])))
    assert row.title in history
    assert name not in history


def test_who_is_asked_is_said_to_nobody_who_could_tell_the_asker_by_it(cast: Cast) -> None:
    trained(cast)
    row = ask(cast, name_to="staff")
    assert cast.people["mentor"].name in text(client(cast).get(url("question", row.public_id)))
    assert cast.people["mentor"].name not in text(
        client(cast, "classmate").get(url("question", row.public_id))
    )


def test_similar_ones_are_shown_while_typing(cast: Cast) -> None:
    row = ask(cast)
    found = client(cast, "classmate").post(url("similar"), {"text": "焊缝有气孔"})
    assert url("question", row.public_id) in text(found)
    assert text(client(cast, "classmate").post(url("similar"), {"text": "a\x00"})).strip() == ""


def test_older_ones_are_found_by_their_words_and_the_list_ends(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = "Older questions are found by their words"
    for n in range(4):
        ask(cast, text=f"为什么弧坑 {n}？", at=AT + n * HOUR)
    monkeypatch.setattr(listing, "A_PAGE", 2)
    monkeypatch.setattr(listing, "MOST_LISTED", 3)
    me = client(cast)
    first, last = (text(me.get(f"{url('list')}?page={page}")) for page in (1, 2))
    assert ("弧坑 3" in first, "弧坑 1" in last, "弧坑 0" in last) == (True, True, False)
    assert (older in first, older in last) == (False, True)
    monkeypatch.setattr(listing, "MOST_LISTED", 5)
    assert older not in text(me.get(f"{url('list')}?page=2"))
    assert older not in text(me.get(f"{url('list')}?q=弧坑"))


def test_the_queue_goes_by_age_is_filtered_and_answered_in_two_clicks(cast: Cast) -> None:
    trained(cast)
    new = ask(cast, text="newer", skill="communication")
    old = ask(cast, "classmate", text="earlier", at=AT - HOUR)
    made = client(cast, "trainer")
    page = text(made.get(url("queue")))
    assert page.index("earlier") < page.index("newer")
    assert "earlier" not in text(made.get(url("queue") + "?called=1"))
    assert "earlier" not in text(made.get(url("queue") + "?skill=communication"))
    assert "earlier" not in text(made.get(url("queue") + f"?cohort={cast.cohort.public_id}"))
    assert made.get(url("queue") + "?skill=%00&cohort=%00").status_code == 200
    sent = {"made_id": str(uuid.uuid4()), "text": "so", "from": "queue"}
    assert made.post(url("answer", new.public_id), sent).headers["Location"] == url("queue")
    assert "newer" not in text(made.get(url("queue")))
    assert old.public_id in text(made.get(url("queue")))


def test_answers_in_their_order_with_who_vouches(cast: Cast) -> None:
    row = ask(cast)
    first = answer(cast, row, "classmate", text="FIRST")
    second = answer(cast, row, "coordinator", text="SECOND", at=AT + 2 * HOUR)
    trainer = client(cast, "trainer")
    trainer.post(url("answer_do", second.public_id, "endorse"))
    page = text(trainer.get(url("question", row.public_id)))
    assert page.index("SECOND") < page.index("FIRST")
    assert "endorsed by 马建国 (Trainer)" in page
    client(cast).post(url("answer_do", first.public_id, "accept"))
    page = text(trainer.get(url("question", row.public_id)))
    assert page.index("FIRST") < page.index("SECOND")
    assert client(cast, "classmate").post(url("answer_do", second.public_id, "endorse")).status_code == 403
    assert client(cast, "classmate").post(url("answer_do", second.public_id, "nothing")).status_code == 404


def test_a_withdrawn_answer_leaves_the_thread_readable_and_its_words_to_the_office(cast: Cast) -> None:
    row = ask(cast)
    one = answer(cast, row, "classmate", text="SILLY", files=[(uuid.uuid4(), "photo", picture())])
    answer(cast, row)
    client(cast, "classmate").post(url("answer_do", one.public_id, "withdraw"))
    photo_of = url("file", Attachment.objects.get().public_id)
    for who in ("apprentice", "classmate", "trainer"):
        page = text(client(cast, who).get(url("question", row.public_id)))
        assert "SILLY" not in page, who
        assert "Withdrawn by its writer." in page
        assert client(cast, who).get(photo_of).status_code == 404
    assert "SILLY" in text(client(cast, "coordinator").get(url("question", row.public_id)))


def test_reported_hidden_heard_appealed_lifted(cast: Cast) -> None:
    row = ask(cast)
    one = answer(cast, row, "classmate", text="RUDE")
    reported = client(cast).post(
        url("answer_do", one.public_id, "report"), {"reason": "unkind", "words": "hm"}
    )
    assert reported.status_code == 302
    office = client(cast, "coordinator")
    assert "RUDE" in text(office.get(url("minding")))
    assert client(cast, "trainer").get(url("minding")).status_code == 403
    office.post(url("decide", Report.objects.get().public_id, "uphold"), {"because": "Be kind."})
    assert "RUDE" not in text(client(cast).get(url("question", row.public_id)))
    writer = client(cast, "classmate")
    assert "Be kind." in text(writer.get(url("mine")))
    hiding = Hiding.objects.get().public_id
    writer.post(url("hiding", hiding, "appeal"), {"because": "I was joking."})
    assert "I was joking." in text(office.get(url("minding")))
    assert client(cast, "trainer").post(url("hiding", hiding, "lift")).status_code == 403
    office.post(url("hiding", hiding, "lift"))
    assert "RUDE" in text(client(cast).get(url("question", row.public_id)))
    assert "everybody can see it again" in text(writer.get(url("mine")))
    writer.post(url("hiding", hiding, "hear"))
    assert "everybody can see it again" not in text(writer.get(url("mine")))


def test_a_report_or_a_hiding_without_a_reason_is_refused_with_words(cast: Cast) -> None:
    row = ask(cast)
    refused = client(cast, "classmate").post(url("do", row.public_id, "report"), {"reason": "nonsense"})
    assert refused.status_code == 422
    assert client(cast, "coordinator").post(url("do", row.public_id, "hide"), {}).status_code == 422
    assert not Report.objects.exists()
    assert Question.objects.get().state == "open"


def test_worded_anew_with_the_wording_before_and_a_stale_form_refused(cast: Cast) -> None:
    row = ask(cast)
    made = client(cast)
    assert SAID in text(made.get(url("change", row.public_id)))
    made.post(url("change", row.public_id), {"revision": "1", "text": "CLEARER"})
    page = text(made.get(url("question", row.public_id)))
    assert "CLEARER" in page
    assert SAID in page
    stale = made.post(url("change", row.public_id), {"revision": "1", "text": "OTHER"})
    assert stale.status_code == 409
    assert client(cast, "classmate").get(url("change", row.public_id)).status_code == 403
    one = answer(cast, row)
    client(cast, "trainer").post(url("change_answer", one.public_id), {"revision": "1", "text": "BETTER"})
    assert Answer.objects.get().text == "BETTER"


def test_what_is_new_waits_at_home_until_it_is_read(cast: Cast) -> None:
    row = ask(cast)
    answer(cast, row)
    home = reverse("desks:home", args=["lanchuan"])
    assert "New answer:" in text(client(cast).get(home))
    assert "New answer:" not in text(client(cast, "classmate").get(home))
    client(cast).post(url("do", row.public_id, "read"))
    assert "New answer:" not in text(client(cast).get(home))


def test_those_who_are_asked_find_it_at_home(cast: Cast) -> None:
    ask(cast)
    assert "1 question to answer" in text(client(cast, "mentor").get(reverse("desks:home", args=["jinheng"])))


def test_a_promise_is_the_offices_and_stands_beside_the_form(cast: Cast) -> None:
    office = client(cast, "coordinator")
    assert office.post(url("promise"), {"workdays": "0"}).status_code == 422
    office.post(url("promise"), {"workdays": "3"})
    assert Promise.objects.get().workdays == 3
    assert "Answers are promised within 3 workdays." in text(client(cast).get(url("list")))
    assert client(cast, "trainer").post(url("promise"), {"workdays": "1"}).status_code == 403


def test_a_stranger_finds_nothing_and_the_enterprise_office_has_no_such_room(cast: Cast) -> None:
    row = ask(cast)
    stranger = Client()
    stranger.force_login(cast.people["stranger"])
    assert stranger.get(reverse("questions:question", args=["dongling", row.public_id])).status_code == 404
    assert client(cast, "hr").get(url("list", who="hr")).status_code == 403
    assert client(cast, "mentor").get(url("question", row.public_id, who="mentor")).status_code == 200


def test_the_words_stay_and_the_person_is_gone_when_somebody_has_left(cast: Cast) -> None:
    row = ask(cast)
    person = cast.people["apprentice"]
    type(person).objects.filter(pk=person.pk).update(name="", is_active=False)
    page = text(client(cast, "classmate").get(url("question", row.public_id)))
    assert SAID in page
    assert "Somebody who has left" in page


@pytest.mark.parametrize("page", ["list", "queue", "question", "minding", "mine"])
def test_as_many_queries_for_many_as_for_few(cast: Cast, page: str) -> None:
    trained(cast)
    who = "apprentice" if page == "mine" else "coordinator"
    made = client(cast, who)

    def fill(n: int) -> Question:
        row = ask(cast, text=f"question {n}", skill="communication", at=AT + n * HOUR)
        for other in ("trainer", "classmate", "mentor"):
            one = answer(cast, row, other, text=f"answer {n} {other}", at=AT + n * 2 * HOUR)
            actions.endorse_answer(one, by=cast.actor("coordinator"), at=AT)
        bad = answer(cast, row, "classmate", text=f"bad {n}", at=AT + n * 2 * HOUR)
        actions.report_post(bad, reason="other", by=cast.actor("trainer"), at=AT)
        actions.hide_post(bad, because="x", by=cast.actor("coordinator"), at=AT)
        ask(cast, text=f"waits {n}", at=AT + n * HOUR)
        return row

    def queries(row: Question) -> int:
        there = url(page, *([row.public_id] if page == "question" else []))
        made.get(there)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert made.get(there).status_code == 200
        return len(caught)

    row = fill(0)
    for n in range(1, 6):
        fill(n)  # from five answered ones on it is said how long it takes
    few = queries(row)
    for n in range(6, 10):
        fill(n)
    if page == "question":
        for n in range(3):
            answer(cast, row, "classmate", text=f"more {n}", at=AT + 30 * HOUR)
    assert queries(row) == few
