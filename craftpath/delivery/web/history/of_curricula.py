"""What happened to curricula, their versions and the library of units, as sentences and as short names."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.domain.curricula.texts import CARD_STATES, SIDES

SENTENCES = {
    "curricula.started": _(
        "began the curriculum “%(subject)s” with the units of a programme; units: %(units)s"
    ),
    "curricula.chart_followed": _("chose the chart that %(subject)s follows: %(name)s"),
    "curricula.card_saved": _("kept the unit “%(subject)s” of the library"),
    "curricula.cards_taken_in": _(
        "took units into the library of %(subject)s; new: %(new)s, changed: %(changed)s"
    ),
    "curricula.card_moved": _("changed whether the unit “%(subject)s” is offered: %(state)s"),
    "curricula.version_drafted": _(
        "began version %(number)s of %(subject)s as a copy of version %(grown_from)s"
    ),
    "curricula.version_changed": _("changed version %(number)s of %(subject)s (%(what)s %(key)s)"),
    "curricula.review_opened": _(
        "put version %(number)s of %(subject)s before reviewers until %(due_on)s; people: %(asked)s"
    ),
    "curricula.vote_given": _("voted on version %(number)s of %(subject)s (%(side)s)"),
    "curricula.comment_made": _("remarked on version %(number)s of %(subject)s (%(key)s)"),
    "curricula.comment_resolved": _(
        "settled a remark on version %(number)s of %(subject)s; resolved: %(resolved)s"
    ),
    "curricula.version_returned": _("took version %(number)s of %(subject)s out of its review: %(because)s"),
    "curricula.version_approved": _(
        "approved version %(number)s of %(subject)s; gaps left: %(gaps)s %(because)s"
    ),
    "curricula.version_activated": _("put version %(number)s of %(subject)s in force"),
    "curricula.version_retired": _("retired version %(number)s of %(subject)s"),
    "curricula.draft_made": _("had draft %(number)s of %(subject)s worked out; units: %(units)s"),
    "curricula.draft_impossible": _("had draft %(number)s of %(subject)s sought; nothing fits"),
    "curricula.draft_taken": _("took draft %(number)s of %(subject)s into the version; units: %(units)s"),
    "programmes.programme_written": _(
        "wrote version %(version)s of the programme “%(subject)s”; units: %(units)s"
    ),
}

LABELS = {
    "curricula.started": _("Curriculum begun"),
    "curricula.chart_followed": _("Chart of a curriculum chosen"),
    "curricula.card_saved": _("Unit of the library kept"),
    "curricula.cards_taken_in": _("Units taken into the library"),
    "curricula.card_moved": _("Unit offered or no more"),
    "curricula.version_drafted": _("Version of a curriculum begun"),
    "curricula.version_changed": _("Draft of a curriculum changed"),
    "curricula.review_opened": _("Curriculum put before reviewers"),
    "curricula.vote_given": _("Vote on a curriculum"),
    "curricula.comment_made": _("Remark on a curriculum"),
    "curricula.comment_resolved": _("Remark on a curriculum settled"),
    "curricula.version_returned": _("Curriculum taken back from review"),
    "curricula.version_approved": _("Curriculum approved"),
    "curricula.version_activated": _("Curriculum in force"),
    "curricula.version_retired": _("Version of a curriculum retired"),
    "curricula.draft_made": _("Curriculum drafted from needs"),
    "curricula.draft_impossible": _("No draft of a curriculum fits"),
    "curricula.draft_taken": _("Draft taken into a curriculum"),
    "programmes.programme_written": _("Own version of a programme written"),
}

WHAT = {
    "put_in": pgettext_lazy("a change of a curriculum", "unit put in"),
    "take_out": pgettext_lazy("a change of a curriculum", "unit taken out"),
    "move": pgettext_lazy("a change of a curriculum", "unit moved"),
    "minutes": pgettext_lazy("a change of a curriculum", "hours"),
    "targets": pgettext_lazy("a change of a curriculum", "hours of the stages"),
    "choose": pgettext_lazy("a change of a curriculum", "units chosen together"),
    "outcome": pgettext_lazy("a change of a curriculum", "outcome"),
    "drop_outcome": pgettext_lazy("a change of a curriculum", "outcome left out"),
    "assessment": pgettext_lazy("a change of a curriculum", "assessment"),
    "drop_assessment": pgettext_lazy("a change of a curriculum", "assessment left out"),
    "links": pgettext_lazy("a change of a curriculum", "coverage"),
    "replace": pgettext_lazy("a change of a curriculum", "taken over from a sheet"),
}


STATES = {"curricula.card_moved": CARD_STATES}


def named(values: Mapping[str, str]) -> dict[str, str]:
    """Codes of a fact by the names that pages use."""
    tables = {"what": WHAT, "side": SIDES}
    return {
        name: str(table.get(values[name], values[name])) for name, table in tables.items() if name in values
    }
