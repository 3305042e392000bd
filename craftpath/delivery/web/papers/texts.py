"""The words of printing: papers, states of a run, and why something was not printed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PAPERS = {
    "training_record": pgettext_lazy("a paper", "Training record"),
    "core_skills": pgettext_lazy("a paper", "Core skills and technical results"),
    "gate_form": _("Gate form"),
    "review_form": _("Review form"),
    "mark_list": _("Mark list"),
    "cohort_file": _("Cohort file"),
    "answer_sheets": _("Answer sheets"),
    "attendance": _("Certificates of attendance"),
    "certificates": pgettext_lazy("in the rail", "Certificates"),
    "own_form": _("Your own form"),
}
FORMS = {"pdf": _("PDF"), "xlsx": _("Workbook (.xlsx)"), "docx": _("Word document (.docx)")}
STATES = {
    "asked": pgettext_lazy("a print run", "Being printed"),
    "done": pgettext_lazy("a print run", "Printed"),
    "refused": pgettext_lazy("a print run", "Not printed"),
    "cancelled": pgettext_lazy("a print run", "Cancelled"),
    "forgotten": pgettext_lazy("a print run", "No longer kept"),
}
TONES = {
    "asked": "info",
    "done": "good",
    "refused": "attention",
    "cancelled": "plain",
    "forgotten": "plain",
}
PHASES = {
    "": _("Waiting for its turn"),
    "printing": pgettext_lazy("a phase", "Printing"),
    "packing": pgettext_lazy("a phase", "Packing"),
}
REASONS = {
    "exchange.paper_unknown": _("There is no such paper here. Choose again."),
    "exchange.too_large_at_once": _(
        "Of so many people this paper takes longer than anybody waits. Ask for it on the cohort’s Print page: "
        "it is made while you go on."
    ),
    "exchange.list_too_long": _(
        "At most %(most)s rows are printed at once. Filter them, or take the workbook."
    ),
    "exchange.nothing_to_print": _("There is nobody about whom this paper could be printed."),
    "exchange.too_many_to_print": _("At most %(most)s papers are printed at once."),
    "exchange.print_run_too_long": _(
        "Printing took more than %(most)s minutes and was stopped. Print a part of it, such as one month."
    ),
    "kernel.print_not_there": _("What was printed is not kept any more. Print it again."),
    "kernel.print_without_role": _(
        "Whoever asked for these papers has no role here any more. Nothing was printed; ask again yourself."
    ),
    "kernel.print_failed": _(
        "Something went wrong while this was printed, and nothing is kept. Try again; if it happens twice, "
        "tell whoever runs this site."
    ),
}
