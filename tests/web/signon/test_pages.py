"""Pages of sign-on: entered and off, tried with pasted groups, and what would change is seen before it counts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craftpath.kernel.access import Membership
from craftpath.kernel.sign_on.entering import Vouched, enter
from craftpath.kernel.sign_on.keeping import switch_provider
from craftpath.kernel.sign_ons import SignOnProvider
from craftpath.kernel.tokens import unsealed
from tests.cast import AT, Cast
from tests.house.making import make_sign_on
from tests.house.visitors import signed_in
from tests.web.signon.ways import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
HERE = "/o/lanchuan/sign-in/"
TYPED = {
    "kind": "wecom", "name": "企业微信", "client_id": "ww1", "agent_id": "7", "secret": "between-us",
    "match": "number", "unknown": "refuse", "number_claim": "",
}  # fmt: skip


def _seen(answer: Any) -> str:
    found = re.search(r'name="seen" value="(\w+)"', words(answer))
    assert found
    return found[1]


def test_it_is_entered_off_and_its_secret_is_sealed_and_never_shown(cast: Cast) -> None:
    browser = signed_in(cast, "administrator")
    made = browser.post(HERE, TYPED)
    assert made.status_code == 302
    row = SignOnProvider.objects.get()
    assert row.on_at is None
    assert unsealed(row.secret) == "between-us"
    page = browser.get(made.url)
    assert "between-us" not in words(page)
    assert row.secret not in words(page)
    assert "企业微信" not in words(Client().get("/account/organisation/"))
    browser.post(f"{made.url}switch/", {"state": "on"})
    assert "企业微信" in words(Client().get("/account/organisation/"))
    browser.post(made.url, TYPED | {"secret": "", "name": "微信"})
    row.refresh_from_db()
    assert (row.name, unsealed(row.secret)) == ("微信", "between-us")
    browser.post(f"{made.url}switch/", {"state": "removed"})
    assert browser.get(made.url).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": ""}, {"name": " "}, {"client_id": ""}, {"kind": "ldap"}, {"kind": "oidc", "issuer": ""},
        {"kind": "oidc", "issuer": "http://sso.example"}, {"kind": "oidc", "issuer": "https://127.0.0.1"},
        {"kind": "oidc", "issuer": "https://169.254.169.254/latest"}, {"kind": "oidc", "issuer": "javascript:1"},
        {"kind": "oidc", "issuer": "https://1.1.1.1", "unknown": "welcome"}, {"match": "email"}, {"match": "nothing"},
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_a_way_to_sign_in_is_refused_with_a_reason(cast: Cast, wrong: dict[str, str]) -> None:
    answer = signed_in(cast, "administrator").post(HERE, TYPED | wrong)
    assert answer.status_code == 422
    assert not SignOnProvider.objects.exists()


def test_pasted_groups_show_their_roles_and_give_none(cast: Cast) -> None:
    row, browser = make_sign_on(cast), signed_in(cast, "administrator")
    way, before = f"{HERE}{row.public_id}/", Membership.objects.count()
    assert browser.post(f"{way}groups/", {"lines": "教师=trainer\n审计处 = 审计员 "}).status_code in {
        302,
        422,
    }
    assert browser.post(f"{way}groups/", {"lines": "教师=trainer"}).status_code == 302
    page = words(browser.get(way, {"groups": "教师\n别的"}))
    assert "教师" in page.split('id="meaning"')[1]
    assert "别的" in page
    assert Membership.objects.count() == before


@pytest.mark.parametrize("lines", ["教师", "= trainer", "A = emperor", "A = apprentice", "A\0 = x"])
def test_a_line_that_is_no_group_with_a_role_is_said(cast: Cast, lines: str) -> None:
    row = make_sign_on(cast)
    answer = signed_in(cast, "administrator").post(f"{HERE}{row.public_id}/groups/", {"lines": lines})
    assert answer.status_code == 422


def test_groups_count_only_as_they_were_looked_at(cast: Cast) -> None:
    row, browser = make_sign_on(cast), signed_in(cast, "administrator")
    way = f"{HERE}{row.public_id}/"
    browser.post(f"{way}groups/", {"lines": "A = auditor"})
    seen = _seen(browser.get(way))
    switch_provider(row, "on", by=cast.actor("administrator"), at=AT)
    said = Vouched("s-1", groups=["A"])
    enter(row, said, itself=cast.people["trainer"], by=cast.actor("trainer"), at=AT)
    assert browser.post(f"{way}count/", {"state": "on", "seen": seen}).status_code == 409
    looked = browser.get(way)
    assert cast.people["trainer"].name in words(looked)
    assert browser.post(f"{way}count/", {"state": "on", "seen": _seen(looked)}).status_code == 302
    row.refresh_from_db()
    assert row.groups_at is not None
    browser.post(f"{way}groups/", {"lines": "A = hr"})
    row.refresh_from_db()
    assert row.groups_at is None, "another meaning is looked at anew"


def test_only_whoever_runs_the_organisation_sees_it(cast: Cast) -> None:
    row = make_sign_on(cast)
    for who in ("coordinator", "trainer"):
        assert signed_in(cast, who).get(HERE).status_code == 403
        assert signed_in(cast, who).get(f"{HERE}{row.public_id}/").status_code == 403
    stranger = signed_in(cast, "stranger")
    assert stranger.get(HERE).status_code == 404
    assert stranger.get(f"/o/{cast.neighbour.key}/sign-in/{row.public_id}/").status_code == 404


def test_a_preview_of_one_and_many_takes_the_same_questions(cast: Cast) -> None:
    row, browser = make_sign_on(cast), signed_in(cast, "administrator")
    way = f"{HERE}{row.public_id}/"
    browser.post(f"{way}groups/", {"lines": "A = auditor"})
    switch_provider(row, "on", by=cast.actor("administrator"), at=AT)
    counts = []
    for names in (["trainer"], ["coordinator", "classmate"]):
        for name in names:
            person = cast.people[name]
            enter(row, Vouched(name, groups=["A"]), itself=person, by=cast.actor("trainer"), at=AT)
        with CaptureQueriesContext(connection) as asked:
            assert cast.people[names[-1]].name in words(browser.get(way))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_one_and_many_take_the_same_questions(cast: Cast) -> None:
    browser = signed_in(cast, "administrator")
    counts = []
    for round_ in range(2):
        for number in range(1 + 2 * round_):
            browser.post(HERE, TYPED | {"name": f"W{round_}{number}"})
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(HERE).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
