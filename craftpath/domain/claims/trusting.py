"""Issuers of digital credentials whom an office knows: a signature alone says who signed, not who that is."""

from __future__ import annotations

import re
from datetime import datetime

from django.utils.timezone import localdate

from craftpath.domain.claims import rules
from craftpath.domain.claims.facts import IssuerTrusted
from craftpath.domain.claims.models import LONGEST_NAME, TrustedIssuer
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now, require

_DID = re.compile(r"^did:(web|key):[A-Za-z0-9._:%-]{3,190}$")
_MULTIKEY = re.compile(r"^z6Mk[1-9A-HJ-NP-Za-km-z]{40,48}$")


@action
def trust_issuer(
    organisation: Organisation, *, did: str, name: str, public: str = "", by: Actor, at: datetime
) -> TrustedIssuer:
    """The office knows this issuer from today on; a did:web comes with its key, since nothing is fetched."""
    require(rules.may_trust(by, organisation))
    did, name, public = did.strip(), name.strip(), public.strip()
    key_fits = bool(_MULTIKEY.match(public)) if did.startswith("did:web:") else not public
    if not _DID.match(did) or not 0 < len(name) <= LONGEST_NAME or not key_fits:
        raise Refused(not_now("claims.issuer_unclear"))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    rows = TrustedIssuer._base_manager.filter(organisation=organisation, did=did, ends_on__isnull=True)
    known = rows.first()
    if known is not None:
        if (known.name, known.public) == (name, public):
            return known
        raise Refused(not_now("claims.issuer_known"))
    row = TrustedIssuer(
        organisation=organisation, did=did, name=name, public=public, starts_on=localdate(at),
        made_by=by.person, made_at=at,
    )  # fmt: skip
    row.save()
    tell(IssuerTrusted(did, name, True), by=by, at=at, organisation=organisation, subject=row.ref)
    return row


@action
def drop_issuer(issuer: TrustedIssuer, *, by: Actor, at: datetime) -> bool:
    """No longer known from today on; says whether it was."""
    rows = TrustedIssuer._base_manager.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("organisation").get(pk=issuer.pk)
    require(rules.may_trust(by, row.organisation))
    if row.ends_on is not None:
        return False
    row.ends_on = localdate(at)
    row.save(update_fields=["ends_on"])
    tell(
        IssuerTrusted(row.did, row.name, False), by=by, at=at, organisation=row.organisation, subject=row.ref
    )
    return True
