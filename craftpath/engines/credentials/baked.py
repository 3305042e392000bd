"""What a file holds: a document, a token, or a picture of a badge with one of them baked into it."""

from __future__ import annotations

from io import BytesIO

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from PIL import Image, UnidentifiedImageError

from craftpath.engines.credentials.reading import LARGEST
from craftpath.engines.credentials.types import Refusal

BIGGEST = 12_000_000  # bytes of a picture
PNG = b"\x89PNG\r\n\x1a\n"
CHUNK = "openbadgecredential"
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
    """The text chunk of a PNG. Its picture is never unpacked."""
    try:
        with Image.open(BytesIO(data), formats=("PNG",)) as picture:
            found = dict(picture.info)
            if CHUNK not in found:
                picture.load()  # chunks may stand behind the picture
                found = dict(getattr(picture, "text", {}))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refusal("no_credential_inside") from None
    text = found.get(CHUNK)
    if not isinstance(text, str) or not text.strip():
        raise Refusal("no_credential_inside")
    if len(text) > LARGEST:
        raise Refusal("too_large")
    return text.strip()


def _in_svg(text: str) -> str:
    """The element of an SVG: its attribute `verify` holds a token, its text a document."""
    try:
        root = fromstring(text)
    except (ParseError, DefusedXmlException, ValueError):
        raise Refusal("no_credential_inside") from None
    for namespace in NAMESPACES:
        for element in root.iter(f"{{{namespace}}}credential"):
            found = (element.get("verify") or element.text or "").strip()
            if found:
                return found
    raise Refusal("no_credential_inside")
