"""Tables of LTI."""

from craftpath.domain.lti.models.arriving import Entry, Identity, Platform, Return
from craftpath.domain.lti.models.keys import Key, Once
from craftpath.domain.lti.models.launching import LineItem, Link, Placement, Score, Tool

__all__ = [
    "Entry",
    "Identity",
    "Key",
    "LineItem",
    "Link",
    "Once",
    "Placement",
    "Platform",
    "Return",
    "Score",
    "Tool",
]
