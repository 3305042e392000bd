"""OAuth 2 for programs that know no other way: a service token's id and secret for the token that they make."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from craftpath.delivery.exchange.programs import TOO_OFTEN, admit
from craftpath.delivery.ims.answers import answer, served
from craftpath.kernel.clients import PREFIX, Admitted, presented

CORE = "https://purl.imsglobal.org/spec/or/v1p2/scope/"
SCOPES = {
    f"{CORE}roster.readonly": "roster:read",
    f"{CORE}roster-core.readonly": "roster:read",
    f"{CORE}roster-demographics.readonly": "roster:read",
    f"{CORE}gradebook.readonly": "roster:read",
    f"{CORE}gradebook.createput": "roster:write",
    f"{CORE}gradebook.delete": "roster:write",
    "https://purl.imsglobal.org/spec/case/v1p1/scope/case.readonly": "frameworks:read",
}
"""1EdTech's scopes, and ours that opens them."""
LONGEST = 3600  # seconds for which an answer is believed; the token itself lasts until its day


@served("POST")
def token(request: HttpRequest) -> HttpResponse:
    """`grant_type=client_credentials` with id and secret, in the header or in the body; refused as RFC 6749 says."""
    if request.POST.get("grant_type") != "client_credentials":
        return _refused(400, "unsupported_grant_type")
    header = request.headers.get("Authorization", "")
    if not header:
        public_id, secret = request.POST.get("client_id", ""), request.POST.get("client_secret", "")
        header = f"Bearer {PREFIX}{public_id}_{secret}"
    public_id, secret = presented(header)
    come: Admitted | None = getattr(request, "admitted", None) or (
        admit(request, header) if public_id else None
    )
    if come is None:
        busy = getattr(request, "not_admitted", "") == TOO_OFTEN
        return _refused(429, "temporarily_unavailable") if busy else _refused(401, "invalid_client")
    asked = request.POST.get("scope", "").split()[:50]
    if any(not come.may(SCOPES.get(scope, scope)) for scope in asked):
        return _refused(400, "invalid_scope")
    granted = asked or [scope for scope, ours in SCOPES.items() if come.may(ours)]
    response = answer(
        {
            "access_token": f"{PREFIX}{public_id}_{secret}",
            "token_type": "Bearer",
            "expires_in": _seconds(come.client.expires_at),
            "scope": " ".join(granted),
        }
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _seconds(until: datetime) -> int:
    return max(0, min(LONGEST, int((until - timezone.now()).total_seconds())))


def _refused(status: int, error: str) -> HttpResponse:
    response = answer({"error": error}, status)
    response.headers["Cache-Control"] = "no-store"
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="Craftpath"'
    return response
