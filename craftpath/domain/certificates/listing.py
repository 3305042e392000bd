"""What programs read: which certificates of a list do not hold any more, signed, and which keys count."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max, Q

from craftpath.domain.certificates.keys import issuer_id, list_address, of_list
from craftpath.domain.certificates.models import Certificate, IssuerKey, StatusList
from craftpath.domain.certificates.queries import issuer_of, keys_that_hold, revoked_places
from craftpath.engines.credentials import documents, sign
from craftpath.kernel.organisations import Organisation

if TYPE_CHECKING:
    from django.db.models import QuerySet

_BESIDE = ("organisation", "key", "status_list", "replaces", "replaced_by")
_SHOWN = (
    "public_id", "number", "state", "content", "issued_on", "valid_until", "ended_at", "because",
    "organisation__key", "organisation__time_zone", "key__state", "key__ended_at", "key__because",
    "status_list__number", "replaces__public_id", "replaced_by__public_id", "replaced_by__replaces",
)  # fmt: skip
"""The tables and columns of a public page."""


def signed_list(organisation: str, number: int) -> bytes | None:
    """A status list as a signed credential; None where there is none, or no key to sign it with.

    It is made anew when a certificate of it ends or the key changes; until then it is the same to the last byte.
    """
    row = (
        StatusList._base_manager.select_related("organisation")
        .filter(organisation__key=organisation, number=number)
        .first()
    )
    key = of_list(row, issuer_of(row)) if row is not None else None
    if row is None or key is None:
        return None
    return _signed(row.pk, key[0].public, *_changed(row, key[0]))


def _changed(row: StatusList, key: IssuerKey) -> tuple[datetime, int]:
    """When the list last became another one, and how many places are set."""
    gone = Q(state__in=("revoked", "replaced")) | Q(key__state="revoked")
    found = Certificate._base_manager.filter(gone, status_list=row).aggregate(
        Max("ended_at"), Max("key__ended_at"), Count("pk")
    )
    moments = [key.made_at, found["ended_at__max"], found["key__ended_at__max"]]
    return max(one for one in moments if one is not None), found["pk__count"]


@lru_cache(maxsize=64)
def _signed(pk: int, _public: str, changed: datetime, _count: int) -> bytes | None:
    row = StatusList._base_manager.select_related("organisation").get(pk=pk)
    issuer = issuer_of(row)
    found = of_list(row, issuer)
    if found is None:  # revoked a moment ago
        return None
    key = found[1]
    issuer = issuer or issuer_id(row.organisation, key)
    bare = documents.status_list(revoked_places(row), id=list_address(row), issuer=issuer, valid_from=changed)
    method = documents.method_of(issuer, key.public_multikey)
    return _as_bytes(sign(bare, key, method=method, created=changed))


def keys_of_organisation(key: str) -> bytes | None:
    """The document behind `did:web:<host>:at:<key>`; None where there is no such organisation, or it never signed."""
    organisation = Organisation.objects.filter(key=key).first()
    held = keys_that_hold(organisation) if organisation is not None else []
    return _document(f"{_site()}:at:{key}", held) if held else None


def keys_of_site() -> bytes | None:
    """The document behind `did:web:<host>`: who stands at the top of the tree speaks for the site."""
    rows = IssuerKey._base_manager.filter(organisation__depth=1).exclude(state="revoked")
    held = list(rows.order_by("-pk").values_list("public", flat=True))
    return _document(_site(), held) if held else None


def everything() -> QuerySet[Certificate]:
    """Every certificate with what is public of it, for a copy of all of them."""
    rows = Certificate._base_manager.select_related(*_BESIDE)
    return rows.only(*_SHOWN, "credential", "token").order_by("pk")


def shown(public_id: str) -> Certificate | None:
    """What the public page says, and nothing besides: most of the time of a wider question goes into asking it."""
    return (
        Certificate._base_manager.select_related(*_BESIDE).only(*_SHOWN).filter(public_id=public_id).first()
    )


def signed(public_id: str) -> Certificate | None:
    """What programs fetch: the credential and its token, with what the picture of a badge says."""
    rows = Certificate._base_manager.filter(public_id=public_id)
    return rows.only(
        "public_id", "number", "content", "issued_on", "valid_until", "credential", "token"
    ).first()


def list_names() -> list[tuple[str, int]]:
    """(key of the organisation, number) of every status list."""
    rows = StatusList._base_manager.order_by("organisation__key", "number")
    return list(rows.values_list("organisation__key", "number"))


def issuers() -> list[str]:
    """The keys of all organisations that have signed."""
    rows = IssuerKey._base_manager.order_by("organisation__key").distinct()
    return list(rows.values_list("organisation__key", flat=True))


def _site() -> str:
    return f"did:web:{urlsplit(settings.ADDRESS).netloc.replace(':', '%3A')}"


def _document(did: str, held: list[str]) -> bytes:
    return _as_bytes(documents.did_document(did, held, also_known_as=[f"did:key:{one}" for one in held]))


def _as_bytes(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()
