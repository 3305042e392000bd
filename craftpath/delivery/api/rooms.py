"""The rooms of the API by the beginning of their addresses."""

from __future__ import annotations

from craftpath.delivery.api import logs, me
from craftpath.delivery.api.room import Room

ROOMS: dict[str, Room] = {
    "": me.room,
    "/log": logs.room,
}
