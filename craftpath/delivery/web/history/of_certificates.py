"""What happened to certificates, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craftpath.domain.certificates import texts as certificates

SENTENCES = {
    "certificates.kind_saved": _("wrote the kind of certificate “%(subject)s”, version %(version)s"),
    "certificates.kind_moved": _("kind of certificate “%(subject)s”, version %(version)s: %(state)s"),
    "certificates.batch_moved": _("batch of certificates “%(subject)s”, people %(people)s: %(state)s"),
    "certificates.issued": _("issued certificates: %(first)s – %(last)s"),
    "certificates.revoked": _("revoked the certificate %(number)s: %(because)s"),
    "certificates.replaced": _("certificate %(number)s was replaced by %(by)s: %(because)s"),
    "certificates.issued_again": _("issued the revoked certificate %(number)s again as %(by)s: %(because)s"),
    "certificates.key_made": _("a new key signs certificates: %(public)s"),
    "certificates.key_revoked": _(
        "revoked the key %(public)s, with which %(certificates)s certificates fall: %(because)s"
    ),
}

STATES: dict[str, Mapping[str, object]] = {
    "certificates.kind_moved": certificates.KINDS,
    "certificates.batch_moved": certificates.BATCHES,
}

LABELS = {
    "certificates.kind_saved": _("Kind of certificate written"),
    "certificates.kind_moved": _("Kind of certificate put into use or out of it"),
    "certificates.batch_moved": _("Batch of certificates a step further"),
    "certificates.issued": _("Certificates issued"),
    "certificates.revoked": _("Certificate revoked"),
    "certificates.replaced": _("Certificate replaced"),
    "certificates.issued_again": _("Revoked certificate issued again"),
    "certificates.key_made": _("New key for certificates"),
    "certificates.key_revoked": _("Key for certificates revoked"),
}
