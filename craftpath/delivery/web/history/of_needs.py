"""Facts of analyses of needs as sentences; none says a figure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NEEDS = {
    "needs.analysis_asked": _("had %(subject)s worked out; surveys: %(surveys)s"),
    "needs.analysis_computed": _("%(subject)s is worked out; people: %(people)s"),
    "needs.analysis_failed": _("%(subject)s could not be worked out"),
    "needs.analysis_published": _(
        "published %(subject)s; people: %(people)s, priorities on the list: %(priorities)s"
    ),
    "needs.analysis_superseded": _("a later analysis took the place of %(subject)s"),
    "needs.analysis_signed": _("signed the list of priorities of %(subject)s"),
    "needs.analysis_dropped": _("put %(subject)s away"),
}
