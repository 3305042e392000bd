"""What happened in reading, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craftpath.domain.reading import texts as reading

SENTENCES = {
    "reading.opened": _("opened the reading list “%(subject)s”"),
    "reading.changed": _("changed the reading list “%(subject)s”"),
    "reading.moved": _("the reading list “%(subject)s” is now: %(state)s"),
    "reading.text_kept": _("added or changed a text of “%(subject)s”; licence: %(licence)s"),
    "reading.text_dropped": _("took a text off “%(subject)s”"),
    "reading.note_shared": _("shared a note with the readers of “%(subject)s”"),
    "reading.finished": _(
        "confirmed a finished reading of “%(subject)s”, or took that back: %(pages)s pages, %(minutes)s minutes"
    ),
}


def said(values: Mapping[str, str]) -> dict[str, str]:
    """A licence in words."""
    given = values.get("licence", "")
    return {"licence": str(reading.LICENCES.get(given, given))} if given else {}


STATES = {"reading.moved": reading.LIST_STATES}

LABELS = {
    "reading.opened": _("Reading list opened"),
    "reading.changed": _("Reading list changed"),
    "reading.moved": _("Reading list closed or opened again"),
    "reading.text_kept": _("Text of a reading list kept"),
    "reading.text_dropped": _("Text taken off a reading list"),
    "reading.note_shared": _("Note shared"),
    "reading.finished": _("Finished reading confirmed"),
}
