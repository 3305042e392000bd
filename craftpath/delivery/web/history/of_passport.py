"""What happened to records, as sentences; all but an office's word stand in nobody's history but the owner's."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craftpath.domain.passport import texts as passport

SENTENCES = {
    "passport.record_shared": _("made a link to the own record: “%(name)s”"),
    "passport.share_revoked": _("ended the link “%(name)s” to the own record"),
    "passport.record_carried": _("took the own record along as a signed file"),
    "passport.record_brought": _("brought along a record of elsewhere: %(state)s"),
    "passport.arrival_settled": _("record of elsewhere: %(state)s %(because)s"),
}

STATES: dict[str, Mapping[str, object]] = {
    "passport.record_brought": passport.ARRIVAL_STATES,
    "passport.arrival_settled": passport.ARRIVAL_STATES,
}

LABELS = {
    "passport.record_shared": _("Link to a record"),
    "passport.share_revoked": _("Link to a record ended"),
    "passport.record_carried": _("Record taken along"),
    "passport.record_brought": _("Record of elsewhere brought along"),
    "passport.arrival_settled": _("Record of elsewhere settled"),
}
