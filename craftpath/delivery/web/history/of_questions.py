"""What happened to questions and answers, as sentences; none says who asked."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craftpath.domain.questions import texts as questions

SENTENCES = {
    "questions.asked": _("asked: %(subject)s; people asked to answer: %(called)s"),
    "questions.changed": _("worded anew (%(what)s), wording %(revision)s: %(subject)s"),
    "questions.withdrawn": _("withdrew (%(what)s): %(subject)s"),
    "questions.answered": _("answered: %(subject)s"),
    "questions.accepted": _("accepted an answer: %(subject)s"),
    "questions.endorsed": _("endorsed an answer, or took that back: %(subject)s"),
    "questions.thanked": _("thanks for an answer, or taken back: %(subject)s"),
    "questions.read": _("answers read: %(subject)s"),
    "questions.reported": _("reported (%(what)s): %(subject)s – %(reason)s"),
    "questions.report_dismissed": _("let stand what was reported (%(what)s): %(subject)s"),
    "questions.hidden": _("hid (%(what)s): %(subject)s – %(because)s"),
    "questions.hiding_moved": _("hidden (%(what)s): %(subject)s – %(state)s"),
    "questions.promise_set": _("promised answers within so many workdays: %(workdays)s"),
}


def said(values: Mapping[str, str]) -> dict[str, str]:
    """What was written, and why it was reported, in words."""
    tables = {"what": questions.WHATS, "reason": questions.REPORT_REASONS}
    return {
        name: str(table.get(values[name], values[name])) for name, table in tables.items() if name in values
    }


STATES = {"questions.hiding_moved": questions.HIDING_STATES}

LABELS = {
    "questions.asked": _("Question asked"),
    "questions.changed": _("Question or answer worded anew"),
    "questions.withdrawn": _("Question or answer withdrawn"),
    "questions.answered": _("Question answered"),
    "questions.accepted": _("Answer accepted"),
    "questions.endorsed": _("Answer endorsed"),
    "questions.thanked": _("Thanks for an answer"),
    "questions.read": _("Answers read"),
    "questions.reported": _("Question or answer reported"),
    "questions.report_dismissed": _("Report dismissed"),
    "questions.hidden": _("Question or answer hidden"),
    "questions.hiding_moved": _("Hiding a step further"),
    "questions.promise_set": _("Answers promised"),
}
