"""Facts of appraisals as sentences; none says a score."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

APPRAISALS = {
    "appraisals.scheme_set": _(
        "wrote down what counts in appraisals: version %(version)s, from %(valid_from)s"
    ),
    "appraisals.round_opened": _(
        "opened the round of appraisals %(subject)s from %(starts_on)s, version %(version)s: %(reason)s"
    ),
    "appraisals.voices_asked": _("asked apprentices about their trainers until %(until)s; sheets: %(asked)s"),
    "appraisals.voice_given": _("answered questions about a trainer"),
    "appraisals.round_asked": _("let the round %(subject)s be computed"),
    "appraisals.round_cancelled": _("took the computation of %(subject)s back"),
    "appraisals.round_failed": _("the round %(subject)s could not be computed"),
    "appraisals.round_computed": _(
        "the round %(subject)s is computed; trainers: %(trainers)s, with a score: %(scored)s"
    ),
    "appraisals.round_shown": _(
        "showed the round %(subject)s to its trainers; it can be contested until %(until)s"
    ),
    "appraisals.round_published": _("published the round %(subject)s; trainers: %(trainers)s"),
    "appraisals.round_replaced": _("version %(version)s took the place of %(subject)s"),
    "appraisals.round_dropped": _("put the round %(subject)s away"),
    "appraisals.appraisal_read": _("opened the appraisal of %(subject)s"),
    "appraisals.contest_raised": _("contested the appraisal %(subject)s; answer by %(due_on)s"),
    "appraisals.contest_ended": _("the contest of %(subject)s ended: %(state)s"),
}
