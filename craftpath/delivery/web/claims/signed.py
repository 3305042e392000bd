"""What digital credentials among the evidence prove, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.claims import checking, queries

if TYPE_CHECKING:
    from craftpath.domain.claims.checking import Signed
    from craftpath.domain.claims.models import Claim


def of(request: Request, row: Claim) -> list[dict[str, Any]]:
    """One for each digital credential of a claim; no query without one."""
    found = [one for one in row.evidence.all() if one.media_type in checking.SIGNED]
    if not found:
        return []
    trusted = list(queries.issuers(row.organisation, request.today))
    return [_said(checking.look(one, trusted, request.at)) for one in found]


def _said(found: Signed) -> dict[str, Any]:
    tone, title = _verdict(found)
    return {
        "sure": found.sure and found.own is True,
        "tone": tone,
        "title": title,
        "issuer": found.known.name if found.known else "",
        "name": found.title,
        "holder": found.holder,
        "own": found.own,
        "unsure": found.report["status"].code == "not_looked_up",
    }


def _verdict(found: Signed) -> tuple[str, str]:
    """(tone, words): the first thing that speaks against it, else what speaks for it."""
    proof, dates, status = (found.report[name] for name in ("proof", "dates", "status"))
    if proof.code == "key_unknown":
        return "attention", _("The key of its issuer is not known here, so the signature cannot be checked.")
    if proof.ok is not True:
        return "wrong", _("The signature does not hold: the file was changed, or it was never signed.")
    if dates.ok is not True:
        return "wrong", _("Signed, but it is not in force today.")
    if status.ok is False:
        return "wrong", _("Signed, but its issuer has revoked it.")
    if not found.report.valid:
        return "wrong", _("Signed, but it is not built as such a credential must be.")
    if found.sure:
        return "good", _("Signature valid, issuer known.")
    return "attention", _("Signature valid, but this office does not know the issuer.")
