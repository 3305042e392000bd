"""What happened to bulletins, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from craftpath.domain.bulletins import texts as bulletins

SENTENCES = {
    "bulletins.begun": _("began bulletin no. %(number)s"),
    "bulletins.composed": _("composed bulletin no. %(number)s: %(places)s places filled from the record"),
    "bulletins.block_changed": _("wrote in bulletin no. %(number)s: %(place)s"),
    "bulletins.look_changed": _("changed days, languages or colours of bulletin no. %(number)s"),
    "bulletins.moved": _("bulletin no. %(number)s: %(state)s %(because)s"),
    "bulletins.voice_moved": _("a voice in bulletin %(subject)s: %(state)s"),
    "bulletins.voice_placed": _("put a voice on bulletin %(subject)s or took it off (on it: %(placed)s)"),
}

STATES: dict[str, Mapping[str, Any]] = {
    "bulletins.moved": bulletins.STATES,
    "bulletins.voice_moved": bulletins.VOICE_STATES,
}

LABELS = {
    "bulletins.begun": _("Bulletin begun"),
    "bulletins.composed": _("Bulletin composed"),
    "bulletins.block_changed": _("Bulletin written in"),
    "bulletins.look_changed": _("Look of a bulletin changed"),
    "bulletins.moved": _("Bulletin a step further"),
    "bulletins.voice_moved": _("Voice of a bulletin"),
    "bulletins.voice_placed": _("Voice on or off the sheet"),
}


def named(values: Mapping[str, str]) -> dict[str, str]:
    """The place in words."""
    return {"place": str(bulletins.PLACES.get(values["place"], "–"))} if "place" in values else {}
