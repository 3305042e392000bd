"""A side that signs assertions of SAML, and may lie in each of them."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml import XMLSigner

from craftpath.delivery.web.signon.saml import A, P

ISSUER = "https://idp.example/entity"
TEXT = """<samlp:Response xmlns:samlp="{p}" xmlns:saml="{a}" ID="_r" Version="2.0" Destination="{back}">
<saml:Issuer>{issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="{status}"/></samlp:Status>
<saml:Assertion ID="_a" Version="2.0"><saml:Issuer>{issuer}</saml:Issuer>
<saml:Subject><saml:NameID Format="{format}">{who}</saml:NameID><saml:SubjectConfirmation Method="{method}">
<saml:SubjectConfirmationData Recipient="{back}" InResponseTo="_{state}" NotOnOrAfter="{until}"/>
</saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{since}" NotOnOrAfter="{until}"><saml:AudienceRestriction>
<saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
<saml:AttributeStatement><saml:Attribute Name="mail"><saml:AttributeValue>{mail}</saml:AttributeValue></saml:Attribute>
<saml:Attribute Name="groups"><saml:AttributeValue>T</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>
</saml:Assertion></samlp:Response>"""


def moment(at: datetime, minutes: float) -> str:
    """A moment as SAML writes it."""
    return f"{(at + timedelta(minutes=minutes)).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


@dataclass
class Side:
    """A key, its certificate, and what it says."""

    said: dict[str, str] = field(default_factory=dict)
    over: bool = False  # its certificate is

    def __post_init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp")])
        now = datetime.now(UTC)
        built = (
            x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(self.key.public_key())
        )
        built = built.serial_number(x509.random_serial_number())
        built = built.not_valid_before(now - timedelta(days=9)).not_valid_after(
            now + timedelta(days=-1 if self.over else 9)
        )
        self.certificate = built.sign(self.key, hashes.SHA256())
        self.pem = self.certificate.public_bytes(Encoding.PEM).decode()

    def text(self, back: str, entity: str, state: str, at: datetime, /, **lie: str) -> str:
        """An answer that is not signed yet."""
        told = {
            "p": P, "a": A, "back": back, "issuer": ISSUER, "audience": entity, "state": state, "who": "u-1",
            "mail": "ma@lanchuan.example", "since": moment(at, -1), "until": moment(at, 5),
            "status": "urn:oasis:names:tc:SAML:2.0:status:Success",
            "method": "urn:oasis:names:tc:SAML:2.0:cm:bearer",
            "format": "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
        } | self.said | lie  # fmt: skip
        return TEXT.format(**told)

    def signed(self, text: str, *, whole: bool = False) -> Any:
        """Sign the assertion, or the answer around it."""
        root = etree.fromstring(text.encode())
        signer = XMLSigner(c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#")
        node = root if whole else root.find(f"{{{A}}}Assertion")
        made = signer.sign(
            node,
            key=self.key,
            cert=[self.certificate],
            reference_uri="_r" if whole else "_a",
            id_attribute="ID",
        )
        if whole:
            return made
        root.replace(node, made)
        return root


def sent(root: Any) -> str:
    """As a form carries it."""
    return base64.b64encode(etree.tostring(root)).decode()
