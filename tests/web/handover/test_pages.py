"""Pages of hand-overs: who sees them, what a press does, what is refused beside the form."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.delivery.jobs.figures import handover as job
from craftpath.domain.insight.models import County, Handover, Rollup
from craftpath.kernel.audit import AuditEntry
from tests.cast import AT, Cast
from tests.domain.insight.test_rolling import GOOD, REPORT

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


def at(cast: Cast, name: str = "board", *ids: str) -> str:
    return reverse(f"handover:{name}", args=[cast.city.key, *ids])


@pytest.fixture
def officer(cast: Cast, browse: Browse) -> Client:
    client = browse("officer")
    told = client.post(at(cast, "county"), {"code": "330100", "zh": "澜川市", "en": "Lanchuan"})
    assert told.status_code == 302
    return client


def ask(cast: Cast, client: Client, **more: str) -> Any:
    given = {"made_id": str(uuid.uuid4()), "receiver": "省厅", "purpose": "监测"} | more
    return client.post(at(cast, "ask"), given)


def test_it_is_asked_for_made_and_downloaded(cast: Cast, officer: Client) -> None:
    assert ask(cast, officer).status_code == 302  # a job of the test runs at once
    Handover._base_manager.update(state="asked")
    row = Handover._base_manager.get()
    page = officer.get(at(cast, "one", row.public_id)).content.decode()
    assert "A worker is writing it" in page
    job.func(row.pk)
    row.refresh_from_db()
    page = officer.get(at(cast, "one", row.public_id)).content.decode()
    assert row.digest in page
    assert row.signer in page
    answer = officer.post(at(cast, "fetch", row.public_id))
    assert answer["Cache-Control"] == "private, no-store"
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
        assert "cities.json" in archive.namelist()
    assert AuditEntry._base_manager.filter(fact="insight.handover_fetched").count() == 1


def test_before_it_is_made_there_is_nothing_to_download(cast: Cast, officer: Client) -> None:
    ask(cast, officer)
    Handover._base_manager.update(state="asked", kept=None)
    assert officer.post(at(cast, "fetch", Handover._base_manager.get().public_id)).status_code == 404


def test_what_is_missing_is_said_in_the_form(cast: Cast, browse: Browse) -> None:
    client = browse("officer")
    answer = ask(cast, client)
    assert answer.status_code == 409
    assert "Say first in which county" in answer.content.decode()
    assert ask(cast, client, purpose="").status_code == 422
    assert client.post(at(cast, "county"), {"code": "33"}).status_code == 409
    assert County._base_manager.count() == 0


def test_others_neither_see_nor_do(cast: Cast, browse: Browse) -> None:
    for name in ("coordinator", "trainer", "hr"):
        assert browse(name).get(at(cast)).status_code in (403, 404)
        assert ask(cast, browse(name)).status_code in (403, 404)
    assert browse("").get(at(cast)).status_code == 302
    assert Handover._base_manager.count() == 0


def take(cast: Cast, client: Client, figures: str, report: bytes | None = REPORT) -> Any:
    files = {"figures": SimpleUploadedFile("indicators.csv", figures.encode())}
    if report is not None:
        files["report"] = SimpleUploadedFile("report.json", report)
    return client.post(at(cast, "take"), {"source": "省级数据湖", **files})


def test_a_roll_up_is_taken_in_and_listed(cast: Cast, officer: Client) -> None:
    old = REPORT.replace(b"2026-09", b"2020-09")
    assert take(cast, officer, GOOD, old).status_code == 302
    page = officer.get(at(cast)).content.decode()
    assert "省级数据湖" in page
    assert "no signature" in page
    again = take(cast, officer, GOOD, old)
    assert again.status_code == 409
    assert "taken in already" in again.content.decode()


def test_faults_stand_beside_the_form_with_their_lines(cast: Cast, officer: Client) -> None:
    answer = take(cast, officer, GOOD + "shoes,,,,,,1,1,false\n<script>,,,,,,1,1,false\n", None)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Line 9, indicator: There is no indicator “shoes”." in page
    assert "&lt;script&gt;" in page
    assert Rollup._base_manager.count() == 0
    assert take(cast, officer, "").status_code == 422  # an empty file is none


def test_many_cost_no_more_questions_than_one(cast: Cast, officer: Client) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert officer.get(at(cast)).status_code == 200
        return len(seen)

    ask(cast, officer)
    one = questions()
    for _ in range(8):
        ask(cast, officer)
    assert questions() == one
    assert Handover._base_manager.filter(asked_at__gt=AT).count() == 9
