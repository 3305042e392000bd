"""Services of a platform: access by a signed assertion, grades that are sent, members that are read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from craftpath.delivery.exchange.outward import ask, target_of
from craftpath.domain.lti import wording
from craftpath.domain.lti.plain import plain
from craftpath.domain.lti.returning import proof, score_of
from craftpath.values.verdict import Refused, not_now

MOST = 2_000_000  # bytes of an answer
SECONDS = 10.0
MOST_MEMBERS = 500


def access_to(platform: Any, scopes: Sequence[str], at: datetime) -> str:
    """A token for these services of a platform."""
    if not platform.token_address:
        raise Refused(not_now("lti.no_service"))
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": wording.ASSERTION_TYPE,
        "client_assertion": proof(platform, at),
        "scope": " ".join(scopes),
    }
    kind = "application/x-www-form-urlencoded"
    told = _asked("POST", platform.token_address, urlencode(form).encode(), {"Content-Type": kind})
    token = told.get("access_token") if isinstance(told, dict) else None
    if not isinstance(token, str) or not token or not token.isascii() or not token.isprintable():
        raise Refused(not_now("lti.service_unread"))
    return token


def send_grade(row: Any, at: datetime) -> None:
    """Send one grade; Refused says why it was not taken."""
    token = access_to(row.entry.platform, [wording.SCORE], at)
    parts = _parts(row.entry.item_address)
    address = urlunsplit(parts._replace(path=parts.path.rstrip("/") + "/scores"))
    content = json.dumps(score_of(row)).encode()
    head = {"Content-Type": wording.SCORE_TYPE, "Authorization": f"Bearer {token}"}
    _asked("POST", address, content, head, reads=False)


def members_of(entry: Any, at: datetime) -> list[dict[str, Any]]:
    """Who takes part in the course of an entry, as its platform says; the first five hundred."""
    if not entry.members_address:
        raise Refused(not_now("lti.no_service"))
    token = access_to(entry.platform, [wording.MEMBERS_READ], at)
    parts = _parts(entry.members_address)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), ("limit", str(MOST_MEMBERS))])
    head = {"Accept": wording.MEMBERS_TYPE, "Authorization": f"Bearer {token}"}
    told = _asked("GET", urlunsplit(parts._replace(query=query)), None, head)
    rows = told.get("members") if isinstance(told, dict) else None
    if not isinstance(rows, list):
        raise Refused(not_now("lti.service_unread"))
    return [_member(one) for one in rows[:MOST_MEMBERS] if isinstance(one, dict) and one.get("user_id")]


def _parts(address: str) -> SplitResult:
    """An address of a service in its parts; what was kept before addresses were looked at may be none."""
    try:
        return urlsplit(address)
    except ValueError:
        raise Refused(not_now("lti.no_service")) from None


def _member(one: dict[str, Any]) -> dict[str, Any]:
    def said(name: str) -> str:
        return plain(one.get(name), 254)

    listed = one.get("roles")
    roles = (
        [plain(role, 255).rsplit("#", 1)[-1][:60] for role in listed if isinstance(role, str)]
        if isinstance(listed, list)
        else []
    )
    name = said("name") or " ".join(part for part in (said("given_name"), said("family_name")) if part)
    return {
        "subject": plain(str(one["user_id"]), 255), "name": name, "mail": said("email"), "roles": roles,
        "active": said("status") in ("", "Active"),
    }  # fmt: skip


def _asked(
    method: str, address: str, content: bytes | None, headers: dict[str, str], *, reads: bool = True
) -> Any:
    status, answer = ask(
        target_of(address), method, content=content, headers=headers, most=MOST + 1, seconds=SECONDS
    )
    if not 200 <= status < 300:
        raise Refused(not_now("lti.service_refused", status=status))
    if not reads:
        return None
    try:
        return json.loads(answer) if len(answer) <= MOST else None
    except (ValueError, RecursionError):
        raise Refused(not_now("lti.service_unread")) from None
