"""What each kind of item is good for, in a sentence."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ABOUT = {
    "single": _("Several options, and exactly one of them is right."),
    "multiple": _("Several options, and any number of them is right."),
    "true_false": _("A statement that holds or does not."),
    "numeric": _("A number with a tolerance and a unit: dimensions, speeds, feeds."),
    "short": _("One or more blanks in a text, each with every answer that is right."),
    "matching": _("Things on the left, each with its partner on the right."),
    "ordering": _("Steps that are put into their right order."),
    "hotspot": _("A picture in which the right place is pointed at."),
    "essay": _("A text or a file that a person marks, with notes for whoever does."),
}
