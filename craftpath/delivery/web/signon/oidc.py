"""OpenID Connect, as the one who asks: code flow with PKCE, and a token that is believed only whole.

PyJWT checks signatures. The token is taken if its issuer, audience, time, nonce and key all fit; one reason is as good
as another to refuse it, and the browser is told no more than that it does not fit.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from urllib.parse import urlencode

import jwt

from craftpath.delivery.web.signon.speaking import Unfit, asked, word, words
from craftpath.kernel.sign_on.entering import Vouched
from craftpath.kernel.sign_ons import SignOnProvider
from craftpath.kernel.tokens import unsealed

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LEEWAY = 60  # seconds that two clocks may be apart


def described(provider: SignOnProvider) -> dict[str, Any]:
    """What the provider says of itself; it must call itself by the issuer that was entered."""
    found = asked(f"{provider.issuer}/.well-known/openid-configuration")
    if word(found.get("issuer"), 500).rstrip("/") != provider.issuer:
        raise Unfit("another issuer")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not word(found.get(name), 500):
            raise Unfit(f"no {name}")
    return found


def way_there(provider: SignOnProvider, back: str, kept: dict[str, str]) -> str:
    """Where the browser goes to sign in."""
    digest = hashlib.sha256(kept["verifier"].encode()).digest()
    told = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": "openid profile email",
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    there = str(described(provider)["authorization_endpoint"])
    return f"{there}{'&' if '?' in there else '?'}{urlencode(told)}"


def vouched(provider: SignOnProvider, back: str, kept: dict[str, str], code: str) -> Vouched:
    """Whom the provider vouches for with this code."""
    said = described(provider)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "client_id": provider.client_id,
        "client_secret": unsealed(provider.secret),
        "code_verifier": kept["verifier"],
    }
    answer = asked(str(said["token_endpoint"]), form)
    token = word(answer.get("id_token"), 65_536)
    if not token:
        raise Unfit("no token")
    return _read(provider, believed(provider, token, asked(str(said["jwks_uri"])), kept["nonce"]))


def believed(provider: SignOnProvider, token: str, keys: dict[str, Any], nonce: str) -> dict[str, Any]:
    """The claims of a token of which everything fits; `Unfit` for any other."""
    try:
        head = jwt.get_unverified_header(token)
        claims: dict[str, Any] = jwt.decode(
            token,
            _key(keys, head),
            algorithms=ALGORITHMS,
            audience=provider.client_id,
            options={"require": ["exp", "iat", "iss", "aud", "sub"], "verify_iss": False},
            leeway=LEEWAY,
        )
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, AttributeError) as fault:
        raise Unfit(type(fault).__name__) from fault
    if str(claims["iss"]).rstrip("/") != provider.issuer:
        raise Unfit("another issuer")
    audience = claims["aud"]
    several = isinstance(audience, list) and len(audience) > 1
    if (several or "azp" in claims) and claims.get("azp") != provider.client_id:
        raise Unfit("made for another client")
    if not nonce or claims.get("nonce") != nonce:
        raise Unfit("another nonce")
    if not word(claims["sub"]):
        raise Unfit("nobody")
    return claims


def _key(keys: dict[str, Any], head: dict[str, Any]) -> Any:
    """The public key that the token names; without a name the only one there is. Never a shared secret."""
    found = [
        one
        for one in keys.get("keys", [])
        if isinstance(one, dict) and one.get("use", "sig") == "sig" and one.get("kty") in {"RSA", "EC", "OKP"}
    ]
    if head.get("alg") not in ALGORITHMS:
        raise Unfit("an algorithm that proves nothing")
    named = [one for one in found if one.get("kid") == head.get("kid")] if head.get("kid") else found
    if len(named) != 1:
        raise Unfit("unknown key")
    return jwt.PyJWK(named[0], algorithm=head.get("alg")).key


def _read(provider: SignOnProvider, claims: dict[str, Any]) -> Vouched:
    verified = claims.get("email_verified") is True
    return Vouched(
        subject=word(claims["sub"]),
        name=word(claims.get("name"), 120),
        email=word(claims.get("email"), 254) if verified else "",
        number=word(claims.get(provider.number_claim), 200) if provider.number_claim else "",
        groups=words(claims.get(provider.groups_claim)) if provider.groups_claim else [],
    )
