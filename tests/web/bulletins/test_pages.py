"""Pages of bulletins: the list, the editor, voices, the own page, and what everybody reads."""

from __future__ import annotations

import io
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.domain.bulletins import actions, queries
from craftpath.domain.bulletins.models import Bulletin, Voice
from craftpath.kernel.media import MOST_BYTES
from tests.cast import AT, Cast
from tests.domain.bulletins.world import (
    LEAD,
    agreed,
    begun,
    handed_in,
    maker,
    pictured,
    published,
    save,
    voiced,
    written,
)
from tests.photos import picture

pytestmark = pytest.mark.usefixtures("all_rows")


def client(cast: Cast, who: str = "coordinator", language: str = "en") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE=language)
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: Any, at: str = "lanchuan") -> str:
    return reverse(f"bulletins:{page}", args=[at, *ids])


def public(row: Bulletin, page: str = "page") -> str:
    return reverse(f"bulletin:{page}", args=["lanchuan", row.number])


def lead(**more: str) -> dict[str, str]:
    return {
        "revision": "0",
        "head_zh": "标题",
        "head_en": "Head",
        "body_zh": "正文",
        "body_en": "Text",
    } | more


# ---- The office -------------------------------------------------------------------------------------


def test_a_bulletin_goes_from_new_to_everybody(cast: Cast) -> None:
    office, other = client(cast), client(cast, "administrator")
    form = {
        "made_id": str(uuid.uuid4()), "number": "1", "since": "2026-07-01", "until": "2026-09-14", "language": "both",
        "theme": "jade", "pilot": "",
    }  # fmt: skip
    first = [office.post(url("new"), form)["Location"] for _ in range(2)]
    row = Bulletin._base_manager.get()
    assert first == [url("edit", row.public_id)] * 2
    office.post(url("move", row.public_id, "compose"))
    office.post(url("block", row.public_id, "lead"), lead())
    there = url("move", row.public_id, "hand")
    assert office.post(there).status_code == 302
    row.refresh_from_db()
    assert row.state == "review"
    assert office.post(url("move", row.public_id, "publish")).status_code == 403
    assert other.post(url("move", row.public_id, "publish")).status_code == 302
    assert Client().get(public(row)).status_code == 200
    assert "Waiting for a second person" not in other.get(url("list")).content.decode()


def test_what_waits_for_a_second_person_stands_above_for_that_person_only(cast: Cast) -> None:
    handed_in(cast)
    assert "Waiting for a second person" in client(cast, "administrator").get(url("list")).content.decode()
    assert "Waiting for a second person" not in client(cast).get(url("list")).content.decode()


@pytest.mark.parametrize("who", ["apprentice", "trainer", "auditor", "mentor"])
def test_others_have_no_list_and_no_editor(cast: Cast, who: str) -> None:
    row, at = written(cast), "jinheng" if who == "mentor" else "lanchuan"
    assert client(cast, who).get(url("list", at=at)).status_code == 403
    assert client(cast, who).get(url("edit", row.public_id, at=at)).status_code in (403, 404)


def test_a_neighbour_finds_nothing(cast: Cast) -> None:
    row = written(cast)
    pictured(cast, row)
    stranger = client(cast, "stranger")
    kept = queries.blocks_of(row)["lead_picture"].picture
    assert kept is not None
    for page, ids in (("edit", []), ("voices", []), ("paper", []), ("shown", [kept.public_id])):
        assert stranger.get(url(page, row.public_id, *ids, at="dongling")).status_code == 404
    assert stranger.post(url("block", row.public_id, "lead", at="dongling"), lead()).status_code == 404


def test_the_list_asks_the_same_for_one_and_for_many(cast: Cast) -> None:
    office, counts = client(cast), []
    begun(cast)
    office.get(url("list"))
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert office.get(url("list")).status_code == 200
        counts.append(len(asked))
        for _n in range(3):
            begun(cast)
    assert counts[0] == counts[1]


# ---- Writing ----------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_and_the_answer_is_the_place_as_it_looks(cast: Cast) -> None:
    row, office = begun(cast), client(cast)
    there = url("block", row.public_id, "lead")
    said = office.post(there, lead(), HTTP_HX_REQUEST="true").content.decode()
    assert "标题" in said
    assert 'id="revision-lead" value="1" hx-swap-oob="true"' in said
    assert 'id="checks"' in said
    again = office.post(there, lead(), HTTP_HX_REQUEST="true")  # the answer was lost on its way
    assert (again.status_code, queries.blocks_of(row)["lead"].revision) == (200, 1)


