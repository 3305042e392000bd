"""What else an answer must be: of the issuer that was asked, by a key of the right kind, of one and the same person."""

from __future__ import annotations

import json
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.test import Client

from craftpath.kernel.sign_on.keeping import switch_provider
from craftpath.kernel.sign_ons import SignOnLink, SignOnProvider
from tests.cast import Cast
from tests.web.signon.ways import MAIL, Ways, at_provider, held, out, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows", "no_earlier_tries")]


def _refused(ways: Ways) -> bool:
    client, answer = ways.come()
    return answer.status_code == 403 and out(client) and not SignOnLink.objects.exists()


def test_a_provider_that_takes_the_secret_by_basic_only_gets_it_so(ways: Ways) -> None:
    ways.idp.basic = True
    assert ways.come()[1].url == "/"


@pytest.mark.parametrize("methods", [None, ["client_secret_basic", "private_key_jwt"], "x"], ids=str)
def test_where_nothing_is_said_of_it_basic_is_the_rule(ways: Ways, methods: Any) -> None:
    ways.idp.basic, ways.idp.said = True, {"token_endpoint_auth_methods_supported": methods}
    assert ways.come()[1].url == "/"


def test_what_the_token_leaves_out_is_asked_for(ways: Ways) -> None:
    ways.idp.claims, ways.idp.more = {}, {"sub": "s-1", "email": MAIL, "email_verified": True}
    assert ways.come()[1].url == "/"


@pytest.mark.parametrize("sub", ["s-2", "", None, ["s-1"]], ids=str)
def test_what_is_asked_for_must_be_of_the_same_person(ways: Ways, sub: Any) -> None:
    ways.idp.claims, ways.idp.more = {}, {"sub": sub, "email": MAIL, "email_verified": True}
    assert _refused(ways)


def test_what_is_asked_for_never_comes_over_the_token(ways: Ways) -> None:
    ways.change(groups_claim="groups")  # left out, so it asks
    ways.idp.claims = {"email": "nobody@lanchuan.example", "email_verified": True}
    ways.idp.more = {"sub": "s-1", "email": MAIL, "email_verified": True}
    assert _refused(ways)


@pytest.mark.parametrize("says", ["https://evil.example", ""], ids=["another", "none"])
def test_an_answer_of_another_issuer_is_refused(ways: Ways, says: str) -> None:
    """A second provider that sends the browser here with a code of its own (mix-up)."""
    ways.idp.said = {"authorization_response_iss_parameter_supported": True}
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    back = at_provider(ways.there(client))
    assert client.get(f"{back}&iss={says}").status_code == 403
    assert out(client)
    back = at_provider(ways.there(client))
    assert client.get(f"{back}&iss={ways.idp.issuer}").url == "/"


def test_without_a_code_nothing_is_asked(ways: Ways) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    back = at_provider(ways.there(client))
    assert client.get(back.replace("code=", "nothing=")).status_code == 403
    assert ways.idp.asked == []


def _listed(key: Any, **more: str) -> dict[str, Any]:
    kind = jwt.algorithms.ECAlgorithm if hasattr(key, "curve") else jwt.algorithms.RSAAlgorithm
    return {**json.loads(kind.to_jwk(key.public_key())), "kid": "1", "use": "sig"} | more


def test_a_new_key_of_the_provider_serves_at_once(ways: Ways) -> None:
    assert ways.come()[1].url == "/"
    ways.idp.key, ways.idp.head = ways.idp.other_key, {"kid": "2"}
    ways.idp.listed = [_listed(ways.idp.key, kid="2")]
    assert ways.come()[1].url == "/"


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")  # of the one who lies
@pytest.mark.parametrize("bend", ["algorithm", "short", "curve", "kind", "use", "two"])
def test_a_key_that_is_not_for_this_is_refused(ways: Ways, bend: str) -> None:
    good = _listed(ways.idp.key, alg="RS256")
    if bend == "algorithm":  # the key says what it is for, not the token
        ways.idp.head = {"alg": "PS256"}
    elif bend == "short":
        ways.idp.key = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505
        good = _listed(ways.idp.key)
    elif bend in {"curve", "kind"}:
        ways.idp.key = ec.generate_private_key(ec.SECP384R1())  # type: ignore[assignment]
        ways.idp.head = {"alg": "ES384"}
        good = _listed(ways.idp.key) | ({"crv": "P-256"} if bend == "curve" else {"kty": "RSA"})
    elif bend == "use":
        good["use"] = "enc"
    ways.idp.listed = [good, good] if bend == "two" else [good]
    assert _refused(ways)


def test_a_key_of_a_curve_serves(ways: Ways) -> None:
    ways.idp.key = ec.generate_private_key(ec.SECP384R1())  # type: ignore[assignment]
    ways.idp.head, ways.idp.listed = {"alg": "ES384"}, [_listed(ways.idp.key)]
    assert ways.come()[1].url == "/"


@pytest.mark.parametrize(
    "there", ["javascript:alert(1)//", "http://evil.example/", 'https://a"b/', "//evil.example"]
)
def test_the_browser_is_led_to_web_addresses_only(ways: Ways, there: str) -> None:
    ways.idp.said = {"authorization_endpoint": there}
    answer = Client(HTTP_ACCEPT_LANGUAGE="en").post(f"{ways.root}start/")
    assert (answer.status_code, there in words(answer)) == (502, False)


def test_groups_that_were_left_out_take_nothing_away(ways: Ways, cast: Cast) -> None:
    """There were too many for one token: that is not the same as none."""
    person = cast.people["trainer"]
    ways.mean(Audit="auditor")
    ways.idp.claims["groups"] = ["Audit"]
    ways.come()
    del ways.idp.claims["groups"]
    ways.idp.claims["_claim_names"] = {"groups": "src1"}
    assert ways.come()[1].url == "/"
    assert held(person) == {"trainer", "auditor"}
    assert SignOnLink.objects.get().groups == ["Audit"]
    del ways.idp.claims["_claim_names"]
    ways.come()
    assert held(person) == {"trainer"}


def test_another_claim_of_groups_is_looked_at_anew(ways: Ways) -> None:
    ways.mean(Audit="auditor")
    assert SignOnProvider.objects.get().groups_at is not None
    ways.change(groups_claim="roles")
    assert SignOnProvider.objects.get().groups_at is None


def test_what_is_removed_leaves_no_link(ways: Ways) -> None:
    ways.come()
    switch_provider(ways.row, "removed", by=ways.by, at=ways.row.made_at)
    assert not SignOnLink.objects.exists()
