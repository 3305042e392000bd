"""Packages played in a real browser: on an origin of their own, however hostile, and kept whatever the network does."""

from __future__ import annotations

import json
import re
import threading
import uuid
from collections.abc import Callable, Iterator
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from craftpath.delivery.commands.demo.packaging import STEPS, steps
from craftpath.delivery.web.packages.content.serving import application
from craftpath.domain.packages import actions
from craftpath.domain.packages.models import Attempt, Package
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.exchange.courses.made import manifest, packed, scorm
from tests.journeys.conftest import faults_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]
Visit = Callable[..., BrowserContext]

# (call, element, value, what it returns, error code): rules of the data models that ADL's own suite looks at.
ONE = [
    ("LMSGetValue", "cmi.core.entry", "", "ab-initio", "0"),
    ("LMSGetValue", "cmi.core.lesson_status", "", "not attempted", "0"),
    ("LMSGetValue", "cmi.core.lesson_mode", "", "normal", "0"),
    ("LMSGetValue", "cmi.student_data.mastery_score", "", "60", "0"),
    ("LMSSetValue", "cmi.core.student_id", "x", "false", "403"),
    ("LMSSetValue", "cmi.core.total_time", "0000:10:00", "false", "403"),
    ("LMSSetValue", "cmi.core.lesson_status", "perfect", "false", "405"),
    ("LMSSetValue", "cmi.core.score.raw", "101", "false", "405"),
    ("LMSSetValue", "cmi.core.score.raw", "NaN", "false", "405"),
    ("LMSGetValue", "cmi.core.session_time", "", "", "404"),
    ("LMSSetValue", "cmi.core._children", "x", "false", "402"),
    ("LMSGetValue", "cmi.nowhere", "", "", "401"),
    ("LMSSetValue", "cmi.interactions.1.id", "gap", "false", "201"),
    ("LMSSetValue", "cmi.interactions.0.id", "q1", "true", "0"),
    ("LMSSetValue", "cmi.interactions.0.type", "choice", "true", "0"),
    ("LMSSetValue", "cmi.interactions.0.result", "correct", "true", "0"),
    ("LMSSetValue", "cmi.core.score.raw", "80", "true", "0"),
    ("LMSSetValue", "cmi.core.lesson_location", "page-3", "true", "0"),
    ("LMSSetValue", "cmi.suspend_data", "第三页", "true", "0"),
    ("LMSSetValue", "cmi.core.session_time", "0000:01:30", "true", "0"),
    ("LMSSetValue", "cmi.core.exit", "suspend", "true", "0"),
    ("LMSSetValue", "cmi.core.lesson_status", "incomplete", "true", "0"),
]
NEW = [
    ("GetValue", "cmi.entry", "", "ab-initio", "0"),
    ("GetValue", "cmi.completion_status", "", "unknown", "0"),
    ("GetValue", "cmi.location", "", "", "403"),
    ("SetValue", "cmi.learner_id", "x", "false", "404"),
    ("SetValue", "cmi.completion_status", "done", "false", "406"),
    ("SetValue", "cmi.score.scaled", "1.5", "false", "407"),
    ("SetValue", "cmi.score.scaled", "NaN", "false", "406"),
    ("SetValue", "cmi.progress_measure", "2", "false", "407"),
    ("GetValue", "cmi.session_time", "", "", "405"),
    ("GetValue", "cmi.nowhere", "", "", "401"),
    ("SetValue", "cmi.session_time", "90 s", "false", "406"),
    ("SetValue", "cmi.interactions.0.id", "urn:q:1", "true", "0"),
    ("SetValue", "cmi.interactions.0.type", "true-false", "true", "0"),
    ("SetValue", "cmi.interactions.0.result", "correct", "true", "0"),
    ("SetValue", "cmi.score.scaled", "0.75", "true", "0"),
    ("SetValue", "cmi.success_status", "passed", "true", "0"),
    ("SetValue", "cmi.completion_status", "completed", "true", "0"),
    ("SetValue", "cmi.session_time", "PT1M30S", "true", "0"),
]
CALLS = """
window.api = window.parent.API || window.parent.API_1484_11;
const old = Boolean(window.parent.API);
window.begun = old ? api.LMSInitialize("") : api.Initialize("");
window.tried = (cases) => cases.map(([call, element, value]) => {
  const got = call.endsWith("GetValue") ? api[call](element) : api[call](element, value);
  return [String(got), String(old ? api.LMSGetLastError() : api.GetLastError())];
});
"""
# What a package may try: each has to fail, by an error of the browser or with nothing in hand.
HOSTILE = """
const attempt = async (act) => { try { return String(await act()); } catch (fault) { return fault.name; } };
window.raid = async (site) => ({
  cookie: document.cookie,
  parent: await attempt(() => window.top.document.body.innerHTML),
  place: await attempt(() => window.top.location.href),
  leave: await attempt(() => { window.top.location = "about:blank"; return "left"; }),
  read: await attempt(() => fetch(site + "/", { credentials: "include" }).then((reply) => reply.text())),
  worker: await attempt(() => navigator.serviceWorker.register("worker.js")),
  embed: await attempt(() => new Promise((resolve) => {
    const frame = document.createElement("iframe");
    frame.src = site + "/"; frame.onload = () => resolve(frame.contentDocument ? "same" : "blocked");
    document.body.append(frame);
  })),
});
"""


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def content(settings: Any) -> Iterator[None]:
    """The content's own origin, on a port of its own."""
    server = make_server("127.0.0.1", 0, application, _Threaded, _Quiet)
    settings.CONTENT_ADDRESS = f":{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield
    server.shutdown()
    server.server_close()