def test_words_on_an_older_revision_stay_in_the_form_beside_those_that_stand_there(cast: Cast) -> None:
    row, office = begun(cast), client(cast)
    save(cast, row, "lead", LEAD, by=cast.actor("administrator"))
    there = url("block", row.public_id, "lead")
    page = office.post(there, lead(head_en="Mine")).content.decode()
    assert "Mine" in page
    assert "Two hundred people" in page
    assert cast.people["administrator"].name in page
    part = office.post(there, lead(), HTTP_HX_REQUEST="true")
    assert part.status_code == 409
    assert 'name="revision" value="1"' in part.content.decode()
    assert office.post(there, lead() | {"revision": ["0", "1"]}).status_code == 302
    assert queries.blocks_of(row)["lead"].content["head"]["en"] == "Head"


def test_a_place_that_is_too_long_says_by_how_much(cast: Cast) -> None:
    row, office = written(cast), client(cast)
    said = office.post(
        url("block", row.public_id, "case"), lead(body_zh="长" * 400), HTTP_HX_REQUEST="true"
    ).content.decode()
    assert "lines too long, about" in said
    page = office.get(url("edit", row.public_id)).content.decode()
    assert "Still to do" in page
    assert '<a href="#at-case">Case</a>' in page
    refused = office.post(url("move", row.public_id, "hand"))
    assert refused.status_code == 409
    assert "does not fit" in refused.content.decode()


def test_what_a_form_does_not_ask_for_is_not_lost(cast: Cast) -> None:
    row, office = written(cast), client(cast)
    look = {"since": "2026-08-01", "until": "2026-09-14", "language": "zh", "theme": "ochre"}
    assert office.post(url("look", row.public_id), look).status_code == 302
    revision = str(queries.blocks_of(row)["lead"].revision)
    office.post(url("block", row.public_id, "lead"), {"revision": revision, "head_zh": "新", "body_zh": "文"})
    assert queries.blocks_of(row)["lead"].content["head"] == {"zh": "新", "en": LEAD["head"]["en"]}


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 40, "１"])
def test_a_revision_that_is_none_is_an_old_one(cast: Cast, revision: str) -> None:
    row = begun(cast)
    save(cast, row, "lead", LEAD)
    answer = client(cast).post(url("block", row.public_id, "lead"), lead(revision=revision))
    assert answer.status_code == 409


def test_scripts_and_ten_thousand_letters_are_words_or_refused(cast: Cast) -> None:
    row, office = begun(cast), client(cast)
    there = url("block", row.public_id, "lead")
    nasty = "<script>alert(1)</script>\0[x](javascript:alert(1))"
    page = office.post(there, lead(head_zh=nasty, body_en=nasty), follow=True).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert 'href="javascript' not in page
    assert office.post(there, lead(revision="1", body_zh="长" * 10_000)).status_code == 409
    assert office.post(url("block", row.public_id, "nowhere"), lead()).status_code == 404
    assert office.post(url("move", row.public_id, "nonsense")).status_code == 404


def test_each_kind_of_place_is_saved_by_its_form(cast: Cast) -> None:
    row, office = begun(cast), client(cast)
    forms: dict[str, dict[str, Any]] = {
        "figures": {"keys": ["workshops.held", ""]},
        "chart": {"key": "workshops.came"},
        "dates": {"on_1": "2026-10-01", "what_1_zh": "研讨会"},
        "masthead": {"title_zh": "匠途", "title_en": "Path"},
        "imprint": {"words_zh": "学院", "words_en": "College"},
    }
    for place, form in forms.items():
        assert office.post(url("block", row.public_id, place), form | {"revision": "0"}).status_code == 302
    blocks = {key: block.content for key, block in queries.blocks_of(row).items()}
    assert blocks["figures"] == {"keys": ["workshops.held"]}
    assert blocks["chart"] == {"key": "workshops.came"}
    assert blocks["dates"] == {"lines": [{"on": "2026-10-01", "what": {"zh": "研讨会"}}]}
    assert blocks["masthead"]["title"] == {"zh": "匠途", "en": "Path"}
    assert (
        office.post(url("block", row.public_id, "dates"), {"revision": "1", "on_0": "soon"}).status_code
        == 409
    )


# ---- Pictures ---------------------------------------------------------------------------------------


def test_a_picture_hangs_and_is_taken_down(cast: Cast) -> None:
    row, office = begun(cast), client(cast)
    there = url("picture", row.public_id, "lead_picture")
    upload = {"file": SimpleUploadedFile("a.jpg", picture(size=(200, 100))), "alt_zh": "车床", "alt_en": ""}
    assert office.post(there, upload).status_code == 302
    kept = queries.blocks_of(row)["lead_picture"].picture
    assert kept is not None
    assert office.get(url("shown", row.public_id, kept.public_id))["Content-Type"] == "image/jpeg"
    assert office.get(url("shown", row.public_id, "nothing")).status_code == 404
    assert office.post(there, {"do": "remove"}).status_code == 302
    assert office.get(url("shown", row.public_id, kept.public_id)).status_code == 404


