"""Invitations: a link that serves once, for the one who is meant, while whoever sent it may still give the role."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from craftpath.delivery.web.people import letters
from craftpath.kernel.access import Actor, Membership, actor_in, join
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.invitations import Guest, Invitation, accept_invitation, invitation_of, invite
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused
from tests.cast import Cast

Browse = Callable[[str], Client]
INVITE, LIST = "/o/lanchuan/people/invite/", "/o/lanchuan/people/invitations/"
NEW = {"password1": "kiln-sparrow-19", "password2": "kiln-sparrow-19"}


@pytest.fixture(autouse=True)
def _no_earlier_tries(db: Any) -> Any:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def _form(today: date, lines: str = "", **more: Any) -> dict[str, Any]:
    return {"lines": lines, "role": "trainer", "place": "lanchuan", "starts_on": today.isoformat(), **more}


def _links(answer: Any) -> dict[str, str]:
    return {
        one.invitation.name: one.link.removeprefix("http://testserver") for one in answer.context["letters"]
    }


def _invite(browse: Browse, today: date, lines: str, who: str = "coordinator", **more: Any) -> dict[str, str]:
    answer = browse(who).post(INVITE, _form(today, lines, **more))
    assert answer.status_code == 200, answer
    assert "letters" in answer.context, answer.context["form"].errors
    return _links(answer)


def _words(answer: Any) -> str:
    return unescape(answer.content.decode())


def _told(fact: str) -> list[dict[str, Any]]:
    with everywhere("a test looks at the history"):
        return [row.payload for row in AuditEntry.objects.filter(fact=fact).order_by("pk")]


def test_a_newcomer_makes_an_account_and_lands_on_the_desk(browse: Browse, cast: Cast, today: date) -> None:
    [link] = _invite(browse, today, "高明，T77，教师").values()
    guest = browse("")
    page = _words(guest.get(link))
    for words in ("高明", "Lanchuan Technician College", "as Trainer", "何静", "Accept with a new account"):
        assert words in page
    answer = guest.post(link, NEW)
    assert answer.url == "/o/lanchuan/"
    assert "Your sign-in name is T77." in _words(guest.get("/o/lanchuan/"))
    person = Person.objects.get(username="T77")
    assert (person.name, person.language, person.must_change_password) == ("高明", "en", False)
    row = person.memberships.get()
    assert (row.role, row.organisation, row.starts_on, row.ends_on) == ("trainer", cast.college, today, None)
    assert _told("kernel.invitation_accepted")[0]["person"] == person.public_id
    assert _told("kernel.role_given")[-1]["role"] == "trainer"
    assert browse("").post("/account/login/", {"login": "t77", "password": NEW["password1"]}).url == "/"


def test_an_e_mail_becomes_the_account_s_and_signs_in(browse: Browse, cast: Cast, today: date) -> None:
    [link] = _invite(browse, today, "Gao Ming, gao@lanchuan.example, coordinator").values()
    browse("").post(link, NEW)
    person = Person.objects.get(email="gao@lanchuan.example")
    assert person.username == "gao"
    assert person.memberships.get().role == "coordinator"


def test_nobody_is_made_and_nothing_hashed_for_those_only_invited(
    browse: Browse, cast: Cast, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = Person.objects.count()
    monkeypatch.setattr(Person, "set_password", lambda *_: pytest.fail("a password was hashed"))
    links = _invite(browse, today, "\n".join(f"Guest {n}, G{n}" for n in range(30)))
    assert (len(links), Person.objects.count()) == (30, people)


def test_only_the_hash_of_a_link_is_kept(browse: Browse, cast: Cast, today: date) -> None:
    [link] = _invite(browse, today, "Gao Ming, T77").values()
    secret = link.split("/")[3].split(":")[0]
    with everywhere("a test looks at everything"):
        stored = str(list(Invitation.objects.values())) + str(list(AuditEntry.objects.values("payload")))
    assert len(secret) == 32
    assert secret not in stored


def test_the_links_are_shown_once_as_code_and_as_words(browse: Browse, cast: Cast, today: date) -> None:
    answer = browse("coordinator").post(INVITE, _form(today, "Gao Ming, T77"))
    [link] = _links(answer).values()
    content = answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert unescape(content).count(link) == 1
    assert content.count('src="data:image/svg+xml;base64,') == 1
    assert link not in browse("coordinator").get(LIST).content.decode()


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("", "Nobody is invited yet."),
        ("Gao Ming", "Line 1: Write a name"),
        ("A, T1\n\nGao Ming, not an address@", "Line 3: This e-mail address cannot be right."),
        ("Gao Ming, T 77", "A number holds letters"),
        ("Gao Ming, T77, pope", "“pope” is no role."),
        ("Gao Ming, T77, administrator", "This role may do more than yours does."),
        ("Gao Ming, T77, 学徒", "Apprentices come with a roster"),
        ("何静, c01", "These are your own roles."),
        ("x" * 121 + ", T77", "The name is too long."),
        ("\n".join(f"G{n}, G{n}" for n in range(201)), "At most 200 people"),
    ],
)
def test_what_will_not_do_is_named_and_nothing_is_lost(
    browse: Browse, cast: Cast, today: date, lines: str, reason: str
) -> None:
    answer = browse("coordinator").post(INVITE, _form(today, lines))
    assert reason in _words(answer)
    assert answer.context["form"]["lines"].value() == lines
    with everywhere("a test looks at everything"):
        assert Invitation.objects.count() == 0


def test_roles_are_read_in_both_languages_and_one_holds_for_lines_without(
    browse: Browse, cast: Cast, today: date
) -> None:
    _invite(browse, today, "A, a1, 师傅\nB, b1, HR OFFICER\nC\tc1\tassessor\nD；d1", role="auditor")
    with everywhere("a test looks at everything"):
        roles = dict(Invitation.objects.values_list("name", "role"))
    assert roles == {"A": "mentor", "B": "hr", "C": "assessor", "D": "auditor"}


def test_an_administrator_may_invite_another(browse: Browse, cast: Cast, today: date) -> None:
    [link] = _invite(browse, today, "Gao Ming, T77, 管理员", who="administrator").values()
    browse("").post(link, NEW)
    assert Person.objects.get(username="T77").memberships.get().role == "administrator"


def test_an_organisation_below_may_be_chosen_and_none_beside(browse: Browse, cast: Cast, today: date) -> None:
    [link] = _invite(browse, today, "Gao Ming, T77", place="lanchuan-east").values()
    guest = browse("")
    assert guest.post(link, NEW).url == "/o/lanchuan-east/"
    assert guest.get("/o/lanchuan/").status_code == 404
    answer = browse("coordinator").post(INVITE, _form(today, "A, a1", place="jinheng"))
    assert list(answer.context["form"].errors) == ["place"]


def test_the_dates_hold(browse: Browse, cast: Cast, today: date) -> None:
    start, end = today + timedelta(days=3), today + timedelta(days=60)
    [link] = _invite(browse, start, "Gao Ming, T77", ends_on=end.isoformat()).values()
    guest = browse("")
    assert guest.post(link, NEW).url == "/"
    page = _words(guest.get("/"))
    assert "Your role begins on" in page
    assert "Trainer, from" in page
    row = Person.objects.get(username="T77").memberships.get()
    assert (row.starts_on, row.ends_on) == (start, end)
    wrong = browse("coordinator").post(INVITE, _form(start, "A, a1", ends_on=start.isoformat()))
    assert list(wrong.context["form"].errors) == ["ends_on"]


def test_a_role_begins_no_earlier_than_it_was_accepted(browse: Browse, cast: Cast, today: date) -> None:
    [link] = _invite(browse, today - timedelta(days=100), "Gao Ming, T77").values()
    browse("").post(link, NEW)
    assert Person.objects.get(username="T77").memberships.get().starts_on == today


def test_somebody_signed_in_accepts_with_the_present_account(browse: Browse, cast: Cast, today: date) -> None:
    [link] = _invite(browse, today, "Somebody, T77, auditor").values()
    hr = browse("hr")
    assert "Accept as 许文静" in _words(hr.get(link))
    assert hr.post(link).url == "/o/lanchuan/"
    assert set(cast.people["hr"].memberships.values_list("role", "organisation__key")) == {
        ("hr", "jinheng"), ("auditor", "lanchuan")
    }  # fmt: skip
    assert not Person.objects.filter(username="T77").exists()


def test_pressing_twice_and_opening_again_change_nothing(browse: Browse, cast: Cast, today: date) -> None:
    [link] = _invite(browse, today, "Somebody, T77, auditor").values()
    hr = browse("hr")
    assert [hr.post(link).url, hr.post(link).url, hr.get(link).url] == ["/o/lanchuan/", "/", "/"]
    assert cast.people["hr"].memberships.filter(role="auditor").count() == 1
    assert len(_told("kernel.invitation_accepted")) == 1


def test_two_people_at_once_get_one_role(browse: Browse, cast: Cast, today: date) -> None:
    [link] = _invite(browse, today, "Somebody, T77, auditor").values()
    with everywhere("a test accepts past the page"):
        row = invitation_of(link.split("/")[3])
        assert row is not None
        for person, fits in ((cast.people["hr"], True), (cast.people["mentor"], False)):
            by = Actor(organisation=cast.college, person=person)
            if fits:
                accept_invitation(row, by=by, at=timezone.now())
            else:  # `row` is as it was before the first one accepted
                with pytest.raises(Refused) as caught:
                    accept_invitation(row, by=by, at=timezone.now())
                assert caught.value.verdict.reason == "kernel.invitation_accepted"
    assert Membership.objects.filter(role="auditor", organisation=cast.college).count() == 1


def test_a_used_link_says_so_to_everybody_else(browse: Browse, cast: Cast, today: date) -> None:
    [link] = _invite(browse, today, "Gao Ming, T77").values()
    browse("").post(link, NEW)
    for who in ("", "hr"):
        for answer in (browse(who).get(link), browse(who).post(link, NEW)):
            assert answer.status_code == 409
            assert "This invitation was accepted already." in _words(answer)
    assert Person.objects.filter(name="Gao Ming").count() == 1


def test_a_withdrawn_link_and_an_expired_one_say_so_and_whom_to_ask(
    browse: Browse, cast: Cast, today: date
) -> None:
    links = _invite(browse, today, "A, a1\nB, b1")
    with everywhere("a test lets time pass"):
        ids = dict(Invitation.objects.values_list("name", "public_id"))
        Invitation.objects.filter(name="B").update(expires_at=timezone.now() - timedelta(seconds=1))
    client = browse("coordinator")
    assert client.post(LIST, {"invitation": ids["A"], "do": "withdraw"}).url == LIST
    assert client.post(LIST, {"invitation": ids["A"], "do": "withdraw"}).url == LIST  # twice is harmless
    states = {row.invitation.name: row.state for row in client.get(LIST).context["rows"]}
    assert states == {"A": "withdrawn", "B": "expired"}
    for name, words in (("A", "was withdrawn"), ("B", "has run out")):
        answer = browse("").post(links[name], NEW)
        assert (answer.status_code, words in _words(answer)) == (409, True)
        assert "Ask whoever gave it to you for a new one." in _words(answer)
    assert len(_told("kernel.invitations_withdrawn")) == 1


@pytest.mark.parametrize(
    "bend", [lambda t: t[:-1] + ("a" if t[-1] != "a" else "b"), lambda t: "x" + t, lambda _: "%00"]
)
def test_a_forged_link_leads_nowhere(
    browse: Browse, cast: Cast, today: date, bend: Callable[[str], str]
) -> None:
    [link] = _invite(browse, today, "Gao Ming, T77").values()
    forged = f"/account/invitation/{bend(link.split('/')[3])}/"
    answer = browse("").get(forged)
    assert answer.status_code in {403, 404}
    assert "Gao" not in _words(answer)


def test_guessing_is_throttled(browse: Browse, cast: Cast) -> None:
    client = browse("")
    codes = [client.get(f"/account/invitation/guess-{n}/").status_code for n in range(31)]
    assert (codes[0], codes[-1]) == (403, 429)


def test_a_new_link_ends_the_old_one(browse: Browse, cast: Cast, today: date) -> None:
    [old] = _invite(browse, today, "Gao Ming, T77").values()
    with everywhere("a test looks at everything"):
        found = Invitation.objects.get()
    [new] = _links(browse("coordinator").post(LIST, {"invitation": found.public_id, "do": "renew"})).values()
    assert "was withdrawn" in _words(browse("").get(old))
    assert browse("").get(new).status_code == 200
    [again] = _invite(browse, today, "Gao Ming, T77").values()  # the same form sent twice
    assert "was withdrawn" in _words(browse("").get(new))
    assert browse("").get(again).status_code == 200


def test_what_was_sent_for_one_of_ours_is_for_nobody_else(browse: Browse, cast: Cast, today: date) -> None:
    [link] = _invite(browse, today, "Whatever, T01, assessor").values()  # the trainer's own sign-in name
    assert "马建国" in _words(browse("trainer").get(link))
    other = browse("hr").post(link)
    assert (other.status_code, "This invitation is for somebody else." in _words(other)) == (403, True)
    nobody = browse("").get(link)
    assert "Sign in with it to accept." in _words(nobody)
    assert browse("").post(link, NEW).status_code == 200
    assert cast.people["trainer"].memberships.count() == 1
    assert browse("trainer").post(link).url == "/o/lanchuan/"
    assert cast.people["trainer"].memberships.filter(role="assessor").exists()


def test_a_stranger_s_address_is_not_recognised(browse: Browse, cast: Cast, today: date) -> None:
    Person.objects.filter(pk=cast.people["stranger"].pk).update(email="xia@dongling.example")
    [link] = _invite(browse, today, "Xia, xia@dongling.example").values()
    with everywhere("a test looks at everything"):
        assert Invitation.objects.get().person is None
    page = _words(browse("").get(link))
    assert "夏冰" not in page
    guest = browse("")
    assert guest.post(link, NEW).url == "/o/lanchuan/"
    assert Person.objects.get(name="Xia").email is None  # the address stays with whoever has it
    assert Person.objects.get(pk=cast.people["stranger"].pk).email == "xia@dongling.example"


def test_somebody_of_ours_without_a_password_chooses_one(browse: Browse, cast: Cast, today: date) -> None:
    learner = cast.people["apprentice"]
    answer = browse("coordinator").post(INVITE, _form(today, person=learner.public_id, role="mentor"))
    [link] = _links(answer).values()
    guest = browse("")
    assert guest.post(link, NEW).url == "/o/lanchuan/"
    learner.refresh_from_db()
    assert learner.check_password(NEW["password1"])
    assert set(learner.memberships.values_list("role", flat=True)) == {"apprentice", "mentor"}


def test_no_password_is_chosen_for_somebody_who_works_elsewhere_too(
    browse: Browse, cast: Cast, today: date
) -> None:
    learner = cast.people["apprentice"]
    answer = browse("coordinator").post(INVITE, _form(today, person=learner.public_id, role="mentor"))
    [link] = _links(answer).values()
    join([learner], cast.neighbour, Role.COORDINATOR, on=today)
    assert browse("").post(link, NEW).status_code == 403
    learner.refresh_from_db()
    assert not learner.has_usable_password()
    again = browse("coordinator").post(INVITE, _form(today, person=learner.public_id, role="mentor"))
    assert "This person has a role at another organisation too." in _words(again)


def test_an_invitation_does_not_outlive_the_right_to_give_it(browse: Browse, cast: Cast, today: date) -> None:
    [link] = _invite(browse, today, "Gao Ming, T77, coordinator").values()
    cast.people["coordinator"].memberships.update(ends_on=today)
    answer = browse("").post(link, NEW)
    assert (answer.status_code, "may no longer give the role" in _words(answer)) == (409, True)
    assert not Person.objects.filter(username="T77").exists()


def test_nobody_accepts_what_one_sent_oneself(browse: Browse, cast: Cast, today: date) -> None:
    [link] = _invite(browse, today, "Another me, T77, auditor").values()
    assert browse("coordinator").post(link).status_code == 403
    assert cast.people["coordinator"].memberships.count() == 1


@pytest.mark.parametrize(
    "form", [{"password1": "short", "password2": "short"}, {"password1": "kiln-sparrow-19"}, {}]
)
def test_a_weak_or_mistyped_password_changes_nothing(
    browse: Browse, cast: Cast, today: date, form: dict[str, str]
) -> None:
    [link] = _invite(browse, today, "Gao Ming, T77").values()
    assert browse("").post(link, form).status_code == 200
    assert not Person.objects.filter(username="T77").exists()
    assert browse("").post(link, NEW).status_code == 302


def test_mail_goes_out_where_there_is_an_address_and_a_server(
    browse: Browse, cast: Cast, today: date, settings: Any
) -> None:
    links = _invite(browse, today, "A, a@lanchuan.example\nB, b1")
    assert [letter.to for letter in mail.outbox] == [["a@lanchuan.example"]]
    assert links["A"] in mail.outbox[0].body
    assert "邀请您在澜川技师学院担任教师" in mail.outbox[0].body
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert letters.mails() is False
    _invite(browse, today, "C, c@lanchuan.example")
    assert len(mail.outbox) == 1


def test_a_mail_server_that_fails_loses_nothing(
    browse: Browse, cast: Cast, today: date, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    answer = browse("coordinator").post(INVITE, _form(today, "A, a@lanchuan.example"))
    assert "Some mails could not be sent." in _words(answer)
    assert browse("").get(_links(answer)["A"]).status_code == 200


def test_the_list_asks_as_often_for_many_as_for_one(browse: Browse, cast: Cast, today: date) -> None:
    client = browse("coordinator")
    client.post(INVITE, _form(today, "A, a1"))
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.post(INVITE, _form(today, "B, b1"))
    with CaptureQueriesContext(connection) as sent:
        client.post(INVITE, _form(today, "\n".join(f"G{n}, g{n}" for n in range(60))))
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert (len(many), len(sent)) == (len(few), len(one))


@pytest.mark.parametrize(
    ("name", "status"), [("trainer", 403), ("auditor", 403), ("stranger", 404), ("", 302)]
)
def test_who_may_not(browse: Browse, cast: Cast, today: date, name: str, status: int) -> None:
    for address in (INVITE, LIST):
        assert browse(name).get(address).status_code == status
        assert browse(name).post(address, _form(today, "A, a1")).status_code == status
    with everywhere("a test looks at everything"):
        assert Invitation.objects.count() == 0


def test_invitations_of_others_are_not_found(browse: Browse, cast: Cast, today: date) -> None:
    at = timezone.now()
    by = actor_in(cast.people["stranger"], cast.neighbour, today)
    assert by is not None
    with everywhere("a test invites at the neighbour's"):
        [sent] = invite([Guest("X", "x1", Role.TRAINER)], cast.neighbour, starts_on=today, by=by, at=at)
    client = browse("coordinator")
    assert client.post(LIST, {"invitation": sent.invitation.public_id}).status_code == 404
    assert client.get(LIST).context["rows"] == []
    assert client.post(INVITE, _form(today, person=cast.people["stranger"].public_id)).status_code == 404


def test_the_page_speaks_chinese_and_lets_one_choose(browse: Browse, cast: Cast, today: date) -> None:
    [link] = _invite(browse, today, "高明, T77").values()
    guest = Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
    page = _words(guest.get(link))
    assert "您收到邀请" in page
    assert re.search(r'name="language" value="en"', page)
    guest.post(link, NEW)
    assert Person.objects.get(username="T77").language == "zh-hans"
