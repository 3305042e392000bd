"""What may come through the door: kinds of writes, each taken by the room that it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.telling import Told


@dataclass(frozen=True, slots=True)
class Write:
    """One write of a device: its data, a file if it has one, and when it was made by the device's clock."""

    request: Request
    data: Mapping[str, Any]
    written_at: datetime | None = None
    file: UploadedFile | None = field(default=None, compare=False)


class NotYet(Exception):  # noqa: N818  (an answer, not a fault)
    """What this write is about has not arrived; the device sends it again later."""


class Unreadable(ValueError):
    """The data of a write are not what its kind asks for; sending it again will not help."""


Taker = Callable[[Write], dict[str, Any]]
Sayer = Callable[[Mapping[str, Any]], list[Told]]
TAKERS: dict[str, Taker] = {}
SAYERS: dict[str, Sayer] = {}
UNRECEIPTED: set[str] = set()


def takes(kind: str, *, says: Sayer | None = None, receipt: bool = True) -> Callable[[Taker], Taker]:
    """Register who takes a kind of write; a kind has one taker. Its answer is small, plain and kept as the receipt.

    `says` makes of the answer what the page that sent it tells its reader, in the reader's language of the moment.
    Without a `receipt` the taker itself sees to it that a write which comes again is not done again: a receipt knows
    person and moment, which nothing may that was promised to be anonymous.
    """

    def register(taker: Taker) -> Taker:
        if TAKERS.setdefault(kind, taker) is not taker:
            raise TypeError(f"two rooms take {kind}")
        if says is not None:
            SAYERS[kind] = says
        if not receipt:
            UNRECEIPTED.add(kind)
        return taker

    return register
