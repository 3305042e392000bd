"""Whether a certificate can be printed: by the characters of the font that papers have."""

from __future__ import annotations

from craftpath.delivery.exchange import fonts
from craftpath.domain.certificates.printable import prints


@prints
def missing_on_paper(text: str) -> list[str]:
    """The characters that the font lacks; refused where there is no font, since nothing could be printed."""
    return fonts.missing(text)
