"""SAML: signed assertions come in; wrapped, moved, forged, late and foreign ones are refused."""

from __future__ import annotations

import base64
import copy
import re
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from lxml import etree
from signxml import SignatureMethod, XMLSigner

from craftpath.delivery.web.signon import saml
from craftpath.delivery.web.signon.saml import A, D, P
from craftpath.delivery.web.signon.speaking import Unfit
from craftpath.kernel.people import Person
from craftpath.kernel.sign_on.keeping import Settings, add_provider, switch_provider
from craftpath.kernel.sign_ons import SignOnLink, SignOnProvider
from tests.cast import AT, Cast
from tests.web.signon.assertions import ISSUER, Side, moment, sent
from tests.web.signon.ways import out, words

BACK, ENTITY, STATE = "https://here/assertion/", "https://here/metadata/", "state-1"
NOW = datetime.now(UTC)
SIDE = Side()


def _row(**said: str) -> Any:
    told = {"certificate": SIDE.pem, "issuer": ISSUER, "number_claim": "", "groups_claim": "groups"}
    return SimpleNamespace(**(told | said))


def _vouched(root: Any, row: Any = None) -> Any:
    return saml.vouched(row or _row(), sent(root), BACK, ENTITY, STATE, NOW)


def _text(**lie: str) -> str:
    return SIDE.text(BACK, ENTITY, STATE, NOW, **lie)


@pytest.mark.parametrize("whole", [True, False], ids=["answer", "assertion"])
def test_what_is_signed_is_read(whole: bool) -> None:
    said = _vouched(SIDE.signed(_text(), whole=whole))
    assert (said.subject, said.email, said.groups) == ("u-1", "ma@lanchuan.example", ["T"])


@pytest.mark.parametrize(
    "lie",
    [
        {"issuer": "https://evil.example"}, {"audience": "https://elsewhere/metadata/"}, {"state": "other"},
        {"back": "https://elsewhere/"}, {"who": ""}, {"until": moment(NOW, -3)}, {"since": moment(NOW, 3)},
        {"until": "soon"}, {"method": "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"},
        {"status": "urn:oasis:names:tc:SAML:2.0:status:Responder"},
        {"format": "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"},
    ],
    ids=[
        "issuer", "audience", "state", "back", "who", "over", "not yet", "until", "method", "status", "format",
    ],
)  # fmt: skip
def test_an_assertion_that_does_not_fit_is_refused(lie: dict[str, str]) -> None:
    with pytest.raises(Unfit):
        _vouched(SIDE.signed(_text(**lie)))


def _unsigned(root: Any) -> Any:
    for one in root.findall(f".//{{{D}}}Signature"):
        one.getparent().remove(one)
    return root


def _changed(root: Any) -> Any:
    root.find(f".//{{{A}}}NameID").text = "admin"
    return root


def _evil(root: Any) -> Any:
    """The same assertion without a signature, of somebody else."""
    evil = copy.deepcopy(root.find(f".//{{{A}}}Assertion"))
    _unsigned(evil)
    evil.set("ID", "_evil")
    evil.find(f".//{{{A}}}NameID").text = "admin"
    return evil


def _beside(root: Any) -> Any:
    """XSW: a second one stands before the signed one."""
    root.insert(2, _evil(root))
    return root


def _behind(root: Any) -> Any:
    root.append(_evil(root))
    return root


def _around(root: Any) -> Any:
    """XSW: the forged one takes the place, and the signed one hides in its signature's Object."""
    evil, real = _evil(root), root.find(f"{{{A}}}Assertion")
    signature = copy.deepcopy(real.find(f"{{{D}}}Signature"))
    root.remove(real)
    real.remove(real.find(f"{{{D}}}Signature"))
    hidden = etree.SubElement(signature, f"{{{D}}}Object")
    hidden.append(real)
    evil.insert(1, signature)
    root.append(evil)
    return root


def _elsewhere(root: Any) -> Any:
    """XSW: the signed one moves into an extension, the forged one stands in its place."""
    evil, real = _evil(root), root.find(f"{{{A}}}Assertion")
    root.remove(real)
    shelf = etree.Element(f"{{{P}}}Extensions")
    shelf.append(real)
    root.insert(1, shelf)
    root.append(evil)
    return root


