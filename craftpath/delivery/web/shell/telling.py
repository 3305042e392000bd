"""What a page tells its reader after a button: sentences with a tone, for a form and for what a device brings alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.contrib import messages

from craftpath.delivery.web.shell.requests import Request

LEVELS = {"good": messages.SUCCESS, "attention": messages.WARNING}


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence."""

    tone: Literal["good", "attention"]
    words: str


def tell_all(request: Request, told: Iterable[Told]) -> None:
    """Show these on the next page."""
    for one in told:
        messages.add_message(request, LEVELS[one.tone], one.words)
