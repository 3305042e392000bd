"""OpenID Connect, as the one who asks: code flow with PKCE, and a token that is believed only whole.

PyJWT checks signatures. The token is taken if its issuer, audience, time, nonce and key all fit; one reason is as good
as another to refuse it, and the browser is told no more than that it does not fit. Keys are asked for anew at each
sign-in: a provider may change them at any hour, and one that is gone serves nobody.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from urllib.parse import quote, urlencode

import jwt
from django.utils.crypto import constant_time_compare

from craftpath.delivery.web.signon.speaking import Unfit, asked, for_browsers, word, words
from craftpath.kernel.sign_on.entering import Vouched
from craftpath.kernel.sign_ons import Match, SignOnProvider, Unknown
from craftpath.kernel.tokens import unsealed

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
FAMILIES = {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}  # which kind of key an algorithm wants
CURVES = {"ES256": "P-256", "ES384": "P-384", "ES512": "P-521", "EdDSA": "Ed25519"}
LEAST_BITS = 2048  # of an RSA key
LEEWAY = 60  # seconds that two clocks may be apart
MORE = "_claim_names"  # claims that a provider leaves out because there are too many of them
PROTOCOL = {"iss", "aud", "exp", "iat", "nbf", "nonce", "azp", "at_hash", "c_hash", "sub", MORE}


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
    if not for_browsers(there):
        raise Unfit("no address for a browser")
    return f"{there}{'&' if '?' in there else '?'}{urlencode(told)}"


def vouched(
    provider: SignOnProvider, back: str, kept: dict[str, str], code: str, issuer: str = ""
) -> Vouched:
    """Whom the provider vouches for with this code; `issuer` is who says so in the address that came back."""
    said = described(provider)
    named = issuer.rstrip("/")
    if named != provider.issuer and (
        named or said.get("authorization_response_iss_parameter_supported") is True
    ):
        raise Unfit("an answer of another issuer")
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": kept["verifier"],
    }
    answer = asked(str(said["token_endpoint"]), *_named(provider, said, form))
    token = word(answer.get("id_token"), 65_536)
    if not token:
        raise Unfit("no token")
    claims = believed(provider, token, asked(str(said["jwks_uri"])), kept["nonce"])
    if any(name not in claims for name in _wanted(provider)):
        claims = _whole(said, claims, word(answer.get("access_token"), 8192))
    return _read(provider, claims)


def _named(
    provider: SignOnProvider, said: dict[str, Any], form: dict[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The form and the headers that say who asks: by Basic where the provider takes that, which is the rule."""
    secret = unsealed(provider.secret)
    ways = said.get("token_endpoint_auth_methods_supported")
    if isinstance(ways, list) and "client_secret_basic" not in ways:
        return {**form, "client_id": provider.client_id, "client_secret": secret}, {}
    pair = f"{quote(provider.client_id, safe='')}:{quote(secret, safe='')}"
    return form, {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}


def believed(provider: SignOnProvider, token: str, keys: dict[str, Any], nonce: str) -> dict[str, Any]:
    """The claims of a token of which everything fits; `Unfit` for any other."""
    try:
        head = jwt.get_unverified_header(token)
        claims: dict[str, Any] = jwt.decode(
            token,
            _key(keys, head),
            algorithms=[head["alg"]],
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
    said = claims.get("nonce")
    if not nonce or not isinstance(said, str) or not constant_time_compare(said, nonce):
        raise Unfit("another nonce")
    if not word(claims["sub"]):
        raise Unfit("nobody")
    return claims


def _key(keys: dict[str, Any], head: dict[str, Any]) -> Any:
    """The public key that the token names; without a name the only one there is. Never a shared secret.

    What the key is for decides, not what the token says of itself: another algorithm than the key's is refused.
    """
    algorithm = head.get("alg")
    if algorithm not in ALGORITHMS:
        raise Unfit("an algorithm that proves nothing")
    found = [
        one
        for one in keys.get("keys", [])
        if isinstance(one, dict) and one.get("use", "sig") == "sig" and one.get("kty") in {"RSA", "EC", "OKP"}
    ]
    named = [one for one in found if one.get("kid") == head["kid"]] if "kid" in head else found
    if len(named) != 1:
        raise Unfit("unknown key")
    [key] = named
    if key.get("alg", algorithm) != algorithm or key["kty"] != FAMILIES[algorithm[:2]]:
        raise Unfit("a key of another kind")
    if algorithm in CURVES and key.get("crv") != CURVES[algorithm]:
        raise Unfit("a key of another curve")
    made = jwt.PyJWK(key, algorithm=algorithm).key
    if key["kty"] == "RSA" and made.key_size < LEAST_BITS:
        raise Unfit("a key that is too short")
    return made


def _wanted(provider: SignOnProvider) -> set[str]:
    """The claims without which it is asked for more."""
    by_mail = provider.match == Match.EMAIL or provider.unknown == Unknown.INVITE
    named = {provider.number_claim, provider.groups_claim} - {""}
    return named | ({"email", "email_verified"} if by_mail else set())


def _whole(said: dict[str, Any], claims: dict[str, Any], access: str) -> dict[str, Any]:
    """With what the provider tells only where it is asked: of the same person, and never against the token."""
    where = word(said.get("userinfo_endpoint"), 500)
    if not where or not access:
        return claims
    more = asked(where, headers={"Authorization": f"Bearer {access}"})
    if more.get("sub") != claims["sub"]:
        raise Unfit("it speaks of somebody else")
    return {name: value for name, value in more.items() if name not in PROTOCOL} | claims


def _read(provider: SignOnProvider, claims: dict[str, Any]) -> Vouched:
    verified = claims.get("email_verified") is True
    return Vouched(
        subject=word(claims["sub"]),
        name=word(claims.get("name"), 120),
        email=word(claims.get("email"), 254) if verified else "",
        number=word(claims.get(provider.number_claim), 200) if provider.number_claim else "",
        groups=_groups(provider.groups_claim, claims),
    )


def _groups(claim: str, claims: dict[str, Any]) -> list[str] | None:
    """The groups; None where the provider says that it left them out because there are too many."""
    left_out = claims.get(MORE)
    if claim and claim not in claims and isinstance(left_out, dict) and claim in left_out:
        return None
    return words(claims.get(claim)) if claim else []
