"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

STATES: dict[str, StrPromise] = {
    "draft": pgettext_lazy("of a chart", "being drawn"),
    "verifying": pgettext_lazy("of a chart", "in verification"),
    "adopted": pgettext_lazy("of a chart", "adopted"),
    "retired": pgettext_lazy("of a chart", "no longer used"),
}

IMPORT_STATES: dict[str, StrPromise] = {
    "checking": pgettext_lazy("of a catalogue file", "being looked at"),
    "ready": pgettext_lazy("of a catalogue file", "can be taken in"),
    "refused": pgettext_lazy("of a catalogue file", "refused"),
    "taking": pgettext_lazy("of a catalogue file", "being taken in"),
    "taken": pgettext_lazy("of a catalogue file", "taken in"),
    "undone": pgettext_lazy("of a catalogue file", "undone"),
    "dropped": pgettext_lazy("of a catalogue file", "put away"),
}

LISTS: dict[str, StrPromise] = {
    "knowledge": _("General knowledge and skills"),
    "behaviours": _("Worker behaviours"),
    "tools": _("Tools, equipment, supplies"),
    "trends": _("Trends and concerns"),
}

SCALES: dict[str, StrPromise] = {
    "importance": pgettext_lazy("of a task", "Importance"),
    "frequency": pgettext_lazy("of a task", "Frequency"),
    "difficulty": _("Difficulty to learn"),
    "entry": _("Needed on the first day"),
}

GROUPS: dict[str, StrPromise] = {
    "worker": _("I work in this trade"),
    "supervisor": _("I lead people of this trade"),
}

GROUP_NAMES: dict[str, StrPromise] = {
    "worker": _("works in this trade"),
    "supervisor": _("leads people of this trade"),
}
"""The same groups, of somebody else."""

PRIORITIES: dict[str, StrPromise] = {
    "overtrain": _("train well beyond the first success"),
    "train": pgettext_lazy("of a task", "train"),
    "workplace": _("leave to the workplace"),
}

HINTS: dict[str, StrPromise] = {
    "no_object": _("One word only: what is it done to?"),
    "two_tasks": _("This may be two tasks. Split the card if each can be done without the other."),
    "not_seen": _("Nobody can watch this being done. What does the worker do?"),
    "no_verb": _("This reads like a quality, not like work. Begin with a verb."),
    "long": _("Long for a card. Verb, object, and how or with what are enough."),
}

VERBS: dict[str, StrPromise] = {
    "add": pgettext_lazy("on a board", "added a card"),
    "reword": pgettext_lazy("on a board", "reworded"),
    "move": pgettext_lazy("on a board", "moved"),
    "merge": pgettext_lazy("on a board", "merged two cards"),
    "split": pgettext_lazy("on a board", "split a card"),
    "take_out": pgettext_lazy("on a board", "took out"),
    "skills": pgettext_lazy("on a board", "linked skills"),
    "sheet": pgettext_lazy("on a board", "took in a sheet"),
}

REASONS: dict[str, StrPromise] = {
    "occupations.shared": _(
        "This occupation is shared by everybody and stays as it is. Add one of your own organisation instead."
    ),
    "occupations.empty": _("Write it in at least one language."),
    "occupations.too_long": _("At most %(most)s characters fit here."),
    "occupations.code": _("A code has digits, letters, dots and dashes only, such as 6-18-01-01 or 7223."),
    "occupations.under_way": _(
        "Version %(version)s is on its way already. Finish it, or retire it, before another one begins."
    ),
    "occupations.not_a_draft": _(
        "The board is closed: only a chart that is being drawn can be changed. Begin a new version from it."
    ),
    "occupations.closed": _("This chart is adopted or retired; nothing of it changes any more."),
    "occupations.days": _("The last day does not lie before the first one."),
    "occupations.criteria": _("Means lie between 1 and 5, shares between 0 and 100 percent."),
    "occupations.weights": _("Weights lie between 0 and 10, and at least one is more than 0."),
    "occupations.panel_full": _("A panel has at most %(most)s people."),
    "occupations.years": _("Years in the trade: at most 70."),
    "occupations.nobody_named": _("Choose somebody, or write a name."),
    "occupations.not_told": _(
        "Nobody is put on a panel unasked: tell them first what is kept of them and what for, then tick it."
    ),
    "occupations.gone": _("This is not on the board any more: somebody took it out."),
    "occupations.reworded": _("Somebody was quicker. By now it reads: %(now)s. Yours still stands below."),
    "occupations.lists_changed": _(
        "Somebody else has changed the lists since you opened them. What you typed is still here, and below each list "
        "how it reads by now: compare, then press again."
    ),
    "occupations.too_many": _("There is no room for more than %(most)s."),
    "occupations.undo_late": _(
        "This step cannot be undone by itself: somebody has gone on from it. Undo the later steps first."
    ),
    "occupations.nothing_to_ask": _("There is no task on this chart yet."),
    "occupations.closes": _("The last day for answers lies between today and %(most)s days from now."),
    "occupations.nobody_asked": _("Choose at least one place whose people are asked."),
    "occupations.answered": _(
        "%(answers)s people have answered about these words, so they may not change under them. Adopt the chart, and "
        "begin a new version."
    ),
    "occupations.verification_over": _("Answers to this chart are not taken any more."),
    "occupations.not_asked": _("This verification asks other people. The link still serves whoever has it."),
    "occupations.layout_unknown": _("Choose one of the layouts."),
    "occupations.form_used": _("This form was sent before, for something else. Open it anew."),
    "occupations.import_not_newest": _(
        "Something else was taken into this catalogue after it. Undo that first."
    ),
    "occupations.pair_shared": _(
        "This pair comes with the program and stays. Write down one of your own beside it."
    ),
    "occupations.pair_kind": _("Say how the two codes lie to each other."),
    "occupations.code_unknown": _("No classification here has the code %(given)s."),
    "occupations.off_scale": _("A rating lies outside its scale. Load the page again."),
}
