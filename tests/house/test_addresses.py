"""Every address: a nobody is sent to sign in, a stranger gets 404, a GET writes nothing, and nothing breaks a page.

A room is furnished once; then everything is asked of it.
"""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast
from tests.house.addresses import AT_HOME, INSIDE, NAMES, PLACES, PUBLIC, addresses, each_room
from tests.house.hostile import (
    an_empty_form_breaks_no_page,
    an_unusual_method_breaks_no_page,
    junk_breaks_no_page,
)
from tests.house.visitors import seat_of, sent_to_sign_in, signed_in

pytestmark = pytest.mark.timeout(
    280
)  # a room of sixty addresses, on a machine that does something else besides

MOST = "coordinator"
OTHERS = ("administrator", "trainer", "hr", "officer", "auditor", "assessor", "mentor", "apprentice")
WITHOUT_TOKEN = {
    "cmi5_fetch",  # a unit of another origin asks, with the secret of its launch and no cookie
    "shell:health", "exchange:receive", "oai:catalogue",
    *(f"lti:{one}" for one in ("answer", "chosen", "token", "members", "items", "item", "scores", "results", "result")),
    "signon:consume", "lti:login", "lti:launch", "tools:chosen",
}  # fmt: skip
"""Health, a catalogue, the programs of points, and doors of LTI to which other sites post what is signed."""
LET_IN = dict.fromkeys(("stories:picture", "stories:recording"), "mentor")
"""Uploads whose token is asked for once it is known that somebody may send them, and who may."""


@each_room(NAMES)
def test_every_address_of_a_room_stands_whatever_is_asked_of_it(names: list[str], cast: Cast) -> None:
    """What only reads is asked first; what may write is undone before the next address."""
    every = addresses(names, cast)
    inside = {name: address for name, address in every.items() if name in INSIDE}
    coordinator = signed_in(cast, "coordinator", HTTP_ACCEPT_LANGUAGE="en")
    a_get_answers_every_role_without_writing(inside, cast)
    a_nobody_is_sent_to_sign_in(every)
    a_stranger_gets_404(inside, cast)
    ids_of_another_organisation_are_404_at_home(inside, cast)
    a_post_without_a_token_is_refused(every, cast)
    junk_breaks_no_page(every, coordinator)
    an_empty_form_breaks_no_page(every, coordinator)
    an_unusual_method_breaks_no_page(every, coordinator)


def a_get_answers_every_role_without_writing(inside: dict[str, str], cast: Cast) -> None:
    """`reads_only_read` raises on any write, so an answer below 500 proves that none was tried.

    Who may most gets every address, the eight others every third one: two at least meet each of them.
    """
    for who in (MOST, *OTHERS):
        client = signed_in(cast, who)
        for name, address in inside.items():
            if who == MOST or PLACES[name] % 3 == OTHERS.index(who) % 3:
                answer = client.get(_at(address, seat_of(who)))
                assert answer.status_code in {200, 302, 403, 404, 405, 409}, (name, who, answer.status_code)
                assert not sent_to_sign_in(answer), (name, who)


def a_nobody_is_sent_to_sign_in(every: dict[str, str]) -> None:
    """Whatever is not public."""
    for name, address in every.items():
        if name not in PUBLIC:
            for method in ("get", "post"):
                assert sent_to_sign_in(getattr(Client(), method)(address)), (name, method)


def a_stranger_gets_404(inside: dict[str, str], cast: Cast) -> None:
    """Somebody of a neighbour college, at this one."""
    stranger = signed_in(cast, "stranger")
    for name, address in inside.items():
        for method in ("get", "post"):
            answer = getattr(stranger, method)(address)
            assert (name, method, answer.status_code) == (name, method, 404)


def ids_of_another_organisation_are_404_at_home(inside: dict[str, str], cast: Cast) -> None:
    """The same stranger, at the neighbour college, with ids of this one."""
    stranger = signed_in(cast, "stranger")
    for name, address in inside.items():
        if name not in AT_HOME:
            for method in ("get", "post"):
                answer = getattr(stranger, method)(_at(address, cast.neighbour.key))
                assert answer.status_code in {404, 405}, (name, method, answer.status_code)


def a_post_without_a_token_is_refused(every: dict[str, str], cast: Cast) -> None:
    """So that no other site presses a button."""
    clients = {who: signed_in(cast, who, enforce_csrf_checks=True) for who in ("coordinator", "mentor")}
    for name, address in every.items():
        if name not in WITHOUT_TOKEN:
            who = LET_IN.get(name, "coordinator")
            answer = clients[who].post(_at(address, seat_of(who)), {"next": "/"})
            assert answer.status_code in {403, 405}, (name, answer.status_code)


def _at(address: str, organisation: str) -> str:
    """The same address in another organisation."""
    return address.replace("/o/lanchuan/", f"/o/{organisation}/")