def _whole_inside(root: Any) -> Any:
    """XSW: the signed answer lies in a forged answer."""
    evil = copy.deepcopy(root)
    _unsigned(evil)
    evil.find(f".//{{{A}}}NameID").text = "admin"
    evil.set("ID", "_evil")
    evil.find(f"{{{A}}}Assertion").append(root)
    return evil


def _same_id(root: Any) -> Any:
    evil = _evil(root)
    evil.set("ID", "_a")
    root.insert(2, evil)
    return root


@pytest.mark.parametrize(
    "bend", [_unsigned, _changed, _beside, _behind, _around, _elsewhere, _whole_inside, _same_id]
)
def test_wrapped_and_changed_signatures_are_refused(bend: Callable[[Any], Any]) -> None:
    with pytest.raises(Unfit):
        _vouched(bend(SIDE.signed(_text())))


@pytest.mark.parametrize("bend", [_unsigned, _changed, _beside, _behind, _whole_inside])
def test_a_signed_answer_does_not_vouch_for_what_was_put_into_it(bend: Callable[[Any], Any]) -> None:
    with pytest.raises(Unfit):
        _vouched(bend(SIDE.signed(_text(), whole=True)))


def test_a_comment_cuts_no_name() -> None:
    root = SIDE.signed(_text(who="u-1<!-- -->.evil"))
    assert _vouched(root).subject == "u-1.evil"


def test_somebody_else_s_key_is_refused() -> None:
    with pytest.raises(Unfit):
        _vouched(Side().signed(_text()))


def test_a_comment_that_is_signed_makes_no_name() -> None:
    """Some sign with comments: then the name is not one text, and nobody guesses which half counts."""
    root = etree.fromstring(_text(who="u-1<!-- -->.evil").encode())
    node = root.find(f"{{{A}}}Assertion")
    signer = XMLSigner(c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#WithComments")
    made = signer.sign(node, key=SIDE.key, cert=[SIDE.certificate], reference_uri="_a", id_attribute="ID")
    root.replace(node, made)
    with pytest.raises(Unfit):
        _vouched(root)


def test_the_certificate_is_no_shared_secret() -> None:
    """What is public signs nothing, by whichever method."""
    root = etree.fromstring(_text().encode())
    node = root.find(f"{{{A}}}Assertion")
    signer = XMLSigner(signature_algorithm=SignatureMethod.HMAC_SHA256)
    made = signer.sign(
        node, key=SIDE.pem.encode(), reference_uri="_a", id_attribute="ID", always_add_key_value=False
    )
    root.replace(node, made)
    with pytest.raises(Unfit):
        _vouched(root)


@pytest.mark.parametrize("name", ["Destination", "InResponseTo"])
def test_an_answer_to_another_question_or_place_is_refused(name: str) -> None:
    root = SIDE.signed(_text())
    root.set(name, BACK if name == "Destination" else f"_{STATE}")
    assert _vouched(root).subject == "u-1"
    root.set(name, "elsewhere")
    with pytest.raises(Unfit):
        _vouched(root)


@pytest.mark.parametrize("name", ["EncryptedAssertion", "EncryptedID"])
def test_what_is_encrypted_says_so(name: str) -> None:
    root = etree.fromstring(_text().encode())
    assertion = root.find(f"{{{A}}}Assertion")
    hidden = etree.Element(f"{{{A}}}{name}")
    if name == "EncryptedAssertion":
        root.replace(assertion, hidden)
    else:
        assertion.find(f"{{{A}}}Subject").append(hidden)
    with pytest.raises(Unfit) as fault:
        _vouched(root)
    assert fault.value.reason == "kernel.sign_on_encrypted"


def test_an_answer_in_lines_is_read() -> None:
    text = sent(SIDE.signed(_text()))
    lines = "\r\n".join(text[at : at + 76] for at in range(0, len(text), 76))
    assert saml.vouched(_row(), lines, BACK, ENTITY, STATE, NOW).subject == "u-1"
    with pytest.raises(Unfit):
        saml.vouched(_row(), text + "A" * saml.MOST, BACK, ENTITY, STATE, NOW)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"x", b"<a/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"\xff\xfe", b"<a>" * 5000,
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    ],
    ids=lambda content: repr(content[:20]),
)  # fmt: skip
def test_what_is_no_answer_is_refused(content: bytes) -> None:
    with pytest.raises(Unfit):
        saml.vouched(_row(), base64.b64encode(content).decode(), BACK, ENTITY, STATE, NOW)
    with pytest.raises(Unfit):
        saml.vouched(_row(), "no base64 …", BACK, ENTITY, STATE, NOW)


