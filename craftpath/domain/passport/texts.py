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
    "passport.nobody_to_sign": _("No organisation signs for you yet: you are in no cohort and have no role."),
    "passport.nothing_to_carry": _(
        "Nothing of this site stands in your record yet, so there is nothing to sign."
    ),
    "passport.file_too_large": _("The file is larger than %(megabytes)s MB. A record is smaller."),
    "passport.no_record": _(
        "This file is no learner's record. Choose the file (.json) that the other site gave you."
    ),
    "passport.not_signed": _(
        "The file is not signed, or by a key that cannot be read. Nobody can say whether it was changed."
    ),
    "passport.file_changed": _(
        "The signature does not belong to what stands in the file: it was changed since. Nothing was kept."
    ),
    "passport.file_of_another": _(
        "The file names an organisation that did not sign it: the key belongs to somebody else. Nothing was kept."
    ),
    "passport.file_cut": _("The file is not whole, or is no JSON. Download it once more at the other site."),
    "passport.file_tangled": _(
        "The file is put together as no record is, so it is not read. Nothing was kept."
    ),
    "passport.file_over": _(
        "The file was in force until a day that has passed. Make a new one at the other site."
    ),
    "passport.file_of_tomorrow": _("The file is in force from a later moment only. Try again then."),
    "passport.of_two_persons": _(
        "A certificate in the file names somebody else than the record. Nothing was kept."
    ),
    "passport.older": _("You have brought along a newer file of this record, of %(on)s. That one stays."),
    "passport.refused_before": _("An office has looked at this file and said that it is not yours."),
    "passport.brought_too_many": _(
        "At most %(most)s records of elsewhere fit. Take one out that you need no more."
    ),
    "passport.say_why": _("Say how you know, in at most %(most)s characters."),
    "passport.not_ones_own": _("Somebody else decides about a record that you brought along yourself."),
    "passport.nobody_to_ask": _(
        "The name in the file is not yours, or somebody else here has this record; and there is no office of yours "
        "that could say whose it is. Nothing was kept."
    ),
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
ARRIVAL_STATES = {
    "waiting": pgettext_lazy("a record of elsewhere", "waits for your office"),
    "kept": pgettext_lazy("a record of elsewhere", "stands in your record"),
    "replaced": pgettext_lazy("a record of elsewhere", "replaced by a newer one"),
    "refused": pgettext_lazy("a record of elsewhere", "not yours, says the office"),
    "removed": pgettext_lazy("a record of elsewhere", "taken out"),
}
VERDICTS = {
    "valid": _("Signature valid, and your office knows whose key it is."),
    "key_only": _("The file is as it was signed. Whose key that is, nobody here has confirmed."),
}
