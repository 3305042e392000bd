"""Pages of packages: uploaded, tried, begun, saved; what cannot be is said in words."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.delivery.exchange.courses import shelf
from craftpath.domain.packages import actions, rules
from craftpath.domain.packages.models import Attempt, Package
from tests.cast import AT, Cast
from tests.domain.packages.world import FILES, TWO, core, saved, taken
from tests.exchange.courses.made import cartridge, manifest, packed, scorm

pytestmark = pytest.mark.usefixtures("all_rows")


def client(cast: Cast, who: str = "apprentice") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: Any) -> str:
    return reverse(f"packages:{page}", args=["lanchuan", *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def sent(**more: Any) -> dict[str, Any]:
    return {
        "entry": "1", "number": 1, "launch": str(uuid.UUID(int=1)), "base": 0, "revision": 1,
        "data": core("passed", "80"), "seconds": 61, "final": False, **more,
    }  # fmt: skip


def commit(made: Client, row: Package, body: Any) -> Any:
    given = body if isinstance(body, str) else json.dumps(body)
    return made.post(url("commit", row.public_id), given, content_type="application/json")


@pytest.mark.parametrize("size", [0, 3 * 2**20])
def test_a_trainer_uploads_and_sees_what_is_in_it(cast: Cast, size: int) -> None:
    """A large one lies on the disk when it comes, and is never held in memory."""
    made = client(cast, "trainer")
    assert text(made.get(url("new"))).count("512 MB") > 0
    content = packed({**scorm(manifest(TWO)), "film.mp4": b"x" * size}, store=True)
    file = SimpleUploadedFile("车削.zip", content)
    answer = made.post(url("new"), {"made_id": uuid.uuid4(), "file": file}, follow=True)
    page = text(answer)
    for words in ("Turning", "SCORM 1.2", "Chapter", "One", "Try it", "Retire the package"):
        assert words in page
    assert "Begin" not in page
    row = Package.objects.get()
    assert row.file is not None
    assert row.file.size == len(content)


def test_what_is_too_large_is_refused_before_it_is_read(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_BYTES", 1)
    monkeypatch.setattr("craftpath.delivery.web.packages.new.SLACK", 0)
    monkeypatch.setattr(TemporaryUploadedFile, "__init__", None)
    file = SimpleUploadedFile("a.zip", b"x" * 3 * 2**20)
    answer = client(cast, "trainer").post(url("new"), {"made_id": uuid.uuid4(), "file": file})
    assert answer.status_code == 413
    assert "at most" in text(answer)
    assert Package.objects.count() == 0


def test_one_part_is_the_one_to_press_now(cast: Cast) -> None:
    row, made = taken(cast), client(cast)
    begun = text(made.get(url("package", row.public_id)))
    assert (begun.count("button-primary"), begun.index("button-primary") < begun.index("play/2/")) == (
        1,
        True,
    )
    commit(made, row, sent(entry="2", data=core("incomplete")))
    going = text(made.get(url("package", row.public_id)))
    assert (going.count("button-primary"), going.index("button-primary") > going.index("play/1/")) == (
        1,
        True,
    )


def test_no_package_says_why(cast: Cast) -> None:
    file = SimpleUploadedFile("a.zip", packed({"../../x": b"x"}))
    page = text(
        client(cast, "trainer").post(url("new"), {"made_id": uuid.uuid4(), "file": file}, follow=True)
    )
    assert "leads out of the package" in page
    assert client(cast).get(url("package", Package.objects.get().public_id)).status_code == 404


def test_faults_stand_with_their_places_for_those_who_keep_packages(cast: Cast) -> None:
    items = '<item identifier="i1" identifierref="r1"/><item identifier="i2" identifierref="r9"/>'
    row = taken(cast, scorm(manifest(items)))
    page = text(client(cast, "trainer").get(url("package", row.public_id)))
    assert "The resource “r9” is not in the manifest." in page
    assert "imsmanifest.xml item i2" in page
    assert "r9" not in text(client(cast).get(url("package", row.public_id)))


def test_the_player_is_framed_from_another_origin_and_no_other(cast: Cast, settings: Any) -> None:
    settings.CONTENT_ADDRESS = "https://content.example"
    row = taken(cast)
    answer = client(cast).get(url("play", row.public_id, "1"))
    page, policy = text(answer), answer.headers["Content-Security-Policy"]
    assert 'src="https://content.example/' in page
    assert 'sandbox="allow-scripts allow-same-origin allow-forms allow-popups"' in page
    assert "frame-src https://content.example" in policy
    assert url("play", row.public_id, "2") in page  # the next part
    assert url("play", row.public_id, "1") in text(client(cast).get(url("play", row.public_id, "2")))
    assert cast.people["apprentice"].name not in json.dumps(answer.context["launch"], ensure_ascii=False)
    assert (
        "frame-src" not in client(cast).get(url("package", row.public_id)).headers["Content-Security-Policy"]
    )
    assert client(cast).get(url("play", row.public_id, "9")).status_code == 404


@pytest.mark.parametrize("address", ["", "http://testserver"])
def test_without_an_origin_of_its_own_nothing_is_played(cast: Cast, settings: Any, address: str) -> None:
    settings.CONTENT_ADDRESS = address
    answer = client(cast).get(url("play", taken(cast).public_id, "1"))
    assert "CRAFTPATH_CONTENT_ADDRESS" in text(answer)
    assert "<iframe" not in text(answer)
    assert "frame-src" not in answer.headers["Content-Security-Policy"]


def test_the_two_names_of_one_machine_are_two_hosts(cast: Cast, settings: Any) -> None:
    settings.CONTENT_ADDRESS = ":8001"
    row = taken(cast)
    for host, other in (
        ("127.0.0.1:8000", "http://localhost:8001/"),
        ("localhost:8000", "http://127.0.0.1:8001/"),
    ):
        page = text(client(cast).get(url("play", row.public_id, "1"), HTTP_HOST=host))
        assert f'src="{other}' in page
    shelf.take_away(row.public_id)
    assert "being laid out" in text(
        client(cast).get(url("play", row.public_id, "1"), HTTP_HOST="localhost:8000")
    )


def test_what_is_saved_stands_on_the_pages(cast: Cast, settings: Any) -> None:
    settings.CONTENT_ADDRESS = ":8001"
    row, made = taken(cast), client(cast)
    for _ in range(2):
        answer = commit(made, row, sent())
        assert answer.status_code == 200
        assert answer.json() == {"revision": 1, "state": "passed", "tone": "good", "score": "80 %"}
    page = text(made.get(url("package", row.public_id)))
    assert page.count("button-primary") == 1
    assert "80 %" in page
    assert "Begin anew" in page
    launch = made.get(url("play", row.public_id, "1")).context["launch"]
    assert (launch["number"], launch["base"]) == (1, 1)
    assert launch["cmi"]["core"]["entry"] == "resume"
    anew = made.get(url("play", row.public_id, "1") + "?anew=1").context["launch"]
    assert (anew["number"], anew["base"], anew["cmi"]["core"]["entry"]) == (2, 0, "ab-initio")
    tried = client(cast, "trainer").get(url("play", row.public_id, "1") + "?try=1")
    assert 'data-commit=""' in text(tried)
    seen = text(client(cast, "trainer").get(url("package", row.public_id)))
    assert cast.people["apprentice"].name in seen
    assert cast.people["apprentice"].name not in text(
        client(cast, "classmate").get(url("package", row.public_id))
    )


@pytest.mark.parametrize(
    ("body", "said", "ends"),
    [
        ("{", "cannot be read (JSON)", False),
        ("[]", "cannot be read (JSON)", False),
        ('{"entry": NaN}', "cannot be read (JSON)", False),
        (sent(number=True), "cannot be read (JSON)", False),
        (sent(revision=2**40), "cannot be read (JSON)", False),
        (sent(launch="x"), "cannot be read (JSON)", False),
        (json.dumps(sent()).replace('"80"', "1e999"), "cannot be read (data)", False),
        (sent(data=core(suspend_data="a\0b")), "cannot be read (data)", False),
        (sent(data=core(**{"a\0b": ""})), "cannot be read (data)", False),
        (sent(data=core(suspend_data="\ud800")), "cannot be read (data)", False),
        (sent(entry="9"), "no such part", True),
        (sent(number=4), "goes on there", True),
        (sent(data=core("passed", "NaN")), "none that its standard knows", False),
        (sent(data=core(suspend_data="x" * 64_001)), "64000 characters", False),
    ],
)
def test_what_cannot_be_kept_is_said_to_the_page(cast: Cast, body: Any, said: str, ends: bool) -> None:
    answer = commit(client(cast), taken(cast), body)
    assert answer.status_code == 409
    assert said in answer.json()["refused"]
    assert answer.json()["ends"] is ends
    assert Attempt.objects.count() == 0


def test_nobody_saves_without_the_pages_token_or_from_another_college(cast: Cast) -> None:
    row = taken(cast)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.people["apprentice"])
    assert commit(strict, row, sent()).status_code == 403
    cookie = client(cast).get(url("package", row.public_id)).cookies["csrftoken"]
    assert cookie["httponly"]
    assert commit(Client(), row, sent()).status_code == 302
    assert Attempt.objects.count() == 0


def test_a_page_that_is_only_read_is_done_by_a_press(cast: Cast, settings: Any) -> None:
    settings.CONTENT_ADDRESS = ":8001"
    item = '<item identifier="i1" identifierref="r1"><title>Safety</title></item>'
    listed = '<resource identifier="r1" type="webcontent" href="a.html"><file href="a.html"/></resource>'
    row = taken(cast, {"imsmanifest.xml": cartridge(item, listed), "a.html": "x"})
    assert (row.kind, row.plays) == ("cartridge", True)
    assert "I have worked through this" in text(client(cast).get(url("play", row.public_id, "1")))
    assert commit(client(cast), row, sent(data={"done": True})).json()["state"] == "done"
    assert "Worked through" in text(client(cast).get(url("play", row.public_id, "1")))


def test_a_list_asks_the_same_for_two_and_for_six(cast: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert "Turning" in text(made.get(url("list")))
        return len(seen)

    made = client(cast)
    for count in range(6):
        row = taken(cast, FILES)
        actions.save_attempt(row, saved(), by=cast.actor("apprentice"), at=AT)
        if count == 1:
            made.get(url("list"))
            before = asked()
    assert asked() == before
