"""What a file holds: a document, a token, or a picture of a badge with one of them baked into it."""

from __future__ import annotations

import zlib
from typing import TypeVar

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from craftpath.engines.credentials.reading import LARGEST
from craftpath.engines.credentials.types import Refusal

T = TypeVar("T")
BIGGEST = 12_000_000  # bytes of a picture
PNG = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential\0"
NAMESPACES = ("https://purl.imsglobal.org/ob/v3p0", "https://purl.imsglobal.org/ob/v3p0/")


def credential_in(data: bytes) -> str:
    """The text of the credential in a file's bytes; refused when there is none."""
    if len(data) > BIGGEST:
        raise Refusal("too_large")
    if data.startswith(PNG):
        return _in_png(data)
    try:
        text = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise Refusal("not_a_credential") from None
    if text.startswith("<"):
        return _in_svg(text)
    return text


def _in_png(data: bytes) -> str:
    """The text of an iTXt chunk, before the picture or behind it. The picture itself is never unpacked."""
    at, found = len(PNG), []
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        chunk = data[at + 8 : at + 8 + size]
        if kind == b"iTXt" and chunk.startswith(KEYWORD) and len(chunk) == size:
            found.append(chunk)
        at += size + 12
    return _text_of(_only(found))


def _only(found: list[T]) -> T:
    """The one that there is; of several, programs read different ones."""
    if len(found) > 1:
        raise Refusal("two_inside")
    if not found:
        raise Refusal("no_credential_inside")
    return found[0]


def _text_of(chunk: bytes) -> str:
    """What stands in an iTXt chunk: keyword, packed or not, two languages of the keyword, text."""
    packed, rest = chunk[len(KEYWORD) : len(KEYWORD) + 1], chunk[len(KEYWORD) + 2 :]
    fields = rest.split(b"\0", 2)
    if len(fields) < 3:
        raise Refusal("no_credential_inside")
    text = fields[2]
    try:
        if packed == b"\1":
            unpacker = zlib.decompressobj()
            text = unpacker.decompress(text, LARGEST)
            if unpacker.unconsumed_tail:
                raise Refusal("too_large")
        return text.decode().strip()
    except (zlib.error, UnicodeDecodeError):
        raise Refusal("no_credential_inside") from None


def _in_svg(text: str) -> str:
    """The element of an SVG: its attribute `verify` holds a token, its text a document."""
    try:
        root = fromstring(text)
    except (ParseError, DefusedXmlException, ValueError):
        raise Refusal("no_credential_inside") from None
    said = [
        (text or "").strip()
        for namespace in NAMESPACES
        for element in root.iter(f"{{{namespace}}}credential")
        for text in (element.get("verify"), element.text)
    ]
    return _only([one for one in said if one])
