"""What all languages of sign-on share: an address that is looked at before it is asked, and an answer of JSON."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from pydantic_core import from_json

from craftpath.delivery.exchange.outward import get_with, send_form, target_of
from craftpath.values.verdict import Refused, not_now

MOST = 256 * 1024  # bytes of an answer
SECONDS = 8.0


class Unfit(Exception):  # noqa: N818  (an answer that does not fit what was asked; why is for the log only)
    """What the other side says does not fit what was asked; `reason` is what the person is told."""

    def __init__(self, why: str, reason: str = "kernel.sign_on_unfit") -> None:
        super().__init__(why)
        self.reason = reason


def asked(
    address: str, form: dict[str, str] | None = None, headers: dict[str, str] | None = None
) -> dict[str, Any]:
    """An object of JSON that lies at an address, or that answers a form."""
    target = target_of(address)
    if form is None:
        told = {"Accept": "application/json", **(headers or {})}
        status, content = get_with(target, told, most=MOST, seconds=SECONDS)
    else:
        status, content = send_form(target, form, most=MOST, seconds=SECONDS, headers=headers)
    if status != 200:
        raise (
            Refused(not_now("kernel.hook_answered", status=status))
            if form is None
            else Unfit(f"status {status}")
        )
    try:
        found = from_json(content, allow_inf_nan=False)
    except ValueError:
        raise Unfit("no JSON") from None
    if not isinstance(found, dict):
        raise Unfit("no object")
    return found


def for_browsers(address: str) -> bool:
    """Whether a browser may be led there: encrypted, or to a host that whoever runs the site named."""
    try:
        parts = urlsplit(address)
        known = parts.hostname in settings.HOOK_HOSTS or parts.netloc in settings.HOOK_HOSTS
    except ValueError:
        return False
    plain = all(32 < ord(sign) < 127 and sign not in "\"'<>\\" for sign in address)
    return plain and bool(parts.hostname) and (parts.scheme == "https" or (known and parts.scheme == "http"))


def word(value: Any, longest: int = 255) -> str:
    """A text of a claim, "" for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    plain = isinstance(value, str) and "\0" not in value and len(value) <= longest
    return value if plain else ""


def words(value: Any, most: int = 500) -> list[str]:
    """The texts of a claim that is a list, or one text."""
    found = value if isinstance(value, list) else [value]
    return [said for said in (word(one, 200) for one in found[:most]) if said]