def test_what_is_no_picture_stays_on_the_page_with_the_reason(cast: Cast) -> None:
    row, office = begun(cast), client(cast)
    there = url("picture", row.public_id, "lead_picture")
    wrong = office.post(there, {"file": SimpleUploadedFile("a.jpg", b"<svg/>"), "alt_zh": "图", "alt_en": ""})
    assert wrong.status_code == 409
    assert "no picture" in wrong.content.decode()
    assert office.post(there, {"alt_zh": "图"}).status_code == 422
    assert office.post(url("picture", row.public_id, "lead"), {}).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.people["coordinator"])
    assert strict.post(there, {"do": "remove"}).status_code == 403


def test_two_gigabytes_are_refused_before_they_are_read(cast: Cast) -> None:
    class Unread(io.BytesIO):
        def read(self, *_: Any) -> bytes:
            raise AssertionError("the body was read")

    answer = client(cast).generic(
        "POST", url("picture", begun(cast).public_id, "lead_picture"), b"",
        content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(2 * 2**30), **{"wsgi.input": Unread()},
    )  # fmt: skip
    assert answer.status_code == 413
    assert f"larger than {MOST_BYTES // 2**20} MB" in answer.content.decode()


# ---- Voices -----------------------------------------------------------------------------------------


def test_a_voice_is_written_down_asked_by_a_link_and_answered_without_an_account(cast: Cast) -> None:
    row, office = written(cast), client(cast)
    form = {
        "made_id": str(uuid.uuid4()),
        "name": "来宾",
        "account": "",
        "words_zh": "很好。",
        "words_en": "Good.",
    }
    for _ in range(2):
        assert office.post(url("voices", row.public_id), form).status_code == 302
    voice = Voice._base_manager.get()
    office.post(url("voice_move", voice.public_id, "ask"))
    page = office.get(url("voices", row.public_id)).content.decode()
    link = reverse("bulletin:voice", args=[queries.token_of(voice)])
    assert link in page
    guest = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert "很好。" in guest.get(link).content.decode()
    assert guest.post(link, {"do": "agree"}).status_code == 409
    assert guest.post(link, {"do": "agree", "of_age": "on"}).status_code == 302
    voice.refresh_from_db()
    assert voice.state == "agreed"
    assert "You agreed" in guest.get(link).content.decode()
    assert not guest.cookies.get("sessionid")
    assert guest.get(link[:-3] + "x/").status_code == 404


def test_with_an_account_the_own_page_asks_and_nobody_else_answers(cast: Cast) -> None:
    row, office = written(cast), client(cast)
    name = cast.people["apprentice"].username
    form = {
        "made_id": str(uuid.uuid4()),
        "name": "陈雨桐",
        "account": name,
        "words_zh": "我敢问了。",
        "words_en": "",
    }
    office.post(url("voices", row.public_id), form)
    voice = Voice._base_manager.get()
    assert voice.person == cast.people["apprentice"]
    office.post(url("voice_move", voice.public_id, "ask"))
    own = client(cast, "apprentice")
    assert "我敢问了" in own.get(url("mine")).content.decode()
    for who in ("coordinator", "classmate"):
        assert client(cast, who).post(url("answer", voice.public_id, "agree")).status_code == 404
    assert own.post(url("answer", voice.public_id, "agree")).status_code == 302
    assert own.post(url("answer", voice.public_id, "shrug")).status_code == 404
    voice.refresh_from_db()
    assert voice.state == "agreed"
    link = reverse("bulletin:voice", args=[queries.token_of(voice)])
    assert "sign in" in Client(HTTP_ACCEPT_LANGUAGE="en").get(link).content.decode()
    assert Client().post(link, {"do": "decline"}).status_code == 403


def test_a_draft_is_given_up_and_its_number_and_its_voices_are_free(cast: Cast) -> None:
    row, office = written(cast), client(cast)
    voice = actions.ask_voice(voiced(cast, row, ""), by=maker(cast), at=AT)
    link = reverse("bulletin:voice", args=[queries.token_of(voice)])
    assert Client().get(link).status_code == 200
    there = url("move", row.public_id, "discard")
    for _ in range(2):
        assert office.post(there).status_code == 302
    row.refresh_from_db()
    assert row.state == "discarded"
    assert queries.next_number(row.organisation) == row.number
    assert Client().get(link).status_code == 404
    assert client(cast, "apprentice").get(url("mine")).status_code == 200
    page = office.get(url("edit", row.public_id)).content.decode()
    assert "discarded" in page
    assert "<textarea" not in page
    for verb in ("hand", "take", "publish", "compose"):
        assert office.post(url("move", row.public_id, verb)).status_code == 409, verb
    again = written(cast)
    assert (again.number, again.pk == row.pk) == (row.number, False)
    assert client(cast, "mentor").post(url("move", again.public_id, "discard")).status_code == 404


