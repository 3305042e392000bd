"""Codes of this noun in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS = {
    "forum": pgettext_lazy("a confirmed act", "Learning forum"),
    "group": pgettext_lazy("a confirmed act", "Study group"),
    "reading": pgettext_lazy("a confirmed act", "Reading"),
    "course": pgettext_lazy("a confirmed act", "Course finished"),
}
TESTED = _("tested by the course")
"""Who confirmed it, where nobody did."""
