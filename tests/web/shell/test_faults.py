"""Pages for what is refused, not there, or broken."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from craftpath.delivery.web.shell import faults
from craftpath.kernel.access import Membership


def _words(answer) -> str:
    return unescape(answer.content.decode())


def test_a_refusal_of_the_person_is_a_403_with_the_reason_and_the_way_back(browse):
    answer = browse("officer").get(
        "/o/lanchuan-bureau/history/", headers={"Referer": "http://testserver/o/lanchuan-bureau/"}
    )
    assert answer.status_code == 403
    page = _words(answer)
    assert "Your role does not include this. Ask a coordinator of your organisation." in page
    assert "Not with your role" in page
    assert answer.context["back"] == "http://testserver/o/lanchuan-bureau/"


@pytest.mark.parametrize(
    "referer",
    ["", "https://evil.example/", "http://testserver/o/lanchuan-bureau/history/", "javascript:alert(1)"],
)
def test_the_way_back_is_a_page_of_this_site_and_another_one(browse, referer):
    answer = browse("officer").get("/o/lanchuan-bureau/history/", headers={"Referer": referer})
    assert answer.context["back"] == ""


def test_htmx_gets_the_reason_as_a_toast(browse):
    answer = browse("officer").get("/o/lanchuan-bureau/history/", headers={"HX-Request": "true"})
    assert answer.status_code == 403
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#toasts", "outerHTML")
    assert answer["HX-Reselect"] == "#toasts"  # a button may ask for a part that a toast does not have
    page = _words(answer)
    assert page.strip().startswith('<div class="toasts" id="toasts"')
    assert "Your role does not include this." in page


def _bare(page: str, path: str) -> str:
    """The page without what differs by nature: its own address and the form's token."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page).replace(path, "")


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/o/lanchuan/nowhere/", "/o/dongling/", "/o/dongling/history/"]
)
@pytest.mark.parametrize("who", ["coordinator", "apprentice"])
def test_what_is_not_there_and_what_is_not_for_you_look_the_same(browse, who, path):
    answer = browse(who).get(path)
    assert answer.status_code == 404
    page = _words(answer)
    assert "This page is not here" in page
    assert "Dongling" not in page
    assert _bare(page, path) == _bare(_words(browse(who).get("/also-nowhere/")), "/also-nowhere/")


def test_an_ended_role_is_a_stranger_s(cast, browse):
    client = browse("trainer")
    assert client.get("/o/lanchuan/").status_code == 200
    Membership.objects.filter(person=cast.people["trainer"]).update(ends_on="2026-02-01")
    assert client.get("/o/lanchuan/").status_code == 404


def test_a_nobody_learns_nothing_from_a_wrong_address(db):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert client.get("/nowhere/").status_code == 404
    assert client.get("/o/lanchuan/").status_code == client.get("/o/no-such-place/").status_code == 302


def test_what_breaks_says_so_and_no_more(browse, settings):
    settings.ROOT_URLCONF = "tests.web.shell.broken_urls"
    client = browse("coordinator")
    client.raise_request_exception = False
    answer = client.get("/breaks/")
    assert answer.status_code == 500
    page = _words(answer)
    assert "Something broke" in page
    assert "broken on purpose" not in page
    assert "何静" not in page


def test_the_page_for_faults_asks_no_database(db):
    with CaptureQueriesContext(connection) as asked:
        answer = faults.broken(RequestFactory().get("/"))
    assert (answer.status_code, len(asked)) == (500, 0)


def test_if_even_that_page_breaks_there_are_last_words(settings):
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": []}]
    answer = faults.broken(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert answer.content.decode() == faults.LAST_WORDS


def test_a_page_lets_htmx_show_refusals_and_no_other_fault(browse):
    """htmx reads this list from above; the first code that fits decides whether the answer is shown."""
    page = browse("coordinator").get("/o/lanchuan/").content.decode()
    config = json.loads(re.search(r"<meta name=\"htmx-config\" content='([^']+)'", page)[1])
    shown = {
        status: next(
            rule["swap"] for rule in config["responseHandling"] if re.search(rule["code"], str(status))
        )
        for status in (200, 204, 403, 404, 409, 422, 500)
    }
    assert shown == {200: True, 204: False, 403: True, 404: False, 409: True, 422: True, 500: False}