def test_an_account_that_is_none_is_said_in_the_form(cast: Cast) -> None:
    row = written(cast)
    form = {"made_id": str(uuid.uuid4()), "name": "某", "account": "nobody-here", "words_zh": "好。"}
    answer = client(cast).post(url("voices", row.public_id), form)
    assert answer.status_code == 409
    assert "Nobody here signs in with this name" in answer.content.decode()


def test_words_are_changed_and_put_on_and_off_the_sheet(cast: Cast) -> None:
    row, office = written(cast), client(cast)
    voice = voiced(cast, row)
    assert office.post(url("reword", voice.public_id), {"words_zh": "长" * 500}).status_code == 409
    assert office.post(url("reword", voice.public_id), {"words_zh": "另一句。"}).status_code == 302
    for verb, placed in (("leave", False), ("place", True)):
        office.post(url("voice_move", voice.public_id, verb))
        voice.refresh_from_db()
        assert (voice.placed, voice.words) == (placed, {"zh": "另一句。"})
    assert office.post(url("voice_move", voice.public_id, "shout")).status_code == 404


# ---- Everybody --------------------------------------------------------------------------------------


def test_visitors_read_it_in_their_language_and_leave_no_cookie(cast: Cast) -> None:
    row = written(cast)
    pictured(cast, row)
    agreed(cast, row)
    row, visitor = published(cast, row), Client()
    zh = visitor.get(public(row), {"in": "zh"})
    en = visitor.get(public(row), {"in": "en"})
    assert (zh["Content-Language"], en["Content-Language"]) == ("zh-hans", "en")
    assert "会问，是第" in zh.content.decode()
    assert "To ask is the first step." in en.content.decode()
    assert "二百人" not in en.content.decode()
    kept = queries.pictures_of(row, queries.public_content(queries.public_number("lanchuan", 1)))  # type: ignore[arg-type]
    shown = reverse("bulletin:picture", args=["lanchuan", row.number, next(iter(kept))])
    assert shown in zh.content.decode()
    assert visitor.get(shown).status_code == 200
    assert (
        "Two hundred people"
        in visitor.get(reverse("bulletin:numbers", args=["lanchuan"]), {"in": "en"}).content.decode()
    )
    assert not visitor.cookies
    lost = reverse("bulletin:picture", args=["lanchuan", row.number, "nothing"])
    assert Client().get(lost).status_code == 404


def test_what_is_not_published_is_not_there_and_what_is_withdrawn_says_so(cast: Cast) -> None:
    row, visitor = handed_in(cast), Client(HTTP_ACCEPT_LANGUAGE="en")
    for page in ("page", "pdf"):
        assert visitor.get(public(row, page)).status_code == 404
    for address in (
        "/b/lanchuan/77/",
        "/b/nowhere/1/",
        f"/b/lanchuan/{10**30}/",
        "/b/nowhere/",
        "/b/lanchuan/x/",
    ):
        assert visitor.get(address).status_code == 404
    row = actions.publish_bulletin(row, by=cast.actor("administrator"), at=AT)
    actions.withdraw_bulletin(row, because="数字 <b>有误</b>", by=maker(cast), at=AT)
    gone = visitor.get(public(row))
    assert gone.status_code == 410
    assert "数字 &lt;b&gt;有误" in gone.content.decode()
    assert visitor.get(public(row, "pdf")).status_code == 404
    assert visitor.post(public(row)).status_code == 405


def test_a_public_page_asks_the_same_whatever_stands_on_it(cast: Cast) -> None:
    bare, full = published(cast), written(cast)
    pictured(cast, full)
    agreed(cast, full)
    full = published(cast, full)
    visitor, counts = Client(), []
    visitor.get(public(bare))
    for row in (bare, full):
        with CaptureQueriesContext(connection) as asked:
            assert visitor.get(public(row)).status_code == 200
        counts.append(len(asked))
    assert counts[1] - counts[0] <= 2  # its voices, and their consents


def test_the_paper_of_a_draft_is_for_the_office(cast: Cast) -> None:
    row = written(cast)
    answer = client(cast).get(url("paper", row.public_id))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content[:5] == b"%PDF-"
    assert Client().get(url("paper", row.public_id)).status_code in (302, 404)