@pytest.fixture
def row(cast: Cast, all_rows: None) -> SignOnProvider:
    cache.clear()
    Person.objects.filter(pk=cast.people["trainer"].pk).update(email="ma@lanchuan.example")
    said = Settings(
        "saml", "College account", issuer=ISSUER, address="https://idp.example/sso?x=1", certificate=SIDE.pem,
        match="email",
    )  # fmt: skip
    by = cast.actor("administrator")
    return switch_provider(add_provider(cast.college, said, by=by, at=AT), "on", by=by, at=AT)


def _there(row: SignOnProvider, client: Client) -> str:
    """The state that the question carries."""
    answer = client.post(f"/account/organisation/{row.public_id}/start/")
    found = re.search(r'content="0; url=([^"]+)"', words(answer))
    assert found
    assert found[1].startswith("https://idp.example/sso?x=1&SAMLRequest=")
    return parse_qs(urlsplit(found[1]).query)["RelayState"][0]


def _answer(row: SignOnProvider, state: str, **lie: str) -> dict[str, str]:
    root = f"http://testserver/account/organisation/{row.public_id}/"
    text = SIDE.text(f"{root}assertion/", f"{root}metadata/", state, datetime.now(UTC), **lie)
    return {"SAMLResponse": sent(SIDE.signed(text)), "RelayState": state}


@pytest.mark.django_db
def test_the_whole_way_and_only_once_and_only_for_the_browser_that_asked(
    row: SignOnProvider, cast: Cast
) -> None:
    client, thief = (
        Client(HTTP_ACCEPT_LANGUAGE="en"),
        Client(HTTP_ACCEPT_LANGUAGE="en", enforce_csrf_checks=True),
    )
    state = _there(row, client)
    # The form comes from another site, so without the session: any browser may send it.
    sent_on = thief.post(f"/account/organisation/{row.public_id}/assertion/", _answer(row, state))
    assert sent_on.status_code == 302
    assert thief.get(sent_on.url).status_code == 403
    assert out(thief)
    again = thief.post(f"/account/organisation/{row.public_id}/assertion/", _answer(row, state))
    assert client.get(again.url).url == "/"
    assert client.session["_auth_user_id"] == str(cast.people["trainer"].pk)
    assert client.get(again.url).status_code == 403, "it serves once"
    assert SignOnLink.objects.get().subject == "u-1"


@pytest.mark.django_db
@pytest.mark.parametrize("bend", ["state", "none", "key", "unasked"])
def test_a_form_that_does_not_fit_is_refused(row: SignOnProvider, bend: str) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    state = _there(row, client)
    form = _answer(row, state)
    if bend == "state":
        form["RelayState"] = "other"
    elif bend == "none":
        form = {}
    elif bend == "unasked":  # sign-on that begins at the other side
        form["RelayState"] = ""
    else:
        SignOnProvider.objects.update(certificate=Side().pem)
    answer = client.post(f"/account/organisation/{row.public_id}/assertion/", form)
    assert (answer.status_code, out(client)) == (403, True)
    assert "does not fit what was asked" in words(answer)


@pytest.mark.django_db
def test_the_other_side_reads_what_this_site_is_called(row: SignOnProvider) -> None:
    answer = Client().get(f"/account/organisation/{row.public_id}/metadata/")
    root = etree.fromstring(answer.content)
    assert root.get("entityID") == f"http://testserver/account/organisation/{row.public_id}/metadata/"
    assert Client().get("/account/organisation/nothing/metadata/").status_code == 404
