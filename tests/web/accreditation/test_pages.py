"""The register in the browser: an enterprise without an account, the officer's desk, accredited places."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.delivery.web.accreditation import accrediting
from craftpath.domain.accreditation import actions
from craftpath.domain.accreditation.models import Evidence, PlaceApplication, Registration, TrainingPlace
from craftpath.kernel.organisations import plant
from tests.cast import AT, TODAY, Cast
from tests.domain.accreditation.world import (
    CODE,
    DAY,
    accredited,
    applied,
    by_city,
    checked,
    guest,
    registered,
    submitted,
)
from tests.domain.agreements.agreed import draft

pytestmark = pytest.mark.usefixtures("all_rows")
CITY = "lanchuan-bureau"
WHOLE = {
    "name_zh": "海蓝精密制造有限公司", "contact_name": "沈人事", "contact_phone": "0532-1234567", "credit_code": CODE,
    "address": "海滨路 8 号", "workers": "40", "occupations": "数控车工，6\n焊工, 2", "masters": "周国栋，高级技师",
    "equipment": "车床", "safety": "专职安全员", "rooms": "教室", "pays": "每月 2600 元起",
}  # fmt: skip


def client(cast: Cast, who: str = "officer") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: Any, at: str = CITY) -> str:
    return reverse(f"accreditation:{page}", args=[at, *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def begun() -> tuple[Client, str, str]:
    """(the browser of the enterprise, the address of its draft, the code)"""
    browser = Client(HTTP_ACCEPT_LANGUAGE="en")
    first = {name: WHOLE[name] for name in ("name_zh", "contact_name", "contact_phone")}
    page = text(browser.post(reverse("register:begin", args=[CITY]), first | {"made_id": str(uuid.uuid4())}))
    [address] = re.findall(r'id="address">http://testserver(/register/open/[^<]+)<', page)
    [code] = re.findall(r'handed-code" translate="no">([^<]+)<', page)
    return browser, address, code


@pytest.mark.usefixtures("cast")
def test_an_enterprise_registers_without_an_account() -> None:
    assert "Lanchuan City Bureau" in text(Client(HTTP_ACCEPT_LANGUAGE="en").get(reverse("register:cities")))
    browser, address, _code = begun()
    wrong = browser.post(address, WHOLE | {"do": "submit", "credit_code": CODE[:-1] + "4"})
    assert wrong.status_code == 422
    assert "the last one checks the others" in text(wrong)
    assert "每月 2600 元起" in text(wrong)
    thin = browser.post(address, WHOLE | {"do": "submit", "safety": "", "masters": ""})
    assert thin.status_code == 409
    assert "2 parts of the form say too little" in text(thin)
    assert browser.post(address, WHOLE | {"do": "save"}).status_code == 302
    file = SimpleUploadedFile("licence.pdf", b"%PDF-1.7\n%%EOF")
    assert browser.post(address, {"do": "give", "line": "identity", "file": file}).status_code == 302
    assert browser.post(address, WHOLE | {"do": "submit"}).status_code == 302
    row = Registration.objects.get()
    assert (row.state, [one["places"] for one in row.occupations]) == ("submitted", [6, 2])
    assert "The city has it before it" in text(browser.get(address))
    late = browser.post(address, WHOLE | {"do": "save", "name_zh": "别名"}, follow=True)
    assert "cannot be changed now" in text(late)
    assert "别名" not in text(late)
    assert Evidence.objects.get().line == "identity"


@pytest.mark.usefixtures("cast")
def test_a_draft_is_reached_again_by_link_and_code_only() -> None:
    _browser, address, code = begun()
    elsewhere = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert "海蓝" not in text(elsewhere.get(address))
    assert elsewhere.post(address, {"code": "000000"}).status_code == 422
    assert elsewhere.post(address, {"code": code}).status_code == 302
    assert "海蓝" in text(elsewhere.get(address))
    assert elsewhere.post(address, {"do": "withdraw"}).status_code == 302
    assert Registration.objects.get().state == "withdrawn"


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("occupations", "数控车工", "does not say an occupation and a number"),
        ("occupations", "数控车工, 0", "from one to"),
        ("occupations", f"数控车工, {'9' * 600}", "from one to"),
        ("occupations", "数控车工, 00000000512345", "from one to"),
        ("masters", "周国栋", "does not say a name and a qualification"),
        ("name_zh", "", "Give the name in one language"),
        ("contact_phone", "", "Give a telephone number or a mail address"),
    ],
)
def test_what_was_typed_wrong_is_said_and_kept(field: str, typed: str, said: str) -> None:
    browser, address, _code = begun()
    answer = browser.post(address, WHOLE | {"do": "save", field: typed})
    assert answer.status_code == 422
    assert said in text(answer)
    assert typed[:100] in text(answer)


@pytest.mark.usefixtures("cast")
def test_somebody_elses_press_shows_no_draft_and_no_city_is_404() -> None:
    browser = Client()
    first = {name: WHOLE[name] for name in ("name_zh", "contact_name", "contact_phone")}
    first["made_id"] = str(uuid.uuid4())
    there = reverse("register:begin", args=[CITY])
    assert browser.post(there, first).status_code == 200
    assert Client().post(there, first | {"name_zh": "另一家"}).status_code == 404
    assert browser.post(reverse("register:begin", args=["lanchuan"]), first).status_code == 404


def test_the_desk_goes_line_by_line(cast: Cast) -> None:
    row = submitted(cast)
    here, office = url("registration", row.public_id), client(cast)
    assert "waits for" in text(office.get(url("registrations")))
    empty = office.post(f"{here}line/", {"line": "safety", "do": "ask", "phrase": ""})
    assert empty.status_code == 422
    assert office.post(f"{here}line/", {"line": "safety", "do": "ask", "phrase": "缺记录"}).status_code == 302
    assert office.post(f"{here}do/return/").status_code == 302
    row.refresh_from_db()
    actions.submit_registration(row, by=guest(cast)["by"], at=AT + DAY)
    assert office.post(f"{here}line/", {"line": "safety", "do": "accept"}).status_code == 302
    assert office.post(f"{here}do/accept/").status_code == 302
    assert office.post(f"{here}do/check/").status_code == 302
    refused = office.post(f"{here}do/register/", {"valid_until": str(TODAY + 300 * DAY)})
    assert refused.status_code == 409
    assert "Note a visit first" in text(refused)
    visit = {"on": str(TODAY), "fit": "yes", "findings": "符合要求"}
    assert office.post(f"{here}visit/", visit).status_code == 302
    until = {"valid_until": "2028-12-31", "organisation": ""}
    assert office.post(f"{here}do/register/", until).status_code == 302
    row.refresh_from_db()
    assert row.state == "registered"
    letters = office.post(f"{here}invite/")
    assert "slip-address" in text(letters)
    assert here in text(letters)


def test_a_place_on_hold_lists_the_classes_that_go_on(cast: Cast) -> None:
    row = accredited(cast, occupation=cast.cohort.occupation)
    actions.suspend_place(row, because="整改", **by_city(cast))
    page = text(client(cast).get(url("place", row.public_id)))
    assert cast.cohort.name["en"] in page
    assert "3 apprentices learn there and go on" in page
    assert "陈雨桐" not in page
    assert cast.cohort.name["en"] in text(client(cast, "hr").get(url("place", row.public_id, at="jinheng")))
    elsewhere = text(client(cast, "coordinator").get(url("place", row.public_id, at="lanchuan")))
    assert "3 apprentices learn there and go on" in elsewhere
    assert "Who learns there" not in elsewhere  # how many of which class is for the enterprise and its city


@pytest.mark.usefixtures("cast")
def test_the_public_list_of_cities_asks_the_same_for_one_and_for_many() -> None:
    guest, there, counts = Client(HTTP_ACCEPT_LANGUAGE="en"), reverse("register:cities"), []
    guest.get(there)
    for n in range(25):
        with CaptureQueriesContext(connection) as told:
            page = text(guest.get(there))
        counts.append(len(told))
        plant(key=f"city-{n}", kind="city", name={"zh": f"市 {n}", "en": f"City {n}"})
    assert len(set(counts)) == 1
    assert page.count("row-line") == 20
    assert "page=2" in page


def test_personnel_of_an_enterprise_apply_for_places_and_the_city_answers(cast: Cast) -> None:
    office, own = client(cast), client(cast, "hr")
    assert "Apply for places" in text(own.get(url("places", at="jinheng")))
    form = {
        "made_id": str(uuid.uuid4()), "organisation": cast.jinheng.public_id, "occupation": "焊工", "workers": "10",
        "mentors": "3", "capacity": "6", "words": "新增焊位",
    }  # fmt: skip
    there = url("apply", at="jinheng")
    much = own.post(there, form)
    assert much.status_code == 409
    assert "at most 5 places" in text(much)
    assert "新增焊位" in text(much)
    assert own.post(there, form | {"organisation": cast.qinghe.public_id}).status_code == 422
    for _press in range(2):
        assert own.post(there, form | {"capacity": "5"}).status_code == 302
    row = PlaceApplication.objects.get()
    assert "Waits for the city" in text(own.get(url("places", at="jinheng")))
    here = url("application", row.public_id)
    assert "新增焊位" in text(office.get(here))
    mine = url("application", row.public_id, at="jinheng")
    room = {
        "workers": "10",
        "mentors": "3",
        "capacity": "4",
        "valid_from": "2026-09-01",
        "valid_until": "2028-09-01",
    }
    assert own.post(f"{mine}do/grant/", room).status_code == 403
    assert office.post(f"{here}do/grant/", room | {"capacity": "6"}).status_code == 409
    assert office.post(f"{here}do/decline/", {"because": ""}).status_code == 422
    assert office.post(f"{here}do/grant/", room).status_code == 302
    place = TrainingPlace.objects.get()
    assert (place.capacity, place.organisation) == (4, cast.jinheng)
    assert url("place", place.public_id, at="jinheng") in text(own.get(mine))
    assert (
        client(cast, "coordinator").get(url("application", row.public_id, at="lanchuan")).status_code == 404
    )
    assert client(cast, "coordinator").get(url("apply", at="lanchuan")).status_code == 404


def test_an_application_is_declined_with_a_reason_or_taken_back(cast: Cast) -> None:
    first, second = applied(cast), applied(cast, occupation={"zh": "钳工"})
    assert (
        client(cast)
        .post(f"{url('application', first.public_id)}do/decline/", {"because": "缺师傅"})
        .status_code
        == 302
    )
    assert "缺师傅" in text(client(cast, "hr").get(url("application", first.public_id, at="jinheng")))
    there = url("application", second.public_id, at="jinheng")
    assert "Withdraw it" in text(client(cast, "hr").get(there))
    assert client(cast, "hr").post(f"{there}do/withdraw/").status_code == 302
    second.refresh_from_db()
    assert second.state == "withdrawn"


def test_an_enterprise_that_may_be_there_already_is_offered(cast: Cast) -> None:
    row = checked(cast, name={"zh": "金恒机械有限公司"})
    here, office = url("registration", row.public_id), client(cast)
    page = text(office.get(here))
    assert f'value="{cast.jinheng.public_id}"' in page
    chosen = {"valid_until": "2028-12-31", "organisation": cast.jinheng.public_id}
    assert office.post(f"{here}do/register/", chosen).status_code == 302
    row.refresh_from_db()
    assert row.organisation == cast.jinheng
    assert "金恒" in text(client(cast, "hr").get(url("registration", row.public_id, at="jinheng")))


def test_places_are_accredited_renewed_and_put_on_hold(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    office = client(cast)
    form = {
        "organisation": cast.jinheng.public_id, "occupation": "数控车工", "workers": "10", "mentors": "3",
        "capacity": "6", "valid_from": "2026-09-01", "valid_until": "2028-09-01",
    }  # fmt: skip
    much = office.post(url("place_new"), form)
    assert much.status_code == 409
    assert "at most 5 places" in text(much)
    monkeypatch.setattr(accrediting, "MOST_ENTERPRISES", 0)  # of a city with more than a form holds
    assert office.post(url("place_new"), form).status_code == 422
    at = f"{url('place_new')}?at={cast.jinheng.public_id}"
    assert f'value="{cast.jinheng.public_id}" selected' in text(office.get(at))
    assert "at most 5 places" in text(office.post(at, form))
    monkeypatch.undo()
    assert office.post(url("place_new"), form | {"capacity": "5"}).status_code == 302
    row = TrainingPlace.objects.get()
    there = url("place", row.public_id)
    again = {**form, "capacity": "4", "valid_until": "2029-09-01"}
    assert office.post(f"{there}do/renew/", again).status_code == 302
    assert office.post(f"{there}do/suspend/", {"because": ""}).status_code == 422
    assert office.post(f"{there}do/suspend/", {"because": "整改"}).status_code == 302
    page = text(office.get(there))
    assert "整改" in page
    assert "nobody new begins" in page
    assert client(cast, "hr").get(url("place", row.public_id, at="jinheng")).status_code == 200
    assert client(cast, "coordinator").post(f"{there.replace(CITY, 'lanchuan')}do/resume/").status_code == 403


@pytest.mark.parametrize("count", [1, 20])
def test_lists_ask_the_same_for_one_and_for_many(
    cast: Cast, count: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(count):
        accredited(cast, occupation={"zh": f"工种 {n}"})
        applied(cast, occupation={"zh": f"工种 {n}"})
        submitted(cast, made_id=uuid.uuid4())
    office = client(cast)
    for page in ("places", "registrations"):
        with django_assert_max_num_queries(20):
            assert "工种 0" in text(office.get(url(page))) or page == "registrations"


def test_the_agreement_says_how_many_places_there_are(cast: Cast) -> None:
    row = draft(cast, "26002")
    there = reverse("agreements:edit", args=["jinheng", row.public_id])
    assert "No training place for this occupation is accredited" in text(client(cast, "hr").get(there))
    accredited(cast, 2, occupation=cast.cohort.occupation, valid_until=TODAY + 300 * DAY)
    assert "Accredited places for this occupation: 2" in text(client(cast, "hr").get(there))
    actions.set_rule(cast.city, level="none", workers=2, per_mentor=4, visit=True, **by_city(cast))
    assert "places for this occupation" not in text(client(cast, "hr").get(there))


def test_a_lost_link_is_made_anew_and_the_old_one_ends(cast: Cast) -> None:
    browser, address, code = begun()
    row = Registration.objects.get()
    handed = client(cast).post(url("give_link", row.public_id))
    stale = browser.post(
        address, WHOLE | {"do": "save", "address": "别处 1 号"}
    )  # which had opened it before
    assert stale.status_code == 409
    row.refresh_from_db()
    assert row.address == ""
    assert "海蓝" not in text(browser.get(address))
    assert "handed-code" in text(handed)
    old = Client(HTTP_ACCEPT_LANGUAGE="en").post(address, {"code": code})
    assert old.status_code == 409
    assert client(cast, "hr").post(url("give_link", row.public_id, at="jinheng")).status_code == 404


def test_a_file_of_a_registration_is_for_those_who_see_it(cast: Cast) -> None:
    row = registered(cast)
    assert client(cast).get(url("registration", row.public_id)).status_code == 200
    assert (
        client(cast, "coordinator").get(url("registration", row.public_id, at="lanchuan")).status_code == 404
    )
    form = {"level": "block", "workers": "0", "per_mentor": "4"}
    assert client(cast).post(url("rule"), form).status_code == 422
    assert client(cast).post(url("rule"), form | {"workers": "3"}).status_code == 302
