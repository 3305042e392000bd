"""Messages go out and nowhere else: addresses inside the network in any spelling, answers that never end."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from craftpath.delivery.exchange import outward
from craftpath.delivery.exchange.outward import Target, is_public, post, target_of
from craftpath.values.verdict import Refused


def refused(address: str) -> str:
    with pytest.raises(Refused) as caught:
        target_of(address)
    return caught.value.verdict.reason


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
        "224.0.0.1", "255.255.255.255", "100.100.100.200", "168.63.129.16", "192.0.2.1", "198.18.0.1",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1::",
        "not an address",
    ],
)  # fmt: skip
def test_an_address_inside_is_none_of_the_open_net(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["1.1.1.1", "203.119.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_an_address_of_the_open_net_is(ip: str) -> None:
    assert is_public(ip)


def named(monkeypatch: pytest.MonkeyPatch, *ips: str) -> None:
    def look_up(host: str, port: int, **_more: object) -> list[object]:
        return [(2, 1, 6, "", (ip, port)) for ip in ips]

    monkeypatch.setattr(outward.socket, "getaddrinfo", look_up)


@pytest.mark.parametrize(
    "address",
    [
        "", "bot", "ftp://bot.example/x", "javascript:alert(1)", "https://", "https:///x", "https://u:p@bot.example/",
        "https://bot.example:99999/", "https://bot.example/#x", "https://bot.example/a b", "https://bot.example/\n",
        "https://bot.example\\@inside/", "https://机器人.example/", "https://[::1", "//bot.example/x",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    assert refused(address) == "kernel.hook_address_unclear"


def test_without_encryption_nothing_goes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    named(monkeypatch, "1.1.1.1")
    assert refused("http://bot.example/x") == "kernel.hook_not_https"


def test_a_name_that_leads_inside_is_refused_if_only_one_of_its_addresses_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    named(monkeypatch, "1.1.1.1", "10.0.0.7")
    assert refused("https://bot.example/x") == "kernel.hook_inside"
    for literal in ("https://127.0.0.1/", "https://[::ffff:127.0.0.1]/", "https://2130706433/"):
        named(monkeypatch, "127.0.0.1")
        assert refused(literal) == "kernel.hook_inside"


def test_an_unknown_name_is_said_to_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_given: object, **_more: object) -> None:
        raise socket.gaierror("no")

    monkeypatch.setattr(outward.socket, "getaddrinfo", nothing)
    assert refused("https://bot.example/") == "kernel.hook_host_unknown"


def test_the_address_that_was_looked_at_is_the_one_that_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that says something else a moment later is not asked again."""
    named(monkeypatch, "1.1.1.1")
    target = target_of("https://bot.example/send?key=1")
    assert target == Target("https", "bot.example", 443, "/send?key=1", "1.1.1.1")
    named(monkeypatch, "127.0.0.1")
    called: list[object] = []

    def call(where: object, **_more: object) -> None:
        called.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(outward.socket, "create_connection", call)
    with pytest.raises(Refused) as caught:
        post(target, b"{}")
    assert called == [("1.1.1.1", 443)]
    assert caught.value.verdict.reason == "kernel.hook_closed"


def test_a_host_that_the_site_allows_may_be_inside_and_plain(settings: object) -> None:
    settings.HOOK_HOSTS = ["127.0.0.1:8099"]  # type: ignore[attr-defined]
    assert target_of("http://127.0.0.1:8099/x").ip == "127.0.0.1"
    assert refused("http://127.0.0.1:8098/x") == "kernel.hook_not_https"


@contextmanager
def other_side(answer: Callable[[socket.socket], None]) -> Iterator[Target]:
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            connection, _where = server.accept()
            with connection:
                answer(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    port = server.getsockname()[1]
    yield Target("http", "bot.example", port, "/", "127.0.0.1")
    server.close()
    thread.join(3)


def answered(answer: Callable[[socket.socket], None]) -> str:
    began = time.monotonic()
    with other_side(answer) as target, pytest.raises(Refused) as caught:
        post(target, b"{}")
    assert time.monotonic() - began < 3
    return caught.value.verdict.reason


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outward, "LONGEST", 0.4)


@pytest.mark.usefixtures("impatient")
def test_an_answer_that_never_comes_is_waited_for_no_longer() -> None:
    assert answered(lambda there: time.sleep(1.2)) == "kernel.hook_slow"


@pytest.mark.usefixtures("impatient")
def test_an_answer_that_drips_is_cut_off() -> None:
    def drip(there: socket.socket) -> None:
        for letter in b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 60:
            there.sendall(bytes([letter]))
            time.sleep(0.05)

    assert answered(drip) == "kernel.hook_slow"


@pytest.mark.usefixtures("impatient")
def test_a_side_that_hangs_up_is_said_to() -> None:
    assert answered(lambda there: None) == "kernel.hook_broke_off"


def test_only_the_beginning_of_an_answer_is_read_and_no_redirect_is_followed() -> None:
    def flood(there: socket.socket) -> None:
        there.recv(65536)
        there.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 9000000\r\n\r\n")
        with suppress(OSError):
            for _chunk in range(100):
                there.sendall(b"x" * 65536)

    with other_side(flood) as target:
        status, said = post(target, b"{}")
    assert (status, len(said)) == (302, outward.ANSWER)
