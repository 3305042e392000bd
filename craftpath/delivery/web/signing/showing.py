"""What pages and papers say of a document: its text side by side, and who signed when and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from craftpath.delivery.exchange.papers import Signed, paper_pdf
from craftpath.delivery.exchange.printouts.wording import how_signed, labels
from craftpath.delivery.web.signing.doors import effect_of, role_name
from craftpath.kernel.links import SignedLink, links_on
from craftpath.kernel.signing import Document, SigningParty, parties_of
from craftpath.values.paper import Paper
from craftpath.values.text import Text


@dataclass(frozen=True, slots=True)
class Line:
    """One party: as what, who, its signature if there is one, its newest link."""

    party: SigningParty
    role: Any
    signature: Any
    link: SignedLink | None = None


def lines(document: Document) -> list[Line]:
    """Everybody who has to sign; two queries."""
    parties = parties_of(document)
    links = links_on([str(party.ref) for party in parties])
    return [
        Line(party, role_name(party.role), getattr(party, "signature", None), links.get(str(party.ref)))
        for party in parties
    ]


def text_of(document: Document) -> Paper:
    """The text as it was fixed."""
    return Paper.from_json(document.content)


def pdf_of(document: Document) -> bytes:
    """The same as a paper with its signatures."""
    effect = effect_of(document)
    note = Text(
        f"{effect.zh}文本指纹（SHA-256）：{document.sha256}。签署记录以平台所存为准。",
        f"{effect.en} Fingerprint of the text (SHA-256): {document.sha256}. "
        "The platform keeps the record of the signatures.",
    )
    mark = f"Craftpath 匠途 · {document.public_id}"
    return paper_pdf(text_of(document), _signed(parties_of(document)), mark=mark, note=note)


def _signed(parties: Sequence[SigningParty]) -> list[Signed]:
    found = []
    for party in parties:
        signature = getattr(party, "signature", None)
        name = party.name
        if signature is None:
            when = Text("待签署", "still to sign")
        else:
            if party.organisation_id is not None and signature.name != party.name:
                name = f"{party.name} · {signature.name}"
            when = how_signed(signature)
        found.append(Signed(_both(party.role), name, when))
    return found


def _both(role: str) -> Text:
    return labels({role: role_name(role)})[role]
