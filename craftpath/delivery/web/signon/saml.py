"""SAML 2.0: one assertion, signed with the certificate that was entered; nothing is read but what was signed.

signxml says which piece of the document its signature covers; only that piece is looked at from then on, so an
assertion that somebody wrapped around it, or slipped in beside it, says nothing. Encrypted ones are not taken.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from craftpath.delivery.exchange.xml_in import NoXml, tree
from craftpath.delivery.web.signon.speaking import Unfit, word, words
from craftpath.kernel.sign_on.entering import Vouched
from craftpath.kernel.sign_ons import SignOnProvider

P = "urn:oasis:names:tc:SAML:2.0:protocol"
A = "urn:oasis:names:tc:SAML:2.0:assertion"
D = "http://www.w3.org/2000/09/xmldsig#"
X = "http://www.w3.org/2001/04/xmlenc#"
POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
MAIL = (
    "mail",
    "email",
    "urn:oid:0.9.2342.19200300.100.1.3",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
)
NAME = (
    "displayName",
    "urn:oid:2.16.840.1.113730.3.1.241",
    "http://schemas.microsoft.com/identity/claims/displayname",
)
LEEWAY = timedelta(seconds=60)
MOST = 512 * 1024  # bytes of an answer


def way_there(provider: SignOnProvider, back: str, entity: str, kept: dict[str, str], at: datetime) -> str:
    """Where the browser goes to sign in, with a question that has the state for its id."""
    asked = (
        f'<samlp:AuthnRequest xmlns:samlp="{P}" xmlns:saml="{A}" ID={quoteattr("_" + kept["state"])} Version="2.0" '
        f'IssueInstant="{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" Destination={quoteattr(provider.address)} '
        f'AssertionConsumerServiceURL={quoteattr(back)} ProtocolBinding="{POST}">'
        f"<saml:Issuer>{escape(entity)}</saml:Issuer></samlp:AuthnRequest>"
    )
    packed = zlib.compressobj(wbits=-15)
    deflated = packed.compress(asked.encode()) + packed.flush()
    query = urlencode({"SAMLRequest": base64.b64encode(deflated).decode(), "RelayState": kept["state"]})
    return f"{provider.address}{'&' if '?' in provider.address else '?'}{query}"


def described(back: str, entity: str) -> str:
    """What the other side is to know of this site."""
    return (
        f'<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID={quoteattr(entity)}>'
        f'<md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" '
        f'protocolSupportEnumeration="{P}"><md:AssertionConsumerService Binding="{POST}" '
        f'Location={quoteattr(back)} index="0" isDefault="true"/></md:SPSSODescriptor></md:EntityDescriptor>'
    )


def vouched(provider: SignOnProvider, sent: str, back: str, entity: str, state: str, at: datetime) -> Vouched:
    """Whom the provider vouches for with this answer; `Unfit` for any that does not fit in every point."""
    if len(sent) > MOST:
        raise Unfit("too long")
    try:
        content = base64.b64decode("".join(sent.split()), validate=True)  # lines of 76 letters are usual
    except (binascii.Error, ValueError):
        raise Unfit("no answer") from None
    root = answered(content)
    for name, wanted in (("Destination", back), ("InResponseTo", f"_{state}")):
        if root.get(name, wanted) != wanted:  # nobody need have signed these, so they only ever refuse
            raise Unfit(f"another {name}")
    return read(provider, believed(provider, root), back, entity, state, at)


def answered(content: bytes) -> Any:
    """An answer that says that somebody signed in, with one assertion that can be read."""
    try:
        tree(content)  # no document type, no entities
        root = etree.fromstring(
            content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        )
    except (NoXml, etree.XMLSyntaxError, ValueError):
        raise Unfit("no XML") from None
    if root.tag != f"{{{P}}}Response" or root.get("Version") != "2.0":
        raise Unfit("no answer")
    status = root.find(f"{{{P}}}Status/{{{P}}}StatusCode")
    if status is None or status.get("Value") != SUCCESS:
        raise Unfit("no success")
    if (
        next(root.iter(f"{{{A}}}EncryptedAssertion", f"{{{A}}}EncryptedID", f"{{{X}}}EncryptedData"), None)
        is not None
    ):
        raise Unfit("encrypted", "kernel.sign_on_encrypted")
    if len(root.findall(f".//{{{A}}}Assertion")) != 1:
        raise Unfit("not one assertion")
    return root


def believed(provider: SignOnProvider, root: Any) -> Any:
    """The assertion that is signed with the entered certificate, as it stands in what was signed."""
    # Brought in only where it is used, since it costs a moment.
    from signxml.algorithms import SignatureMethod  # noqa: PLC0415
    from signxml.exceptions import SignXMLException  # noqa: PLC0415
    from signxml.verifier import SignatureConfiguration, XMLVerifier  # noqa: PLC0415

    proving = frozenset(
        one for one in SignatureMethod if "SHA1" not in one.name and not one.name.startswith(("HMAC", "DSA"))
    )
    whole = root.find(f"{{{D}}}Signature") is not None
    config = SignatureConfiguration(
        location="./" if whole else f"./{{{A}}}Assertion/", signature_methods=proving
    )
    try:
        result: Any = XMLVerifier().verify(
            root, x509_cert=provider.certificate, expect_config=config, id_attribute="ID"
        )
    except (SignXMLException, etree.LxmlError, ValueError, TypeError, KeyError, AttributeError) as fault:
        raise Unfit(type(fault).__name__) from fault
    signed = result.signed_xml
    if signed is None:
        raise Unfit("nothing is signed")
    if signed.tag == f"{{{P}}}Response":
        found = signed.findall(f"{{{A}}}Assertion")
        signed = found[0] if len(found) == 1 else None
    if signed is None or signed.tag != f"{{{A}}}Assertion":
        raise Unfit("something else is signed")
    return signed


def read(
    provider: SignOnProvider, assertion: Any, back: str, entity: str, state: str, at: datetime
) -> Vouched:
    """Who it is, once issuer, audience, time, receiver and question fit."""
    if _text(assertion.find(f"{{{A}}}Issuer")) != provider.issuer:
        raise Unfit("another issuer")
    conditions = assertion.find(f"{{{A}}}Conditions")
    if conditions is None:
        raise Unfit("no conditions")
    _in_time(conditions, at, needs_end=True)
    restrictions = conditions.findall(f"{{{A}}}AudienceRestriction")
    if not restrictions or any(
        entity not in [_text(one) for one in each.findall(f"{{{A}}}Audience")] for each in restrictions
    ):
        raise Unfit("another audience")
    subject = assertion.find(f"{{{A}}}Subject")
    if subject is None or not any(
        _confirms(one, back, state, at) for one in subject.iter(f"{{{A}}}SubjectConfirmation")
    ):
        raise Unfit("not for this question")
    name_id = subject.find(f"{{{A}}}NameID")
    who = word(_text(name_id))
    if name_id is None or len(name_id) or not who or name_id.get("Format") == TRANSIENT:
        raise Unfit("nobody, or another name each time")
    said = _attributes(assertion)
    return Vouched(
        subject=who,
        name=word(_first(said, *NAME), 120),
        # SAML has no word for "verified": whoever chose that an address counts says that people there cannot set it.
        email=word(_first(said, *MAIL), 254),
        number=word(_first(said, provider.number_claim), 200) if provider.number_claim else "",
        groups=words(said.get(provider.groups_claim, [])) if provider.groups_claim else [],
    )


def _confirms(one: Any, back: str, state: str, at: datetime) -> bool:
    data = one.find(f"{{{A}}}SubjectConfirmationData")
    if one.get("Method") != BEARER or data is None:
        return False
    if data.get("Recipient") != back or data.get("InResponseTo") != f"_{state}" or data.get("NotBefore"):
        return False
    try:
        _in_time(data, at, needs_end=True)
    except Unfit:
        return False
    return True


def _in_time(element: Any, at: datetime, *, needs_end: bool) -> None:
    begins, ends = _moment(element.get("NotBefore")), _moment(element.get("NotOnOrAfter"))
    if begins is not None and at < begins - LEEWAY:
        raise Unfit("too early")
    if (needs_end and ends is None) or (ends is not None and at >= ends + LEEWAY):
        raise Unfit("too late")


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise Unfit("no moment") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _attributes(assertion: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in assertion.iter(f"{{{A}}}Attribute"):
        values = [_text(value) for value in one.findall(f"{{{A}}}AttributeValue")]
        for name in {one.get("Name"), one.get("FriendlyName")} - {None}:
            found.setdefault(name, []).extend(values)
    return found


def _first(said: dict[str, list[str]], *names: str) -> str:
    return next((said[name][0] for name in names if said.get(name)), "")


def _text(element: Any) -> str:
    """The whole text, whatever comments stand in it: a part of a name is another name."""
    return "".join(element.itertext()).strip() if element is not None else ""