def _taken(cast: Cast, version: str, *, more: str = "") -> Package:
    page = (
        f"<!doctype html><meta charset=utf-8><title>x</title><h1>课件</h1><script>{CALLS}{HOSTILE}</script>"
    )
    item = f'<item identifier="i1" identifierref="r1"><title>One</title>{more}</item>'
    files = {**scorm(manifest(item, version=version)), "a.html": page, "worker.js": ""}
    with everywhere("a test takes a package in"):
        return actions.take_package(
            packed(files),
            "a.zip",
            organisation=cast.college,
            made_id=uuid.uuid4(),
            by=cast.actor("trainer"),
            at=AT,
        )


def _inside(page: Page) -> Any:
    """The frame in which the package itself runs."""
    page.frame_locator("iframe.player-frame").frame_locator("iframe.part").locator("h1").wait_for()
    return next(one for one in page.frames if one.url.endswith("a.html"))


def _attempt(package: Package) -> Attempt:
    with everywhere("a test looks at what was kept"):
        return Attempt.objects.filter(package=package).latest("number")


def _agree(frame: Any, cases: list[tuple[str, ...]]) -> None:
    assert frame.evaluate("begun") == "true"
    got = frame.evaluate("tried", [one[:3] for one in cases])
    assert [(*one[:3], *answer) for one, answer in zip(cases, got, strict=True)] == cases


def test_a_hostile_package_of_scorm_12_reaches_nothing_and_is_kept(
    cast: Cast, visit: Visit, live_server: Any, content: None
) -> None:
    package = _taken(cast, "1.2", more="<adlcp:masteryscore>60</adlcp:masteryscore>")
    context = visit(cast.people["apprentice"], width=360)
    page = context.new_page()
    page.goto(reverse("packages:package", args=["lanchuan", package.public_id]))
    page.get_by_role("link", name="Begin").click()
    frame = _inside(page)
    assert not frame.url.startswith(live_server.url)
    assert faults_of(page) == []

    raid = frame.evaluate("raid", live_server.url)
    assert raid == {
        "cookie": "", "parent": "SecurityError", "place": "SecurityError", "leave": "SecurityError",
        "read": "TypeError", "worker": raid["worker"], "embed": "blocked",
    }  # fmt: skip
    assert raid["worker"] not in ("", "[object ServiceWorkerRegistration]")
    _agree(frame, ONE)

    context.set_offline(True)
    assert frame.evaluate("api.LMSCommit('')") == "true"
    expect(page.locator("[data-said]")).to_contain_text("Not saved yet")
    context.set_offline(False)
    expect(page.locator("[data-said]")).to_have_text("Saved")
    kept = _attempt(package)
    assert (kept.state, str(kept.score), kept.seconds) == ("incomplete", "0.80000", 90)

    # Closing lets the package end; what it left is there when the part is opened again.
    page.get_by_role("link", name="Close").click()
    page.get_by_role("link", name="Go on").click()
    again = _inside(page)
    assert again.evaluate("begun") == "true"
    assert again.evaluate("api.LMSGetValue('cmi.core.entry')") == "resume"
    assert again.evaluate("api.LMSGetValue('cmi.suspend_data')") == "第三页"
    assert again.evaluate("api.LMSGetValue('cmi.core.total_time')") == "00:01:30"
    again.evaluate("api.LMSSetValue('cmi.core.exit', ''); api.LMSFinish('')")
    expect(page.locator("[data-far]")).to_have_text("passed · 80 %")
    assert _attempt(package).ended_at is not None


def test_scorm_2004_and_h5p_are_kept(cast: Cast, visit: Visit, content: None) -> None:
    package = _taken(cast, "2004 4th Edition")
    page = visit(cast.people["apprentice"]).new_page()
    page.goto(reverse("packages:play", args=["lanchuan", package.public_id, "1"]))
    frame = _inside(page)
    _agree(frame, NEW)
    frame.evaluate("api.Terminate('')")
    expect(page.locator("[data-far]")).to_have_text("passed · 75 %")
    kept = _attempt(package)
    assert (kept.state, kept.seconds, kept.data["cmi"]["interactions"]["0"]["id"]) == (
        "passed",
        90,
        "urn:q:1",
    )
    assert json.dumps(kept.data).find(cast.people["apprentice"].name) == -1

    with everywhere("a test takes a package in"):
        by = {"by": cast.actor("trainer"), "at": AT}
        exercise = actions.take_package(
            steps(), "a.h5p", organisation=cast.college, made_id=uuid.uuid4(), **by
        )
    page.goto(reverse("packages:play", args=["lanchuan", exercise.public_id, "1"]))
    inside = page.frame_locator("iframe.player-frame").frame_locator("iframe.h5p-iframe")
    # Though this browser gives frames of another site no storage, it begins whole and takes the height it needs.
    expect(inside.get_by_text("检修前怎样断能")).to_be_visible()
    part = page.frame_locator("iframe.player-frame").locator("iframe.h5p-initialized")
    expect(part).to_have_attribute("style", re.compile(r"height: \d{3}px"))
    for step in STEPS:
        inside.get_by_role("button", name=step).click()
    expect(page.locator("[data-far]")).to_have_text("passed · 100 %")
    assert _attempt(exercise).ended_at is not None
