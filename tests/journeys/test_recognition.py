"""A certificate from the office to a stranger's eyes, in a real browser: issued, shown, checked, revoked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from craftpath.delivery.commands.headless import main
from craftpath.domain.certificates.models import Certificate
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.domain.certificates.world import kind, passed
from tests.journeys.conftest import faults_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]


def _fits(page: Any) -> bool:
    return not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def _verdict(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = main(["verify", *arguments])
    said = json.loads(capsys.readouterr().out)
    return code, {one["name"]: one["ok"] for one in said["checks"]} | {"valid": said["valid"]}


def test_from_the_office_to_a_stranger_and_back(
    cast: Cast, visit: Callable[..., Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with everywhere("a journey begins with somebody who is due"):
        row = kind(cast)
        passed(cast, "26001")
    office = visit(cast.people["coordinator"]).new_page()
    office.goto(f"/o/lanchuan/certificates/issue/{row.public_id}/")
    expect(office.get_by_role("checkbox", name="陈雨桐")).to_be_checked()
    office.get_by_role("button", name="Look at the batch").click()
    expect(office.get_by_role("heading", name="What the first paper will say")).to_be_visible()
    assert faults_of(office) == []
    office.get_by_role("button", name=re.compile("^Issue")).click()
    with everywhere("a journey looks at what was issued"):
        made = Certificate.objects.select_related("status_list").get(person=cast.people["apprentice"])
    expect(office.get_by_role("link", name=made.number)).to_be_visible()

    own = visit(cast.people["apprentice"], width=360, language="zh-hans").new_page()
    own.goto("/me/certificates/")
    expect(own.get_by_text(made.number)).to_be_visible()
    assert (faults_of(own), _fits(own)) == ([], True)
    with own.expect_download() as paper:
        own.get_by_role("link", name=re.compile("PDF")).click()
    assert Path(paper.value.path()).read_bytes().startswith(b"%PDF-")

    stranger = visit(None, width=360, language="zh-hans").new_page()
    stranger.goto("/c/")
    stranger.get_by_label("证书编号").fill(made.number.lower())
    stranger.get_by_label("姓名", exact=False).fill("林浩然")
    stranger.get_by_role("button", name="查验").click()
    assert "陈雨桐" not in stranger.content()
    stranger.get_by_label("姓名", exact=False).fill("陈雨桐")
    stranger.get_by_role("button", name="查验").click()
    expect(stranger.get_by_role("heading", level=1)).to_contain_text("有效")
    assert stranger.url.endswith(f"/c/{made.public_id}/")
    assert (faults_of(stranger), _fits(stranger)) == ([], True)
    credential, lists = tmp_path / "credential.json", tmp_path / "list.json"
    address = stranger.url
    credential.write_bytes(stranger.request.get(f"{address}credential.json").body())
    assert _verdict(capsys, str(credential))[0] == 0
    tampered = tmp_path / "tampered.json"
    tampered.write_text(credential.read_text().replace("陈雨桐", "林浩然"))
    code, told = _verdict(capsys, str(tampered))
    assert (code, told["proof"], told["valid"]) == (1, False, False)

    office.goto(f"/o/lanchuan/certificates/{made.public_id}/")
    office.locator("summary", has_text="Revoke").click()
    office.locator("form[action$='revoke/'] [name=because]").fill("Another person sat the examination.")
    office.get_by_role("button", name=re.compile("^Revoke")).click()
    stranger.goto(address, wait_until="load")
    stranger.reload()
    expect(stranger.get_by_role("heading", level=1)).to_contain_text("撤销")
    lists.write_bytes(stranger.request.get(f"/c/status/lanchuan/{made.status_list.number}.json").body())
    code, told = _verdict(capsys, str(credential), "--status-list", str(lists))
    assert (code, told["proof"], told["status"]) == (1, True, False)
