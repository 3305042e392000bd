"""What happened to resources of the library, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from craftpath.domain.resources import texts as resources

SENTENCES = {
    "resources.taken": _("brought %(name)s into the library: %(subject)s"),
    "resources.moved": _("the resource %(subject)s: %(state)s"),
    "resources.changed": _("changed what is said of the resource %(subject)s"),
    "resources.version_added": _("version %(number)s of the resource %(subject)s: %(name)s"),
    "resources.reviewed": _("reviewed the resource %(subject)s: %(holds)s of 4 points hold"),
    "resources.starred": _("gave %(stars)s of 5 stars to the resource %(subject)s"),
    "resources.recommended": _("the resource %(subject)s: %(state)s"),
    "resources.pair_parted": _("said that the resource %(subject)s is no double of %(other)s"),
    "resources.source_moved": _("the catalogue %(subject)s: %(state)s"),
    "resources.source_read": _("read the catalogue %(subject)s: %(came)s came, %(gone)s are gone there"),
}

STATES: dict[str, Mapping[str, Any]] = {
    "resources.moved": resources.STATES,
    "resources.recommended": resources.RECOMMENDED,
    "resources.source_moved": resources.SOURCE_STATES,
}

LABELS = {
    "resources.taken": _("File brought into the library"),
    "resources.moved": _("Resource a step further"),
    "resources.changed": _("Resource described anew"),
    "resources.version_added": _("New version of a resource"),
    "resources.reviewed": _("Resource reviewed"),
    "resources.starred": _("Stars for a resource"),
    "resources.recommended": _("Resource recommended"),
    "resources.pair_parted": _("Resources that look alike are different"),
    "resources.source_moved": _("Catalogue added or stopped"),
    "resources.source_read": _("Catalogue read"),
}
