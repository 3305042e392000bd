"""What kinds of lines, layouts, states of imports and faults of files are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS: dict[str, Any] = {
    "group": pgettext_lazy("of a catalogue", "Groups"),
    "occupation": pgettext_lazy("of a catalogue", "Occupations"),
    "skill": pgettext_lazy("of a catalogue", "Skills"),
    "task": pgettext_lazy("of a catalogue", "Tasks"),
    "link": pgettext_lazy("of a catalogue", "Ties between occupations and skills"),
}
LINKS: dict[str, Any] = {
    "essential": pgettext_lazy("of a skill", "essential"),
    "optional": pgettext_lazy("of a skill", "optional"),
}
MATCHES: dict[str, Any] = {
    "same": _("the same as"),
    "broader": _("broader than"),
    "narrower": _("narrower than"),
    "related": _("related to"),
}
LAYOUTS: dict[str, Any] = {
    "esco": _("ESCO: its CSV tables, in one archive or one by one"),
    "onet": _("O*NET: its text files, in one archive"),
    "list": _("A list: code, title_zh, title_en, parent (CSV)"),
}
TONES = {"ready": "info", "refused": "wrong", "taken": "good", "checking": "attention", "taking": "attention"}
COUNTS: dict[str, Any] = {
    "new": pgettext_lazy("of lines", "New"),
    "changed": pgettext_lazy("of lines", "Changed"),
    "gone": pgettext_lazy("of lines", "Fallen out"),
    "same": pgettext_lazy("of lines", "As before"),
    "links_new": _("New ties"),
    "links_gone": _("Ties fallen out"),
}
FAULTS: dict[str, Any] = {
    "catalogue.encoding": _("This file is not text in UTF-8, UTF-16 or GB18030."),
    "catalogue.no_table": _("There is no table in it."),
    "catalogue.too_large": _("Unpacked it is larger than %(limit)s MB."),
    "catalogue.broken_archive": _("This archive cannot be read. Download or pack it anew."),
    "catalogue.columns": _("These columns are missing: %(missing)s."),
    "catalogue.too_many_rows": _("A table has at most %(limit)s lines."),
    "catalogue.not_a_table": _(
        "This line cannot be read: a quotation mark that never closes, or a field far too long."
    ),
    "catalogue.no_key": _("This line has no key, or one that is too long."),
    "catalogue.no_name": _("This line has no name, or one of more than %(limit)s characters."),
    "catalogue.twice": _("This key stands twice."),
    "catalogue.unknown": _("Nothing in these tables is called so."),
    "catalogue.relation": _("A tie is essential or optional."),
    "catalogue.number": _("This is no number."),
    "catalogue.circle": _("This group lies in itself."),
    "catalogue.no_known_table": _("None of these tables belongs to this layout."),
    "catalogue.one_table": _("A list is one table."),
    "catalogue.failed": _("Something went wrong, and nothing was taken in. Tell whoever runs this site."),
    "catalogue.without_role": _("Whoever uploaded it has no role here any more."),
}


def fault(row: Mapping[str, Any]) -> dict[str, Any]:
    """A fault in words, with where it stands."""
    return {**row, "words": str(FAULTS.get(row["code"], row["code"])) % row["facts"]}
