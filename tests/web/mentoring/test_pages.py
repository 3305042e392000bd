"""Pages of what pairs do together: the same queries for few and many, who reads what, nothing lost, nothing twice."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from craftpath.delivery.exchange.keepsake import keepsake
from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.mentoring import actions
from craftpath.domain.mentoring.actions import Met
from craftpath.domain.mentoring.models import (
    Goal,
    Graduation,
    HalfwayTalk,
    Meeting,
    MeetingRule,
    PairAgreement,
    Product,
    ProductFile,
    Thanks,
)
from craftpath.domain.mentoring.seeds import clauses, questions
from craftpath.domain.pairing.actions import take_over_mentors
from craftpath.domain.pairing.models import Pair
from craftpath.kernel.access import Actor
from craftpath.kernel.signing import parties_of
from tests.cast import AT, Cast
from tests.domain.pairing.world import among, formed, of
from tests.photos import picture

pytestmark = pytest.mark.usefixtures("all_rows")
DAY = timedelta(days=1)


def today() -> date:
    return timezone.localdate()


def client(cast: Cast, who: str = "coordinator") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


SEATS = {"mentor": "jinheng", "hr": "jinheng", "auditor": "lanchuan-bureau", "officer": "lanchuan-bureau"}


def url(page: str, *ids: str, who: str = "coordinator") -> str:
    return reverse(f"mentoring:{page}", args=[SEATS.get(who, "lanchuan"), *ids])


def get(cast: Cast, who: str, page: str, *ids: str, more: str = "") -> Any:
    return client(cast, who).get(url(page, *ids, who=who) + more)


def post(cast: Cast, who: str, page: str, *ids: str, **form: Any) -> Any:
    return client(cast, who).post(url(page, *ids, who=who), form)


def text(response: Any) -> str:
    return str(response.content.decode())


def taught(cast: Cast, **more: Any) -> Pair:
    return formed(
        cast, of(cast, "26001", cast.people["mentor"]), on=more.pop("on", today() - 100 * DAY), **more
    )


def acting(cast: Cast, who: str) -> Actor:
    return Actor(cast.college, cast.people[who])


def met(cast: Cast, pair: Pair, by: str, other: str, n: int = 0, **more: Any) -> Meeting:
    said = Met(today() - (n % 90) * DAY, 30, "bench", f"第 {n} 次", **more)
    return actions.write_meeting(
        pair, said, other=cast.people[other], made_id=f"m-{n}", by=acting(cast, by), at=timezone.now()
    )


# ---- The same few questions for few and for many --------------------------------------------------


def test_the_overview_asks_the_same_of_five_pairs_and_of_fifty(cast: Cast) -> None:
    take_over_mentors(cast.cohort, by=cast.actor("coordinator"), at=AT)
    asks, counts = client(cast), []
    for people in (1, 45):
        entries = [
            RosterEntry(f"9{n:03}", f"徒 {n}", enterprise=cast.jinheng, mentor=f"新师傅 {n}")
            for n in range(people)
        ]
        take_roster(cast.cohort, entries, by=cast.actor("coordinator"), at=AT)
        take_over_mentors(cast.cohort, by=cast.actor("coordinator"), at=AT)
        asks.get(url("board"))
        with CaptureQueriesContext(connection) as asked:
            page = asks.get(url("board"))
            assert page.status_code == 200
        counts.append(len(asked))
    assert Pair.objects.count() == 49
    assert counts[0] == counts[1] < 40


def test_a_pair_asks_the_same_with_five_meetings_and_with_fifty(cast: Cast) -> None:
    pair, counts, asks = taught(cast), [], client(cast, "mentor")
    for upto in (5, 50):
        for n in range(Meeting.objects.count(), upto):
            met(cast, pair, "apprentice", "mentor", n)
            actions.set_goal(
                pair, person=cast.people["apprentice"], text=f"目标 {n}", due_on=today(),
                by=acting(cast, "mentor"), at=timezone.now(),
            )  # fmt: skip
        asks.get(url("pair", pair.public_id, who="mentor"))
        with CaptureQueriesContext(connection) as asked:
            assert asks.get(url("pair", pair.public_id, who="mentor")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] < 45


def test_the_own_pairs_ask_the_same_of_two_and_of_many(cast: Cast) -> None:
    counts, asks = [], client(cast, "mentor")
    page = reverse("pairing:mine", args=["jinheng"])
    for numbers in (["26001", "26002"], ["26003", "26004", "26005"]):
        for number in numbers:
            formed(cast, of(cast, number, cast.people["mentor"]), on=today() - 20 * DAY)
        asks.get(page)
        with CaptureQueriesContext(connection) as asked:
            shown = asks.get(page)
        counts.append(len(asked))
    assert counts[0] == counts[1] < 45
    assert [one.others for one in shown.context["works"]].count("陈雨桐") == 1


# ---- Who reads what -------------------------------------------------------------------------------


PAGES = ("pair", "talk", "product", "agreement", "graduation")


@pytest.mark.parametrize(
    ("who", "status"),
    [("mentor", 200), ("apprentice", 200), ("coordinator", 200), ("hr", 200), ("trainer", 403), ("auditor", 403),
     ("officer", 403), ("classmate", 404), ("assessor", 404)],
)  # fmt: skip
def test_those_in_the_pair_and_the_office_look_and_nobody_else(cast: Cast, who: str, status: int) -> None:
    pair = taught(cast)
    meeting = met(cast, pair, "apprentice", "mentor")
    for page in PAGES:
        assert get(cast, who, page, pair.public_id).status_code == status, page
    assert get(cast, who, "meeting", meeting.public_id).status_code == status
    assert get(cast, who, "board").status_code == (200 if who in {"coordinator", "hr"} else 403)


def test_a_nobody_is_asked_to_sign_in_and_another_college_finds_nothing(cast: Cast) -> None:
    pair = taught(cast)
    assert Client().get(url("pair", pair.public_id)).status_code == 302
    stranger = Client()
    stranger.force_login(cast.people["stranger"])
    assert stranger.get(reverse("mentoring:pair", args=["dongling", pair.public_id])).status_code == 404


# ---- Goals and meetings ---------------------------------------------------------------------------


def test_goals_are_set_reached_objected_to_and_dropped(cast: Cast) -> None:
    pair = taught(cast)
    form = {
        "made_id": str(uuid.uuid4()), "text": "独立对刀", "due_on": str(today()),
        "person": cast.people["apprentice"].public_id,
    }  # fmt: skip
    for _ in range(2):
        assert post(cast, "apprentice", "goal", pair.public_id, **form).status_code == 302
    goal = Goal.objects.get().public_id
    other = {"due_on": str(today() - 900 * DAY), "text": "旧话", "made_id": str(uuid.uuid4())}
    wrong = post(cast, "mentor", "goal", pair.public_id, **form | other)
    assert wrong.status_code == 409
    assert "旧话" in text(wrong)
    assert post(cast, "apprentice", "reach", goal).status_code == 403
    assert post(cast, "mentor", "reach", goal).status_code == 302
    assert "Not reached yet" in text(get(cast, "apprentice", "pair", pair.public_id))
    assert post(cast, "apprentice", "object", goal, because="").status_code == 422
    assert post(cast, "apprentice", "object", goal, because="还不会").status_code == 302
    assert "还不会" in text(get(cast, "mentor", "pair", pair.public_id))
    assert post(cast, "coordinator", "drop", goal, because="停机").status_code == 302
    assert Goal.objects.get().state == "dropped"


def given(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "made_id": str(uuid.uuid4()), "other": cast.people["mentor"].public_id, "on": str(today()),
        "minutes": "40", "mode": "bench", "words": "对刀", **more,
    }  # fmt: skip


def test_a_meeting_takes_a_sentence_and_is_written_once(cast: Cast) -> None:
    pair = taught(cast)
    page = get(cast, "apprentice", "meet", pair.public_id)
    form = page.context["form"]
    assert (form.initial["on"], form.initial["minutes"], form.initial["mode"]) == (today(), 30, "bench")
    sent = given(cast)
    for _ in range(2):
        sent["photo"] = SimpleUploadedFile("a.jpg", picture(size=(80, 60)))
        assert post(cast, "apprentice", "meet", pair.public_id, **sent).status_code == 302
    row = Meeting.objects.get()
    assert row.photo is not None
    shown = get(cast, "mentor", "file", row.public_id)
    assert shown["Content-Type"] == "image/jpeg"
    assert get(cast, "trainer", "file", row.public_id).status_code == 403
    assert get(cast, "classmate", "file", row.public_id).status_code == 404
    assert get(cast, "apprentice", "meet", pair.public_id).context["form"].initial["minutes"] == 40


def test_what_is_refused_stays_as_it_was_typed(cast: Cast) -> None:
    pair = taught(cast)
    for wrong, status in (
        ({"on": str(today() + DAY)}, 409), ({"minutes": "0"}, 422), ({"on": "soon"}, 422),
        ({"on": str(today() - 101 * DAY)}, 409), ({"other": "nobody"}, 422),
    ):  # fmt: skip
        answer = post(cast, "apprentice", "meet", pair.public_id, **given(cast, words="说过的话") | wrong)
        assert answer.status_code == status, wrong
        assert "说过的话" in text(answer)
    broken = given(cast, words="说过的话", photo=SimpleUploadedFile("a.jpg", b"no picture"))
    answer = post(cast, "apprentice", "meet", pair.public_id, **broken)
    assert answer.status_code == 409
    assert "说过的话" in text(answer)
    assert not Meeting.objects.exists()
    assert post(cast, "coordinator", "meet", pair.public_id, **given(cast)).status_code == 403


def test_the_other_confirms_with_one_tap_or_corrects_in_words(cast: Cast) -> None:
    pair = taught(cast)
    row = met(cast, pair, "apprentice", "mentor")
    assert "That is how it was" in text(get(cast, "mentor", "pair", pair.public_id))
    assert "That is how it was" not in text(get(cast, "apprentice", "pair", pair.public_id))
    form = {
        "seen": "1",
        "because": "更久",
        "on": str(row.on),
        "minutes": "90",
        "mode": "bench",
        "words": "试切",
    }
    for _ in range(2):
        assert post(cast, "mentor", "meeting", row.public_id, **form).status_code == 302
    stale = post(cast, "mentor", "meeting", row.public_id, **form | {"words": "别的", "minutes": "10"})
    assert stale.status_code == 409
    assert "别的" in text(stale)
    page = text(get(cast, "apprentice", "meeting", row.public_id))
    assert "更久" in page
    assert "第 0 次" in page  # what stood before
    assert post(cast, "apprentice", "confirm", row.public_id, seen="1").status_code == 409
    for _ in range(2):
        assert post(cast, "apprentice", "confirm", row.public_id, seen="2").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.minutes) == ("confirmed", 90)


def test_who_never_answers_leaves_it_unconfirmed_and_the_page_says_so(cast: Cast) -> None:
    pair = taught(cast)
    row = met(cast, pair, "apprentice", "mentor", 20)
    Meeting.objects.filter(pk=row.pk).update(said_at=timezone.now() - 15 * DAY)
    page = text(get(cast, "mentor", "pair", pair.public_id))
    assert "Unconfirmed" in page
    assert "That is how it was" not in page
    assert "stands as unconfirmed" in text(get(cast, "mentor", "meeting", row.public_id))


# ---- The halfway talk -----------------------------------------------------------------------------


def replies(words: str) -> dict[str, str]:
    keys = [one["key"] for one in questions()]
    return {f"mark-{key}": "4" for key in keys} | {f"words-{key}": words for key in keys}


def test_answers_stay_apart_until_both_are_there_and_never_leave_the_pair(cast: Cast) -> None:
    pair = taught(cast, ends_on=today() + 60 * DAY)
    half = post(cast, "apprentice", "talk", pair.public_id, **replies("我说的") | {"mark-safety": ""})
    assert half.status_code == 422
    assert "我说的" in text(half)
    for _ in range(2):
        assert post(cast, "apprentice", "talk", pair.public_id, **replies("我说的")).status_code == 302
    assert "我说的" not in text(get(cast, "mentor", "talk", pair.public_id))
    assert post(cast, "mentor", "agree", pair.public_id, steps="x", seen="0").status_code == 409
    assert post(cast, "mentor", "talk", pair.public_id, **replies("师傅说的")).status_code == 302
    for who in ("mentor", "apprentice"):
        page = text(get(cast, who, "talk", pair.public_id))
        assert "我说的" in page
        assert "师傅说的" in page
    assert post(cast, "mentor", "agree", pair.public_id, steps="每周三", seen="0").status_code == 302
    stale = post(cast, "apprentice", "agree", pair.public_id, steps="每周四", seen="0")
    assert stale.status_code == 409
    assert "每周四" in text(stale)
    for who in ("mentor", "apprentice", "apprentice"):
        assert post(cast, who, "close", pair.public_id, seen="1").status_code == 302
    assert HalfwayTalk.objects.get().state == "closed"
    office = text(get(cast, "coordinator", "talk", pair.public_id))
    assert "每周三" in office
    assert "Held" in office
    for who, page in (*(("coordinator", page) for page in PAGES), ("hr", "talk")):
        found = text(get(cast, who, page, pair.public_id))
        assert "我说的" not in found
        assert "师傅说的" not in found
    assert "我说的" not in text(client(cast).get(reverse("history:list", args=["lanchuan"])))


def test_a_week_after_the_first_answer_the_silent_side_may_read(cast: Cast) -> None:
    pair = taught(cast, ends_on=today() + 60 * DAY)
    post(cast, "apprentice", "talk", pair.public_id, **replies("我说的"))
    HalfwayTalk.objects.update(first_answer_at=timezone.now() - 7 * DAY)
    assert "我说的" in text(get(cast, "mentor", "talk", pair.public_id))
    assert "我说的" not in text(get(cast, "coordinator", "talk", pair.public_id))


def test_the_talk_is_waived_with_a_reason(cast: Cast) -> None:
    pair = taught(cast, ends_on=today() + 60 * DAY)
    assert post(cast, "apprentice", "waive", pair.public_id, because="x").status_code == 403
    assert post(cast, "mentor", "waive", pair.public_id, because="").status_code == 422
    for _ in range(2):
        assert post(cast, "mentor", "waive", pair.public_id, because="每天见面").status_code == 302
    assert "每天见面" in text(get(cast, "coordinator", "talk", pair.public_id))


# ---- Product, agreement, graduation ---------------------------------------------------------------


def test_a_product_has_files_and_showings(cast: Cast) -> None:
    pair = taught(cast)
    assert post(cast, "mentor", "add", pair.public_id).status_code == 404
    assert post(cast, "coordinator", "product", pair.public_id, title="x").status_code == 403
    for _ in range(2):
        assert post(cast, "mentor", "product", pair.public_id, title="夹具", words="三点").status_code == 302
    empty = post(cast, "mentor", "product", pair.public_id, title="", words="留下的话")
    assert empty.status_code == 422
    assert "留下的话" in text(empty)
    for _ in range(2):
        sent = SimpleUploadedFile("a.jpg", picture(size=(80, 60)))
        assert post(cast, "apprentice", "add", pair.public_id, file=sent).status_code == 302
    bad = post(cast, "apprentice", "add", pair.public_id, file=SimpleUploadedFile("x.exe", b"MZ\x90\0\xff"))
    assert bad.status_code == 409
    assert (Product.objects.count(), ProductFile.objects.count()) == (1, 1)
    assert (
        post(cast, "mentor", "show", pair.public_id, on=str(today() + DAY), audience="车间").status_code
        == 409
    )
    for _ in range(2):
        done = post(cast, "coordinator", "show", pair.public_id, on=str(today()), audience="车间全体")
        assert done.status_code == 302
    assert text(get(cast, "apprentice", "product", pair.public_id)).count("车间全体") == 1


def test_an_agreement_is_read_and_signed_by_all_and_by_nobody_else(cast: Cast) -> None:
    pair = taught(cast, ends_on=today() + 60 * DAY)
    assert post(cast, "apprentice", "agreement", pair.public_id).status_code == 403
    for _ in range(2):
        assert post(cast, "mentor", "agreement", pair.public_id).status_code == 302
    row = PairAgreement.objects.get()
    assert row.document is not None
    paper = row.document.public_id
    for who in ("auditor", "trainer"):
        there = reverse("signing:sign", args=[SEATS.get(who, "lanchuan"), paper])
        assert client(cast, who).get(there).status_code in {403, 404}, who
    for who in ("apprentice", "mentor", "coordinator"):
        there = reverse("signing:sign", args=[SEATS.get(who, "lanchuan"), paper])
        form = {"seen": row.document.sha256, "read": "1"}
        answer = client(cast, who).post(there, form)
        assert answer.status_code == 302, who
        assert answer["Location"].endswith(f"/mentoring/signed/{row.public_id}/")
        assert client(cast, who).get(answer["Location"])["Location"].endswith(f"/{pair.public_id}/agreement/")
    row.refresh_from_db()
    assert row.state == "signed"
    assert "Signed" in text(get(cast, "apprentice", "agreement", pair.public_id))


def test_the_office_hands_a_link_to_whoever_has_no_account(cast: Cast) -> None:
    pair = taught(cast)
    post(cast, "coordinator", "agreement", pair.public_id)
    row = PairAgreement.objects.get()
    assert row.document is not None
    party = parties_of(row.document)[0]
    page = text(get(cast, "coordinator", "agreement", pair.public_id))
    there = reverse("signing:link", args=["lanchuan", row.document.public_id])
    assert there in page
    assert there not in text(get(cast, "mentor", "agreement", pair.public_id))
    assert client(cast).post(there, {"party": party.public_id}).status_code == 200


def test_graduation_makes_a_page_that_stays_as_it_was(cast: Cast) -> None:
    pair = taught(cast, ends_on=today() + 20 * DAY)
    early = post(cast, "mentor", "graduation", pair.public_id)
    assert early.status_code == 409
    assert "halfway talk is not closed" in text(early)
    post(cast, "mentor", "waive", pair.public_id, because="太短")
    met(cast, pair, "apprentice", "mentor")
    for who, words in (("apprentice", "谢谢师傅"), ("mentor", "继续努力")):
        assert post(cast, who, "thanks", pair.public_id, words=words).status_code == 302
    assert post(cast, "mentor", "thanks", pair.public_id, words="长" * 301).status_code == 422
    assert post(cast, "apprentice", "graduation", pair.public_id).status_code == 403
    assert get(cast, "mentor", "page", pair.public_id).status_code == 404
    for _ in range(2):
        assert post(cast, "mentor", "graduation", pair.public_id).status_code == 302
    assert Graduation.objects.count() == 1
    before = text(get(cast, "apprentice", "page", pair.public_id))
    for said in ("出师", "Graduation", "谢谢师傅", "继续努力", "days together"):
        assert said in before
    cast.people["apprentice"].name = "改了名"
    cast.people["apprentice"].save(update_fields=["name"])
    Thanks.objects.all().delete()
    after = get(cast, "coordinator", "page", pair.public_id)
    assert "谢谢师傅" in text(after)
    assert "→</span>陈雨桐" in text(after)
    assert post(cast, "mentor", "meet", pair.public_id, **given(cast)).status_code in {409, 422}
    assert get(cast, "trainer", "pdf", pair.public_id).status_code == 403


def test_the_sheet_has_the_same_bytes_each_time_and_is_one_sheet_whatever_was_written(cast: Cast) -> None:
    pair = taught(cast, ends_on=today() + 20 * DAY)
    mentor = acting(cast, "mentor")
    actions.waive_talk(pair, because="太短", by=mentor, at=timezone.now())
    for n in range(9):
        row = actions.set_goal(
            pair, person=cast.people["apprentice"], text="独立完成" * 40, due_on=today() - n * DAY, by=mentor,
            at=timezone.now(),
        )  # fmt: skip
        actions.reach_goal(row, by=mentor, at=timezone.now())
    product = actions.keep_product(pair, title="夹具" * 50, by=mentor, at=timezone.now())
    actions.add_product_file(
        product, content=picture(size=(800, 600)), name="a", by=mentor, at=timezone.now()
    )
    actions.give_thanks(pair, words="谢" * 300, by=mentor, at=timezone.now())
    actions.give_thanks(pair, words="谢" * 300, by=acting(cast, "apprentice"), at=timezone.now())
    actions.graduate_pair(pair, weeks=40, by=mentor, at=timezone.now())
    sheets = [get(cast, "apprentice", "pdf", pair.public_id).content for _ in range(2)]
    assert sheets[0] == sheets[1]
    assert sheets[0].startswith(b"%PDF-")
    row = Graduation.objects.get()
    said = keepsake(row.figures, on=row.on, number=row.public_id)
    assert (len(said.goals), said.more_goals) == (5, 4)
    assert [what.en for _figure, what in said.numbers][-1] == "weeks signed"


# ---- The office -----------------------------------------------------------------------------------


def test_the_overview_counts_and_filters(cast: Cast) -> None:
    late = taught(cast)
    other = formed(cast, of(cast, "26003", cast.people["mentor"]), on=today() - 100 * DAY)
    fresh = formed(cast, of(cast, "26002", cast.people["mentor"]), on=today() - DAY)
    both = [cast.people["mentor"], cast.people["trainer"]]
    ring = [among(cast, *both, subject="TIG"), among(cast, *both[::-1], subject="PLC")]
    mutual = formed(cast, *ring, kind="mutual", on=today() - DAY)
    met(cast, late, "apprentice", "mentor", 30)
    page = get(cast, "coordinator", "board")
    counted = {key: one["n"] for key, one in page.context["figures"].items()}
    assert counted == {
        "in_time": 2, "late": 1, "never": 1, "talk": 0, "unsigned": 0, "goals": 1, "ready": 0,
    }  # fmt: skip
    assert [one.now.pair.pk for one in page.context["rows"]][:2] == [other.pk, late.pk]
    for show, wanted in (("late", [late]), ("never", [other]), ("goals", [mutual]), ("ready", [])):
        found = get(cast, "coordinator", "board", more=f"?show={show}")
        assert [one.now.pair.pk for one in found.context["rows"]] == [one.pk for one in wanted]
    there = get(cast, "coordinator", "board", more="?place=qinghe")
    assert [one.now.pair.pk for one in there.context["rows"]] == [other.pk]
    assert fresh.pk in [one.now.pair.pk for one in page.context["rows"]]
    assert "A side has no goal yet" in text(get(cast, "coordinator", "pair", mutual.public_id))
    assert "A side has no goal yet" in text(get(cast, "trainer", "pair", mutual.public_id))


def test_rules_and_words_are_kept_and_refused_with_everything_typed(cast: Cast) -> None:
    form = {"every_days": "7", "talk_after_percent": "40", "needs_agreement": "on"}
    assert post(cast, "coordinator", "rules", **form).status_code == 302
    assert MeetingRule.objects.get().needs_agreement
    assert post(cast, "coordinator", "rules", **form | {"every_days": "999"}).status_code == 422
    assert post(cast, "trainer", "rules", **form).status_code == 403
    words = {f"{key}-{lang}": said[lang] for key, said in clauses().items() for lang in ("zh", "en")}
    wrong = post(cast, "coordinator", "wording", **words | {"purpose-en": "", "purpose-zh": "本院自己的话"})
    assert wrong.status_code == 422
    assert "本院自己的话" in text(wrong)
    assert post(cast, "coordinator", "wording", **words | {"purpose-zh": "本院自己的话"}).status_code == 302
    assert "本院自己的话" in text(get(cast, "coordinator", "wording"))
