"""What happened to outside certificates, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craftpath.domain.claims import texts as claims

SENTENCES = {
    "claims.claimed": _("claimed the outside certificate “%(subject)s”"),
    "claims.changed": _("changed the outside certificate “%(subject)s”"),
    "claims.decided": _("outside certificate “%(subject)s”: %(state)s %(words)s"),
    "claims.withdrawn": _("withdrew the outside certificate “%(subject)s”"),
    "claims.issuer_trusted": _("changed whether the issuer “%(name)s” is trusted"),
}

STATES: dict[str, Mapping[str, object]] = {"claims.decided": claims.OUTCOMES}

LABELS = {
    "claims.claimed": _("Outside certificate claimed"),
    "claims.changed": _("Outside certificate changed"),
    "claims.decided": _("Outside certificate decided"),
    "claims.withdrawn": _("Outside certificate withdrawn"),
    "claims.issuer_trusted": _("Trust in an issuer"),
}
