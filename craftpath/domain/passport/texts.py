"""Labels, and one sentence for each reason code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "passport.own_only": _("Everybody shares the own record, and nobody another's."),
    "passport.no_name": _("Say for whom the link is, in at most %(most)s characters."),
    "passport.no_section": _("Choose at least one thing to show."),
    "passport.days_unclear": _("A link serves from today until %(last)s at the latest."),
    "passport.too_many": _("At most %(most)s links serve at once. End one that you need no more."),
    "passport.share_revoked": _("Its owner has ended this link. Ask for a new one."),
    "passport.share_expired": _("This link has run out. Ask its owner for a new one."),
    "passport.share_withdrawn": _("Its owner shares this record no more."),
}
PRESETS = {
    "employer": pgettext_lazy("a view of the record", "For an employer"),
    "college": pgettext_lazy("a view of the record", "For a college"),
    "everything": pgettext_lazy("a view of the record", "Everything"),
    "own": pgettext_lazy("a view of the record", "My own choice"),
}
SHARE_STATES = {
    "open": pgettext_lazy("a link", "serves"),
    "expired": pgettext_lazy("a link", "has run out"),
    "revoked": pgettext_lazy("a link", "ended"),
}
AGENTS = {
    "wechat": pgettext_lazy("a browser", "WeChat"),
    "edge": "Edge",
    "firefox": "Firefox",
    "chrome": "Chrome",
    "safari": "Safari",
    "other": pgettext_lazy("a browser", "another program"),
}
