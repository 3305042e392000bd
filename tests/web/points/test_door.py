"""The door at which points knock, what a point makes of the answer, and how a laptop becomes a point."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from tempfile import TemporaryFile

import pytest
from django.core.management import call_command
from django.test import Client, RequestFactory

from craftpath.delivery.exchange import bundles
from craftpath.delivery.exchange.bundles import MOST_BYTES, TYPE, heard, knock
from craftpath.delivery.exchange.print_run import clear_away
from craftpath.delivery.web.points.receiving import receive
from craftpath.kernel.access import system
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.points.envelope import MAGIC, lock
from craftpath.kernel.points.keeping import join
from craftpath.kernel.points.noticing import this_instance, this_site
from craftpath.kernel.points.outgoing import folder, make_bundle
from craftpath.kernel.points.tables import Point
from craftpath.values.verdict import Refused, not_now
from tests.cast import AT
from tests.house.furnishing.points import serve_a_point

WORDS = "abcd-efgh-jkmn-pqrs-tuvw-xyz2"


def _head(**said):
    return MAGIC + json.dumps({"form": 1, "way": "up", "size": 9, "signature": "00", **said}).encode() + b"\n"


class Endless(BytesIO):
    """Somebody sends, and sends."""

    taken = 0

    def read(self, size=-1):
        self.taken += size
        if self.taken > 1 << 20:
            raise AssertionError("nobody waits for the end of a stranger's file")
        return super().read(size).ljust(size, b"x")


@pytest.mark.parametrize("revoked", [False, True])
def test_a_stranger_is_turned_away_at_the_first_bytes(cast, all_rows, revoked):
    name = "nobody"
    if revoked:
        name = serve_a_point(cast)["point"]
        Point.objects.update(revoked_at=AT, our_keys="", their_keys={})
    request = RequestFactory().post("/exchange/", b"x", content_type=TYPE)
    request.META["CONTENT_LENGTH"] = str(MOST_BYTES)
    request._stream = Endless(_head(point=name))
    request.at = AT
    answer = receive(request)
    assert (answer.status_code, answer["X-Reason"]) == (
        409,
        "points.revoked" if revoked else "points.unknown",
    )


def test_the_door_says_why_with_all_that_its_sentence_names(cast):
    answer = Client().post("/exchange/", _head(point="nobody", form=7), content_type=TYPE)
    said = heard(answer["X-Reason"], answer["X-Facts"])
    assert (said.reason, dict(said.facts)) == ("points.other_form", {"form": "7"})


def test_what_the_hub_says_of_the_other_side_the_point_says_of_itself():
    facts = json.dumps({"theirs": "1.0", "ours": "2.0"})
    for there, here in (("older", "newer"), ("newer", "older")):
        said = heard(f"points.{there}_program", facts)
        assert (said.reason, dict(said.facts)) == (f"points.{here}_program", {"theirs": "2.0", "ours": "1.0"})


@pytest.mark.parametrize(
    ("reason", "facts"),
    [
        ("points.truncated", ""),
        ("points.truncated", "{"),
        ("points.truncated", "[1]"),
        ("points.older_program", '{"ours": "1"}'),
        ("points." + "x" * 500, ""),
        ("desks.other", ""),
    ],
)
def test_what_nobody_could_read_is_no_answer(reason, facts):
    assert heard(reason, facts).reason == "points.no_answer"


def test_the_page_says_why_the_last_try_came_to_nothing(cast, browse, all_rows, monkeypatch):
    serve_a_point(cast)
    point = Point.objects.get()

    def refused(*_args, **_given):
        raise Refused(not_now("points.newer_program", theirs="9.9", ours="1.0"))

    monkeypatch.setattr(bundles, "meet", refused)
    assert knock(point, by=system(), at=AT) is None
    page = browse("coordinator").get(f"/o/{cast.campus.key}/points/{point.public_id}/")
    assert page.status_code == 200
    assert "9.9" in page.content.decode()


def test_an_answer_leads_nowhere_else(cast):
    asked = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_POST(self):  # noqa: N802  (its name in the library)
            asked.append(self.path)
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(307)
            self.send_header("Location", "/inside/")
            self.end_headers()

        def log_message(self, *_args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with TemporaryFile() as ours, TemporaryFile() as theirs, pytest.raises(Refused) as refused:
            bundles._send(f"http://127.0.0.1:{server.server_port}/exchange/", ours, theirs)
    finally:
        server.shutdown()
        server.server_close()
    assert refused.value.verdict.reason == "points.no_answer"
    assert asked == ["/exchange/"]


def test_an_address_that_is_none_is_told(cast):
    with TemporaryFile() as ours, TemporaryFile() as theirs, pytest.raises(Refused) as refused:
        bundles._send("https://hub.example:ninety/exchange/", ours, theirs)
    assert refused.value.verdict.reason == "points.no_address"


@pytest.mark.parametrize(
    "inside",
    [
        b"[1]",
        b"\xff",
        b'{"form": 1}',
        b'{"form": 1, "organisations": [{"key": "x", "unknown": 1}]}',
        json.dumps(
            {"form": 1, "organisations": [{"key": "x", "path": "0001", "depth": 1, "kind": "college"}]}
        ).encode(),
    ],
)
def test_a_file_that_sets_nothing_up_leaves_nothing_behind(db, all_rows, inside):
    with pytest.raises(Refused) as refused:
        join(lock(inside, WORDS), WORDS, at=AT)
    assert refused.value.verdict.reason == "points.no_set_up"
    assert not Organisation.objects.exists()


def test_keys_under_another_lock_are_told(cast, all_rows):
    serve_a_point(cast)
    Point.objects.update(our_keys="sealed by another key")
    with TemporaryFile() as stream, pytest.raises(Refused) as refused:
        make_bundle(Point.objects.get(), stream, by=system(), at=AT)
    assert refused.value.verdict.reason == "points.no_keys"


def test_what_a_killed_program_has_opened_does_not_lie_about(db):
    left = folder() / "tmp-killed"
    left.mkdir()
    now = time.time()
    clear_away(now)
    assert left.exists(), "somebody may be at it still"
    clear_away(now + 25 * 3600)
    assert not left.exists()


def test_a_site_that_was_put_back_takes_a_new_name(db, capsys):
    this_site()
    before = this_instance()
    call_command("point", "anew")
    assert this_instance() not in ("", before)
