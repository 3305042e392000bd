"""One sentence for each fault of a file of figures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

FAULTS = {
    "rollup.empty": _("This file has no figures."),
    "rollup.too_large": _("This file is too large."),
    "rollup.not_utf8": _("This file is no text in UTF-8."),
    "rollup.quotes": _("A quotation mark is not closed."),
    "rollup.column_missing": _("This column is missing."),
    "rollup.column_twice": _("This column stands there twice."),
    "rollup.width": _("This line has another number of cells than the header (%(given)s)."),
    "rollup.unknown_indicator": _("There is no indicator “%(given)s”."),
    "rollup.word": _("This word is too long, or holds control characters."),
    "rollup.period": _("“%(given)s” is no quarter such as 2026-Q4."),
    "rollup.flag": _("“%(given)s” is neither true nor false."),
    "rollup.shown_though_suppressed": _("It is said to be suppressed, and has figures all the same."),
    "rollup.whole": _("“%(given)s” is no whole number."),
    "rollup.n_missing": _("The number n is missing."),
    "rollup.number": _("“%(given)s” is no number with at most six places."),
    "rollup.twice": _("The same figure stands in line %(given)s."),
    "rollup.report": _("The report beside it cannot be read: when was it made, and by which engine?"),
    "rollup.from_the_future": _(
        "The report says it was made at %(given)s, which lies ahead. Look at that clock."
    ),
}
