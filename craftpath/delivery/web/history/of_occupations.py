"""What happened to occupations and their charts, as sentences; joined to the others in `sentences.py`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

OCCUPATIONS = {
    "occupations.occupation_kept": _("added or changed the occupation %(subject)s"),
    "occupations.chart_made": _("began version %(version)s of the chart of %(subject)s; tasks: %(tasks)s"),
    "occupations.chart_moved": _("the chart of %(subject)s, version %(version)s: %(state)s"),
    "occupations.answers_ended": _("took no more answers to the chart of %(subject)s, version %(version)s"),
    "occupations.chart_set": _("changed what stands around the chart of %(subject)s"),
    "occupations.panel_changed": _("changed the panel of the chart of %(subject)s; people: %(people)s"),
    "occupations.sheet_taken": _(
        "took a sheet into the chart of %(subject)s; added: %(added)s, changed: %(changed)s"
    ),
    "occupations.import_moved": _("a file of a catalogue: %(state)s"),
    "occupations.codes_paired": _("changed how ISCO-08 %(code_isco)s lies to %(code_cn)s"),
}
