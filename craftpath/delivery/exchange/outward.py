"""Letting a message out of the house, and only out: an address that leads into the network is refused.

The name is looked up once, every address that it has must be public, and the connection goes to the very address that
was looked at: a name that points elsewhere a moment later gains nothing. Redirects are not followed, an answer is read
up to a bound, and a whole exchange takes so many seconds at most, however slowly the other side drips.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from craftpath.values.verdict import Refused, not_now

LONGEST = 5.0  # seconds for a whole exchange
ANSWER = 4096  # bytes of an answer that are read
_INSIDE_IPV6 = [
    ipaddress.ip_network(block)
    for block in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "fec0::/10", "::/96")
]  # forms that carry an IPv4 address inside, and site-local ones: none is a public address of its own
_METADATA = {"169.254.169.254", "100.100.100.200", "fd00:ec2::254", "168.63.129.16"}


@dataclass(frozen=True, slots=True)
class Target:
    """An address that was looked at: where to connect, and what to say there."""

    scheme: str
    host: str
    port: int
    path: str
    ip: str


def target_of(address: str) -> Target:
    """Where an address leads, looked up now; Refused names what is wrong with it."""
    scheme, host, port, path = _parts(address)
    allowed = f"{host}:{port}" in settings.HOOK_HOSTS or host in settings.HOOK_HOSTS
    if scheme != "https" and not allowed:
        raise Refused(not_now("kernel.hook_not_https"))
    found = _looked_up(host, port)
    if not allowed:
        for ip in found:
            if not is_public(ip):
                raise Refused(not_now("kernel.hook_inside", host=host[:80]))
    return Target(scheme, host, port, path, found[0])


def _parts(address: str) -> tuple[str, str, int, str]:
    unclear = Refused(not_now("kernel.hook_address_unclear"))
    if any(ord(sign) <= 32 or ord(sign) >= 127 for sign in address) or "\\" in address:
        raise unclear
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise unclear from None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None or parts.fragment:
        raise unclear
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, host, port or (443 if parts.scheme == "https" else 80), path


def _looked_up(host: str, port: int) -> Sequence[str]:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused(not_now("kernel.hook_host_unknown", host=host[:80])) from None
    return list(dict.fromkeys(str(row[4][0]) for row in rows))


def is_public(text: str) -> bool:
    """Whether an address is one of the open net, and not a way back in by another spelling."""
    try:
        ip: Any = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if ip.version == 6 and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if str(ip) in _METADATA or ip.is_multicast or ip.is_reserved or ip.is_unspecified:
        return False
    if ip.version == 6 and any(ip in block for block in _INSIDE_IPV6):
        return False
    return bool(ip.is_global)


def post(target: Target, content: bytes, more: dict[str, str] | None = None) -> tuple[int, bytes]:
    """Send JSON there and read the answer: (status, its first bytes). Refused if none comes in time."""
    headers = {"Content-Type": "application/json; charset=utf-8", **(more or {})}
    return _asked(target, "POST", content, headers, ANSWER, LONGEST)


def get(
    target: Target, *, most: int, seconds: float, accept: str = "text/xml, application/xml"
) -> tuple[int, bytes]:
    """Read what lies there: (status, its first `most` bytes). Refused if it does not come in time."""
    return _asked(target, "GET", None, {"Accept": accept}, most, seconds)


def get_with(target: Target, headers: dict[str, str], *, most: int, seconds: float) -> tuple[int, bytes]:
    """The same with headers of one's own."""
    return _asked(target, "GET", None, headers, most, seconds)


def post_json(target: Target, content: bytes, *, most: int, seconds: float) -> tuple[int, bytes]:
    """Send JSON there and read up to `most` bytes of the answer."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    return _asked(target, "POST", content, headers, most, seconds)


def send_form(
    target: Target,
    fields: dict[str, str],
    *,
    most: int,
    seconds: float,
    headers: dict[str, str] | None = None,
) -> tuple[int, bytes]:
    """Send a form there and read the answer: (status, its first `most` bytes). Refused if none comes in time."""
    told = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    return _asked(target, "POST", urlencode(fields).encode(), told | (headers or {}), most, seconds)


def ask(
    target: Target,
    method: str,
    *,
    content: bytes | None = None,
    headers: dict[str, str],
    most: int,
    seconds: float = LONGEST,
) -> tuple[int, bytes]:
    """Ask in a way of one's own: (status, the first `most` bytes of the answer). Refused as for the others."""
    return _asked(target, method, content, headers, most, seconds)


def _asked(
    target: Target, method: str, content: bytes | None, headers: dict[str, str], most: int, seconds: float
) -> tuple[int, bytes]:
    sock = _connected(target)
    too_long = threading.Event()
    timer = threading.Timer(seconds, _cut, [sock, too_long])
    timer.daemon = True
    timer.start()
    try:
        sock.settimeout(seconds)
        if isinstance(sock, ssl.SSLSocket):
            sock.do_handshake()
        return _exchanged(target, sock, method, content, headers, most)
    except ssl.SSLCertVerificationError:
        raise Refused(not_now("kernel.hook_certificate", host=target.host[:80])) from None
    except TimeoutError:
        raise Refused(not_now("kernel.hook_slow", seconds=int(seconds))) from None
    except (OSError, http.client.HTTPException):
        code = "kernel.hook_slow" if too_long.is_set() else "kernel.hook_broke_off"
        raise Refused(not_now(code, seconds=int(seconds))) from None
    finally:
        timer.cancel()
        sock.close()


def _connected(target: Target) -> socket.socket:
    """A connection to the very address that was looked at; what is encrypted there has not shaken hands yet."""
    try:
        plain = socket.create_connection((target.ip, target.port), timeout=LONGEST)
    except TimeoutError:
        raise Refused(not_now("kernel.hook_slow", seconds=int(LONGEST))) from None
    except OSError:
        raise Refused(not_now("kernel.hook_closed", host=target.host[:80])) from None
    if target.scheme == "http":
        return plain
    trusted = ssl.create_default_context()  # the certificate must be of the name that was asked for
    return trusted.wrap_socket(plain, server_hostname=target.host, do_handshake_on_connect=False)


def _exchanged(
    target: Target,
    sock: socket.socket,
    method: str,
    content: bytes | None,
    headers: dict[str, str],
    most: int,
) -> tuple[int, bytes]:
    secure = target.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(target.host, target.port, timeout=LONGEST)
    connection.sock = sock  # connected already: nothing is looked up again
    connection.request(method, target.path, body=content, headers={**headers, "User-Agent": "Craftpath"})
    answer = connection.getresponse()
    return answer.status, answer.read(most)


def _cut(sock: socket.socket, too_long: threading.Event) -> None:
    """End an exchange that takes too long, whatever it waits for; first say so, since whoever waits wakes at once."""
    too_long.set()
    with suppress(OSError):  # it was closed a moment before
        sock.shutdown(socket.SHUT_RDWR)
