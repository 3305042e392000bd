"""Pages of sharing: written, offered, accepted, looked at; the same table on both sides; one's own page."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from craftpath.domain.sharing.models import Look, SharingRule
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from tests.cast import AT, TODAY, Cast
from tests.domain.sharing.world import YEAR, agreement, drafted, in_force, offered, partner
from tests.exchange.sharing.test_table import says

pytestmark = pytest.mark.usefixtures("all_rows")
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def giver(cast: Cast, who: str = "coordinator") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def receiver(cast: Cast, role: Role = Role.HR) -> Client:
    partner(cast)
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(Person.objects.get(username=f"ht-{role.value}"))
    return made


def here(page: str, *ids: Any) -> str:
    return reverse(f"sharing:{page}", args=["lanchuan", *ids])


def there(page: str, *ids: Any) -> str:
    return reverse(f"sharing:{page}", args=["hengtai", *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


FORM = {
    "receiver": "hengtai", "columns": ["number", "name"], "whom": "cohort", "purpose": "training_record",
    "basis": "agreement", "basis_words": "", "starts_on": f"{TODAY}", "ends_on": f"{TODAY + YEAR}",
}  # fmt: skip


def test_a_rule_goes_from_the_first_page_to_the_first_look(cast: Cast) -> None:
    agreement(cast)
    ours, theirs = giver(cast), receiver(cast)
    assert "Roster" in text(ours.get(here("choose")))
    saved = ours.post(here("new", "roster"), FORM | {"cohort": cast.cohort.public_id}, follow=True)
    rule = SharingRule.objects.get()
    assert "Preview: what they see" in text(saved)
    assert theirs.get(there("rule", rule.public_id)).status_code == 404  # a draft is the giver's
    ours.post(here("do", rule.public_id, "offer"))
    assert "1 rule waits for your answer" in text(theirs.get(there("list")))
    rule.refresh_from_db()
    theirs.post(there("do", rule.public_id, "accept"), {"seen": rule.sha256})
    says(cast.people["apprentice"])
    cover = text(theirs.get(there("table", rule.public_id)))
    assert "Before you look" in cover
    assert "陈雨桐" not in cover
    shown = text(theirs.post(there("look", rule.public_id), follow=True))
    assert "陈雨桐" in shown
    assert "4 people are not shown without a consent." in shown
    look = Look.objects.get()
    assert (look.lines, look.people.get().person, look.form) == (1, cast.people["apprentice"], "page")
    assert "恒泰hr" in text(ours.get(here("looks")))
    assert AuditEntry.objects.filter(fact="sharing.seen", organisation=cast.college).exists()


def test_preview_and_what_the_receiver_sees_are_the_same_bytes(cast: Cast) -> None:
    rule = in_force(cast)
    says(cast.people["apprentice"])
    theirs = receiver(cast)
    seen = text(theirs.post(there("look", rule.public_id), follow=True))
    preview = text(giver(cast).get(here("table", rule.public_id)))
    tables = [re.findall(r'<div class="stack" id="shared">.*?</table>', one, re.S) for one in (seen, preview)]
    assert len(tables[0]) == 1
    assert tables[0] == tables[1]
    assert "This is exactly what Hengtai Heavy Industry sees." in preview


def test_a_look_stays_open_for_half_an_hour_and_every_file_is_one_of_its_own(cast: Cast) -> None:
    rule, theirs = in_force(cast), receiver(cast)
    theirs.post(there("look", rule.public_id))
    with time_machine.travel(AT + HOUR, tick=False):
        assert "Before you look" in text(theirs.get(there("table", rule.public_id)))
        book = theirs.post(there("file", rule.public_id, "xlsx"))
        assert rule.sha256 in str(load_workbook(BytesIO(book.content)).properties.description)
    assert [look.form for look in Look.objects.order_by("pk")] == ["page", "xlsx"]
    assert theirs.post(there("file", rule.public_id, "pdf")).status_code == 404


def test_a_page_that_is_not_there_is_the_last_one(cast: Cast) -> None:
    rule = in_force(cast)
    says(cast.people["apprentice"])
    ours = giver(cast)
    for page in ("2", "0", "-1", "x", "9" * 30, "²"):
        assert "陈雨桐" in text(ours.get(here("table", rule.public_id), {"page": page})), page


def test_withdrawing_hides_at_once(cast: Cast) -> None:
    rule, theirs, person = in_force(cast), receiver(cast), cast.people["apprentice"]
    says(person)
    assert person.name in text(theirs.post(there("look", rule.public_id), follow=True))
    own = giver(cast, "apprentice")
    page = text(own.get(reverse("accounts:privacy")))
    assert "Hengtai Heavy Industry · Roster" in page
    own.post(reverse("accounts:consent"), {"purpose": "training_partner", "do": "withdraw"})
    assert person.name not in text(theirs.get(there("table", rule.public_id)))
    assert "Hengtai Heavy Industry" in text(own.get(reverse("accounts:looks")))


def test_who_has_consented_since_is_shown_by_a_look_of_its_own(cast: Cast) -> None:
    rule, theirs = in_force(cast), receiver(cast)
    says(cast.people["apprentice"])
    theirs.post(there("look", rule.public_id))
    says(cast.people["classmate"])
    page = text(theirs.get(there("table", rule.public_id)))
    assert "Before you look" in page
    assert "林浩然" not in page
    assert "林浩然" in text(theirs.post(there("look", rule.public_id), follow=True))
    assert Look.objects.latest("pk").people.count() == 2


@pytest.mark.parametrize("end", ["revoked", "declined", "offered", "draft", "over", "basis"])
def test_nothing_is_shown_but_by_a_rule_in_force(cast: Cast, end: str) -> None:
    says(cast.people["apprentice"])
    theirs = receiver(cast)
    if end in ("draft", "offered", "declined"):
        rule = drafted(cast) if end == "draft" else offered(cast)
    else:
        rule = in_force(cast)
    if end == "revoked":
        theirs.post(there("do", rule.public_id, "revoke"), {"because": "x"})
    elif end == "declined":
        theirs.post(there("do", rule.public_id, "decline"), {"because": "x"})
    elif end == "over":
        SharingRule.objects.update(starts_on=TODAY - HOUR * 48, ends_on=TODAY - HOUR * 24)
    elif end == "basis":
        row = agreement(cast)
        row.state, row.ended_on = "ended", TODAY
        row.save()
    page = theirs.get(there("table", rule.public_id))
    if end in ("revoked", "over", "basis"):
        assert "Nothing is shown any more" in text(page)
    for answer in (
        page,
        theirs.post(there("look", rule.public_id)),
        theirs.post(there("file", rule.public_id, "csv")),
    ):
        assert answer.status_code in (200, 404, 409)
        assert "陈雨桐" not in text(answer)
    assert not Look.objects.exists()


def test_what_cannot_stand_says_why_and_keeps_what_was_typed(cast: Cast) -> None:
    agreement(cast)
    ours = giver(cast)
    answer = ours.post(
        here("new", "roster"), FORM | {"ends_on": "2029-06-01", "cohort": cast.cohort.public_id}
    )
    assert answer.status_code == 422
    assert "A rule never outlives its basis" in text(answer)
    assert "2029-06-01" in text(answer)
    for forged in (
        {"receiver": "dongling"},
        {"columns": ["birth_date"]},
        {"cohort": "forged"},
        {"whom": "\0"},
    ):
        answer = ours.post(here("new", "roster"), FORM | {"cohort": cast.cohort.public_id} | forged)
        assert answer.status_code == 422, forged
    assert ours.get(here("new", "health")).status_code == 404
    assert not SharingRule.objects.exists()


def test_a_revocation_without_a_reason_is_refused_on_the_page(cast: Cast) -> None:
    rule = in_force(cast)
    answer = giver(cast).post(here("do", rule.public_id, "revoke"), {"because": " "})
    assert answer.status_code == 409
    assert "Say why" in text(answer)


def test_the_matrix_and_the_register_say_who_gets_what(cast: Cast) -> None:
    rule = in_force(cast)
    ours = giver(cast)
    page = text(ours.get(here("matrix")))
    assert "Hengtai Heavy Industry" in page
    assert "sees of us" in page
    assert "shows us" in text(receiver(cast).get(there("matrix")))
    officer = Client(HTTP_ACCEPT_LANGUAGE="en")
    officer.force_login(cast.people["officer"])
    assert "Roster" in text(officer.get(reverse("sharing:matrix", args=["lanchuan-bureau"])))
    rows = list(load_workbook(BytesIO(ours.get(here("register")).content)).worksheets[0].values)
    assert rows[1][0] == rule.label
    assert rows[1][-1] == rule.sha256


def test_the_page_of_an_agreement_leads_to_what_its_two_sides_share(cast: Cast) -> None:
    rule, ours = in_force(cast), giver(cast)
    page = text(ours.get(reverse("partnership:cooperation", args=["lanchuan", agreement(cast).public_id])))
    assert "/o/lanchuan/sharing/?with=hengtai" in page
    assert rule.label in text(ours.get(here("list") + "?with=hengtai"))
    assert rule.label not in text(ours.get(here("list") + "?with=qinghe"))


def test_an_authority_above_learns_of_a_rule_from_the_offer(cast: Cast) -> None:
    more = {"purpose": "subsidy_file", "basis": "law", "basis_words": "第三条"}
    rule = drafted(cast, "attendance", receiver=cast.city, whom="figures", **more)
    officer = Client(HTTP_ACCEPT_LANGUAGE="en")
    officer.force_login(cast.people["officer"])

    def told() -> list[bool]:
        found = []
        for place in ("lanchuan-bureau", "lanchuan"):
            page = text(officer.get(reverse("sharing:list", args=[place])))
            book = officer.get(reverse("sharing:register", args=[place]))
            found += [rule.label in page, rule.label in sheet(book)]
            found.append(
                officer.get(reverse("sharing:rule", args=[place, rule.public_id])).status_code == 200
            )
        return found

    def sheet(book: Any) -> str:
        return str([list(one.values) for one in load_workbook(BytesIO(book.content)).worksheets])

    assert told() == [False] * 6
    ours = giver(cast)
    assert rule.label in text(ours.get(here("list")))
    assert rule.label in sheet(ours.get(here("register")))
    ours.post(here("do", rule.public_id, "offer"))
    assert told() == [True] * 6


def test_an_authority_above_sees_the_rule_and_not_what_it_shows(cast: Cast) -> None:
    rule = in_force(cast)
    says(cast.people["apprentice"])
    officer = Client(HTTP_ACCEPT_LANGUAGE="en")
    officer.force_login(cast.people["officer"])
    for place in ("lanchuan-bureau", "lanchuan"):
        assert officer.get(reverse("sharing:rule", args=[place, rule.public_id])).status_code == 200
        answer = officer.get(reverse("sharing:table", args=[place, rule.public_id]))
        assert answer.status_code == 403
        assert "陈雨桐" not in text(answer)


def test_lists_take_the_same_number_of_queries_for_one_and_for_many(cast: Cast) -> None:
    counts = []
    ours = giver(cast)
    ours.get(here("list"))
    for many in (1, 12):
        while SharingRule.objects.count() < many:
            in_force(cast)
        says_one = []
        for page in ("list", "matrix", "looks"):
            with CaptureQueriesContext(connection) as told:
                assert ours.get(here(page)).status_code == 200
            says_one.append(len(told))
        counts.append(says_one)
    assert counts[0] == counts[1]


def test_a_next_version_that_is_revoked_or_given_up_makes_room_for_another(cast: Cast) -> None:
    rule = in_force(cast)
    ours = giver(cast)
    page = text(ours.post(here("do", rule.public_id, "replace"), follow=True))
    assert f"lanchuan-{rule.number}.2" in page
    second = SharingRule.objects.get(version=2)
    assert "They never hold on the same day" in text(ours.get(here("edit", second.public_id)))
    assert 'value="qinghe"' not in text(ours.get(here("edit", second.public_id)))
    begins = TODAY + timedelta(days=5)
    form = FORM | {"cohort": cast.cohort.public_id, "starts_on": f"{begins}"}
    ours.post(here("edit", second.public_id), form)
    ours.post(here("do", second.public_id, "offer"))
    second.refresh_from_db()
    receiver(cast).post(there("do", second.public_id, "accept"), {"seen": second.sha256})
    assert "then the next version takes its place" in text(ours.get(here("rule", rule.public_id)))
    receiver(cast).post(there("do", second.public_id, "revoke"), {"because": "x"})
    assert "Write the next version" in text(ours.get(here("rule", rule.public_id)))
    ours.post(here("do", rule.public_id, "replace"))
    assert "Write the next version" not in text(ours.get(here("rule", rule.public_id)))
    ours.post(here("do", SharingRule.objects.get(version=3).public_id, "discard"))
    assert "Write the next version" in text(ours.get(here("rule", rule.public_id)))
