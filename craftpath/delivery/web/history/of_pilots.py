"""What happened to pilots, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from craftpath.domain.pilots import texts as pilots

SENTENCES = {
    "pilots.cycle_written": _("wrote version %(version)s of the steps %(subject)s; steps: %(steps)s"),
    "pilots.started": _("started the pilot %(subject)s; taking part: %(members)s"),
    "pilots.changed": _("wrote the pilot %(subject)s anew; taking part: %(members)s"),
    "pilots.ended": _("ended the pilot %(subject)s: %(because)s"),
    "pilots.round_opened": _("began round %(number)s of %(subject)s; changes that come with it: %(carried)s"),
    "pilots.step_planned": _("planned step %(step)s of round %(round)s of %(subject)s"),
    "pilots.step_moved": _("%(subject)s, round %(round)s, step %(step)s: %(state)s %(because)s"),
    "pilots.deliverable_given": _(
        "%(subject)s, round %(round)s, step %(step)s: a deliverable (taken back: %(back)s)"
    ),
    "pilots.change_moved": _("%(subject)s, change “%(what)s”: %(state)s %(because)s"),
    "pilots.case_moved": _("the country case %(subject)s: %(state)s"),
    "pilots.case_kept": _(
        "%(subject)s, round %(round)s, step %(step)s: a country case (kept at hand: %(kept)s)"
    ),
    "pilots.report_issued": _(
        "issued version %(version)s of the report of %(subject)s, round %(number)s (SHA-256 %(sha256)s…)"
    ),
}

STATES: dict[str, Mapping[str, Any]] = {
    "pilots.step_moved": pilots.STEP_STATES,
    "pilots.change_moved": pilots.CHANGE_STATES,
    "pilots.case_moved": pilots.CASE_STATES,
}

LABELS = {
    "pilots.cycle_written": _("Steps of a pilot written anew"),
    "pilots.started": _("Pilot started"),
    "pilots.changed": _("Pilot changed"),
    "pilots.ended": _("Pilot ended"),
    "pilots.round_opened": _("Round of a pilot begun"),
    "pilots.step_planned": _("Step of a pilot planned"),
    "pilots.step_moved": _("Step of a pilot begun, closed or reopened"),
    "pilots.deliverable_given": _("Deliverable given or taken back"),
    "pilots.change_moved": _("Change of a pilot a step further"),
    "pilots.case_moved": _("Country case a step further"),
    "pilots.case_kept": _("Country case kept at hand"),
    "pilots.report_issued": _("Report of a round issued"),
}
