"""Pages of teaching teams: the same queries for few and many, who finds what, what is refused stays, nothing twice."""

from __future__ import annotations

import io
import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from craftpath.delivery.web.calendars.sources import events
from craftpath.delivery.web.teaching.grid import narrow
from craftpath.domain.teaching.actions import confirm_taught, enter_taught, lay_hours, note_peak
from craftpath.domain.teaching.models import (
    Availability,
    Away,
    PlannedHours,
    ProductionPeak,
    TaughtHours,
    Team,
)
from craftpath.kernel.access import system
from tests.cast import Cast
from tests.domain.teaching.world import KEY, formed, mixed, unit_of

pytestmark = pytest.mark.usefixtures("all_rows")
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def today() -> date:
    return timezone.localdate()


def now() -> datetime:
    return timezone.now()


def client(cast: Cast, who: str = "coordinator") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: str, at: str = "lanchuan") -> str:
    return reverse(f"teaching:{page}", args=[at, *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def running(cast: Cast, **more: Any) -> Team:
    team = formed(
        cast, starts_on=today() - 3 * WEEK, ends_on=today() + 8 * WEEK, by=system(), at=now(), **more
    )
    return lay_hours(team, by=system(), at=now())


def entered(cast: Cast, team: Team, minutes: int = 120, **more: Any) -> TaughtHours:
    member = team.members.get(person=cast.people["mentor"])
    return enter_taught(
        team, member=member, on=today(), minutes=minutes, topic="对刀", at=now(),
        by=cast.actor("mentor", cast.jinheng), **more,
    )  # fmt: skip


# ---- Reading -------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["teams", "taught", "peaks", "mine"])
def test_a_page_asks_the_same_of_few_and_of_many(cast: Cast, page: str) -> None:
    asks, counts = client(cast, "trainer"), []
    team = running(cast)
    for rows in (5, 45):
        for n in range(rows):
            entered(cast, team, minutes=1 + n % 20, made_id=f"{rows}-{n}")
            first = today() + (n + rows) * WEEK
            note_peak(cast.jinheng, starts_on=first, ends_on=first + DAY, level="hard", by=system(), at=now())
        if rows > 5:
            for key in ("tools_materials", "machine_care", "house_rules"):
                running(cast, unit=unit_of(cast, key))
        asks.get(url(page))
        with CaptureQueriesContext(connection) as asked:
            assert asks.get(url(page)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] < 60


def test_the_overview_shows_faces_open_shares_and_conflicts(cast: Cast) -> None:
    team = running(cast, wanted=mixed(cast)[:2])
    member = team.members.get(person=cast.people["mentor"])
    PlannedHours.objects.update_or_create(
        member=member, week=today() - timedelta(days=today().weekday()) + WEEK, defaults={"minutes": 5000}
    )
    page = text(client(cast).get(url("teams")))
    for part in ("马建国", "周国栋", "20 % open", "Does not go together", "Build a team", "1 conflict"):
        assert part in page
    assert "Build a team" not in text(client(cast, "trainer").get(url("teams")))


@pytest.mark.parametrize(
    ("who", "at"), [("mentor", "jinheng"), ("apprentice", "lanchuan"), ("officer", "lanchuan-bureau")]
)
def test_whoever_sees_no_names_of_many_finds_no_overview(cast: Cast, who: str, at: str) -> None:
    for page in ("teams", "taught", "peaks"):
        assert client(cast, who).get(url(page, at=at)).status_code == 403


def test_a_member_reads_the_team_and_not_the_contact_of_a_guest(cast: Cast) -> None:
    team = running(cast)
    there = url("team", team.public_id, at="jinheng")
    page = text(client(cast, "mentor").get(there))
    assert "钱总" in page
    assert "13800000000" not in page
    assert "13800000000" in text(client(cast).get(url("team", team.public_id)))
    assert client(cast, "apprentice").get(url("team", team.public_id)).status_code == 404
    assert client(cast, "stranger").get(url("team", team.public_id, at="dongling")).status_code == 404


# ---- Building ------------------------------------------------------------------------------------


def team_form(cast: Cast, **more: str) -> dict[str, str]:
    return {
        "starts_on": today().isoformat(), "ends_on": (today() + 6 * WEEK).isoformat(), "ask": "no",
        "person_1": cast.people["trainer"].public_id, "kind_1": "trainer", "role_1": "lead", "share_1": "50",
        "person_2": cast.people["mentor"].public_id, "kind_2": "enterprise_mentor", "role_2": "member", "hours_2": "6",
        "name_g1": "钱总", "kind_g1": "entrepreneur", "role_g1": "member", "affiliation_g1": "创业园",
    } | more  # fmt: skip


def test_a_team_is_built_with_shares_hours_and_a_guest_and_laid_at_once(cast: Cast) -> None:
    unit_of(cast)  # 20 hours
    there = url("new", cast.cohort.public_id, KEY)
    assert "20 h to share" in text(client(cast).get(there))
    assert client(cast).post(there, team_form(cast)).status_code == 302
    team = Team.objects.get()
    told = sorted(team.members.values_list("person__name", "share"))
    assert told == [("周国栋", 300), ("钱总", 200), ("马建国", 500)]
    assert PlannedHours.objects.filter(member__team=team).exists()
    assert client(cast).post(there, team_form(cast)).status_code == 302
    assert Team.objects.count() == 1


def test_what_is_refused_stays_in_the_form(cast: Cast) -> None:
    unit_of(cast)
    there = url("new", cast.cohort.public_id, KEY)
    answer = client(cast).post(there, team_form(cast, share_1="90", topics_1="自编教材"))
    page = text(answer)
    assert answer.status_code == 409
    assert "The shares come to 120 %, which is more than the whole. Take 20 % off." in page
    assert "自编教材" in page
    assert not Team.objects.exists()
    assert client(cast).post(there, team_form(cast, starts_on="yesterday")).status_code == 422


def test_a_team_is_changed_in_the_same_form(cast: Cast) -> None:
    team = running(cast)
    there = url("change", team.public_id)
    page = text(client(cast).get(there))
    assert 'value="30"' in page
    guest = team.members.get(guest=True).person.public_id
    form = team_form(cast, hours_2="", share_2="40", known_g1=guest, name_g1="", share_g1="10")
    assert client(cast).post(there, form).status_code == 302
    assert sorted(team.members.values_list("share", flat=True)) == [100, 400, 500]
    assert client(cast, "trainer").get(there).status_code == 403


def test_yes_and_no(cast: Cast) -> None:
    team = running(cast, ask=True)
    there = url("team", team.public_id, at="jinheng")
    assert "Yes, I teach in it" in text(client(cast, "mentor").get(there))
    assert "Waits for your yes" in text(client(cast, "mentor").get(url("mine", at="jinheng")))
    client(cast, "mentor").post(url("agree", team.public_id, at="jinheng"))
    client(cast, "mentor").post(url("agree", team.public_id, at="jinheng"))
    answer = client(cast, "trainer").post(url("decline", team.public_id), {"because": ""})
    assert answer.status_code == 422
    assert "Say no" in text(answer)
    client(cast, "trainer").post(url("decline", team.public_id), {"because": "排不开"})
    team.refresh_from_db()
    assert (team.state, team.because) == ("declined", "排不开")


# ---- Planning ------------------------------------------------------------------------------------


def test_weeks_are_set_by_hand_and_let_go(cast: Cast) -> None:
    team = running(cast)
    member = team.members.get(person=cast.people["trainer"])
    monday = today() - timedelta(days=today().weekday()) + WEEK
    name, there = f"h-{member.pk}-{monday.isoformat()}", url("plan", team.public_id)
    assert name in text(client(cast, "trainer").get(there))
    client(cast, "trainer").post(there, {name: "2,5"})
    row = PlannedHours.objects.get(member=member, week=monday)
    assert (row.minutes, row.pinned) == (150, True)
    refused = client(cast, "trainer").post(there, {name: "999"})
    assert refused.status_code == 409
    assert 'value="999"' in text(refused)
    client(cast, "trainer").post(there, {name: ""})
    row.refresh_from_db()
    assert row.pinned is False
    assert client(cast).post(url("lay", team.public_id)).status_code == 302


@pytest.mark.parametrize(("minutes", "shown"), [(0, ""), (2, "0.1"), (90, "1.5"), (616, "10.3"), (600, "10")])
def test_a_narrow_cell_says_tenths_of_hours(minutes: int, shown: str) -> None:
    assert narrow(minutes) == shown


def test_planned_weeks_stand_in_the_own_calendar(cast: Cast) -> None:
    running(cast)
    found = events(cast.people["trainer"], today(), today() + 4 * WEEK)
    mine = [one for one in found if one.name.startswith("teaching-")]
    assert mine
    assert all(one.first.weekday() == 0 for one in mine)


# ---- Hours ---------------------------------------------------------------------------------------


def test_hours_are_entered_in_three_taps_and_confirmed_by_the_lead(cast: Cast) -> None:
    team = running(cast)
    member = team.members.get(person=cast.people["mentor"])
    form = {"made_id": str(uuid.uuid4()), "member": str(member.pk), "on": today().isoformat(), "minutes": "90",
            "topic": "对刀"}  # fmt: skip
    for _ in range(2):
        assert client(cast, "mentor").post(url("enter", at="jinheng"), form).status_code == 302
    row = TaughtHours.objects.get()
    assert (row.minutes, row.state) == (90, "entered")
    page = text(client(cast, "trainer").get(url("mine")))
    assert "Confirm these" in page
    assert row.public_id in page
    client(cast, "trainer").post(url("confirm"), {"taught": [row.public_id], "next": "mine"})
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_an_entry_that_cannot_be_keeps_its_words(cast: Cast) -> None:
    team = running(cast)
    member = team.members.get(person=cast.people["mentor"])
    form = {"member": str(member.pk), "on": (today() + DAY).isoformat(), "other": "2", "topic": "明天的课"}
    answer = client(cast, "mentor").post(url("enter", at="jinheng"), form)
    assert answer.status_code == 409
    assert "明天的课" in text(answer)
    assert "is still to come" in text(answer)
    assert client(cast, "apprentice").post(url("enter"), form).status_code == 403


def test_hours_go_back_and_are_corrected(cast: Cast) -> None:
    row = entered(cast, running(cast))
    answer = client(cast, "trainer").post(url("return", row.public_id), {"because": " "})
    assert answer.status_code == 409
    client(cast, "trainer").post(url("return", row.public_id), {"because": "那天停产"})
    page = text(client(cast, "mentor").get(url("mine", at="jinheng")))
    assert "那天停产" in page
    form = {"member": str(row.member_id), "on": today().isoformat(), "other": "1.5", "topic": "试切"}
    wrong = client(cast, "mentor").post(url("correct", row.public_id, at="jinheng"), form | {"other": "-1"})
    assert wrong.status_code == 422
    assert "试切" in text(wrong)
    client(cast, "mentor").post(url("correct", row.public_id, at="jinheng"), form)
    row.refresh_from_db()
    assert (row.state, row.minutes, row.topic) == ("entered", 90, "试切")
    client(cast, "mentor").post(url("take_back", row.public_id, at="jinheng"))
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_the_office_enters_what_a_guest_taught(cast: Cast) -> None:
    team = running(cast)
    guest = team.members.get(guest=True)
    form = {"member": str(guest.pk), "on": today().isoformat(), "minutes": "45", "topic": "创业"}
    assert client(cast).post(url("enter_guest", team.public_id), form).status_code == 302
    assert TaughtHours.objects.get().person == guest.person


def test_who_taught_what_adds_up_and_goes_out_as_a_sheet(cast: Cast) -> None:
    row = entered(cast, running(cast), minutes=150)
    confirm_taught([row], by=cast.actor("trainer"), at=now())
    page = text(client(cast).get(url("taught") + f"?month={today():%Y-%m}&cohort={cast.cohort.public_id}"))
    assert "2 h 30 min" in page
    assert "100 %" in page
    assert "Nothing taught yet" in text(client(cast).get(url("taught") + "?month=2001-01"))
    book = load_workbook(io.BytesIO(client(cast).get(url("export", "xlsx")).content))
    cells = [cell.value for cell in book.active[2]]
    assert cells[1:4] == ["周国栋", "Enterprise mentor", "Jinheng Machinery"]
    assert cells[6] == 150
    assert "周国栋" in client(cast).get(url("export", "csv")).content.decode("utf-8-sig")
    assert client(cast).get(url("export", "ods")).status_code == 404


# ---- Times and peaks -----------------------------------------------------------------------------


def test_everybody_says_when(cast: Cast) -> None:
    mentor = client(cast, "mentor")
    mentor.post(url("times", at="jinheng"), {"weekly": "7.5", "weekdays": ["0", "4"]})
    row = Availability.objects.get()
    assert (row.weekly, row.weekdays) == (450, [0, 4])
    assert mentor.post(url("times", at="jinheng"), {"weekly": "-1", "weekdays": ["0"]}).status_code == 422
    days = {"starts_on": today().isoformat(), "ends_on": (today() + DAY).isoformat()}
    for _ in range(2):
        mentor.post(url("away", at="jinheng"), days)
    away = Away.objects.get()
    assert away.ends_on == today() + 2 * DAY
    assert client(cast, "trainer").post(url("back", away.public_id)).status_code == 404
    mentor.post(url("back", away.public_id, at="jinheng"))
    assert not Away.objects.exists()


def test_peaks_by_thumb(cast: Cast) -> None:
    hr, there = client(cast, "hr"), url("peaks", at="jinheng")
    form = {"place": "jinheng", "starts_on": today().isoformat(), "ends_on": (today() + 4 * DAY).isoformat(),
            "level": "nobody", "words": "年底交付"}  # fmt: skip
    for _ in range(2):
        assert hr.post(there, form).status_code == 302
    row = ProductionPeak.objects.get()
    assert (row.level, row.ends_on) == ("nobody", today() + 5 * DAY)
    answer = hr.post(there, form | {"level": "hard", "words": "又一批"})
    assert answer.status_code == 422
    assert "又一批" in text(answer)
    assert "there is a peak already" in text(answer)
    hr.post(url("withdraw_peak", row.public_id, at="jinheng"))
    hr.post(url("withdraw_peak", row.public_id, at="jinheng"))
    assert "No peak ahead" in text(hr.get(there))
    assert client(cast, "trainer").post(url("peaks"), form).status_code == 403


def test_peaks_from_a_sheet_all_or_none(cast: Cast) -> None:
    hr, there = client(cast, "hr"), url("peaks", at="jinheng")
    good = "2027-01-11\t2027-01-22\t很忙\t年末订单\n\n2027年3月1日，2027/3/5，nobody"
    bad = good + "\n2027-04-01\t2027-04-31\thard"
    answer = hr.post(there, {"place": "jinheng", "lines": bad})
    assert answer.status_code == 422
    assert "Line 4" in text(answer)
    assert not ProductionPeak.objects.exists()
    assert hr.post(there, {"place": "jinheng", "lines": good}).status_code == 302
    told = ProductionPeak.objects.order_by("starts_on").values_list("level", "ends_on", "words")
    assert list(told) == [("hard", date(2027, 1, 23), "年末订单"), ("nobody", date(2027, 3, 6), "")]
